"""Progress of long work: a line on standard error for each stage that takes a while, if that is a terminal."""

import sys
from threading import Timer
from typing import TYPE_CHECKING, Self

from backdrop_tui.cli.output import plain
from backdrop_tui.wording import counted

if TYPE_CHECKING:  # not needed by `check`
    from backdrop_tui.imports.stages import Stage

READING = "Reading"
"""The stage in which files are read."""
_PATIENCE = 1.0
"""Seconds after which a stage is worth a line."""


def checking(rows: int) -> str:
    """The stage in which a number of rows are checked."""
    return f"Checking {counted(rows, 'row')}"


class ProgressLines:
    """Says what is being done, once it has taken a second. A context manager: nothing is said after its block.

    Each line is printed once and never changed, so that a screen reader reads it once.
    """

    def __init__(self, patience: float = _PATIENCE) -> None:
        """Wait for a number of seconds in each stage before saying anything."""
        self._patience = patience
        self._timer: Timer | None = None

    def stage(self, what: str) -> None:
        """Begin a stage, given what is being done: `Checking 1,200 rows`."""
        self._stop()
        if _is_shown():
            self._timer = Timer(self._patience, _say, [what])
            self._timer.daemon = True
            self._timer.start()

    def stage_of_import(self, stage: "Stage") -> None:
        """Begin a stage of an import."""
        self.stage(stage.label)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()


def _is_shown() -> bool:
    """Whether standard error is a terminal."""
    try:
        return sys.stderr is not None and sys.stderr.isatty()
    except ValueError:  # it is closed
        return False


def _say(what: str) -> None:
    try:
        sys.stderr.write(f"{plain(what)} …\n")
        sys.stderr.flush()
    except (OSError, ValueError):  # nobody reads it
        return
