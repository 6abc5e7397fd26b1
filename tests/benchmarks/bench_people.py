"""Administration's table with 100,000 students, held against the same with 100. Run as `python -m tests.benchmarks.bench_people`."""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import polars as pl

from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.app import BackdropApp
from backdrop_tui.tui.screens.admin.people import PeopleScreen
from tests.benchmarks.bench_store import made_up
from tests.benchmarks.measure import HEADING, Measure
from tests.support.imports import sign_up
from tests.support.walk import NARROW, Walk

FEW, MANY = 100, 100_000
PAGES = 5
"""Pages that there are with few."""
NAMES = ("Zora", "Zita", "Zelda", "Zuri", "Zinnia")
LIMITS = {"opens": 3.0, "down": 1.5, "page down": 1.5, "search": 5.0, "edit": 3.0}
"""How many times as long each may take with many as with few."""


def school_of(place: Path, students: pl.DataFrame) -> DataFolder:
    """A data folder with these students in it."""
    folder = DataFolder(place)
    folder.create()
    with School(folder) as school:
        sign_up(school)
        school.store.people("students").apply(added=students)
    return folder


async def timed(work: Callable[[], Awaitable[object]]) -> float:
    """Milliseconds that something takes."""
    start = time.perf_counter()
    await work()
    return (time.perf_counter() - start) * 1000


async def try_out(folder: DataFolder, name: str) -> dict[str, float]:
    """Milliseconds that each thing takes, until all that it began has been done and drawn. Somebody gets a new name."""
    app = BackdropApp(folder, folder.path)
    async with app.run_test(size=NARROW) as pilot:
        walk = Walk(app, pilot)
        await walk.settle()
        screen = PeopleScreen(STUDENTS)

        async def opens() -> None:
            app.push_screen(screen)
            await walk.until(lambda: len(screen.query("#people")) and screen.table.row_count)
            await walk.settle()

        took = {"opens": await timed(opens)}
        for what, key in {"down": "down", "page down": "pagedown"}.items():
            press = partial(walk.press, key)
            took[what] = statistics.median([await timed(press) for _ in range(PAGES)])
            await walk.press("ctrl+home")
        await walk.press("slash")
        took["search"] = await timed(lambda: walk.press("z"))
        await walk.press("enter")
        screen.table.go_to(0, "first_name")

        async def edit() -> None:
            await walk.press("enter")
            await walk.replace(name)
            await walk.press("enter")
            await walk.until(lambda: screen.history.done)
            await walk.settle()

        took["edit"] = await timed(edit)
    return took


def main() -> None:
    """Measure and print."""
    seconds: dict[str, dict[str, list[float]]] = {name: {"few": [], "many": []} for name in LIMITS}
    students = made_up()
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as place:
        folders = {
            "few": school_of(Path(place) / "few", students.head(FEW)),
            "many": school_of(Path(place) / "many", students.head(MANY)),
        }
        for new_name in NAMES:
            for size, folder in folders.items():
                for name, took in asyncio.run(try_out(folder, new_name)).items():
                    seconds[name][size].append(took)
    print(HEADING)
    for name, times in seconds.items():
        few, many = (statistics.median(times[size]) for size in ("few", "many"))
        print(Measure(name, f"{many:.0f} ms", f"{few:.0f} ms", many / few, LIMITS[name]))


if __name__ == "__main__":
    main()
