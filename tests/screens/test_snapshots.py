"""The main screens as text, at 80×24 and 120×40."""

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from backdrop_tui.screens.by_hand import ByHandScreen
from backdrop_tui.screens.match import MatchScreen
from backdrop_tui.screens.preview import PreviewScreen
from backdrop_tui.screens.put_right import PutRightScreen
from backdrop_tui.store.folder import DataFolder
from tests.screens.walk import NARROW, WIDE, walking


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
async def test_the_screens_of_an_import(
    data: DataFolder, school: Path, screens: SnapshotAssertion, size: tuple[int, int]
) -> None:
    async with walking(data, school, size) as walk:
        await walk.until(lambda: "Stored so far" in walk.text and "f1 Help" in walk.footer)
        assert walk.text == screens(name="welcome")
        await walk.press("enter", "enter")
        await walk.on(MatchScreen)
        assert walk.text == screens(name="match")
        await walk.press("i")
        await walk.on(PutRightScreen)
        assert walk.text == screens(name="put_right")
        await walk.press("f")
        assert walk.text == screens(name="alike")
        await walk.press("enter", "f1")
        assert walk.text == screens(name="help")
        await walk.press("escape", "c")
        await walk.on(PreviewScreen)
        assert walk.text == screens(name="preview")
        await walk.press("escape", "escape", "escape")
        await walk.choose("staff.hand")
        await walk.on(ByHandScreen)
        assert walk.text == screens(name="by_hand")
