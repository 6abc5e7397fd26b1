"""The theme: a key changes it, and the setting keeps it."""

from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.support.imports import sign_up
from tests.support.walk import walking


async def test_a_key_changes_the_theme_and_the_next_start_shows_it_again(data: DataFolder) -> None:
    with School(data) as school:
        sign_up(school)
    async with walking(data) as walk:
        assert walk.app.theme.startswith("dark")
        await walk.press("f2")
        assert walk.app.theme.startswith("light")
        assert "Theme: light." in walk.notices()[0]
    async with walking(data) as walk:
        assert walk.app.theme.startswith("light")
