"""Put right with 20,000 faulty rows: its keys, held against those with 400 rows, and the memory that 1,000 edits add.

Run as `python -m tests.benchmarks.bench_put_right [--rows N] [--edits N]`. Times are from the key until everything that it
began is drawn.
"""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from tests.benchmarks import edit_memory
from tests.benchmarks.bench_people import timed
from tests.benchmarks.measure import HEADING, Measure
from tests.benchmarks.put_right import put_right

FEW = 400
"""The rows of the small file: more than a table holds at a time, so that the keys that go to its ends load others in both."""
TURNS = 5
KEYS = {
    "y": ("take a suggestion", 5.0),
    "l": ("leave a row out", 5.0),
    "u": ("undo", 5.0),
    "down": ("down", 1.5),
    "pagedown": ("a page down", 1.5),
    "n": ("the next problem", 1.5),
    "ctrl+end": ("to the last row", 5.0),
    "ctrl+home": ("to the first row", 5.0),
}
"""By the keys, in the order in which they are pressed: what each does, and how many times as long it may take as in the small
file. After some, every row is checked again."""
MOST_MEGABYTES = 10
"""The memory that 1,000 edits may add."""
COMPARED = 0.2
"""The share of the edits at the beginning, and of those at the end, after which memory is compared: for a moment, a check of
every row takes more than all edits leave."""


async def time_keys(place: Path, rows: int) -> dict[str, float]:
    """Milliseconds that each key takes, first of all on a cell whose suggestion can be taken."""
    async with put_right(place, rows) as (walk, screen):
        screen.table.go_to(2, "gender")
        await walk.settle()
        return {key: await timed(partial(walk.press, key)) for key in KEYS}


def measure_keys(place: Path, rows: int) -> list[Measure]:
    """Each key in a large file, held against the same in a small one."""
    times: dict[str, dict[int, list[float]]] = {key: {FEW: [], rows: []} for key in KEYS}
    for turn in range(TURNS):
        for count in (FEW, rows):
            for key, took in asyncio.run(time_keys(place / f"{count}-{turn}", count)).items():
                times[key][count].append(took)
    measures = []
    for key, (name, limit) in KEYS.items():
        few, many = (min(times[key][count]) for count in (FEW, rows))
        measures.append(
            Measure(f"{name}, {rows:,} rows", f"{many:.0f} ms", f"{few:.0f} ms", many / few, limit)
        )
    return measures


def measure_memory(place: Path, rows: int, edits: int) -> Measure:
    """The memory that 1,000 edits add, held against what they may add; in a process of its own."""
    arguments = ["-m", edit_memory.__name__, str(place / "memory"), str(rows), str(edits)]
    environment = os.environ | edit_memory.RETURNED_AT_ONCE
    output = subprocess.check_output([sys.executable, *arguments], env=environment)
    megabytes = json.loads(output)
    compared = max(1, int(edits * COMPARED))
    first, last = statistics.median(megabytes[:compared]), statistics.median(megabytes[-compared:])
    added = (last - first) * 1000 / (edits - compared)
    return Measure(
        "memory that 1,000 edits add", f"{added:.1f} MB", f"{MOST_MEGABYTES} MB", added / MOST_MEGABYTES, 1.0
    )


def main() -> int:
    """Measure and print; 1 if a limit is missed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=20_000, help="rows of the large file")
    options.add_argument("--edits", type=int, default=1_000, help="edits after which memory is measured")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as name:
        measures = measure_keys(Path(name), given.rows)
        measures.append(measure_memory(Path(name), given.rows, given.edits))
    print(HEADING, *measures, sep="\n")
    return 0 if all(measure.ok for measure in measures) else 1


if __name__ == "__main__":
    sys.exit(main())
