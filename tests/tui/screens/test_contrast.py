"""Whether everything can be read: in each theme, with many colours and with 16, and where NO_COLOR is set.

A screen is drawn in a palette in which each colour has a different name, so that what is drawn tells which colours of every
other palette meet there. That is far quicker than drawing it in each.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from rich.color import Color, ColorSystem
from rich.color_triplet import ColorTriplet
from rich.style import Style

from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.admin.care.retention import RetentionScreen
from backdrop_tui.tui.screens.admin.data_care import DataCareScreen
from backdrop_tui.tui.screens.admin.people import PeopleScreen
from backdrop_tui.tui.screens.admin.settings import SettingsScreen
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen
from backdrop_tui.tui.screens.dialogs.palette import PaletteScreen
from backdrop_tui.tui.screens.wizard.match import MatchScreen
from backdrop_tui.tui.screens.wizard.preview import PreviewScreen
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from backdrop_tui.tui.screens.wizard.put_right.values import ValuesScreen
from backdrop_tui.tui.screens.wizard.report import ReportScreen
from backdrop_tui.tui.shell.themes import _BY_NAME, Palette
from tests.support.imports import import_people, pupil
from tests.support.screen_cells import VGA, XTERM, Cell, cells, looks
from tests.support.walk import Walk, begun, walking

ROUNDED = 2
"""How far a colour on the screen may be from the one that was meant."""
LEAST = 4.5
"""The least contrast of a text with what is behind it, as WCAG asks for."""
TERMINALS = {
    "": ((ColorSystem.TRUECOLOR, XTERM), (ColorSystem.EIGHT_BIT, XTERM)),
    " (16 colours)": ((ColorSystem.STANDARD, XTERM), (ColorSystem.STANDARD, VGA)),
    " (no colour)": ((ColorSystem.TRUECOLOR, XTERM), (ColorSystem.EIGHT_BIT, XTERM)),
}
"""The colours of the terminals that each variant of a theme is for."""
NAMES = [field.name for field in fields(Palette) if field.type is str and not field.name.endswith("_style")]


def _kinds_of_palettes() -> Mapping[frozenset[str], Mapping[str, Palette]]:
    """The palettes by the colours that they have: where one has none, something else is drawn instead."""
    kinds: dict[frozenset[str], dict[str, Palette]] = defaultdict(dict)
    for theme, palette in _BY_NAME.items():
        kinds[frozenset(name for name in NAMES if getattr(palette, name))][theme] = palette
    return kinds


KINDS_OF_PALETTES = _kinds_of_palettes()
MARKED = "marked"
"""The name of the palette in which the screens are drawn."""


def marked(names: frozenset[str]) -> tuple[Palette, dict[ColorTriplet, str]]:
    """A palette whose colours are all different, and the name of each."""
    colours = {
        ColorTriplet(40 + 9 * n, 200 - 7 * n, 30 + 3 * n): name for n, name in enumerate(sorted(names))
    }
    values: dict[str, Any] = {name: colour.hex for colour, name in colours.items()}
    return Palette(**values), colours


def styles_of_texts(walk: Walk) -> Iterator[tuple[str, Style]]:
    """Each text on the screen that isn't only lines or bars, with its style."""
    for strip in walk.app.screen._compositor.render_strips():
        for text, style, _ in strip:
            if style is not None and any(not c.isspace() and not "\u2500" <= c <= "\u259f" for c in text):
                yield text, style


async def check(walk: Walk, where: str) -> None:
    """Check every text on the screen, in each theme, on each terminal that it is for."""
    app = walk.app
    app.console._color_system = ColorSystem.TRUECOLOR
    for names, palettes in KINDS_OF_PALETTES.items():
        palette, name_of = marked(names)
        _BY_NAME[MARKED] = palette
        app.register_theme(palette.theme(MARKED))
        app.theme = next(
            iter(palettes)
        )  # the theme that is registered is only looked at if its name is another one
        app._apply_theme(MARKED)
        await walk.pilot.pause()
        seen = {}
        for text, style in styles_of_texts(walk):
            meeting = _meeting(style, name_of)
            assert meeting is not None, f"{where}: “{text}” in {style}, which is no colour of the palette"
            seen[meeting] = text
        for (text_name, back_name, is_reversed), text in seen.items():
            for theme, real in palettes.items():
                style = Style.from_color(
                    Color.parse(getattr(real, text_name)), Color.parse(getattr(real, back_name))
                ) + Style(reverse=is_reversed)
                variant = next(variant for variant in reversed(TERMINALS) if theme.endswith(variant))
                for system, terminal in TERMINALS[variant]:
                    contrast = Cell(0, 0, "x", *looks(style, system, terminal)).contrast
                    told = f"“{text}”: {text_name} on {back_name}, {contrast:.1f}"
                    assert contrast >= LEAST, f"{where}, {theme}, {system.name}: {told}"


def _meeting(style: Style, name_of: Mapping[ColorTriplet, str]) -> tuple[str, str, bool] | None:
    """The names of the colour of a text and of that behind it, and whether they change places.

    None if one of them is no colour of the palette, for example because it was mixed.
    """
    text, background = _name(style.color, name_of), _name(style.bgcolor, name_of)
    return (text, background, bool(style.reverse)) if text and background and not style.dim else None


def _name(colour: Color | None, name_of: Mapping[ColorTriplet, str]) -> str | None:
    """The name of a colour in a palette, which may have been rounded on its way; None if it isn't in the palette."""
    shown = colour.get_truecolor() if colour else ColorTriplet(0, 0, 0)
    near = (
        name
        for known, name in name_of.items()
        if max(abs(a - b) for a, b in zip(known, shown, strict=True)) <= ROUNDED
    )
    return next(near, None)


def faint_cells(walk: Walk) -> Sequence[Cell]:
    """The cells of the screen, as it is drawn now, that can't be read well."""
    return [
        cell
        for cell in cells(walk.app)
        if not cell.text.isspace() and not "\u2500" <= cell.text <= "\u259f" and cell.contrast < LEAST
    ]


async def look_around(walk: Walk) -> None:
    """Check a sample of the screens."""
    await check(walk, "Getting started")
    await walk.choose("students.csv")
    await check(walk, "Pick a file")
    await walk.press("enter")
    await walk.on(MatchScreen)
    await check(walk, "Match")
    await walk.press("i")
    await walk.on(PutRightScreen)
    await check(walk, "Put right")
    await walk.press("ctrl+p")
    await walk.on(PaletteScreen)
    await check(walk, "the palette")
    await walk.press("escape", "g")
    await walk.on(ValuesScreen)
    await walk.press("enter")
    await check(walk, "values at a glance")
    await walk.press("escape", "escape")
    await walk.on(PutRightScreen)
    await walk.press("x")
    await walk.on(ConfirmScreen)
    await check(walk, "a question")
    await walk.press("escape", "c")
    await walk.on(PreviewScreen)
    await check(walk, "Check")
    await walk.back_to_start()
    for screen in (
        SettingsScreen(), PeopleScreen(STUDENTS), DataCareScreen(), RetentionScreen(), ReportScreen(),
    ):  # fmt: skip
        walk.app.push_screen(screen)
        await walk.on(type(screen))
        await check(walk, screen.TITLE or "")
        await walk.back_to_start()


async def test_every_text_can_be_read_in_every_theme(
    data: DataFolder, csv_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(_BY_NAME, MARKED, _BY_NAME["dark"])  # each check puts another one there
    with School(data) as school:
        import_people(school, pupil("Abbott", registration_group="7A"))
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
        assert faint_cells(walk) == []
        error, warning, fine = (_look_of(walk, text) for text in ("!Boy", "?7a", "7A"))
        assert error == (True, True), "bold and underlined"
        assert warning == (True, False), "bold"
        assert fine == (False, False)


def _look_of(walk: Walk, text: str) -> tuple[bool, bool]:
    """Whether the last place on the screen that says this is bold, and whether it is underlined."""
    y, line = next((y, line) for y, line in reversed(list(enumerate(walk.text.splitlines()))) if text in line)
    cell = next(cell for cell in cells(walk.app) if (cell.x, cell.y) == (line.rindex(text), y))
    return cell.bold, cell.underlined
