"""`kill -9` at any moment loses nothing that was accepted, and leaves nothing half done."""

import random
import subprocess
import sys
import time

import pytest

from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.people import open_people
from tests.store import KEYS, stock

BATCH = 500
WRITER = f"""
import sys
from pathlib import Path
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.people import open_people
from tests.store import KEYS, students

folder = DataFolder(Path(sys.argv[1]))
step = int(sys.argv[2])
while True:
    with open_people(folder, KEYS) as people:
        for _ in range(5):
            step += 1
            print("start", step, flush=True)
            if step % 3:
                people.add_one("students", {{"surname": str(step)}})
            else:
                people.apply("students", students(*[str(step)] * {BATCH}))
            print("done", step, flush=True)
"""
SIDE_BY_SIDE = 2


@pytest.mark.parametrize("seed", range(SIDE_BY_SIDE))
def test_what_was_accepted_is_there_after_a_kill(folder: DataFolder, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - moments to kill at
    expected: dict[str, int] = {}
    step = 0
    for _ in range(25):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder.path), str(step)], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout is not None
            first = writer.stdout.readline()
            time.sleep(dice.uniform(0, 0.05))
            writer.kill()
            lines = [first, *writer.stdout]
        words = [line.split() for line in lines if line.endswith("\n")]
        for word, number in words:
            step = int(number)
            if word == "done":
                expected[number] = 1 if step % 3 else BATCH
        with open_people(folder, KEYS) as people:
            counts = people.frame("students")["surname"].value_counts()
        found = dict(counts.iter_rows())
        # The last step may have been stored without the writer living to say so; then it is all there.
        if str(step) in found and str(step) not in expected:
            expected[str(step)] = 1 if step % 3 else BATCH
        assert found == expected
        assert len(stock(folder.students, "students")) == sum(expected.values())
        assert not [path for path in folder.path.iterdir() if path.suffix in {".tmp", ".journal"}]
    assert step > SIDE_BY_SIDE
