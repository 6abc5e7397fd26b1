"""The main screens as text, at 80×24 and 120×40."""

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.admin.settings import SettingsScreen
from backdrop_tui.tui.screens.dialogs.choose import ChooseScreen
from backdrop_tui.tui.screens.wizard.by_hand import ByHandScreen
from backdrop_tui.tui.screens.wizard.match import MatchScreen
from backdrop_tui.tui.screens.wizard.preview import PreviewScreen
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from tests.support.walk import NARROW, WIDE, walking


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
async def test_the_screens_of_an_import(
    data: DataFolder, csv_folder: Path, screens: SnapshotAssertion, size: tuple[int, int]
) -> None:
    async with walking(data, csv_folder, size) as walk:

        async def same(name: str) -> None:
            await walk.until(lambda: "f1 Help" in walk.footer)
            assert walk.text == screens(name=name)

        await walk.until(lambda: "Stored so far" in walk.text)
        await same("welcome")
        await walk.press("enter", "enter")
        await walk.on(MatchScreen)
        await same("match")
        await walk.press("i")
        await walk.on(PutRightScreen)
        await same("put_right")
        await walk.press("f")
        await walk.until(lambda: "esc Cancel" in walk.text)
        await same("alike")
        await walk.press("enter", "f1")
        await same("help")
        await walk.press("escape", "c")
        await walk.on(PreviewScreen)
        await same("preview")
        await walk.press("escape", "escape", "escape", "escape")
        await walk.choose("staff.hand")
        await walk.on(ByHandScreen)
        await same("by_hand")


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
async def test_the_system_settings(
    data: DataFolder, screens: SnapshotAssertion, size: tuple[int, int]
) -> None:
    with School(data) as school:
        school.settings.put("organisation", "Hill Top")
        school.settings.put("mail-port", "2525")
    async with walking(data, size=size) as walk:
        await walk.press("f3")
        await walk.choose("settings")
        await walk.on(SettingsScreen)
        await walk.until(lambda: "f1 Help" in walk.footer)
        assert walk.text == screens(name="settings")
        await walk.press("down", "enter")
        await walk.on(ChooseScreen)
        assert walk.text == screens(name="choice")
