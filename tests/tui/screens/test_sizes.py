"""Terminals of different sizes, and changes of size."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from textual.containers import Container

from backdrop_tui.records.staff import STAFF
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.flow import open_turn
from backdrop_tui.tui.screens.admin.administration import AdministrationScreen
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen
from backdrop_tui.tui.screens.turn.turn import TurnScreen
from backdrop_tui.tui.screens.wizard.by_hand import ByHandScreen
from backdrop_tui.tui.screens.wizard.columns import ColumnsScreen
from backdrop_tui.tui.screens.wizard.match import MatchScreen
from backdrop_tui.tui.screens.wizard.pick_file import PickFileScreen
from backdrop_tui.tui.screens.wizard.preview import PreviewScreen
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from backdrop_tui.tui.screens.wizard.welcome import WelcomeScreen
from backdrop_tui.tui.widgets.outcome.bars import BLOCK
from backdrop_tui.tui.widgets.problem_list import ProblemList
from backdrop_tui.tui.widgets.tables.window_table import WindowTable
from tests.support.imports import import_people, pupil
from tests.support.made_up import student, table
from tests.support.walk import NARROW, WIDE, Walk, begun, walking

if TYPE_CHECKING:
    from textual.screen import Screen

JUST_VERY_WIDE, VERY_WIDE = (150, 45), (160, 45)
VERY_WIDEST = (200, 60)
SMALL, SMALLEST = (60, 20), (60, 15)
SHOWN_ROWS = 4
"""The fewest lines of a table, with its headings, that it can still be used with."""


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture
def drafts(tmp_path: Path) -> DataFolder:
    """A data folder for the drafts that are shown; the app that is shared has another one."""
    return DataFolder(tmp_path / "drafts")


async def test_rows_of_students_fit_into_every_width(
    shared_walk: Walk, drafts: DataFolder, tmp_path: Path
) -> None:
    path = tmp_path / "many.csv"
    path.write_bytes(table(student(n, gender="Boy") for n in range(60)))
    draft = begun(drafts, path)
    walk = shared_walk
    walk.app.push_screen(PutRightScreen(draft))
    screen = await walk.on(PutRightScreen)
    await walk.press("n", "n", "n")
    for size in (NARROW, WIDE, JUST_VERY_WIDE, VERY_WIDE, NARROW):
        await walk.resize(size)
        await walk.until(lambda: not screen.table.show_horizontal_scrollbar)
        assert screen.table.show_vertical_scrollbar
        assert screen.table.selected_row == 5
        assert "✎" in walk.text


async def test_set_up_progress_is_a_menu_in_every_wide_terminal(shared_walk: Walk) -> None:
    for size in (WIDE, JUST_VERY_WIDE, (200, 60)):
        await shared_walk.resize(size)
        await shared_walk.until(lambda: "Set-up progress" in shared_walk.text)
    assert "Review system settings to do" in shared_walk.text
    await shared_walk.resize(NARROW)
    assert "Set-up: 2 of 7 done" in shared_walk.text


async def test_a_long_hint_about_a_column_to_ask_for_stays_in_line(shared_walk: Walk, tmp_path: Path) -> None:
    shared_walk.app.push_screen(ColumnsScreen(tmp_path))
    await shared_walk.on(ColumnsScreen)
    lines = shared_walk.text.splitlines()
    first, second = (next(line for line in lines if text in line) for text in ("DSLs,", "Admin Team,"))
    assert first.index("DSLs,") == second.index("Admin Team,") == len(second) - len(second.lstrip())


async def test_the_kinds_of_problems_are_above_the_rows_or_beside_them(
    shared_walk: Walk, drafts: DataFolder, pupils_csv: Path
) -> None:
    draft = begun(drafts, pupils_csv)
    walk = shared_walk
    walk.app.push_screen(PutRightScreen(draft))
    screen = await walk.on(PutRightScreen)
    work, kinds = screen.query_one("#work", Container), screen.query_one(ProblemList)
    assert kinds.size.width >= work.size.width - 2
    await walk.resize(VERY_WIDE)
    assert kinds.region.right <= screen.table.region.x
    assert kinds.region.width < 50


async def test_every_screen_keeps_its_focus_at_every_size(data: DataFolder, csv_folder: Path) -> None:
    async with walking(data, csv_folder) as walk:
        keys: dict[type[Screen[Any]], tuple[str, ...]] = {
            WelcomeScreen: (),
            PickFileScreen: ("enter",),
            MatchScreen: ("enter",),
            PutRightScreen: ("i",),
            PreviewScreen: ("c",),
        }
        for kind, to_get_there in keys.items():
            await walk.press(*to_get_there)
            await walk.on(kind)
            for size in (WIDE, SMALL, VERY_WIDE, NARROW):
                focus = walk.focus
                await walk.resize(size)
                walk.screen(kind)
                assert walk.focus is focus


async def test_a_small_terminal_can_still_be_used(data: DataFolder, csv_folder: Path) -> None:
    async with walking(data, csv_folder, size=SMALL) as walk:
        await walk.press("enter", "enter")
        await walk.on(MatchScreen)
        await walk.press("i")
        screen = await walk.on(PutRightScreen)
        assert screen.table.size.height >= 4
        await walk.press("n", "n", "n")
        assert screen.table.selected_key == "upn"
        column = screen.table._get_column_region(screen.table.cursor_column)
        # The table scrolls to the cursor once new rows are laid out.
        await walk.until(lambda: column.right <= screen.table.scroll_x + screen.table.size.width)
        await walk.press("enter")
        assert screen.editor.text.size.width > 10


async def test_the_smallest_terminal_shows_rows_and_the_key_that_leads_on(
    data: DataFolder, csv_folder: Path
) -> None:
    async with walking(data, csv_folder, size=SMALLEST) as walk:
        await walk.choose("students.csv")
        await walk.on(PickFileScreen)
        assert all(text in walk.text for text in ("pupils.csv", "First Name", "File:"))
        await walk.press("enter")
        match = await walk.on(MatchScreen)
        assert match.table.size.height >= SHOWN_ROWS
        assert "Press i to import" in walk.text
        await walk.press("i")
        screen = await walk.on(PutRightScreen)
        assert screen.table.size.height >= SHOWN_ROWS
        assert "t takes both" in walk.text
        await walk.press("enter")
        assert screen.editor.text.size.width > 10
        assert screen.table.size.height >= 2
        await walk.press("escape", "c")
        await walk.on(PreviewScreen)
        assert all(text in walk.text for text in ("will be added", "PgDn shows more", "Complete: store"))
        await walk.back_to_start()
        await walk.resize(SMALLEST)
        walk.app.push_screen(AdministrationScreen())
        await walk.on(AdministrationScreen)
        assert all(title in walk.text for title in ("Students", "Data care", "Your account"))


async def test_however_small_the_terminal_is_a_question_shows_its_buttons(shared_walk: Walk) -> None:
    walk = shared_walk
    walk.app.push_screen(ConfirmScreen("Erase?", "A long explanation.\n" * 20, "Erase", "Keep"))
    await walk.on(ConfirmScreen)
    for size in (SMALLEST, SMALL, NARROW):
        await walk.resize(size)
        assert "Keep" in walk.text, f"{size}"
    await walk.press("escape")


async def test_bars_stay_in_their_lines_when_the_size_changes(data: DataFolder, csv_folder: Path) -> None:
    with School(data) as school:
        import_people(
            school, *(pupil(name, year_group=str(n)) for n, name in enumerate(("Ash", "Bee", "Cox"), 7))
        )
    async with walking(data, csv_folder) as walk:
        await walk.choose("students.csv")
        await walk.press("enter", "i", "c")
        await walk.on(PreviewScreen)
        await _bars_stay_in_their_lines(walk)
        await walk.back_to_start()
        open_turn(walk.app, lambda: None)
        await walk.on(TurnScreen)
        await _bars_stay_in_their_lines(walk)


async def _bars_stay_in_their_lines(walk: Walk) -> None:
    """Each bar is behind the number that it stands for, and reaches no edge, whichever size was there before."""
    for size in (WIDE, NARROW, VERY_WIDEST, NARROW, WIDE):
        await walk.resize(size)
        await walk.until(lambda: any(BLOCK in line for line in walk.text.splitlines()))
        lines = [line for line in walk.text.splitlines() if BLOCK in line]
        for line in lines:
            assert re.match(rf"[^{BLOCK}]*\d +{BLOCK}", line), f"{size}: {line}"


async def test_the_rows_of_staff_fit_too(shared_walk: Walk, drafts: DataFolder, tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text("First Name,Surname,Job Role,User Group,Email\nUna,Byrne,Teacher,,una@example\n")
    draft = begun(drafts, path, STAFF)
    walk = shared_walk
    walk.app.push_screen(PutRightScreen(draft))
    screen = await walk.on(PutRightScreen)
    assert screen.table.virtual_size.width <= screen.table.size.width


async def test_the_list_of_people_typed_in_uses_the_width(shared_walk: Walk, drafts: DataFolder) -> None:
    walk = shared_walk
    walk.app.push_screen(ByHandScreen(begun(drafts, None, STUDENTS)))
    screen = await walk.on(ByHandScreen)
    assert "Nobody yet." in walk.text
    await walk.press("A", "ctrl+s")
    table = screen.query_one(WindowTable)
    await walk.until(lambda: table.row_count == 1 and table.virtual_size.width > 0)
    assert "Nobody yet." not in walk.text
    narrow = table.virtual_size.width
    await walk.resize(VERY_WIDE)
    assert table.virtual_size.width > narrow


async def test_a_long_name_of_the_school_leaves_room_for_the_steps(
    data: DataFolder, pupils_csv: Path
) -> None:
    with School(data) as school:
        school.settings.put("organisation", "St Mary’s and St Joseph’s Catholic Voluntary Academy")
    draft = begun(data, pupils_csv, stage="match")
    async with walking(data) as walk:
        walk.app.push_screen(MatchScreen(draft))
        await walk.on(MatchScreen)
        first = walk.text.splitlines()[0]
        assert first.startswith(" St Mary’s and")
        assert first.endswith("Complete")
        await walk.resize(VERY_WIDE)
        assert "Voluntary Academy  Students" in walk.text
