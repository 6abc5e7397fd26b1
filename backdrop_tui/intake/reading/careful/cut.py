"""From lines to records, one after another."""

from collections.abc import Iterator, Sequence

from backdrop_tui.intake.reading.careful.rows import Record, RowShape
from backdrop_tui.intake.reading.careful.swallowed import Verdict, verdict
from backdrop_tui.intake.reading.quoting import (
    LONGEST_CELL,
    Ending,
    cut,
    cut_strictly,
    ending,
    ending_within_quotes,
    has_stray_quote,
)

_LONGEST_SPAN = LONGEST_CELL + 1
"""Lines that a quoted cell may run over; with one more it is too long in any case."""


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
            lines_are = verdict(parts, cells, fits, shape)
            if lines_are is Verdict.ROWS:
                return None
            stray = lines_are is Verdict.UNSURE or has_stray_quote(whole, shape.grammar)
            return Record(first, len(parts), tuple(cells), stray)
        if shape.are_rows(fitting, len(parts)):
            return None
    return _unclosed_record(parts, first, shape) if last == len(lines) - 1 else None


def _unclosed_record(parts: Sequence[str], first: int, shape: RowShape) -> Record | None:
    """The file's last record if nothing closes its last cell; None if that would swallow a row."""
    if parts[-1].endswith('""'):  # that quote was meant to close a cell
        return None
    text = "\n".join(parts) + '"'
    if any(map(shape.fits, parts[1:])) or ending(text, shape.grammar) is not Ending.CLOSED:
        return None
    cells = cut_strictly(text, shape.grammar)
    if len(cells) != shape.width:
        return None
    unsure = verdict(parts, cells, [False] * len(parts), shape) is Verdict.UNSURE
    return Record(first, len(parts), tuple(cells), stray=unsure)
