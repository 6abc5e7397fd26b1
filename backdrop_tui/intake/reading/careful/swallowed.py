"""Whether a quoted cell of several lines is a cell, or rows that were swallowed between two stray quotes."""

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import pairwise

from backdrop_tui.intake.reading.careful.rows import RowShape
from backdrop_tui.intake.reading.header.columns import Likeness
from backdrop_tui.intake.reading.quoting import cut_strictly, is_blank_row


class Verdict(Enum):
    """What becomes of lines that a quoted cell joins."""

    CELL = "they are one record"
    UNSURE = "they are one record, which the user should look at"
    ROWS = "they are rows, and the quotes are stray"


def verdict(lines: Sequence[str], cells: Sequence[str], fits: Sequence[bool], shape: RowShape) -> Verdict:
    """Whether lines that a closed quoted cell joins are rows.

    Args:
        lines: The lines of the record.
        cells: Its cells, if it is one.
        fits: Whether each line looks like a row.
        shape: What rows look like.
    """
    if _are_mostly_rows(lines[0], fits, shape, right_width=len(cells) == shape.width):
        return Verdict.ROWS
    if len(cells) != shape.width:
        return Verdict.CELL  # the user is told about the number of its cells in any case
    joints = [
        likeness
        for column, cell in enumerate(cells)
        if "\n" in cell and shape.width > 1 and shape.delimiter in cell
        for likeness in _joints(cell, column, shape)
    ]
    if not joints:
        return Verdict.CELL
    return Verdict.ROWS if all(fits) and len(lines) == 2 and Likeness.VALUE in joints[0] else Verdict.UNSURE


def _are_mostly_rows(first_line: str, fits: Sequence[bool], shape: RowShape, *, right_width: bool) -> bool:
    """Whether most lines of a record look like rows themselves.

    If the quoted cell is the last of its record, the record's first line has as many delimiters as a row in any case; if
    it is the first, the last line has. What counts is how many of the other lines look like rows.

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


def _joints(cell: str, column: int, shape: RowShape) -> Iterator[list[Likeness]]:
    """The line breaks in a cell at which one row may end and the next one begin.

    There, the last cells before the break and the first cells after it are like those of their columns.

    Args:
        cell: A cell of several lines.
        column: The index of its column.
        shape: What rows look like.

    Yields:
        What those cells say, for each such line break.
    """
    separator = re.escape(shape.delimiter) + ("" if shape.spaced else "(?! )")
    lines = [re.split(separator, line) for line in cell.split("\n")]
    if len(lines[-1]) == 1 and all(not line[1:] or line[1:] == [""] for line in lines):
        return  # at most, lines end in a comma, as those of an address do, but not the last of them
    others, total, before = shape.width - 1, sum(map(len, lines)) - len(lines), 0
    for line, following in pairwise(lines):
        before += len(line) - 1
        is_whole = total >= others and total % others == 0 and (before + column) % others == 0
        # A cell that has a line break itself can't be compared.
        last, first = line[1:][-others:], following[:-1][:others]
        beyond = max(len(last) - (others - column), 0)
        for ends, starts in ((last[beyond:], first[:column]), (last, first)):
            likeness = [
                *(shape.likeness(text, n) for n, text in enumerate(ends, shape.width - len(ends))),
                *(shape.likeness(text, n) for n, text in enumerate(starts)),
            ]
            if is_blank_row([*line, *following]) or Likeness.UNLIKE in likeness:
                continue
            is_likely = shape.delimiter != "," or (total >= others and likeness.count(Likeness.TEXT) > 1)
            if is_whole or is_likely or Likeness.VALUE in likeness:
                yield likeness
