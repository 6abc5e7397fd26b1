"""A kill just before any single call that changes the disk leaves the state before or the state after."""

import subprocess
import sys
from pathlib import Path

import pytest

from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.opening import open_people
from tests.store import KEYS, stock

BEFORE = ["One", "Two", "Three"]
AFTER = {
    "edit": [*BEFORE, "New"],
    "apply": [*BEFORE, "New"],
    "same": ["One", "Two"],
    "close": BEFORE,
}
# One process for all: a copy of it for each point does the work and ends without a clean-up.
SCRIPT = """
import os
import sys
from itertools import count
from pathlib import Path
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.tinydb.people import TinyPeople
from tests.store import KEYS, students

def die_at(point):
    calls = count()
    for name in ("write", "fsync", "link", "replace", "rename", "unlink", "ftruncate"):
        def call(*args, real=getattr(os, name), **names):
            if next(calls) == point:
                os._exit(9)
            return real(*args, **names)
        setattr(os, name, call)

def work(place, name, point):
    folder = DataFolder(Path(place) / str(point))
    folder.create()
    people = TinyPeople(folder, KEYS)
    people.apply("students", students("One", "Two"))
    new = people.add_one("students", {"surname": "Three"})
    die_at(point)
    if name == "edit":
        people.add_one("students", {"surname": "New"})
    elif name == "apply":
        people.apply("students", students("New"))
    elif name == "same":
        people.apply("students", removed=[new])
    else:
        people.close()

for point in count():
    if not (child := os.fork()):
        work(sys.argv[1], sys.argv[2], point)
        os._exit(0)
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 9:
        break
"""


@pytest.mark.slow
@pytest.mark.parametrize("work", AFTER)
def test_every_point_is_before_or_after(tmp_path: Path, work: str) -> None:
    subprocess.run([sys.executable, "-c", SCRIPT, tmp_path, work], check=True)
    points = sorted(tmp_path.iterdir(), key=lambda path: int(path.name))
    assert len(points) > 2
    stored = []
    for point in points:
        folder = DataFolder(point)
        with open_people(folder, KEYS, read_only=True) as people:
            first = people.frame("students")["surname"].to_list()
        with open_people(folder, KEYS) as people:
            assert people.frame("students")["surname"].to_list() == first
        assert [person["surname"] for person in stock(folder.students, "students")] == first
        assert {path.suffix for path in point.iterdir()} == {".json", ".lock"}
        stored.append(first)
    done = stored.index(AFTER[work])
    assert stored == [BEFORE] * done + [AFTER[work]] * (len(stored) - done)
