"""Options that many commands share."""

import os
import re
from pathlib import Path
from typing import Literal

import click

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.store.folder import DataFolder

Format = Literal["text", "json"]
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


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


def data_folder(ctx: click.Context) -> DataFolder:
    """The data folder that the command uses: from `--data`, `BACKDROP_DATA` or the platform's default.

    Raises:
        UnusableChoiceError: `--data` is empty, or a URL.
    """
    chosen = ctx.meta.get("backdrop.data")
    if chosen is None:
        chosen = os.environ.get("BACKDROP_DATA") or None
    elif not chosen:
        raise UnusableChoiceError("--data needs the name of a folder.")
    if chosen is None:
        return DataFolder.default()
    if _URL.match(chosen):
        raise UnusableChoiceError(
            f"{chosen} is not a folder. Back:drop keeps its data in a folder, so give the name of one."
        )
    return DataFolder(Path(os.path.expanduser(chosen)))  # noqa: PTH111 - Path's own raises where there is no such user
