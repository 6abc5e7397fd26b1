"""The options of `check` and `import`, and the values that they come to."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

from backdrop_tui.cli.options import Format, format_option
from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.intake.reading.delimiters import DELIMITERS, Delimiter, delimiter_named
from backdrop_tui.intake.reading.encodings import ENCODINGS, Encoding, encoding_named
from backdrop_tui.wording import listed

if TYPE_CHECKING:  # they load polars, for which `--help` doesn't wait
    from backdrop_tui.intake.linking.plan import Existing
    from backdrop_tui.intake.reading.sheet import ReadOptions
    from backdrop_tui.records.schema.context import DateOrder

_Function = TypeVar("_Function", bound=Callable[..., Any])

_YEAR = click.IntRange(2000, 2100)
_YEAR.name = "year"  # stands in what is said of a wrong one
_DELIMITER_NAMES = listed((delimiter.name for delimiter in DELIMITERS), conjunction="or")


@dataclass(frozen=True)
class FileOptions:
    """How the user wants a file to be read, matched and checked."""

    kind: str
    """`students` or `staff`."""
    columns: tuple[tuple[str, str], ...]
    """The file's heading, field's label."""
    date_order: "DateOrder"
    """`dmy`, `mdy` or `ymd`."""
    academic_year: int | None
    """The year in which the academic year starts."""
    encoding: Encoding | None
    """The file's encoding; None to detect it."""
    delimiter: Delimiter | None
    """The character between its cells; None to detect it."""
    existing: "Existing | None"
    """What to do with somebody already stored."""
    replace: tuple[tuple[str, str, str], ...]
    """Field's label, old value, new value."""
    format: Format
    """How the result is printed."""

    @property
    def reading(self) -> "ReadOptions":
        """How the file is to be read."""
        from backdrop_tui.intake.reading.sheet import ReadOptions  # noqa: PLC0415 - loads polars

        return ReadOptions(self.encoding, self.delimiter)


def file_options(function: _Function) -> _Function:
    """Add the options of `check` and `import`; `take_file_options` gathers them."""
    options = [
        click.option("--kind", type=click.Choice(["students", "staff"], case_sensitive=False), default="students", show_default=True,
                     help="What the rows are."),
        click.option("--map", "columns", multiple=True, metavar='"THEIR HEADING=Our Field"',
                     help="A column goes to this field. Can be given again."),
        click.option("--date-order", type=click.Choice(["dmy", "mdy", "ymd"], case_sensitive=False), default="dmy", show_default=True,
                     help="How dates like 03/04/2012 are read."),
        click.option("--academic-year", type=_YEAR, metavar="YEAR",
                     help="2026 for the one that starts in September 2026."),
        click.option("--encoding", type=click.Choice([encoding.name for encoding in ENCODINGS], case_sensitive=False),
                     help="The file's encoding. [default: detected]"),
        click.option("--delimiter", metavar="CHARACTER", help=f"The character between cells, or its name: {_DELIMITER_NAMES}. [default: detected]"),
        click.option("--existing", type=click.Choice(["update", "fill", "skip"], case_sensitive=False),
                     help="Somebody already stored: update, fill in only what is blank, or leave alone."),
        click.option("--replace", multiple=True, metavar='"Field:Old=New"',
                     help="Every such cell of that field gets the new value. Can be given again."),
        format_option,
    ]  # fmt: skip
    for option in reversed(options):
        function = option(function)
    return function


def take_file_options(given: dict[str, Any]) -> FileOptions:
    """The options of `file_options`, out of a command's arguments.

    Raises:
        UnusableChoiceError: One of them can't be used.
    """
    encoding, delimiter = given.pop("encoding"), given.pop("delimiter")
    return FileOptions(
        kind=given.pop("kind"),
        columns=tuple(_mapped(text) for text in given.pop("columns")),
        date_order=given.pop("date_order"),
        academic_year=given.pop("academic_year"),
        encoding=None if encoding is None else encoding_named(encoding),
        delimiter=None if delimiter is None else _delimiter(delimiter),
        existing=given.pop("existing"),
        replace=tuple(_replacement(text) for text in given.pop("replace")),
        format=given.pop("format"),
    )


def _delimiter(text: str) -> Delimiter:
    """The delimiter that `--delimiter` gives."""
    try:
        return delimiter_named(text)
    except ValueError:
        raise UnusableChoiceError(f"“{text}” can't be the delimiter. Use {_DELIMITER_NAMES}.") from None


def _mapped(text: str) -> tuple[str, str]:
    """A heading, which may have `=` in it, and a field."""
    heading, equals, label = text.rpartition("=")
    if not equals or not heading.strip():
        raise UnusableChoiceError(f"--map is written as “THEIR HEADING=Our Field”, not “{text}”.")
    return heading.strip(), label.strip()


def _replacement(text: str) -> tuple[str, str, str]:
    """A field, the old value, the new one, which may have `=` in it."""
    label, colon, rest = text.partition(":")
    old, equals, new = rest.partition("=")
    if not (colon and equals and label.strip()):
        raise UnusableChoiceError(f"--replace is written as “Field:Old=New”, not “{text}”.")
    return label.strip(), old.strip(), new.strip()
