"""“Does this look right?”: it says what Complete will do, and Complete does just that."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import polars as pl
import pytest
from textual.widgets import Static

from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.dialogs.show_text import ShowTextScreen
from backdrop_tui.tui.screens.wizard.preview import PreviewScreen
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from backdrop_tui.tui.screens.wizard.summary import SummaryScreen
from tests.support.imports import import_people
from tests.support.made_up import STAFF, STUDENTS, TEMPORARY_UPN, by_key, student, table
from tests.support.walk import Walk, begun, walking

_STORED = {"first_name": "Amira", "surname": "O'Neill", "date_of_birth": "2014-01-01", "year_group": "7", "registration_group": "7Z"}  # fmt: skip


@pytest.fixture
def update(data: DataFolder, tmp_path: Path) -> Path:
    """A file of three students, one of whom is stored with another registration group and no UPN."""
    with School(data) as school:
        import_people(school, _STORED, file="")
    path = tmp_path / "update.csv"
    path.write_bytes(table(student(n) for n in range(3)))
    return path


@asynccontextmanager
async def checking(data: DataFolder, path: Path) -> AsyncIterator[Walk]:
    """Open the preview of a file."""
    begun(data, path).close()
    async with walking(data, path.parent) as walk:
        await walk.press("home", "enter")
        await walk.on(PutRightScreen)
        await walk.press("c")
        await walk.on(PreviewScreen)
        yield walk


async def test_user_groups_that_will_be_created_are_named(data: DataFolder, tmp_path: Path) -> None:
    columns = ("First Name", "Surname", "Job Role", "User Group", "Email")
    rows = [("Una", "Byrne", "Cook", "[red]Kitchen", ""), ("Tim", "Hart", "Teacher", "teacher", "")]
    path = tmp_path / "staff.csv"
    path.write_bytes(table(dict(zip(columns, row, strict=True)) for row in rows))
    begun(data, path, STAFF).close()
    async with walking(data, tmp_path) as walk:
        await walk.press("home", "enter")
        await walk.on(PutRightScreen)
        await walk.press("c")
        await walk.on(PreviewScreen)
        assert "User groups that will be created, with the rights of Teachers: [red]Kitchen" in walk.text_of(
            "#body"
        )
        await walk.press("enter")
        await walk.on(SummaryScreen)
        assert "User groups created, with the rights of Teachers: [red]Kitchen." in walk.text_of("#counts")


async def test_counts_and_samples_with_their_dates_are_shown(data: DataFolder, update: Path) -> None:
    async with checking(data, update) as walk:
        assert "2  will be added" in walk.text
        assert "1  will be updated" in walk.text
        assert re.search(r"Year 7 +1 → [0-9]", walk.text)
        assert "1 January 2014" in walk.text


@pytest.mark.parametrize(
    ("presses", "says", "after"),
    [
        (0, "1  will be updated", ("7A", student(0)["UPN"])),
        (1, "1  will be updated", ("7Z", student(0)["UPN"])),
        (2, "1  stay as they are", ("7Z", None)),
    ],
)
async def test_people_already_stored_are_treated_as_chosen(
    data: DataFolder, update: Path, presses: int, says: str, after: tuple[str, str | None]
) -> None:
    async with checking(data, update) as walk:
        await walk.press(*["e"] * presses)
        assert says in walk.text
        await walk.press("enter")
        summary = await walk.on(SummaryScreen)
        assert (summary.outcome.added, summary.outcome.updated + summary.outcome.unchanged) == (2, 1)
        first = walk.app.school.store.people("students").frame().row(0, named=True)
        assert (first["registration_group"], first["upn"]) == after


async def test_complete_uses_the_choice_made_just_before(data: DataFolder, update: Path) -> None:
    async with checking(data, update) as walk:
        walk.send("e", "e", "c")
        summary = await walk.on(SummaryScreen)
        assert summary.outcome.unchanged == 1


async def test_nothing_can_be_completed_if_nobody_is_ready(data: DataFolder, tmp_path: Path) -> None:
    path = tmp_path / "none.csv"
    path.write_bytes(table([student(0, year_group="99")]))
    async with checking(data, path) as walk:
        assert "Nobody is ready to be stored." in walk.text
        assert "c stores this" not in walk.text
        assert "Esc goes back to the rows" in walk.text
        await walk.press("c")
        walk.screen(PreviewScreen)
        await walk.press("escape")
        await walk.on(PutRightScreen)


async def test_a_failed_import_is_reported_and_nothing_is_lost(
    data: DataFolder, update: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with checking(data, update) as walk:
        students = data.students
        before = students.read_bytes()
        monkeypatch.setattr("backdrop_tui.imports.jobs.Job.store", _refuse)
        await walk.press("enter")
        await walk.until(lambda: any("is full" in notice for notice in walk.notices()))
        assert students.read_bytes() == before
        monkeypatch.undo()
        await walk.press("escape")
        await walk.until(lambda: "Carry on with update.csv" in walk.text)


def _refuse(*_args: object, **_more: object) -> None:
    from backdrop_tui.errors import DataFolderError  # noqa: PLC0415 - only here

    raise DataFolderError("The disk is full.")


async def test_people_missing_from_a_file_of_the_whole_school_are_counted(
    data: DataFolder, update: Path
) -> None:
    with School(data) as school:
        import_people(school, _STORED | {"surname": "Dunn", "upn": None}, file="")
    async with checking(data, update) as walk:
        assert "1 stored student isn't in this file. Complete leaves them as they are." in " ".join(
            walk.text.split()
        )


async def test_the_choice_for_people_already_stored_is_kept_with_the_draft(
    data: DataFolder, update: Path
) -> None:
    async with checking(data, update) as walk:
        await walk.press("e", "e")
        assert "nothing of theirs is changed" in " ".join(walk.text.split())
        await walk.press("escape")
        await walk.on(PutRightScreen)
        await walk.press("c")
        assert (await walk.on(PreviewScreen)).existing == "skip"
        await walk.press("ctrl+q")
        await walk.until(lambda: not walk.app.is_running)
    async with walking(data, update.parent) as walk:
        await walk.press("home", "enter")
        assert (await walk.on(PreviewScreen)).existing == "skip"


@pytest.mark.parametrize(
    ("presses", "button", "sample"),
    [
        (0, "Complete: add 2, update 1", "1 January 2014 F Year 7 7A"),
        (1, "Complete: add 2, update 1", "1 January 2014 F Year 7 7Z"),
        (2, "Complete: add 2 students", None),
    ],
)
async def test_the_samples_are_what_will_be_stored(
    data: DataFolder, update: Path, presses: int, button: str, sample: str | None
) -> None:
    async with checking(data, update) as walk:
        await walk.press(*["e"] * presses)
        assert button in walk.text
        assert re.search(r"7Z (1 → )?1 ", walk.text_of("#body")) or not presses
        if sample is None:
            assert "1 January 2014" not in walk.text
        else:
            assert sample in " ".join(walk.text.split())


async def test_an_import_that_changes_nothing_says_so(data: DataFolder, tmp_path: Path) -> None:
    path = tmp_path / "same.csv"
    path.write_bytes(table(student(n) for n in range(3)))
    async with checking(data, path) as walk:
        await walk.press("enter")
        await walk.on(SummaryScreen)
    async with checking(data, path) as walk:
        assert "3  stay as they are" in walk.text
        assert "Nothing changes. As they are stored" in walk.text
        assert "Complete: nothing changes" in walk.text


async def test_those_who_change_come_back_or_keep_their_upn_are_named(
    data: DataFolder, tmp_path: Path
) -> None:
    with School(data) as school:
        import_people(school, *(by_key(student(n)) for n in range(4)))
        stored = school.stored(STUDENTS)
        left = stored.filter(pl.col("upn") == student(1)["UPN"]).with_columns(status=pl.lit("left"))
        school.store.people("students").apply(changed=left)
    path = tmp_path / "after.csv"
    temporary = TEMPORARY_UPN
    rows = [
        student(0, surname="Ash"),
        student(1),
        student(2, upn=temporary),
        student(3, registration_group="[red]9Z"),
    ]
    path.write_bytes(table(rows))
    async with checking(data, path) as walk:
        body = walk.text_of("#body")
        assert "Another name or date of birth: Amira O'Neill → Amira Ash." in body
        assert "Had left, and would come back: Ben O'Neill." in body
        assert f"UPN not stored: {temporary} (row 4). Press w to see more." in body
        await walk.press("w")
        await walk.on(ShowTextScreen)
        changes = walk.text_of("#text")
        assert changes.startswith(
            "Another name or date of birth. Check that each is the same student: Amira O'Neill"
        )
        assert "Surname O'Neill → Ash" in changes
        assert f"Row 4, {temporary}: This UPN is temporary." in changes
        assert changes.index("Others:") < changes.index("→ [red]9Z")
        await walk.press("escape")
        walk.screen(PreviewScreen)
        await walk.resize((60, 24))
        lines = str(walk.app.screen.query_one("#body", Static).render()).splitlines()
        place = next(place for place, line in enumerate(lines) if "Another name" in line)
        assert lines[place + 1].startswith(" " * lines[place].index("Another"))


async def test_people_whose_row_is_left_out_are_not_said_to_be_missing_from_the_file(
    data: DataFolder, update: Path
) -> None:
    with School(data) as school:
        for n in (1, 2):
            import_people(school, by_key(student(n)), file="")
    path = file_of(update, [student(0, year_group="99"), student(1), student(2)])
    async with checking(data, path) as walk:
        assert "1 stored student isn't among these rows. Complete leaves them as they are." in " ".join(
            walk.text.split()
        )


def file_of(path: Path, rows: list[dict[str, str]]) -> Path:
    """Replace the students in a file."""
    path.write_bytes(table(rows))
    return path
