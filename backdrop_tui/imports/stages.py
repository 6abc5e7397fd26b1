"""The stages of an import, for showing its progress."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Stage:
    """One stage of an import."""

    key: str
    """Its name for programs."""
    label: str
    """What is being done, as shown to people."""
    fraction: float
    """How much of the import is done when it starts, from 0 to 1."""


CHECKING = Stage("checking", "Checking every row again", 0.0)
PLANNING = Stage("planning", "Working out who is new", 0.5)
STORING = Stage("storing", "Storing", 0.7)
DONE = Stage("done", "Done", 1.0)

Progress = Callable[[Stage], None]
"""Called with each stage as it starts, in the thread that does the work."""


def no_progress(_: Stage) -> None:
    """Ignore the stages: nobody is watching."""
