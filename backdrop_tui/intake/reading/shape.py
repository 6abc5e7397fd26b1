"""Stage 2, text to shape: the delimiter, the headings and the width of a file, worked out from its first lines."""

from dataclasses import dataclass, replace
from itertools import islice

from backdrop_tui.errors import UnusableFileError
from backdrop_tui.intake.reading.careful.cut import records
from backdrop_tui.intake.reading.careful.rows import Record, RowShape
from backdrop_tui.intake.reading.head import HEAD, Head, read_head
from backdrop_tui.intake.reading.header.bands import headings_at, lower_row
from backdrop_tui.intake.reading.header.columns import Columns
from backdrop_tui.intake.reading.header.find import commonest, find_header
from backdrop_tui.intake.reading.header.labels import labels_as_headings
from backdrop_tui.intake.reading.header.misplaced import headings_last, refuse_people_above
from backdrop_tui.intake.reading.header.vocabulary import Vocabulary
from backdrop_tui.intake.reading.headings import is_unnamed
from backdrop_tui.intake.reading.lines import first_lines
from backdrop_tui.intake.reading.quoting import is_blank_row
from backdrop_tui.intake.reading.sheet import ReadOptions
from backdrop_tui.intake.reading.text import Text
from backdrop_tui.wording import counted

_NEARLY_ALL = 0.8
_ABOVE = 2
"""Rows above the headings that are worth showing."""
_END = 65_536
"""Bytes that are enough to see a file's last row."""


@dataclass(frozen=True)
class FileShape:
    """How a file is cut into rows, and where its headings are."""

    rows: RowShape
    """The delimiter, and the number of cells that rows are read with."""
    header_row: int | None
    """Spreadsheet row of the headings, from 1, the lower one of two; None if the file has no such row."""
    headings: tuple[str, ...]
    """The headings as they are in the file; empty if it has none."""
    header_records: tuple[Record, ...] = ()
    """The rows of headings, as they are in the file."""
    above: tuple[tuple[int, tuple[str, ...]], ...] = ()
    """The last rows above the headings; see `Sheet.above`."""

    @property
    def first_line(self) -> int:
        """The first physical line below the headings, from 0."""
        return self.header_records[-1].end if self.header_records else 0

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


def find_shape(text: Text, options: ReadOptions, vocabulary: Vocabulary) -> FileShape:
    """Work out the shape of a file.

    Args:
        text: The file.
        options: What the user has chosen; the rest is detected.
        vocabulary: The known headings and values.

    Raises:
        UnusableFileError: The chosen row of headings doesn't exist, there are people above the headings, or the headings
            are repeated in every row in a way that can't be read.
    """
    head = read_head(text, options.delimiter, vocabulary)
    if not options.header_row and (labels := labels_as_headings(head.cells, vocabulary)):
        return FileShape(_rows_of(head, None, len(labels), vocabulary), None, labels)
    row = _detected_row(text, head, vocabulary) if options.header_row is None else options.header_row
    if not row:
        return FileShape(_rows_of(head, None, _width(head, None), vocabulary), None, ())
    upto = _records_upto(row, text, head)
    headings = headings_at([record.cells for record in upto], row - 1, vocabulary)
    rows = _rows_of(head, upto[-1], _width(head, upto[-1]), vocabulary)
    above = [
        (n, record.cells) for n, record in enumerate(upto[:-1], start=1) if not is_blank_row(record.cells)
    ]
    return FileShape(rows, row, headings.cells, tuple(upto[headings.first :]), tuple(above[-_ABOVE:]))


def _detected_row(text: Text, head: Head, vocabulary: Vocabulary) -> int:
    """Spreadsheet row of the headings, from 1, the lower one of two; 0 if there are none.

    Raises:
        UnusableFileError: There are people above the headings.
    """
    index = find_header(head.cells, vocabulary)
    if index is None:
        _refuse_headings_at_the_end(text, head, vocabulary)
        return 0
    refuse_people_above(head.cells, index, vocabulary)
    return lower_row(head.cells, index, vocabulary) + 1


def _refuse_headings_at_the_end(text: Text, head: Head, vocabulary: Vocabulary) -> None:
    """Refuse a file that is longer than its head and has its headings in its last row.

    Raises:
        UnusableFileError: It has.
    """
    if head.records[-1].end < HEAD:
        return
    end = text.data[-_END:].partition(b"\n")[2]
    filled = [r for r in records(first_lines(end, None), head.rows) if not is_blank_row(r.cells)]
    if filled and find_header([filled[-1].cells], vocabulary) == 0:
        raise UnusableFileError(headings_last("the last row"))


def _records_upto(row: int, text: Text, head: Head) -> list[Record]:
    """The records up to a spreadsheet row, from 1.

    Raises:
        UnusableFileError: The file has fewer rows.
    """
    if row <= len(head.records):
        return list(head.records[:row])
    upto = list(islice(records(first_lines(text.data, None), head.rows), min(row, len(text.data))))
    if len(upto) < row:
        rows = counted(len(upto), "row")
        raise UnusableFileError(f"Row {row:,} can't have the headings: this file has only {rows}.")
    return upto


def _rows_of(head: Head, header: Record | None, width: int, vocabulary: Vocabulary) -> RowShape:
    """What rows look like, going by those below the headings."""
    first_line = header.end if header else 0
    sound = [
        record.cells
        for record in head.records
        if record.line >= first_line and not record.stray and len(record.cells) == width
    ]
    filled = [cells for cells in sound if not is_blank_row(cells)]
    return replace(head.rows, width=width, columns=Columns(filled, vocabulary))


def _width(head: Head, header: Record | None) -> int:
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
