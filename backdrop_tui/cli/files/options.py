"""The options of `check` and `import`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from backdrop_tui.cli.options import Format, format_option
from backdrop_tui.cli.standard_input import ARGUMENT, values_of
from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.intake.reading.delimiters import DELIMITERS, Delimiter, delimiter_named
from backdrop_tui.intake.reading.encoding.encodings import ENCODINGS, Encoding, encoding_named
from backdrop_tui.wording import listed

if TYPE_CHECKING:  # they load polars, which `--help` doesn't need
    from backdrop_tui.intake.linking.plan import Existing
    from backdrop_tui.intake.reading.sheet import ReadOptions
    from backdrop_tui.records.schema.context import DateOrder

_Function = TypeVar("_Function", bound=Callable[..., Any])

_YEAR = click.IntRange(2000, 2100)
_YEAR.name = "year"  # shown in the message about a wrong one
_ROW = click.IntRange(min=0)
_ROW.name = "row"
_DELIMITER_NAMES = listed((delimiter.name for delimiter in DELIMITERS), conjunction="or")
_REPEATABLE = "You can use this option more than once."


@dataclass(frozen=True)
class FileOptions:
    """How a file is to be read, matched and checked, as the user has asked."""

    kind: str
    """`students` or `staff`."""
    columns: tuple[tuple[str, str], ...]
    """Which columns go where: pairs of a heading in the file and a field's label."""
    set: tuple[tuple[str, str], ...]
    """What every row gets in fields without a column: pairs of a field's label and a value, or `by-age` and the like."""
    date_order: "DateOrder"
    """How dates like 03/04/2012 are read."""
    academic_year: int | None
    """The year in which the academic year starts; None for the one in the settings."""
    encoding: Encoding | None
    """The file's encoding; None to detect it."""
    delimiter: Delimiter | None
    """The character between its cells; None to detect it."""
    header_row: int | None
    """Spreadsheet row of its headings, from 1; 0 if it has none; None to detect it."""
    existing: "Existing | None"
    """What to do with people already stored; None for what the settings say."""
    replace: tuple[tuple[str, str, str], ...]
    """Values to replace: a field's label, the old value, the new value."""
    apply: tuple[str, ...]
    """Codes of findings whose remedy to apply, and of problems whose suggestions to take."""
    dismiss: tuple[str, ...]
    """Codes of findings that don't apply to the file."""
    same: tuple[tuple[str, str], ...]
    """Rows that are about someone stored: their names, each with that person's id."""
    new: tuple[str, ...]
    """The names of rows that are about someone else than anyone stored, or than another row."""
    same_all: tuple[str, ...]
    """Codes of questions: each row with one is about the only person whom it could be about."""
    make_private: bool
    """Whether to take away other users' access to the file."""
    format: Format
    """How to print the result."""

    @property
    def reading(self) -> "ReadOptions":
        """The options for reading the file."""
        from backdrop_tui.intake.reading.sheet import ReadOptions  # noqa: PLC0415 - loads polars

        return ReadOptions(self.encoding, self.delimiter, self.header_row)

    @property
    def answers_anything(self) -> bool:
        """Whether there is an answer to what checking the file finds."""
        return bool(self.apply or self.dismiss or self.same or self.new or self.same_all)


def file_options(function: _Function) -> _Function:
    """Decorate a command with the options of `check` and `import`. `take_file_options` collects their values."""
    options = [
        click.option("--kind", type=click.Choice(["students", "staff"], case_sensitive=False), default="students", show_default=True,
                     help="Whether the file has students or staff in it."),
        click.option("--map", "columns", multiple=True, metavar='"THEIR HEADING=Our Field"',
                     help=f"Use this column of the file for this field. {_REPEATABLE}"),
        click.option("--set", "set_fields", multiple=True, metavar='"Our Field=VALUE"',
                     help="Give every row this value in a field that the file has no column for. by-age works a Year Group out from the "
                          f"date of birth, by-role takes the User Group that the job role suggests. - reads them, one per line, from standard input. "
                          f"{_REPEATABLE}"),
        click.option("--date-order", type=click.Choice(["dmy", "mdy", "ymd"], case_sensitive=False), default="dmy", show_default=True,
                     help="How to read dates like 03/04/2012: day, month or year first."),
        click.option("--academic-year", type=_YEAR, metavar="YEAR",
                     help="The year in which the academic year starts: 2026 for 2026/27. [default: from the settings]"),
        click.option("--encoding", type=click.Choice([encoding.name for encoding in ENCODINGS], case_sensitive=False),
                     help="The file's encoding. [default: detected]"),
        click.option("--delimiter", metavar="CHARACTER",
                     help=f"The character between cells, or its name: {_DELIMITER_NAMES}. [default: detected]"),
        click.option("--header-row", type=_ROW, metavar="ROW",
                     help="The row that has the headings, as a spreadsheet numbers it; 0 if there are none. [default: detected]"),
        click.option("--existing", type=click.Choice(["update", "fill", "skip"], case_sensitive=False),
                     help="What to do with people already stored: update them, fill in only what is blank, or skip them. "
                          "[default: from the settings]"),
        click.option("--replace", multiple=True, metavar='"Field:Old=New"',
                     help="Replace the old value with the new one in every cell of this field. - reads such replacements, one a line, from "
                          f"standard input. {_REPEATABLE}"),
        click.option("--apply", multiple=True, metavar="CODE",
                     help="Do what a finding about the whole file suggests, or take all sure suggestions for problems with this code. "
                          f"{_REPEATABLE}"),
        click.option("--dismiss", multiple=True, metavar="CODE",
                     help=f"Say that a finding doesn't apply to this file. {_REPEATABLE}"),
        click.option("--same", multiple=True, metavar="ROW=ID",
                     help=f"Say that a row is about the person stored with this ID. With several files, ROW is NAME:ROW. {_REPEATABLE}"),
        click.option("--new", multiple=True, metavar="ROW",
                     help=f"Say that a row is about someone else: nobody who is stored, and nobody in another row. {_REPEATABLE}"),
        click.option("--same-all", multiple=True, metavar="CODE",
                     help="Say that each row with this question is about the person named in it, if it names only one. "
                          f"{_REPEATABLE}"),
        click.option("--make-private", is_flag=True,
                     help="If other users of this computer can read the file, take their access away."),
        format_option,
    ]  # fmt: skip
    for option in reversed(options):
        function = option(function)
    return function


def take_file_options(given: dict[str, Any], files: Sequence[Path]) -> FileOptions:
    """Take the values of `file_options` out of a command's arguments.

    Args:
        given: The values of all options.
        files: The files that the command is given, one of which may be standard input.

    Raises:
        UnusableChoiceError: One of them can't be used.
    """
    if [*map(str, files), *given["replace"], *given["set_fields"]].count(ARGUMENT) > 1:
        raise UnusableChoiceError("Standard input (-) can only be read once.")
    encoding, delimiter = given.pop("encoding"), given.pop("delimiter")
    return FileOptions(
        kind=given.pop("kind"),
        columns=tuple(_heading_and_field(text) for text in given.pop("columns")),
        set=tuple(_field_and_value(text) for text in values_of(given.pop("set_fields"), "--set")),
        date_order=given.pop("date_order"),
        academic_year=given.pop("academic_year"),
        encoding=None if encoding is None else encoding_named(encoding),
        delimiter=None if delimiter is None else _delimiter(delimiter),
        header_row=given.pop("header_row"),
        existing=given.pop("existing"),
        replace=tuple(_replacement(text) for text in values_of(given.pop("replace"), "--replace")),
        apply=given.pop("apply"),
        dismiss=given.pop("dismiss"),
        same=tuple(_row_and_person(text) for text in given["same"]),
        new=_each_once(given.pop("same"), given.pop("new")),
        same_all=given.pop("same_all"),
        make_private=given.pop("make_private"),
        format=given.pop("format"),
    )


def _row_and_person(text: str) -> tuple[str, str]:
    """The row and the person's id that `--same` gives. The name of the row's file can have `=` in it."""
    row, equals, person = text.rpartition("=")
    if not (equals and row.strip() and person.strip()):
        raise UnusableChoiceError(f"Write --same as “ROW=ID”, not “{text}”.")
    return row.strip(), person.strip()


def _each_once(same: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    """The rows that `--new` gives.

    Raises:
        UnusableChoiceError: There are two answers about one row.
    """
    rows = [*(_row_and_person(text)[0] for text in same), *(text.strip() for text in new)]
    if twice := sorted({row for row in rows if rows.count(row) > 1}):
        raise UnusableChoiceError(f"Use --same or --new only once for row {twice[0]}.")
    return tuple(text.strip() for text in new)


def _delimiter(text: str) -> Delimiter:
    """The delimiter that `--delimiter` gives."""
    try:
        return delimiter_named(text)
    except ValueError:
        raise UnusableChoiceError(f"“{text}” can't be the delimiter. Use {_DELIMITER_NAMES}.") from None


def _heading_and_field(text: str) -> tuple[str, str]:
    """The heading and field that `--map` gives. The heading can have `=` in it."""
    heading, equals, label = text.rpartition("=")
    if not equals or not heading.strip():
        raise UnusableChoiceError(f"Write --map as “THEIR HEADING=Our Field”, not “{text}”.")
    return heading.strip(), label.strip()


def _field_and_value(text: str) -> tuple[str, str]:
    """The field and value that `--set` gives. The value can have `=` in it."""
    label, equals, value = text.partition("=")
    if not (equals and label.strip() and value.strip()):
        raise UnusableChoiceError(f"Write --set as “Our Field=VALUE”, not “{text}”.")
    return label.strip(), value.strip()


def _replacement(text: str) -> tuple[str, str, str]:
    """The field, old value and new value that `--replace` gives. The new value can have `=` in it."""
    label, colon, values = text.partition(":")
    old, equals, new = values.partition("=")
    if not (colon and equals and label.strip()):
        raise UnusableChoiceError(f"Write --replace as “Field:Old=New”, not “{text}”.")
    return label.strip(), old.strip(), new.strip()
