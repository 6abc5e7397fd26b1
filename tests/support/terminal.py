"""The app in a terminal of its own, as its user starts it."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from backdrop_tui.store.folder import DataFolder

LONG = 40
"""Seconds after which a test gives up waiting."""


class Terminal:
    """A program in a terminal of its own, 80 by 24."""

    def __init__(self, process: "subprocess.Popen[bytes]", descriptor: int) -> None:
        self.process = process
        self.descriptor = descriptor
        self.seen = b""

    def read_until(self, text: bytes) -> None:
        """Read the program's output until it contains some text."""
        ends = time.monotonic() + LONG
        while text not in self.seen:
            assert time.monotonic() < ends, self.seen[-2_000:]
            self._read()

    def read_while(self, condition: Callable[[], bool]) -> None:
        """Read the program's output while a condition holds."""
        ends = time.monotonic() + LONG
        while condition():
            assert time.monotonic() < ends, self.seen[-2_000:]
            self._read()

    def read_to_end(self) -> int:
        """Read the program's output to its end, and return its exit status."""
        ends = time.monotonic() + LONG
        while self.process.poll() is None and time.monotonic() < ends:
            self._read()
        self._read()
        return self.process.wait(timeout=1)

    def press(self, keys: bytes) -> None:
        """Press keys."""
        os.write(self.descriptor, keys)

    def _read(self) -> None:
        if select.select([self.descriptor], [], [], 0.1)[0]:
            with suppress(OSError):
                self.seen += os.read(self.descriptor, 65_536)


@contextmanager
def in_a_terminal(data: DataFolder, program: str) -> Iterator[Terminal]:
    """Run a program on a data folder in a terminal, at the time that the test says it is."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    clock = f"import time_machine; time_machine.travel({time.time()}, tick=True).start()"
    arguments = [sys.executable, "-c", f"{clock}\n{program}", "--data", str(data.path)]
    environment = os.environ | {"TERM": "xterm-256color"}
    process = subprocess.Popen(
        arguments, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True
    )
    os.close(slave)
    try:
        yield Terminal(process, master)
    finally:
        process.kill()
        process.wait()
        with suppress(OSError):
            os.close(master)


def has_edits(data: DataFolder, draft_id: str) -> bool:
    """Whether a draft has any edits on the disk: a line for each after the first line of the file."""
    return (data.drafts / draft_id / "edits").read_bytes().count(b"\n") > 1
