"""The line below the cell that is being edited."""

from pathlib import Path

import pytest

from backdrop_tui.records.staff import STAFF
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from tests.support.walk import Walk, begun

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_long_hint_says_to_its_end_how_to_save_and_cancel(shared_walk: Walk, tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text("First Name,Surname,Job Role,User Group,Email\nJo,Lee,Cook,,j.lee@hill.sch.uk\n")
    draft = begun(DataFolder(tmp_path / "drafts"), path, STAFF)
    shared_walk.app.push_screen(PutRightScreen(draft))
    screen = await shared_walk.on(PutRightScreen)
    await shared_walk.until(lambda: screen.review is not None)
    await shared_walk.press("enter")
    assert "DSLs, School Business Manager" in shared_walk.text
    assert "Enter to save, Esc to cancel." in shared_walk.text
    first, second = (
        line for line in shared_walk.text.splitlines() if "DSLs," in line or "Enter to save" in line
    )
    assert (first[0], second[0]) == (" ", " ")
    assert first[1] != " " != second[1]
    await shared_walk.press("escape")
    draft.close()
