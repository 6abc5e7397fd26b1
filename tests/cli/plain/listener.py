"""A user who goes through `backdrop --plain` by ear: answers are picked by what the program has just said."""

import io
import re
import sys
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

from backdrop_tui.cli import run
from backdrop_tui.cli.main import BROKEN

Answer = str | Callable[[str], str]
"""A line to type, `> Label` for the number of the choice that begins so, or a function of what was said so far."""


class Listener:
    """Standard input that listens to standard output."""

    def __init__(self, answers: Iterable[Answer]) -> None:
        self._answers = iter(answers)
        self._written = io.BytesIO()
        self.output = io.TextIOWrapper(self._written, encoding="utf-8", write_through=True)
        """What standard output is replaced by."""
        self.failure = ""
        """Why an answer could not be given; empty if all could."""
        self.buffer = self
        """Where bytes are read from: here."""

    @property
    def heard(self) -> str:
        """Everything that was said."""
        return self._written.getvalue().decode()

    def readline(self, _size: int = -1) -> bytes:
        """The next answer; nothing at the end of the answers."""
        answer = next(self._answers, None)
        if answer is None:
            return b""
        if callable(answer):
            answer = answer(self.heard)
        elif answer.startswith("> "):
            answer = self._number(answer.removeprefix("> "))
        return f"{answer}\n".encode("utf-8", errors="surrogateescape")

    def _number(self, label: str) -> str:
        """The number of the choice in the last list that begins with a label."""
        last_list = self.heard.rpartition("\n1. ")
        numbers = re.findall(rf"^(\d+)\. {re.escape(label)}", f"1. {last_list[2]}", re.MULTILINE)
        if not numbers:
            self.failure = f"{label!r} is not in the list:\n{self.heard[-2500:]}"
            raise KeyboardInterrupt  # the program reports other exceptions as faults of its own
        return str(numbers[0])


def listen(*answers: Answer, data: Path | None = None) -> tuple[int, str]:
    """Run `backdrop --plain` with answers. Returns its exit status and all that it said."""
    listener = Listener(answers)
    words = ["--plain", *(["--data", str(data)] if data else [])]
    with ExitStack() as stack:
        stack.enter_context(patch.object(sys, "stdin", listener))
        stack.enter_context(patch.object(sys, "stdout", listener.output))
        status = run(words)
    assert not listener.failure, listener.failure
    assert status != BROKEN
    return status, listener.heard


def code(heard: str) -> str:
    """The code in the message that was read out."""
    match = re.search(r"^ +(\d{3} \d{3})$", heard, re.MULTILINE)
    assert match is not None
    return match[1]
