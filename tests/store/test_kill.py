"""`kill -9` at any moment loses nothing that was accepted, and leaves nothing half done."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Self

import pytest

from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.people import open_people
from tests.store import KEYS, stock

BATCH = 200
WRITER = f"""
import os
import sys
from pathlib import Path
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.tinydb_people import TinyPeople
from tests.store import KEYS, students

def write(step):
    folder = DataFolder(Path(sys.argv[1]))
    while True:
        with TinyPeople(folder, KEYS) as people:
            for _ in range(5):
                step += 1
                print("start", step, flush=True)
                if step % 3:
                    people.add_one("students", {{"surname": str(step)}})
                else:
                    people.apply("students", students(*[str(step)] * {BATCH}))
                print("done", step, flush=True)

for line in sys.stdin:
    if not (child := os.fork()):
        write(int(line))
    print("writer", child, flush=True)
    os.waitpid(child, 0)
    print("\\nend 0", flush=True)
"""


class Writers:
    """Makes one writer after the other, each in a process of its own without the price of starting one."""

    def __init__(self, folder: DataFolder) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.communicate()

    def said(self) -> Iterator[tuple[str, int]]:
        """What a writer says, word and number, to its end; what it could not say to the end is left out."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            match line.split():
                case ["end", _]:
                    return
                case [word, number]:
                    yield word, int(number)

    def write_until_killed(self, step: int, seconds: float) -> list[tuple[str, int]]:
        """Let one write on from a step, kill it, and return what it said."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{step}\n")
        self.process.stdin.flush()
        words = []
        for word, number in self.said():
            if word == "writer":
                time.sleep(seconds)
                os.kill(number, signal.SIGKILL)
            else:
                words.append((word, number))
        return words


@pytest.fixture
def writers(folder: DataFolder) -> Iterator[Writers]:
    """Writers into `folder`."""
    with Writers(folder) as writers:
        yield writers


def size(step: int) -> int:
    """How many people a step adds."""
    return 1 if step % 3 else BATCH


def test_what_was_accepted_is_there_after_a_kill(folder: DataFolder, writers: Writers) -> None:
    dice = random.Random(0)  # noqa: S311 - moments to kill at
    expected: dict[str, int] = {}
    step = 0
    for _ in range(50):
        for word, number in writers.write_until_killed(step, dice.uniform(0, 0.05)):
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
    assert len(stock(folder.students, "students")) == sum(expected.values())
    assert step > 10
