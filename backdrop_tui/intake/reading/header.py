"""Which row has the headings."""

import re
from collections import Counter
from collections.abc import Sequence

from backdrop_tui.intake.reading.careful import Record
from backdrop_tui.intake.reading.cells import is_blank
from backdrop_tui.records.schema.text import fold_heading

_LONGEST_HEADING = 80
_VALUE = re.compile(r"[\d@]")
_DATE = re.compile(r"\s*\d{1,4}[/.\-]\d{1,2}[/.\-]\d{1,4}\s*")
_MOSTLY = 0.8
_FULL = 0.6


def best_known(cells: Sequence[str], known: frozenset[str]) -> int:
    """How many different known headings a row has."""
    return len({fold_heading(cell) for cell in cells if len(cell) <= _LONGEST_HEADING} & known)


def find_header(records: Sequence[Record], known: frozenset[str]) -> int | None:
    """The index of the record that has the headings; None where there are none.

    Args:
        records: The first records of the file, blank ones too.
        known: Folded headings that a school's export may have.
    """
    filled = [sum(not is_blank(cell) for cell in record.cells) for record in records]
    full, _ = commonest([count for count in filled if count])
    scores = [
        0 if any(map(_DATE.fullmatch, record.cells)) else best_known(record.cells, known)
        for record in records
    ]
    best = max(scores, default=0)
    if best >= (2 if full > 2 else 1):
        return scores.index(best)
    first = next((n for n, count in enumerate(filled) if count >= max(full / 2, min(full, 2), 1)), None)
    if first is None or not _looks_like_headings(records[first].cells):
        return None
    cells = records[first].cells
    below = [r.cells for r in records[first + 1 :] if r.cells != cells and not all(map(is_blank, r.cells))]
    return first if below and not _recurs(cells, below) else None


def rows_above(records: Sequence[Record], header: int) -> list[int]:
    """The indices of records above the headings that are no titles, for they have the same kinds of values as those below.

    That is so where a sheet was sorted with its headings.

    Args:
        records: The first records of the file.
        header: The index of the one with the headings.
    """
    if not header:
        return []
    below = [_kinds(r.cells) for r in records[header + 1 :]]
    kinds = {n: kind for n in range(len(records[header].cells)) if (kind := _settled(below, n)) is not None}
    if True not in kinds.values():
        return []
    full = max(2, len(kinds) * _FULL)
    found = []
    for place, record in enumerate(records[:header]):
        own = {n: kind for n, kind in enumerate(_kinds(record.cells)) if kind is not None and n in kinds}
        if len(own) >= full and True in own.values() and all(kinds[n] == kind for n, kind in own.items()):
            found.append(place)
    return found


def _kinds(cells: Sequence[str]) -> list[bool | None]:
    """Whether each cell has a figure in it or is an address; None where it is blank."""
    return [None if is_blank(cell) else _VALUE.search(cell) is not None for cell in cells]


def _settled(rows: Sequence[Sequence[bool | None]], place: int) -> bool | None:
    """The kind of nearly all values of a column; None where they differ, or there are none."""
    there = [row[place] for row in rows if place < len(row) and row[place] is not None]
    share = sum(map(bool, there)) / len(there) if there else 0.5
    return True if share >= _MOSTLY else False if share <= 1 - _MOSTLY else None


def _looks_like_headings(cells: Sequence[str]) -> bool:
    """Short, all different, and without digits or an e-mail address."""
    shown = [cell for cell in cells if not is_blank(cell)]
    folded = {fold_heading(cell) for cell in shown}
    return len(folded) == len(shown) and not any(
        _VALUE.search(cell) or len(cell) > _LONGEST_HEADING for cell in shown
    )


def _recurs(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether a cell of the row stands in the same column further down too, as values do and headings don't."""
    return any(
        cell in (other[n] for other in below if n < len(other))
        for n, cell in enumerate(row)
        if not is_blank(cell)
    )


def commonest(counts: Sequence[int]) -> tuple[int, int]:
    """The commonest number, the larger of two alike, and how often it is there; (1, 0) for none."""
    return max(Counter(counts).items(), key=lambda item: (item[1], item[0]), default=(1, 0))
