"""The theme: a key changes it, and the setting keeps it."""

from pathlib import Path

import pytest

from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.wizard.pick_file import PickFileScreen
from tests.support.imports import sign_up
from tests.support.screen_cells import cells
from tests.support.walk import Walk, walking


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


async def test_without_colours_the_line_of_a_list_that_the_cursor_is_on_is_reversed(
    data: DataFolder, csv_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with walking(data, csv_folder) as walk:
        await _only_the_line_of_the_cursor_is_reversed(walk, "Import students")
        await walk.press("enter")
        await walk.on(PickFileScreen)
        await _only_the_line_of_the_cursor_is_reversed(walk, "pupils.csv")
        await walk.press("escape")
        await walk.press("down")
        await _the_line_of_the_cursor_has_one_background(walk, "what is done, and what is next")


async def _only_the_line_of_the_cursor_is_reversed(walk: Walk, text: str) -> None:
    lines = walk.text.splitlines()
    line = next(y for y, line in enumerate(lines) if text in line)
    lightest = max(cell.background for cell in cells(walk.app))
    reversed_lines = {cell.y for cell in cells(walk.app) if cell.background == lightest and cell.x > 40}
    assert line in reversed_lines
    assert line + 1 not in reversed_lines


async def _the_line_of_the_cursor_has_one_background(walk: Walk, text: str) -> None:
    y, line = next((y, line) for y, line in enumerate(walk.text.splitlines()) if text in line)
    await walk.settle()
    ends = range(line.index(line.strip()), line.index(text) + len(text))
    assert len({cell.background for cell in cells(walk.app) if cell.y == y and cell.x in ends}) == 1
