"""Data care: backing up, restoring over the running app, checking, and the audit log."""

import re
from pathlib import Path

import pytest
from textual.widgets import Input

from backdrop_tui.care.backups.backup import back_up
from backdrop_tui.care.backups.backup_file import read_backup
from backdrop_tui.care.backups.restore import restore
from backdrop_tui.care.backups.restore_marks import RestoreMark
from backdrop_tui.care.erase import erase
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.app import BackdropApp
from backdrop_tui.tui.screens.admin.administration import AdministrationScreen
from backdrop_tui.tui.screens.admin.care.audit_log import AuditLogScreen
from backdrop_tui.tui.screens.admin.care.back_up import BackUpScreen
from backdrop_tui.tui.screens.admin.care.check_data import CheckDataScreen
from backdrop_tui.tui.screens.admin.care.restore import RestoreScreen
from backdrop_tui.tui.screens.admin.data_care import DataCareScreen
from backdrop_tui.tui.screens.admin.people import PeopleScreen
from backdrop_tui.tui.screens.dialogs.ask_day import AskDayScreen
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen
from backdrop_tui.tui.screens.dialogs.show_text import ShowTextScreen
from backdrop_tui.tui.screens.wizard.welcome import WelcomeScreen
from tests.support.imports import import_people, person_id, pupil
from tests.support.made_up import NOW, STUDENTS
from tests.support.walk import Walk, walking


@pytest.fixture
def people(data: DataFolder) -> DataFolder:
    """A folder with two students."""
    with School(data) as school:
        import_people(school, pupil("Lee"), pupil("May"))
    return data


def surnames(data: DataFolder) -> list[str]:
    """The surnames of all students."""
    with School(data, read_only=True) as school:
        return school.stored(STUDENTS)["surname"].to_list()


def is_told(data: DataFolder) -> bool:
    """Whether it is noted that the user has been told of the last restore."""
    with School(data, read_only=True) as school:
        mark = RestoreMark.last(school)
        return mark is not None and mark.is_told


@pytest.fixture
def told_too_early(people: DataFolder, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether it was noted that the user has been told, at each time when the app was to look for a restore and show it."""
    is_noted: list[bool] = []
    look_for_restore = BackdropApp.look_for_restore

    def look(app: BackdropApp) -> None:
        is_noted.append(is_told(people))
        look_for_restore(app)

    monkeypatch.setattr(BackdropApp, "look_for_restore", look)
    return is_noted


async def to_data_care(walk: Walk) -> None:
    """Open the menu of data care from Administration."""
    walk.app.go_to("administration")
    await walk.on(AdministrationScreen)
    await walk.choose("care")
    await walk.on(DataCareScreen)


async def test_everything_is_backed_up_and_restored(
    people: DataFolder, own_home: Path, told_too_early: list[bool]
) -> None:
    async with walking(people) as walk:
        await to_data_care(walk)
        assert "No backup has been made yet." in walk.text
        await walk.choose("backup")
        await walk.on(BackUpScreen)
        path = own_home / "backdrop-2026-03-02-0930.backup"
        assert walk.screen(BackUpScreen).path_input.value == str(path)
        await walk.replace(str(people.path / "x"))
        await walk.press("enter")
        assert "is in the data folder, and would be lost with it." in walk.text_of("#outcome")
        await walk.replace("~/backdrop-2026-03-02-0930.backup")
        await walk.press("enter")
        assert "Done. 2 people and 1 import are in" in walk.text_of("#outcome")
        await walk.press("enter")
        await walk.on(ConfirmScreen)
        await walk.press("left", "enter")
        await walk.on(BackUpScreen)
        assert "Done. 2 people" in walk.text_of("#outcome")
        await walk.press("escape")
        await walk.on(DataCareScreen)
        assert "The last backup was made on 2 March 2026 at 09:3" in walk.text
        with School(people) as school:
            import_people(school, pupil("Ray"))
            erase(school, [person_id(school, "Lee")])
        await walk.choose("restore")
        await walk.on(RestoreScreen)
        assert walk.screen(RestoreScreen).path_input.value == str(path), "the newest one is suggested"
        await walk.replace("")
        await walk.press("enter")
        assert walk.text_of("#outcome") == "Type the name of a file."
        await walk.paste(str(people.students))
        await walk.press("enter")
        assert "is not a backup of Back:drop." in walk.text_of("#outcome")
        await walk.replace(str(path))
        await walk.press("enter")
        await walk.on(ConfirmScreen)
        assert "Students                2                       2" in walk.text
        assert "1 person in the backup has been erased since." in walk.text
        await walk.press("left", "enter")
        await walk.on(ShowTextScreen)
        assert "The backup made on 2 March 2026" in walk.text_of("#text")
        assert "1 person in the backup who had been erased since was erased again" in walk.text_of("#text")
        await walk.press("enter")
        await walk.until(lambda: "1 student" in walk.text_of("#summary"))
        assert told_too_early == [False], "whoever is cut off before that is told at the next start"
        await walk.until(lambda: is_told(people))
    assert surnames(people) == ["May"]
    async with walking(people) as walk:
        assert walk.notices() == []


async def test_a_restore_by_another_process_is_noticed_and_nothing_old_is_written_over_it(
    people: DataFolder, tmp_path: Path
) -> None:
    path = tmp_path / "school.backup"
    with School(people) as school:
        back_up(school, path, NOW)
        import_people(school, pupil("Ray"))
    async with walking(people) as walk:
        walk.app.go_to("administration")
        await walk.on(AdministrationScreen)
        await walk.press("enter")
        await walk.on(PeopleScreen)
        await walk.until(lambda: "Ray" in walk.text)
        await walk.press("x")
        await walk.on(AskDayScreen)
        await walk.press("enter")
        await walk.on(PeopleScreen)
        assert len(walk.app.changes["students"].done) == 1
        with School(people) as other:
            restore(other, read_backup(path), NOW)
        walk.app.look_for_restore()
        await walk.on(ShowTextScreen)
        assert "was restored on" in walk.text_of("#text")
        assert walk.notices() == []
        await walk.press("enter")
        await walk.on(WelcomeScreen)
        await walk.until(lambda: "2 students" in walk.text_of("#summary"))
        assert walk.app.changes == {}
        walk.app.look_for_restore()
        await walk.settle()
        assert walk.screen(WelcomeScreen)
    assert surnames(people) == ["Lee", "May"]


async def test_the_first_start_after_one_that_was_cut_off_says_so(people: DataFolder, tmp_path: Path) -> None:
    with School(people) as school:
        back_up(school, tmp_path / "school.backup", NOW)
        restore(school, read_backup(tmp_path / "school.backup"), NOW)
    async with walking(people) as walk:
        await walk.on(ShowTextScreen)
        assert "was restored on" in walk.text_of("#text")


async def test_the_data_is_checked_and_what_is_there_can_be_accepted(people: DataFolder) -> None:
    async with walking(people) as walk:
        await to_data_care(walk)
        await walk.choose("check")
        await walk.on(CheckDataScreen)
        assert walk.text_of("#outcome").startswith("✓ Everything is as it was stored")
        assert "No backup has been made yet." in walk.text_of("#outcome")
        assert re.search(r"Students +2 +Students who have left +0\n", walk.text)
        await walk.press("escape")
        await walk.choose("log")
        await walk.on(AuditLogScreen)
        assert "No lines are missing, and none have been changed." in walk.text_of("#outcome")
        assert re.search(r"/2026 .*Imported: students +added 2\n", walk.text)
        assert "added 2, updated 0" in walk.text_of("#about")
        await walk.press("escape")
        people.log.write_bytes(people.log.read_bytes().replace(b'"added":2', b'"added":1'))
        await walk.choose("log")
        await walk.on(AuditLogScreen)
        assert "! Line 1 of the audit log, or the one before it, has been changed." in walk.text_of(
            "#outcome"
        )
        await walk.press("escape")
        await walk.choose("check")
        await walk.on(CheckDataScreen)
        assert walk.text_of("#outcome").startswith("1 problem ! Line 1 of the audit log")
        assert "Press a to go on with what can be read." in walk.text_of("#outcome")
        await walk.press("a")
        await walk.on(ConfirmScreen)
        await walk.press("left", "enter")
        await walk.on(CheckDataScreen)
        assert walk.text_of("#outcome").startswith("From now on, what is stored counts as right.")


async def test_data_that_cant_be_read_is_said_on_each_screen(people: DataFolder, tmp_path: Path) -> None:
    with School(people) as school:
        back_up(school, tmp_path / "school.backup", NOW)
    people.students.write_bytes(people.students.read_bytes()[:-60])
    async with walking(people) as walk:
        walk.app.push_screen(BackUpScreen())
        await walk.on(BackUpScreen)
        await walk.press("enter")
        assert "students.json is damaged" in walk.text_of("#outcome")
        walk.app.push_screen(CheckDataScreen())
        await walk.on(CheckDataScreen)
        assert walk.text_of("#holdings") == "It can't be read."
        assert walk.text_of("#outcome").startswith("1 problem ! ")
        assert "students.json is damaged" in walk.text_of("#outcome")
        walk.app.push_screen(RestoreScreen())
        await walk.on(RestoreScreen)
        walk.app.screen.query_one("#path", Input).value = str(tmp_path / "school.backup")
        await walk.press("enter")
        await walk.on(ConfirmScreen)
        assert "can't be read" in walk.text
        await walk.press("left", "enter")
        await walk.on(ShowTextScreen)
        await walk.settle()
        assert "students.json is damaged" not in walk.text
        await walk.press("enter")
        await walk.on(WelcomeScreen)
    assert surnames(people) == ["Lee", "May"]


async def test_a_log_that_cant_be_read_is_said(people: DataFolder) -> None:
    async with walking(people) as walk:
        people.log.unlink()
        people.log.mkdir()
        walk.app.push_screen(AuditLogScreen())
        await walk.on(AuditLogScreen)
        assert walk.text_of("#outcome").startswith("! ")
