"""A file's physical lines, and the fast reader over them."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import overload

import polars as pl

from backdrop_tui.errors import UnusableFileError

_FEW, _MANY = 16, 512
"""Lines that are made Python text at a time, where single ones are looked at and where most are."""
_SEPARATORS = [chr(n) for n in range(1, 32) if chr(n) not in "\t\n\r"]


class Lines(Sequence[str]):
    """Lines looked at one by one, without a Python object for each of a million."""

    def __init__(self, series: pl.Series, wanted: int = 0) -> None:
        """Look at lines.

        Args:
            series: The lines.
            wanted: About how many of them will be looked at.
        """
        self._size = _MANY if wanted * _FEW > series.len() else _FEW
        self._count = series.len()
        self.series = series
        """String, one a physical line, without its line end."""
        self._block: list[str] = []
        self._block_start = 0

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return self.series[index].to_list()
        at = index - self._block_start
        if not 0 <= at < len(self._block):
            if not 0 <= index < self._count:
                raise IndexError(index)
            self._block_start = index
            self._block = self.series.slice(index, self._size).to_list()
            at = 0
        return self._block[at]


def physical_lines(data: bytes) -> tuple[bytes, Lines]:
    r"""The file with line ends of one kind, and its lines.

    A file with a `\r` that stands without `\n`, or with both `\n` and `\r\n`, is rewritten with `\n` alone.

    Args:
        data: UTF-8, not empty.

    Raises:
        UnusableFileError: The lines that were read aren't as many as were counted.
    """
    lines = _lines(data)
    if b"\r" in data and (_end_of_lines(data, lines) is None or lines.str.contains("\r", literal=True).any()):
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        lines = _lines(data)
    return data, Lines(lines)


def count_lines(data: bytes) -> int:
    """How many lines a file has, counted without the reader."""
    return data.count(b"\n") + (not data.endswith(b"\n"))


def spliced(data: bytes, lines: Lines, start: int, instead: Iterable[tuple[int, int, str]]) -> bytes:
    """The file from a line on, with some of its lines replaced.

    Args:
        data: The file, as `physical_lines` gave it.
        lines: All its lines.
        start: The first line to take, from 0.
        instead: The first line, how many lines, and what stands there in their place; ascending.
    """
    replaced = list(instead)
    lengths = lines.series.str.len_bytes().cast(pl.Int64) + (_end_of_lines(data, lines.series) or 1)
    begins = pl.concat([pl.Series([0], dtype=pl.Int64), lengths.cum_sum()])
    firsts = pl.Series([line for line, _, _ in replaced], dtype=pl.UInt32)
    counts = pl.Series([count for _, count, _ in replaced], dtype=pl.UInt32)
    view, at = memoryview(data), begins[start]
    pieces: list[bytes | memoryview] = []
    for (_, _, text), begin, end in zip(
        replaced, begins.gather(firsts), begins.gather(firsts + counts), strict=True
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


def _lines(data: bytes) -> pl.Series:
    """Every physical line as it is: the separator is a character that the file doesn't have."""
    separator = next((s for s in _SEPARATORS if s.encode() not in data), None)
    if separator is None:
        raise UnusableFileError("This isn't a text file. Export the report again as CSV.")
    with ThreadPoolExecutor(1) as beside:
        counted = beside.submit(count_lines, data)
        lines = table(data, separator, 1, quotes=False)["c0"]
    if lines.len() != counted.result():
        raise UnusableFileError("The rows of this file can't be counted safely. Save it again as CSV UTF-8.")
    return lines


def _end_of_lines(data: bytes, lines: pl.Series) -> int | None:
    r"""The bytes of each line end, 1 for `\n` and 2 for `\r\n`; None where they aren't all alike."""
    if data.endswith(b"\r"):  # taken off the last line, though it is no `\r\n`
        return None
    ends = len(data) - lines.str.len_bytes().sum()
    count = lines.len() - (not data.endswith(b"\n"))
    if ends == count:
        return 1
    return 2 if ends == count * 2 else None
