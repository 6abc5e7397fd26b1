"""What the cells of each column have in common, to tell a row of the file from running text."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from backdrop_tui.intake.reading.header.cell_kinds import Kind, is_value, kinds_by
from backdrop_tui.intake.reading.header.vocabulary import Vocabulary

_NEARLY_ALL = 0.8
_MOST = 0.5


class Likeness(Enum):
    """What a cell says about being one of a column."""

    VALUE = "a value of the column's kind, such as a date among dates"
    TEXT = "text among texts"
    NOTHING = "it is blank, or text with or without digits, or the column has all kinds of cells"
    UNLIKE = "a value in a column of text, text in a column of values, or a value of another kind"


@dataclass(frozen=True)
class Column:
    """What the cells of one column have in common."""

    kind: Kind | None
    """The kind of most of its cells that aren't blank; None if they differ, or there are none."""
    is_sure: bool
    """Whether nearly all of its cells are of that kind, so that another kind speaks against a cell."""


@dataclass(frozen=True)
class Columns:
    """The columns of a table, looked at only once they are asked about."""

    rows: Sequence[Sequence[str]]
    """Rows of the table, each with as many cells as the table has columns."""
    vocabulary: Vocabulary
    """The known values."""

    def likeness(self, cell: str, column: int) -> Likeness:
        """What a cell says about being one of a column.

        Args:
            cell: The cell.
            column: The index of the column.
        """
        cell_kind, usual = self._kind(cell), self._columns[column]
        if cell_kind is None or usual.kind is None:
            return Likeness.NOTHING
        if cell_kind != usual.kind:
            differs = usual.is_sure and (is_value(cell_kind) or is_value(usual.kind))
            return Likeness.UNLIKE if differs else Likeness.NOTHING
        return Likeness.VALUE if is_value(cell_kind) else Likeness.TEXT

    @cached_property
    def _kind(self) -> Callable[[str], Kind | None]:
        return kinds_by(self.vocabulary)

    @cached_property
    def _columns(self) -> defaultdict[int, Column]:
        columns = {
            n: self._column(list(map(self._kind, cells)))
            for n, cells in enumerate(zip(*self.rows, strict=True))
        }
        return defaultdict(lambda: self._column([]), columns)

    @staticmethod
    def _column(kinds: Sequence[Kind | None]) -> Column:
        filled = [kind for kind in kinds if kind is not None]
        usual = max(set(filled), key=filled.count, default=None)
        count = filled.count(usual) if usual is not None else 0
        return Column(
            usual if count > _MOST * len(filled) else None,
            is_sure=count > 0 and count >= _NEARLY_ALL * len(filled),
        )
