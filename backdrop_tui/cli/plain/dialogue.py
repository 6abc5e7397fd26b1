"""Asking and answering line by line: numbered lists, texts, yes or no. Nothing moves the cursor."""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from backdrop_tui.cli.output import say
from backdrop_tui.errors import BackdropError
from backdrop_tui.printable import printable
from backdrop_tui.school.text_input import quoted
from backdrop_tui.store.private_file import write_private

_T = TypeVar("_T")
_LONGEST_LINE = 100_000
"""The most bytes of an answer that are read as one line; nobody types more, and it keeps a wrong file from filling the memory."""
Action = tuple[str, Callable[[], object]]
"""Something that can be done, with its label in a list."""
_LONGEST_NUMBER = 9
AS_IT_IS = "Press Enter alone to leave it as it is."
"""What typing nothing does where there is something to change."""
GOING_BACK = "Press Enter alone to go back."
"""What typing nothing does where there is nothing to change."""
BLANK = "-"
"""What is typed to make something blank."""
HYPHEN = f"a hyphen ({BLANK})"
"""What is typed to make something blank, as a prompt says it: a screen reader may pass over the sign alone."""
KEPT = "Everything that you have confirmed is kept."
"""What is said at the end, however it comes."""
BACK = "0"
"""The answer that goes back, wherever a list is shown."""
_SEVERAL = "Type a number, several numbers with commas between them, or all, then Enter. Enter alone reads the list again."
_YES, _NO = frozenset({"y", "yes"}), frozenset({"n", "no", BACK})


class NoMoreAnswersError(Exception):
    """The input has ended, or nobody reads the output any more; what was accepted is kept."""


class StoppedWhileAskingError(Exception):
    """Ctrl+C was pressed while an answer was waited for, so nothing was being done."""


class Dialogue:
    """Prints questions on standard output and reads the answers from standard input, wherever that comes from."""

    def say(self, *lines: str) -> None:
        """Print lines; a line end in one, such as that of a cell, is a space. Raises `NoMoreAnswersError` if nobody reads them."""
        self.read_out("\n".join(map(printable, lines)))

    def read_out(self, text: str) -> None:
        """Print a text of several lines. Raises `NoMoreAnswersError` if nobody reads it."""
        if not say(text):
            raise NoMoreAnswersError

    def ask(self, *lines: str) -> str:
        """Print lines, and wait for an answer: the next line of the input, without spaces around it.

        Raises:
            NoMoreAnswersError: The input has ended, or nobody reads the output.
            StoppedWhileAskingError: Ctrl+C was pressed.
        """
        # Polars handles Ctrl+C by itself so that its queries can be stopped; reading would go on after it.
        signal.siginterrupt(signal.SIGINT, True)
        try:
            self.say(*lines)
            line = sys.stdin.buffer.readline(_LONGEST_LINE)
        except (OSError, ValueError, AttributeError):  # it is closed
            line = b""
        except KeyboardInterrupt:
            raise StoppedWhileAskingError from None
        if not line:
            raise NoMoreAnswersError
        return line.decode("utf-8", errors="replace").removeprefix("\ufeff").strip()

    def choose(self, title: str, choices: Sequence[str], *, back: str = "Go back") -> int | None:
        """Ask for one of several choices.

        Args:
            title: What is asked, or where the user is.
            choices: The choices, numbered from 1.
            back: What 0 does.

        Returns:
            The index of the choice, from 0; None to go back.
        """
        how = _numbers(choices)
        question = _as_list(title, choices, back, how)
        asked = question
        while (answer := self.ask(*asked)) != BACK:
            place = _place(answer, len(choices))
            if place is not None:
                return place
            asked = (f"{quoted(answer)} is not in the list. {how}",) if answer else question
        return None

    def choose_several(self, title: str, choices: Sequence[str]) -> list[int]:
        """Ask for one or more of several choices.

        Args:
            title: What is asked, or where the user is.
            choices: The choices, numbered from 1; 0 goes back.

        Returns:
            The indexes of the choices, from 0, in ascending order; none to go back.
        """
        how = _numbers(choices) if len(choices) == 1 else _SEVERAL
        question = _as_list(title, choices, "Go back", how)
        asked = question
        while (answer := self.ask(*asked)) != BACK:
            if answer.lower() == "all":
                return list(range(len(choices)))
            places = [_place(part, len(choices)) for part in answer.replace(",", " ").split()]
            known = {place for place in places if place is not None}
            if known and None not in places:
                return sorted(known)
            asked = (f"{quoted(answer)} is not in the list. {how}",) if answer else question
        return []

    def choose_action(
        self, title: str, actions: Sequence[Action], *, back: str = "Go back"
    ) -> Callable[[], object] | None:
        """Ask for one of several things to do. Returns it; None to go back."""
        choice = self.choose(title, [label for label, _ in actions], back=back)
        return None if choice is None else actions[choice][1]

    def confirm(self, question: str) -> bool:
        """Ask a question that is answered by yes or no. Enter alone reads it again."""
        asked = ("", question, "Type y for yes or n for no, then Enter.")
        refused = "{} is neither. Type y for yes or n for no."
        answer = self.ask(*asked)
        while (word := answer.lower()) not in _YES | _NO:
            answer = self.ask(*((refused.format(quoted(answer)),) if word else asked))
        return word in _YES

    def text(self, question: str, accept: Callable[[str], _T], *, leaving: str = AS_IT_IS) -> _T | None:
        """Ask for a text until it can be used.

        Args:
            question: What is to be typed in.
            accept: Gets what was typed, and returns what it means. If it raises a `BackdropError`, that is said, and the
                user is asked again.
            leaving: What typing nothing does.

        Returns:
            What `accept` returned; None if the user typed nothing, to leave things as they are.
        """
        asked: tuple[str, ...] = ("", question, leaving)
        while answer := self.ask(*asked):
            try:
                return accept(answer)
            except BackdropError as error:
                asked = (error.message, f"Try again. {leaving}")
        return None

    def save_file(self, name: str, content: Callable[[], bytes]) -> None:
        """Ask where to write a file that only its owner can read, and write it.

        Args:
            name: The name that is suggested.
            content: Makes what is in it.
        """

        def save(text: str) -> Path:
            path = Path(os.path.expanduser(text))  # noqa: PTH111 - Path's own raises where there is no such user
            write_private(path, content(), replace=False)
            return path

        question = f"Type the path of the file to be written, such as {name}."
        if path := self.text(question, save, leaving=GOING_BACK):
            self.say(f"Saved in {path}")

    def text_or_blank(self, question: str, *, leaving: str = AS_IT_IS) -> str | None:
        """Ask for a text that may be blank. Returns it; None if the user typed nothing, to leave things as they are."""
        text = self.text(f"{question} Type {HYPHEN} to make it blank.", str, leaving=leaving)
        return "" if text == BLANK else text


def _as_list(title: str, choices: Sequence[str], back: str, how: str) -> tuple[str, ...]:
    """A numbered list of choices as lines, and what can be typed."""
    lines = (f"{number}. {choice}" for number, choice in enumerate(choices, start=1))
    return ("", title, *lines, f"{BACK}. {back}", how)


def _numbers(choices: Sequence[str]) -> str:
    """Which numbers can be typed."""
    if not choices:
        return f"Type {BACK}, then Enter. Enter alone reads this again."
    numbers = "0 or 1" if len(choices) == 1 else f"a number from 0 to {len(choices):,}"
    return f"Type {numbers}, then Enter. Enter alone reads the list again."


def _place(answer: str, choices: int) -> int | None:
    """The place of a choice, from 0, whose number was typed; None if there is no such choice."""
    if not (answer.isascii() and answer.isdecimal() and len(answer) <= _LONGEST_NUMBER):
        return None
    return int(answer) - 1 if 1 <= int(answer) <= choices else None
