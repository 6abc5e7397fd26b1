"""Stage 3, shape to records: every record below the headings, cut once.

Lines that are sound on their own go to the fast cutter. The careful cutter reads each of the others, and rewrites it as
a sound line for the fast one. There must be as many records as lines, which another reader finds; otherwise the lines
are counted, and all of them are cut carefully.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import polars as pl

from backdrop_tui.intake.reading.careful.cut import record_at, records
from backdrop_tui.intake.reading.careful.rows import Record, RowShape
from backdrop_tui.intake.reading.fast import (
    as_sound_lines,
    cut_parts,
    is_sound,
    parts_with,
    with_facts,
    without,
)
from backdrop_tui.intake.reading.lines import Lines, physical_lines
from backdrop_tui.intake.reading.quoting import LONGEST_CELL, cut
from backdrop_tui.intake.reading.shape import FileShape
from backdrop_tui.intake.reading.short_lines import blank_lines, has_short_lines, refuse_short_rows, runs
from backdrop_tui.intake.reading.text import Text


@dataclass(frozen=True)
class Records:
    """The records below the headings: one for each row that a spreadsheet shows, perhaps without some blank ones."""

    rows: pl.Series
    """UInt32, ascending: the row that a spreadsheet shows of each record."""

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
        UnusableFileError: The lines can't be counted safely, or nearly all of them are too short for a person.
    """
    lines = physical_lines(text.data, is_sound(shape.rows))
    blank: pl.Series | None = None
    if has_short_lines(lines, shape):
        refuse_short_rows(lines, shape)
        blank = blank_lines(lines, shape)
    if (done := _cut_fast(lines, shape, blank)) is None:
        lines.verify_count()
        done, blank = _cut_carefully(lines, shape), None
    return _assemble(*done, lines, shape, blank)


def _cut_fast(
    lines: Lines, shape: FileShape, blank: pl.Series | None
) -> tuple[pl.DataFrame, list[Record]] | None:
    """The cells that polars cuts, and the records that were cut carefully first, because a line of theirs isn't sound.

    Every line that polars gets is then sound, so that there is nothing left for it to get wrong; None if it still does.

    Args:
        lines: All lines of the file.
        shape: The shape of the file.
        blank: The lines that need no cutting (see `blank_lines`) unless they are within a record; None to cut all.
    """
    start, rows, careful = shape.first_line, shape.rows, list[Record]()
    has_quotes = lines.quoted.slice(start).any()
    if not has_quotes and blank is None:
        # Without quotes, every line is a record, and the file needs no putting together.
        cells = cut_parts([lines.data], rows, quotes=False)
        return (cells.slice(start), careful) if len(cells) == len(lines) else None
    changes = as_sound_lines(_noted(_unsound_records(lines, start, rows, blank), careful), rows)
    if blank is not None:
        changes = without(changes, runs(blank, start))
    try:
        cells = cut_parts(parts_with(changes, lines, start), rows, quotes=has_quotes)
    except (pl.exceptions.PolarsError, OSError):
        return None
    count = len(lines) - start - sum(record.line_count - 1 for record in careful)
    if blank is not None:
        count = int(_begins(lines, start, careful, blank).sum())
    return (cells, careful) if len(cells) == count else None


def _cut_carefully(lines: Lines, shape: FileShape) -> tuple[pl.DataFrame, list[Record]]:
    """The cells of all records, and the records: each of them is cut carefully, without polars."""
    careful, width = list(records(lines, shape.rows, shape.first_line)), shape.rows.width
    rows = [(*r.cells[:width], *[""] * (width - len(r.cells))) for r in careful]
    cells = pl.LazyFrame(rows, schema={f"c{n}": pl.String for n in range(width)}, orient="row")
    return with_facts(cells).collect(), careful


def _unsound_records(lines: Lines, start: int, rows: RowShape, blank: pl.Series | None) -> Iterator[Record]:
    """The records that begin on a line that isn't sound or blank, except those that an earlier one has taken in."""
    free, unsure = start, lines.unsure.filter(lines.unsure >= start)
    for line in unsure if blank is None else unsure.filter(~blank[unsure - start]):
        if line >= free:
            record = record_at(lines, line, rows)
            free = record.end
            yield record


def _noted(careful: Iterable[Record], notes: list[Record]) -> Iterator[Record]:
    """Records as they are, each added to a list when it is asked for."""
    for record in careful:
        notes.append(record)
        yield record


def _assemble(
    cells: pl.DataFrame, careful: list[Record], lines: Lines, shape: FileShape, blank: pl.Series | None
) -> Records:
    """What was cut, put together. `cells` loses its columns `bytes` and `odd`.

    Args:
        cells: The cells of all records, as `cut_parts` returns them.
        careful: The records that were cut carefully, in order; all others are one line long.
        lines: All lines of the file.
        shape: The shape of the file.
        blank: The lines that weren't cut unless they are within a record; None if all were.
    """
    start, width, first_row = shape.first_line, shape.rows.width, shape.first_row
    lengths, quoted = lines.lengths.slice(start), lines.quoted.slice(start)
    indices = pl.Series([record.line - start for record in careful], dtype=pl.UInt32)
    rows = pl.int_range(first_row, first_row + len(cells), dtype=pl.UInt32, eager=True)
    first_lines: pl.Series | None = None
    if blank is not None or any(record.line_count > 1 for record in careful):
        begins = _begins(lines, start, careful, blank)
        lengths, quoted, first_lines = lengths.filter(begins), quoted.filter(begins), begins.arg_true()
        indices = first_lines.search_sorted(indices)
        if blank is not None:
            numbers = _begins(lines, start, careful, None).cast(pl.UInt32).cum_sum()
            rows = numbers.filter(begins) + (first_row - 1)
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
        rows=rows,
        cells=cells,
        counts=counts.scatter(list(wide), pl.Series(map(len, wide.values()), dtype=pl.UInt32)),
        odd=cells.drop_in_place("odd"),
        wide=wide,
        stray=[index for index, record in by_index.items() if record.stray],
        long=sorted(long.union((lengths > LONGEST_CELL).arg_true())),
    )


def _begins(lines: Lines, start: int, careful: list[Record], blank: pl.Series | None) -> pl.Series:
    """Whether a record that is cut begins on each line (Boolean).

    Args:
        lines: All lines of the file.
        start: The first line below the headings.
        careful: The careful records; all others are one line long.
        blank: The lines that aren't cut unless they are within a record; None if all are.
    """
    inner = [line - start for record in careful for line in range(record.line + 1, record.end)]
    count = len(lines) - start
    begins = pl.repeat(True, count, dtype=pl.Boolean, eager=True) if blank is None else ~blank
    return begins.scatter(pl.Series(inner, dtype=pl.UInt32), False)
