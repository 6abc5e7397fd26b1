"""Twenty thousand problem rows: all of them can be reached."""

from pathlib import Path

from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from tests.support.made_up import student, table
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
