"""Nothing from a file can break the screen, be taken for markup, or reach the terminal as a command."""

import csv
import io
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import pytest

from backdrop_tui.printable import printable
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.dialogs.help import HelpScreen
from backdrop_tui.tui.screens.wizard.by_hand import ByHandScreen
from backdrop_tui.tui.screens.wizard.choose_field import ChooseFieldScreen
from backdrop_tui.tui.screens.wizard.load import LoadScreen
from backdrop_tui.tui.screens.wizard.match import MatchScreen
from backdrop_tui.tui.screens.wizard.pick_file import PickFileScreen
from backdrop_tui.tui.screens.wizard.preview import PreviewScreen
from backdrop_tui.tui.screens.wizard.put_right.replace import ReplaceScreen
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from backdrop_tui.tui.screens.wizard.reading_options import ReadingScreen
from backdrop_tui.tui.screens.wizard.summary import SummaryScreen
from backdrop_tui.tui.screens.wizard.welcome import WelcomeScreen
from tests.support.made_up import LABELS, student
from tests.support.walk import Walk, walking

HOSTILE = (
    "[/]",
    "[/b]",
    "[red]x[/red]",
    "[@click=app.quit]x[/]",
    "\x1b[31mred",
    "\x1b]8;;http://example.org\x07link\x1b]8;;\x07",
    "\x1b]52;c;c3RvbGVu\x07",
    "\x9b31m\x90q\x9c",
    "nul\x00nul",
    "abc\u202egpj.exe",
    "\u2066x\u2069\u200e",
    "\u2028line\u2029",
    "$primary {x} %s \\",
    "Amira[",
    "Z" + "\u0300\u0489" * 50,
    "\u3164\u2800\ufe0f",
)
_EMOJI = range(0x1F000, 0x1FB00)


def shown(walk: Walk) -> Iterable[str]:
    """Every piece of text that is written to the terminal."""
    for line in walk.app.screen._compositor.render_strips():
        for segment in line:
            assert not segment.control
            yield segment.text


def is_safe(walk: Walk) -> bool:
    """Whether nothing on the screen could control the terminal."""
    return all(printable(text) == text for text in shown(walk)) and all(
        unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zl", "Zp") and ord(character) not in _EMOJI
        for text in shown(walk)
        for character in text
    )


def write_csv(path: Path, headings: Iterable[str], rows: Iterable[Iterable[str]]) -> Path:
    """Write a CSV file with any text in it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode())
    return path


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A folder with a file whose name, headings and cells are hostile; every other row is harmless."""
    folder = tmp_path / "sch[red]ool"
    folder.mkdir()
    headings = [*LABELS, *HOSTILE]
    rows = []
    for n, text in enumerate(HOSTILE):
        rows.append([*[text] * len(LABELS), *HOSTILE])
        rows.append([*student(n).values(), *HOSTILE])
    write_csv(folder / "pu[b]pils\x1b[31m\u202e.csv", headings, rows)
    return folder


async def test_no_screen_shows_anything_that_could_control_the_terminal(
    data: DataFolder, hostile: Path
) -> None:
    async with walking(data, hostile) as walk:

        async def see(kind: type, *keys: str) -> None:
            await walk.press(*keys)
            await walk.on(kind)
            assert is_safe(walk), walk.text

        await see(PickFileScreen, "enter")
        assert "pu[b]pils" in walk.text
        await see(MatchScreen, "enter")
        for place in range(len(LABELS) + 3, len(LABELS) + len(HOSTILE), 2):
            walk.screen(MatchScreen).table.go_to(place)
            await see(ChooseFieldScreen, "enter")
            await see(MatchScreen, "escape")
        await see(ReadingScreen, "o")
        await see(MatchScreen, "escape")
        await see(PutRightScreen, "i")
        screen = walk.screen(PutRightScreen)
        for row in range(8, 2 + 2 * len(HOSTILE), 4):
            screen.table.go_to(row, "registration_group")
            await see(PutRightScreen, "e")
            await see(PutRightScreen, "escape")
        await see(ReplaceScreen, "ctrl+r")
        await see(PutRightScreen, "escape", "v", "pagedown", "w")
        await see(HelpScreen, "f1")
        await see(PutRightScreen, "escape")
        await see(PreviewScreen, "c")
        await see(SummaryScreen, "enter")
        await see(WelcomeScreen, "enter", "escape")
        await walk.choose("students.csv")
        await see(PickFileScreen)
        assert "_errors" in walk.text


async def test_a_folder_and_a_path_are_shown_as_text(data: DataFolder, tmp_path: Path) -> None:
    folder = tmp_path / "[red]\x1b[31m"
    folder.mkdir()
    (folder / "pupils\x1b[31m.csv").write_text("a,b\n1,2\n")
    async with walking(data, folder) as walk:
        await walk.press("enter", "tab", "p", "u")
        assert "/[red]" in walk.text
        assert is_safe(walk), walk.text
        for typed in ("nul\x00", "x" * 5_000, "~nobody/x", "***", "[/]"):
            await walk.replace(typed)
            await walk.press("enter")
            assert is_safe(walk)
            assert walk.text_of("#error")


async def test_markup_is_text(data: DataFolder, hostile: Path) -> None:
    async with walking(data, hostile) as walk:
        await walk.press("enter", "enter", "i")
        await walk.on(PutRightScreen)
        await walk.press("v")
        for text in ("[/]", "[red]x[/", "[@click="):
            assert text in walk.text


async def test_typed_and_pasted_text_is_harmless_too(data: DataFolder) -> None:
    async with walking(data) as walk:
        await walk.choose("students.hand")
        await walk.on(ByHandScreen)
        for text in (
            "[red]\x1b[31m",
            "[red]x",
            "\u202eabc",
            "[@click=app.quit]x[/]",
            "\x00",
            "7A",
            "\x9b31m",
        ):
            await walk.replace(text)
            await walk.press("enter")
            assert is_safe(walk), walk.text
        await walk.press("f2", "enter")
        assert is_safe(walk), walk.text


async def test_a_draft_with_a_hostile_name_is_listed_as_text(data: DataFolder, hostile: Path) -> None:
    async with walking(data, hostile) as walk:
        await walk.press("enter", "enter", "x", "escape", "escape")
        await walk.on(WelcomeScreen)
        assert is_safe(walk)
        assert "Carry on with pu[b]pils" in walk.text


async def test_the_name_of_an_unusable_file_is_shown_as_text(data: DataFolder, tmp_path: Path) -> None:
    (tmp_path / "[red]\x1b]52;c;x\x07.csv").write_bytes(b"PK\x03\x04")
    async with walking(data, tmp_path) as walk:
        await walk.press("enter", "enter")
        await walk.on(LoadScreen)
        assert is_safe(walk), walk.text


async def test_a_very_long_cell_and_very_many_columns_are_shown(data: DataFolder, tmp_path: Path) -> None:
    headings = [*LABELS, *(f"Extra {n}" for n in range(900))]
    rows = [[*student(n).values(), *["x"] * 900] for n in range(3)]
    rows[1][0] = "A" * 100_000
    rows[2][3] = "[red]" * 20_000
    write_csv(tmp_path / "wide.csv", headings, rows)
    async with walking(data, tmp_path) as walk:
        await walk.press("enter", "enter")
        screen = await walk.on(MatchScreen)
        await walk.press("ctrl+end")
        assert screen.table.selected_row == len(headings) - 1
        await walk.press("o")
        await walk.on(ReadingScreen)
        await walk.press("escape", "i")
        await walk.on(PutRightScreen)
        await walk.press("e", "escape", "n", "e", "escape", "c")
        await walk.on(PreviewScreen)
        assert is_safe(walk)
