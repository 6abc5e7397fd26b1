"""The whole import of a damaged file, by keys alone."""

import stat
from pathlib import Path

from textual.widgets import OptionList

from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.wizard.action_plan import ActionPlanScreen
from backdrop_tui.tui.screens.wizard.match import MatchScreen
from backdrop_tui.tui.screens.wizard.pick_file import PickFileScreen
from backdrop_tui.tui.screens.wizard.preview import PreviewScreen
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from backdrop_tui.tui.screens.wizard.summary import SummaryScreen
from backdrop_tui.tui.screens.wizard.welcome import WelcomeScreen
from tests.support.made_up import upn
from tests.support.walk import WIDE, walking


async def test_a_damaged_file_is_put_right_and_stored(data: DataFolder, csv_folder: Path) -> None:
    async with walking(data, csv_folder) as walk:
        assert isinstance(walk.focus, OptionList)
        await walk.press("enter")
        await walk.on(PickFileScreen)
        await walk.press("enter")
        await walk.on(MatchScreen)
        assert "Every needed field has its column" in walk.text_of("#state")
        await walk.press("i")
        screen = await walk.on(PutRightScreen)
        assert "7 ready (? 1 to look at) ! 5 with errors" in walk.text_of("#state")
        assert (screen.table.selected_row, screen.table.selected_key) == (5, "gender")
        await walk.press("f", "enter")
        assert (screen.table.selected_row, screen.table.selected_key) == (7, "date_of_birth")
        await walk.press("enter")
        await walk.replace("28/02/2013")
        await walk.press("enter")
        assert (screen.table.selected_row, screen.table.selected_key) == (9, "upn")
        await walk.press("enter")
        await walk.replace(upn(7))
        await walk.press("enter")
        assert (screen.table.selected_row, screen.table.selected_key) == (11, "first_name")
        await walk.press("l", "n")
        assert (screen.table.selected_row, screen.table.selected_key) == (12, "registration_group")
        await walk.press("a")
        assert "11 ready ! 0 with errors – 1 left out" in walk.text_of("#state")
        assert walk.text_of("#hints") == "c shows what will be imported"
        await walk.press("c")
        await walk.on(PreviewScreen)
        assert "11  will be added" in walk.text
        assert "1  is left out, and kept in a file" in walk.text
        await walk.press("enter")
        await walk.on(SummaryScreen)
        assert "11  added" in walk.text
        assert "Year 7" in walk.text
        await walk.resize(WIDE)
        await walk.until(lambda: "Set-up progress" in walk.text and "▄" in walk.text)
        assert not any(line.strip(" ▄") == "" for line in walk.text.splitlines() if "▄" in line)
        await walk.press("enter")
        await walk.on(ActionPlanScreen)
        await walk.press("escape")
        await walk.on(WelcomeScreen)
        assert "Stored so far: 11 students, 0 staff." in walk.text_of("#summary")
        assert len(walk.app.screen_stack) == 1
        stored = walk.app.school.store.people("students").frame()
        assert stored["gender"].to_list()[3:5] == ["M", "M"]
    left = csv_folder / "pupils_errors.csv"
    assert stat.S_IMODE(left.stat().st_mode) == 0o600
    assert len(left.read_text("utf-8-sig").splitlines()) == 2
    assert not any(data.drafts.iterdir())


async def test_going_back_and_forth_leaves_no_screens_behind(data: DataFolder, csv_folder: Path) -> None:
    async with walking(data, csv_folder) as walk:
        await walk.press("enter", "enter", "i")
        for _ in range(3):
            await walk.on(PutRightScreen)
            await walk.press("c")
            await walk.on(PreviewScreen)
            await walk.press("escape")
            await walk.on(PutRightScreen)
            await walk.press("escape")
            await walk.on(MatchScreen)
            await walk.press("i")
        await walk.on(PutRightScreen)
        assert len(walk.app.screen_stack) == 2


async def test_esc_on_every_screen_goes_one_step_back(data: DataFolder, csv_folder: Path) -> None:
    async with walking(data, csv_folder) as walk:
        await walk.press("enter", "enter", "i", "f", "enter", "c")
        for kind in (PreviewScreen, PutRightScreen, MatchScreen, PickFileScreen, WelcomeScreen):
            await walk.on(kind)
            if kind is not WelcomeScreen:
                await walk.press("escape")
        assert "Carry on with pupils.csv" in walk.text
        await walk.press("enter", "i")
        screen = await walk.on(PutRightScreen)
        assert screen.draft.edits.cells == {(5, "gender"): "M", (6, "gender"): "M"}


async def test_keys_that_arrive_all_at_once_go_where_they_belong(data: DataFolder, csv_folder: Path) -> None:
    async with walking(data, csv_folder / "elsewhere") as walk:
        walk.send("enter", "tab", *str(csv_folder / "pupils.csv"), "enter", "i")
        await walk.on(PutRightScreen)
        walk.send("f", "enter", "enter", "home", *["delete"] * 10, *"28/02/2013", "enter", "l")
        await walk.settle()
        screen = walk.screen(PutRightScreen)
        assert screen.draft.edits.cells[7, "date_of_birth"] == "28/02/2013"
        assert screen.draft.edits.left_out == {9}
