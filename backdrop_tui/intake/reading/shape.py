"""Stage 2, text to shape: the delimiter, the headings and the width of a file, worked out from its first lines."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from backdrop_tui.errors import UnusableFileError
from backdrop_tui.intake.reading.careful import Record, RowShape, records
from backdrop_tui.intake.reading.delimiters import DELIMITERS, Delimiter
from backdrop_tui.intake.reading.header import commonest, find_header, known_in, people_above
from backdrop_tui.intake.reading.headings import is_unnamed
from backdrop_tui.intake.reading.lines import first_lines
from backdrop_tui.intake.reading.quoting import (
    Ending,
    cut_literally,
    cut_strictly,
    ending,
    grammar_of,
    is_blank_row,
)
from backdrop_tui.intake.reading.sheet import ReadOptions
from backdrop_tui.intake.reading.text import Text
from backdrop_tui.wording import counted

_HEAD = 300
"""Physical lines that are enough to tell the delimiter, the headings and the width."""
_SURE = 4
"""Known headings that prove a delimiter right if all rows agree; the other delimiters aren't tried then."""
_NEARLY_ALL = 0.8


@dataclass(frozen=True)
class _Head:
    """The first lines of a file, read with one delimiter."""

    rows: RowShape
    """What its rows seem to look like."""
    records: tuple[Record, ...]
    """Its records, including blank ones."""
    known: int
    """How many known headings the row with the most of them has."""

    @cached_property
    def agreement(self) -> tuple[float, int]:
        """The share of rows that have the commonest number of cells (0 if that is one cell), and that number."""
        widths = [len(r.cells) for r in self.records if not is_blank_row(r.cells)]
        width, count = commonest(widths)
        return (count / len(widths), width) if width > 1 else (0.0, width)


@dataclass(frozen=True)
class FileShape:
    """How a file is cut into rows, and where its headings are."""

    rows: RowShape
    """The delimiter, and the number of cells that rows are read with."""
    header_row: int | None
    """Spreadsheet row of the headings, from 1; None if the file has none."""
    headings: tuple[str, ...]
    """The headings as they are in the file; empty if it has none."""
    first_line: int
    """The first physical line below the headings, from 0."""

    @property
    def first_row(self) -> int:
        """Spreadsheet row of the first record below the headings, from 1."""
        return (self.header_row or 0) + 1

    @property
    def named(self) -> int:
        """The number of columns up to the last one that has a heading."""
        return max(
            (n + 1 for n, heading in enumerate(self.headings) if not is_unnamed(heading, n)), default=0
        )


def find_shape(text: Text, options: ReadOptions, known_headings: frozenset[str]) -> FileShape:
    """Work out the shape of a file.

    Args:
        text: The file.
        options: What the user has chosen; the rest is detected.
        known_headings: Folded headings that a school's export may have.

    Raises:
        UnusableFileError: The chosen row of headings doesn't exist, or there are people above the headings.
    """
    head = _head(text, options, known_headings)
    row = _detected_row(head, known_headings) if options.header_row is None else max(options.header_row, 0)
    header = _record_in_row(row, text, head) if row else None
    rows = replace(head.rows, width=_width(head, header))
    if header is None:
        return FileShape(rows, None, (), 0)
    return FileShape(rows, row, header.cells, header.end)


def _head(text: Text, options: ReadOptions, known: frozenset[str]) -> _Head:
    """The first lines, read with the delimiter that the file itself names, unless that cuts nothing."""
    lines = first_lines(text.data, _HEAD)
    head = _best_head(lines, options.delimiter or text.delimiter, known)
    if options.delimiter is None and text.delimiter and head.agreement[1] <= 1:
        return _best_head(lines, None, known)
    return head


def _best_head(lines: Sequence[str], wanted: Delimiter | None, known: frozenset[str]) -> _Head:
    """Read the first lines with the delimiter that suits them best.

    Known headings decide. Without any, it is the delimiter that gives most rows the same number of cells.

    Args:
        lines: The first lines of the file.
        wanted: The delimiter that the user has chosen or the file itself names; None to detect it.
        known: Folded headings that a school's export may have.
    """
    heads = []
    for delimiter in (wanted,) if wanted else DELIMITERS:
        head = _read_with(delimiter, lines, known)
        heads.append(head)
        if head.known >= _SURE and head.agreement[0] == 1:
            break
    return max(heads, key=lambda head: (head.known if head.known > 1 else 0, head.agreement))


def _read_with(delimiter: Delimiter, lines: Sequence[str], known: frozenset[str]) -> _Head:
    """Read the first lines with one delimiter."""
    grammar = grammar_of(delimiter)
    closed = [cut_strictly(line, grammar) for line in lines if ending(line, grammar) is Ending.CLOSED]
    filled = [cells for cells in closed if not is_blank_row(cells)]
    width, _ = commonest([len(cells) for cells in filled if len(cells) > 1])
    if width == 1:
        width, _ = commonest([len(cut_literally(line, grammar)) for line in lines])
    spaced = sum(any(cell.startswith(" ") for cell in cells[1:]) for cells in filled if len(cells) == width)
    rows = RowShape(grammar, width, spaced=spaced * 2 > len(filled))
    head = tuple(records(lines, rows))
    return _Head(rows, head, max((known_in(r.cells, known) for r in head), default=0))


def _detected_row(head: _Head, known: frozenset[str]) -> int:
    """Spreadsheet row of the headings, from 1; 0 if there are none."""
    index = find_header(head.records, known)
    if index is None:
        return 0
    if people := people_above(head.records, index):
        raise UnusableFileError(_sorted_with_headings(people, index + 1))
    return index + 1


def _record_in_row(row: int, text: Text, head: _Head) -> Record:
    """The record in a spreadsheet row, from 1.

    Raises:
        UnusableFileError: The file has fewer rows.
    """
    if row <= len(head.records):
        return head.records[row - 1]
    upto = list(islice(records(first_lines(text.data, None), head.rows), min(row, len(text.data))))
    if len(upto) < row:
        rows = counted(len(upto), "row")
        raise UnusableFileError(f"Row {row:,} can't have the headings: this file has only {rows}.")
    return upto[-1]


def _width(head: _Head, header: Record | None) -> int:
    """The width that rows are read with: that of the headings, or of nearly all rows if those have more cells."""
    headings, first_line = (len(header.cells), header.end) if header else (0, 0)
    counts = [
        len(r.cells)
        for r in head.records
        if r.line >= first_line and r.line_count == 1 and not is_blank_row(r.cells)
    ]
    wider = [count for count in counts if count > headings]
    if wider and len(wider) >= _NEARLY_ALL * len(counts):
        return commonest(wider)[0]
    return max(headings, 1)


def _sorted_with_headings(people: Sequence[int], header_row: int) -> str:
    """Tell the user that people above the headings would be skipped, and what to do.

    Args:
        people: The indices of their records.
        header_row: Spreadsheet row of the headings.
    """
    first, last = people[0] + 1, people[-1] + 1
    rows = f"Row {first} is" if first == last else f"Rows {first} to {last} are"
    return (
        f"{rows} above the headings, which are in row {header_row}, and would be skipped. "
        "Move the row of headings to the top of the sheet, save it, and choose the file again."
    )
