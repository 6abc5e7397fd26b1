"""`kill -9` at any moment loses nothing that was accepted, and leaves nothing half done."""

import random
import subprocess
import sys
import time

from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.people import open_people
from tests.store import KEYS, stock

BATCH = 200
WRITER = f"""
import sys
from pathlib import Path
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.people import open_people
from tests.store import KEYS, students

folder = DataFolder(Path(sys.argv[1]))
step = int(sys.stdin.readline())
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


class Writers:
    """Writers that have started and wait for a word, so that the next is ready when one is killed."""

    def __init__(self, folder: DataFolder) -> None:
        self.folder = folder
        self.waiting = [self.start() for _ in range(4)]

    def start(self) -> subprocess.Popen[str]:
        """One more."""
        pipe = subprocess.PIPE
        return subprocess.Popen(
            [sys.executable, "-c", WRITER, str(self.folder.path)], stdin=pipe, stdout=pipe, text=True
        )

    def write_until_killed(self, step: int, seconds: float) -> list[tuple[str, int]]:
        """Let one write on from a step, kill it, and return what it said."""
        self.waiting.append(self.start())
        with self.waiting.pop(0) as writer:
            assert writer.stdin is not None
            assert writer.stdout is not None
            writer.stdin.write(f"{step}\n")
            writer.stdin.flush()
            first = writer.stdout.readline()
            time.sleep(seconds)
            writer.kill()
            lines = [first, *writer.stdout]
        words = [line.split() for line in lines if line.endswith("\n")]
        return [(word, int(number)) for word, number in words]

    def stop(self) -> None:
        """End those that are left."""
        for writer in self.waiting:
            with writer:
                writer.kill()


def size(step: int) -> int:
    """How many people a step adds."""
    return 1 if step % 3 else BATCH


def test_what_was_accepted_is_there_after_a_kill(folder: DataFolder) -> None:
    dice = random.Random(0)  # noqa: S311 - moments to kill at
    expected: dict[str, int] = {}
    step = 0
    writers = Writers(folder)
    for _ in range(50):
        for word, number in writers.write_until_killed(step, dice.uniform(0, 0.03)):
            step = number
            if word == "done":
                expected[str(step)] = size(step)
        with open_people(folder, KEYS) as people:
            found = dict(people.frame("students")["surname"].value_counts().iter_rows())
        # The last step may have been stored without the writer living to say so; then it is all there.
        if str(step) in found:
            expected[str(step)] = size(step)
        assert found == expected
        assert not [path for path in folder.path.iterdir() if path.suffix in {".tmp", ".journal"}]
    writers.stop()
    assert len(stock(folder.students, "students")) == sum(expected.values())
    assert step > 50
