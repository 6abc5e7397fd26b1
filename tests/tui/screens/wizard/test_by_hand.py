"""Adding people by hand, row by row."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.widgets import Input, OptionList

from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.staff import STAFF
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.dialogs.choose import ChooseScreen
from backdrop_tui.tui.screens.wizard.by_hand import ByHandScreen
from backdrop_tui.tui.screens.wizard.preview import PreviewScreen
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from backdrop_tui.tui.screens.wizard.summary import SummaryScreen
from backdrop_tui.tui.screens.wizard.welcome import WelcomeScreen
from tests.support.made_up import student
from tests.support.walk import Walk, begun, walking


@asynccontextmanager
async def by_hand(data: DataFolder, kind: RecordKind = STUDENTS) -> AsyncIterator[tuple[Walk, ByHandScreen]]:
    """The form, empty."""
    draft = begun(data, None, kind)
    async with walking(data) as walk:
        screen = ByHandScreen(draft)
        walk.app.push_screen(screen)
        await walk.on(ByHandScreen)
        yield walk, screen


async def fill_in(walk: Walk, *values: str) -> None:
    """Fill in a form, with Enter behind each value."""
    for value in values:
        await walk.replace(value)
        await walk.press("enter")


async def test_enter_goes_through_the_form_and_saves_the_row(data: DataFolder) -> None:
    async with by_hand(data) as (walk, screen):
        assert isinstance(walk.focus, Input)
        assert walk.focus.id == "first_name"
        await fill_in(walk, *student(0).values())
        assert "1 student so far. Row 1 is saved." in walk.text_of("#message")
        assert walk.focus.id == "first_name"
        assert walk.focus.value == ""
        assert len(screen.draft.edits.added) == 1
        assert "Amira" in walk.text


async def test_each_field_is_checked_as_it_is_left(data: DataFolder) -> None:
    async with by_hand(data) as (walk, screen):
        await walk.press("tab")
        assert "missing" not in walk.text_of("#message")  # nothing at all is typed in yet
        await walk.press("shift+tab")
        await fill_in(walk, "Amira", "", "31/02/2014", "Boy")
        assert not screen.draft.edits.added
        message = walk.text_of("#message")
        assert message.startswith("! Surname is missing.")
        assert "! 31/02/2014 is not a real date" in message
        assert "can't be stored as a gender" in message
        assert "Suggested: M." in message
        await walk.press("shift+tab")
        await walk.replace("M")
        await walk.press("enter")
        assert "gender" not in walk.text_of("#message")


async def test_problems_of_a_row_are_shown_and_the_row_can_be_changed(data: DataFolder) -> None:
    async with by_hand(data) as (walk, screen):
        await fill_in(walk, *student(0, date_of_birth="31/02/2014").values())
        assert "is not a real date" in walk.text_of("#message")
        await walk.press("f2", "enter")
        assert screen.row == 1
        assert screen.query_one("#date_of_birth", Input).value == "31/02/2014"
        await fill_in(walk, *student(0).values())
        assert "! " not in walk.text_of("#message")
        assert screen.draft.edits.added == [1]
        await walk.press("ctrl+z")
        assert screen.draft.edits.cells[1, "date_of_birth"] == "31/02/2014"


async def test_a_row_undone_while_it_is_edited_can_be_saved_again(data: DataFolder) -> None:
    async with by_hand(data) as (walk, screen):
        await fill_in(walk, *student(0).values())
        await walk.press("f2", "enter", "ctrl+z")
        assert not screen.draft.edits.added
        await walk.press("ctrl+s")
        assert screen.draft.edits.added == [1]
        assert "1 student so far" in walk.text_of("#message")


async def test_added_rows_can_be_undone_while_they_are_fixed(data: DataFolder) -> None:
    async with walking(data) as walk:
        await walk.choose("students.hand")
        await walk.on(ByHandScreen)
        await fill_in(walk, *student(0, date_of_birth="x").values())
        await fill_in(walk, *student(1, date_of_birth="x").values())
        await walk.press("ctrl+n")
        screen = await walk.on(PutRightScreen)
        await walk.until(lambda: screen.review is not None)
        await walk.press("u")
        assert "1 row: 0 ready" in walk.text_of("#state")
        await walk.press("u")
        assert "0 rows" in walk.text_of("#state")
        await walk.press("r")
        assert "1 row: 0 ready" in walk.text_of("#state")


async def test_next_says_if_nobody_is_typed_in_yet(data: DataFolder) -> None:
    async with by_hand(data) as (walk, screen):
        assert screen.check_action("undo", ()) is None
        await walk.press("ctrl+s")
        assert "You haven't typed anything in yet" in walk.text_of("#message")
        await walk.press("ctrl+n")
        assert "Nobody has been typed in yet" in walk.text_of("#message")
        assert walk.screen(ByHandScreen) is screen


async def test_people_added_by_hand_are_stored_in_the_end(data: DataFolder) -> None:
    async with walking(data) as walk:
        await walk.choose("students.hand")
        await walk.on(ByHandScreen)
        await fill_in(walk, *student(0).values())
        await walk.replace("Ben")
        await walk.press("ctrl+n")
        screen = await walk.on(PutRightScreen)
        assert screen.draft.edits.added == [1, 2]
        assert "Put right" in walk.text
        await walk.press("escape")
        await walk.on(ByHandScreen)
        await walk.press("ctrl+n")
        await walk.on(PutRightScreen)
        await walk.press("l", "c")
        await walk.on(PreviewScreen)
        await walk.press("enter")
        await walk.on(SummaryScreen)
        await walk.press("enter", "escape")
        await walk.on(WelcomeScreen)
        assert "Stored so far: 1 student" in walk.text_of("#summary")
    assert not any(data.drafts.iterdir())


async def test_leaving_the_form_keeps_its_rows(data: DataFolder) -> None:
    async with walking(data) as walk:
        await walk.choose("staff.hand")
        await walk.on(ByHandScreen)
        await fill_in(walk, "Una", "Byrne", "Teacher", "Teachers", "")
        await walk.press("escape")
        await walk.on(WelcomeScreen)
        assert "Carry on with staff by hand" in walk.text
        await walk.press("enter")
        screen = await walk.on(ByHandScreen)
        assert screen.draft.kind is STAFF
        assert "Byrne" in walk.text


async def test_esc_keeps_an_unfinished_row(data: DataFolder) -> None:
    async with by_hand(data) as (walk, screen):
        await walk.replace("Amira")
        await walk.press("escape")
        assert screen.draft.edits.cells[1, "first_name"] == "Amira"


async def test_a_year_group_is_suggested_from_the_date_of_birth(data: DataFolder) -> None:
    async with by_hand(data) as (walk, screen):
        await fill_in(walk, "Una", "Byrne", "14/03/2012", "F")
        text_input = screen.query_one("#year_group", Input)
        assert walk.focus is text_input
        assert text_input.placeholder == "↓ to choose; suggested: 9"


async def test_a_group_is_suggested_and_chosen_from_a_list(data: DataFolder) -> None:
    async with by_hand(data, STAFF) as (walk, screen):
        await fill_in(walk, "Una", "Byrne", "School Bursar")
        text_input = screen.query_one("#user_group", Input)
        assert walk.focus is text_input
        assert text_input.placeholder == "↓ to choose; suggested: School Business Manager"
        await walk.until(lambda: "f4 Choose" in walk.footer)
        await walk.press("down")
        choices = await walk.on(ChooseScreen)
        assert "School Business Manager (suggested)" in walk.text
        assert "Governors" in walk.text
        assert choices.query_one(OptionList).highlighted == 1
        await walk.press("enter")
        assert text_input.value == "School Business Manager"
        assert walk.focus is screen.query_one("#email", Input)
        await walk.press("enter")
        assert "Row 1 is saved." in walk.text_of("#message")
        assert not screen.query_one("#user_group", Input).placeholder.startswith("↓")


async def test_a_new_group_is_explained(data: DataFolder) -> None:
    async with by_hand(data, STAFF) as (walk, screen):
        await fill_in(walk, "Una", "Byrne", "Mentor", "Mentors", "")
        assert "It will be created with the same rights as Teachers." in walk.text_of("#message")
        await walk.press("ctrl+n")
        assert screen.draft.edits.added == [1]


async def test_year_groups_can_be_chosen_too(data: DataFolder) -> None:
    async with by_hand(data) as (walk, screen):
        await fill_in(walk, "Amira", "O'Neill", "01/02/2014", "F")
        await walk.press("f4")
        await walk.on(ChooseScreen)
        assert "Reception" in walk.text
        await walk.press("escape")
        assert screen.query_one("#year_group", Input).value == ""
        await walk.press("f4", "down", "enter")
        assert screen.query_one("#year_group", Input).value == "N2"


async def test_ctrl_z_clears_the_form_before_it_undoes_a_row(data: DataFolder) -> None:
    async with by_hand(data) as (walk, screen):
        await fill_in(walk, *student(0).values())
        await walk.replace("Bobb")
        await walk.press("ctrl+z")
        assert screen.draft.edits.added == [1]
        assert not any(screen.form.values.values())
        assert "What you typed has been cleared." in walk.text_of("#message")
        await walk.press("ctrl+z")
        assert screen.draft.edits.added == []
