"""The rows under the headings: cut by polars, once everything that isn't sure was read carefully and mended."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from backdrop_tui.intake.reading.careful import Record, Shape, record_at, records
from backdrop_tui.intake.reading.cutting import spliced, tables, with_facts
from backdrop_tui.intake.reading.lines import Lines

_WIDEST_PATTERN = 50


@dataclass(frozen=True)
class Body:
    """The records under the headings, blank ones too, one a row that a spreadsheet shows."""

    cells: pl.DataFrame
    """`c0`, `c1`, … (String), up to the width that was asked for."""
    found: pl.Series
    """UInt32: how many cells a record has; exact up to the width, and some number above it beyond."""
    odd: pl.Series
    """Boolean: whether a record's first cell `begins_oddly`."""
    lengths: pl.Series
    """UInt32: the bytes of a record's first line."""
    careful: dict[int, Record]
    """The records that were read carefully, by their place in `cells`; ascending."""
    lines: Lines
    """All physical lines of the file."""
    start: int
    """The first line under the headings."""

    @cached_property
    def _places(self) -> list[int]:
        return list(self.careful)

    def text(self, place: int) -> str:
        """A record's first line. All records but those that were read carefully are one line long."""
        before = bisect_right(self._places, place)
        if not before:
            return self.lines[self.start + place]
        at = self._places[before - 1]
        record = self.careful[at]
        return self.lines[record.line + (place - at - 1 + record.lines if place > at else 0)]


def read_body(lines: Lines, start: int, shape: Shape) -> Body:
    """Read all lines from `start` on.

    Args:
        lines: All physical lines of the file, held against `is_sound` for this shape.
        start: The first line under the headings, from 0.
        shape: The delimiter, and the number of columns to read.

    Raises:
        UnusableFileError: The lines are not as many as are counted.
    """
    lengths, quoted = lines.lengths.slice(start), lines.quoted.slice(start)
    if not quoted.any():
        cells = _cut(lines, [lines.data], shape, quotes=False).slice(start)
        found = _counted(lengths, cells)
        return Body(cells, found, cells.drop_in_place("odd"), lengths, {}, lines, start)
    mended = _mended(lines, start, shape)
    if mended is None:
        careful = list(records(lines, shape, start))
        mended = _frame(careful, shape.width), careful
    cells, careful = mended
    places = pl.Series([r.line - start for r in careful], dtype=pl.UInt32)
    if any(r.lines > 1 for r in careful):
        first, places = _beginnings(len(lengths), places, careful)
        lengths, quoted = lengths.filter(first), quoted.filter(first)
    found = _counted(lengths, cells).scatter(quoted.arg_true(), shape.width)
    found = found.scatter(places, pl.Series([len(r.cells) for r in careful], dtype=pl.UInt32))
    odd, by_place = cells.drop_in_place("odd"), dict(zip(places, careful, strict=True))
    return Body(cells, found, odd, lengths, by_place, lines, start)


def is_sound(shape: Shape) -> pl.Expr:
    """Whether a line, read on its own, has the right number of cells and every quote in its place.

    Boolean over `line` (String).
    """
    mark, more = re.escape(shape.rules.delimiter), shape.width - 1
    cell = f'(?:"[^"]*(?:""[^"]*)*"|[^"{mark}]*)'
    line = pl.col("line").str
    if shape.width <= _WIDEST_PATTERN:
        return line.contains(f"^{cell}(?:{mark}{cell}){{{more}}}$")
    count = line.replace_all('"[^"]*"', "").str.count_matches(shape.rules.delimiter, literal=True)
    return line.contains(f"^{cell}(?:{mark}{cell})*$") & (count == more)


def _careful(lines: Lines, start: int, shape: Shape) -> Iterator[Record]:
    """The records that begin on a line that isn't sound; those that an earlier one took in are passed over."""
    free = start
    for line in lines.unsure:
        if line >= free:
            record = record_at(lines, line, shape)
            free = line + record.lines
            yield record


def _mended(lines: Lines, start: int, shape: Shape) -> tuple[pl.DataFrame, list[Record]] | None:
    """The records as polars reads them, once those that aren't sound are written by the book.

    Every line is then sure on its own, so that nothing is left for polars to get wrong; None where it does so.
    """
    careful: list[Record] = []

    def instead() -> Iterator[tuple[int, int, str]]:
        for record in _careful(lines, start, shape):
            careful.append(record)
            yield record.line, record.lines, _written(record, shape)

    try:
        cells = _cut(lines, spliced(lines, start, instead()), shape, quotes=True)
    except (pl.exceptions.PolarsError, OSError):
        return None
    inner = sum(r.lines - 1 for r in careful)
    return (cells, careful) if len(cells) == len(lines) - start - inner else None


def _cut(lines: Lines, parts: Iterable[bytes], shape: Shape, *, quotes: bool) -> pl.DataFrame:
    """The cells of parts of a file; its lines are counted beside."""
    return tables(
        parts, shape.rules.delimiter, shape.width, quotes=quotes, meanwhile=lines.hold_against_count
    )


def _written(record: Record, shape: Shape) -> str:
    """A record with every cell quoted, up to the width."""
    cells = [cell.replace('"', '""') for cell in record.cells[: shape.width]]
    return '"' + f'"{shape.rules.delimiter}"'.join(cells) + '"'


def _beginnings(lines: int, first: pl.Series, careful: list[Record]) -> tuple[pl.Series, pl.Series]:
    """Whether a record begins on each line (Boolean), and the places of the careful ones among the records (UInt32).

    Args:
        lines: How many lines there are under the headings.
        first: The first lines of the careful records, counted from there.
        careful: The careful records.
    """
    inner = [n for line, r in zip(first, careful, strict=True) for n in range(line + 1, line + r.lines)]
    keep = pl.repeat(True, lines, dtype=pl.Boolean, eager=True).scatter(
        pl.Series(inner, dtype=pl.UInt32), False
    )
    more = pl.Series([r.lines - 1 for r in careful], dtype=pl.UInt32)
    return keep, first - (more.cum_sum() - more)


def _counted(lengths: pl.Series, cells: pl.DataFrame) -> pl.Series:
    """How many cells each record without quotes has: what of its length isn't in its cells are delimiters.

    Every byte of a line stands in a cell or between two, so this also shows that no cell lost anything. `bytes` is taken
    out of `cells`.
    """
    return lengths + 1 - cells.drop_in_place("bytes")


def _frame(careful: list[Record], width: int) -> pl.DataFrame:
    rows = [(*r.cells[:width], *[""] * (width - len(r.cells))) for r in careful]
    cells = pl.LazyFrame(rows, schema={f"c{n}": pl.String for n in range(width)}, orient="row")
    return with_facts(cells).collect()
