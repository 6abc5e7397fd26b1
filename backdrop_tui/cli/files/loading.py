"""The files that a command is given: their bytes, and the place beside which an errors file goes."""

import sys
from collections.abc import Sequence
from pathlib import Path

from backdrop_tui.errors import UnusableChoiceError, UnusableFileError
from backdrop_tui.intake.reading.source import load

STANDARD_INPUT = Path("-")
"""The argument that stands for standard input."""


def load_all(files: Sequence[Path]) -> list[tuple[str, bytes]]:
    """The name of each file, without its folder, and its bytes.

    Raises:
        UnusableFileError: One of them can't be read.
        UnusableChoiceError: Standard input is given more than once.
    """
    if list(files).count(STANDARD_INPUT) > 1:
        raise UnusableChoiceError("Standard input (-) can only be read once.")
    return [(file.name, _standard_input() if file == STANDARD_INPUT else load(file)) for file in files]


def path_of(files: Sequence[Path]) -> Path | None:
    """The file beside which an errors file goes: the first one; None for standard input."""
    return next((file for file in files if file != STANDARD_INPUT), None)


def _standard_input() -> bytes:
    """Everything on standard input."""
    try:
        return sys.stdin.buffer.read()
    except (OSError, ValueError, AttributeError):
        raise UnusableFileError("Standard input can't be read. Give the name of a file instead.") from None
