"""Saving a file that the user asks for."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from backdrop_tui.intake.output.export import template
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.tui.screens.dialogs.save_file import SaveFileScreen
from tests.support.walk import Walk

pytestmark = pytest.mark.asyncio(loop_scope="module")

Ask = Callable[[Path], Awaitable[list[Path | None]]]


@pytest.fixture
def ask(shared_walk: Walk) -> Ask:
    """Asks where to save a template; the path that it was saved to is added to the list that it returns."""

    async def show(folder: Path) -> list[Path | None]:
        saved: list[Path | None] = []
        shared_walk.app.push_screen(
            SaveFileScreen("Save", folder, "students-template.csv", lambda: template(STUDENTS)), saved.append
        )
        await shared_walk.on(SaveFileScreen)
        return saved

    return show


async def test_the_template_is_saved_under_the_suggested_name(
    shared_walk: Walk, ask: Ask, tmp_path: Path
) -> None:
    saved = await ask(tmp_path)
    await shared_walk.press("enter")
    path = tmp_path / "students-template.csv"
    assert saved == [path]
    assert path.read_bytes() == template(STUDENTS)


async def test_a_name_that_is_taken_is_refused_and_another_can_be_typed(
    shared_walk: Walk, ask: Ask, tmp_path: Path
) -> None:
    (tmp_path / "students-template.csv").write_text("mine")
    saved = await ask(tmp_path)
    await shared_walk.replace(str(tmp_path / "students-template.csv"))
    await shared_walk.press("enter")
    assert "Choose another name" in shared_walk.text_of("#message")
    await shared_walk.replace(str(tmp_path / "other.csv"))
    await shared_walk.press("enter")
    assert saved == [tmp_path / "other.csv"]
    assert (tmp_path / "students-template.csv").read_text() == "mine"


async def test_a_name_that_is_free_is_suggested(shared_walk: Walk, ask: Ask, tmp_path: Path) -> None:
    for taken in ("students-template.csv", "students-template-2.csv"):
        (tmp_path / taken).write_text("mine")
    saved = await ask(tmp_path)
    await shared_walk.press("enter")
    assert saved == [tmp_path / "students-template-3.csv"]


@pytest.mark.parametrize("name", ["missing/new.csv", "~nobody-of-this-name/new.csv"])
async def test_a_path_that_cant_be_used_is_refused(
    shared_walk: Walk, ask: Ask, tmp_path: Path, name: str
) -> None:
    saved = await ask(tmp_path)
    await shared_walk.replace(name if name.startswith("~") else str(tmp_path / name))
    await shared_walk.press("enter")
    assert shared_walk.text_of("#message")
    assert saved == []
    await shared_walk.press("escape")
    assert saved == [None]
