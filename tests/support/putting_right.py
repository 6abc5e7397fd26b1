"""Opens Put right on a file, as a user comes to it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from backdrop_tui.intake.draft.fixes import read_dates
from backdrop_tui.records.schema.context import DateOrder
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from tests.support.walk import Walk, begun, walking


@asynccontextmanager
async def putting_right(
    data: DataFolder,
    path: Path,
    kind: RecordKind = STUDENTS,
    date_order: DateOrder = "dmy",
    stage: str = "fix",
) -> AsyncIterator[tuple[Walk, PutRightScreen]]:
    """Open the screen on a file, whose dates are read in a certain order, in a draft that has reached a certain stage."""
    draft = begun(data, path, kind, stage)
    if date_order != "dmy":
        draft.do(read_dates(date_order))
    async with walking(data) as walk:
        screen = PutRightScreen(draft)
        walk.app.push_screen(screen)
        await walk.on(PutRightScreen)
        await walk.until(lambda: screen.review is not None)
        await walk.settle()
        yield walk, screen


def cursor(screen: PutRightScreen) -> tuple[int | None, str]:
    """The row and the column of the cursor."""
    return screen.table.selected_row, screen.table.selected_key
