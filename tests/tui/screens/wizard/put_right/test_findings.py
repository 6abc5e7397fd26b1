"""Putting right: what the whole file says comes first."""

from pathlib import Path

import pytest

from backdrop_tui.records.schema.findings import Remedy
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.dialogs.choose import ChooseScreen
from backdrop_tui.tui.screens.wizard.preview import PreviewScreen
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from tests.support.made_up import student, table
from tests.support.made_up_findings import always_find, finding, remedy
from tests.support.putting_right import cursor, putting_right
from tests.support.walk import begun, walking

CAPITALS = finding(
    "capitals",
    "warning",
    [2, 3],
    remedy("Rewrite 2 surnames", (2, "surname", "McDonald"), (3, "surname", "van der Berg")),
    message="2 surnames are in capitals.",
)
SWAPPED = finding(
    "dates-swapped",
    "error",
    [3, 4],
    remedy("Swap day and month in 2 dates", (3, "date_of_birth", "10/02/2013"), (4, "date_of_birth", "10/03/2012")),
    message="The year group settles 2 dates.",
)  # fmt: skip


@pytest.fixture(autouse=True)
def two_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file of students has these two findings, unless the test has others."""
    always_find(monkeypatch, CAPITALS, SWAPPED)


async def test_the_screen_opens_on_the_first_finding_and_its_rows(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        assert screen.browser.finding is SWAPPED
        assert walk.focus is screen.table
        assert screen.table.row_numbers.to_list() == [3, 4]
        assert cursor(screen) == (3, "date_of_birth")
        assert "! The year group settles 2 dates." in walk.text_of("#problem")
        assert walk.text_of("#hints") == "t Swap day and month in 2 dates d Change nothing"
        assert "! 2 findings" in walk.text_of("#state")


async def test_cells_show_what_the_remedy_would_put_in_their_place(
    data: DataFolder, pupils_csv: Path
) -> None:
    async with putting_right(data, pupils_csv) as (walk, _screen):
        assert "02/10/2012 → 10/02/2013" in walk.text
        assert "From here on: 02/10/2012 → 10/02/2013 and" in walk.text_of("#problem")
        await walk.press("n")
        assert "?O'Neill → McDonald" in walk.text
        assert "? 2 surnames are in capitals." in walk.text_of("#problem")
        assert "O'Neill → McDonald and O'Neill → van der Berg." in walk.text_of("#problem")
        await walk.press("down")
        assert "From here on: O'Neill → van der Berg." in walk.text_of("#problem")


async def test_t_takes_the_remedy_in_one_step_and_goes_on(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        await walk.press("t")
        assert len(screen.draft.edits.done) == 1
        assert screen.draft.edits.applied == {"dates-swapped"}
        assert screen.draft.edits.cells[3, "date_of_birth"] == "10/02/2013"
        assert walk.notices() == ["Swap day and month in 2 dates: done. Press u to undo."]
        assert screen.browser.finding is CAPITALS
        await walk.press("t")
        assert screen.browser.finding is None
        assert cursor(screen) == (5, "gender")
        assert "finding" not in walk.text_of("#state")


async def test_a_remedy_that_is_undone_brings_its_finding_back(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        await walk.press("t", "t", "u", "u")
        assert not screen.draft.edits.cells
        assert screen.browser.finding is SWAPPED
        await walk.press("r")
        assert screen.draft.edits.applied == {"dates-swapped"}
        assert screen.browser.finding is CAPITALS


async def test_d_says_that_a_finding_does_not_apply(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        await walk.press("d")
        assert screen.draft.edits.dismissed == {"dates-swapped"}
        assert not screen.draft.edits.cells
        assert walk.notices() == ["Dismissed: Dates swapped. Press u to undo."]
        assert screen.browser.finding is CAPITALS
        await walk.press("d", "d")
        assert screen.draft.edits.dismissed == {"dates-swapped", "capitals"}
        await walk.press("u", "u")
        assert screen.browser.finding is SWAPPED


async def test_an_error_is_answered_before_the_import_goes_on(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        await walk.press("n", "n", "c")
        assert walk.screen(PutRightScreen) is screen
        assert screen.browser.finding is SWAPPED
        assert walk.notices() == [
            "Answer this before you go on. Press t to put it right, or d to go on without changing anything."
        ]
        await walk.press("t", "c")
        assert not screen.is_attached


async def test_a_note_or_a_warning_stops_nothing(
    data: DataFolder, pupils_csv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warning = finding("not-people", "warning", [3], remedy("Leave out 1 row"))
    always_find(monkeypatch, CAPITALS, warning)
    async with putting_right(data, pupils_csv) as (walk, screen):
        await walk.press("c")
        assert not screen.is_attached


async def test_findings_that_are_not_answered_are_counted_before_complete(
    data: DataFolder, pupils_csv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    always_find(monkeypatch, CAPITALS)
    begun(data, pupils_csv).close()
    async with walking(data) as walk:
        await walk.press("home", "enter")
        await walk.on(PutRightScreen)
        await walk.press("c")
        await walk.on(PreviewScreen)
        assert "1 finding not answered. Press Esc to see it." in walk.text


async def test_a_draft_that_was_being_checked_opens_on_an_error(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv, stage="preview") as (walk, screen):
        assert walk.screen(PutRightScreen) is screen
        assert screen.browser.finding is SWAPPED


async def test_one_of_two_remedies_is_chosen(
    data: DataFolder, pupils_csv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remedies = (
        remedy("Move everybody up a year", (2, "year_group", "8"), name="move-up"),
        Remedy("Set the school's year to 2024/25", "set-year", academic_year=2024),
    )
    always_find(monkeypatch, finding("academic-year", "error", [2, 3], *remedies))
    async with putting_right(data, pupils_csv) as (walk, screen):
        assert "t Choose one of 2 ways to put it right" in walk.text_of("#hints")
        assert "→" not in walk.text_of("#problem")
        await walk.press("t")
        await walk.on(ChooseScreen)
        await walk.press("escape")
        assert not screen.draft.edits.done
        await walk.press("t", "down", "enter")
        assert screen.draft.edits.academic_year == 2024
        assert screen.draft.edits.applied == {"academic-year"}


async def test_without_a_remedy_t_says_what_can_be_done(
    data: DataFolder, pupils_csv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    always_find(monkeypatch, finding("column-slipped", "error", [2, 3]))
    async with putting_right(data, pupils_csv) as (walk, screen):
        assert walk.text_of("#hints") == "d Change nothing"
        await walk.press("t")
        assert "There is no key that puts this right." in walk.notices()[0]
        assert not screen.draft.edits.done


async def test_a_note_that_asks_for_nothing_only_offers_to_go_on(
    data: DataFolder, pupils_csv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = finding("years-not-checked", "note", [2, 3])
    always_find(monkeypatch, note)
    async with putting_right(data, pupils_csv) as (walk, screen):
        screen.browser.choose(note)
        await walk.settle()
        assert walk.text_of("#hints") == "d Go on"
        await walk.press("t")
        assert walk.notices()[0] == "There is nothing to put right here. Read it, then press d to go on."


async def test_the_list_goes_from_findings_to_errors_to_warnings(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        visited = []
        for _ in range(8):
            visited.append(screen.browser.finding or cursor(screen))
            await walk.press("n")
        errors = [(5, "gender"), (6, "gender"), (7, "date_of_birth"), (9, "upn"), (11, "first_name")]
        assert visited == [SWAPPED, CAPITALS, *errors, (12, "registration_group")]
        await walk.press("p")
        assert cursor(screen) == (12, "registration_group")


async def test_notes_wait_until_no_error_is_left_and_those_that_ask_for_nothing_until_the_end(
    data: DataFolder, pupils_csv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_read = finding("part-of-school", "note", [2])
    asking = finding("capitals", "note", [3], remedy("Rewrite 1 surname", (3, "surname", "McDonald")))
    again = finding("same-as-last-time", "note", [5], remedy("Do the same again", (5, "gender", "M")))
    always_find(monkeypatch, to_read, asking, again)
    async with putting_right(data, pupils_csv) as (walk, screen):
        visited: list[object] = []
        for _ in range(9):
            visited.append(screen.browser.finding or screen.table.selected_key)
            await walk.press("n")
        assert visited == [again, "gender", "gender", "date_of_birth", "upn", "first_name", asking, "registration_group", to_read]  # fmt: skip


async def test_rows_of_a_finding_can_be_edited(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        await walk.press("enter")
        await walk.replace("10/02/2013")
        await walk.press("enter")
        assert screen.draft.edits.cells == {(3, "date_of_birth"): "10/02/2013"}
        assert screen.browser.finding is SWAPPED
        assert cursor(screen) == (3, "date_of_birth")


async def test_suggestions_that_are_not_shown_can_not_be_taken(
    data: DataFolder, pupils_csv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    always_find(monkeypatch, finding("capitals", "warning", [5, 6]))
    async with putting_right(data, pupils_csv) as (walk, screen):
        screen.table.go_to(5, "gender")
        await walk.settle()
        assert "Suggested" not in walk.text_of("#problem")
        await walk.press("y", "a")
        assert not screen.draft.edits.done


async def test_an_answer_that_can_not_be_saved_is_not_called_done(data: DataFolder, pupils_csv: Path) -> None:
    async with putting_right(data, pupils_csv) as (walk, screen):
        folder = screen.draft.folder
        folder.rename(folder.with_name("gone"))
        await walk.press("t")
        assert not any("Done" in notice for notice in walk.notices())
        assert screen.browser.finding is SWAPPED
        folder.with_name("gone").rename(folder)


async def test_m_reads_dates_month_first_only_if_a_finding_says_so(
    data: DataFolder, pupils_csv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    month_first = finding("dates-month-first", "error", [3], Remedy("Read month-first", date_order="mdy"))
    always_find(monkeypatch, month_first)
    async with putting_right(data, pupils_csv) as (walk, screen):
        await walk.press("n", "m")
        assert screen.draft.edits.applied == {"dates-month-first"}
        await walk.press("m")
        assert [change.date_order for change in screen.draft.edits.done] == ["mdy", "dmy"]


async def test_of_rows_that_repeat_another_the_one_that_is_kept_is_listed(
    data: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    always_find(monkeypatch)
    path = tmp_path / "contacts.csv"
    contacts = [(0, "Ann"), (1, "Bo"), (1, "Cy"), (1, "Di")]
    path.write_bytes(table([{**student(number), "Contact Name": name} for number, name in contacts]))
    async with putting_right(data, path) as (walk, screen):
        assert "2 rows repeat another" in walk.text_of("#problem")
        assert screen.table.row_numbers.to_list() == [3]
        assert student(1)["Surname"] in walk.text
