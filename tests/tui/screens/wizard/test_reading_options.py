"""Choosing an encoding: names change as the user moves through the list."""

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.wizard.match import MatchScreen
from backdrop_tui.tui.screens.wizard.reading_options import ReadingScreen
from tests.support.made_up import student, table
from tests.support.walk import Walk, begun

pytestmark = pytest.mark.asyncio(loop_scope="module")

PEOPLE = [("Zoé", "Möller"), ("Aimée", "Fernández"), ("Ava", "Smith"), ("Käthe", "Großmann")]
Chosen = Callable[..., Awaitable[Draft]]


@pytest.fixture
def options(shared_walk: Walk, tmp_path: Path) -> Iterator[Chosen]:
    """Opens the reading options of a file of four students in an encoding."""
    drafts: list[Draft] = []

    async def show(encoding: str, people: list[tuple[str, str]] = PEOPLE) -> Draft:
        path = tmp_path / "pupils.csv"
        rows = [student(n, first_name=first, surname=surname) for n, (first, surname) in enumerate(people)]
        path.write_bytes(table(rows).decode().encode(encoding))
        drafts.append(begun(DataFolder(tmp_path / "drafts"), path, stage="match"))
        shared_walk.app.push_screen(MatchScreen(drafts[-1]))
        await shared_walk.on(MatchScreen)
        await shared_walk.press("o")
        await shared_walk.on(ReadingScreen)
        return drafts[-1]

    yield show
    for draft in drafts:
        draft.close()


async def test_three_names_are_shown_as_they_are_read(shared_walk: Walk, options: Chosen) -> None:
    await options("mac-roman")
    assert shared_walk.text_of("#names") == "Fernández, Großmann, Möller"


async def test_the_names_change_as_the_user_moves_through_the_encodings(
    shared_walk: Walk, options: Chosen
) -> None:
    await options("mac-roman")
    await shared_walk.press("enter", "down")
    assert shared_walk.text_of("#names") == "Fernçndez, Groºmann, MÜller"
    assert "Fernçndez" in shared_walk.text  # the open list doesn't cover them
    await shared_walk.press("up", "up")
    assert shared_walk.text_of("#names") == "Fern‡ndez, Gro§mann, Mšller"
    await shared_walk.press("escape")
    assert shared_walk.text_of("#names") == "Fernández, Großmann, Möller"


async def test_the_names_of_a_chosen_encoding_stay(shared_walk: Walk, options: Chosen) -> None:
    draft = await options("cp850")
    await shared_walk.press("enter", "up", "enter")
    assert "çndez" not in shared_walk.text_of("#names")
    names = shared_walk.text_of("#names").split(", ")
    await shared_walk.press("tab", "tab", "enter")
    await shared_walk.on(MatchScreen)
    assert draft.sheet.encoding.name == "mac-roman"
    assert set(names) <= {*draft.sheet.cells["c0"], *draft.sheet.cells["c1"]}
    assert draft.sheet.guess is None


async def test_an_encoding_that_is_left_as_it_was_detected_is_not_chosen(
    shared_walk: Walk, options: Chosen
) -> None:
    draft = await options("mac-roman")
    await shared_walk.press("tab", "tab")
    await shared_walk.replace("0")
    await shared_walk.press("enter")
    await shared_walk.on(MatchScreen)
    assert draft.sheet.header_row is None
    assert draft.sheet.encoding.name == "mac-roman"
    assert draft.sheet.guess is not None


async def test_a_chosen_encoding_stays_chosen_when_something_else_is_changed(
    shared_walk: Walk, options: Chosen
) -> None:
    draft = await options("mac-roman")
    await shared_walk.press("enter", "up", "enter", "tab", "tab", "enter")
    await shared_walk.on(MatchScreen)
    await shared_walk.press("o", "tab", "tab")
    await shared_walk.replace("0")
    await shared_walk.press("enter")
    await shared_walk.on(MatchScreen)
    assert draft.sheet.encoding.name == "cp1252"


async def test_a_file_without_accents_has_no_names_to_show(shared_walk: Walk, options: Chosen) -> None:
    await options("utf-8", [("Ava", "Smith")])
    assert shared_walk.text_of("#names") == "none in this file"


def rows_shown(walk: Walk) -> list[list[str]]:
    """The first three cells of each row in the preview."""
    preview = walk.screen(ReadingScreen).preview
    return [[str(cell) for cell in preview.get_row_at(n)[:3]] for n in range(preview.row_count)]


async def test_the_rows_above_and_below_the_headings_are_shown(shared_walk: Walk, tmp_path: Path) -> None:
    path = tmp_path / "pupils.csv"
    people = [student(n, surname=surname) for n, surname in enumerate(("Lee", "May", "Ray", "Day"))]
    path.write_bytes(b"Hill School\r\n\r\nPupils,[b]2026\r\n" + table(people))
    draft = begun(DataFolder(tmp_path / "drafts"), path, stage="match")
    shared_walk.app.push_screen(MatchScreen(draft))
    await shared_walk.on(MatchScreen)
    await shared_walk.press("o")
    await shared_walk.on(ReadingScreen)
    below = [["5", "Amira", "Lee"], ["6", "Ben", "May"], ["7", "Chloë", "Ray"]]
    assert rows_shown(shared_walk) == [
        ["1", "Hill School", ""], ["3", "Pupils", "[b]2026"], ["4", "First Name", "Surname"], *below,
    ]  # fmt: skip
    await shared_walk.until(lambda: "Ray" in shared_walk.text)  # it fits on the screen
    await shared_walk.press("tab", "tab")
    await shared_walk.replace("0")
    await shared_walk.settle()
    assert rows_shown(shared_walk)[:3] == [
        ["", "Column 1", "Column 2"],
        ["1", "Hill School", ""],
        ["3", "Pupils", "[b]2026"],
    ]
    draft.close()
