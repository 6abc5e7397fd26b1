"""Stage 3, shape to records: every record below the headings, cut once.

Lines that are sound on their own go to the fast cutter. The careful cutter reads each of the others, and rewrites it as
a sound line for the fast one. The lines are counted independently of both.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import polars as pl

from backdrop_tui.errors import UnusableFileError
from backdrop_tui.intake.reading.careful.cut import record_at, records
from backdrop_tui.intake.reading.careful.rows import Record, RowShape
from backdrop_tui.intake.reading.fast import cut_parts, is_sound, parts_with, with_facts
from backdrop_tui.intake.reading.lines import Lines, physical_lines
from backdrop_tui.intake.reading.quoting import LONGEST_CELL, cut
from backdrop_tui.intake.reading.shape import FileShape
from backdrop_tui.intake.reading.text import Text

_MANY = 100
"""Rows with the wrong number of cells from which it may be the file that is wrong."""
_NEARLY_ALL = 0.9


@dataclass(frozen=True)
class Records:
    """The records below the headings, including blank ones: one for each row that a spreadsheet shows."""

    cells: pl.DataFrame
    """`c0`, `c1`, … (String): the cells up to the width of a row; empty if a record has fewer."""
    counts: pl.Series
    """UInt32: how many cells each record has."""
    odd: pl.Series
    """Boolean: whether each record's first cell `begins_oddly`."""
    wide: dict[int, tuple[str, ...]]
    """All cells of the records that have more than the width of a row, by index in `cells`; ascending."""
    stray: list[int]
    """The indices of records with a stray quote, ascending."""
    long: list[int]
    """The indices of records that may have a cell of more than `LONGEST_CELL` characters, ascending."""


def read_records(text: Text, shape: FileShape) -> Records:
    """Cut all of a file below its headings into records.

    Raises:
        UnusableFileError: The lines can't be counted safely, or nearly all of them are one short cell.
    """
    lines = physical_lines(text.data, is_sound(shape.rows))
    _refuse_one_cell_rows(lines, shape)
    cells, careful = _cut_fast(lines, shape) or _cut_carefully(lines, shape)
    return _assemble(cells, careful, lines, shape)


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


def _refuse_one_cell_rows(lines: Lines, shape: FileShape) -> None:
    """Refuse a file of very short rows of one cell before they are cut: each would take many times the memory of its line.

    Which cells a row needs isn't known yet, but no record of a person has just one.

    Raises:
        UnusableFileError: Nearly all rows are like that.
    """
    lengths = lines.lengths.slice(shape.first_line)
    shorter = max(shape.named - 1, 1)  # too short for the delimiters of a whole row
    if not misaligned_rows(int(((lengths > 0) & (lengths < shorter)).sum()), int((lengths > 0).sum())):
        return
    delimiter = re.escape(shape.rows.grammar.delimiter.character)
    texts = lines.texts(shape.first_line).str.strip_chars(" ")
    # A quote that opens a cell of several lines could make short lines of one row.
    is_clear = not lines.quoted.any() or not (texts.str.count_matches('"', literal=True) % 2 == 1).any()
    of_one_cell = int(texts.str.contains(f'^(?:"[^"]*"|[^"{delimiter}]+)$').sum())
    if is_clear and (sentence := misaligned_rows(of_one_cell, int((texts != "").sum()))):
        raise UnusableFileError(sentence)


def _cut_fast(lines: Lines, shape: FileShape) -> tuple[pl.DataFrame, list[Record]] | None:
    """The cells that polars cuts, and the records that were cut carefully first, because a line of theirs isn't sound.

    Every line that polars gets is then sound, so that there is nothing left for it to get wrong; None if it still does.
    """
    start, rows, careful = shape.first_line, shape.rows, list[Record]()
    if not lines.quoted.slice(start).any():
        # Without quotes, every line is a record, and the file needs no putting together.
        cells = cut_parts([lines.data], rows, quotes=False, meanwhile=lines.verify_count)
        return cells.slice(start), careful
    parts = parts_with(_noted(_unsound_records(lines, start, rows), careful), lines, start, rows)
    try:
        cells = cut_parts(parts, rows, quotes=True, meanwhile=lines.verify_count)
    except (pl.exceptions.PolarsError, OSError):
        return None
    joined = sum(record.line_count - 1 for record in careful)
    return (cells, careful) if len(cells) == len(lines) - start - joined else None


def _cut_carefully(lines: Lines, shape: FileShape) -> tuple[pl.DataFrame, list[Record]]:
    """The cells of all records, and the records: each of them is cut carefully, without polars."""
    careful, width = list(records(lines, shape.rows, shape.first_line)), shape.rows.width
    rows = [(*r.cells[:width], *[""] * (width - len(r.cells))) for r in careful]
    cells = pl.LazyFrame(rows, schema={f"c{n}": pl.String for n in range(width)}, orient="row")
    return with_facts(cells).collect(), careful


def _unsound_records(lines: Lines, start: int, rows: RowShape) -> Iterator[Record]:
    """The records that begin on a line that isn't sound, except those that an earlier one has taken in."""
    free = start
    for line in lines.unsure:
        if line >= free:
            record = record_at(lines, line, rows)
            free = record.end
            yield record


def _noted(careful: Iterable[Record], notes: list[Record]) -> Iterator[Record]:
    """Records as they are, each added to a list when it is asked for."""
    for record in careful:
        notes.append(record)
        yield record


def _assemble(cells: pl.DataFrame, careful: list[Record], lines: Lines, shape: FileShape) -> Records:
    """What was cut, put together. `cells` loses its columns `bytes` and `odd`.

    Args:
        cells: The cells of all records, as `cut_parts` returns them.
        careful: The records that were cut carefully, in order; all others are one line long.
        lines: All lines of the file.
        shape: The shape of the file.
    """
    start, width = shape.first_line, shape.rows.width
    lengths, quoted = lines.lengths.slice(start), lines.quoted.slice(start)
    indices = pl.Series([record.line - start for record in careful], dtype=pl.UInt32)
    first_lines: pl.Series | None = None
    if any(record.line_count > 1 for record in careful):
        begins, indices = _beginnings(len(lengths), indices, careful)
        lengths, quoted, first_lines = lengths.filter(begins), quoted.filter(begins), begins.arg_true()
    # Every byte of a line without quotes is in a cell or a delimiter, so what isn't in its cells counts the delimiters.
    counts = (lengths + 1 - cells.drop_in_place("bytes")).scatter(quoted.arg_true(), width)
    counts = counts.scatter(indices, pl.Series([len(record.cells) for record in careful], dtype=pl.UInt32))
    by_index = dict(zip(indices, careful, strict=True))
    wide: dict[int, tuple[str, ...]] = {}
    for index in (counts > width).arg_true():
        if index in by_index:
            wide[index] = by_index[index].cells
        else:
            line = lines[start + (index if first_lines is None else first_lines[index])]
            wide[index] = tuple(cut(line, shape.rows.grammar, None)[0])
    if shape.rows.padded:
        cells = cells.with_columns(pl.exclude("c0", "odd").str.strip_prefix(" "))
        wide = {n: (first, *(cell.removeprefix(" ") for cell in more)) for n, (first, *more) in wide.items()}
    long = {index for index, record in by_index.items() if sum(map(len, record.cells)) > LONGEST_CELL}
    return Records(
        cells=cells,
        counts=counts.scatter(list(wide), pl.Series(map(len, wide.values()), dtype=pl.UInt32)),
        odd=cells.drop_in_place("odd"),
        wide=wide,
        stray=[index for index, record in by_index.items() if record.stray],
        long=sorted(long.union((lengths > LONGEST_CELL).arg_true())),
    )


def _beginnings(line_count: int, lines: pl.Series, careful: list[Record]) -> tuple[pl.Series, pl.Series]:
    """Whether a record begins on each line (Boolean), and the indices of the careful records among all (UInt32).

    Args:
        line_count: How many lines there are below the headings.
        lines: The first lines of the careful records, counted from there.
        careful: The careful records.
    """
    inner = [n for line, r in zip(lines, careful, strict=True) for n in range(line + 1, line + r.line_count)]
    begins = pl.repeat(True, line_count, dtype=pl.Boolean, eager=True).scatter(
        pl.Series(inner, dtype=pl.UInt32), False
    )
    joined = pl.Series([r.line_count - 1 for r in careful], dtype=pl.UInt32)
    return begins, lines - (joined.cum_sum() - joined)
