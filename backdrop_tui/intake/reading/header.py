"""Which row has the headings."""

import re
from collections import Counter
from collections.abc import Sequence

from backdrop_tui.intake.reading.careful import Record
from backdrop_tui.intake.reading.headings import begins_errors_file, is_errors_heading, placeholder
from backdrop_tui.intake.reading.quoting import is_blank, is_blank_row
from backdrop_tui.records.schema.text import fold_heading

_LONGEST_HEADING = 80
_VALUE = re.compile(r"[\d@]")
_DATE = re.compile(r"\s*\d{1,4}[/.\-]\d{1,2}[/.\-]\d{1,4}\s*")
_NEARLY_ALL = 0.8
_MOST = 0.6


def known_in(cells: Sequence[str], known: frozenset[str]) -> int:
    """How many different known headings a row has, counting those that an errors file adds."""
    folded = {fold_heading(cell) for cell in cells if len(cell) <= _LONGEST_HEADING}
    added = sum(cell.strip() == placeholder(n) or is_errors_heading(cell) for n, cell in enumerate(cells))
    return len(folded & known) + added


def find_header(records: Sequence[Record], known: frozenset[str]) -> int | None:
    """The index of the record that has the headings; None if none has.

    Args:
        records: The first records of the file, including blank ones.
        known: Folded headings that a school's export may have.
    """
    if records and begins_errors_file(records[0].cells):
        return 0
    filled = [sum(not is_blank(cell) for cell in record.cells) for record in records]
    usual, _ = commonest([count for count in filled if count])
    scores = [
        0 if any(map(_DATE.fullmatch, record.cells)) else known_in(record.cells, known) for record in records
    ]
    best = max(scores, default=0)
    if best >= (2 if usual > 2 else 1):
        return scores.index(best)
    first = next((n for n, count in enumerate(filled) if count >= max(usual / 2, min(usual, 2), 1)), None)
    if first is None or not _look_like_headings(records[first].cells):
        return None
    cells = records[first].cells
    below = [r.cells for r in records[first + 1 :] if r.cells != cells and not is_blank_row(r.cells)]
    return first if below and not _recurs(cells, below) else None


def people_above(records: Sequence[Record], header: int) -> list[int]:
    """The indices of records above the headings that aren't titles: they have the same kinds of values as those below.

    That happens when a sheet is sorted together with its headings.

    Args:
        records: The first records of the file.
        header: The index of the one with the headings.
    """
    if not header:
        return []
    below = [_kinds(r.cells) for r in records[header + 1 :]]
    columns = {
        n: kind for n in range(len(records[header].cells)) if (kind := _usual_kind(below, n)) is not None
    }
    if True not in columns.values():
        return []
    enough = max(2, len(columns) * _MOST)
    people = []
    for index, record in enumerate(records[:header]):
        kinds = {n: kind for n, kind in enumerate(_kinds(record.cells)) if kind is not None and n in columns}
        agree = all(columns[n] == kind for n, kind in kinds.items())
        if len(kinds) >= enough and True in kinds.values() and agree:
            people.append(index)
    return people


def _kinds(cells: Sequence[str]) -> list[bool | None]:
    """Whether each cell has a digit in it or is an e-mail address; None if it is blank."""
    return [None if is_blank(cell) else _VALUE.search(cell) is not None for cell in cells]


def _usual_kind(rows: Sequence[Sequence[bool | None]], column: int) -> bool | None:
    """The kind of nearly all values of a column; None if they differ, or there are none."""
    kinds = [row[column] for row in rows if column < len(row) and row[column] is not None]
    share = sum(map(bool, kinds)) / len(kinds) if kinds else 0.5
    return True if share >= _NEARLY_ALL else False if share <= 1 - _NEARLY_ALL else None


def _look_like_headings(cells: Sequence[str]) -> bool:
    """Whether cells are short, all different, and without digits or an e-mail address."""
    filled = [cell for cell in cells if not is_blank(cell)]
    folded = {fold_heading(cell) for cell in filled}
    return len(folded) == len(filled) and not any(
        _VALUE.search(cell) or len(cell) > _LONGEST_HEADING for cell in filled
    )


def _recurs(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether a cell of the row appears in the same column further down too, as values do and headings don't."""
    return any(
        cell in (other[n] for other in below if n < len(other))
        for n, cell in enumerate(row)
        if not is_blank(cell)
    )


def commonest(numbers: Sequence[int]) -> tuple[int, int]:
    """The commonest number (the largest of several), and how often it occurs; (1, 0) if there are none."""
    return max(Counter(numbers).items(), key=lambda item: (item[1], item[0]), default=(1, 0))
