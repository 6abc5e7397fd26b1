"""A file as it was read: a table of text, and what is wrong with its rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self

import polars as pl

from backdrop_tui.intake.reading.delimiters import DELIMITERS, Delimiter, delimiter_named
from backdrop_tui.intake.reading.encoding.encodings import UTF_8, Encoding, encoding_named
from backdrop_tui.intake.reading.encoding.guess import EncodingGuess
from backdrop_tui.intake.reading.headings import column_names
from backdrop_tui.records.schema.row_names import RowNames

FAULTS = pl.Schema({"row": pl.UInt32(), "code": pl.String(), "cell_count": pl.UInt32()})
"""Faults of whole rows: the row that a spreadsheet shows; `cell-count` or `stray-quote`; and the number of cells that the
row has (null for `stray-quote`)."""


@dataclass(frozen=True)
class ReadOptions:
    """What the user has chosen for a file; None means detect it."""

    encoding: Encoding | None = None
    delimiter: Delimiter | None = None
    header_row: int | None = None
    """Spreadsheet row of the headings, from 1; 0 if the file has none."""

    def as_json(self) -> dict[str, Any]:
        """The options as a draft stores them."""
        return {
            "encoding": self.encoding and self.encoding.name,
            "delimiter": self.delimiter and self.delimiter.character,
            "header_row": self.header_row,
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """The options that a draft has stored.

        Raises:
            AttributeError, TypeError, ValueError: They aren't options.
        """
        encoding, delimiter = stored.get("encoding"), stored.get("delimiter")
        return cls(
            **stored
            | {
                "encoding": encoding and encoding_named(encoding),
                "delimiter": delimiter and delimiter_named(delimiter),
            }
        )


@dataclass(frozen=True)
class Sheet:
    """A file's rows as text."""

    file: str
    """The file's name, without its folder. If several files are read as one, their names in a list."""
    encoding: Encoding
    """The file's encoding."""
    delimiter: Delimiter
    """The character between its cells."""
    header_row: int | None
    """Spreadsheet row of the headings, from 1; None if the file has none."""
    headings: tuple[str, ...]
    """One heading for each column, cleaned; empty for a column without a heading. See `column_names`."""
    cells: pl.DataFrame
    """`row` (UInt32: the row that a spreadsheet shows, ascending) and `c0`, `c1`, … (String, as in the file but
    without its quotes; a blank cell is empty or null), one for each heading. Blank rows are left out."""
    faults: pl.DataFrame
    """Faults of whole rows; see `FAULTS`."""
    extra: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """Cells beyond the last column, by row, so that they can be written out again."""
    guess: EncodingGuess | None = None
    """The evidence for the encoding if it was guessed; None if it is certain, or the user has chosen it."""
    above: tuple[tuple[int, tuple[str, ...]], ...] = ()
    """The last rows above the headings, which were skipped, to be looked at: the row that a spreadsheet shows, and its
    cells. With two rows of headings, the upper one is among them. Those of several files follow each other."""
    notes: tuple[str, ...] = ()
    """What the user should know about how the file was read, a sentence each."""
    files: tuple[str, ...] = ()
    """The names of the files that are read as one, in order; empty if there is only one file."""

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns in `cells`, without `row`."""
        return tuple(self.cells.columns[1:])

    @property
    def row_names(self) -> RowNames:
        """How its rows are named."""
        return RowNames(self.files)

    @property
    def width(self) -> int:
        """How many cells a row should have."""
        return len(self.headings)

    @property
    def column_names(self) -> tuple[str, ...]:
        """What the columns are called: their headings, or `Column 3` without one."""
        return column_names(self.headings)

    @property
    def how_read(self) -> str:
        """How the file was read, in a sentence."""
        headings = f"headings in row {self.header_row}" if self.header_row else "no headings"
        if not self.header_row and any(self.headings):
            headings = "headings in every row"
        return f"Read as {self.encoding.label}, {self.delimiter.name}-separated, {headings}."


def nothing_read(headings: Sequence[str]) -> Sheet:
    """A sheet with headings and no rows, for people typed in by hand."""
    names = [f"c{n}" for n in range(len(headings))]
    return Sheet(
        file="",
        encoding=UTF_8,
        delimiter=DELIMITERS[0],
        header_row=1,
        headings=tuple(headings),
        cells=pl.DataFrame(schema={"row": pl.UInt32} | dict.fromkeys(names, pl.String)),
        faults=pl.DataFrame(schema=FAULTS),
    )
