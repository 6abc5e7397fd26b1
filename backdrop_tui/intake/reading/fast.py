"""The fast cutter: polars cuts whole parts of a file into cells, once every line in them is sound."""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from heapq import merge
from itertools import chain

import polars as pl

from backdrop_tui.intake.reading.careful.rows import Record, RowShape
from backdrop_tui.intake.reading.lines import Lines, needs_shield, shielded

_PART = 8_000_000
"""Bytes that are cut at a time, fewer at first: later parts reuse the memory of earlier ones."""
_THREADS = 2
"""Parts that polars cuts at the same time: while it begins or ends one, it leaves a processor idle."""
_WIDEST_PATTERN = 50
"""Cells of a row up to which one pattern can count them."""


def is_sound(shape: RowShape) -> pl.Expr:
    """Whether a line on its own has the right number of cells and every quote in its place.

    Boolean over `line` (String).
    """
    separator, others = re.escape(shape.grammar.delimiter.character), shape.width - 1
    cell = f'(?:"[^"]*(?:""[^"]*)*"|[^"{separator}]*)'
    line = pl.col("line").str
    if shape.width <= _WIDEST_PATTERN:
        return line.contains(f"^{cell}(?:{separator}{cell}){{{others}}}$")
    delimiters = line.replace_all('"[^"]*"', "").str.count_matches(
        shape.grammar.delimiter.character, literal=True
    )
    return line.contains(f"^{cell}(?:{separator}{cell})*$") & (delimiters == others)


Change = tuple[int, int, bytes]
"""The first of the lines to replace, the line after them, both from 0, and what to write in their place."""


def as_sound_lines(records: Iterable[Record], shape: RowShape) -> Iterator[Change]:
    """The changes that make each of some records one sound line.

    Args:
        records: The records, ascending.
        shape: What rows look like.
    """
    return ((record.line, record.end, _quoted(record, shape).encode()) for record in records)


def without(changes: Iterable[Change], runs: Iterable[tuple[int, int]]) -> Iterator[Change]:
    """Changes, and those that leave out runs of lines, as far as no other change has them.

    Args:
        changes: The changes, ascending.
        runs: The first line of each run and the line after it, ascending; no change begins in a run.
    """
    free = 0
    for first, end, text in merge(changes, ((first, end, b"") for first, end in runs)):
        if max(first, free) < end:
            yield max(first, free), end, text
            free = end


def parts_with(changes: Iterable[Change], lines: Lines, start: int) -> Iterator[bytes]:
    """The file from a line on, with some of its lines changed.

    Args:
        changes: The changes, ascending.
        lines: All lines of the file.
        start: The first line to take, from 0.

    Yields:
        Parts of whole lines, none of them empty.
    """
    view, at, size, limit = memoryview(lines.data), lines.offset(start), 0, max(_PART // 8, 1)
    pieces: list[bytes | memoryview] = []
    for line, end_line, text in chain(changes, [(len(lines), len(lines), b"")]):
        begin = lines.offset(line)
        while size + begin - at > limit:
            end = min(lines.data.find(b"\n", at + max(limit - size, 1)) + 1 or begin, begin)
            yield b"".join((*pieces, view[at:end]))
            pieces, at, size, limit = [], end, 0, min(limit * 2, _PART)
        pieces += (view[at:begin], text)
        size += begin - at + len(text)
        at = lines.offset(end_line)
    if rest := b"".join(pieces):
        yield rest


def _quoted(record: Record, shape: RowShape) -> str:
    """A record as one line, with every cell quoted, up to the width."""
    cells = [cell.replace('"', '""') for cell in record.cells[: shape.width]]
    return '"' + f'"{shape.grammar.delimiter.character}"'.join(cells) + '"\n'


def cut_parts(parts: Iterable[bytes], shape: RowShape, *, quotes: bool) -> pl.DataFrame:
    """Cut parts of a file into cells, some of them while the next one is being put together.

    Args:
        parts: UTF-8, not empty, at least one.
        shape: The delimiter, and how many cells to take from a line.
        quotes: Whether `"` quotes cells. Without, every physical line gives one row, including blank ones.

    Returns:
        `c0`, `c1`, … (String), and the columns that `with_facts` adds. Cells that a line doesn't have are empty, those
        beyond the last column are dropped.
    """
    done: list[pl.DataFrame] = []
    cutting: deque[Future[pl.DataFrame]] = deque()
    with ThreadPoolExecutor(_THREADS + 1) as threads:
        for part in parts:
            cutting.append(threads.submit(_cut_part, part, shape, quotes=quotes))
            if len(cutting) > _THREADS + 1:
                done.append(cutting.popleft().result())
        done += [part_cells.result() for part_cells in cutting]
    return pl.concat(done, rechunk=False)


def _cut_part(data: bytes, shape: RowShape, *, quotes: bool) -> pl.DataFrame:
    """Cut one part; see `cut_parts`."""
    frame = pl.scan_csv(
        shielded(data),
        has_header=False,
        separator=shape.grammar.delimiter.character,
        quote_char='"' if quotes else None,
        schema={f"c{n}": pl.String for n in range(shape.width)},
        empty_string_is_null=False,
        missing_columns="insert",
        extra_columns="ignore",
        glob=False,
    )
    return with_facts(frame.slice(1) if needs_shield(data) else frame).collect()


def with_facts(cells: pl.LazyFrame) -> pl.LazyFrame:
    """Cells (`c0`, `c1`, …: String) and two facts about each row, worked out while its cells are in the cache.

    `bytes` (UInt32) is the length of its cells together, and `odd` (Boolean) whether the first of them `begins_oddly`.
    """
    return cells.with_columns(
        bytes=pl.sum_horizontal(pl.all().str.len_bytes()).cast(pl.UInt32), odd=begins_oddly(pl.col("c0"))
    )


def begins_oddly(cell: pl.Expr) -> pl.Expr:
    """Whether a cell (String) is empty, or begins with no printable ASCII character or Latin letter (Boolean).

    Cleaning only ever takes off or changes the beginning of a cell like this.
    """
    return (cell < "!") | ((cell > "~") & ((cell < "À") | (cell >= "ɐ")))
