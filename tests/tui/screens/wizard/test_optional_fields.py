"""A field that is not in the template is only on a screen where the file or the store has it."""

from pathlib import Path

from textual.widgets import Input

from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.admin.people import PeopleScreen
from backdrop_tui.tui.screens.admin.person import PersonScreen
from backdrop_tui.tui.screens.wizard.by_hand import ByHandScreen
from backdrop_tui.tui.screens.wizard.columns import ColumnsScreen
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from tests.support.imports import import_people, pupil
from tests.support.made_up import student, table
from tests.support.walk import WIDE, Walk, begun, walking


def a_file(folder: Path, **changes: str) -> Path:
    """A file with one student."""
    path = folder / "pupils.csv"
    path.write_bytes(table([student(0, **changes)]))
    return path


def is_shown(walk: Walk) -> bool:
    """Whether the form on the screen has a line for the admission number."""
    return walk.app.screen.query_one("#admission_number", Input).display


async def put_right(walk: Walk, data: DataFolder, path: Path) -> PutRightScreen:
    """Open Put right on a file."""
    screen = PutRightScreen(begun(data, path))
    walk.app.push_screen(screen)
    await walk.until(lambda: screen.is_attached and screen.review is not None)
    await walk.settle()
    return screen


async def test_put_right_shows_it_if_the_file_has_it(data: DataFolder, tmp_path: Path) -> None:
    async with walking(data, size=WIDE) as walk:
        await put_right(walk, data, a_file(tmp_path, admission_number="004217", gender="Boy"))
        assert "Adm No" in walk.text
        assert "004217" in walk.text


async def test_put_right_does_not_show_it_if_the_file_has_no_such_column(
    data: DataFolder, tmp_path: Path
) -> None:
    async with walking(data, size=WIDE) as walk:
        await put_right(walk, data, a_file(tmp_path))
        assert "Adm No" not in walk.text


async def test_put_right_does_not_show_a_column_without_a_value(data: DataFolder, tmp_path: Path) -> None:
    async with walking(data, size=WIDE) as walk:
        await put_right(walk, data, a_file(tmp_path, admission_number=""))
        assert "Adm No" not in walk.text


async def test_the_form_by_hand_asks_for_it_if_someone_stored_has_one(data: DataFolder) -> None:
    with School(data) as school:
        import_people(school, pupil("Abbott", admission_number="004217"))
    async with walking(data, size=WIDE) as walk:
        screen = ByHandScreen(begun(data, None, STUDENTS))
        walk.app.push_screen(screen)
        await walk.until(lambda: screen.is_attached and "Nobody yet" in walk.text)
        await walk.until(lambda: is_shown(walk))
        for value in (*student(0).values(), "004218"):
            await walk.replace(value)
            await walk.press("enter")
        await walk.until(lambda: "004218" in walk.text)
        assert "Row 1 is saved." in walk.text_of("#message")


async def test_the_form_by_hand_does_not_ask_for_it_if_nobody_has_one(data: DataFolder) -> None:
    async with walking(data, size=WIDE) as walk:
        screen = ByHandScreen(begun(data, None, STUDENTS))
        walk.app.push_screen(screen)
        await walk.until(lambda: screen.is_attached and "Nobody yet" in walk.text)
        assert not is_shown(walk)


async def test_administration_shows_it_if_someone_has_one(data: DataFolder) -> None:
    with School(data) as school:
        import_people(school, pupil("Abbott", admission_number="004217"), pupil("Baker"))
    async with walking(data, size=WIDE) as walk:
        screen = PeopleScreen(STUDENTS)
        walk.app.push_screen(screen)
        await walk.until(lambda: screen.is_attached and "004217" in walk.text)
        assert "Adm No" in walk.text
        await walk.press("a")
        await walk.on(PersonScreen)
        assert is_shown(walk)


async def test_administration_does_not_show_it_if_nobody_has_one(data: DataFolder) -> None:
    with School(data) as school:
        import_people(school, pupil("Abbott"))
    async with walking(data, size=WIDE) as walk:
        screen = PeopleScreen(STUDENTS)
        walk.app.push_screen(screen)
        await walk.until(lambda: screen.is_attached and "Abbott" in walk.text)
        assert "Adm No" not in walk.text
        await walk.press("a")
        await walk.on(PersonScreen)
        assert not is_shown(walk)


async def test_it_is_not_among_the_columns_to_ask_for(data: DataFolder, tmp_path: Path) -> None:
    async with walking(data, size=WIDE) as walk:
        walk.app.push_screen(ColumnsScreen(tmp_path))
        await walk.on(ColumnsScreen)
        assert "Registration Group" in walk.text
        assert "Admission Number" not in walk.text
