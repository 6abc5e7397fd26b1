"""From the body's lines to the sheet's rows: row numbers, blank rows, repeated headings, faults."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import takewhile

import polars as pl

from backdrop_tui.errors import UnusableFileError
from backdrop_tui.intake.reading.body import Body
from backdrop_tui.intake.reading.careful import Shape
from backdrop_tui.intake.reading.cells import LONGEST_CELL, is_blank, split
from backdrop_tui.intake.reading.cutting import begins_oddly
from backdrop_tui.records.schema.text import ZERO_WIDTH, cleaned

_FEW = 1_000
"""Rows that are quicker to cut out than to filter out."""
_MANY = 1_000
"""Columns that are more than any table of people has."""
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
    numbers = pl.int_range(layout.first_row, layout.first_row + len(body.cells), dtype=pl.UInt32, eager=True)
    with ThreadPoolExecutor(1) as beside:
        blank = beside.submit(_blank, body, layout.shape)
        repeated = _repeated(body, layout.headings)
        dropped = pl.concat([blank.result(), repeated])
    cells = _kept(numbers, body.cells, dropped)
    _refuse_big_cells(body, cells, numbers)
    headings, cells = _without_trailing(cells, layout)
    faults, extra = _faults(body, layout, len(headings), dropped)
    return Rows(headings, cells, faults, extra, len(repeated))


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
    """The records that show nothing."""
    rows = _narrowed(body.cells, lambda n, column: _shows_nothing(column, None if n else body.odd))
    long = rows.filter(body.found.gather(rows) > shape.width)
    filled = [n for n in long if not all(map(is_blank, _all_cells(body, n, shape)))]
    return rows.filter(~rows.is_in(filled)) if filled else rows


def _shows_nothing(column: pl.Series, odd: pl.Series | None = None) -> pl.Series:
    """Boolean: whether a cell is blank. Most begin with a sign or a letter, so they need no closer look."""
    suspects = (_of(begins_oddly, column) if odd is None else odd).arg_true()
    blank = suspects.filter(column.gather(suspects).str.contains(_BLANK))
    return pl.repeat(False, len(column), dtype=pl.Boolean, eager=True).scatter(blank, True)


def _all_cells(body: Body, place: int, shape: Shape) -> Sequence[str]:
    """A record's cells, those beyond the last column too."""
    known = body.careful.get(place)
    return known.cells if known else split(body.text(place), shape.rules, None)[0]


def _repeated(body: Body, headings: Sequence[str]) -> pl.Series:
    """The lines that have the headings again, as a report does at the top of each page."""
    if all(map(is_blank, headings)):
        return pl.Series(dtype=pl.UInt32)
    padded = [*headings, *[""] * (body.cells.width - len(headings))]
    wanted = _of(cleaned, pl.Series(padded, dtype=pl.String))

    def fits(n: int, column: pl.Series) -> pl.Series:
        if n == 0 and wanted[0]:
            return _is_heading(column, wanted[0], body.odd)
        return (
            _shows_nothing(column, None if n else body.odd)
            if not wanted[n]
            else _of(cleaned, column) == wanted[n]
        )

    return _narrowed(body.cells, fits)


def _is_heading(column: pl.Series, heading: str, odd: pl.Series) -> pl.Series:
    """Boolean: whether a cell is this heading; only those that begin like it, or oddly, are looked at closely."""
    start = "".join(takewhile(lambda c: "!" <= c <= "~", heading))
    suspects = (column.str.starts_with(start) | odd).arg_true()
    hits = suspects.filter(_of(cleaned, column.gather(suspects)) == heading)
    return pl.repeat(False, len(column), dtype=pl.Boolean, eager=True).scatter(hits, True)


def _of(expression: Callable[[pl.Expr], pl.Expr], column: pl.Series) -> pl.Series:
    return pl.select(expression(pl.lit(column))).to_series()


def _kept(numbers: pl.Series, cells: pl.DataFrame, dropped: pl.Series) -> pl.DataFrame:
    """The rows without those that are dropped, and their numbers as `row`.

    `cells` is used up: each column is let go of as it is copied, so that no file stands in memory twice.
    """
    # Taking one out of very many takes long, and each of those is small.
    own = cells.get_columns() if cells.width > _MANY else map(cells.drop_in_place, cells.columns)
    columns = [numbers.alias("row"), *own]
    if dropped.is_empty():
        return pl.DataFrame(columns)
    gone = dropped.unique().sort().to_list() if len(dropped) <= _FEW else []
    if gone and len(gone) < len(numbers):
        runs = list(zip([0, *(n + 1 for n in gone)], [*gone, len(numbers)], strict=True))
        return pl.DataFrame([_pieces(column, runs) for column in columns])
    keep = pl.repeat(True, len(numbers), dtype=pl.Boolean, eager=True).scatter(dropped, False)
    columns.reverse()
    return pl.DataFrame([columns.pop().filter(keep) for _ in range(len(columns))])


def _pieces(column: pl.Series, runs: Sequence[tuple[int, int]]) -> pl.Series:
    """Parts of a column, first to end, put together without copying what is in them."""
    return pl.concat([column.slice(first, end - first) for first, end in runs if end > first], rechunk=False)


def _refuse_big_cells(body: Body, cells: pl.DataFrame, numbers: pl.Series) -> None:
    """Only what stands in a long record can be big."""
    long = numbers.filter(body.lengths > LONGEST_CELL).to_list()
    long += [numbers[n] for n, r in body.careful.items() if sum(map(len, r.cells)) > LONGEST_CELL]
    if not long:
        return
    length = pl.max_horizontal(pl.exclude("row").str.len_chars())
    big = cells.filter(pl.col("row").is_in(long)).filter(length > LONGEST_CELL)
    if not big.is_empty():
        raise UnusableFileError(
            f"Row {big['row'][0]} has a cell with more than {LONGEST_CELL:,} characters. "
            "Shorten that cell, or take its column out of the report, and choose the file again."
        )


def _without_trailing(cells: pl.DataFrame, layout: Layout) -> tuple[tuple[str, ...], pl.DataFrame]:
    """Clean headings, and the columns without those at the right that have neither a heading nor a value."""
    width, least = layout.shape.width, max(layout.named, 1)
    if width > least and _shows_nothing(cells[f"c{width - 1}"]).all():
        there = pl.col(f"c{n}" for n in range(least, width)).str.contains(_BLANK).not_().any()
        filled = cells.lazy().select(there).collect().row(0)
        width = max((n for n, some in enumerate(filled, least + 1) if some), default=least)
    padded = [*layout.headings, *[""] * width][:width]
    return tuple(_of(cleaned, pl.Series(padded, dtype=pl.String))), cells[:, : width + 1]


def _faults(
    body: Body, layout: Layout, width: int, dropped: pl.Series
) -> tuple[pl.DataFrame, dict[int, tuple[str, ...]]]:
    """The faults of the rows that are kept, and the cells beyond the last heading.

    Args:
        body: The records.
        layout: The headings and the width that the records were read with.
        width: How many columns the sheet has.
        dropped: The records that aren't rows.
    """
    read = layout.shape.width
    fewest = layout.named if layout.headings and read == len(layout.headings) else width
    counts = body.found.alias("found").to_frame().with_row_index("place")
    wrong = counts.filter((pl.col("found") < fewest) | (pl.col("found") > read))
    wrong = wrong.filter(~pl.col("place").is_in(dropped.implode()))
    long = {n: _all_cells(body, n, layout.shape) for n in wrong.filter(pl.col("found") > read)["place"]}
    exact = {n: len(cells) for n, cells in long.items()}
    gone = set(dropped)
    stray = [n for n, record in body.careful.items() if record.stray and n not in gone]
    faults = pl.concat(
        [
            wrong.select(
                row=pl.col("place") + layout.first_row,
                code=pl.lit("cell-count"),
                found=pl.col("place").replace_strict(exact, default=pl.col("found"), return_dtype=pl.UInt32),
            ),
            pl.DataFrame({"row": pl.Series(stray, dtype=pl.UInt32) + layout.first_row}).with_columns(
                code=pl.lit("stray-quote"), found=pl.lit(None, dtype=pl.UInt32)
            ),
        ]
    )
    extra = {n + layout.first_row: tuple(cells[width:]) for n, cells in long.items()}
    return faults.sort("row", maintain_order=True), extra
