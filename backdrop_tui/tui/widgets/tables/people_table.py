"""The table of the people stored, in which people can be marked."""

from collections.abc import Sequence

import polars as pl
from textual.content import Content

from backdrop_tui.people.directory import Order
from backdrop_tui.people.people_search import PeopleQuery, SearchResult
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.tui.widgets.plain import cell, plain
from backdrop_tui.tui.widgets.tables.editable_columns import PENCIL_COLUMN, field_columns
from backdrop_tui.tui.widgets.tables.window_table import Cells, TableColumn, WindowTable
from backdrop_tui.wording import counted

MARK = "mark"
"""The key of the first column, which shows who is marked."""
_WIDEST_SEARCH = 40
_MARK_COLUMN = TableColumn(MARK, "", 2)


class PeopleTable(WindowTable):
    """Shows people of one kind. Marks stay while a search hides the people who have them."""

    def __init__(self, kind: RecordKind, *, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self.people = pl.DataFrame(schema=dict.fromkeys(("id", *kind.keys), pl.String))
        """The people who are listed."""
        self.marked: set[str] = set()
        """The ids of everyone who is marked, whether they are listed or not."""
        self._fields = kind.template_fields
        self._order = Order()

    def show_people(self, result: SearchResult, order: Order) -> None:
        """List the people result. The cursor stays on its person, and people who no longer exist lose their marks."""
        selected = self.selected_id
        self.people, self._order, self._fields = result.people, order, result.directory.fields
        self.marked &= set(result.directory.people["id"]) if self.marked else set()
        self._redraw()
        place = self.people["id"].index_of(selected) if selected is not None else None
        if place is not None:
            self.go_to(place)
        elif selected is None and self.people.height:
            self.go_to(0, self._fields[0].key)

    @property
    def selected_person(self) -> dict[str, str | None] | None:
        """The person under the cursor; None in an empty table."""
        place = self.selected_row
        if place is None or place >= self.people.height:
            return None
        return self.people.row(place, named=True)

    @property
    def selected_id(self) -> str | None:
        """The id of the person under the cursor; None in an empty table."""
        person = self.selected_person
        return person["id"] if person else None

    @property
    def affected_people(self) -> pl.DataFrame:
        """The people to whom an action applies: those listed who are marked, or else the one under the cursor.

        Marked people whom a search hides are not among them: an action applies only to people in view.
        """
        ids = self._listed_marks or {self.selected_id or ""}
        return self.people.filter(self.people["id"].is_in(list(ids)))

    @property
    def hidden_marks(self) -> int:
        """The number of people who are marked but not listed."""
        return len(self.marked) - len(self._listed_marks)

    @property
    def hidden_marks_note(self) -> str:
        """A sentence about people who are marked but not listed; empty if there are none."""
        if not self.hidden_marks:
            return ""
        people = counted(self.hidden_marks, "marked person isn't", "marked people aren't")
        return f"{people} in this list and won't be changed."

    @property
    def _listed_marks(self) -> set[str]:
        ids = self.people["id"]
        return set(ids.filter(ids.is_in(list(self.marked)))) if self.marked else set()

    def toggle_mark(self) -> None:
        """Mark the person under the cursor, or remove the mark, and go on to the next."""
        if (selected := self.selected_id) is not None:
            self.marked ^= {selected}
            self._redraw()
            self.action_cursor_down()

    def toggle_all_marks(self) -> None:
        """Mark everyone who is listed, or remove their marks if all of them are marked."""
        ids = set(self.people["id"])
        self.marked = self.marked - ids if ids <= self.marked else self.marked | ids
        self._redraw()

    def _redraw(self) -> None:
        self.set_columns(self._layout)
        places = pl.int_range(self.people.height, dtype=pl.UInt32, eager=True).alias("row")
        self.show(places, self._draw_rows)

    def _layout(self, width: int) -> list[TableColumn]:
        """Lay out the columns, with a sign at the one by which people are sorted."""
        sign = "▼" if self._order.descending else "▲"
        columns = field_columns(self._fields, width - _MARK_COLUMN.width - PENCIL_COLUMN.width)
        fields = [
            TableColumn(column.key, f"{sign}{column.label[1:]}", column.width)
            if column.key == self._order.key
            else column
            for column in columns
        ]
        return [_MARK_COLUMN, *fields, PENCIL_COLUMN]

    def _draw_rows(self, places: Sequence[int]) -> list[Cells]:
        return [self._draw_row(person) for person in self.people[list(places)].iter_rows(named=True)]

    def _draw_row(self, person: dict[str, str | None]) -> Cells:
        is_marked = person["id"] in self.marked
        style = "bold" if is_marked else ""
        cells = [
            cell(f" {field.to_show(value) if (value := person[field.key]) else ''}", style)
            for field in self._fields
        ]
        return [cell("■" if is_marked else " ", "bold"), *cells, cell(PENCIL_COLUMN.label, "dim")]


def describe_list(table: PeopleTable, result: SearchResult, query: PeopleQuery) -> Content:
    """Say how many people there are, how many of them are listed and why, and how many are marked."""
    kind, everyone = result.directory.kind, result.directory.people.height
    if not everyone:
        return Content(f" Nobody is stored yet. Press a to add a {kind.singular}, or import a CSV file.")
    parts = [Content.styled(f" {kind.counted(everyone)}", "bold")]
    if query.leavers_only and result.leavers is not None:
        file = plain(result.leavers.file, 30)
        parts.append(Content.assemble("not in ", file, f": {len(result.leavers.ids):,}"))
    if query.words:
        words = plain(query.words, _WIDEST_SEARCH)
        parts.append(Content.assemble(f"{table.people.height:,} with “", words, "”"))
    if table.marked:
        hidden = f" ({table.hidden_marks:,} not in this list)" if table.hidden_marks else ""
        parts.append(Content.styled(f"■ {len(table.marked):,} marked{hidden}", "bold"))
    return Content(" · ").join(parts)
