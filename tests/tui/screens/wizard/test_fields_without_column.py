"""Fields that no column goes to, on the Match screen."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.widgets import Button, Input, OptionList

from backdrop_tui.intake.matching.fills import WORKED_OUT, Fill
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school.remembered_matching import remember_matching
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.dialogs.ask_text import AskTextScreen
from backdrop_tui.tui.screens.dialogs.choose import ChooseScreen
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen
from backdrop_tui.tui.screens.wizard.match import MatchScreen
from backdrop_tui.tui.screens.wizard.pick_file import PickFileScreen
from tests.support.made_up import STAFF, STUDENTS
from tests.support.walk import Walk, walking
from tests.tui.screens.wizard.conftest import MatchFile

pytestmark = pytest.mark.asyncio(loop_scope="module")

CLASS = "Forename,Surname,DOB\nAda,Okoro,14/03/2012\nBilal,Khan,02/09/2011\n"
STAFF_LIST = "First Name,Last Name,Job Role\nJane,Smith,Teacher\nPat,Jones,DSL\nLee,Fox,Midday Supervisor\nJo,Lee,Teacher\n"
GENDER, YEAR, REG, UPN_FIELD = 3, 4, 5, 6
"""The lines of the fields, after the three columns of a class."""
Matched = Callable[..., Awaitable[MatchScreen]]


@pytest.fixture
def match(match_file: MatchFile, tmp_path: Path) -> Matched:
    """Opens a new draft of a file with some text on the Match screen."""

    async def show(text: str, kind: RecordKind = STUDENTS) -> MatchScreen:
        path = tmp_path / "list.csv"
        path.write_text(text)
        return await match_file(path, kind)

    return show


async def choose(walk: Walk, line: int, option: str) -> None:
    """Press Enter on a line of the table, and choose an option by what it begins with."""
    screen = walk.screen(MatchScreen)
    screen.table.go_to(line)
    await walk.press("enter")
    await walk.on(ChooseScreen)
    options = walk.app.screen.query_one(OptionList)
    index = next(n for n, each in enumerate(options.options) if str(each.prompt).startswith(option))
    await walk.press(*["down"] * (index - (options.highlighted or 0)), "enter")


async def test_fields_without_a_column_are_below_the_columns(shared_walk: Walk, match: Matched) -> None:
    screen = await match(CLASS)
    assert "! Year Group (needed)" in shared_walk.text
    assert "– Gender" in shared_walk.text
    assert "left blank" in shared_walk.text
    assert "Admission Number" not in shared_walk.text
    assert "on a field, what every row gets." in shared_walk.text_of("#state")
    assert screen.query_one("#import", Button).disabled


async def test_a_field_that_is_in_headings_between_the_rows_is_not_missing(
    shared_walk: Walk, match: Matched
) -> None:
    sections = "Forename,Surname,DOB\nForm: 7A,,\nAda,Okoro,14/03/2012\nForm: 7B,,\nBilal,Khan,02/09/2011\n"
    screen = await match(sections)
    assert "in headings above the rows" in shared_walk.text
    assert [field.label for field in screen.matching.missing] == ["Year Group"]
    await choose(shared_walk, YEAR, "Work it out from the date of birth")
    assert "Every needed field has a column or a value." in shared_walk.text_of("#state")
    assert not screen.query_one("#import", Button).disabled


async def test_every_row_gets_the_same_value_and_the_year_group_is_worked_out(
    shared_walk: Walk, match: Matched
) -> None:
    screen = await match(CLASS)
    await choose(shared_walk, YEAR, "Work it out from the date of birth")
    assert screen.matching.fills == {"year_group": WORKED_OUT}
    await choose(shared_walk, REG, "The same for every row")
    await shared_walk.on(AskTextScreen)
    await shared_walk.replace("10B")
    await shared_walk.press("enter")
    assert await shared_walk.on(MatchScreen) is screen
    assert "10B in every row" in shared_walk.text
    assert "Every needed field has a column or a value." in shared_walk.text_of("#state")
    assert not screen.query_one("#import", Button).disabled
    assert screen.draft.matching.fills["registration_group"] == Fill("10B")


async def test_a_value_that_the_field_cannot_have_is_asked_for_again(
    shared_walk: Walk, match: Matched
) -> None:
    screen = await match(CLASS)
    await choose(shared_walk, YEAR, "The same for every row")
    await shared_walk.on(AskTextScreen)
    await shared_walk.replace("77")
    await shared_walk.press("enter")
    asking = await shared_walk.on(AskTextScreen)
    assert "“77” is not a year group." in shared_walk.text
    assert asking.query_one(Input).value == "77"
    await shared_walk.press("escape")
    await shared_walk.on(MatchScreen)
    assert screen.matching.fills == {}


async def test_a_value_can_be_taken_away_again(shared_walk: Walk, match: Matched) -> None:
    screen = await match(CLASS)
    screen._apply(screen.matching.with_fill("year_group", WORKED_OUT))
    screen.table.go_to(YEAR)
    await shared_walk.settle()
    assert screen.check_action("unuse", ()) is True
    await shared_walk.press("x")
    assert screen.matching.fills == {}
    assert screen.check_action("unuse", ()) is None


async def test_a_field_that_can_be_blank_can_be_left_blank(shared_walk: Walk, match: Matched) -> None:
    screen = await match(CLASS)
    screen._apply(screen.matching.with_fill("gender", Fill("F")))
    await choose(shared_walk, GENDER, "Leave it blank")
    assert screen.matching.fills == {}


async def test_a_field_that_must_have_a_column_says_so(shared_walk: Walk, match: Matched) -> None:
    screen = await match("Forename,Surname\nAda,Okoro\n")
    screen.table.go_to(2)
    await shared_walk.press("enter")
    assert shared_walk.screen(MatchScreen) is screen
    assert any("Every student needs a Date of Birth" in notice for notice in shared_walk.notices())


async def test_user_groups_are_suggested_in_bulk_with_what_they_can_see(
    shared_walk: Walk, match: Matched
) -> None:
    screen = await match(STAFF_LIST, STAFF)
    assert "has its column, except User Group: you will be asked for it in each row." in shared_walk.text_of(
        "#state"
    )
    assert not screen.query_one("#import", Button).disabled
    await choose(shared_walk, 3, "Work it out from the job role")
    await shared_walk.on(ConfirmScreen)
    text = " ".join(shared_walk.text.replace("│", " ").split())
    assert "Teachers: 2 people (Teacher) can view own concerns." in text
    assert "DSLs: 1 person (DSL) can view own concerns, view all concerns" in text
    assert "No suggestion for 1 person" in text
    await shared_walk.press("left", "enter")
    await shared_walk.on(MatchScreen)
    assert screen.matching.fills == {"user_group": WORKED_OUT}
    assert "worked out from the job" in shared_walk.text


async def test_user_groups_that_are_not_confirmed_are_not_taken(shared_walk: Walk, match: Matched) -> None:
    screen = await match(STAFF_LIST, STAFF)
    await choose(shared_walk, 3, "Work it out from the job role")
    await shared_walk.on(ConfirmScreen)
    await shared_walk.press("enter")
    await shared_walk.on(MatchScreen)
    assert screen.matching.fills == {}


async def test_what_every_row_got_last_time_is_offered_and_taken_with_one_key(
    data: DataFolder, tmp_path: Path
) -> None:
    (tmp_path / "students.csv").write_text(CLASS)
    async with walking(data, tmp_path) as walk:
        fills = {"year_group": WORKED_OUT, "registration_group": Fill("10B")}
        headings = ["Forename", "Surname", "DOB"]
        remember_matching(
            walk.app.school, STUDENTS, headings, ["first_name", "surname", "date_of_birth"], fills
        )
        await walk.choose("students.csv")
        await walk.on(PickFileScreen)
        await walk.press("enter")
        screen = await walk.on(MatchScreen)
        assert "last time: 10B in every row" in walk.text
        assert "Last time it was 10B in every row." in walk.text_of("#state")
        assert screen.matching.fills == {"year_group": WORKED_OUT}
        await walk.press("t")
        assert screen.matching.fills == fills
        assert not screen.query_one("#import", Button).disabled


async def test_user_groups_that_were_suggested_last_time_are_shown_again_before_they_are_taken(
    shared_walk: Walk, match: Matched
) -> None:
    screen = await match(STAFF_LIST, STAFF)
    screen._apply(screen.matching.with_remembered_fills({"user_group": WORKED_OUT}))
    assert screen.matching.fills == {}
    screen.table.go_to(3)
    await shared_walk.press("s")
    await shared_walk.on(ConfirmScreen)
    await shared_walk.press("left", "enter")
    await shared_walk.on(MatchScreen)
    assert screen.matching.fills == {"user_group": WORKED_OUT}
