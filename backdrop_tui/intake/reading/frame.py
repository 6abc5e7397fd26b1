"""Stage 4, records to frame: numbered rows, without blank ones and repeated headings."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import takewhile

import polars as pl

from backdrop_tui.errors import UnusableFileError
from backdrop_tui.intake.reading.fast import begins_oddly
from backdrop_tui.intake.reading.faults import (
    cells_beyond,
    find_faults,
    refuse_long_cells,
)
from backdrop_tui.intake.reading.headings import original_heading, refuse_many_columns, table_width
from backdrop_tui.intake.reading.quoting import is_blank_row
from backdrop_tui.intake.reading.records import Records
from backdrop_tui.intake.reading.shape import FileShape
from backdrop_tui.intake.reading.sheet import Sheet
from backdrop_tui.intake.reading.text import NOTHING_IN_IT, Text
from backdrop_tui.printable import INVISIBLE
from backdrop_tui.records.schema.text import cleaned
from backdrop_tui.wording import counted

_FEW = 1_000
"""Rows that are quicker to cut out of a column than to filter out."""
_MANY = 1_000
"""Columns that are more than any table of people has."""
_BLANK = rf"^[\s{INVISIBLE}]*$"


def build_sheet(file: str, text: Text, shape: FileShape, records: Records) -> Sheet:
    """Make a sheet of a file's records. `records.cells` is used up.

    Args:
        file: The name of the file.
        text: Its text.
        shape: Its shape.
        records: Its records.

    Raises:
        UnusableFileError: There are no rows, too many columns, or a cell is too long.
    """
    with ThreadPoolExecutor(1) as thread:
        blank = thread.submit(_blank_records, records)
        repeated = pl.concat(
            [_repeats_of(record.cells, records) for record in shape.header_records]
            or [pl.Series(dtype=pl.UInt32)]
        )
        dropped = pl.concat([blank.result(), repeated])
    cells = _numbered_rows(records, dropped)
    refuse_long_cells(records, cells)
    if cells.is_empty():
        raise UnusableFileError(_no_rows(shape))
    headings = _headings(cells, shape)
    refuse_many_columns(len(headings))
    width = table_width(headings)
    faults, extra = find_faults(
        records, shape, dropped, width, cells_beyond(cells[:, : len(headings) + 1], width)
    )
    return Sheet(
        file=file,
        encoding=text.encoding,
        delimiter=shape.rows.grammar.delimiter,
        header_row=shape.header_row,
        headings=headings[:width],
        cells=cells[:, : width + 1],
        faults=faults,
        extra=extra,
        above=shape.above,
        guess=text.guess,
        notes=_notes(shape, len(repeated)),
    )


def _blank_records(records: Records) -> pl.Series:
    """The indices of records that show nothing (UInt32)."""
    blank = _narrowed(records.cells, lambda n, column: _shows_nothing(column, None if n else records.odd))
    filled = [n for n in blank if n in records.wide and not is_blank_row(records.wide[n])]
    return blank.filter(~blank.is_in(filled)) if filled else blank


def _repeats_of(header: Sequence[str], records: Records) -> pl.Series:
    """The indices of records that are a row of headings again, as at the top of a report's pages (UInt32)."""
    if is_blank_row(header):
        return pl.Series(dtype=pl.UInt32)
    padded = [*header, *[""] * records.cells.width][: records.cells.width]
    headings = _values(cleaned, pl.Series(padded, dtype=pl.String))

    def fits(n: int, column: pl.Series) -> pl.Series:
        odd = None if n else records.odd
        if not headings[n]:
            return _shows_nothing(column, odd)
        return (
            _values(cleaned, column) == headings[n] if odd is None else _is_heading(column, headings[n], odd)
        )

    return _narrowed(records.cells, fits)


def _narrowed(cells: pl.DataFrame, fits: Callable[[int, pl.Series], pl.Series]) -> pl.Series:
    """The rows that fit in every column (UInt32). Only rows that fit in all columns before it are tried in a column.

    Args:
        cells: The columns.
        fits: Takes the index of a column and its remaining cells; returns Boolean.
    """
    left: pl.Series | None = None
    for n, column in enumerate(cells):
        hits = fits(n, column if left is None else column[left]).arg_true().cast(pl.UInt32)
        left = hits if left is None else left[hits]
        if left.is_empty():
            break
    return pl.Series(dtype=pl.UInt32) if left is None else left


def _shows_nothing(column: pl.Series, odd: pl.Series | None = None) -> pl.Series:
    """Whether each cell is blank (Boolean). Only those that begin oddly need a closer look.

    Args:
        column: The cells.
        odd: Whether each of them `begins_oddly`, if that is known.
    """
    suspects = (_values(begins_oddly, column) if odd is None else odd).arg_true()
    blank = suspects.filter(column[suspects].str.contains(_BLANK))
    return pl.repeat(False, len(column), dtype=pl.Boolean, eager=True).scatter(blank, True)


def _is_heading(column: pl.Series, heading: str, odd: pl.Series) -> pl.Series:
    """Whether each cell is this heading (Boolean). Only those that begin like it, or oddly, need a closer look."""
    start = "".join(takewhile(lambda c: "!" <= c <= "~", heading))
    suspects = (column.str.starts_with(start) | odd).arg_true()
    hits = suspects.filter(_values(cleaned, column[suspects]) == heading)
    return pl.repeat(False, len(column), dtype=pl.Boolean, eager=True).scatter(hits, True)


def _values(expression: Callable[[pl.Expr], pl.Expr], column: pl.Series) -> pl.Series:
    """What an expression makes of a column."""
    return pl.select(expression(pl.lit(column))).to_series()


def _numbered_rows(records: Records, dropped: pl.Series) -> pl.DataFrame:
    """The records that are rows, with their numbers as `row` (UInt32).

    Each column leaves `records.cells` as it is copied, so that the file is never in memory twice.

    Args:
        records: All records.
        dropped: The indices of those that aren't rows.
    """
    cells, numbers = records.cells, records.rows
    # Taking single columns out of very many is slow, and each of those is small.
    taken = cells.get_columns() if cells.width > _MANY else map(cells.drop_in_place, cells.columns)
    columns = [numbers.alias("row"), *taken]
    if dropped.is_empty():
        return pl.DataFrame(columns)
    gone = dropped.unique().sort().to_list() if len(dropped) <= _FEW else []
    if gone and len(gone) < len(numbers):
        runs = list(zip([0, *(n + 1 for n in gone)], [*gone, len(numbers)], strict=True))
        return pl.DataFrame([_without_copying(column, runs) for column in columns])
    keep = pl.repeat(True, len(numbers), dtype=pl.Boolean, eager=True).scatter(dropped, False)
    columns.reverse()
    return pl.DataFrame([columns.pop().filter(keep) for _ in range(len(columns))])


def _without_copying(column: pl.Series, runs: Sequence[tuple[int, int]]) -> pl.Series:
    """Runs of a column, each from its first index to its end, joined without copying their cells."""
    return pl.concat([column.slice(first, end - first) for first, end in runs if end > first], rechunk=False)


def _headings(cells: pl.DataFrame, shape: FileShape) -> tuple[str, ...]:
    """Clean headings, up to the last column that has a heading or a value.

    Args:
        cells: `row` and the columns, as many as rows were read with.
        shape: The shape of the file.
    """
    width, least = shape.rows.width, max(shape.named, 1)
    if width > least and _shows_nothing(cells[f"c{width - 1}"]).all():
        columns = pl.col(f"c{n}" for n in range(least, width))
        filled = cells.lazy().select(columns.str.contains(_BLANK).not_().any()).collect().row(0)
        width = max((n for n, is_filled in enumerate(filled, least + 1) if is_filled), default=least)
    padded = [*shape.headings, *[""] * width][:width]
    clean = _values(cleaned, pl.Series(padded, dtype=pl.String))
    return tuple(original_heading(heading, n) for n, heading in enumerate(clean))


def _no_rows(shape: FileShape) -> str:
    """Tell the user that a file has no rows."""
    if shape.header_row is None:
        return NOTHING_IN_IT
    return "This file has headings, but no rows below them. Export the report again, with the people in it."


def _notes(shape: FileShape, repeated: int) -> tuple[str, ...]:
    """What the user should know about how the file was read.

    Args:
        shape: The shape of the file.
        repeated: How many rows had the headings again.
    """
    notes = []
    if shape.header_row is None:
        if shape.headings:
            notes.append("The headings are repeated in every row, in front of the values.")
        else:
            notes.append("The file has no headings, so its first row was read as a person.")
    elif shape.header_row > 1:
        notes.append(_where_headings_are(shape.header_row, len(shape.header_records)))
    if repeated:
        notes.append(
            f"The headings are repeated in {counted(repeated, 'row')}, which {'was' if repeated == 1 else 'were'} skipped."
        )
    return tuple(notes)


def _where_headings_are(last: int, count: int) -> str:
    """Tell the user what was skipped above the headings, and where these are if they are in two rows.

    Args:
        last: Spreadsheet row of the headings, the lower one of two.
        count: How many rows of headings there are.
    """
    above = last - count
    where = f"The headings are in rows {last - 1} and {last}." if count > 1 else ""
    skipped = f"The {'row' if above == 1 else f'{above} rows'} above the headings {'was' if above == 1 else 'were'} skipped."
    return " ".join(filter(None, (where, skipped if above else "")))
