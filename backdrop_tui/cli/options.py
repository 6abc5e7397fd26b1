"""Options that many commands share."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from backdrop_tui.cli.output import mark_committed, say_error
from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.store.files import translating_os_errors
from backdrop_tui.store.folder import DataFolder

if TYPE_CHECKING:  # it loads polars, which `--help` doesn't need
    from backdrop_tui.school.school import School

Format = Literal["text", "json"]
_NO_FOLDER = re.compile(
    r"\s*([a-z][a-z0-9+.-]*:|(service|host|hostaddr|port|dbname|user|password)\s*=)", re.IGNORECASE
)
"""The start of a URL, or of what databases are connected to with."""


def _keep_folder(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.meta["backdrop.data"] = value


data_option = click.option(
    "--data",
    callback=_keep_folder,
    expose_value=False,
    metavar="DIR",
    help="The data folder. [default: $BACKDROP_DATA, or the user data folder of this computer]",
)
"""`--data`, for every command. It can also be given before the command's name."""


format_option = click.option(
    "--format",
    type=click.Choice(["text", "json"], case_sensitive=False),
    default="text",
    show_default=True,
    help="How to print the result.",
)
"""`--format`, for every command that can print its result as JSON."""


@contextmanager
def open_school(ctx: click.Context, *, read_only: bool = False) -> Iterator["School"]:
    """Open the school that the command uses. What could not be written or read beside the result is said in the end.

    Args:
        ctx: The command's context.
        read_only: Leave every file as it is.
    """
    from backdrop_tui.school.school import School  # noqa: PLC0415 - loads polars, which `--help` doesn't need

    with _naming_what_failed(data_folder(ctx)), School(data_folder(ctx), read_only=read_only) as school:
        if not read_only:
            _remove_what_is_due(school)
        yield school
        if not read_only:
            mark_committed(ctx)
        for remark in school.remarks():
            say_error(remark)


@contextmanager
def _naming_what_failed(folder: DataFolder) -> Iterator[None]:
    """Turn an `OSError` that nothing else has explained into a `DataFolderError` about the file, or else about the data folder."""
    try:
        yield
    except OSError as error:
        name = error.filename
        with translating_os_errors(Path(os.fsdecode(name)) if isinstance(name, str | bytes) else folder.path):
            raise


def _remove_what_is_due(school: "School") -> None:
    """Remove drafts, messages and undo data that are older than the settings say."""
    from datetime import datetime  # noqa: PLC0415 - needed here only

    from backdrop_tui.care.retention_removal import remove_due_data  # noqa: PLC0415 - loads polars

    removed = remove_due_data(school, datetime.now().astimezone())
    if removed:
        say_error(removed.sentence)


def data_folder(ctx: click.Context) -> DataFolder:
    """The data folder that the command uses: from `--data`, `BACKDROP_DATA` or the platform's default.

    Raises:
        UnusableChoiceError: `--data` is empty, or either is a URL. It may have a password in it, so it isn't quoted.
    """
    chosen, source = ctx.meta.get("backdrop.data"), "--data"
    if chosen is None:
        source = "BACKDROP_DATA"
        chosen = os.environ.get("BACKDROP_DATA") or None
    elif not chosen:
        raise UnusableChoiceError("--data needs the name of a folder.")
    if chosen is None:
        return DataFolder.default()
    if _NO_FOLDER.match(chosen):
        raise UnusableChoiceError(
            f"{source} is the address of something else, not a folder. Back:drop keeps its data in a folder, so give the name "
            "of one. If it is the name of a folder, put ./ before it."
        )
    return DataFolder(Path(os.path.expanduser(chosen)))  # noqa: PTH111 - Path's own raises where there is no such user
