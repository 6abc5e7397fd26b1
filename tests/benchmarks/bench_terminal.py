"""What Put right sends to terminals with 256 colours, small and with every pane. Run as `python -m tests.benchmarks.bench_terminal`.

A key that scrolls the table sends a page.
"""

import asyncio
import os
import statistics
import sys
import tempfile
from pathlib import Path
from unittest import mock

from textual.drivers.headless_driver import HeadlessDriver

from tests.benchmarks.put_right import put_right
from tests.support.walk import Walk

ROWS = 400
PRESSES = 6
"""How often each key is pressed; the table doesn't scroll, except with the keys for pages."""
PAGE = 8_192
SIZES = ((80, 24), (200, 60))
LIMITS = {
    "down": 400,
    "up": 400,
    "right": 1_000,
    "left": 1_000,
    "n": 1_000,
    "pagedown": PAGE,
    "pageup": PAGE,
    "ctrl+end": PAGE,
}
"""The bytes that each key may send, in the order in which the keys are tried."""
IDLE_SECONDS = 10


class Terminal(HeadlessDriver):
    """A terminal that counts what is sent to it."""

    sent = 0
    """The number of bytes so far."""

    @property
    def is_headless(self) -> bool:
        """Whether nothing is to be drawn."""
        return False

    def write(self, data: str) -> None:
        """Count the bytes."""
        type(self).sent += len(data.encode())


async def sent_by(walk: Walk, key: str) -> list[int]:
    """The bytes that each press of a key sends."""
    counts = []
    for _ in range(PRESSES):
        before = Terminal.sent
        await walk.press(key)
        counts.append(Terminal.sent - before)
    return counts


async def measure(place: Path, size: tuple[int, int]) -> dict[str, list[int]]:
    """The bytes that each press of each key sends, and those sent while nothing is pressed."""
    async with put_right(place, ROWS) as (walk, _):
        await walk.resize(size)
        counts = {}
        for key in LIMITS:
            if key == "n":
                await walk.press("ctrl+home")
            counts[key] = await sent_by(walk, key)
        before = Terminal.sent
        await asyncio.sleep(IDLE_SECONDS)
        return counts | {f"{IDLE_SECONDS} idle seconds": [Terminal.sent - before]}


def main() -> int:
    """Measure and print; 1 if a limit is missed."""
    os.environ |= {"TERM": "xterm-256color", "COLORTERM": ""}
    terminal = mock.patch("textual.drivers.headless_driver.HeadlessDriver", Terminal)
    is_good = True
    for width, height in SIZES:
        with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as place, terminal:
            counts = asyncio.run(measure(Path(place) / "put-right", (width, height)))
        print(f"{f'bytes, {width}×{height}':16} {'median':>7} {'most':>7} {'limit':>7}")
        for name, sent in counts.items():
            limit = LIMITS.get(name, 0)
            verdict = "ok" if max(sent) <= limit else "too many"
            is_good = is_good and max(sent) <= limit
            print(f"{name:16} {statistics.median(sent):7.0f} {max(sent):7} {limit:7}  {verdict}")
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
