"""Whole processes, measured in turns, so that a busy machine is busy for all of them alike."""

import json
import os
import pty
import select
import statistics
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.first_screen import DRAWN


@dataclass(frozen=True)
class Cost:
    """What a process took."""

    seconds: float
    """From its start to its end."""
    megabytes: float
    """Its memory at its highest."""


@dataclass(frozen=True)
class Measure:
    """Something measured, held against what it may cost."""

    name: str
    """What was measured."""
    took: str
    """What it took, with its unit."""
    base: str
    """What it is held against took."""
    ratio: float
    """The one divided by the other."""
    limit: float
    """The highest ratio that is good enough."""

    @property
    def ok(self) -> bool:
        """Whether it is good enough."""
        return self.ratio <= self.limit

    def __str__(self) -> str:
        verdict = "ok" if self.ok else "too slow"
        return (
            f"{self.name:52} {self.took:>10} {self.base:>10} {self.ratio:7.2f} {self.limit:6.1f}  {verdict}"
        )


HEADING = f"{'measure':52} {'took':>10} {'against':>10} {'ratio':>7} {'limit':>6}"
"""What stands above the measures in a table."""


@dataclass(frozen=True)
class Command:
    """A Python process to measure."""

    arguments: Sequence[str]
    """Behind the interpreter."""
    status: int = 0
    """What it must end with."""
    before: Callable[[], object] = field(default=lambda: None)
    """Done before each run, and not measured."""


def run(command: Command, output: Path) -> Cost:
    """Run a process once; what it writes goes to a file.

    Raises:
        RuntimeError: It did not end as it must.
    """
    command.before()
    launch = [sys.executable, "-m", "tests.benchmarks.launch", sys.executable, *command.arguments]
    with output.open("wb") as out:
        errors = subprocess.run(launch, stdout=out, stderr=subprocess.PIPE, check=True).stderr.decode()
    result = json.loads(errors.splitlines()[-1])
    if result["status"] != command.status:
        raise RuntimeError(f"{' '.join(command.arguments)} ended with {result['status']}: {errors}")
    return Cost(result["seconds"], result["megabytes"])


def in_turns(commands: dict[str, Command], place: Path, turns: int) -> dict[str, Cost]:
    """The medians of several runs of each, one after the other and over again. Output is in `NAME.out` of a folder."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(turns):
        for name, command in commands.items():
            costs[name].append(run(command, place / f"{name}.out"))
    return {
        name: Cost(statistics.median(c.seconds for c in runs), statistics.median(c.megabytes for c in runs))
        for name, runs in costs.items()
    }


def until_drawn(which: str, folder: Path) -> float:
    """Seconds from the start of a process until its first screen has been drawn, in a terminal of 80×24.

    Args:
        which: `backdrop` or `empty`; see `first_screen`.
        folder: The data folder, which need not exist.

    Raises:
        RuntimeError: It ended without having drawn anything.
    """
    master, slave = pty.openpty()
    termios.tcsetwinsize(slave, (24, 80))
    heard, pipe = os.pipe()
    arguments = [sys.executable, "-m", "tests.benchmarks.first_screen", which, str(pipe), str(folder)]
    start = time.perf_counter()
    process = subprocess.Popen(
        arguments, stdin=slave, stdout=slave, stderr=slave, pass_fds=[pipe], start_new_session=True,
        env=os.environ | {"TERM": "xterm-256color"},
    )  # fmt: skip
    os.close(slave)
    os.close(pipe)
    drawn = 0.0
    try:
        while process.poll() is None:
            ready, _, _ = select.select([master, heard], [], [], 0.05)
            if master in ready:
                _read(master)
            if heard in ready and not drawn and DRAWN in _read(heard):
                drawn = time.perf_counter() - start
    finally:
        process.kill()
        process.wait()
        os.close(master)
        os.close(heard)
    if not drawn:
        raise RuntimeError(f"{which} drew nothing")
    return drawn


def _read(descriptor: int) -> bytes:
    """What can be read; nothing where the other end is closed."""
    try:
        return os.read(descriptor, 65_536)
    except OSError:
        return b""
