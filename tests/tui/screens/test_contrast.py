"""Whether everything can be read: in each theme, with many colours and with 16, and where NO_COLOR is set."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from rich.color import ColorSystem

from backdrop_tui.school.theme_choices import THEMES
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.admin.settings import SettingsScreen
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen
from backdrop_tui.tui.screens.wizard.match import MatchScreen
from backdrop_tui.tui.screens.wizard.preview import PreviewScreen
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from tests.support.screen_cells import VGA, XTERM, Cell, cells
from tests.support.walk import Walk, begun, walking

LEAST = 4.5
"""The least contrast of a text with what is behind it, as WCAG asks for."""
MANY = (ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT)
FEW = (ColorSystem.STANDARD,)


async def check(walk: Walk, where: str) -> None:
    """Check every text on the screen, in each theme that this terminal can show."""
    app = walk.app
    for system, seen in ((ColorSystem.TRUECOLOR, MANY), (ColorSystem.STANDARD, FEW)):
        app.console._color_system = system
        for choice in THEMES if seen is MANY else THEMES[:2]:
            app._apply_theme(choice)
            await walk.pilot.pause()
            for colours in seen:
                for palette in (XTERM, VGA) if colours in FEW else (XTERM,):
                    faint = [cell for cell in cells(app, palette, colours) if _is_faint(cell)]
                    assert not faint, f"{where}, {app.theme}, {colours.name}: {_said(faint)}"


def _is_faint(cell: Cell) -> bool:
    is_line_or_bar = "\u2500" <= cell.text <= "\u259f"
    return not cell.text.isspace() and not is_line_or_bar and cell.contrast < LEAST


def _said(faint: Sequence[Cell]) -> str:
    first = faint[0]
    text = "".join(cell.text for cell in faint if cell.y == first.y)
    return (
        f"“{text}” in line {first.y}, {first.contrast:.1f} ({first.foreground.hex} on {first.background.hex})"
    )


async def look_around(walk: Walk) -> None:
    """Check a sample of the screens."""
    await check(walk, "Getting started")
    await walk.choose("students.csv")
    await walk.press("enter")
    await walk.on(MatchScreen)
    await check(walk, "Match")
    await walk.press("i")
    await walk.on(PutRightScreen)
    await check(walk, "Put right")
    await walk.press("k", "down", "L")
    await walk.on(ConfirmScreen)
    await check(walk, "a question")
    await walk.press("escape", "escape", "c")
    await walk.on(PreviewScreen)
    await check(walk, "Check")
    await walk.back_to_start()
    walk.app.push_screen(SettingsScreen())
    await walk.on(SettingsScreen)
    await check(walk, "the settings")


async def test_every_text_can_be_read_in_every_theme(data: DataFolder, csv_folder: Path) -> None:
    async with walking(data, csv_folder) as walk:
        await look_around(walk)


async def test_without_colours_everything_can_be_read_and_what_is_wrong_is_seen_first(
    data: DataFolder, pupils_csv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with walking(data, pupils_csv.parent) as walk:
        assert walk.app.theme == "dark (no colour)"
        walk.app.push_screen(PutRightScreen(begun(data, pupils_csv)))
        screen = await walk.on(PutRightScreen)
        screen.browser.choose(None)
        await walk.settle()
        await check(walk, "Put right")
        error, warning, fine = (_look_of(walk, text) for text in ("!Boy", "?7a", "7A"))
        assert error == (True, True), "bold and underlined"
        assert warning == (True, False), "bold"
        assert fine == (False, False)


def _look_of(walk: Walk, text: str) -> tuple[bool, bool]:
    """Whether the last place on the screen that says this is bold, and whether it is underlined."""
    y, line = next((y, line) for y, line in reversed(list(enumerate(walk.text.splitlines()))) if text in line)
    cell = next(cell for cell in cells(walk.app) if (cell.x, cell.y) == (line.rindex(text), y))
    return cell.bold, cell.underlined
