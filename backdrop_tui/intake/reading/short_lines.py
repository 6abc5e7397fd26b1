"""Files full of lines that are too short for rows: each would take many times its own memory as a row of a table.

Their blank lines aren't cut at all, and a file is refused before it is cut if nearly none of its lines can be a person.
"""

import re
from collections.abc import Iterator

import polars as pl

from backdrop_tui.errors import UnusableFileError
from backdrop_tui.intake.reading.lines import Lines
from backdrop_tui.intake.reading.shape import FileShape
from backdrop_tui.printable import INVISIBLE

_MANY = 100
"""Rows with the wrong number of cells from which it may be the file that is wrong."""
_NEARLY_ALL = 0.9
_CELLS = 2_000_000
"""Cells that a table may have whatever its lines are like."""
_LEAST = 2
"""Bytes of a file for each cell of its table below which that table takes many times the memory of the file."""
_SHORTEST = 8
"""Bytes of a line below which it can't have a name and anything else about a person."""
_SURELY_SEVERAL = 3
"""Columns from which a line without delimiters has too few cells even if one was lost beside a quote."""


def misaligned_rows(wrong: int, count: int) -> str:
    """Why a file can't be used in which nearly every row has the wrong number of cells; empty if that is not so.

    Args:
        wrong: How many rows have the wrong number of cells.
        count: How many rows there are.
    """
    if wrong < max(_MANY, _NEARLY_ALL * count):
        return ""
    return (
        f"{wrong:,} of {count:,} rows have more or fewer cells than there are headings, so their values may be in the "
        "wrong columns. Check the delimiter and the row of headings, or export the report again."
    )


def has_short_lines(lines: Lines, shape: FileShape) -> bool:
    """Whether a file has so many lines, and so short ones, that a table of all of them would take too much memory."""
    cells = (len(lines) - shape.first_line) * max(shape.rows.width, _SHORTEST)
    return cells > _CELLS and cells * _LEAST > len(lines.data)


def refuse_short_rows(lines: Lines, shape: FileShape) -> None:
    """Refuse a file with short lines before they are cut if nearly all its rows are too short for a person.

    Which cells a row needs isn't known yet, but a person has more than one of them, and they take some room.

    Raises:
        UnusableFileError: Nearly all rows are like that.
    """
    mark, line = shape.rows.delimiter, pl.col("line")
    if shape.named < _SURELY_SEVERAL:
        return
    is_filled = line.str.strip_chars(f' "{mark}') != ""
    is_short = line.str.len_bytes() < min(
        shape.named - 1, _SHORTEST
    )  # too short for all delimiters of a row, too
    is_one_cell = line.str.contains(mark, literal=True).not_() | line.str.contains('^"[^"]*"$')
    rows = (
        lines.scan(shape.first_line)
        .select(filled=is_filled, wrong=is_filled & (is_short | is_one_cell))
        .collect()
    )
    sentence = misaligned_rows(int(rows["wrong"].sum()), int(rows["filled"].sum()))
    if sentence and _are_records(lines, shape, last_is_wrong=rows["wrong"].item(-1)):
        raise UnusableFileError(sentence)


def _are_records(lines: Lines, shape: FileShape, *, last_is_wrong: bool) -> bool:
    """Whether each line below the headings is surely a record, since no quote can open a cell of several lines.

    Args:
        lines: All lines of the file.
        shape: The shape of the file.
        last_is_wrong: Whether the last line has too few cells, so that no open quote can be a good record's.
    """
    if not lines.quoted.slice(shape.first_line).any():
        return True
    mark = re.escape(shape.rows.delimiter)
    line = pl.col("line").str
    quoted = lines.scan(shape.first_line).filter(line.contains('"', literal=True))
    may_open = line.contains(rf'(?:^|{mark})[\s{INVISIBLE}]*"[^"]*(?:""[^"]*)*$')
    # Within a quoted cell, a quote like this can't be, so such lines can't be parts of each other's cells.
    is_lone = line.contains(rf'^[^"]*"[^"\s{INVISIBLE}{mark}][^"]*$')
    open_ones, lone = (
        quoted.select(may_open.any().alias("open"), is_lone.all().alias("lone")).collect().row(0)
    )
    return bool(not open_ones or (lone and last_is_wrong))


def blank_lines(lines: Lines, shape: FileShape) -> pl.Series:
    """Whether each line below the headings is one of blank cells, unless it is within a cell (Boolean); never the last one."""
    mark, line = shape.rows.delimiter, pl.col("line").str
    is_blank = line.strip_chars(f" {mark}") == ""
    if lines.quoted.any():
        is_blank |= line.contains(f'^(?:"")?(?:{re.escape(mark)}(?:"")?)*$')
    blank = lines.scan(shape.first_line).select(is_blank).collect().to_series()
    return blank.scatter(len(blank) - 1, False)


def runs(blank: pl.Series, start: int) -> Iterator[tuple[int, int]]:
    """The runs of blank lines: the first line of each, and the line after it, from 0.

    Args:
        blank: What `blank_lines` returns.
        start: The line that it begins with.
    """
    changes = iter((blank != blank.shift(1, fill_value=False)).arg_true())
    return ((start + first, start + end) for first, end in zip(changes, changes, strict=True))
