"""Names of rows: the number that a spreadsheet shows, with the file's name in front of it if there are several files.

Several files that are read as one share one column `row`: the rows of the second file begin at `ROWS_PER_FILE`, and so on.
"""

from dataclasses import dataclass
from functools import cached_property

import polars as pl

ROWS_PER_FILE = 10_000_000
"""The first row number of the second file; more rows than a spreadsheet can have."""
_LONGEST = 12
"""The most characters of a file's name in a table."""


@dataclass(frozen=True)
class RowNames:
    """How rows are named."""

    files: tuple[str, ...] = ()
    """The names of the files that are read as one, in order; empty if there is only one file."""

    def name(self, row: int) -> str:
        """A row's name: `23`, or `7A.csv:23`."""
        if not self.files:
            return str(row)
        file, number = divmod(row, ROWS_PER_FILE)
        return f"{self.files[file]}:{number}"

    def row_named(self, name: str) -> int | None:
        """The row with a name; None if that names no row, or a file that isn't there."""
        file, _, number = name.rpartition(":")
        if not number.isascii() or not number.isdecimal() or int(number) >= ROWS_PER_FILE:
            return None
        if file in self.files:
            return self.files.index(file) * ROWS_PER_FILE + int(number)
        return int(number) if not file and not self.files else None

    def short_name(self, row: int) -> str:
        """A row's name for a table: a long name of a file is cut where the names don't differ."""
        if not self.files:
            return str(row)
        file, number = divmod(row, ROWS_PER_FILE)
        return f"{self._short_files[file]}:{number}"

    def longest_short_name(self, rows: pl.Series) -> int:
        """The most characters that the names of rows (UInt32, ascending) have in a table."""
        numbers = rows % ROWS_PER_FILE if self.files else rows
        digits = len(str(numbers[numbers.arg_max() or 0])) if len(numbers) else 1
        return max(map(len, self._short_files)) + 1 + digits if self.files else digits

    @cached_property
    def _short_files(self) -> tuple[str, ...]:
        ends = tuple(f"…{name[1 - _LONGEST :]}" if len(name) > _LONGEST else name for name in self.files)
        starts = tuple(f"{name[: _LONGEST - 1]}…" if len(name) > _LONGEST else name for name in self.files)
        return starts if len({*starts}) > len({*ends}) else ends

    def names(self, rows: pl.Expr) -> pl.Expr:
        """The names (String) of rows (UInt32)."""
        if not self.files:
            return rows.cast(pl.String)
        return pl.concat_str(self.file_of(rows), pl.lit(":"), self.number_of(rows).cast(pl.String))

    def file_of(self, rows: pl.Expr) -> pl.Expr:
        """The names of the files (String) that rows (UInt32) are in. Only for several files."""
        by_number = dict(enumerate(self.files))
        return (rows // ROWS_PER_FILE).replace_strict(by_number, return_dtype=pl.String)

    def number_of(self, rows: pl.Expr) -> pl.Expr:
        """The numbers (UInt32) that a spreadsheet shows for rows (UInt32)."""
        return rows % ROWS_PER_FILE if self.files else rows


ONE_FILE = RowNames()
"""The names of rows of one file: their numbers."""
