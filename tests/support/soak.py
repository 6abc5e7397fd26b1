"""Many processes that change one school at once and are killed at any moment, and what has to be true in the end.

Run as `python -m tests.support.soak FOLDER KILLS MINUTES`: it prints one JSON object with the numbers of what was done. It has to be
a process of its own, which works only in forks: the threads of polars don't outlive one.
"""

import json
import os
import random
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from backdrop_tui.errors import DataFolderError
from backdrop_tui.imports.recovery import recover
from backdrop_tui.school.import_history import import_records
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.support.imports import import_people, pupil, sign_up
from tests.support.made_up import STUDENTS
from tests.support.one_person import add_one

PROCESSES = 8
_MOST_LINES = 60
"""The most lines that all processes write together before one of them is killed."""


@dataclass
class Told:
    """What the processes have said about their transactions, by the surname that all of each have in common."""

    confirmed: dict[str, int] = field(default_factory=dict)
    """The numbers of people that were confirmed."""
    begun: dict[str, int] = field(default_factory=dict)
    """The numbers of people in transactions that had begun and were not confirmed."""
    refused: int = 0
    """The number of transactions that were refused because others kept the folder busy for too long."""

    def hear(self, line: str) -> None:
        """Take note of one line."""
        word, surname, size = line.split()
        if word == "begun":
            self.begun[surname] = int(size)
            return
        del self.begun[surname]
        if word == "done":
            self.confirmed[surname] = int(size)
        else:
            self.refused += 1


def work(folder: Path, name: str, say: Callable[[str], object]) -> None:
    """Change the school again and again: add one, import some, change a setting, close and open."""
    numbers = count()
    while True:
        with School(DataFolder(folder)) as school:
            for number in (next(numbers) for _ in range(6)):
                surname = f"{name}x{number}"
                size = 1 if number % 3 else 4
                say(f"begun {surname} {size}")
                try:
                    if size == 1:
                        with school.store.transaction():
                            add_one(school.store.people("students"), {"surname": surname})
                            school.settings.put("lead-name", f"Lead {name}")
                            school.store.log({"event": "people-edited"})
                    else:
                        import_people(
                            school, *(pupil(surname, first_name=f"{surname} {n}") for n in range(size))
                        )
                except DataFolderError:
                    say(f"refused {surname} 0")
                else:
                    say(f"done {surname} {size}")


def check(folder: Path, told: Told) -> None:
    """Raise `AssertionError` if anything confirmed is missing, or anything is half done."""
    with School(DataFolder(folder)) as school:
        recover(school)
        assert school.store.faults(thorough=True) == []
        stored = dict(school.stored(STUDENTS)["surname"].value_counts().iter_rows())
        whole = told.confirmed | {surname: size for surname, size in told.begun.items() if surname in stored}
        assert stored == whole
        records = import_records(school)
        assert not any(record.is_unfinished for record in records)
        imported = sum(record.added for record in records if record.state == "succeeded")
        assert imported == sum(size for size in whole.values() if size > 1)


class Processes:
    """Forks that work on one school."""

    def __init__(self, folder: Path, dice: random.Random) -> None:
        self._folder = folder
        self._dice = dice
        self._names = count()
        self._running: dict[int, int] = {}
        self._rest: dict[int, bytes] = {}
        self.told = Told()
        """What they have said."""
        self.kills = 0
        """The number of those that have been killed."""

    def start(self) -> None:
        """Start one more."""
        name = f"P{next(self._names)}"
        reading, writing = os.pipe()
        if not (child := os.fork()):
            os.close(reading)
            work(self._folder, name, lambda line: os.write(writing, f"{line}\n".encode()))
            os._exit(0)
        os.close(writing)
        self._running[reading], self._rest[reading] = child, b""

    def listen(self, lines: int) -> None:
        """Take note of so many lines, whoever writes them."""
        heard = 0
        while heard < lines:
            ready, _, _ = select.select(list(self._running), [], [])
            for reading in ready:
                if not (lines_read := self._read(reading)):
                    raise RuntimeError("a process has ended by itself")
                heard += lines_read

    def kill_one(self) -> None:
        """Kill one of them, whichever, and take note of the last that it has said."""
        reading = self._dice.choice(list(self._running))
        os.kill(self._running[reading], signal.SIGKILL)
        os.waitpid(self._running[reading], 0)
        while self._read(reading):
            pass
        os.close(reading)
        del self._running[reading], self._rest[reading]
        self.kills += 1

    def kill_all(self) -> None:
        """Kill all of them, one after another."""
        while self._running:
            self.kill_one()

    def _read(self, reading: int) -> int:
        """Take note of what one has written. Returns the number of lines."""
        *lines, self._rest[reading] = (self._rest[reading] + os.read(reading, 65_536)).split(b"\n")
        for line in lines:
            self.told.hear(line.decode())
        return len(lines)


def in_a_fork(work: Callable[[], object]) -> bool:
    """Do some work in a process of its own. Returns whether it came to its end."""
    if not (child := os.fork()):
        with _exiting_with_1():
            work()
            os._exit(0)
    return os.waitpid(child, 0)[1] == 0


@contextmanager
def _exiting_with_1() -> Iterator[None]:
    try:
        yield
    except BaseException as error:  # noqa: BLE001 - a fork must not go on with its parent's work
        sys.stderr.write(f"{error!r}\n")
    os._exit(1)


def soak(folder: Path, kills: int, minutes: float) -> dict[str, int | bool]:
    """Let processes work and kill them, until there were enough kills and the time is over. Everything is checked in between.

    Args:
        folder: The data folder, which isn't there yet.
        kills: The least number of kills.
        minutes: The least time.
    """
    dice = random.Random(0)  # noqa: S311 - moments to kill at
    processes, until, checks = Processes(folder, dice), time.monotonic() + 60 * minutes, 0
    is_sound = in_a_fork(lambda: prepare(folder))
    while is_sound and (processes.kills < kills or time.monotonic() < until):
        for _ in range(PROCESSES):
            processes.start()
        for _ in range(2 * PROCESSES):
            processes.listen(dice.randint(1, _MOST_LINES))
            processes.kill_one()
            processes.start()
        processes.kill_all()
        is_sound, checks = in_a_fork(lambda: check(folder, processes.told)), checks + 1
    return {
        "confirmed": len(processes.told.confirmed),
        "refused": processes.told.refused,
        "kills": processes.kills,
        "checks": checks,
        "sound": is_sound,
    }


def prepare(folder: Path) -> None:
    """Make a school that someone has signed up for."""
    DataFolder(folder).create()
    with School(DataFolder(folder)) as school:
        sign_up(school)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(soak(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))))
