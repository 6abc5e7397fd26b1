"""What the store costs, held against what the disk itself costs. Run as `python -m tests.benchmarks.bench_store`."""

import itertools
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl

from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.opening import open_store
from backdrop_tui.store.port import People
from tests.support.one_person import change_one

PEOPLE = 100_000
KEYS = {
    "students": (
        "first_name",
        "surname",
        "date_of_birth",
        "gender",
        "year_group",
        "registration_group",
        "upn",
    ),
}


def made_up() -> pl.DataFrame:
    """As many students as a very big trust has."""
    dice = random.Random(1)  # noqa: S311 - made-up names
    return pl.DataFrame(
        {
            "first_name": dice.choices(["Amélia", "Luca", "O'Brien", "Zoë"], k=PEOPLE),
            "surname": [f"Smith{dice.randrange(10**6)}" for _ in range(PEOPLE)],
            "date_of_birth": ["2012-03-14"] * PEOPLE,
            "gender": dice.choices(["M", "F", None], k=PEOPLE),
            "year_group": ["7"] * PEOPLE,
            "registration_group": ["7A"] * PEOPLE,
            "upn": dice.choices(["R201100018042", None], k=PEOPLE),
            "admission_number": [None] * PEOPLE,
        }
    )


def median(work: Callable[[], object], times: int) -> float:
    """The median time of some runs, in milliseconds."""
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent) * 1000


def synced(path: Path, flags: int, data: bytes) -> None:
    """Write and wait for the disk, and nothing else."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | flags, 0o600)
    os.write(descriptor, data)
    os.fsync(descriptor)
    os.close(descriptor)


def one_edit(people: People, scratch: Path, times: int = 300) -> tuple[float, float]:
    """Milliseconds that one edit among everybody takes, and that the disk takes to append and sync 200 bytes."""
    person = people.frame()["id"][people.frame().height // 2]
    turn = itertools.count()

    def edit() -> None:
        change_one(people, person, {"registration_group": f"7{next(turn)}"})

    edit()
    line = median(lambda: synced(scratch, os.O_APPEND, b"x" * 200), times)
    return median(edit, times), line


def report(what: str, took: float, floor: float) -> None:
    """Print one line."""
    print(f"{what:45} {took:9.2f} ms   floor {floor:8.2f} ms   ratio {took / floor:5.1f}")


def main() -> None:
    """Measure and print."""
    students = made_up()
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as place:
        folder = DataFolder(Path(place) / "data")
        folder.create()
        scratch = Path(place) / "scratch"
        store = open_store(folder, KEYS)
        people = store.people("students")

        def store_new() -> None:
            people.apply(removed=people.frame()["id"].to_list())
            new.append(median(lambda: people.apply(added=students), 1))

        def replace_all() -> None:
            people.apply(removed=people.frame()["id"].to_list(), added=students)

        def load_all() -> None:
            with open_store(folder, KEYS, read_only=True) as others:
                others.people("students").frame()

        people.apply(added=students)
        store.close()
        text = folder.students.read_bytes()
        whole = median(lambda: synced(scratch, os.O_TRUNC, text), 7)
        new: list[float] = []
        median(store_new, 9)
        report("store 100,000 new people from a frame", statistics.median(new), whole)
        report("put 100,000 others in their place", median(replace_all, 5), whole)
        report("load 100,000 people as a frame", median(load_all, 5), whole)
        took, line = one_edit(people, scratch)
        report("one edit among 100,000", took, line)

        person = people.frame()["id"][PEOPLE // 2]

        def edit_and_look() -> None:
            change_one(people, person, {"registration_group": f"7{time.perf_counter_ns()}"})
            people.frame()

        report("one edit, and everybody as a frame again", median(edit_and_look, 20), line)
        report("close after edits", median(store.close, 1), whole)


if __name__ == "__main__":
    main()
