"""Put right with many rows: all of them can be reached, and the one under the cursor stays in view."""

from pathlib import Path

from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from tests.support.made_up import student, table
from tests.support.putting_right import putting_right
from tests.support.walk import begun, walking

_ROWS = 20_000


async def test_every_one_of_twenty_thousand_problem_rows_can_be_reached(
    data: DataFolder, tmp_path: Path
) -> None:
    large = tmp_path / "large.csv"
    large.write_bytes(table(student(n % 900, upn=f"A{n:012}"[:12]) for n in range(_ROWS)))
    async with walking(data) as walk:
        walk.app.push_screen(PutRightScreen(begun(data, large)))
        screen = await walk.on(PutRightScreen)
        assert f"{_ROWS:,} with errors" in walk.text_of("#state")
        await walk.press("ctrl+end")
        assert screen.table.selected_row == _ROWS + 1
        await walk.press("pageup", "ctrl+home")
        assert screen.table.selected_row == 2
        await walk.press("l")
        assert screen.draft.edits.left_out == {2}


async def test_the_row_that_is_edited_stays_in_view_although_the_editor_takes_lines_from_the_table(
    data: DataFolder, tmp_path: Path
) -> None:
    path = tmp_path / "p.csv"
    path.write_bytes(table(student(n, gender=f"Boy {n:02}") for n in range(30)))
    async with putting_right(data, path) as (walk, screen):
        while screen.table.cursor_row + 1 < screen.table.scroll_y + screen.table.size.height - 1:
            await walk.press("n")
        for key in ("enter", "escape", "f"):
            await walk.press(key)
            assert f"!Boy {screen.table.cursor_row:02}" in walk.text
