"""Administration with 100,000 students, held against the same with 100, and the opening of their store.

Run as `python -m tests.benchmarks.bench_people`. Times are from the key until everything that it began is drawn.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import date
from functools import partial
from pathlib import Path

import orjson
import polars as pl

from backdrop_tui.records.leaving import as_current
from backdrop_tui.records.schema.context import academic_year_of
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.app import BackdropApp
from backdrop_tui.tui.screens.admin.people import PeopleScreen
from tests.benchmarks.bench_store import made_up, median
from tests.benchmarks.measure import HEADING, Command, Measure, run
from tests.benchmarks.upns import made_up_upn
from tests.support.imports import sign_up
from tests.support.walk import NARROW, Walk

FEW, MANY = 100, 100_000
PAGES = 5
"""Pages that there are with few."""
NAMES = ("Zora", "Zita", "Zelda", "Zuri", "Zinnia")
LIMITS = {"opens": 3.0, "down": 1.5, "page down": 1.5, "search": 5.0, "edit": 1.3}
"""How many times as long each may take with many as with few."""
TURNS = 3
OPENING_LIMIT = 2.0
"""How many times as long as `orjson.loads` opening the store may take."""
MOST_MEGABYTES = 200
"""The memory that a process which opens the store may take at its highest."""
_OPEN = (
    "import sys; from pathlib import Path; from backdrop_tui.records.students import STUDENTS; "
    "from backdrop_tui.school.school import School; from backdrop_tui.store.folder import DataFolder; "
    "School(DataFolder(Path(sys.argv[1]))).stored(STUDENTS)"
)


def different_students() -> pl.DataFrame:
    """Students in Year 7 of whom no two are taken for the same, and in whom nothing is wrong, whatever the year."""
    students = made_up()
    number, born = pl.int_range(pl.len()), academic_year_of(date.today()) - 11  # noqa: DTZ011 - as the app does
    return students.with_columns(
        upn=pl.Series([made_up_upn(n) for n in range(students.height)]),
        date_of_birth=pl.format("{}-0{}-{}", pl.lit(born), 1 + number % 8, 10 + number % 18),
        gender=pl.lit("F"),
        surname=pl.col("surname").str.replace_many(list("0123456789"), list("abcdefghij")),
    )


def school_of(place: Path, students: pl.DataFrame) -> DataFolder:
    """A data folder with these students in it."""
    folder = DataFolder(place)
    folder.create()
    with School(folder) as school:
        sign_up(school)
        school.store.people("students").apply(added=as_current(STUDENTS, students))
    return folder


async def timed(work: Callable[[], Awaitable[object]]) -> float:
    """Milliseconds that something takes."""
    start = time.perf_counter()
    await work()
    return (time.perf_counter() - start) * 1000


async def try_out(folder: DataFolder) -> dict[str, float]:
    """Milliseconds that each thing takes, until all that it began has been done and drawn. Someone gets new names."""
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

        async def edit(name: str) -> None:
            edits = len(screen.history.done)
            await walk.press("enter")
            await walk.replace(name)
            await walk.press("enter")
            await walk.until(lambda: len(screen.history.done) > edits)
            await walk.settle()

        took["edit"] = statistics.median([await timed(partial(edit, name)) for name in NAMES])
    return took


def opening(folder: DataFolder) -> list[Measure]:
    """What opening the store takes, held against parsing its file, and what it may take of memory."""

    def open_store() -> None:
        with School(folder) as school:
            school.stored(STUDENTS)

    data = folder.students.read_bytes()
    times = {"open": list[float](), "parse": list[float]()}
    for _ in range(TURNS + 2):
        times["open"].append(median(open_store, 1))
        times["parse"].append(median(lambda: orjson.loads(data), 1))
    took, base = (min(spent) for spent in times.values())
    memory = run(Command(["-c", _OPEN, str(folder.path)]), folder.path.with_suffix(".out")).megabytes
    return [
        Measure("open the store, against orjson.loads", f"{took:.0f} ms", f"{base:.0f} ms", took / base, OPENING_LIMIT),
        Measure("open the store: peak memory", f"{memory:.0f} MB", f"{MOST_MEGABYTES} MB", memory / MOST_MEGABYTES, 1.0),
    ]  # fmt: skip


def main() -> int:
    """Measure and print; 1 if a limit is missed."""
    times: dict[str, dict[str, list[float]]] = {name: {"few": [], "many": []} for name in LIMITS}
    students = different_students()
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as place:
        folders = {
            "few": school_of(Path(place) / "few", students.head(FEW)),
            "many": school_of(Path(place) / "many", students.head(MANY)),
        }
        measures = opening(folders["many"])
        for _ in range(TURNS):
            for size, folder in folders.items():
                for name, took in asyncio.run(try_out(folder)).items():
                    times[name][size].append(took)
    for name, of_sizes in times.items():
        few, many = (statistics.median(of_sizes[size]) for size in ("few", "many"))
        measures.append(Measure(name, f"{many:.0f} ms", f"{few:.0f} ms", many / few, LIMITS[name]))
    print(HEADING, *measures, sep="\n")
    return 0 if all(measure.ok for measure in measures) else 1


if __name__ == "__main__":
    sys.exit(main())
