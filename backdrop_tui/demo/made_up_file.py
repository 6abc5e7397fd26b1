"""A made-up file, and what is wrong with it."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

SCHOOL = "Willowmere All-Through School"
"""What the school is called."""
Announced = tuple[int, str | None, str]
"""A problem that is in a made-up file: row, field's label (None for the whole row), code."""


@dataclass(frozen=True)
class MadeUp:
    """A made-up file."""

    data: bytes
    """Its bytes."""
    problems: frozenset[Announced]
    """What is wrong with it."""


def names(
    dice: random.Random, firsts: Sequence[str], lasts: Sequence[str], count: int
) -> list[tuple[str, str]]:
    """So many different pairs of a first name and a surname."""
    return dice.sample([(first, last) for first in firsts for last in lasts], count)
