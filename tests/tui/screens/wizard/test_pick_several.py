"""Several files picked together, and cells that are pasted in place of a file."""

from pathlib import Path

import pytest

from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.wizard.load import LoadScreen
from backdrop_tui.tui.screens.wizard.match import MatchScreen
from backdrop_tui.tui.screens.wizard.pick_file import PickFileScreen
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from tests.support.made_up import student, table
from tests.support.walk import walking


@pytest.fixture
def classes(tmp_path: Path) -> Path:
    """A folder with the files of two classes, and one with other headings."""
    folder = tmp_path / "classes"
    folder.mkdir()
    (folder / "7A.csv").write_bytes(table([student(0), student(5)]))
    (folder / "7B.csv").write_bytes(table([student(10)]))
    (folder / "8A.csv").write_bytes(table([{**student(1), "House": "Red"}]))
    return folder


async def test_files_that_are_marked_are_read_as_one(data: DataFolder, classes: Path) -> None:
    async with walking(data, classes) as walk:
        await walk.press("enter")
        await walk.on(PickFileScreen)
        await walk.press("space")
        assert "1 file is marked. Mark others with the same headings, then press Enter." in walk.text
        await walk.press("space")
        assert "2 files are marked. Press Enter to read them as one." in walk.text
        assert walk.text.count("✓") >= 2
        await walk.press("enter")
        screen = await walk.on(MatchScreen)
        assert screen.draft.facts.files == ("7A.csv", "7B.csv")
        assert screen.draft.sheet.cells.height == 3


async def test_rows_of_several_files_are_named_by_their_files(data: DataFolder, tmp_path: Path) -> None:
    for form in ("7A", "7B"):
        (tmp_path / f"{form}.csv").write_bytes(table([student(0, first_name="", upn="", surname=form)]))
    async with walking(data, tmp_path) as walk:
        await walk.press("enter")
        await walk.on(PickFileScreen)
        await walk.press("space", "space", "enter")
        await walk.on(MatchScreen)
        await walk.press("i")
        screen = await walk.on(PutRightScreen)
        await walk.until(lambda: screen.browser.cell is not None)
        assert "!7A.csv:2!" in walk.text
        assert "!7B.csv:2!" in walk.text
        await walk.press("down", "e")
        assert "First Name, row 7B.csv:2:" in walk.text
        await walk.press("B", "o", "enter")
        await walk.until(
            lambda: "First Name in row 7B.csv:2" in [change.title for change in screen.draft.edits.done]
        )
        assert "1000000" not in walk.text


async def test_space_takes_a_mark_away_again(data: DataFolder, classes: Path) -> None:
    async with walking(data, classes) as walk:
        await walk.press("enter")
        await walk.on(PickFileScreen)
        await walk.press("space", "up", "space")
        assert "marked" not in walk.text
        await walk.press("up", "enter")
        screen = await walk.on(MatchScreen)
        assert screen.draft.facts.files == ("7A.csv",)


async def test_files_with_different_headings_are_not_read_as_one(data: DataFolder, classes: Path) -> None:
    async with walking(data, classes) as walk:
        await walk.press("enter")
        await walk.on(PickFileScreen)
        await walk.press("space", "down", "space", "enter")
        await walk.on(LoadScreen)
        assert "8A.csv doesn't have the same headings as 7A.csv" in walk.text.replace("\n", " ")


async def test_cells_copied_from_a_spreadsheet_can_be_pasted(data: DataFolder, classes: Path) -> None:
    cells = table([student(0), student(5)], delimiter="\t").decode()
    async with walking(data, classes) as walk:
        await walk.press("enter")
        await walk.on(PickFileScreen)
        await walk.paste(cells)
        screen = await walk.on(MatchScreen)
        assert (screen.draft.facts.file, screen.draft.sheet.cells.height) == ("Pasted cells", 2)


async def test_a_single_pasted_word_is_no_table(data: DataFolder, classes: Path) -> None:
    async with walking(data, classes) as walk:
        await walk.press("enter")
        await walk.on(PickFileScreen)
        await walk.paste("pupils.csv")
        assert "To paste a path, press Tab first" in walk.text_of("#error")
