"""The table of the people at the school."""

import polars as pl
from textual.content import Content

from backdrop_tui.people.directory import Order
from backdrop_tui.people.people_search import PeopleQuery, SearchResult
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.tui.widgets.plain import cell, plain
from backdrop_tui.tui.widgets.tables.editable_columns import PENCIL_COLUMN, field_columns, longest_texts
from backdrop_tui.tui.widgets.tables.markable_table import MarkableTable
from backdrop_tui.tui.widgets.tables.window_table import Cells, TableColumn

_WIDEST_SEARCH = 40


class PeopleTable(MarkableTable):
    """Shows the fields of people of one kind."""

    def __init__(self, kind: RecordKind, *, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(pl.DataFrame(schema=dict.fromkeys(("id", *kind.keys), pl.String)), id=id)
        self._fields = kind.template_fields
        self._order = Order()

    def show_people(self, result: SearchResult, order: Order) -> None:
        """List the people of a search. The cursor stays on its person."""
        selected = self.selected_id
        self._order, self._fields = order, result.directory.fields
        self.list_people(result.people, result.directory.people["id"])
        place = self.people["id"].index_of(selected) if selected is not None else None
        if place is not None:
            self.go_to(place)
        elif selected is None and self.people.height:
            self.go_to(0, self._fields[0].key)

    def columns_at(self, width: int) -> list[TableColumn]:
        """Lay out the columns, with a sign at the one by which people are sorted."""
        sign = "▼" if self._order.descending else "▲"
        longest = longest_texts(self.people, [field.key for field in self._fields])
        columns = field_columns(self._fields, width - PENCIL_COLUMN.width, longest)
        fields = [
            TableColumn(column.key, f"{sign}{column.label[1:]}", column.width)
            if column.key == self._order.key
            else column
            for column in columns
        ]
        return [*fields, PENCIL_COLUMN]

    def cells_of(self, person: dict[str, str | None], style: str) -> Cells:
        """Draw a person's fields."""
        cells = [
            cell(f" {field.to_show(value) if (value := person[field.key]) else ''}", style)
            for field in self._fields
        ]
        return [*cells, cell(PENCIL_COLUMN.label, "muted")]


def describe_list(table: PeopleTable, result: SearchResult, query: PeopleQuery) -> Content:
    """Say how many people there are, how many of them are listed and why, and how many are marked."""
    kind, everyone = result.directory.kind, result.directory.people.height
    if not everyone:
        return Content(f" Nobody is stored yet. Press a to add a {kind.singular}, or import a CSV file.")
    parts = [Content.styled(f" {kind.counted(everyone)}", "bold")]
    if query.words:
        words = plain(query.words, _WIDEST_SEARCH)
        parts.append(Content.assemble(f"{table.people.height:,} with “", words, "”"))
    if table.marked:
        parts.append(Content.styled(table.marks_in_words, "bold"))
    return Content(" · ").join(parts)
