"""`kill -9` at any moment of importing and undoing leaves each import whole or not at all, and the history says which."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from backdrop_tui.setup.history import imports
from backdrop_tui.setup.recovery import is_interrupted, recover
from backdrop_tui.setup.school import School
from backdrop_tui.store.folder import DataFolder
from tests.made_up import STUDENTS
from tests.setup.imports import sign_up

KILLS = 30
SIZE = 20
"""How many students each import adds."""
WORKER = f"""
import os, sys
from itertools import count
from pathlib import Path
from backdrop_tui.setup.school import School
from backdrop_tui.setup.undo import undo
from backdrop_tui.store.folder import DataFolder
from tests.setup.imports import bring, pupil

def work(number):
    with School(DataFolder(Path(sys.argv[1]))) as school:
        bring(school, *[pupil(f"{{number}}", first_name=f"{{n}}") for n in range({SIZE})], file=str(number))
        for number in count(number + 1):
            print("at", number, flush=True)
            if number % 3:
                bring(school, *[pupil(f"{{number}}", first_name=f"{{n}}") for n in range({SIZE})], file=str(number))
            else:
                undo(school)

for line in sys.stdin:
    if not (child := os.fork()):
        work(int(line))
    print("worker", child, flush=True)
    os.waitpid(child, 0)
    print("\\nend 0", flush=True)
"""


class Workers:
    """Makes one worker after the other, each in a process of its own without the price of starting one."""

    def __init__(self, data: DataFolder) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", WORKER, str(data.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def work_until_killed(self, number: int, seconds: float) -> int:
        """Let one work on from a number, kill it a moment after its first import, and return the number it came to."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{number}\n")
        self.process.stdin.flush()
        child = 0
        for line in self.process.stdout:
            match line.split():
                case ["end", _]:
                    break
                case ["worker", pid]:
                    child = int(pid)
                case ["at", at]:
                    number = max(number, int(at))
            if child and number and line.startswith("at"):
                time.sleep(seconds)
                os.kill(child, signal.SIGKILL)
                child = 0
        return number


@pytest.fixture
def workers(data: DataFolder) -> Iterator[Workers]:
    """Workers in the data folder of a school that may import."""
    data.create()
    with School(data) as school:
        sign_up(school)
    workers = Workers(data)
    yield workers
    workers.process.communicate()


def test_what_the_history_says_is_what_is_stored(data: DataFolder, workers: Workers) -> None:
    dice = random.Random(0)  # noqa: S311 - moments to kill at
    number, cut_off = 0, 0
    for _ in range(KILLS):
        number = workers.work_until_killed(number, dice.uniform(0, 0.05)) + 1
        with School(data) as school:
            cut_off += len(recover(school))
            assert not is_interrupted(school)
            stands = {record.file: record.added for record in imports(school) if record.can_be_undone}
            assert Counter(school.stored(STUDENTS)["surname"]) == stands
            assert set(stands.values()) <= {SIZE}
            assert {path.stem for path in data.imports.glob("*.json")} == {
                record.id for record in imports(school) if record.can_be_undone
            }
    assert cut_off
    assert number > KILLS
