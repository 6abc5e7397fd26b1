"""Headings in two rows, the upper one over several columns of the lower one."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from backdrop_tui.intake.reading.header.cell_kinds import CellKind, is_value, kinds_by
from backdrop_tui.intake.reading.header.evidence import weigh
from backdrop_tui.intake.reading.header.vocabulary import Vocabulary
from backdrop_tui.intake.reading.quoting import is_blank, is_blank_row
from backdrop_tui.records.schema.text import fold_heading

_OF_SOMEONE_ELSE = re.compile(
    r"\b(?:parent|contact|guardian|carer|emergency|mother|father|kin|sibling|doctor|gp|tutor|former|previous|home|personal)",
    re.IGNORECASE,
)
"""Headings under such a band are about someone or something else, so they mustn't lose it."""


_LABELLED = re.compile(r"\w\s?:\s+\w")
"""A label and its value in one cell: `Class: 3B`."""


@dataclass(frozen=True)
class Headings:
    """The headings of a file, and where they are."""

    cells: tuple[str, ...]
    """The headings."""
    first: int
    """The index of the first row of headings."""
    last: int
    """The index of the last one: the same, or the next."""


def headings_at(rows: Sequence[Sequence[str]], header: int, vocabulary: Vocabulary) -> Headings:
    """The headings in a row, together with the row above it if that is a band.

    Args:
        rows: The first rows of the file, including blank ones.
        header: The index of the row of headings.
        vocabulary: The known headings and values.
    """
    cells = tuple(rows[header])
    if header and _is_band(rows[header - 1], vocabulary):
        return Headings(_joined(rows[header - 1], cells, vocabulary), header - 1, header)
    return Headings(cells, header, header)


def lower_row(rows: Sequence[Sequence[str]], header: int, vocabulary: Vocabulary) -> int:
    """The index of the lower row of headings: the next row if more headings are known with it, or else the row itself.

    Args:
        rows: The first rows of the file, including blank ones.
        header: The index of the row that was found to have headings.
        vocabulary: The known headings and values.
    """
    both = rows[header : header + 2]
    if len(both) < 2 or not all(_is_band(row, vocabulary) for row in both):
        return header
    below = [row for row in rows[header + 2 :] if not is_blank_row(row)]
    if not weigh(both[1], below, vocabulary, kinds_by(vocabulary)).is_enough:
        return header
    together = headings_at(rows, header + 1, vocabulary)
    alone = headings_at(rows, header, vocabulary)
    return header + (vocabulary.known_in(together.cells) > vocabulary.known_in(alone.cells))


def _is_band(cells: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a row has at least two cells, and none that is a value or has one after its label."""
    if any(map(_LABELLED.search, cells)):
        return False
    kind = kinds_by(vocabulary)
    kinds = [cell_kind for cell_kind in map(kind, cells) if cell_kind is not None]
    return len(kinds) > 1 and not any(map(is_value, kinds)) and CellKind.LONG not in kinds


def _joined(band: Sequence[str], cells: Sequence[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Headings of two rows. The upper one is added where the lower one alone would be ambiguous or isn't known."""
    counts = Counter(fold_heading(cell) for cell in cells)
    headings, above = [], ""
    for n in range(max(len(band), len(cells))):
        own = band[n] if n < len(band) else ""
        above = above if is_blank(own) else own
        cell = cells[n] if n < len(cells) else ""
        both = f"{above} {cell}"
        needs_band = (
            counts[fold_heading(cell)] > 1
            or _OF_SOMEONE_ELSE.search(above) is not None
            or (vocabulary.knows(both) and not vocabulary.knows(cell))
        )
        headings.append(own if is_blank(cell) else both if above and needs_band else cell)
    return tuple(headings)
