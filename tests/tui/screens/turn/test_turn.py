"""The move to a new school year in the app: with a file from Check, and without one from Administration."""

from pathlib import Path

import pytest

from backdrop_tui.imports.turn.movements import Movement
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.school.import_history import import_records
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.admin.administration import AdministrationScreen
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen
from backdrop_tui.tui.screens.turn.turn import TurnScreen
from backdrop_tui.tui.screens.wizard.action_plan import ActionPlanScreen
from backdrop_tui.tui.screens.wizard.pick_file import PickFileScreen
from backdrop_tui.tui.screens.wizard.preview import PreviewScreen
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from backdrop_tui.tui.screens.wizard.summary import SummaryScreen
from tests.support.imports import import_people
from tests.support.made_up import STUDENTS, table
from tests.support.turning import pupil
from tests.support.walk import Walk, begun, walking

SCHOOL = [pupil(n, n % 6) for n in range(18)]


@pytest.fixture
def stored(data: DataFolder) -> DataFolder:
    """A primary school of eighteen students."""
    with School(data) as school:
        import_people(school, *SCHOOL, file="last.csv")
        school.settings.put("phase", "primary")
    return data


def file_of(path: Path, people: list[dict[str, str]]) -> Path:
    labels = {field.key: field.label for field in STUDENTS.fields}
    path.write_bytes(table([{labels[key]: value for key, value in row.items()} for row in people]))
    return path


def left(data: DataFolder) -> dict[str, str | None]:
    """The day on which each of those who have left has done so, by surname."""
    with School(data) as school:
        return dict(school.leavers(STUDENTS).select("surname", "left_on").iter_rows())


async def check(walk: Walk, draft: Draft) -> None:
    """Open a draft, and go on to what would be stored."""
    await walk.choose(f"draft:{draft.facts.id}")
    await walk.on(PutRightScreen)
    await walk.press("c")
    await walk.on(PreviewScreen)


async def complete(walk: Walk) -> None:
    """Confirm the turn, and wait until it is stored."""
    await walk.press("c")
    await walk.on(ConfirmScreen)
    await walk.press("left", "enter")
    await walk.until(lambda: walk.app.finished_import is not None)
    await walk.on(SummaryScreen)


async def test_a_turn_with_a_file_shows_who_leaves_and_stores_it_with_the_rows(
    stored: DataFolder, tmp_path: Path
) -> None:
    draft = begun(stored, file_of(tmp_path / "this.csv", [*SCHOOL[2:], pupil(40, 0)]))
    draft.close()
    async with walking(stored, tmp_path) as walk:
        await check(walk, draft)
        assert "press t for the new school year" in " ".join(walk.text.split())
        await walk.press("t")
        screen = await walk.on(TurnScreen)
        assert "2 - Leaving" in walk.text
        assert "1 + Joining" in walk.text
        await walk.press("down", "down", "down", "down", "enter")
        assert SCHOOL[0]["surname"] in walk.text
        await walk.press("enter", "d")
        await walk.replace("1/1/2031")
        await walk.press("enter")
        assert "can't be in the future" in " ".join(walk.text.split())
        await walk.replace("13/02/2026")
        await walk.press("enter")
        assert "Leaving on 13 February 2026." in walk.text
        assert screen.turn is not None
        await complete(walk)
        assert "2 - Leaving" in walk.text
        await walk.press("enter")
        await walk.on(ActionPlanScreen)
        assert "New school year: this.csv" in walk.text
        assert left(stored) == {SCHOOL[0]["surname"]: "2026-02-13", SCHOOL[1]["surname"]: "2026-02-13"}
        await walk.press("u")
        await walk.on(ConfirmScreen)
        assert "the move to a new school year with this.csv" in " ".join(walk.text.split())
        await walk.press("left", "enter")
        await walk.until(lambda: any("Undone" in notice for notice in walk.notices()))
        await walk.settle()
    assert left(stored) == {}


async def test_part_of_the_school_leaves_only_if_the_user_says_so(stored: DataFolder, tmp_path: Path) -> None:
    draft = begun(stored, file_of(tmp_path / "part.csv", [row for row in SCHOOL if row["year_group"] == "3"]))
    draft.close()
    async with walking(stored, tmp_path) as walk:
        await check(walk, draft)
        await walk.press("t")
        screen = await walk.on(TurnScreen)
        assert screen.turn is not None
        assert screen.turn.counts[Movement.LEAVING] == 0
        assert "only Year 3 in it" in " ".join(walk.text.split())
        await walk.press("p")
        await walk.until(lambda: screen.turn is not None and screen.turn.counts[Movement.LEAVING] == 15)
        await walk.press("p")
        await walk.until(lambda: screen.turn is not None and screen.turn.counts[Movement.LEAVING] == 0)


async def test_moving_up_without_a_file(stored: DataFolder, tmp_path: Path) -> None:
    async with walking(stored, tmp_path) as walk:
        walk.app.go_to("administration")
        await walk.on(AdministrationScreen)
        await walk.choose("turn")
        await walk.on(TurnScreen)
        assert "The school's academic year will be 2026/27." in walk.text
        for size in ((120, 40), (200, 60), (80, 24)):
            await walk.resize(size)
            assert "18 ↑ Moving up" in walk.text
        await walk.resize((80, 18))
        assert "PgDn shows more" in walk.text
        await walk.press("pagedown", "pagedown", "pagedown")
        assert "PgUp goes back up" in walk.text
        await walk.press("pageup", "pageup", "pageup")
        assert "PgDn shows more" in walk.text
        await complete(walk)
    with School(stored) as school:
        assert school.settings.number("academic-year") == 2026
        assert sorted(school.current(STUDENTS)["year_group"].unique()) == ["1", "2", "3", "4", "5", "6"]
        assert (import_records(school)[0].is_turn, school.stored(STUDENTS).height) == (True, 18)


async def test_a_plain_import_says_who_was_not_in_the_file(stored: DataFolder, tmp_path: Path) -> None:
    draft = begun(stored, file_of(tmp_path / "this.csv", SCHOOL[2:]))
    draft.close()
    async with walking(stored, tmp_path) as walk:
        await check(walk, draft)
        await walk.press("c")
        await walk.on(SummaryScreen)
        assert "2 students already stored weren't in this file" in " ".join(walk.text.split())
    assert left(stored) == {}


async def test_from_moving_up_a_file_can_be_picked_instead(stored: DataFolder, tmp_path: Path) -> None:
    file_of(tmp_path / "this.csv", SCHOOL)
    async with walking(stored, tmp_path) as walk:
        walk.app.go_to("administration")
        await walk.on(AdministrationScreen)
        await walk.choose("turn")
        await walk.on(TurnScreen)
        await walk.press("f")
        await walk.on(PickFileScreen)


async def test_with_nobody_stored_the_turn_says_so(data: DataFolder, tmp_path: Path) -> None:
    async with walking(data, tmp_path) as walk:
        walk.app.go_to("administration")
        await walk.on(AdministrationScreen)
        await walk.choose("turn")
        screen = await walk.on(TurnScreen)
        await walk.until(lambda: "nobody to move up" in walk.text)
        assert screen.button.disabled
        await walk.press("escape")
        await walk.on(AdministrationScreen)
