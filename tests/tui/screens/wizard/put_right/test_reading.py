"""Putting right: names that were read in the wrong encoding."""

from pathlib import Path

import pytest

from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from backdrop_tui.tui.screens.wizard.reading_options import ReadingScreen
from tests.support.made_up import student, table
from tests.support.putting_right import putting_right
from tests.support.walk import Walk

PEOPLE = [("Zoé", "Möller"), ("Aimée", "Fernández"), ("Ava", "Smith"), ("Käthe", "Großmann")]


def accented(path: Path, encoding: str = "mac-roman") -> Path:
    """A file of students with accented names, in an encoding that has to be guessed."""
    rows = [student(n, first_name=first, surname=surname) for n, (first, surname) in enumerate(PEOPLE)]
    path.write_bytes(table(rows).decode().encode(encoding))
    return path


@pytest.fixture
def accented_csv(tmp_path: Path) -> Path:
    """Such a file in Mac Roman."""
    return accented(tmp_path / "pupils.csv")


async def choose_previous_encoding(walk: Walk) -> None:
    """Choose the encoding before that of the file in the list, and use it."""
    await walk.on(ReadingScreen)
    await walk.press("enter", "up", "enter", "tab", "tab", "enter")
    await walk.on(PutRightScreen)


@pytest.mark.parametrize(
    ("key", "encoding", "chosen"), [("o", "mac-roman", "Windows-1252"), ("t", "cp850", "Mac Roman")]
)
async def test_one_key_leads_from_the_question_to_the_encodings(
    data: DataFolder, tmp_path: Path, key: str, encoding: str, chosen: str
) -> None:
    async with putting_right(data, accented(tmp_path / "pupils.csv", encoding)) as (walk, screen):
        assert screen.browser.finding is not None
        assert screen.browser.finding.code == "encoding-guessed"
        assert walk.text_of("#hints") == "o Choose another encoding d Change nothing"
        await walk.press(key)
        await choose_previous_encoding(walk)
        assert screen.draft.sheet.encoding.label == chosen
        assert screen.browser.finding is None
        assert walk.notices() == [f"Read as {chosen}."]


async def test_d_says_that_the_names_are_right(data: DataFolder, accented_csv: Path) -> None:
    async with putting_right(data, accented_csv) as (walk, screen):
        await walk.press("d")
        assert screen.draft.edits.dismissed == {"encoding-guessed"}
        assert screen.browser.finding is None


async def test_using_the_encoding_as_it_is_says_so_too(data: DataFolder, accented_csv: Path) -> None:
    async with putting_right(data, accented_csv) as (walk, screen):
        await walk.press("o", "tab", "tab", "enter")
        await walk.on(PutRightScreen)
        assert screen.draft.edits.dismissed == {"encoding-guessed"}


async def test_edits_are_kept_but_for_those_of_names_that_read_differently_now(
    data: DataFolder, accented_csv: Path
) -> None:
    async with putting_right(data, accented_csv) as (walk, screen):
        cells = ((2, "surname", "MOLLER"), (4, "surname", "Smithson"))
        screen.draft.do(Change("x", cells=cells))
        await walk.press("o")
        await choose_previous_encoding(walk)
        assert screen.draft.edits.cells[4, "surname"] == "Smithson"
        assert screen.draft.edits.cells[2, "surname"] == screen.draft.texts["surname"][0]
        (notice,) = walk.notices()
        assert "1 cell that you had edited has the text of the file again" in notice
        await walk.press("u")
        assert screen.draft.edits.cells[2, "surname"] == "MOLLER"


async def test_esc_leaves_the_question_open(data: DataFolder, accented_csv: Path) -> None:
    async with putting_right(data, accented_csv) as (walk, screen):
        await walk.press("o", "escape")
        assert screen.browser.finding is not None


async def test_other_columns_have_to_be_matched_again(data: DataFolder, accented_csv: Path) -> None:
    async with putting_right(data, accented_csv) as (walk, screen):
        await walk.press("o", "tab", "tab")
        await walk.replace("0")
        await walk.press("enter")
        await walk.until(lambda: not screen.is_attached)
        assert walk.notices() == ["The columns have changed. Check where they go."]
