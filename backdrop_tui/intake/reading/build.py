"""From the body's lines to the sheet's rows: row numbers, blank rows, repeated headings, faults."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl

from backdrop_tui.errors import UnusableFileError
from backdrop_tui.intake.reading.body import Body
from backdrop_tui.intake.reading.careful import Shape
from backdrop_tui.intake.reading.cells import is_blank, split
from backdrop_tui.records.text import ZERO_WIDTH, cleaned

LONGEST_CELL = 100_000
"""Characters in a cell; a larger one is a document or an accident."""
_BLANK = rf"^[\s{ZERO_WIDTH}]*$"


@dataclass(frozen=True)
class Layout:
    """Where the headings are, and how wide the table is."""

    shape: Shape
    """The delimiter and the width that the rows are read with."""
    headings: tuple[str, ...]
    """As in the file; empty without headings."""
    first_row: int
    """Spreadsheet row of the first line under the headings."""

    @property
    def named(self) -> int:
        """How many columns there are up to the last that has a heading."""
        return max((n for n, h in enumerate(self.headings, 1) if not is_blank(h)), default=0)


@dataclass(frozen=True)
class Rows:
    """The parts of a sheet that come from its rows."""

    headings: tuple[str, ...]
    cells: pl.DataFrame
    faults: pl.DataFrame
    extra: dict[int, tuple[str, ...]]
    repeated: int
    """How many times the headings stood in the file again."""


def build(body: Body, layout: Layout) -> Rows:
    """The sheet's rows.

    Raises:
        UnusableFileError: A cell is too big.
    """
    numbers = _numbers(body, layout.first_row)
    blank = _blank(body, layout.shape)
    repeated = _repeated(body.cells, layout.headings)
    dropped = pl.concat([pl.Series(body.continued, dtype=pl.UInt32), blank, repeated])
    cells = _kept(pl.concat([numbers.to_frame("row"), body.cells], how="horizontal"), dropped)
    _refuse_big_cells(body, cells, numbers)
    headings, cells = _without_trailing(cells, layout)
    faults, extra = _faults(body, layout, len(headings), numbers, dropped)
    return Rows(headings, cells, faults, extra, len(repeated))


def _numbers(body: Body, first: int) -> pl.Series:
    """UInt32: the row that a spreadsheet shows for each line."""
    count = len(body.lines)
    continued = body.continued
    if not continued:
        return pl.int_range(first, first + count, dtype=pl.UInt32, eager=True)
    begins = pl.repeat(1, count, dtype=pl.UInt32, eager=True)
    begins = begins.scatter(pl.Series(continued, dtype=pl.UInt32), 0)
    return begins.cum_sum() + (first - 1)


def _narrowed(cells: pl.DataFrame, fits: Callable[[int, pl.Series], pl.Series]) -> pl.Series:
    """UInt32: the rows that fit in every column; each column is looked at only where those before it fit."""
    left: pl.Series | None = None
    for n, column in enumerate(cells):
        hits = fits(n, column if left is None else column.gather(left)).arg_true().cast(pl.UInt32)
        left = hits if left is None else left.gather(hits)
        if left.is_empty():
            break
    return pl.Series(dtype=pl.UInt32) if left is None else left


def _blank(body: Body, shape: Shape) -> pl.Series:
    """The lines that show nothing."""
    rows = _narrowed(body.cells, lambda _, column: column.str.contains(_BLANK).fill_null(value=True))
    long = [
        n for n in rows.filter(body.found.gather(rows) > shape.width) if not _shows_nothing(body, n, shape)
    ]
    return rows.filter(~rows.is_in(long)) if long else rows


def _shows_nothing(body: Body, line: int, shape: Shape) -> bool:
    return all(map(is_blank, split(body.lines[line], shape.rules, None)[0]))


def _repeated(cells: pl.DataFrame, headings: Sequence[str]) -> pl.Series:
    """The lines that have the headings again, as a report does at the top of each page."""
    if all(map(is_blank, headings)):
        return pl.Series(dtype=pl.UInt32)
    padded = [*headings, *[""] * (cells.width - len(headings))]
    wanted = pl.select(cleaned(pl.Series(padded))).to_series().to_list()

    def fits(n: int, column: pl.Series) -> pl.Series:
        if n == 0:  # the one look at every row, so a cheap one
            return column.is_in(list({padded[0], f"\ufeff{padded[0]}", wanted[0]}))
        return column.to_frame("c").select(cleaned(pl.col("c")) == wanted[n]).to_series()

    return _narrowed(cells, fits)


def _kept(cells: pl.DataFrame, dropped: pl.Series) -> pl.DataFrame:
    """The rows without those that are dropped."""
    if dropped.is_empty():
        return cells
    first = len(cells) - len(dropped)
    if dropped.n_unique() == len(dropped) and dropped.min() == first:
        return cells.slice(0, first)
    keep = pl.repeat(True, len(cells), dtype=pl.Boolean, eager=True).scatter(dropped, False)
    return cells.lazy().filter(keep).collect()


def _refuse_big_cells(body: Body, cells: pl.DataFrame, numbers: pl.Series) -> None:
    """Only what stands on a long line, or runs over several, can be big."""
    long = set(numbers.filter(body.lines.series.str.len_bytes() > LONGEST_CELL))
    long |= {numbers[r.line] for r in body.records if r.lines > 1}
    if not long:
        return
    suspects = cells.filter(pl.col("row").is_in(list(long)))
    length = pl.max_horizontal(pl.exclude("row").str.len_chars().fill_null(0))
    big = suspects.filter(length > LONGEST_CELL)
    if not big.is_empty():
        raise UnusableFileError(
            f"Row {big['row'][0]} has a cell with more than {LONGEST_CELL:,} characters. "
            "Shorten that cell, or take its column out of the report, and choose the file again."
        )


def _without_trailing(cells: pl.DataFrame, layout: Layout) -> tuple[tuple[str, ...], pl.DataFrame]:
    """Clean headings, and the columns without those at the right that have neither a heading nor a value."""
    width = layout.shape.width
    while (
        width > max(layout.named, 1)
        and cells[f"c{width - 1}"].str.contains(_BLANK).fill_null(value=True).all()
    ):
        width -= 1
    padded = [*layout.headings, *[""] * width][:width]
    headings = pl.select(cleaned(pl.Series(padded))).to_series().to_list()
    return tuple(headings), cells[:, : width + 1]


def _faults(
    body: Body, layout: Layout, width: int, numbers: pl.Series, dropped: pl.Series
) -> tuple[pl.DataFrame, dict[int, tuple[str, ...]]]:
    """The faults of the rows that are kept, and the cells beyond the last heading.

    Args:
        body: The lines.
        layout: The headings and the width that the lines were read with.
        width: How many columns the sheet has.
        numbers: The row number of each line.
        dropped: The lines that aren't rows.
    """
    read = layout.shape.width
    fewest = layout.named if layout.headings and read == len(layout.headings) else width
    wrong = ((body.found < fewest) | (body.found > read)).arg_true().cast(pl.UInt32)
    wrong = wrong.filter(~wrong.is_in(dropped.implode()))
    counts: list[tuple[int, str, int | None]] = []
    extra = {}
    exact = {r.line: r.cells for r in body.records}
    for line, row, found in zip(wrong, numbers.gather(wrong), body.found.gather(wrong), strict=True):
        if found > read:
            cells = exact.get(line) or split(body.lines[line], layout.shape.rules, None)[0]
            extra[row] = tuple(cells[width:])
            counts.append((row, "cell-count", len(cells)))
        else:
            counts.append((row, "cell-count", found))
    gone = set(dropped.filter(dropped.is_in([r.line for r in body.records])))
    stray = [(numbers[r.line], "stray-quote", None) for r in body.records if r.stray and r.line not in gone]
    schema = {"row": pl.UInt32, "code": pl.String, "found": pl.UInt32}
    return pl.DataFrame([*counts, *stray], schema=schema, orient="row").sort(
        "row", maintain_order=True
    ), extra
