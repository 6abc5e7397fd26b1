"""Put right with a made-up file in which every row has something wrong with it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from tests.support.made_up import student, table
from tests.support.walk import Walk, begun, walking

_GENDERS = ("Boy", "Girl", "x", "1")


def put_right_folder(place: Path, rows: int) -> tuple[DataFolder, Path]:
    """A data folder, and a file of so many students in a folder.

    Each student has a gender that isn't known, and a UPN that is too short.
    """
    place.mkdir()
    path = place / "damaged.csv"
    path.write_bytes(
        table(student(n % 900, gender=_GENDERS[n % 4], upn=f"A{n:012}"[:12]) for n in range(rows))
    )
    return DataFolder(place / "data"), path


@asynccontextmanager
async def put_right(place: Path, rows: int) -> AsyncIterator[tuple[Walk, PutRightScreen]]:
    """Put right in an app of its own, on the first row of all problems.

    Args:
        place: A folder for the file and the draft, which doesn't exist yet.
        rows: The number of rows of the file.
    """
    folder, path = put_right_folder(place, rows)
    async with walking(folder) as walk:
        screen = PutRightScreen(begun(folder, path))
        walk.app.push_screen(screen)
        await walk.until(lambda: screen.review is not None)
        await walk.settle()
        screen.browser.choose(None)
        screen.table.focus()
        await walk.press("ctrl+home")
        yield walk, screen
