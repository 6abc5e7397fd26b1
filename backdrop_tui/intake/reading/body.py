"""The rows under the headings: cut by polars where that is sure, carefully where it isn't."""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from backdrop_tui.intake.reading.careful import Record, Shape, record_at
from backdrop_tui.intake.reading.cells import Ending, has_odd_quote, strict
from backdrop_tui.intake.reading.lines import Lines, table

_DENSE = 4
"""One line in so many with a quote, and polars had better look at quotes itself."""
_WIDEST_PATTERN = 50


@dataclass(frozen=True)
class Body:
    """The lines under the headings, one row a physical line."""

    lines: Lines
    cells: pl.DataFrame
    """`c0`, `c1`, … (String). The lines inside a record that runs over several have rubbish, or nothing."""
    found: pl.Series
    """UInt32: how many cells the line has; exact up to the width, and more than that beyond."""
    records: tuple[Record, ...]
    """The records that were read carefully, in order."""

    @property
    def continued(self) -> list[int]:
        """The lines that go on with the record of the line above."""
        return [line for r in self.records for line in range(r.line + 1, r.line + r.lines)]


def read_body(data: bytes, lines: Lines, start: int, shape: Shape) -> Body:
    """Read all lines from `start` on.

    Args:
        data: The whole file in UTF-8, its lines as in `lines`.
        lines: All its physical lines.
        start: The first line under the headings, from 0.
        shape: The delimiter, and the number of columns to read.
    """
    below = Lines(lines.series.slice(start))
    quoted = below.series.str.contains('"', literal=True)
    if not quoted.any():
        cells = _plain(data, start, shape)
        return Body(below, cells, _counted(below.series, cells), ())
    at = quoted.arg_true()
    sound = _is_sound(below.series.gather(at), shape)
    careful = tuple(_careful(below, at.filter(~sound), shape))
    claimed = pl.Series([n for r in careful for n in range(r.line, r.line + r.lines)], dtype=pl.UInt32)
    sure = at.filter(sound)
    if len(claimed):
        sure = sure.filter(~sure.is_in(claimed.implode()))
    if len(at) * _DENSE > len(below):
        whole = not careful and all(_is_well_quoted(line, shape) for line in lines[:start])
        cells = _quoted(data, start, shape) if whole else _quoted(_without(below, claimed), 0, shape)
    else:
        cells = _plain(data, start, shape)
        cells = (
            _put(cells, sure, _quoted(_joined(below.series.gather(sure)), 0, shape)) if len(sure) else cells
        )
    counts = _counted(below.series, cells).scatter(sure, shape.width)
    firsts = pl.Series([r.line for r in careful], dtype=pl.UInt32)
    if careful:
        counts = counts.scatter(firsts, pl.Series([len(r.cells) for r in careful], dtype=pl.UInt32))
        cells = _put(cells, firsts, _frame(careful, shape.width))
    return Body(below, cells, counts, careful)


def _plain(data: bytes, start: int, shape: Shape) -> pl.DataFrame:
    return table(data, shape.rules.delimiter, shape.width, quotes=False).slice(start)


def _quoted(data: bytes, start: int, shape: Shape) -> pl.DataFrame:
    return table(data, shape.rules.delimiter, shape.width, quotes=True).slice(start)


def _counted(lines: pl.Series, cells: pl.DataFrame) -> pl.Series:
    """How many cells each line without quotes has: what of its length isn't in its cells are delimiters.

    Every byte of a line stands in a cell or between two, so this also shows that no cell lost anything.
    """
    inside = cells.lazy().select(pl.sum_horizontal(pl.all().str.len_bytes())).collect().to_series()
    return (lines.str.len_bytes().cast(pl.Int64) - inside.cast(pl.Int64) + 1).clip(0).cast(pl.UInt32)


def _is_sound(lines: pl.Series, shape: Shape) -> pl.Series:
    """Boolean: whether a line, read on its own, has the right number of cells and every quote in its place."""
    mark, more = re.escape(shape.rules.delimiter), shape.width - 1
    cell = f'(?:"[^"]*(?:""[^"]*)*"|[^"{mark}]*)'
    line = pl.col("line").str
    if shape.width <= _WIDEST_PATTERN:
        sound = line.contains(f"^{cell}(?:{mark}{cell}){{{more}}}$")
    else:
        count = line.replace_all('"[^"]*"', "").str.count_matches(shape.rules.delimiter, literal=True)
        sound = line.contains(f"^{cell}(?:{mark}{cell})*$") & (count == more)
    return lines.alias("line").to_frame().lazy().select(sound).collect().to_series()


def _is_well_quoted(line: str, shape: Shape) -> bool:
    return strict(line, shape.rules)[1] is Ending.WHOLE and not has_odd_quote(line, shape.rules)


def _careful(lines: Lines, suspects: pl.Series, shape: Shape) -> Iterable[Record]:
    """The records that begin on a suspect line; those that an earlier one took in are passed over."""
    free = 0
    for line in suspects:
        if line >= free:
            record = record_at(lines, line, shape)
            free = line + record.lines
            yield record


def _joined(lines: pl.Series) -> bytes:
    """Lines as the bytes of a file."""
    file = io.BytesIO()
    lines.to_frame().write_csv(file, include_header=False, quote_style="never")
    return file.getvalue()


def _without(lines: Lines, claimed: pl.Series) -> bytes:
    """The file with nothing but line ends where lines were read carefully, so that the others keep their places."""
    return _joined(lines.series.scatter(claimed, "") if len(claimed) else lines.series)


def _frame(records: Iterable[Record], width: int) -> pl.DataFrame:
    rows = [(*r.cells[:width], *[None] * (width - len(r.cells))) for r in records]
    return pl.DataFrame(rows, schema={f"c{n}": pl.String for n in range(width)}, orient="row")


def _put(cells: pl.DataFrame, at: pl.Series, patch: pl.DataFrame) -> pl.DataFrame:
    """The cells with those of some rows put in place of what is there."""
    return cells.with_columns(cells[name].scatter(at, patch[name]) for name in cells.columns)
