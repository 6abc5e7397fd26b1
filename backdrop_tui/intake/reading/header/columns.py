"""What the cells of each column have in common, to tell a row of the file from running text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from backdrop_tui.intake.reading.header.cell_kinds import Kind, is_value, kinds_by
from backdrop_tui.intake.reading.header.vocabulary import Vocabulary

_NEARLY_ALL = 0.8
_MOST = 0.5
_ENOUGH = 4
"""Rows from which a column without a blank cell can't have one by chance."""


class Likeness(Enum):
    """What a cell says about being one of a column."""

    VALUE = "a value of the column's kind, such as a date among dates"
    TEXT = "text among texts"
    NOTHING = "it is blank, or text with or without digits, or the column has all kinds of cells"
    UNLIKE = "a value in a column of text, text in a column of values, or a value of another kind"


@dataclass(frozen=True)
class Columns:
    """The kinds of a table's columns."""

    kinds: tuple[Kind | None, ...]
    """For each column, the kind of most of its cells that aren't blank; None if they differ, or there are none."""
    sure: tuple[bool, ...]
    """Whether nearly all cells of each column are of its kind, so that another kind speaks against a cell."""
    blank: tuple[bool, ...]
    """Whether each column may have blank cells."""
    kind: Callable[[str], Kind | None]
    """Tells the kind of a cell."""

    def likeness(self, cell: str, column: int) -> Likeness:
        """What a cell says about being one of a column.

        Args:
            cell: The cell.
            column: The index of the column.
        """
        cell_kind, usual = self.kind(cell), self.kinds[column]
        if cell_kind is None:
            return Likeness.NOTHING if self.blank[column] else Likeness.UNLIKE
        if cell_kind != usual:
            differs = self.sure[column] and (is_value(cell_kind) or is_value(usual))
            return Likeness.UNLIKE if differs else Likeness.NOTHING
        return Likeness.VALUE if is_value(cell_kind) else Likeness.TEXT


def columns_of(rows: Sequence[Sequence[str]], width: int, vocabulary: Vocabulary) -> Columns:
    """Work out the kinds of columns.

    Args:
        rows: Rows of the table, each with as many cells as the table has columns.
        width: The number of columns.
        vocabulary: The known values.
    """
    kind = kinds_by(vocabulary)
    kinds: list[Kind | None] = []
    sure: list[bool] = []
    blank: list[bool] = []
    for column in range(width):
        cells = [kind(row[column]) for row in rows]
        filled = [cell_kind for cell_kind in cells if cell_kind is not None]
        usual = max(set(filled), key=filled.count, default=None)
        count = filled.count(usual) if usual is not None else 0
        kinds.append(usual if count > _MOST * len(filled) else None)
        sure.append(count > 0 and count >= _NEARLY_ALL * len(filled))
        blank.append(len(filled) < len(cells) or len(cells) < _ENOUGH)
    return Columns(tuple(kinds), tuple(sure), tuple(blank), kind)
