"""A table that holds only the rows near its cursor."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import polars as pl
from rich.text import Text
from textual.app import App, ComposeResult
from textual.coordinate import Coordinate

from backdrop_tui.tui.widgets.tables.window_table import Cells, TableColumn, WindowTable

_MANY = 100_000


def columns(width: int) -> list[TableColumn]:
    """Lay out a number and a text."""
    return [TableColumn("n", "N", 10), TableColumn("text", "Text", width - 10)]


class OneTable(App[None]):
    """An app with a table of many rows; the numbers of the rows have gaps."""

    def __init__(self) -> None:
        super().__init__()
        self.requested: list[int] = []
        """The number of rows requested each time."""
        self.moves: list[tuple[int, str]] = []
        """The cells that the cursor has been on."""

    def compose(self) -> ComposeResult:
        """Lay out the table."""
        yield WindowTable(id="table")

    def on_mount(self) -> None:
        """Fill the table."""
        table = self.query_one(WindowTable)
        rows = pl.Series("row", [n for n in range(_MANY) if n % 3], dtype=pl.UInt32)
        table.show(rows, self.lines, columns)
        table.focus()

    def lines(self, rows: Sequence[int]) -> list[Cells]:
        """Draw rows."""
        self.requested.append(len(rows))
        return [[Text(str(row)), Text(f"row {row}")] for row in rows]

    def on_window_table_cursor_moved(self, event: WindowTable.CursorMoved) -> None:
        """Record where the cursor is."""
        self.moves.append((event.row, event.key))


@contextmanager
def few_at_a_time(app: OneTable) -> Iterator[None]:
    """Assert that never more than a few hundred rows are requested at once."""
    yield
    assert max(app.requested) < 500


async def test_the_cursor_goes_to_the_end_and_back_a_window_at_a_time() -> None:
    app = OneTable()
    async with app.run_test(size=(80, 24)) as pilot:
        table = app.query_one(WindowTable)
        with few_at_a_time(app):
            assert table.selected_row == 1
            await pilot.press("ctrl+end")
            assert table.selected_row == 99_998
            await pilot.press("pageup")
            assert table.selected_row is not None
            assert table.selected_row < 99_980
            await pilot.press("ctrl+home", "up")
            assert table.selected_row == 1
            await pilot.press("right", "pagedown")
            assert table.selected_key == "text"


async def test_going_down_crosses_the_edge_of_a_window() -> None:
    app = OneTable()
    async with app.run_test(size=(80, 24)) as pilot:
        table = app.query_one(WindowTable)
        table.go_to(178, "text")
        before = table.cursor_place
        await pilot.press(*["down"] * 4)
        assert table.cursor_place == before + 4
        assert table.selected_key == "text"


async def test_each_cell_is_reported_once() -> None:
    app = OneTable()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "right", "right")
        assert app.moves == [(1, "n"), (2, "n"), (2, "text")]


async def test_columns_follow_the_width_and_the_cursor_stays() -> None:
    app = OneTable()
    async with app.run_test(size=(80, 24)) as pilot:
        table = app.query_one(WindowTable)
        table.go_to(50_000, "text")
        await pilot.resize_terminal(120, 30)
        await pilot.pause()
        assert (table.selected_row, table.selected_key) == (50_000, "text")
        assert table.ordered_columns[1].width == table.scrollable_content_region.width - 10


async def test_the_cursor_stays_near_rows_that_disappear() -> None:
    app = OneTable()
    async with app.run_test(size=(80, 24)):
        table = app.query_one(WindowTable)
        table.go_to(50_000)
        table.show(pl.Series("row", [10, 49_000, 51_000], dtype=pl.UInt32), app.lines, columns)
        assert table.selected_row == 51_000
        table.show(pl.Series("row", [], dtype=pl.UInt32), app.lines, columns)
        assert table.selected_row is None
        assert table.selected_key == "n"


async def test_other_columns_come_with_their_rows_and_never_with_those_before() -> None:
    app = OneTable()
    async with app.run_test(size=(80, 24)):
        table = app.query_one(WindowTable)
        table.go_to(50, "text")
        cells = {40: "forty", 60: "sixty"}
        table.show(
            pl.Series("row", [*cells], dtype=pl.UInt32),
            lambda rows: [[Text(cells[row])] for row in rows],
            lambda width: [TableColumn("text", "Text", width)],
        )
        assert table.selected_row == 60
        assert [str(table.get_cell_at(Coordinate(n, 0))) for n in range(table.row_count)] == [
            "forty",
            "sixty",
        ]


async def test_the_row_under_the_cursor_stays_in_view_when_the_table_gets_lower() -> None:
    app = OneTable()
    async with app.run_test(size=(80, 24)) as pilot:
        table = app.query_one(WindowTable)
        await pilot.press(*["down"] * 22)
        row = table.selected_row
        for height in (20, 12):
            await pilot.resize_terminal(80, height)
            assert table.selected_row == row
            assert f"row {row}" in shown_text(app)


async def test_home_and_end_go_along_the_row_with_a_cursor_on_a_cell() -> None:
    app = OneTable()
    async with app.run_test(size=(80, 24)) as pilot:
        table = app.query_one(WindowTable)
        await pilot.press("end")
        assert (table.selected_row, table.selected_key) == (1, "text")
        await pilot.press("home")
        assert (table.selected_row, table.selected_key) == (1, "n")


async def test_home_and_end_go_to_the_first_and_last_row_with_a_cursor_on_whole_rows() -> None:
    app = OneTable()
    async with app.run_test(size=(80, 24)) as pilot:
        table = app.query_one(WindowTable)
        table.cursor_type = "row"
        await pilot.press("end")
        assert table.selected_row == 99_998
        await pilot.press("home")
        assert table.selected_row == 1


def shown_text(app: OneTable) -> str:
    """The text on the screen."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())
