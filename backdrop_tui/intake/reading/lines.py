"""A file's physical lines, and the fast reader over them."""

from codecs import BOM_UTF8
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import overload

import polars as pl

from backdrop_tui.errors import UnusableFileError

_FEW, _MANY = 8, 512
"""Lines that are made Python text at a time, where single ones are looked at and where one after the other is."""
_SEPARATORS = [chr(n) for n in range(1, 32) if chr(n) not in "\t\n\r"]
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
    def begins(self) -> pl.Series:
        """Int64: where each line begins in the file, and one more for where the last one ends."""
        after = (self.lengths.cast(pl.Int64) + self._end).cum_sum()
        return pl.concat([pl.Series([0], dtype=pl.Int64), after])

    def cut(self, which: pl.Series) -> pl.Series:
        """Some lines (String) by their numbers (UInt32, ascending), all at once."""
        step = which.diff()
        firsts = which.filter(step.ne_missing(1))
        lasts = which.filter(step.shift(-1).ne_missing(1))
        begins, ends = (self.begins.gather(lines).to_list() for lines in (firsts, lasts + 1))
        some = b"".join([self.data[begin:end] for begin, end in zip(begins, ends, strict=True)])
        return table(some, _separator(some), 1, quotes=False)["c0"]

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
        begin, end = self.begins[first], self.begins[min(first + size, self._count)]
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


def spliced(lines: Lines, start: int, instead: Iterable[tuple[int, int, str]]) -> bytes:
    """The file from a line on, with some of its lines replaced.

    Args:
        lines: All lines of the file.
        start: The first line to take, from 0.
        instead: The first line, how many lines, and what stands there in their place; ascending.
    """
    replaced = list(instead)
    firsts = pl.Series([line for line, _, _ in replaced], dtype=pl.UInt32)
    counts = pl.Series([count for _, count, _ in replaced], dtype=pl.UInt32)
    view, at = memoryview(lines.data), lines.begins[start]
    pieces: list[bytes | memoryview] = []
    for (_, _, text), begin, end in zip(
        replaced, lines.begins.gather(firsts), lines.begins.gather(firsts + counts), strict=True
    ):
        pieces += (view[at:begin], text.encode(), b"\n")
        at = end
    return b"".join((*pieces, view[at:]))


def table(data: bytes, separator: str, width: int, *, quotes: bool) -> pl.DataFrame:
    """Lines cut into cells by polars.

    Args:
        data: UTF-8, not empty.
        separator: What stands between two cells.
        width: How many cells to take from a line.
        quotes: Whether `"` quotes cells. Without, every physical line gives one row, blank ones too.

    Returns:
        `c0`, `c1`, … (String); cells that a line doesn't have are empty, those beyond the last column are dropped.
    """
    schema = {f"c{n}": pl.String for n in range(width)}
    return _scanned(data, separator, schema, quotes=quotes).collect()


def _scanned(
    data: bytes, separator: str, schema: Mapping[str, type[pl.String]], *, quotes: bool
) -> pl.LazyFrame:
    """The same, before any of it is read."""
    # Polars would unpack what begins like a zlib stream, and "x^" does; and it would take a mark off.
    shielded = data.startswith((b"x", BOM_UTF8))
    frame = pl.scan_csv(
        b"\n" + data if shielded else data,
        has_header=False,
        separator=separator,
        quote_char='"' if quotes else None,
        schema=schema,
        empty_string_is_null=False,
        missing_columns="insert",
        extra_columns="ignore",
        glob=False,
    )
    return frame.slice(1) if shielded else frame


def _separator(data: bytes) -> str:
    """A character that the file doesn't have, so that cutting at it leaves every line whole."""
    separator = next((s for s in _SEPARATORS if s.encode() not in data), None)
    if separator is None:
        raise UnusableFileError("This isn't a text file. Export the report again as CSV.")
    return separator


def _lines(data: bytes) -> Lines | None:
    r"""Every physical line as it is; None where the line ends aren't all alike, `\n` or `\r\n`."""
    line = pl.col("line")
    found = _scanned(data, _separator(data), {"line": pl.String}, quotes=False).select(
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
