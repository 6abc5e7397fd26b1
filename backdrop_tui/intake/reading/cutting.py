"""The fast reader: parts of a file cut into cells by polars."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain

import polars as pl

from backdrop_tui.intake.reading.lines import Lines, needs_shield, shielded

_PART = 8_000_000
"""Bytes that are put together at a time, fewer at first: the memory of one part does for a later one."""
_TABLES = 2
"""Parts that polars cuts into cells at the same time: while it begins or ends one it leaves a processor idle."""


def spliced(lines: Lines, start: int, instead: Iterable[tuple[int, int, str]]) -> Iterator[bytes]:
    """The file from a line on, with some of its lines replaced: parts of whole lines, none of them empty.

    Args:
        lines: All lines of the file.
        start: The first line to take, from 0.
        instead: The first line, how many lines, and what stands there in their place; ascending.
    """
    view, at, size, most = memoryview(lines.data), lines.begin(start), 0, max(_PART // 8, 1)
    pieces: list[bytes | memoryview] = []
    for line, count, text in chain(instead, [(len(lines), 0, "")]):
        begin = lines.begin(line)
        while size + begin - at > most:
            end = min(lines.data.find(b"\n", at + max(most - size, 1)) + 1 or begin, begin)
            yield b"".join((*pieces, view[at:end]))
            pieces, at, size, most = [], end, 0, min(most * 2, _PART)
        pieces.append(view[at:begin])
        if count:
            pieces += (text.encode(), b"\n")
        size += begin - at + len(text)
        at = lines.begin(line + count)
    if rest := b"".join(pieces):
        yield rest


def table(data: bytes, separator: str, width: int, *, quotes: bool) -> pl.DataFrame:
    """Lines cut into cells by polars.

    Args:
        data: UTF-8, not empty.
        separator: What stands between two cells.
        width: How many cells to take from a line.
        quotes: Whether `"` quotes cells. Without, every physical line gives one row, blank ones too.

    Returns:
        `c0`, `c1`, … (String), and what `with_facts` adds. Cells that a line doesn't have are empty, those beyond the
        last column are dropped.
    """
    frame = pl.scan_csv(
        shielded(data),
        has_header=False,
        separator=separator,
        quote_char='"' if quotes else None,
        schema={f"c{n}": pl.String for n in range(width)},
        empty_string_is_null=False,
        missing_columns="insert",
        extra_columns="ignore",
        glob=False,
    )
    return with_facts(frame.slice(1) if needs_shield(data) else frame).collect()


def with_facts(cells: pl.LazyFrame) -> pl.LazyFrame:
    """Cells (`c0`, `c1`, …: String) and two facts of each row, found while its cells are at hand.

    `bytes` (UInt32) is what stands in its cells together, and `odd` (Boolean) whether the first of them `begins_oddly`.
    """
    return cells.with_columns(
        bytes=pl.sum_horizontal(pl.all().str.len_bytes()).cast(pl.UInt32), odd=begins_oddly(pl.col("c0"))
    )


def begins_oddly(cell: pl.Expr) -> pl.Expr:
    """Whether a cell (String) is empty, or begins with no printable ASCII character or Latin letter (Boolean).

    Only such a beginning is taken off, or changed, when a cell is cleaned.
    """
    return (cell < "!") | ((cell > "~") & ((cell < "À") | (cell >= "ɐ")))


def tables(
    parts: Iterable[bytes], separator: str, width: int, *, quotes: bool, meanwhile: Callable[[], None]
) -> pl.DataFrame:
    """Parts of a file cut into cells by polars; some of them while the next one is being put together.

    Args:
        parts: UTF-8, not empty, at least one.
        separator: As for `table`.
        width: As for `table`.
        quotes: As for `table`.
        meanwhile: Done while the parts are being cut.

    Returns:
        As `table`.
    """
    done: list[pl.DataFrame] = []
    going: deque[Future[pl.DataFrame]] = deque()
    other: Future[None] | None = None
    with ThreadPoolExecutor(_TABLES + 1) as beside:
        for part in parts:
            going.append(beside.submit(table, part, separator, width, quotes=quotes))
            if len(going) > _TABLES:
                done.append(going.popleft().result())
                # Not before: it would keep the first parts from being put together.
                other = other or beside.submit(meanwhile)
        other = other or beside.submit(meanwhile)
        done += [one.result() for one in going]
        other.result()
    return pl.concat(done, rechunk=False)
