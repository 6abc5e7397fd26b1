"""Values that are read from standard input where an argument is `-`, so that neither `ps` nor the shell's history shows them."""

import sys
from collections.abc import Iterable

from backdrop_tui.errors import UnusableChoiceError

ARGUMENT = "-"
"""The argument that stands for a value on standard input."""
NOTE = "- reads it from standard input."
"""What the help says about such an argument."""


def value_of(argument: str, what: str) -> str:
    """The value of an argument: as it was given, or the next line of standard input if it is `-`.

    Args:
        argument: The argument.
        what: The option or argument, for messages and as a prompt if standard input is a terminal.

    Raises:
        UnusableChoiceError: Standard input has no further line, or isn't UTF-8.
    """
    if argument != ARGUMENT:
        return argument
    try:
        if sys.stdin.isatty():
            sys.stderr.write(f"{what}: ")
            sys.stderr.flush()
        line = sys.stdin.buffer.readline()
    except (OSError, ValueError, AttributeError):  # it is closed
        line = b""
    if not line:
        raise UnusableChoiceError(f"Standard input has no line for {what}.")
    return _text(line)


def values_of(arguments: Iterable[str], what: str) -> tuple[str, ...]:
    """The values of an option that can be used more than once; `-` stands for all lines of standard input that aren't blank.

    Raises:
        UnusableChoiceError: Standard input can't be read, or isn't UTF-8.
    """
    values: list[str] = []
    for argument in arguments:
        if argument == ARGUMENT:
            try:
                lines = sys.stdin.buffer.read().splitlines()
            except (OSError, ValueError, AttributeError):
                raise UnusableChoiceError(f"Standard input can't be read for {what}.") from None
            values += filter(None, map(_text, lines))
        else:
            values.append(argument)
    return tuple(values)


def _text(line: bytes) -> str:
    try:
        return line.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise UnusableChoiceError("Standard input isn't UTF-8. Save it as UTF-8, then try again.") from None
