"""Erasing people, showing everything that is held about one, and removing who is due, in the app."""

import re
from datetime import date
from pathlib import Path

import pytest

from backdrop_tui.care.erase import erase
from backdrop_tui.people.leaver_changes import mark_as_left
from backdrop_tui.school.leaver_notes import reason_to_keep
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.admin.administration import AdministrationScreen
from backdrop_tui.tui.screens.admin.care.retention import RetentionScreen
from backdrop_tui.tui.screens.admin.data_care import DataCareScreen
from backdrop_tui.tui.screens.admin.people import PeopleScreen
from backdrop_tui.tui.screens.dialogs.ask_text import AskTextScreen
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen
from backdrop_tui.tui.screens.dialogs.save_file import SaveFileScreen
from backdrop_tui.tui.screens.dialogs.show_text import ShowTextScreen
from tests.support.imports import import_people, person_id, pupil
from tests.support.made_up import STUDENTS
from tests.support.walk import walking

pytestmark = pytest.mark.usefixtures("frozen_day")


async def test_what_is_held_about_a_person_is_shown_and_saved_and_they_are_erased_after_a_warning(
    data: DataFolder, tmp_path: Path
) -> None:
    with School(data) as school:
        import_people(school, pupil("Abbott"), pupil("Baker"))
    async with walking(data) as walk:
        await walk.press("f3", "end", "enter")
        await walk.on(AdministrationScreen)
        await walk.choose("people.students")
        screen = await walk.on(PeopleScreen)
        await walk.until(lambda: screen.search_result is not None)
        await walk.settle()
        await walk.press("i")
        await walk.on(ShowTextScreen)
        await walk.settle()
        assert "Data held about one student by" in walk.text
        await walk.press("s")
        await walk.on(SaveFileScreen)
        file = tmp_path / "abbott.txt"
        await walk.replace(str(file))
        await walk.press("enter")
        await walk.on(ShowTextScreen)
        assert "Surname: Abbott" in file.read_text()
        await walk.press("escape")
        await walk.on(PeopleScreen)
        await walk.press("ctrl+e")
        await walk.on(ConfirmScreen)
        await walk.settle()
        assert "Zoë Abbott (student, Year 7)" in walk.text
        await walk.press("enter")  # Keep has the focus
        await walk.on(PeopleScreen)
        await walk.press("ctrl+e")
        await walk.on(ConfirmScreen)
        await walk.press("left", "enter")
        await walk.on(PeopleScreen)
        await walk.until(lambda: screen.table.people.height == 1)
        await walk.settle()
        assert "✓ Erased: 1 person. Imports whose undo data was about them: 1." in walk.text
    with School(data) as school:
        assert school.stored(STUDENTS)["surname"].to_list() == ["Baker"]
        assert [entry["event"] for entry in school.store.logged()][-2:] == ["subject-access", "erase"]


async def test_who_is_due_is_kept_or_removed_on_confirmation(data: DataFolder) -> None:
    names = ("Abbott", "Baker", "Chaudhry")
    with School(data) as school:
        for number, name in enumerate(names):
            import_people(school, pupil(name, date_of_birth=f"2000-01-0{number + 1}"))
        ids = [person_id(school, name) for name in names]
        mark_as_left(school, STUDENTS, ids, date(2018, 7, 17))
    async with walking(data) as walk:
        await walk.press("f3", "end", "enter")
        await walk.on(AdministrationScreen)
        await walk.choose("care")
        await walk.on(DataCareScreen)
        await walk.choose("retention")
        screen = await walk.on(RetentionScreen)
        await walk.until(lambda: screen.due is not None and len(screen.due) == 3)
        await walk.settle()
        assert "3 students due for removal" in walk.text
        assert re.search(r"Zoë Abbott +17/07/2018 +01/01/2025", walk.text)
        assert "This is the last school known to have the file" in walk.text
        await walk.press("k")
        await walk.on(AskTextScreen)
        await walk.settle()
        assert re.search(r"│ Zoë Abbott +│", walk.text), "who it is has a line of its own"
        await walk.press(*"inquiry", "enter")
        await walk.on(RetentionScreen)
        await walk.until(lambda: screen.due is not None and len(screen.due) == 2)
        await walk.settle()
        assert "2 students due for removal · 1 marked to be kept" in walk.text
        await walk.press("d")
        await walk.on(ConfirmScreen)
        await walk.press("left", "enter")
        await walk.on(RetentionScreen)
        await walk.until(lambda: screen.due is not None and len(screen.due) == 1)
        await walk.press("a")
        await walk.on(ConfirmScreen)
        await walk.press("left", "enter")
        await walk.on(RetentionScreen)
        await walk.until(lambda: screen.due == [])
        await walk.settle()
        assert "No student is due for removal · 1 marked to be kept" in walk.text
        assert walk.text_of("#about").startswith("There is nothing to do for now.")
    with School(data) as school:
        assert school.stored(STUDENTS)["surname"].to_list() == ["Abbott"]
        assert reason_to_keep(school, ids[0]) == "inquiry"
        assert [entry["event"] for entry in school.store.logged()][-1] == "retention"


@pytest.mark.parametrize("key", ["ctrl+e", "i"])
async def test_whoever_was_erased_elsewhere_meanwhile_is_no_longer_listed(data: DataFolder, key: str) -> None:
    with School(data) as school:
        import_people(school, pupil("Abbott"), pupil("Baker"))
        ids = [person_id(school, "Abbott")]
    async with walking(data) as walk:
        screen = PeopleScreen(STUDENTS)
        walk.app.push_screen(screen)
        await walk.until(lambda: screen.search_result is not None)
        await walk.settle()
        with School(data) as elsewhere:
            erase(elsewhere, ids)
        await walk.press(key)
        await walk.until(lambda: screen.table.people.height == 1)
        await walk.settle()
        assert "Nothing is stored about this person any more." in walk.text
        assert "records" not in walk.text
