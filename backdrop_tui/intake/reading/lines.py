"""A file's physical lines, and the fast reader over them."""

from collections.abc import Sequence
from typing import overload

import polars as pl

from backdrop_tui.errors import UnusableFileError
from backdrop_tui.intake.sheet import Delimiter

_BLOCK = 512
_NOT_IN_TEXT = "\x01"


class Lines(Sequence[str]):
    """Lines looked at one by one, without a Python object for each of a million."""

    def __init__(self, series: pl.Series) -> None:
        self.series = series
        """String, one a physical line, without its line end."""
        self._block: list[str] = []
        self._block_start = 0

    def __len__(self) -> int:
        return self.series.len()

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return self.series[index].to_list()
        at = index - self._block_start
        if not 0 <= at < len(self._block):
            if not 0 <= index < len(self):
                raise IndexError(index)
            self._block_start = index - index % _BLOCK
            self._block = self.series.slice(self._block_start, _BLOCK).to_list()
            at = index - self._block_start
        return self._block[at]


def physical_lines(data: bytes) -> tuple[bytes, Lines]:
    """The file with line ends that are `\\n` or `\\r\\n` alone, and its lines.

    Every `\\r` that stands without `\\n` ends a line too; only a file that has such is rewritten.

    Args:
        data: UTF-8.
    """
    lines = _lines(data)
    if lines.str.contains("\r", literal=True).any():
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        lines = _lines(data)
    return data, Lines(lines)


def count_lines(data: bytes) -> int:
    """How many lines a file has, counted without the reader."""
    return data.count(b"\n") + (not data.endswith(b"\n") and bool(data))


def _lines(data: bytes) -> pl.Series:
    """Every physical line as it is. The separator is a character that the file doesn't have."""
    separator = next((s for s in _separators() if s.encode() not in data), None)
    if separator is None:
        raise UnusableFileError("This isn't a text file. Export the report as CSV.")
    lines = table(data, separator, 1, quotes=False)["c0"]
    if lines.len() != count_lines(data):
        raise UnusableFileError("The rows of this file can't be counted safely. Save it again as CSV UTF-8.")
    return lines


def _separators() -> Sequence[str]:
    return [
        chr(n) for n in (1, 2, 3, 4, 5, 6, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 28, 29, 30)
    ]


def table(data: bytes, separator: str | Delimiter, width: int, *, quotes: bool) -> pl.DataFrame:
    """Lines cut into cells by polars.

    Args:
        data: UTF-8, not empty.
        separator: What stands between two cells.
        width: How many cells to take from a line.
        quotes: Whether `"` quotes cells. Without, every physical line gives one row, blank ones too.

    Returns:
        `c0`, `c1`, … (String); cells that a line doesn't have are empty, those beyond the last column are dropped.
    """
    # polars would unpack what begins like a zlib stream, and "x^" does.
    shielded = data.startswith(b"x")
    frame = pl.read_csv(
        b"\n" + data if shielded else data,
        has_header=False,
        separator=separator,
        quote_char='"' if quotes else None,
        schema={f"c{n}": pl.String for n in range(width)},
        empty_string_is_null=False,
        missing_columns="insert",
        extra_columns="ignore",
        glob=False,
    )
    return frame.slice(1) if shielded else frame
