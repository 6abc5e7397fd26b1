"""A made-up file, and the problems that are in it on purpose."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

SCHOOL = "Willowmere All-Through School"
"""The name of the made-up school."""
ExpectedProblem = tuple[int, str | None, str]
"""A problem in a made-up file: row number, label of the field (None for the whole row), problem code."""


@dataclass(frozen=True)
class MadeUpFile:
    """A made-up CSV file."""

    data: bytes
    """The content of the file."""
    problems: frozenset[ExpectedProblem]
    """All problems that checking the file finds."""
    findings: tuple[str, ...]
    """The codes of what checking finds about the whole file, in the order in which they are shown."""


def full_names(
    rng: random.Random, first_names: Sequence[str], surnames: Sequence[str], count: int
) -> list[tuple[str, str]]:
    """A number of different pairs of a first name and a surname."""
    return rng.sample([(first, surname) for first in first_names for surname in surnames], count)
