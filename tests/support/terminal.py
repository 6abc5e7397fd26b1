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
from pathlib import Path

from backdrop_tui.store.folder import DataFolder

LONG = 40
"""Seconds within which anything comes to its end."""


class Terminal:
    """A program in a terminal of its own, 80 by 24."""

    def __init__(self, process: "subprocess.Popen[bytes]", own: int) -> None:
        self.process = process
        self.own = own
        self.seen = b""

    def read_until(self, text: bytes) -> None:
        """Read what it draws until some text is among it."""
        ends = time.monotonic() + LONG
        while text not in self.seen:
            assert time.monotonic() < ends, self.seen[-2_000:]
            self._read()

    def read_while(self, condition: Callable[[], bool]) -> None:
        """Read what it draws as long as something is so."""
        ends = time.monotonic() + LONG
        while condition():
            assert time.monotonic() < ends, self.seen[-2_000:]
            self._read()

    def read_to_end(self) -> int:
        """Read all that it draws, and give back its exit status."""
        ends = time.monotonic() + LONG
        while self.process.poll() is None and time.monotonic() < ends:
            self._read()
        self._read()
        return self.process.wait(timeout=1)

    def press(self, keys: bytes) -> None:
        """Press keys."""
        os.write(self.own, keys)

    def _read(self) -> None:
        if select.select([self.own], [], [], 0.1)[0]:
            with suppress(OSError):
                self.seen += os.read(self.own, 65_536)


@contextmanager
def in_a_terminal(data: DataFolder, program: str) -> Iterator[Terminal]:
    """The app on a data folder."""
    own, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    arguments = [sys.executable, "-c", program, "--data", str(data.path)]
    environment = os.environ | {"TERM": "xterm-256color"}
    process = subprocess.Popen(
        arguments, stdin=its, stdout=its, stderr=its, env=environment, start_new_session=True
    )
    os.close(its)
    try:
        yield Terminal(process, own)
    finally:
        process.kill()
        process.wait()
        with suppress(OSError):
            os.close(own)


def edits_of(data: DataFolder, draft_id: str) -> Path:
    """The file that keeps a draft's edits; there is none before the first."""
    return data.drafts / draft_id / "edits"
