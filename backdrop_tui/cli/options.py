"""Options that several commands share, and what they come to."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

import click

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.store.folder import DataFolder

Format = Literal["text", "json"]
_Function = TypeVar("_Function", bound=Callable[..., Any])

_DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|", "\\t": "\t"} | {c: c for c in ",;\t|"}
_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252")


def _keep_folder(ctx: click.Context, _param: click.Parameter, value: Path | None) -> None:
    if value is not None:
        ctx.meta["backdrop.data"] = value


data_option = click.option(
    "--data",
    type=click.Path(path_type=Path),
    envvar="BACKDROP_DATA",
    callback=_keep_folder,
    expose_value=False,
    metavar="DIR",
    help="The data folder. [default: your own data folder on this computer; or BACKDROP_DATA]",
)
"""Goes with every command, before its name or behind it."""


def data_folder(ctx: click.Context) -> DataFolder:
    """The data folder that was chosen."""
    chosen = ctx.meta.get("backdrop.data")
    return DataFolder(Path(chosen)) if chosen is not None else DataFolder.default()


@dataclass(frozen=True)
class FileOptions:
    """How the user wants a file to be read, matched and checked."""

    kind: str
    """`students` or `staff`."""
    columns: dict[str, str]
    """Fields' labels by the file's headings."""
    date_order: str
    """`dmy`, `mdy` or `ymd`."""
    academic_year: int | None
    """The year in which the academic year starts."""
    encoding: str | None
    """The file's encoding."""
    delimiter: str | None
    """What stands between its cells."""
    existing: str | None
    """What to do with somebody already stored."""
    replace: tuple[tuple[str, str, str], ...]
    """Field's label, old value, new value."""
    format: Format
    """How the result is written."""


def file_options(function: _Function) -> _Function:
    """Add the options of `check` and `import`; `take_file_options` gathers them."""
    options = [
        click.option("--kind", type=click.Choice(["students", "staff"]), default="students", show_default=True,
                     help="What the rows are."),
        click.option("--map", "columns", multiple=True, metavar='"THEIR HEADING=Our Field"',
                     help="A column goes to this field. Can be given again."),
        click.option("--date-order", type=click.Choice(["dmy", "mdy", "ymd"]), default="dmy", show_default=True,
                     help="How dates like 03/04/2012 are read."),
        click.option("--academic-year", type=click.IntRange(2000, 2100), metavar="YEAR",
                     help="2026 for the one that starts in September 2026."),
        click.option("--encoding", type=click.Choice(_ENCODINGS), help="The file's encoding, where it is found out wrongly."),
        click.option("--delimiter", metavar="CHARACTER", help="What stands between two cells: , ; tab or |"),
        click.option("--existing", type=click.Choice(["update", "fill", "skip"]),
                     help="Somebody already stored: update, fill in only what is blank, or leave alone."),
        click.option("--replace", multiple=True, metavar='"Field:Old=New"',
                     help="Every such cell of that field gets the new value. Can be given again."),
        click.option("--format", type=click.Choice(["text", "json"]), default="text", show_default=True,
                     help="How the result is written."),
    ]  # fmt: skip
    for option in reversed(options):
        function = option(function)
    return function


def take_file_options(given: dict[str, Any]) -> FileOptions:
    """The options of `file_options`, out of a command's arguments.

    Raises:
        UnusableChoiceError: One of them can't be used.
    """
    delimiter = given.pop("delimiter")
    if delimiter is not None and delimiter.lower() not in _DELIMITERS:
        raise UnusableChoiceError(f"“{delimiter}” can't stand between two cells. Use , ; tab or |")
    return FileOptions(
        kind=given.pop("kind"),
        columns=dict(_pair(text, "--map", "THEIR HEADING=Our Field") for text in given.pop("columns")),
        date_order=given.pop("date_order"),
        academic_year=given.pop("academic_year"),
        encoding=given.pop("encoding"),
        delimiter=_DELIMITERS[delimiter.lower()] if delimiter is not None else None,
        existing=given.pop("existing"),
        replace=tuple(_replacement(text) for text in given.pop("replace")),
        format=given.pop("format"),
    )


def _pair(text: str, option: str, form: str) -> tuple[str, str]:
    left, equals, right = text.rpartition("=") if option == "--map" else text.partition("=")
    if not equals or not left.strip():
        raise UnusableChoiceError(f"{option} is written as “{form}”, not “{text}”.")
    return left.strip(), right.strip()


def _replacement(text: str) -> tuple[str, str, str]:
    form = "Field:Old=New"
    left, new = _pair(text, "--replace", form)
    label, colon, old = left.partition(":")
    if not colon or not label.strip():
        raise UnusableChoiceError(f"--replace is written as “{form}”, not “{text}”.")
    return label.strip(), old.strip(), new
