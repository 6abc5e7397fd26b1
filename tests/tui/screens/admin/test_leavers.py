"""Administration of leavers: the most urgent first, one key for many, and everything can be undone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

import pytest

from backdrop_tui.people.changes import ChangeHistory
from backdrop_tui.people.leaver_changes import mark_as_left
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.admin.administration import AdministrationScreen
from backdrop_tui.tui.screens.admin.leavers import LeaversScreen
from backdrop_tui.tui.screens.admin.people import PeopleScreen
from backdrop_tui.tui.screens.dialogs.ask_day import AskDayScreen
from backdrop_tui.tui.screens.dialogs.ask_text import AskTextScreen
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen
from tests.support.imports import colleague, import_people, person_id, pupil
from tests.support.made_up import STAFF, STUDENTS
from tests.support.walk import WIDE, Walk, walking

NAMES = ("Abbott", "Baker", "Chaudhry", "Dunn")


@pytest.fixture
def people(data: DataFolder) -> DataFolder:
    """Three students and two members of staff have left, one of them a safeguarding lead; Dunn and Marsh have not."""
    with School(data) as school:
        import_people(school, *(pupil(name, registration_group="7A") for name in NAMES))
        import_people(
            school, colleague("Khan", "Teachers"), colleague("Lloyd", "DSLs"), colleague("Marsh", "TAs"), kind=STAFF
        )  # fmt: skip
        mark_as_left(school, STUDENTS, [person_id(school, name) for name in NAMES[:3]], date(2026, 2, 13))
        mark_as_left(
            school, STAFF, [person_id(school, name, STAFF) for name in ("Khan", "Lloyd")], date(2026, 2, 13)
        )
    return data


@asynccontextmanager
async def listing(
    data: DataFolder, kind: RecordKind = STUDENTS, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[Walk, LeaversScreen]]:
    """Open the list of leavers of one kind."""
    async with walking(data, size=size) as walk:
        screen = LeaversScreen(kind, ChangeHistory())
        walk.app.push_screen(screen)
        await walk.until(lambda: screen.is_attached and screen.listing is not None)
        await walk.settle()
        yield walk, screen


def stored(data: DataFolder, *keys: str) -> list[tuple[str | None, ...]]:
    """What is stored under some keys of the students who have left, in the order of their surnames."""
    with School(data) as school:
        return school.leavers(STUDENTS).sort("surname").select(keys).rows()


def surnames(screen: LeaversScreen) -> list[str]:
    return screen.table.people["surname"].to_list()


async def test_it_is_reached_from_administration(people: DataFolder) -> None:
    async with walking(people) as walk:
        await walk.press("f3", "end", "enter")
        await walk.on(AdministrationScreen)
        assert "1 student, 1 staff and 5 leavers are stored." in walk.text
        await walk.choose("leavers.students")
        leavers = await walk.on(LeaversScreen)
        assert leavers.table.cursor_type == "row", "no cell can be edited"
        await walk.press("escape")
        await walk.on(AdministrationScreen)
        await walk.choose("leavers.staff")
        screen = await walk.on(LeaversScreen)
        assert screen.kind is STAFF


async def test_each_state_has_a_sign_and_words_and_fits_into_80_columns(people: DataFolder) -> None:
    async with listing(people) as (walk, screen):
        assert "3 leavers · ! 3 late · 3 to do · ! 1 former staff to confirm" in walk.text
        row = next(line for line in walk.text.splitlines() if "Abbott" in line)
        assert row.split() == [
            "!",
            "not",
            "asked",
            "yet",
            "20/02/2026",
            "Zoë",
            "Abbott",
            "13/02/2026",
            "•",
            "not",
            "known",
        ]
        assert not screen.table.show_horizontal_scrollbar
        await walk.resize(WIDE)
        await walk.until(lambda: not screen.table.show_horizontal_scrollbar)


async def test_one_key_answers_for_many_and_is_undone(people: DataFolder) -> None:
    async with listing(people) as (walk, screen):
        await walk.press("m")
        assert "■ 3 marked" in walk.text
        await walk.press("n")
        await walk.until(lambda: screen.history.done)
        assert stored(people, "file_state") == [("none",)] * 3
        await walk.until(lambda: "✓ no file" in walk.text)
        assert not screen.table.marked
        await walk.press("u")
        await walk.until(lambda: not screen.history.done)
        assert stored(people, "file_state") == [(None,)] * 3
        await walk.press("ctrl+y")
        await walk.until(lambda: screen.history.done)
        assert stored(people, "file_state") == [("none",)] * 3


async def test_after_an_answer_the_cursor_is_on_the_next_one(people: DataFolder) -> None:
    async with listing(people) as (walk, screen):
        assert surnames(screen) == ["Abbott", "Baker", "Chaudhry"]
        await walk.press("t")
        await walk.until(lambda: screen.history.done)
        await walk.settle()
        await walk.press("n")
        await walk.until(lambda: len(screen.history.done) == 2)
        assert [state for (state,) in stored(people, "file_state")] == ["none", None, None]


async def test_a_file_is_sent_and_received_on_days_that_are_asked_for(people: DataFolder) -> None:
    async with listing(people) as (walk, screen):
        await walk.press("s")
        await walk.on(AskDayScreen)
        assert "Zoë Abbott" in walk.text
        await walk.replace("03/03/2026")
        await walk.press("enter")
        await walk.until(lambda: "can't be in the future" in walk.text)
        await walk.replace("20/2/2026")
        await walk.press("enter")
        await walk.until(lambda: screen.history.done)
        assert stored(people, "file_state", "file_sent_on")[0] == ("sent", "2026-02-20")
        await walk.settle()
        screen.table.go_to(surnames(screen).index("Abbott"))
        await walk.press("r", "enter")
        await walk.until(lambda: len(screen.history.done) == 2)
        assert stored(people, "file_state", "receipt_on")[0] == ("received", "2026-03-02")


async def test_the_new_school_is_noted_for_everyone_marked_in_the_list(people: DataFolder) -> None:
    async with listing(people) as (walk, screen):
        await walk.press("space", "space", "d")
        await walk.on(AskTextScreen)
        await walk.replace("Hill School")
        await walk.press("enter")
        await walk.until(lambda: screen.history.done)
        assert stored(people, "destination") == [("Hill School",), ("Hill School",), (None,)]


async def test_a_view_lists_only_those_whose_new_school_is_not_known(people: DataFolder) -> None:
    async with listing(people) as (walk, screen):
        await walk.press("n", "d")
        await walk.on(AskTextScreen)
        await walk.replace("Hill School")
        await walk.press("enter")
        await walk.until(lambda: len(screen.history.done) == 2)
        await walk.settle()
        await walk.press("v")
        assert screen.view == "outstanding"
        await walk.press("v")
        await walk.until(lambda: len(surnames(screen)) == 2)
        assert "Baker" not in surnames(screen)
        await walk.press("v")
        assert len(surnames(screen)) == 3


async def test_a_search_finds_leavers_and_esc_ends_it(people: DataFolder) -> None:
    async with listing(people) as (walk, screen):
        await walk.press("slash", *"chau", "enter")
        await walk.until(lambda: surnames(screen) == ["Chaudhry"])
        assert "3 leavers · 1 listed · ! 3 late" in walk.text
        await walk.press("escape")
        await walk.until(lambda: len(surnames(screen)) == 3)


async def test_someone_is_brought_back_after_a_question(people: DataFolder) -> None:
    async with listing(people) as (walk, screen):
        await walk.press("b")
        await walk.on(ConfirmScreen)
        await walk.press("left", "enter")
        await walk.until(lambda: screen.history.done)
        assert len(stored(people, "id")) == 2


async def test_the_day_of_leaving_is_corrected(people: DataFolder) -> None:
    async with listing(people) as (walk, screen):
        await walk.press("l")
        await walk.on(AskDayScreen)
        await walk.replace("12/02/2026")
        await walk.press("enter")
        await walk.until(lambda: screen.history.done)
        assert stored(people, "left_on")[0] == ("2026-02-12",)


async def test_a_safeguarding_lead_comes_first_until_confirmed(people: DataFolder) -> None:
    async with listing(people, STAFF) as (walk, screen):
        assert surnames(screen) == ["Lloyd", "Khan"]
        assert "! to be confirmed" in walk.text
        assert screen.check_action("no_file", ()) is False
        await walk.press("c")
        await walk.on(ConfirmScreen)
        await walk.press("left", "enter")
        await walk.until(lambda: "Confirmed: Jo Lloyd." in walk.text)
        await walk.settle()
        assert surnames(screen) == ["Khan", "Lloyd"]
        assert "to confirm" not in walk.text_of("#state")
        await walk.press("v")
        await walk.until(lambda: not surnames(screen))
        await walk.press("c", "b", "l")
        assert walk.app.screen is screen


async def test_x_marks_someone_as_left_and_u_undoes_it(people: DataFolder) -> None:
    async with walking(people) as walk:
        screen = PeopleScreen(STUDENTS)
        walk.app.push_screen(screen)
        await walk.until(lambda: screen.is_attached and not screen.holds_keys and screen.table.row_count)
        await walk.press("x")
        await walk.on(AskDayScreen)
        assert "│ They stay stored" in walk.text, "a sentence of its own, below the name"
        await walk.press("enter")
        await walk.until(lambda: screen.history.done)
        assert stored(people, "left_on")[3] == ("2026-03-02",)
        await walk.until(lambda: not screen.table.row_count)
        await walk.press("u")
        await walk.until(lambda: screen.table.row_count == 1)
        assert len(stored(people, "id")) == 3
