"""How a row compares with the rows below it: the evidence that it has the headings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from backdrop_tui.intake.reading.header.cell_kinds import CellKind, Kind, is_value
from backdrop_tui.intake.reading.header.vocabulary import Vocabulary, reads_like_a_heading
from backdrop_tui.intake.reading.headings import is_errors_heading, placeholder

_NEARLY_ALL = 0.8
_MOST = 0.6
_HALF = 0.5
_SOME = 0.2
_CERTAIN = 4
"""Known headings from which a row can't be a person, whatever is below it."""
_COLUMNS = 200
"""Columns that are enough to tell."""


@dataclass(frozen=True)
class Evidence:
    """Counts of a row's cells by what each of them says. Blank cells, and most names, say nothing."""

    filled: int
    """Cells that aren't blank."""
    known: int
    """Known headings."""
    unlike: int
    """Other cells over a column of values such as dates, that are no such value themselves."""
    worded: int
    """Other cells that read like headings, over a column of cells that don't."""
    alike: int
    """Cells like those below them, which speaks against the row."""

    @property
    def strength(self) -> int:
        """How strong it is, to compare two rows."""
        return 2 * self.known + self.unlike + self.worded - 2 * self.alike

    @property
    def is_enough(self) -> bool:
        """Whether the row can only be one of headings. A single odd cell is not enough: it may be a person's."""
        if self.known >= _CERTAIN:
            return True
        if self.alike > self.known // 3:
            return False
        return (
            self.known >= (2 if self.filled > 1 else 1)
            or self.unlike > 1
            or (self.unlike > 0 and self.known + self.worded > 0)
            or (self.known + self.worded > 1 and self.known + self.worded >= _MOST * self.filled)
        )


def weigh(
    cells: Sequence[str],
    below: Sequence[Sequence[str]],
    vocabulary: Vocabulary,
    kind: Callable[[str], Kind | None],
) -> Evidence:
    """Compare a row with the rows below it, column by column.

    Args:
        cells: The row.
        below: Rows below it, without blank ones. Those that repeat it, as on each page of a report, are ignored.
        vocabulary: The known headings.
        kind: Tells the kind of a cell; see `kinds_by`.
    """
    others = [row for row in below if not _repeats(row, cells)]
    counts = dict.fromkeys(("known", "unlike", "worded", "alike"), 0)
    filled = 0
    for n, cell in enumerate(cells[:_COLUMNS]):
        if (cell_kind := kind(cell)) is None:
            continue
        filled += 1
        values = [row[n] for row in others if n < len(row) and kind(row[n]) is not None]
        is_known = vocabulary.knows(cell) or cell.strip() == placeholder(n) or is_errors_heading(cell)
        kinds = [kind(value) for value in values]
        if _is_alike(cell, cell_kind, values, kinds, is_known=is_known) or (
            not others and is_value(cell_kind)
        ):
            counts["alike"] += 1
        elif is_known:
            counts["known"] += 1
        elif not is_value(cell_kind):
            counts["unlike"] += _is_unlike(cell_kind, kinds)
            counts["worded"] += reads_like_a_heading(cell) and (
                sum(map(reads_like_a_heading, values)) < max(_SOME * len(values), 1)
            )
    return Evidence(filled, **counts)


def _is_alike(
    cell: str, cell_kind: Kind, values: Sequence[str], kinds: Sequence[Kind | None], *, is_known: bool
) -> bool:
    """Whether a cell is like those below it."""
    if is_known:  # `Yr` is one although it looks like a year group
        return cell in values and values.count(cell) >= _HALF * len(values)
    if cell in values:
        return True
    same = kinds.count(cell_kind)
    if is_value(cell_kind):
        return same > 0 and same >= _SOME * len(kinds)
    with_digits = cell_kind is CellKind.WITH_DIGITS and not reads_like_a_heading(cell)
    return with_digits and same > 0 and same >= _HALF * len(kinds)


def _is_unlike(cell_kind: Kind, kinds: Sequence[Kind | None]) -> bool:
    """Whether a cell that is no value stands over a column of values."""
    different = sum(kind not in {CellKind.TEXT, cell_kind} for kind in kinds)
    return different > 0 and different >= _NEARLY_ALL * len(kinds)


def _repeats(row: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether nearly all cells of two rows are the same."""
    pairs = [(a.strip(), b.strip()) for a, b in zip(row, cells, strict=False)]
    filled = [a == b for a, b in pairs if a or b]
    return sum(filled) > _NEARLY_ALL * len(filled)
