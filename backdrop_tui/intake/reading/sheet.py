"""A file as it was read: a table of text, and what is wrong with its rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

Encoding = Literal["utf-8", "utf-8-sig", "utf-16", "cp1252"]
"""The encodings that a file can have, by the names that are shown and scripted."""
Delimiter = Literal[",", ";", "\t", "|"]
"""What can stand between two cells."""

ENCODINGS: tuple[Encoding, ...] = ("utf-8", "utf-8-sig", "utf-16", "cp1252")
DELIMITERS: tuple[Delimiter, ...] = (",", ";", "\t", "|")
ENCODING_NAMES: dict[Encoding, str] = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with a mark",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252",
}
"""What the encodings are called on screen."""
DELIMITER_NAMES: dict[Delimiter, str] = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
"""What the delimiters are called on screen."""


@dataclass(frozen=True)
class ReadOptions:
    """What the user says about a file; None leaves it to be found out."""

    encoding: Encoding | None = None
    delimiter: Delimiter | None = None
    header_row: int | None = None
    """Spreadsheet row of the headings, from 1; 0 says that there are none."""


@dataclass(frozen=True)
class Sheet:
    """A file's rows as text."""

    file: str
    """The file's name, without its folder."""
    encoding: Encoding
    delimiter: Delimiter
    header_row: int | None
    """Spreadsheet row of the headings, from 1; None where the file has none."""
    headings: tuple[str, ...]
    """One heading a column, cleaned; an empty heading stays empty, a file without headings has only empty ones."""
    cells: pl.DataFrame
    """`row` (UInt32: the row that a spreadsheet shows, ascending) and `c0`, `c1`, … (String, as in the file but
    without its quotes; a blank cell is empty or null), one a heading. Blank rows are left out."""
    faults: pl.DataFrame
    """Faults of whole rows: `row` (UInt32), `code` (String: `cell-count` or `stray-quote`), `found` (UInt32: how many
    cells that row has; null for `stray-quote`)."""
    extra: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """Cells beyond the last heading, by row, so that they can be written out again."""
    notes: tuple[str, ...] = ()
    """What the reader did that the user should know, a sentence each."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns in `cells`, without `row`."""
        return tuple(self.cells.columns[1:])

    @property
    def how_read(self) -> str:
        """How the file was read, in a sentence."""
        headings = f"headings in row {self.header_row}" if self.header_row else "no headings"
        return f"Read as {ENCODING_NAMES[self.encoding]} with {DELIMITER_NAMES[self.delimiter]}, {headings}."


def nothing_read(headings: Sequence[str]) -> Sheet:
    """A sheet with headings and no rows, for people typed in by hand."""
    names = [f"c{n}" for n in range(len(headings))]
    return Sheet(
        file="",
        encoding="utf-8",
        delimiter=",",
        header_row=1,
        headings=tuple(headings),
        cells=pl.DataFrame(schema={"row": pl.UInt32} | dict.fromkeys(names, pl.String)),
        faults=pl.DataFrame(schema={"row": pl.UInt32, "code": pl.String, "found": pl.UInt32}),
    )
