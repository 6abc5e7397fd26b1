"""A table of people in which people can be marked, so that one key changes many of them."""

from abc import abstractmethod
from collections.abc import Sequence
from functools import partial

import polars as pl

from backdrop_tui.tui.widgets.plain import cell
from backdrop_tui.tui.widgets.tables.window_table import Cells, TableColumn, WindowTable
from backdrop_tui.wording import counted

MARK = "mark"
"""The key of the first column, which shows who is marked."""
MARK_COLUMN = TableColumn(MARK, "", 2)
"""That column."""


class MarkableTable(WindowTable):
    """Shows people. Marks stay while a search hides the people who have them."""

    def __init__(self, people: pl.DataFrame, *, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self.people = people
        """The people who are listed: `id` (String) and more."""
        self.marked: set[str] = set()
        """The ids of everyone who is marked, whether they are listed or not."""

    def list_people(self, people: pl.DataFrame, everyone: pl.Series) -> None:
        """List people. People who no longer exist lose their marks.

        Args:
            people: The people to list: `id` (String) and more.
            everyone: The ids of everyone who could be listed (String).
        """
        self.people = people
        self.marked &= set(everyone) if self.marked else set()
        self.redraw()

    @abstractmethod
    def columns_at(self, width: int) -> list[TableColumn]:
        """Lay out the columns after the one for marks, for so many characters."""

    @abstractmethod
    def cells_of(self, person: dict[str, str | None], style: str) -> Cells:
        """Draw a person in those columns, in a style."""

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
    def marks_in_words(self) -> str:
        """How many people are marked; empty if nobody is."""
        hidden = f" ({self.hidden_marks:,} not in this list)" if self.hidden_marks else ""
        return f"■ {len(self.marked):,} marked{hidden}" if self.marked else ""

    @property
    def _listed_marks(self) -> set[str]:
        ids = self.people["id"]
        return set(ids.filter(ids.is_in(list(self.marked)))) if self.marked else set()

    def toggle_mark(self) -> None:
        """Mark the person under the cursor, or remove the mark, and go on to the next."""
        if (selected := self.selected_id) is not None:
            self.marked ^= {selected}
            self.redraw()
            self.action_cursor_down()

    def toggle_all_marks(self) -> None:
        """Mark everyone who is listed, or remove their marks if all of them are marked."""
        ids = set(self.people["id"])
        self.marked = self.marked - ids if ids <= self.marked else self.marked | ids
        self.redraw()

    def redraw(self) -> None:
        """Draw the people and their marks again."""
        places = pl.int_range(self.people.height, dtype=pl.UInt32, eager=True).alias("row")
        self.show(
            places,
            partial(self._draw_rows, self.people),
            lambda width: [MARK_COLUMN, *self.columns_at(width - MARK_COLUMN.width)],
        )

    def _draw_rows(self, people: pl.DataFrame, places: Sequence[int]) -> list[Cells]:
        return [self._draw_row(person) for person in people[list(places)].iter_rows(named=True)]

    def _draw_row(self, person: dict[str, str | None]) -> Cells:
        is_marked = person["id"] in self.marked
        mark = cell("■" if is_marked else " ", "bold")
        return [mark, *self.cells_of(person, "bold" if is_marked else "")]
