"""What is typed or ticked and not saved is there again after the terminal was lost, and leaves nothing behind otherwise."""

from pathlib import Path

import pytest
from textual.widgets import Input

from backdrop_tui.errors import DataFolderError
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.records.staff import STAFF
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.admin.groups import GroupsScreen
from backdrop_tui.tui.screens.admin.people import PeopleScreen
from backdrop_tui.tui.screens.admin.person import PersonScreen
from backdrop_tui.tui.screens.admin.settings import SettingsScreen
from backdrop_tui.tui.screens.dialogs.ask_text import AskTextScreen
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen
from backdrop_tui.tui.screens.wizard.by_hand import ByHandScreen
from backdrop_tui.tui.screens.wizard.match import MatchScreen
from backdrop_tui.tui.screens.wizard.put_right.replace import ReplaceScreen
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from backdrop_tui.tui.screens.wizard.put_right.values import ValuesScreen
from backdrop_tui.tui.screens.wizard.welcome import WelcomeScreen
from backdrop_tui.tui.shell.base_screens import StepScreen
from tests.support.imports import import_people, pupil
from tests.support.walk import S, Walk, begun, walking


async def cut_off(walk: Walk) -> None:
    """Leave every screen as the app does when its terminal is lost."""
    walk.app._save_and_release_screens()
    while len(walk.app.screen_stack) > 1:
        await walk.app.pop_screen()
    walk.app.clear_notifications()


async def opened(walk: Walk, screen: S) -> S:
    """A screen in front, settled."""
    assert isinstance(screen, StepScreen)
    walk.app.push_screen(screen)
    await walk.until(lambda: screen.is_mounted)
    await walk.settle()
    return screen


def unsaved_files(data: DataFolder) -> list[str]:
    """The files that keep unsaved input."""
    return sorted(path.name for path in data.path.rglob("*") if path.is_file() and "unsaved" in str(path))


@pytest.fixture
def people(data: DataFolder) -> DataFolder:
    """A folder with three students."""
    with School(data) as school:
        import_people(school, *(pupil(name, registration_group="7A") for name in ("Abbott", "Baker", "Dunn")))
    return data


async def test_a_cell_of_a_file_and_find_and_replace(data: DataFolder, draft_id: str) -> None:
    async with walking(data) as walk:
        screen = await opened(walk, PutRightScreen(Draft.open(data, draft_id)))
        screen.browser.show_cell(7, "surname")
        await walk.press("enter", "x", "y")
        text = screen.editor.text.value
        await cut_off(walk)

        screen = await opened(walk, PutRightScreen(Draft.open(data, draft_id)))
        assert (screen.editor.text.value, screen.table.selected_row, screen.table.selected_key) == (
            text,
            7,
            "surname",
        )
        assert "is here again" in walk.notices()[0]
        await walk.press("enter")
        assert screen.draft.edits.cells == {(7, "surname"): text}
        assert unsaved_files(data) == []

        screen.browser.show_cell(5, "gender")
        await walk.press("ctrl+r")
        await walk.on(ReplaceScreen)
        await walk.press("enter", "M", "tab", "space")
        await cut_off(walk)
        screen = await opened(walk, PutRightScreen(Draft.open(data, draft_id)))
        dialog = await walk.on(ReplaceScreen)
        assert (dialog.replacement.find, dialog.replacement.put, dialog.replacement.whole) == (
            "Boy",
            "M",
            False,
        )
        await walk.press("escape")
        assert unsaved_files(data) == []


async def test_all_cells_with_the_same_value(data: DataFolder, draft_id: str) -> None:
    async with walking(data) as walk:
        screen = await opened(walk, PutRightScreen(Draft.open(data, draft_id)))
        screen.browser.show_cell(5, "gender")
        await walk.press("f", "x")
        await cut_off(walk)
        screen = await opened(walk, PutRightScreen(Draft.open(data, draft_id)))
        await walk.replace("F")
        await walk.press("enter")
        assert screen.draft.edits.cells == {(5, "gender"): "F", (6, "gender"): "F"}


async def test_a_value_at_a_glance(data: DataFolder, draft_id: str) -> None:
    async with walking(data) as walk:
        screen = await opened(walk, PutRightScreen(Draft.open(data, draft_id)))
        screen.browser.show_cell(5, "gender")
        await walk.press("g", "enter", "F", "e")
        assert "Boy becomes: Fe" in walk.text
        await cut_off(walk)
        screen = await opened(walk, PutRightScreen(Draft.open(data, draft_id)))
        await walk.on(ValuesScreen)
        assert "Boy becomes: Fe" in walk.text
        assert "is here again" in walk.notices()[0]
        await walk.press("m", "a", "l", "e", "enter")
        assert screen.draft.edits.cells == {(5, "gender"): "Female", (6, "gender"): "Female"}
        assert unsaved_files(data) == []

        await walk.press("enter", "x", "escape")
        assert unsaved_files(data) == []


async def test_an_edit_that_is_cancelled_leaves_nothing(data: DataFolder, draft_id: str) -> None:
    async with walking(data) as walk:
        screen = await opened(walk, PutRightScreen(Draft.open(data, draft_id)))
        await walk.press("enter", "x")
        assert unsaved_files(data) == ["unsaved-PutRightScreen"]
        await walk.press("escape")
        assert unsaved_files(data) == []
        await cut_off(walk)
        screen = await opened(walk, PutRightScreen(Draft.open(data, draft_id)))
        assert not screen.editor.is_open


async def test_a_value_for_every_row(data: DataFolder, tmp_path: Path) -> None:
    path = tmp_path / "class.csv"
    path.write_text("Forename,Surname,DOB\nAda,Okoro,14/03/2012\n")
    draft = begun(data, path, stage="match")
    async with walking(data) as walk:
        screen = await opened(walk, MatchScreen(draft))
        filling = screen._fill(STUDENTS.by_key["registration_group"])
        assert filling is not None
        filling.ask_value()
        await walk.on(AskTextScreen)
        await walk.press("1", "0")
        await cut_off(walk)
        screen = await opened(walk, MatchScreen(Draft.open(data, draft.facts.id)))
        await walk.on(AskTextScreen)
        await walk.press("B", "enter")
        await walk.on(MatchScreen)
        assert "10B in every row" in walk.text
        assert unsaved_files(data) == []


async def test_a_line_typed_in_by_hand(data: DataFolder) -> None:
    draft = begun(data, None)
    async with walking(data) as walk:
        screen = await opened(walk, ByHandScreen(draft))
        await walk.press("A", "d", "a")
        await cut_off(walk)
        screen = await opened(walk, ByHandScreen(Draft.open(data, draft.facts.id)))
        assert (screen.form.values["first_name"], screen.draft.edits.added) == ("Ada", [])
        await walk.press("ctrl+s")
        assert screen.draft.edits.cells[1, "first_name"] == "Ada"
        assert unsaved_files(data) == []


async def test_a_cell_of_a_stored_person(people: DataFolder) -> None:
    async with walking(people) as walk:
        screen = await opened(walk, PeopleScreen(STUDENTS))
        screen.table.go_to(1, "registration_group")
        await walk.press("enter")
        await walk.replace("7")
        await cut_off(walk)
        assert unsaved_files(people) == ["PeopleScreen-students"]
        await opened(walk, PeopleScreen(STAFF))
        await cut_off(walk)
        screen = await opened(walk, PeopleScreen(STUDENTS))
        assert screen.editor.text.value == "7"
        await walk.press("B", "enter")
        await walk.until(lambda: "Changed" in walk.text)
        assert unsaved_files(people) == []
    with School(people) as school:
        assert school.stored(STUDENTS).sort("surname")["registration_group"].to_list() == ["7A", "7B", "7A"]


async def test_a_text_that_was_refused(people: DataFolder) -> None:
    async with walking(people) as walk:
        screen = await opened(walk, PeopleScreen(STUDENTS))
        screen.table.go_to(0, "date_of_birth")
        await walk.press("enter")
        await walk.replace("31/02/2012")
        await walk.press("enter")
        assert screen.editor.is_open
        await cut_off(walk)
        screen = await opened(walk, PeopleScreen(STUDENTS))
        assert screen.editor.text.value == "31/02/2012"


async def test_a_text_that_could_not_be_stored_is_still_in_the_editor(
    people: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise DataFolderError("There is no space left.")

    monkeypatch.setattr("backdrop_tui.tui.screens.admin.people.check_person_change", fail)
    async with walking(people) as walk:
        screen = await opened(walk, PeopleScreen(STUDENTS))
        screen.table.go_to(0, "registration_group")
        await walk.press("enter")
        await walk.replace("7B")
        await walk.press("enter")
        assert walk.notices() == ["There is no space left."]
        assert (screen.editor.is_open, screen.editor.text.value) == (True, "7B")


async def test_leaving_on_purpose_asks_and_then_leaves_nothing(people: DataFolder) -> None:
    async with walking(people) as walk:
        screen = await opened(walk, PeopleScreen(STUDENTS))
        screen.table.go_to(0, "surname")
        await walk.press("enter", "x", "ctrl+q")
        await walk.on(ConfirmScreen)
        assert "hasn't been stored yet" in walk.text
        await walk.press("left", "enter")
        await walk.until(lambda: not walk.app.is_running)
    assert unsaved_files(people) == []


async def test_a_new_person(people: DataFolder) -> None:
    fields = STUDENTS.template_fields
    async with walking(people) as walk:
        await opened(walk, PersonScreen(STUDENTS, fields, None))
        await walk.press("A", "d", "a", "enter", "L")
        await cut_off(walk)
        screen = await opened(walk, PersonScreen(STUDENTS, fields, None))
        assert (screen.form.values["first_name"], screen.form.values["surname"]) == ("Ada", "L")
        await walk.press("escape")
        await walk.on(ConfirmScreen)
        await walk.press("left", "enter")
        await walk.on(WelcomeScreen)
        assert unsaved_files(people) == []


async def test_ticks_of_user_groups(data: DataFolder) -> None:
    async with walking(data) as walk:
        screen = await opened(walk, GroupsScreen())
        await walk.press("space", "down", "space")
        changes = screen.rights.changes
        assert screen.rights.unsaved == 2
        await cut_off(walk)
        screen = await opened(walk, GroupsScreen())
        assert screen.rights.changes == changes
        assert "2 ticks are not saved yet" in walk.text_of("#state")
        await walk.press("ctrl+s")
        assert unsaved_files(data) == []
        assert screen.rights.unsaved == 0


async def test_a_setting(data: DataFolder) -> None:
    async with walking(data) as walk:
        screen = await opened(walk, SettingsScreen())
        await walk.press("enter")
        await walk.replace("St Anne")
        await cut_off(walk)
        screen = await opened(walk, SettingsScreen())
        assert isinstance(walk.focus, Input)
        assert walk.focus.value == "St Anne"
        await walk.press("'", "s", "enter")
        await walk.until(lambda: not screen.editor.is_open)
        assert "St Anne's" in walk.text
        assert unsaved_files(data) == []
