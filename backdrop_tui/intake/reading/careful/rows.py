"""What the rows of a file look like, and a record as it was cut."""

from dataclasses import dataclass
from itertools import islice

from backdrop_tui.intake.reading.header.columns import Columns, Likeness
from backdrop_tui.intake.reading.quoting import Grammar, cut_literally

_SURE_AFTER = 16
"""Delimiters in a run of rows after which those rows count as swallowed, without looking for the closing quote."""


@dataclass(frozen=True)
class Record:
    """A record as it was written in the file."""

    line: int
    """Its first physical line, from 0."""
    line_count: int
    """How many physical lines it takes."""
    cells: tuple[str, ...]
    """Its cells without their quotes; line breaks inside them are `\\n`."""
    stray: bool
    """Whether it has a stray quote."""

    @property
    def end(self) -> int:
        """The physical line after it, from 0."""
        return self.line + self.line_count


@dataclass(frozen=True)
class RowShape:
    """What the rows of a file look like."""

    grammar: Grammar
    """The patterns of the file's delimiter."""
    width: int
    """How many cells a row has."""
    spaced: bool = False
    """Whether a space follows the delimiters, so that such a space doesn't suggest running text."""
    padded: bool = False
    """Whether nearly every delimiter has a space behind it, which is no part of the cell then."""
    columns: Columns | None = None
    """What the cells of each column have in common; None as long as that isn't known."""

    @property
    def delimiter(self) -> str:
        """The character between cells."""
        return self.grammar.delimiter.character

    def fits(self, line: str) -> bool:
        """Whether a line on its own looks like a row, and not like part of a longer text.

        In running text a space follows a comma; between two cells it doesn't.
        """
        if '"' not in line and line.count(self.delimiter) != self.width - 1:
            return False
        cells = cut_literally(line, self.grammar)
        if len(cells) != self.width or not (self.spaced or f"{self.delimiter} " not in line):
            return False
        filled = islice(filter(str.strip, cells), 2)
        return len(list(filled)) >= min(2, self.width)

    def likeness(self, cell: str, column: int) -> Likeness:
        """What a cell says about being one of a column."""
        return Likeness.NOTHING if self.columns is None else self.columns.likeness(cell.strip(' "'), column)

    def are_rows(self, fitting: int, count: int) -> bool:
        """Whether it can't be chance that `fitting` of `count` lines look like rows."""
        return fitting > count * 0.6 and count * (self.width - 1) >= _SURE_AFTER
