"""People stored as lines of a table."""

from collections.abc import Collection, Sequence

import polars as pl

from backdrop_tui.people.directory import Order
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.tui.widgets.editable_columns import PENCIL, field_columns
from backdrop_tui.tui.widgets.plain import cell
from backdrop_tui.tui.widgets.window_table import Line, TableColumn

MARK = "mark"
"""The key of the first column, which says who is marked."""
_MARK_WIDTH = 2
_PENCIL_WIDTH = 2


class PeopleLines:
    """Called with the places of people in the list, gives their lines."""

    def __init__(self, kind: RecordKind, people: pl.DataFrame, marked: Collection[str]) -> None:
        self._kind = kind
        self._people = people
        self._marked = marked

    def columns(self, width: int, order: Order) -> list[TableColumn]:
        """The columns of the table, with a sign at the one by which people are sorted."""
        sign = "▼" if order.descending else "▲"
        fields = field_columns(self._kind, width - _MARK_WIDTH - _PENCIL_WIDTH)
        signed = (
            TableColumn(c.key, f"{sign}{c.label[1:]}", c.width) if c.key == order.key else c for c in fields
        )
        return [
            TableColumn(MARK, "", _MARK_WIDTH),
            *signed,
            TableColumn(PENCIL, "✎", _PENCIL_WIDTH),
        ]

    def __call__(self, places: Sequence[int]) -> list[Line]:
        """The lines of the people in some places."""
        return [self._line(person) for person in self._people[list(places)].iter_rows(named=True)]

    def _line(self, person: dict[str, str | None]) -> Line:
        is_marked = person["id"] in self._marked
        style = "bold" if is_marked else ""
        cells = [
            cell(f" {field.to_show(value) if (value := person[field.key]) else ''}", style)
            for field in self._kind.fields
        ]
        return [cell("■" if is_marked else " ", "bold"), *cells, cell("✎", "dim")]
