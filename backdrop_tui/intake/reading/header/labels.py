"""Headings that a report repeats in front of the values of every row, as Crystal Reports exports them.

Either each label is followed by its value (`Name:,Jane Smith,Job:,Teacher`), or all labels by all values
(`Forename,Surname,Jane,Smith`).
"""

from collections.abc import Sequence

from backdrop_tui.errors import UnusableFileError
from backdrop_tui.intake.reading.header.cell_kinds import is_value, kinds_by
from backdrop_tui.intake.reading.header.vocabulary import Vocabulary
from backdrop_tui.intake.reading.quoting import is_blank, is_blank_row

_FEWEST = 2
"""Labels, one of them a known heading, and rows, from which it can't be chance."""
_NEARLY_ALL = 0.9


def labels_as_headings(rows: Sequence[Sequence[str]], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The label of each column of values, as its heading; empty for other columns. No headings if rows have no labels.

    Args:
        rows: The first rows of the file, including blank ones.
        vocabulary: The known headings and values.

    Raises:
        UnusableFileError: There are labels in every row, but it isn't clear which value each belongs to.
    """
    filled = [row for row in rows if not is_blank_row(row)]
    width = max((len(row) for row in filled), key=[len(row) for row in filled].count, default=0)
    alike = [[cell.strip() for cell in row] for row in filled if len(row) == width]
    if len(alike) < max(_FEWEST, _NEARLY_ALL * len(filled)):
        return ()
    first, kind = alike[0], kinds_by(vocabulary)
    constant = [n for n, texts in enumerate(zip(*alike, strict=True)) if len(set(texts)) == 1 and texts[0]]
    known = [n for n in constant if vocabulary.knows(first[n]) and not is_value(kind(first[n]))]
    labels = {*known, *(n for n in constant if known and first[n].endswith(":"))}
    if len(labels) < _FEWEST or len(constant) == sum(not is_blank(cell) for cell in first):
        return ()
    headings = _beside(labels, first) or _block(known, constant, first)
    if not headings:
        raise UnusableFileError(
            "The headings are repeated in every row, in front of the values, and it isn't clear which belongs to which. "
            "Export the report again as a table, with one row of headings at the top."
        )
    return tuple(headings.get(n, "") for n in range(width))


def _beside(labels: set[int], cells: Sequence[str]) -> dict[int, str]:
    """The headings of values that each follow their label, by index of the column; empty if they don't.

    Args:
        labels: The indices of the labels.
        cells: A row.
    """
    values = {n + 1 for n in labels}
    if labels & values or max(values) == len(cells):
        return {}
    return {n: cells[n - 1] for n in values}


def _block(known: Sequence[int], constant: Sequence[int], cells: Sequence[str]) -> dict[int, str]:
    """The headings of values that follow after all labels, by index of the column; empty if there isn't one for each.

    Args:
        known: The indices of known labels, ascending.
        constant: The indices of cells that are the same in every row, ascending.
        cells: A row.
    """
    start = known[0]
    end = next((n for n in range(start, len(cells)) if n not in constant), len(cells))
    if known[-1] > end or 2 * (end - start) != len(cells) - start:
        return {}
    return {end + n - start: cells[n] for n in range(start, end)}
