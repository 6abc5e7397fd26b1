"""How the app ends: broken, told to end, or left without its terminal."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from backdrop_tui.intake.draft import Draft, open_drafts
from backdrop_tui.store.folder import DataFolder
from tests.screens.walk import begun

_LONG = 40
_BREAKS = """
import sys
from backdrop_tui.__main__ import main
from backdrop_tui.screens.put_right import PutRightScreen
def broken(self, *args):
    secret = "Amira O'Neill"
    raise RuntimeError(secret)
PutRightScreen.action_next_problem = broken
main()
"""


class Terminal:
    """A program in a terminal of its own, 80 by 24."""

    def __init__(self, process: "subprocess.Popen[bytes]", own: int) -> None:
        self.process = process
        self.own = own
        self.seen = b""

    def read_until(self, text: bytes) -> None:
        """Read what it draws until some text is among it."""
        ends = time.monotonic() + _LONG
        while text not in self.seen:
            assert time.monotonic() < ends, self.seen[-2_000:]
            self._read()

    def read_while(self, condition: Callable[[], bool]) -> None:
        """Read what it draws as long as something is so."""
        ends = time.monotonic() + _LONG
        while condition():
            assert time.monotonic() < ends, self.seen[-2_000:]
            self._read()

    def read_to_end(self) -> int:
        """Read all that it draws, and give back its exit status."""
        ends = time.monotonic() + _LONG
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


_APP = "from backdrop_tui.__main__ import main; main()"


def edits_of(data: DataFolder, draft_id: str) -> Path:
    """The file that keeps a draft's edits; there is none before the first."""
    return data.drafts / draft_id / "edits"


@pytest.fixture
def draft_id(data: DataFolder, pupils: Path) -> str:
    """A draft in which nothing has been put right yet."""
    draft = begun(data, pupils)
    draft.close()
    return draft.facts.id


def test_a_break_shows_one_sentence_and_nobody_s_name(data: DataFolder, draft_id: str) -> None:
    with in_a_terminal(data, _BREAKS) as terminal:
        terminal.read_until(b"Go on with")
        terminal.press(b"\r")
        terminal.read_until(b"with errors")
        terminal.seen = b""
        terminal.press(b"n")
        assert terminal.read_to_end() == 1
        end = terminal.seen[terminal.seen.rindex(b"\x1b[?1049l") :]
    assert b"Something in backdrop broke" in end
    assert b"RuntimeError" in end
    assert b"Traceback" not in end
    assert b"Amira" not in end
    assert draft_id == open_drafts(data)[0].id


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_told_to_end_it_leaves_the_terminal_as_it_was(
    data: DataFolder, draft_id: str, number: signal.Signals
) -> None:
    with in_a_terminal(data, _APP) as terminal:
        terminal.read_until(b"Go on with")
        terminal.press(b"\r")
        terminal.read_until(b"with errors")
        terminal.press(b"s")
        terminal.read_while(lambda: not edits_of(data, draft_id).exists())
        terminal.process.send_signal(number)
        assert terminal.read_to_end() == 128 + number
        assert b"\x1b[?1049l" in terminal.seen
        assert b"\x1b[?25h" in terminal.seen
    assert Draft.open(data, draft_id).edits.cells


def test_without_its_terminal_it_ends_and_what_was_saved_is_there(data: DataFolder, draft_id: str) -> None:
    with in_a_terminal(data, _APP) as terminal:
        terminal.read_until(b"Go on with")
        terminal.press(b"\r")
        terminal.read_until(b"with errors")
        terminal.press(b"s")
        terminal.read_while(lambda: not edits_of(data, draft_id).exists())
        os.close(terminal.own)
        terminal.process.send_signal(signal.SIGHUP)
        assert terminal.process.wait(timeout=_LONG) == 128 + signal.SIGHUP
    assert Draft.open(data, draft_id).edits.cells
