"""Administration: people are searched, sorted, edited, moved, added and removed, and all of that is undone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.widgets import Input, OptionList

from backdrop_tui.people.changes import change_people
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.admin.administration import AdministrationScreen
from backdrop_tui.tui.screens.admin.import_history import ImportHistoryScreen
from backdrop_tui.tui.screens.admin.people import PeopleScreen
from backdrop_tui.tui.screens.admin.person import PersonScreen
from backdrop_tui.tui.screens.dialogs.choose import ChooseScreen
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen
from backdrop_tui.tui.screens.wizard.welcome import WelcomeScreen
from tests.support.imports import colleague, import_people, pupil
from tests.support.made_up import STAFF, STUDENTS
from tests.support.walk import Walk, walking

NAMES = ("Abbott", "Baker", "Chaudhry", "Dunn")


@pytest.fixture
def people(data: DataFolder) -> DataFolder:
    """A folder with four students and three members of staff."""
    with School(data) as school:
        import_people(school, *(pupil(name, registration_group="7A", year_group=str(7 + n)) for n, name in enumerate(NAMES)))  # fmt: skip
        import_people(
            school,
            colleague("Khan", "SLTs"),
            colleague("Lloyd", "Teachers"),
            colleague("Marsh", "TAs"),
            kind=STAFF,
        )
    return data


@asynccontextmanager
async def administering(
    data: DataFolder, kind: RecordKind = STUDENTS
) -> AsyncIterator[tuple[Walk, PeopleScreen]]:
    """Open the table of everyone of one kind."""
    async with walking(data) as walk:
        await walk.until(lambda: walk.app.progress is not None)
        screen = PeopleScreen(kind)
        walk.app.push_screen(screen)
        await walk.until(lambda: screen.is_attached and not screen.holds_keys and screen.table.row_count)
        yield walk, screen


def stored(data: DataFolder, key: str, kind: RecordKind = STUDENTS) -> list[str | None]:
    """One field of everyone, in the order of their surnames."""
    with School(data) as school:
        return school.stored(kind).sort("surname")[key].to_list()


async def test_it_is_reached_from_the_steps_and_from_the_action_plan(people: DataFolder) -> None:
    async with walking(people) as walk:
        await walk.until(lambda: walk.app.progress is not None)
        await walk.press("f3", "end", "enter")
        await walk.on(AdministrationScreen)
        assert "4 students and 3 staff are stored." in walk.text
        await walk.press("enter")
        await walk.on(PeopleScreen)
        await walk.until(lambda: "Abbott" in walk.text)
        await walk.press("escape")
        await walk.on(AdministrationScreen)
        await walk.press("escape")
        await walk.on(WelcomeScreen)


async def test_it_is_locked_until_someone_has_signed_up(tmp_path_factory: pytest.TempPathFactory) -> None:
    async with walking(DataFolder(tmp_path_factory.mktemp("empty") / "data")) as walk:
        await walk.until(lambda: walk.app.progress is not None)
        await walk.press("f3", "end", "enter")
        await walk.until(lambda: "“Administration” is locked." in walk.text)
        assert isinstance(walk.app.screen, WelcomeScreen)


async def test_a_search_lists_matching_people_and_esc_ends_it(people: DataFolder) -> None:
    async with administering(people) as (walk, screen):
        await walk.press("slash", *"chau 9", "enter")
        await walk.until(lambda: screen.table.people.height == 1)
        assert "1 with “chau 9”" in walk.text
        assert screen.table.has_focus
        await walk.press("escape")
        await walk.until(lambda: screen.table.people.height == 4)
        assert walk.app.screen is screen


async def test_s_sorts_by_the_column_and_again_the_other_way_round(people: DataFolder) -> None:
    async with administering(people) as (walk, screen):
        screen.table.go_to(0, "year_group")
        await walk.press("s")
        await walk.until(lambda: "▲Year" in walk.text)
        await walk.press("s")
        await walk.until(lambda: "▼Year" in walk.text)
        assert screen.table.people["surname"].to_list() == list(reversed(NAMES))
        assert screen.table.selected_person is not None
        assert screen.table.selected_person["surname"] == "Abbott", "The cursor stays on its person."


async def test_a_cell_is_edited_checked_stored_and_undone(people: DataFolder) -> None:
    async with administering(people) as (walk, screen):
        screen.table.go_to(0, "date_of_birth")
        await walk.press("enter")
        await walk.replace("31/02/2014")
        await walk.press("enter")
        await walk.until(lambda: "is not a real date" in walk.text)
        assert screen.editor.is_open
        assert screen.editor.text.value == "31/02/2014"
        await walk.replace("1.3.14")
        await walk.press("enter")
        await walk.until(lambda: screen.history.done)
        assert stored(people, "date_of_birth")[0] == "2014-03-01"
        await walk.until(lambda: "01/03/2014" in walk.text)
        await walk.press("u")
        await walk.until(lambda: not screen.history.done and "Undone: " in walk.text)
        assert stored(people, "date_of_birth")[0] == "2014-05-06"


async def test_undone_and_redone_changes_name_people_as_they_are_called_then(people: DataFolder) -> None:
    async with administering(people) as (walk, screen):
        screen.table.go_to(0, "surname")
        await walk.press("enter")
        await walk.replace("Zander")
        await walk.press("enter")
        for key, notice in (("u", "Abbott was changed"), ("r", "Zander was changed")):
            await walk.press(key)
            assert notice in walk.text_of("#message")
        await walk.press("d", "left", "enter")
        for key in ("u", "r"):
            await walk.press(key)
            assert "Zander was removed" in walk.text_of("#message")


async def test_a_warning_has_to_be_confirmed(people: DataFolder) -> None:
    async with administering(people) as (walk, screen):
        screen.table.go_to(0, "surname")
        await walk.press("enter")
        await walk.replace("Abbott9")
        await walk.press("enter")
        await walk.on(ConfirmScreen)
        await walk.press("enter")
        await walk.on(PeopleScreen)
        assert screen.editor.text.value == "Abbott9"
        await walk.press("enter")
        await walk.on(ConfirmScreen)
        await walk.press("left", "enter")
        await walk.until(lambda: screen.history.done)
        assert stored(people, "surname")[0] == "Abbott9"


async def test_everyone_marked_is_moved_to_another_group(people: DataFolder) -> None:
    async with administering(people, STAFF) as (walk, screen):
        await walk.press("space", "space", "g")
        await walk.on(ChooseScreen)
        assert "2 staff" in walk.text
        walk.app.screen.query_one(OptionList).highlighted = 0
        await walk.press("enter")
        await walk.until(lambda: screen.history.done)
        assert stored(people, "user_group", STAFF) == ["DSLs", "DSLs", "TAs"]
        await walk.until(lambda: walk.text.count("DSLs") == 2)


async def test_the_keys_for_staff_fit_in_80_columns(people: DataFolder) -> None:
    async with administering(people, STAFF) as (walk, _):
        await walk.until(lambda: "f1 Help" in walk.footer)


async def test_removing_asks_first_and_can_be_undone(people: DataFolder) -> None:
    async with administering(people) as (walk, screen):
        await walk.press("m", "d")
        await walk.on(ConfirmScreen)
        assert "Remove 4 students?" in walk.text
        await walk.press("enter")
        await walk.on(PeopleScreen)
        assert screen.table.people.height == 4
        await walk.press("d")
        await walk.on(ConfirmScreen)
        await walk.press("left", "enter")
        await walk.until(lambda: not screen.table.people.height)
        assert "Nobody is stored yet." in walk.text
        assert stored(people, "surname") == []
        await walk.press("u")
        await walk.until(lambda: screen.table.people.height == 4)
        assert stored(people, "surname") == list(NAMES)


async def search_for(walk: Walk, screen: PeopleScreen, words: str, count: int) -> None:
    """Search for words, and go to the table once it lists so many people."""
    await walk.press("slash", *words, "enter")
    await walk.until(lambda: screen.table.people.height == count)


async def test_removing_spares_marked_people_hidden_by_the_search(people: DataFolder) -> None:
    async with administering(people) as (walk, screen):
        await walk.press("space", "space")
        await search_for(walk, screen, "chaudhry", 1)
        assert "2 marked (2 not in this list)" in walk.text_of("#state")
        await walk.press("d")
        await walk.on(ConfirmScreen)
        assert "Remove 1 student?" in walk.text
        assert "Zoë Chaudhry" in walk.text
        assert "2 marked people aren't in this list and won't be changed." in walk.text
        await walk.press("left", "enter")
        await walk.on(PeopleScreen)
        await walk.until(lambda: screen.history.done)
        assert stored(people, "surname") == ["Abbott", "Baker", "Dunn"]
        await walk.press("escape")
        await walk.until(lambda: screen.table.people.height == 3)
        assert "2 marked" in walk.text_of("#state")


async def test_everyone_who_would_be_removed_is_listed_and_named(people: DataFolder) -> None:
    async with administering(people) as (walk, screen):
        await walk.press("m")
        await search_for(walk, screen, "b", 2)
        assert "4 marked (2 not in this list)" in walk.text_of("#state")
        await walk.press("d")
        await walk.on(ConfirmScreen)
        assert "Remove 2 students?" in walk.text
        assert "Zoë Abbott and Zoë Baker" in walk.text
        await walk.press("escape", "escape", "d")
        await walk.on(ConfirmScreen)
        assert "Zoë Abbott, Zoë Baker, Zoë Chaudhry and Zoë Dunn" in walk.text
        assert "in this list" not in walk.text


async def test_mark_all_removes_only_marks_in_the_list(people: DataFolder) -> None:
    async with administering(people) as (walk, screen):
        await walk.press("m")
        await search_for(walk, screen, "dunn", 1)
        await walk.press("m")
        assert "3 marked (3 not in this list)" in walk.text_of("#state")


async def test_moving_to_another_group_names_those_who_move_and_spares_hidden_people(
    people: DataFolder,
) -> None:
    async with administering(people, STAFF) as (walk, screen):
        await walk.press("m")
        await search_for(walk, screen, "l", 2)
        await walk.press("g")
        await walk.on(ChooseScreen)
        assert "Jo Khan and Jo Lloyd" in walk.text
        assert "1 marked person isn't in this list and won't be changed." in walk.text
        walk.app.screen.query_one(OptionList).highlighted = 0
        await walk.press("enter")
        await walk.until(lambda: screen.history.done)
        assert stored(people, "user_group", STAFF) == ["DSLs", "DSLs", "TAs"]


async def test_enter_on_a_user_group_changes_only_the_person_whose_cell_it_is(people: DataFolder) -> None:
    async with administering(people, STAFF) as (walk, screen):
        await walk.press("space", "space")
        screen.table.go_to(2, "user_group")
        await walk.press("enter")
        await walk.on(ChooseScreen)
        assert "Jo Marsh" in walk.text
        walk.app.screen.query_one(OptionList).highlighted = 0
        await walk.press("enter")
        await walk.until(lambda: screen.history.done)
        assert stored(people, "user_group", STAFF) == ["SLTs", "Teachers", "DSLs"]


async def test_a_person_is_added_and_stored_at_once(people: DataFolder) -> None:
    async with administering(people) as (walk, screen):
        await walk.press("a")
        form = await walk.on(PersonScreen)
        for value in ("Eve", "Evans", "31/02/2014", "", "7", "7A", ""):
            await walk.press(*value, "enter")
        await walk.until(lambda: "is not a real date" in walk.text)
        assert walk.focus is form.form.input_of("date_of_birth")
        form.form.input_of("date_of_birth").value = "01/03/2014"
        await walk.press("ctrl+s")
        await walk.until(lambda: "Eve Evans is stored" in walk.text)
        assert stored(people, "surname") == [*NAMES, "Evans"]
        await walk.press(*"half", "escape")
        await walk.on(ConfirmScreen)
        await walk.press("left", "enter")
        await walk.on(PeopleScreen)
        await walk.until(lambda: screen.table.people.height == 5)
        await walk.press("u")
        await walk.until(lambda: screen.table.people.height == 4)


async def test_someone_else_s_changes_are_not_overwritten(people: DataFolder) -> None:
    async with administering(people) as (walk, screen):
        with School(people) as other:
            change_people(other, STUDENTS, [screen.table.people["id"][0]], {"gender": "F"})
        screen.table.go_to(0, "registration_group")
        await walk.press("enter")
        await walk.replace("8C")
        await walk.press("enter")
        await walk.until(lambda: screen.history.done)
        assert (stored(people, "gender")[0], stored(people, "registration_group")[0]) == ("F", "8C")


async def test_names_with_control_sequences_are_harmless(data: DataFolder) -> None:
    with School(data) as school:
        import_people(school, pupil("[red]\x1b[2J[/b]"))
    async with administering(data) as (walk, _screen):
        assert "[red]" in walk.text
        assert "\x1b" not in walk.text
        await walk.press("d")
        await walk.on(ConfirmScreen)
        assert "[red]" in walk.text


async def test_the_import_history_shows_details_and_undoes_the_last_import(people: DataFolder) -> None:
    async with walking(people) as walk:
        await walk.until(lambda: walk.app.progress is not None)
        walk.app.push_screen(ImportHistoryScreen())
        screen = await walk.on(ImportHistoryScreen)
        await walk.until(lambda: len(screen.records) == 2)
        await walk.until(lambda: "3 added, 0 updated, 0 unchanged" in walk.text)
        await walk.press("u")
        await walk.on(ConfirmScreen)
        await walk.press("left", "enter")
        await walk.until(lambda: "undone" in walk.text)
        assert stored(people, "surname", STAFF) == []


async def test_esc_without_a_search_goes_back(people: DataFolder) -> None:
    async with administering(people) as (walk, screen):
        assert isinstance(walk.focus, type(screen.table))
        assert not isinstance(walk.focus, Input)
        await walk.press("escape")
        await walk.on(WelcomeScreen)


async def test_ctrl_z_in_the_editor_undoes_only_typing(people: DataFolder) -> None:
    async with administering(people) as (walk, screen):
        change = change_people(
            walk.app.school, STUDENTS, [screen.table.people["id"][0]], {"first_name": "Testa"}
        )
        screen.history.add(change)
        await walk.press("enter", "x", "ctrl+z")
        assert screen.editor.text.value == "Zoë"
        assert "Undo" not in walk.footer
        assert "Search" not in walk.footer
        await walk.press("escape", "slash", "A", "ctrl+z")
        assert "Testa" in stored(people, "first_name")
