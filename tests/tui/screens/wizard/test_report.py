"""The page for the head, from the Action Plan."""

import re
from pathlib import Path

from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.dialogs.save_file import SaveFileScreen
from backdrop_tui.tui.screens.wizard.action_plan import ActionPlanScreen
from backdrop_tui.tui.screens.wizard.report import ReportScreen
from tests.support.imports import import_people, pupil
from tests.support.walk import walking


async def test_one_key_shows_the_page_and_others_name_people_and_save_it(
    data: DataFolder, tmp_path: Path
) -> None:
    with School(data) as school:
        school.settings.put("organisation", "Hill Top")
        import_people(school, pupil("Khan"))
        import_people(school, pupil("[red]No[/red]wak"))
    async with walking(data, tmp_path) as walk:
        await walk.press("f3")
        await walk.choose("plan")
        await walk.on(ActionPlanScreen)
        await walk.press("p")
        await walk.on(ReportScreen)
        await walk.until(lambda: "2 students and 0 staff." in walk.text)
        assert "wak" not in walk.text_of("#text")
        assert re.search(r"Year \d+ +2 +▄{20} ", walk.text_of("#text"))
        await walk.press("n", "left", "enter")
        await walk.until(lambda: "[red]No[/red]wak" in walk.text_of("#text"))
        await walk.press("s")
        await walk.on(SaveFileScreen)
        await walk.replace(str(tmp_path / "page.html"))
        await walk.press("enter")
        await walk.on(ReportScreen)
        await walk.press("escape")
        await walk.on(ActionPlanScreen)
    assert "wak" in (tmp_path / "page.html").read_text()
    assert (tmp_path / "page.html").stat().st_mode & 0o777 == 0o600


async def test_without_an_account_there_is_no_page(tmp_path: Path) -> None:
    async with walking(DataFolder(tmp_path / "fresh"), tmp_path) as walk:
        await walk.until(lambda: "(locked)" in walk.text)
        await walk.press("f3")
        await walk.choose("plan")
        await walk.on(ActionPlanScreen)
        await walk.press("p")
        assert walk.screen(ActionPlanScreen)
