"""A DataTable over any number of rows, of which it holds only those near the cursor.

DataTable measures every row that it is given, which takes seconds for 10,000. So it is given a window at a time: moving
past its end brings the next one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

import polars as pl
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.coordinate import Coordinate
from textual.message import Message
from textual.widgets import DataTable

Line = Sequence[Text]
"""The cells of one row."""
_WINDOW = 120


@dataclass(frozen=True)
class TableColumn:
    """A column of the table."""

    key: str
    """Its stable key."""
    label: str
    """Its heading."""
    width: int
    """How many characters wide it is."""


class WindowTable(DataTable[Text]):
    """A table of rows known by number, shown a window at a time, with a cursor on one cell."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+home", "scroll_top", "Top", show=False, id="table.top", tooltip="To the first row"),
        Binding(
            "ctrl+end", "scroll_bottom", "Bottom", show=False, id="table.bottom", tooltip="To the last row"
        ),
    ]

    class Moved(Message):
        """The cursor is on another cell."""

        def __init__(self, row: int, key: str) -> None:
            super().__init__()
            self.row = row
            """The number of the row."""
            self.key = key
            """The key of the column."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(
            id=id, cursor_type="cell", zebra_stripes=False, cell_padding=0, show_row_labels=False
        )
        self.rows_shown = pl.Series("row", [], dtype=pl.UInt32)
        """Numbers of all rows that can be scrolled to (UInt32, ascending)."""
        self._columns_for: Callable[[int], Sequence[TableColumn]] = lambda _width: []
        self._laid_out: list[TableColumn] = []
        self._told: tuple[int, str] | None = None
        self._loading = False
        self._first = 0
        self._lines: Callable[[Sequence[int]], Sequence[Line]] = lambda _rows: []

    def set_columns(self, columns: Callable[[int], Sequence[TableColumn]]) -> None:
        """Say which columns there are, given how many characters wide they may be together."""
        self._columns_for = columns
        self._lay_out()

    def on_resize(self) -> None:
        """Use the width that there is."""
        self._lay_out()

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        columns = list(self._columns_for(width)) if width > 0 else []
        if not columns or columns == self._laid_out:
            return
        place, column = self.place_here, self.cursor_column
        self._loading = True
        self.clear(columns=True)
        for new in columns:
            self.add_column(Text(new.label, no_wrap=True), width=new.width, key=new.key)
        self._laid_out = columns
        self._load(place, column)

    def show(self, rows: pl.Series, lines: Callable[[Sequence[int]], Sequence[Line]]) -> None:
        """Show these rows; the cursor stays on its row, or near where that was.

        Args:
            rows: Their numbers (UInt32, ascending).
            lines: Gives the cells of the rows that are asked for.
        """
        self._lines = lines
        same = self.row_count > 0 and rows.equals(self.rows_shown)
        row, column = self.row_here, self.cursor_column
        self.rows_shown = rows
        if same:
            self._renew()
        else:
            self._load(self._place_of(row) if row is not None else 0, column)

    @property
    def row_here(self) -> int | None:
        """The number of the row that the cursor is on; None in an empty table."""
        place = self._first + self.cursor_row
        return int(self.rows_shown[place]) if self.row_count and place < len(self.rows_shown) else None

    @property
    def key_here(self) -> str:
        """The key of the column that the cursor is in."""
        if not self.columns:
            return ""
        return self.ordered_columns[min(self.cursor_column, len(self.columns) - 1)].key.value or ""

    @property
    def place_here(self) -> int:
        """How many rows are above the cursor's, in and outside the window."""
        return self._first + self.cursor_row

    def go_to(self, row: int, key: str | None = None) -> None:
        """Put the cursor on a row, and in a column."""
        column = self.get_column_index(key) if key is not None else self.cursor_column
        self._go(self._place_of(row), column)

    def action_cursor_down(self) -> None:
        """One row down."""
        self._go(self.place_here + 1)

    def action_cursor_up(self) -> None:
        """One row up."""
        self._go(self.place_here - 1)

    def action_page_down(self) -> None:
        """One screenful down."""
        self._go(self.place_here + self._page)

    def action_page_up(self) -> None:
        """One screenful up."""
        self._go(self.place_here - self._page)

    def action_scroll_top(self) -> None:
        """To the first row."""
        self._go(0)

    def action_scroll_bottom(self) -> None:
        """To the last row."""
        self._go(len(self.rows_shown) - 1)

    def action_scroll_home(self) -> None:
        """To the first column."""
        self._go(self.place_here, 0)

    def action_scroll_end(self) -> None:
        """To the last column."""
        self._go(self.place_here, len(self.columns) - 1)

    @property
    def _page(self) -> int:
        return max(1, self.scrollable_content_region.height - self.header_height - 1)

    def _place_of(self, row: int) -> int:
        return min(int(self.rows_shown.search_sorted(row)), max(0, len(self.rows_shown) - 1))

    def _go(self, place: int, column: int | None = None) -> None:
        """Put the cursor on the row at a place, bringing another window if need be."""
        place = max(0, min(place, len(self.rows_shown) - 1))
        column = self.cursor_column if column is None else column
        if self._first <= place < self._first + self.row_count:
            self.move_cursor(row=place - self._first, column=column, animate=False)
        else:
            # Who goes on in the same direction shall not need the next window soon.
            self._load(place, column, above=self._page if place > self._first else _WINDOW - self._page)

    def _load(self, place: int, column: int, above: int = _WINDOW // 2) -> None:
        """Bring the window around a place, with so many rows above it."""
        if not self.columns:
            return
        self._loading = True
        self._first = max(0, min(place - min(above, _WINDOW - 1), len(self.rows_shown) - _WINDOW))
        rows = self.rows_shown.slice(self._first, _WINDOW).to_list()
        with self.app.batch_update(), self.prevent(DataTable.CellHighlighted):
            self.clear()
            for row, line in zip(rows, self._lines(rows), strict=True):
                self.add_row(*line, key=str(row))
            if rows:
                self.move_cursor(row=place - self._first, column=column, animate=False, scroll=True)
        self._loading = False
        self._tell()

    def _renew(self) -> None:
        """Draw the cells of this window again that have changed."""
        rows = self.rows_shown.slice(self._first, _WINDOW).to_list()
        for n, line in enumerate(self._lines(rows)):
            for m, new in enumerate(line):
                place = Coordinate(n, m)
                old = self.get_cell_at(place)
                if old.plain != new.plain or old.style != new.style:
                    self.update_cell_at(place, new)

    def watch_cursor_coordinate(self, old: Coordinate, new: Coordinate) -> None:
        """Tell where the cursor is."""
        super().watch_cursor_coordinate(old, new)
        self._tell()

    def _tell(self) -> None:
        if self._loading:
            return
        row = self.row_here
        here = (row, self.key_here) if row is not None else None
        if here is not None and here != self._told:
            self.post_message(self.Moved(*here))
        self._told = here
