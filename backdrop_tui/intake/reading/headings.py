"""What columns are called: by their headings, or `Column 3`; and the column that an errors file adds, "Errors".

An errors file has the columns of the file that it comes from, then "Errors". What a row had beyond the last heading
comes after that, so that it is neither lost nor taken for a value.
"""

import re
from collections.abc import Sequence

from backdrop_tui.errors import UnusableFileError
from backdrop_tui.intake.reading.quoting import is_blank
from backdrop_tui.records.schema.text import fold_heading

ERRORS_HEADING = "Errors"
"""The heading of the column in which an errors file says what is wrong with each row."""
_MOST_COLUMNS = 1_000
"""Columns that a file may have."""
_FORMULA_GUARD = re.compile(r"^'(?=[=+\-@])")


def placeholder(column: int) -> str:
    """The name of a column without a heading: `Column 3`.

    Args:
        column: Its index in the file, from 0.
    """
    return f"Column {column + 1}"


def column_names(headings: Sequence[str]) -> tuple[str, ...]:
    """The name of each column: its heading, or `Column 3` without one."""
    return tuple(heading or placeholder(n) for n, heading in enumerate(headings))


def is_unnamed(cell: str, column: int) -> bool:
    """Whether a cell of the row of headings is blank, or the name that an errors file gives a column without a heading."""
    return is_blank(cell) or cell.strip() == placeholder(column)


def original_heading(cell: str, column: int) -> str:
    """A heading as it was in the file that an errors file comes from.

    Without the `'` that keeps a spreadsheet from running it as a formula; empty if it was empty there.

    Args:
        cell: The heading, cleaned.
        column: The index of its column, from 0.
    """
    return "" if is_unnamed(cell, column) else _FORMULA_GUARD.sub("", cell)


def is_errors_heading(heading: str) -> bool:
    """Whether a column is the one that an errors file adds."""
    return fold_heading(heading) == fold_heading(ERRORS_HEADING)


def errors_columns(headings: Sequence[str]) -> frozenset[int]:
    """The indices of the columns that an errors file adds; there can be two if it comes from another errors file."""
    return frozenset(n for n, heading in enumerate(headings) if is_errors_heading(heading))


def without_errors_columns(headings: Sequence[str]) -> tuple[str, ...]:
    """The headings without those that an errors file adds."""
    return tuple(heading for heading in headings if not is_errors_heading(heading))


def begins_errors_file(cells: Sequence[str]) -> bool:
    """Whether a file's first row is the row of headings of an errors file: its last heading is `Errors`."""
    filled = [cell for cell in cells if not is_blank(cell)]
    return len(filled) > 1 and is_errors_heading(filled[-1])


def table_width(headings: Sequence[str]) -> int:
    """How many of a sheet's columns are columns of its table; in an errors file, those up to the last heading."""
    if not errors_columns(headings):
        return len(headings)
    return max(n for n, heading in enumerate(headings, start=1) if heading)


def refuse_many_columns(count: int) -> None:
    """Refuse a file that has more columns than any report about people.

    Args:
        count: How many columns it has, without blank ones at the end.

    Raises:
        UnusableFileError: There are too many.
    """
    if count > _MOST_COLUMNS:
        raise UnusableFileError(
            f"This file has {count:,} columns, and at most {_MOST_COLUMNS:,} can be read. "
            "Export a report with only the columns that are needed, and choose that file."
        )
