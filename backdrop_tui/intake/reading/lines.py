"""A file's physical lines."""

import re
from codecs import BOM_UTF8
from collections.abc import Sequence
from itertools import islice
from typing import overload

import polars as pl

from backdrop_tui.errors import UnusableFileError
from backdrop_tui.intake.reading.encoding import NotUtf8Error

_FEW, _MANY = 8, 512
"""Lines that are made Python text at a time, where single ones are looked at and where one after the other is."""
_TOO_LARGE = 2**32 - 2
"""Bytes of a file in which 32 bits are too few for a place, line ends included."""
_COUNTED = 500_000
"""Bytes whose line ends are counted at a time."""
_LINE_END = re.compile(rb"\r\n|\n|\r")
_LINE = pl.col("line")
_NOT_COUNTED = "The rows of this file can't be counted safely. Save it again as CSV UTF-8."


class Lines(Sequence[str]):
    """A file's lines: where each of them is, and the text of those that are looked at."""

    def __init__(  # noqa: PLR0913, PLR0917 - all that is known of them is found at once
        self, data: bytes, lengths: pl.Series, sums: pl.Series, quoted: pl.Series, unsure: pl.Series, end: int
    ) -> None:
        self.data = data
        """The file, UTF-8."""
        self.lengths = lengths
        """UInt32, one a line: its bytes, without its line end."""
        self.quoted = quoted
        """Boolean, one a line: whether it has a `"`."""
        self.unsure = unsure
        """UInt32, ascending: the numbers of the lines with a `"` that could be no record on their own."""
        self._sums = sums  # the bytes of each line and those before it, without line ends
        self._end = end
        self._count = len(lengths)
        self._size = _FEW
        self._block: list[str] = []
        self._block_start = 0

    def __len__(self) -> int:
        return self._count

    def hold_against_count(self) -> None:
        """Count the file's lines without the reader that found them.

        Raises:
            UnusableFileError: They are not as many.
        """
        starts = range(
            0, len(self.data), _COUNTED
        )  # a piece at a time: nobody else can work while bytes are counted
        ends = sum(self.data.count(b"\n", start, start + _COUNTED) for start in starts)
        if self._count != ends + (not self.data.endswith(b"\n")):
            raise UnusableFileError(_NOT_COUNTED)

    def begin(self, line: int) -> int:
        """Where a line begins in the file; where the last one is over, for the line after that."""
        return self._sums.item(line - 1) + line * self._end if line else 0

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


def first_lines(data: bytes, most: int) -> list[str]:
    """The first of a file's lines, without looking at the others.

    Args:
        data: UTF-8.
        most: How many to give.

    Raises:
        NotUtf8Error: It isn't.
    """
    lines, at = [], 0
    for end in islice(_LINE_END.finditer(data), most):
        lines.append(data[at : end.start()])
        at = end.end()
    if len(lines) < most and at < len(data):
        lines.append(data[at:])
    try:
        return [line.decode() for line in lines]
    except UnicodeDecodeError:
        raise NotUtf8Error from None


def physical_lines(data: bytes, sound: pl.Expr) -> Lines:
    r"""A file's lines.

    A file with a `\r` that stands without `\n`, or with both `\n` and `\r\n`, is rewritten with `\n` alone.

    Args:
        data: UTF-8, not empty.
        sound: Boolean over `line` (String), a line with a `"`: whether it is a record on its own.

    Raises:
        UnusableFileError: The lines that were read aren't all of the file.
        NotUtf8Error: It isn't UTF-8.
    """
    lines = _lines(data, sound) or _lines(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n"), sound)
    if lines is None:
        raise UnusableFileError(_NOT_COUNTED)
    return lines


def _scanned_lines(data: bytes) -> pl.LazyFrame:
    """`line` (String): the lines of UTF-8 that is not empty, before any of them is read.

    Polars may still change this reader. What comes of it is held against what is counted here.
    """
    frame = pl.scan_lines(shielded(data), name="line", glob=False)
    return frame.slice(1) if needs_shield(data) else frame


def shielded(data: bytes) -> bytes:
    """The same with an empty line in front where it needs that."""
    return b"\n" + data if needs_shield(data) else data


def needs_shield(data: bytes) -> bool:
    """Whether polars would unpack it, as it does what begins like a zlib stream ("x^" does), or take a mark off."""
    return data.startswith((b"x", BOM_UTF8))


def _lines(data: bytes, sound: pl.Expr) -> Lines | None:
    r"""Every physical line as it is; None where the line ends aren't all alike, `\n` or `\r\n`."""
    quoted = _LINE.str.contains('"', literal=True) if b'"' in data else pl.lit(value=False)
    lone = _LINE.str.contains("\r", literal=True) if b"\r" in data else pl.lit(value=False)
    every = _scanned_lines(data)
    # Asked for together, so that the lines are found once.
    wanted = (
        every.select(length=_LINE.str.len_bytes(), lone=lone),
        every.with_row_index("number").filter(quoted).select("number", sound=sound),
    )
    try:
        lines, closely = pl.collect_all(wanted)
    except pl.exceptions.ComputeError:
        if _is_utf8(data):
            raise
        raise NotUtf8Error from None
    lengths = lines["length"]
    sums = lengths.cast(pl.UInt32 if len(data) < _TOO_LARGE else pl.UInt64).cum_sum()
    end = _end_of_lines(data, sums)
    if end is None or lines["lone"].any():
        return None
    has_quotes = pl.repeat(False, lines.height, dtype=pl.Boolean, eager=True).scatter(closely["number"], True)
    return Lines(data, lengths, sums, has_quotes, closely.filter(~pl.col("sound"))["number"], end)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _end_of_lines(data: bytes, sums: pl.Series) -> int | None:
    r"""The bytes of each line end, 1 for `\n` and 2 for `\r\n`; None where they aren't all alike.

    Args:
        data: The file.
        sums: The bytes of each line and those before it, without line ends.
    """
    if data.endswith(b"\r"):  # taken off the last line, though it is no `\r\n`
        return None
    ends = len(data) - sums.item(-1)
    count = len(sums) - (not data.endswith(b"\n"))
    if ends == count:
        return 1
    return 2 if ends == count * 2 else None
