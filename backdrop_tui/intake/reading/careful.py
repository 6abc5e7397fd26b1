"""The careful reader: from physical lines to records, so that no stray quote swallows anybody."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from backdrop_tui.intake.reading.cells import Ending, Grammar, is_blank, literal, split, strict

_LONGEST_SPAN = 10_000
"""Lines that a quoted cell may run over."""
_SURE_AFTER = 8
"""Lines after which a run of rows is taken for swallowed rows without looking for its end."""


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

        In running text a space follows a comma; between two cells it doesn't.
        """
        cells = literal(line, self.rules) if '"' in line else line.split(self.rules.delimiter)
        if len(cells) != self.width or not (self.spaced or not any(c.startswith(" ") for c in cells[1:])):
            return False
        filled = (cell for cell in cells if not is_blank(cell))
        return len(list(islice(filled, 2))) == min(2, self.width)


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
    if '"' in text and strict(text, shape.rules)[1] is Ending.OPEN:
        found = _spanning(lines, line, shape)
        if found is not None:
            return found
    cells, stray = split(text, shape.rules, shape.width)
    return Record(line, 1, tuple(cells), stray)


def _spanning(lines: Sequence[str], first: int, shape: Shape) -> Record | None:
    """The record whose quoted cell is still open at the end of its first line; None where that quote is stray."""
    fitting = int(shape.fits(lines[first]))
    last = min(len(lines), first + _LONGEST_SPAN) - 1
    for line in range(first + 1, last + 1):
        ending = _within(lines[line], shape.rules)
        if ending is Ending.BROKEN:
            return None
        fitting += shape.fits(lines[line])
        count = line - first + 1
        if ending is Ending.WHOLE:
            cells, _ = strict("\n".join(lines[first : line + 1]), shape.rules)
            swallowed = _swallows(fitting, count, shape.width, right=len(cells) == shape.width)
            return None if swallowed else Record(first, count, tuple(cells), stray=False)
        if count >= _SURE_AFTER and fitting > count * 0.6 and shape.width > 1:
            return None
    return _unclosed(lines, first, shape) if last == len(lines) - 1 else None


def _within(line: str, rules: Grammar) -> Ending:
    """How a line ends that begins inside a quoted cell."""
    found = rules.rest.match(line)
    if not found:
        return Ending.OPEN if rules.open_rest.match(line) else Ending.BROKEN
    return Ending.WHOLE if found.end() == len(line) else strict(line, rules, found.end() + 1)[1]


def _swallows(fitting: int, count: int, width: int, *, right: bool) -> bool:
    """Whether a closed quoted cell is really two stray quotes with rows between them.

    Args:
        fitting: How many of its lines look like rows.
        count: How many lines it runs over.
        width: How many cells a row has.
        right: Read as one record it has as many cells as a row.
    """
    if fitting * 2 <= count:
        return False
    # Few delimiters can stand at the right places by chance: an address of two lines, in a file of three columns.
    return not right or (width - 1) * (fitting - 1) >= 3 or fitting > 10


def _unclosed(lines: Sequence[str], first: int, shape: Shape) -> Record | None:
    """The file's last record where nothing closes its last cell; None where that would swallow a row."""
    if any(shape.fits(line) for line in lines[first + 1 :]):
        return None
    cells, ending = strict("\n".join(lines[first:]) + '"', shape.rules)
    if ending is not Ending.WHOLE or len(cells) != shape.width:
        return None
    return Record(first, len(lines) - first, tuple(cells), stray=False)
