"""The files that a command is given: their bytes, and the place beside which an errors file goes."""

import sys
from collections.abc import Sequence
from pathlib import Path

from backdrop_tui.cli.output import say_error
from backdrop_tui.cli.standard_input import ARGUMENT
from backdrop_tui.errors import UnusableFileError
from backdrop_tui.intake.reading.source import load
from backdrop_tui.store.access import make_private as make_file_private
from backdrop_tui.store.access import others_can_read
from backdrop_tui.wording import listed

STANDARD_INPUT = Path(ARGUMENT)
"""The argument that stands for standard input."""


def load_all(files: Sequence[Path]) -> list[tuple[str, bytes]]:
    """The name of each file, without its folder, and its bytes.

    Raises:
        UnusableFileError: One of them can't be read.
    """
    return [(file.name, _standard_input() if file == STANDARD_INPUT else load(file)) for file in files]


def protect(files: Sequence[Path], *, make_private: bool) -> None:
    """Warn if other users of this computer can read a file, or take their access away if the user wants that.

    Raises:
        UnusableFileError: A file can't be made private.
    """
    exposed = [file for file in files if file != STANDARD_INPUT and others_can_read(file)]
    if make_private:
        for file in exposed:
            make_file_private(file)
    elif exposed:
        pronoun = "it" if len(exposed) == 1 else "them"
        names = listed((file.name for file in exposed), at_most=3)
        say_error(
            f"Warning: Other users of this computer can read {names}. To make {pronoun} private, use --make-private."
        )


def path_of(files: Sequence[Path]) -> Path | None:
    """The file beside which an errors file goes: the first one; None for standard input."""
    return next((file for file in files if file != STANDARD_INPUT), None)


def _standard_input() -> bytes:
    """Everything on standard input."""
    try:
        return sys.stdin.buffer.read()
    except (OSError, ValueError, AttributeError):
        raise UnusableFileError("Standard input can't be read. Give the name of a file instead.") from None
