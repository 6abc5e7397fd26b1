"""The app on a data folder that an older version saved, or a newer one."""

from pathlib import Path

import orjson
import pytest
from textual.widgets import OptionList

from backdrop_tui.store.migrations import current_format
from backdrop_tui.tui.screens.wizard.welcome import WelcomeScreen
from tests.support.old_folders import copy_of
from tests.support.walk import walking


async def test_the_app_goes_on_with_what_an_older_version_stored(tmp_path: Path) -> None:
    folder = copy_of("format-1", tmp_path / "old")
    async with walking(folder) as walk:
        assert "Hill Top" in walk.text
        assert "7 students, 2 staff" in walk.text
        await walk.choose("draft:20260302-093001-003f1b")
        await walk.until(lambda: not isinstance(walk.app.screen, WelcomeScreen))
        assert not walk.notices()
    for path in (folder.students, folder.staff, folder.setup):
        assert orjson.loads(path.read_bytes())["meta"] == {"1": {"format": current_format(path.stem)}}
    assert not list(folder.path.glob("absent-*.json"))


@pytest.mark.parametrize("name", ["setup.json", "students.json", "staff.json"])
async def test_what_a_newer_version_saved_is_refused_in_a_sentence_and_left_alone(
    tmp_path: Path, name: str
) -> None:
    folder = copy_of("format-1", tmp_path / "newer")
    path = folder.path / name
    newer = orjson.dumps({"meta": {"1": {"format": 99}}} | orjson.loads(path.read_bytes()))
    path.write_bytes(newer)
    async with walking(folder) as walk:
        await walk.until(lambda: any("was saved by a newer version" in notice for notice in walk.notices()))
        offered = {option.id for option in walk.app.screen.query_one(OptionList).options}
        for choice in ("students.hand", "sign-up", "administration", "plan"):
            if choice in offered:
                await walk.choose(choice)
                await walk.press("escape")
    assert path.read_bytes() == newer
