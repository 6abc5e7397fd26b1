"""Near misses: headings that are almost known, and columns whose values look like a field's."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from backdrop_tui.records.field import Field
from backdrop_tui.records.text import fold_heading

_SAFE = 92
"""Likeness from which a near miss of a heading is taken without a question."""
_WORTH_SHOWING = 75
_SHORTEST = 6
"""Shorter headings have too many near misses to be taken."""
_MOSTLY = 0.8
_HARDLY = 0.1
_ENOUGH_VALUES = 2
_OF_SOMEBODY_ELSE = ("former", "previous", "parent", "carer", "guardian", "contact", "sibling", "emergency", "mother", "father", "principal", "admission", "doctor")  # fmt: skip
_EMAIL = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"


@dataclass(frozen=True)
class Guess:
    """Where a column could go."""

    target: str
    """The key of the field."""
    likeness: int
    """How like the heading is, or how many of the values are, in per cent."""
    by: Literal["heading", "values"]
    """What is alike."""

    @property
    def safe(self) -> bool:
        """Whether it can be taken without a question."""
        return self.by == "heading" and self.likeness >= _SAFE


def guess_by_heading(fields: Sequence[Field], heading: str) -> Guess | None:
    """The field whose known headings are most like this one, if any is."""
    folded = fold_heading(heading)
    if len(folded) < _SHORTEST or any(word in folded for word in _OF_SOMEBODY_ELSE):
        return None
    best = max(
        (
            Guess(field.key, int(fuzz.ratio(folded, known)), "heading")
            for field in fields
            for known in {*field.known_headings, fold_heading(field.label)}
        ),
        key=lambda guess: guess.likeness,
        default=None,
    )
    return best if best and best.likeness >= _WORTH_SHOWING else None


def guess_by_values(fields: Sequence[Field], values: Sequence[str]) -> Guess | None:
    """The one field that most of these values look like, if any."""
    if len(values) < _ENOUGH_VALUES:
        return None
    shares = [(share, field) for field in fields if (share := _share(field.looks_like, values)) >= _MOSTLY]
    if not shares:
        return None
    share, field = max(shares, key=lambda pair: pair[0])
    return Guess(field.key, int(share * 100), "values")


def values_contradict(field: Field, values: Sequence[str]) -> str:
    """Why a column can't be this field's although its heading says so; empty where nothing speaks against it."""
    if field.looks_like is None or len(values) < _ENOUGH_VALUES or _share(field.looks_like, values) > _HARDLY:
        return ""
    if _share(_EMAIL, values) >= _MOSTLY:
        return f"The values look like e-mail addresses, not like {field.label}."
    return ""


def _share(pattern: str | None, values: Sequence[str]) -> float:
    """What part of the values matches a pattern."""
    if pattern is None:
        return 0.0
    return sum(re.match(pattern, value) is not None for value in values) / len(values)
