"""A file's physical lines: the first few as text, or all of them by place and length."""

import re
from codecs import BOM_UTF8
from collections.abc import Sequence
from itertools import islice
from typing import overload

import polars as pl

from backdrop_tui.errors import UnusableFileError

_FEW, _MANY = 8, 512
"""Lines decoded at a time: where single lines are wanted, and where one is wanted after another."""
_TOO_LARGE = 2**32 - 2
"""Bytes of a file from which 32 bits are too few for a position, line ends included."""
_COUNTED = 500_000
"""Bytes whose line ends are counted at a time."""
_LINE_END = re.compile(rb"\r\n|\n|\r")
_LINE = pl.col("line")
_NOT_COUNTED = "The rows of this file can't be counted safely. Save it again as CSV UTF-8."


class Lines(Sequence[str]):
    """A file's lines: where each of them is, and the text of those that are asked for."""

    def __init__(  # noqa: PLR0913, PLR0917 - one pass over the file finds all of it
        self, data: bytes, lengths: pl.Series, sums: pl.Series, quoted: pl.Series, unsure: pl.Series, end: int
    ) -> None:
        self.data = data
        """The file, in UTF-8."""
        self.lengths = lengths
        """UInt32, one for each line: its bytes, without its line end."""
        self.quoted = quoted
        """Boolean, one for each line: whether it has a `"`."""
        self.unsure = unsure
        """UInt32, ascending: the indices of the lines with a `"` that may not be a record on their own."""
        self._sums = sums  # the bytes of each line and all before it, without line ends
        self._end = end
        self._count = len(lengths)
        self._size = _FEW
        self._block: list[str] = []
        self._block_start = 0

    def __len__(self) -> int:
        return self._count

    def verify_count(self) -> None:
        """Count the file's lines independently of the reader that found them.

        Raises:
            UnusableFileError: The numbers differ.
        """
        # A piece at a time: counting bytes holds Python's lock, and other threads need it.
        starts = range(0, len(self.data), _COUNTED)
        ends = sum(self.data.count(b"\n", start, start + _COUNTED) for start in starts)
        if self._count != ends + (not self.data.endswith(b"\n")):
            raise UnusableFileError(_NOT_COUNTED)

    def offset(self, line: int) -> int:
        """Where a line begins in the file, in bytes; for the index after the last line, where that line ends."""
        return self._sums.item(line - 1) + line * self._end if line else 0

    def scan(self, start: int) -> pl.LazyFrame:
        """The text of every line from one on: `line` (String). Nothing is read before it is collected."""
        return _scanned_lines(self.data).slice(start)

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
            sequential = at == len(self._block)
            self._load(index, min(self._size * 2, _MANY) if sequential else _FEW)
            at = 0
        return self._block[at]

    def _load(self, first: int, size: int) -> None:
        begin, end = self.offset(first), self.offset(min(first + size, self._count))
        text = self.data[begin:end].decode()
        self._block = text.split("\n" if self._end == 1 else "\r\n")[:size]
        self._block_start, self._size = first, size


def first_lines(data: bytes, at_most: int | None) -> list[str]:
    """The first lines of a file as text, without looking at the others.

    Args:
        data: The file, in UTF-8.
        at_most: How many lines to return; None for all of them.
    """
    lines, start = [], 0
    for end in islice(_LINE_END.finditer(data), at_most):
        lines.append(data[start : end.start()].decode())
        start = end.end()
    if len(lines) != at_most and start < len(data):
        lines.append(data[start:].decode())
    return lines


def physical_lines(data: bytes, sound: pl.Expr) -> Lines:
    r"""Find all lines of a file.

    A file in which `\r` occurs without `\n`, or both `\n` and `\r\n`, is rewritten with `\n` alone.

    Args:
        data: The file, in UTF-8, not empty.
        sound: Boolean over `line` (String), a line with a `"`: whether it is surely a record on its own.

    Raises:
        UnusableFileError: The lines that were found aren't the whole file.
    """
    lines = _find_lines(data, sound)
    if lines is None:
        lines = _find_lines(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n"), sound)
    if lines is None:
        raise UnusableFileError(_NOT_COUNTED)
    return lines


def shielded(data: bytes) -> bytes:
    """The text with an empty line in front if polars would otherwise misread its first bytes."""
    return b"\n" + data if needs_shield(data) else data


def needs_shield(data: bytes) -> bool:
    """Whether polars would unpack a text because it begins like a zlib stream (as "x^" does), or drop a BOM."""
    return data.startswith((b"x", BOM_UTF8))


def _find_lines(data: bytes, sound: pl.Expr) -> Lines | None:
    r"""All lines of a file; None if its line ends aren't all `\n` or all `\r\n`."""
    quoted = _LINE.str.contains('"', literal=True) if b'"' in data else pl.lit(value=False)
    lone = _LINE.str.contains("\r", literal=True) if b"\r" in data else pl.lit(value=False)
    scanned = _scanned_lines(data)
    # Collected together, so that polars finds the lines only once.
    lines, closely = pl.collect_all(
        (
            scanned.select(length=_LINE.str.len_bytes(), lone=lone),
            scanned.with_row_index("number").filter(quoted).select("number", sound=sound),
        )
    )
    lengths = lines["length"]
    sums = lengths.cast(pl.UInt32 if len(data) < _TOO_LARGE else pl.UInt64).cum_sum()
    end = _line_end_length(data, sums)
    if end is None or lines["lone"].any():
        return None
    has_quotes = pl.repeat(False, lines.height, dtype=pl.Boolean, eager=True).scatter(closely["number"], True)
    return Lines(data, lengths, sums, has_quotes, closely.filter(~pl.col("sound"))["number"], end)


def _scanned_lines(data: bytes) -> pl.LazyFrame:
    """The lines of a file that isn't empty: `line` (String). Nothing is read before it is collected.

    This reader is unstable in polars, so the records that are cut are held against what it finds.
    """
    frame = pl.scan_lines(shielded(data), name="line", glob=False)
    return frame.slice(1) if needs_shield(data) else frame


def _line_end_length(data: bytes, sums: pl.Series) -> int | None:
    r"""The bytes of each line end: 1 for `\n`, 2 for `\r\n`; None if they aren't all alike.

    Args:
        data: The file.
        sums: The bytes of each line and all before it, without line ends.
    """
    if data.endswith(b"\r"):  # polars takes it off the last line although it is no `\r\n`
        return None
    ends = len(data) - sums.item(-1)
    count = len(sums) - (not data.endswith(b"\n"))
    if ends == count:
        return 1
    return 2 if ends == count * 2 else None
