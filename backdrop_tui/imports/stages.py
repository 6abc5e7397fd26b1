"""How far an import is, in words and as a fraction."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Stage:
    """One part of an import."""

    key: str
    """Its name for programs."""
    words: str
    """What is being done, for people."""
    fraction: float
    """How much of the whole is done as it begins, from 0 to 1."""


CHECKING = Stage("checking", "Checking every row once more", 0.0)
PLANNING = Stage("planning", "Working out who is new", 0.5)
STORING = Stage("storing", "Storing", 0.7)
DONE = Stage("done", "Done", 1.0)
STAGES = (CHECKING, PLANNING, STORING, DONE)
"""All of them, in order."""

Progress = Callable[[Stage], None]
"""Told of each stage as it begins. It is called in the thread that does the work."""


def no_progress(_: Stage) -> None:
    """The progress of what nobody looks at."""
