"""Headings that aren't above all people, because the sheet was sorted together with them."""

from collections.abc import Sequence

from backdrop_tui.errors import UnusableFileError
from backdrop_tui.intake.reading.header.cell_kinds import CellKind, Kind, kinds_by
from backdrop_tui.intake.reading.header.vocabulary import Vocabulary
from backdrop_tui.intake.reading.quoting import is_blank_row

_NEARLY_ALL = 0.8
_MOST = 0.6


def refuse_people_above(rows: Sequence[Sequence[str]], header: int, vocabulary: Vocabulary) -> None:
    """Refuse a file that has people above its headings, who would be skipped.

    Args:
        rows: The first rows of the file, including blank ones.
        header: The index of the one with the headings.
        vocabulary: What values look like.

    Raises:
        UnusableFileError: There are people above the headings.
    """
    people = _people_above(rows, header, vocabulary)
    if not people:
        return
    if all(map(is_blank_row, rows[header + 1 :])):
        raise UnusableFileError(headings_last(f"the last row, row {header + 1}"))
    first, last = people[0] + 1, people[-1] + 1
    are = f"Row {first} is" if first == last else f"Rows {first} to {last} are"
    raise UnusableFileError(
        f"{are} above the headings, which are in row {header + 1}, and would be skipped. "
        "Move the row of headings to the top of the sheet, save it, and choose the file again."
    )


def headings_last(where: str) -> str:
    """Tell the user that the headings have been sorted to the end.

    Args:
        where: Where they are, in words.
    """
    return (
        f"The headings are in {where}: the sheet was probably sorted together with them. "
        "Move that row to the top of the sheet, save it, and choose the file again."
    )


def _people_above(rows: Sequence[Sequence[str]], header: int, vocabulary: Vocabulary) -> list[int]:
    """The indices of rows above the headings that aren't titles: they have the same kinds of cells as those below.

    Without any rows below, those that have as many cells as there are headings count as people.
    """
    kind = kinds_by(vocabulary)
    above = [n for n in range(header) if not is_blank_row(rows[n])]
    below = [[kind(cell) for cell in row] for row in rows[header + 1 :] if not is_blank_row(row)]
    count = sum(kind(cell) is not None for cell in rows[header])
    if not above:
        return []
    if not below:
        below = [[kind(cell) for cell in rows[n]] for n in above]
        if not _has_values(below):
            return []
    columns = {n: usual for n in range(len(rows[header])) if (usual := _usual_kind(below, n)) is not None}
    enough = max(2, min(len(columns), count) * _MOST)
    people = []
    for index in above:
        kinds = {n: k for n, cell in enumerate(rows[index]) if n in columns and (k := kind(cell)) is not None}
        alike = [k for n, k in kinds.items() if columns[n] == k]
        agree = len(alike) >= max(_NEARLY_ALL * len(kinds), enough)
        if agree and any(k is not CellKind.TEXT for k in alike):
            people.append(index)
    return people


def _has_values(rows: Sequence[Sequence[Kind | None]]) -> bool:
    return any(kind not in {None, CellKind.TEXT} for row in rows for kind in row)


def _usual_kind(rows: Sequence[Sequence[Kind | None]], column: int) -> Kind | None:
    """The kind of nearly all values of a column; None if they differ, or there are none."""
    kinds = [row[column] for row in rows if column < len(row) and row[column] is not None]
    usual = max(set(kinds), key=kinds.count, default=None)
    return usual if kinds and kinds.count(usual) >= _NEARLY_ALL * len(kinds) else None
