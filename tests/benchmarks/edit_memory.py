"""The memory that an app has after each of many edits in Put right.

Run as `python -m tests.benchmarks.edit_memory FOLDER ROWS EDITS`, where the folder for the file and the draft doesn't exist yet.
Prints a JSON list of megabytes.
"""

import asyncio
import ctypes
import gc
import json
import os
import sys
from pathlib import Path

from tests.benchmarks.put_right import put_right
from tests.support.walk import Walk

RETURNED_AT_ONCE = {"_RJEM_MALLOC_CONF": "dirty_decay_ms:0,muzzy_decay_ms:0"}
"""The environment in which polars gives memory that it has freed back to the system at once, so that only what is kept counts."""


async def memory_after_edits(place: Path, rows: int, edits: int) -> list[float]:
    """Megabytes that the process has after each of some edits, every one in another row."""
    async with put_right(place, rows) as (walk, screen):
        megabytes = []
        for row in range(2, edits + 2):
            screen.table.go_to(row, "gender")
            await edit(walk, "M")
            gc.collect()
            ctypes.CDLL(None).malloc_trim(0)
            megabytes.append(resident_megabytes())
        assert len(screen.draft.edits.done) == edits
        return megabytes


async def edit(walk: Walk, text: str) -> None:
    """Type a text into the cell under the cursor."""
    await walk.press("enter")
    await walk.replace(text)
    await walk.press("enter")


def resident_megabytes() -> float:
    """The memory of this process, on Linux."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    folder, row_count, edit_count = sys.argv[1:]
    print(json.dumps(asyncio.run(memory_after_edits(Path(folder), int(row_count), int(edit_count)))))
