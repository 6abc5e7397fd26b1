"""A file's physical lines, and the fast reader over them."""

from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from itertools import chain
from typing import overload

import polars as pl

from backdrop_tui.errors import UnusableFileError

_FEW, _MANY = 8, 512
"""Lines that are made Python text at a time, where single ones are looked at and where one after the other is."""
_TOO_LARGE = 2**32 - 2
"""Bytes of a file in which 32 bits are too few for a place, line ends included."""
_PART = 8_000_000
"""Bytes that are put together at a time: the memory of one part does for the next but one."""
_NOT_COUNTED = "The rows of this file can't be counted safely. Save it again as CSV UTF-8."


class Lines(Sequence[str]):
    """A file's lines: where each of them is, and the text of those that are looked at."""

    def __init__(self, data: bytes, lengths: pl.Series, quoted: pl.Series, end: int) -> None:
        self.data = data
        """The file, UTF-8."""
        self.lengths = lengths
        """UInt32, one a line: its bytes, without its line end."""
        self.quoted = quoted
        """Boolean, one a line: whether it has a `"`."""
        self._end = end
        self._count = len(lengths)
        self._size = _FEW
        self._block: list[str] = []
        self._block_start = 0

    def __len__(self) -> int:
        return self._count

    @cached_property
    def _ends(self) -> pl.Series:
        """UInt32, or UInt64 for a file that needs it: where each line and its line end are over in the file."""
        wide = pl.UInt32 if len(self.data) < _TOO_LARGE else pl.UInt64
        return (self.lengths.cast(wide) + self._end).cum_sum()

    def begin(self, line: int) -> int:
        """Where a line begins in the file; where the last one is over, for the line after that."""
        return self._ends.item(line - 1) if line else 0

    def cut(self, which: pl.Series) -> pl.Series:
        """Some lines (String) by their numbers (UInt32, ascending), all at once."""
        step = which.diff()
        firsts = which.filter(step.ne_missing(1))
        lasts = which.filter(step.shift(-1).ne_missing(1))
        ends = self._ends.gather(lasts).to_list()
        begins = (self._ends.gather(firsts) - self.lengths.gather(firsts) - self._end).to_list()
        some = b"".join([self.data[begin:end] for begin, end in zip(begins, ends, strict=True)])
        return _scanned_lines(some).collect()["line"]

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self[n] for n in range(*index.indices(self._count))]
        at = index - self._block_start
        if not 0 <= at < len(self._block):
            if not 0 <= index < self._count:
                raise IndexError(index)
            goes_on = at == len(self._block)
            self._load(index, min(self._size * 2, _MANY) if goes_on else _FEW)
            at = 0
        return self._block[at]

    def _load(self, first: int, size: int) -> None:
        begin, end = self.begin(first), self.begin(min(first + size, self._count))
        text = self.data[begin:end].decode()
        self._block = text.split("\n" if self._end == 1 else "\r\n")[:size]
        self._block_start, self._size = first, size


def physical_lines(data: bytes) -> Lines:
    r"""A file's lines.

    A file with a `\r` that stands without `\n`, or with both `\n` and `\r\n`, is rewritten with `\n` alone.

    Args:
        data: UTF-8, not empty.

    Raises:
        UnusableFileError: The lines that were read aren't as many as were counted, or not all of the file.
    """
    lines = _lines(data) or _lines(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
    if lines is None:
        raise UnusableFileError(_NOT_COUNTED)
    return lines


def count_lines(data: bytes) -> int:
    """How many lines a file has, counted without the reader."""
    return data.count(b"\n") + (not data.endswith(b"\n"))


def spliced(lines: Lines, start: int, instead: Iterable[tuple[int, int, str]]) -> Iterator[bytes]:
    """The file from a line on, with some of its lines replaced: parts of whole lines, none of them empty.

    Args:
        lines: All lines of the file.
        start: The first line to take, from 0.
        instead: The first line, how many lines, and what stands there in their place; ascending.
    """
    view, at, size = memoryview(lines.data), lines.begin(start), 0
    pieces: list[bytes | memoryview] = []
    for line, count, text in chain(instead, [(len(lines), 0, "")]):
        begin = lines.begin(line)
        while size + begin - at > _PART:
            end = min(lines.data.find(b"\n", at + max(_PART - size, 1)) + 1 or begin, begin)
            yield b"".join((*pieces, view[at:end]))
            pieces, at, size = [], end, 0
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
        `c0`, `c1`, … (String), and `bytes` (UInt32), what stands in them together. Cells that a line doesn't have are
        empty, those beyond the last column are dropped.
    """
    frame = pl.scan_csv(
        _shielded(data),
        has_header=False,
        separator=separator,
        quote_char='"' if quotes else None,
        schema={f"c{n}": pl.String for n in range(width)},
        empty_string_is_null=False,
        missing_columns="insert",
        extra_columns="ignore",
        glob=False,
    )
    return with_bytes(frame.slice(1) if _needs_shield(data) else frame).collect()


def with_bytes(cells: pl.LazyFrame) -> pl.LazyFrame:
    """Cells (String) and `bytes` (UInt32), what stands in each row's cells together."""
    return cells.with_columns(bytes=pl.sum_horizontal(pl.all().str.len_bytes()).cast(pl.UInt32))


def tables(parts: Iterable[bytes], separator: str, width: int) -> pl.DataFrame:
    """Parts of a file cut into cells by polars, with quotes; each while the next one is being put together.

    Args:
        parts: UTF-8, not empty, at least one.
        separator: As for `table`.
        width: As for `table`.

    Returns:
        As `table`.
    """
    done: list[pl.DataFrame] = []
    with ThreadPoolExecutor(1) as beside:
        going: Future[pl.DataFrame] | None = None
        for part in parts:
            following = beside.submit(table, part, separator, width, quotes=True)
            if going is not None:
                done.append(going.result())
            going = following
        if going is not None:
            done.append(going.result())
    return pl.concat(done, rechunk=False)


def _scanned_lines(data: bytes) -> pl.LazyFrame:
    """`line` (String): the lines of UTF-8 that is not empty, before any of them is read.

    Polars may still change this reader. What comes of it is held against what is counted here.
    """
    frame = pl.scan_lines(_shielded(data), name="line", glob=False)
    return frame.slice(1) if _needs_shield(data) else frame


def _shielded(data: bytes) -> bytes:
    """The same with an empty line in front where it needs that."""
    return b"\n" + data if _needs_shield(data) else data


def _needs_shield(data: bytes) -> bool:
    """Whether polars would unpack it, as it does what begins like a zlib stream ("x^" does), or take a mark off."""
    return data.startswith((b"x", BOM_UTF8))


def _lines(data: bytes) -> Lines | None:
    r"""Every physical line as it is; None where the line ends aren't all alike, `\n` or `\r\n`."""
    line = pl.col("line")
    found = _scanned_lines(data).select(
        length=line.str.len_bytes(),
        quoted=line.str.contains('"', literal=True) if b'"' in data else pl.lit(value=False),
        lone=line.str.contains("\r", literal=True) if b"\r" in data else pl.lit(value=False),
    )
    with ThreadPoolExecutor(1) as beside:
        counted = beside.submit(count_lines, data)
        lines = found.collect()
    if lines.height != counted.result():
        raise UnusableFileError(_NOT_COUNTED)
    end = _end_of_lines(data, lines["length"])
    if end is None or lines["lone"].any():
        return None
    return Lines(data, lines["length"], lines["quoted"], end)


def _end_of_lines(data: bytes, lengths: pl.Series) -> int | None:
    r"""The bytes of each line end, 1 for `\n` and 2 for `\r\n`; None where they aren't all alike."""
    if data.endswith(b"\r"):  # taken off the last line, though it is no `\r\n`
        return None
    ends = len(data) - lengths.cast(pl.Int64).sum()
    count = len(lengths) - (not data.endswith(b"\n"))
    if ends == count:
        return 1
    return 2 if ends == count * 2 else None
