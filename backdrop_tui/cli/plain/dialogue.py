"""Asking and answering line by line: numbered lists, texts, yes or no. Nothing moves the cursor."""

import signal
import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

from backdrop_tui.cli.output import say
from backdrop_tui.errors import BackdropError
from backdrop_tui.printable import printable
from backdrop_tui.school.text_input import quoted

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

    def answer(self) -> str:
        """The next line of the input, without spaces around it.

        Raises:
            NoMoreAnswersError: The input has ended.
            StoppedWhileAskingError: Ctrl+C was pressed.
        """
        # Polars handles Ctrl+C by itself so that its queries can be stopped; reading would go on after it.
        signal.siginterrupt(signal.SIGINT, True)
        try:
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
        self._show(title, choices, back)
        while True:
            answer = self.answer()
            if answer == BACK:
                return None
            place = _place(answer, len(choices))
            if place is not None:
                return place
            if not answer:
                self._show(title, choices, back)
            else:
                self.say(f"{quoted(answer)} is not in the list. {self._numbers(choices)}")

    def choose_several(self, title: str, choices: Sequence[str], *, back: str = "Go back") -> list[int]:
        """Ask for one or more of several choices.

        Args:
            title: What is asked, or where the user is.
            choices: The choices, numbered from 1.
            back: What 0 does.

        Returns:
            The indexes of the choices, from 0, in ascending order; none to go back.
        """
        how = "Type a number, several numbers with commas between them, or all, then Enter. Enter alone reads the list again."
        self._show(title, choices, back, how)
        while True:
            match self.answer():
                case "0":
                    return []
                case answer if answer.lower() == "all":
                    return list(range(len(choices)))
                case "":
                    self._show(title, choices, back, how)
                case answer:
                    places = [_place(part, len(choices)) for part in answer.replace(",", " ").split()]
                    known = {place for place in places if place is not None}
                    if known and None not in places:
                        return sorted(known)
                    self.say(f"{quoted(answer)} is not in the list. {how}")

    def choose_action(
        self, title: str, actions: Sequence[Action], *, back: str = "Go back"
    ) -> Callable[[], object] | None:
        """Ask for one of several things to do. Returns it; None to go back."""
        choice = self.choose(title, [label for label, _ in actions], back=back)
        return None if choice is None else actions[choice][1]

    def _show(self, title: str, choices: Sequence[str], back: str, how: str = "") -> None:
        lines = [f"{number}. {choice}" for number, choice in enumerate(choices, start=1)]
        self.say("", title, *lines, f"{BACK}. {back}", how or self._numbers(choices))

    @staticmethod
    def _numbers(choices: Sequence[str]) -> str:
        """What can be typed."""
        if not choices:
            return f"Type {BACK}, then Enter. Enter alone reads this again."
        numbers = "0 or 1" if len(choices) == 1 else f"a number from 0 to {len(choices):,}"
        return f"Type {numbers}, then Enter. Enter alone reads the list again."

    def confirm(self, question: str) -> bool:
        """Ask a question that is answered by yes or no."""
        self.say("", question, "Type y for yes or n for no, then Enter.")
        while True:
            match self.answer().lower():
                case "y" | "yes":
                    return True
                case "n" | "no" | "0":
                    return False
                case answer:
                    said = f"{quoted(answer)} is neither." if answer else "Nothing was typed."
                    self.say(f"{said} Type y for yes or n for no.")

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
        self.say("", question, leaving)
        while answer := self.answer():
            try:
                return accept(answer)
            except BackdropError as error:
                self.say(error.message, f"Try again. {leaving}")
        return None

    def text_or_blank(self, question: str, *, leaving: str = AS_IT_IS) -> str | None:
        """Ask for a text that may be blank. Returns it; None if the user typed nothing, to leave things as they are."""
        text = self.text(f"{question} Type {HYPHEN} to make it blank.", str, leaving=leaving)
        return "" if text == BLANK else text


def _place(answer: str, choices: int) -> int | None:
    """The place of a choice, from 0, whose number was typed; None if there is no such choice."""
    if not (answer.isascii() and answer.isdecimal() and len(answer) <= _LONGEST_NUMBER):
        return None
    return int(answer) - 1 if 1 <= int(answer) <= choices else None
