"""The careful cutter: from lines to records, one after another, so that no stray quote swallows anybody."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from backdrop_tui.intake.reading.quoting import (
    LONGEST_CELL,
    Ending,
    Grammar,
    cut,
    cut_literally,
    cut_strictly,
    ending,
    ending_within_quotes,
    has_stray_quote,
)

_LONGEST_SPAN = LONGEST_CELL + 1
"""Lines that a quoted cell may run over; with one more it is too long in any case."""
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

    def fits(self, line: str) -> bool:
        """Whether a line on its own looks like a row, and not like part of a longer text.

        In running text a space follows a comma; between two cells it doesn't.
        """
        delimiter = self.grammar.delimiter.character
        if '"' not in line and line.count(delimiter) != self.width - 1:
            return False
        cells = cut_literally(line, self.grammar)
        if len(cells) != self.width or not (self.spaced or f"{delimiter} " not in line):
            return False
        filled = islice(filter(str.strip, cells), 2)
        return len(list(filled)) >= min(2, self.width)

    def are_rows(self, fitting: int, count: int) -> bool:
        """Whether it can't be chance that `fitting` of `count` lines look like rows."""
        return fitting > count * 0.6 and count * (self.width - 1) >= _SURE_AFTER


def records(lines: Sequence[str], shape: RowShape, start: int = 0) -> Iterator[Record]:
    """Every record from a line on, in order."""
    while start < len(lines):
        record = record_at(lines, start, shape)
        yield record
        start = record.end


def record_at(lines: Sequence[str], line: int, shape: RowShape) -> Record:
    """The record that begins on a line.

    A quoted cell may run over several lines unless those lines look like rows themselves; if they do, its opening quote
    is stray, and the line is a record on its own.
    """
    text = lines[line]
    if ending(text, shape.grammar) is Ending.OPEN:
        spanning = _spanning_record(lines, line, shape)
        if spanning is not None:
            return spanning
    cells, stray = cut(text, shape.grammar, shape.width)
    return Record(line, 1, tuple(cells), stray)


def _spanning_record(lines: Sequence[str], first: int, shape: RowShape) -> Record | None:
    """The record whose quoted cell is still open at the end of its first line; None if that quote is stray."""
    parts, last = [lines[first]], min(len(lines), first + _LONGEST_SPAN) - 1
    fits = [shape.fits(parts[0])]
    fitting = int(fits[0])
    for line in range(first + 1, last + 1):
        text = lines[line]
        end = ending_within_quotes(text, shape.grammar)
        if end is Ending.MALFORMED:
            return None
        parts.append(text)
        fits.append(shape.fits(text))
        fitting += fits[-1]
        if end is Ending.CLOSED:
            whole = "\n".join(parts)
            cells = cut_strictly(whole, shape.grammar)
            if _swallows_rows(parts[0], fits, shape, right_width=len(cells) == shape.width):
                return None
            return Record(first, len(parts), tuple(cells), stray=has_stray_quote(whole, shape.grammar))
        if shape.are_rows(fitting, len(parts)):
            return None
    return _unclosed_record(parts, first, shape) if last == len(lines) - 1 else None


def _swallows_rows(first_line: str, fits: Sequence[bool], shape: RowShape, *, right_width: bool) -> bool:
    """Whether a closed quoted cell is really two stray quotes with rows between them.

    If the cell is the last of its record, the record's first line has as many delimiters as a row in any case; if it is
    the first, the last line has. What counts is how many of the other lines look like rows.

    Args:
        first_line: The first line of the record.
        fits: Whether each line of the record looks like a row.
        shape: What rows look like.
        right_width: Whether the record has as many cells as a row.
    """
    if not any(fits[1:]):
        return False
    opened = len(cut_strictly(f'{first_line}"', shape.grammar))
    fits_anyway = {shape.width: 0, 1: -1}.get(opened)
    fitting, count = sum(fits), len(fits)
    others = fitting - (1 if fits_anyway is None else fits[fits_anyway])
    if fitting * 2 <= count and (fits_anyway is None or others * 2 <= count - 1):
        return False
    # Few delimiters can be in the right places by chance: an address of two lines, in a file of three columns.
    return not right_width or (shape.width - 1) * others >= 3 or fitting > 10


def _unclosed_record(parts: Sequence[str], first: int, shape: RowShape) -> Record | None:
    """The file's last record if nothing closes its last cell; None if that would swallow a row."""
    if parts[-1].endswith('""'):  # that quote was meant to close a cell
        return None
    text = "\n".join(parts) + '"'
    if any(map(shape.fits, parts[1:])) or ending(text, shape.grammar) is not Ending.CLOSED:
        return None
    cells = cut_strictly(text, shape.grammar)
    return Record(first, len(parts), tuple(cells), stray=False) if len(cells) == shape.width else None
