"""Starts the app of the installed package, headless, as far as the tables of Administration.

`.ci/run` runs this file in the clean environment of the wheel. By its path, and not with `-m`: so the package is the one
that is installed and not the one in the source folder.
"""

import asyncio
import sys
from pathlib import Path

import backdrop_tui
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.app import BackdropApp
from backdrop_tui.tui.screens.admin.people import PeopleScreen


async def start(data: Path) -> None:
    """Open the app on a data folder and show each kind of person; print what each screen shows."""
    app = BackdropApp(DataFolder(data))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        print("First screen:", app.screen.title)
        for kind in KINDS.values():
            screen = PeopleScreen(kind)
            await app.push_screen(screen)
            await app.workers.wait_for_complete()
            await pilot.pause()
            print(f"Table of {kind.plural}: {screen.table.people.height} stored")
    app.close_school()


if __name__ == "__main__":
    print("Package:", Path(backdrop_tui.__file__).parent)
    asyncio.run(start(Path(sys.argv[1])))
