"""A DataTable over any number of rows that holds only those near the cursor.

DataTable measures every row that it is given, which takes seconds for 10,000. So it is given a window of rows at a time:
when the cursor leaves the window, the next one is loaded.
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

Cells = Sequence[Text]
"""The cells of one row, from left to right."""
_WINDOW = 120
"""The number of rows in a window."""


@dataclass(frozen=True)
class TableColumn:
    """A column of the table."""

    key: str
    """The column's stable key."""
    label: str
    """The heading."""
    width: int
    """The width in characters."""
    lead: int = 1
    """The characters before the texts of its cells: for a sign, and for a gap before the sign."""


class WindowTable(DataTable[Text]):
    """A table of numbered rows with a cursor on one cell."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+home", "scroll_top", "Top", show=False, id="table.top", tooltip="To the first row"),
        Binding(
            "ctrl+end", "scroll_bottom", "Bottom", show=False, id="table.bottom", tooltip="To the last row"
        ),
    ]

    class CursorMoved(Message):
        """The cursor has moved to another cell."""

        def __init__(self, row: int, key: str) -> None:
            super().__init__()
            self.row = row
            """The row's number."""
            self.key = key
            """The column's key."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(
            id=id, cursor_type="cell", zebra_stripes=False, cell_padding=0, show_row_labels=False
        )
        self.row_numbers = pl.Series("row", [], dtype=pl.UInt32)
        """The numbers of all rows, in and outside the window (UInt32), in the order in which they are shown."""
        self._lay_out_columns: Callable[[int], Sequence[TableColumn]] = lambda _width: []
        self.current_columns: list[TableColumn] = []
        """The columns, as they are laid out now."""
        self._draw: Callable[[Sequence[int]], Sequence[Cells]] = lambda _rows: []
        self._reported: tuple[int, str] | None = None
        self._loading = False
        self._first = 0
        self._is_ascending = True

    def on_resize(self) -> None:
        """Lay out the columns for the new width, and keep the cursor in view at the new height."""
        place, cursor_column = self.cursor_place, self.cursor_column
        if self._replace_columns():
            self._load(place, cursor_column)
        else:
            self._scroll_cursor_into_view()

    def _replace_columns(self) -> bool:
        """Lay out the columns; if they are no longer the same, they are replaced, and there are no rows until the next `_load`."""
        width = self.scrollable_content_region.width
        columns = list(self._lay_out_columns(width)) if width > 0 else []
        if not columns or columns == self.current_columns:
            return False
        self._loading = True
        self.clear(columns=True)
        for column in columns:
            self.add_column(Text(column.label, no_wrap=True), width=column.width, key=column.key)
        self.current_columns = columns
        return True

    def show(
        self,
        rows: pl.Series,
        draw: Callable[[Sequence[int]], Sequence[Cells]],
        lay_out: Callable[[int], Sequence[TableColumn]],
    ) -> None:
        """Show rows; the cursor stays on its row, or near where that was.

        Args:
            rows: The rows' numbers (UInt32), in the order in which they are shown.
            draw: Returns the cells of the rows with certain numbers.
            lay_out: Returns the columns for a table of a certain width in characters.
        """
        self._draw, self._lay_out_columns = draw, lay_out
        same_rows = self.row_count > 0 and rows.equals(self.row_numbers)
        row, column = self.selected_row, self.cursor_column
        self.row_numbers = rows
        self._is_ascending = rows.is_sorted()
        if self._replace_columns() or not same_rows:
            self._load(self._place_of(row) if row is not None else 0, column)
        else:
            self._redraw_window()

    @property
    def selected_row(self) -> int | None:
        """The number of the row under the cursor; None in an empty table."""
        place = self._first + self.cursor_row
        return int(self.row_numbers[place]) if self.row_count and place < len(self.row_numbers) else None

    @property
    def selected_key(self) -> str:
        """The key of the column under the cursor; empty before there are columns."""
        if not self.columns:
            return ""
        return self.ordered_columns[min(self.cursor_column, len(self.columns) - 1)].key.value or ""

    @property
    def cursor_place(self) -> int:
        """The number of rows above the cursor, in and outside the window."""
        return self._first + self.cursor_row

    def go_to(self, row: int, key: str | None = None) -> None:
        """Put the cursor on a row, or near where it would be, and in a column."""
        column = self.get_column_index(key) if key is not None else self.cursor_column
        self._go_to_place(self._place_of(row), column)

    def action_cursor_down(self) -> None:
        """Move the cursor one row down."""
        self._go_to_place(self.cursor_place + 1)

    def action_cursor_up(self) -> None:
        """Move the cursor one row up."""
        self._go_to_place(self.cursor_place - 1)

    def action_page_down(self) -> None:
        """Move the cursor one screenful down."""
        self._go_to_place(self.cursor_place + self._page)

    def action_page_up(self) -> None:
        """Move the cursor one screenful up."""
        self._go_to_place(self.cursor_place - self._page)

    def action_scroll_top(self) -> None:
        """Move the cursor to the first row."""
        self._go_to_place(0)

    def action_scroll_bottom(self) -> None:
        """Move the cursor to the last row."""
        self._go_to_place(len(self.row_numbers) - 1)

    def action_scroll_home(self) -> None:
        """Move the cursor to the first column, or to the first row if it is on whole rows."""
        if self.cursor_type == "row":
            self.action_scroll_top()
        else:
            self._go_to_place(self.cursor_place, 0)

    def action_scroll_end(self) -> None:
        """Move the cursor to the last column, or to the last row if it is on whole rows."""
        if self.cursor_type == "row":
            self.action_scroll_bottom()
        else:
            self._go_to_place(self.cursor_place, len(self.columns) - 1)

    @property
    def _page(self) -> int:
        return max(1, self.scrollable_content_region.height - self.header_height - 1)

    def _place_of(self, row: int) -> int:
        """The place of a row, or near where it would be."""
        if not self._is_ascending:
            return self.row_numbers.index_of(row) or 0
        return min(int(self.row_numbers.search_sorted(row)), max(0, len(self.row_numbers) - 1))

    def _go_to_place(self, place: int, column: int | None = None) -> None:
        """Put the cursor on the row with so many rows above it, loading another window if need be."""
        place = max(0, min(place, len(self.row_numbers) - 1))
        column = self.cursor_column if column is None else column
        if self._first <= place < self._first + self.row_count:
            self.move_cursor(row=place - self._first, column=column, animate=False)
        else:
            # Going on in the same direction should not need another window soon.
            self._load(place, column, above=self._page if place > self._first else _WINDOW - self._page)

    def _load(self, place: int, column: int, above: int = _WINDOW // 2) -> None:
        """Load the window around a place; `above` is the number of rows in it before that place."""
        if not self.columns:
            return
        self._loading = True
        self._first = max(0, min(place - min(above, _WINDOW - 1), len(self.row_numbers) - _WINDOW))
        rows = self.row_numbers.slice(self._first, _WINDOW).to_list()
        with self.app.batch_update(), self.prevent(DataTable.CellHighlighted):
            self.clear()
            for row, cells in zip(rows, self._draw(rows), strict=True):
                self.add_row(*cells, key=str(row))
            if rows:
                self._measure_now()
                self.move_cursor(row=place - self._first, column=column, animate=False, scroll=True)
        self._loading = False
        self._report_cursor()

    def _measure_now(self) -> None:
        """Measure the new rows at once, and not when there is nothing else to do: then the window would be drawn twice."""
        new_rows = self._new_rows.copy()
        self._new_rows.clear()
        self._require_update_dimensions = False
        self._update_dimensions(new_rows)

    def _redraw_window(self) -> None:
        """Redraw the cells of the window that have changed."""
        rows = self.row_numbers.slice(self._first, _WINDOW).to_list()
        for n, cells in enumerate(self._draw(rows)):
            for m, new in enumerate(cells):
                coordinate = Coordinate(n, m)
                old = self.get_cell_at(coordinate)
                if (old.plain, old.style, old.spans) != (new.plain, new.style, new.spans):
                    self.update_cell_at(coordinate, new)

    def watch_cursor_coordinate(self, old: Coordinate, new: Coordinate) -> None:
        """Post a message when the cursor is on another cell."""
        super().watch_cursor_coordinate(old, new)
        self._report_cursor()

    def _report_cursor(self) -> None:
        if self._loading:
            return
        row = self.selected_row
        selected = (row, self.selected_key) if row is not None else None
        if selected is not None and selected != self._reported:
            self.post_message(self.CursorMoved(*selected))
        self._reported = selected
