"""The careful reader: from physical lines to records, so that no stray quote swallows anybody."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from backdrop_tui.intake.reading.cells import (
    LONGEST_CELL,
    Ending,
    Grammar,
    by_the_book,
    ending,
    ending_within,
    has_odd_quote,
    literal,
    split,
)

_LONGEST_SPAN = LONGEST_CELL + 1
"""Lines that a quoted cell may run over; one over more is too big anyhow."""
_SURE_AFTER = 16
"""Delimiters in a run of rows after which those are taken for swallowed without looking for the end of the quote."""


@dataclass(frozen=True)
class Record:
    """A record as it stands in the file."""

    line: int
    """Its first physical line, from 0."""
    lines: int
    """How many physical lines it takes."""
    cells: tuple[str, ...]
    """Its cells without their quotes; line breaks inside them are `\\n`."""
    stray: bool
    """It has a quote that doesn't belong."""


@dataclass(frozen=True)
class Shape:
    """What rows of the file look like."""

    rules: Grammar
    width: int
    """How many cells a row has."""
    spaced: bool = False
    """A space follows the delimiters, so that a space there says nothing."""

    def fits(self, line: str) -> bool:
        """Whether a line, read on its own, looks like a row and not like a part of a longer text.

        In running text a space follows a comma, between two cells it doesn't.
        """
        if '"' not in line and line.count(self.rules.delimiter) != self.width - 1:
            return False
        cells = literal(line, self.rules)
        if len(cells) != self.width or not (self.spaced or f"{self.rules.delimiter} " not in line):
            return False
        filled = islice(filter(str.strip, cells), 2)
        return len(list(filled)) >= min(2, self.width)

    def is_sure(self, fitting: int, count: int) -> bool:
        """Whether so many lines that look like rows, of so many, are no accident."""
        return fitting > count * 0.6 and count * (self.width - 1) >= _SURE_AFTER


def records(lines: Sequence[str], shape: Shape, start: int = 0) -> Iterator[Record]:
    """All records from a line on, one after the other."""
    while start < len(lines):
        record = record_at(lines, start, shape)
        yield record
        start += record.lines


def record_at(lines: Sequence[str], line: int, shape: Shape) -> Record:
    """The record that begins on a line.

    A quoted cell that runs over several lines is one where those lines don't look like rows themselves; where they do,
    its first quote is stray, and the line is read on its own.
    """
    text = lines[line]
    if ending(text, shape.rules) is Ending.OPEN:
        found = _spanning(lines, line, shape)
        if found is not None:
            return found
    cells, stray = split(text, shape.rules, shape.width)
    return Record(line, 1, tuple(cells), stray)


def _spanning(lines: Sequence[str], first: int, shape: Shape) -> Record | None:
    """The record whose quoted cell is still open at the end of its first line; None where that quote is stray."""
    parts, last = [lines[first]], min(len(lines), first + _LONGEST_SPAN) - 1
    fits = [shape.fits(parts[0])]
    fitting = int(fits[0])
    for line in range(first + 1, last + 1):
        text = lines[line]
        end = ending_within(text, shape.rules)
        if end is Ending.BROKEN:
            return None
        parts.append(text)
        fits.append(shape.fits(text))
        fitting += fits[-1]
        if end is Ending.WHOLE:
            whole = "\n".join(parts)
            cells = by_the_book(whole, shape.rules)
            if _swallows(parts[0], fits, shape, right=len(cells) == shape.width):
                return None
            return Record(first, len(parts), tuple(cells), stray=has_odd_quote(whole, shape.rules))
        if shape.is_sure(fitting, len(parts)):
            return None
    return _unclosed(parts, first, shape) if last == len(lines) - 1 else None


def _swallows(first: str, fits: Sequence[bool], shape: Shape, *, right: bool) -> bool:
    """Whether a closed quoted cell is really two stray quotes with rows between them.

    Where the cell is the record's last, its first line has as many delimiters as a row by nature; where it is the first
    one, its last line has. What counts is how many others look like rows.

    Args:
        first: Its first line.
        fits: Whether each of its lines looks like a row.
        shape: What rows look like.
        right: Read as one record it has as many cells as a row.
    """
    if not any(fits[1:]):
        return False
    opened = len(by_the_book(f'{first}"', shape.rules))
    by_nature = {shape.width: 0, 1: -1}.get(opened)
    fitting, count, more = sum(fits), len(fits), shape.width - 1
    beyond = fitting - (1 if by_nature is None else fits[by_nature])
    if fitting * 2 <= count and (by_nature is None or beyond * 2 <= count - 1):
        return False
    # Few delimiters can stand at the right places by chance: an address of two lines, in a file of three columns.
    return not right or more * beyond >= 3 or fitting > 10


def _unclosed(parts: Sequence[str], first: int, shape: Shape) -> Record | None:
    """The file's last record where nothing closes its last cell; None where that would swallow a row."""
    if parts[-1].endswith('""'):  # that quote was meant to close something
        return None
    text = "\n".join(parts) + '"'
    if any(map(shape.fits, parts[1:])) or ending(text, shape.rules) is not Ending.WHOLE:
        return None
    cells = by_the_book(text, shape.rules)
    return Record(first, len(parts), tuple(cells), stray=False) if len(cells) == shape.width else None
