"""Whether files made to take long take longer only as they get longer.

    python -m tests.benchmarks.bench_hostile [KIND…]

Each kind of file is checked and imported with 100, 200 and 400 KB. It ends with 1 if the time of one grows by more than 2.5 times
where its size doubles, or if one takes too much memory, prints too much, or ends with an error of the program itself.
"""

import gc
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from backdrop_tui.cli import run
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.benchmarks.hostile_files import KINDS, hostile_file
from tests.support.imports import sign_up

SIZES = (100_000, 200_000, 400_000)
"""The sizes of the files, in bytes: each twice the one before."""
MOST_GROWTH = 2.5
"""The most that time may grow by when the size doubles."""
MOST_MEGABYTES = 600
"""The most memory that all of it may take."""
MOST_OUTPUT = 120
"""The most bytes of output for each byte of a file."""
_UNUSABLE = 2
"""The exit status for a file that can't be used; a higher one is a fault of the program."""
_NOISE = 0.1
"""Seconds below which times differ by chance."""
_TURNS = 3
"""The times that something is measured that seems too slow: a busy machine slows down whatever it runs."""


@dataclass(frozen=True)
class Growth:
    """What one command took for one kind of file, by size."""

    command: str
    """The command."""
    kind: str
    """What the files are full of."""
    seconds: tuple[float, ...]
    """Processor time for each size."""
    output: float
    """The most bytes of output for each byte of a file."""
    broke: bool
    """Whether the program itself had an error."""

    @property
    def growth(self) -> float:
        """The most that time grew by from one size to the next, without what may be chance."""
        return max(after / max(before, _NOISE) for before, after in pairwise(self.seconds))

    @property
    def ok(self) -> bool:
        """Whether it is good enough."""
        return self.growth <= MOST_GROWTH and self.output <= MOST_OUTPUT and not self.broke

    def __str__(self) -> str:
        times = " ".join(f"{seconds:7.2f}" for seconds in self.seconds)
        verdict = "ok" if self.ok else "BROKE" if self.broke else "MISSED"
        return f"{self.command:7} {self.kind:38} {times} {self.growth:7.2f} {self.output:7.1f}  {verdict}"


@contextmanager
def _output_to(path: Path) -> Iterator[None]:
    """Send standard output and standard error to a file."""
    before = os.dup(1), os.dup(2)
    with path.open("wb") as file:
        for descriptor in (1, 2):
            os.dup2(file.fileno(), descriptor)
        try:
            yield
        finally:
            for descriptor, original in zip((1, 2), before, strict=True):
                os.dup2(original, descriptor)
                os.close(original)


def measure(command: str, kind: str, place: Path) -> Growth:
    """Run a command for files of one kind.

    Args:
        command: `check` or `import`.
        kind: The kind, one of `KINDS`.
        place: A folder for the files.
    """
    seconds, output, statuses = [], 0.0, set()
    path, out = place / "file.csv", place / "out"
    arguments = [command, str(path), "--kind", KINDS[kind][0], "--format", "json"]
    if command == "import":
        arguments += ["--errors-to", str(place / "errors.csv")]
    for size in SIZES:
        path.write_bytes(hostile_file(kind, size))
        gc.collect()
        start = time.process_time()
        with _output_to(out):
            statuses.add(run(arguments))
        seconds.append(time.process_time() - start)
        output = max(output, out.stat().st_size / path.stat().st_size)
    return Growth(command, kind, tuple(seconds), output, broke=max(statuses) > _UNUSABLE)


def measure_again(command: str, kind: str, place: Path) -> Growth:
    """Run a command for files of one kind, and again if it seems too slow. Returns the best that was measured."""
    best = measure(command, kind, place)
    for _ in range(_TURNS - 1):
        if best.ok:
            break
        best = min(best, measure(command, kind, place), key=lambda growth: growth.growth)
    return best


def main() -> int:
    """Measure and print; 1 if a limit is missed."""
    kinds = sys.argv[1:] or list(KINDS)
    good = True
    print(
        f"{'command':7} {'kind':38} {' '.join(f'{size // 1000:4} KB' for size in SIZES)} {'growth':>7} {'output':>7}"
    )
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        os.environ["BACKDROP_DATA"] = str(place / "data")
        DataFolder(place / "data").create()
        with School(DataFolder(place / "data")) as school:
            sign_up(school)
        # Loads what is loaded late, and stores thousands of people whom those in other files resemble.
        for kind in ("one first name and birth date", "one surname and birth date"):
            measure("import", kind, place)
        for kind in kinds:
            for command in ("check", "import"):
                growth = measure_again(command, kind, place)
                good &= growth.ok
                print(growth, flush=True)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024
    print(f"Memory: {megabytes:.0f} MB (limit {MOST_MEGABYTES})")
    return 0 if good and megabytes <= MOST_MEGABYTES else 1


if __name__ == "__main__":
    sys.exit(main())
