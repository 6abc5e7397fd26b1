"""Near misses: headings that are almost known, and columns whose values look like a field's."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.text import fold_heading

_SAFE = 92
"""Likeness from which a near miss of a heading is taken without a question."""
_WORTH_SHOWING = 75
_SHORTEST = 6
"""Shorter headings have too many near misses to be taken."""
_MOSTLY = 0.8
_HARDLY = 0.1
ENOUGH_VALUES = 2
"""Different values of a column that say something of it; a single one can be a mistake."""
_OF_SOMETHING_ELSE = (
    "former", "previous", "parent", "carer", "guardian", "contact", "sibling", "emergency", "mother", "father",
    "principal", "admission", "doctor", "tutorname", "teacher", "old",
)  # fmt: skip
"""What a heading says of a column that belongs to somebody or something else, however like it is."""
_A_DATE = "a date"
_UNMISTAKABLE = {
    "an e-mail address": r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
    "a UPN": r"(?i)^[a-z][0-9]{11}[0-9a-z]$",
    _A_DATE: r"^(\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d\d-\d\d)",
}
"""Values that can be nothing else, whatever the heading says."""
_PLURALS = {"an e-mail address": "e-mail addresses", "a UPN": "UPNs", _A_DATE: "dates"}


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


def near_misses(
    fields: Sequence[Field], headings: Mapping[int, str], values: Sequence[Sequence[str]]
) -> tuple[dict[int, Guess], dict[int, Guess]]:
    """Columns whose heading is a near miss that can be taken, and what the others could be.

    Args:
        fields: The fields that no column goes to yet.
        headings: The headings of the columns that go nowhere yet, by place.
        values: Some values of every column of the file.
    """
    guesses = {n: guess for n, heading in headings.items() if (guess := guess_by_heading(fields, heading))}
    taken: dict[int, Guess] = {}
    for field in fields:
        safe = [
            (guess.likeness, n)
            for n, guess in guesses.items()
            if guess.safe and guess.target == field.key and not values_contradict(field, values[n])
        ]
        best = [n for likeness, n in safe if likeness == max(safe)[0]]
        if len(best) == 1:
            taken[best[0]] = guesses[best[0]]
    gone = {guess.target for guess in taken.values()}
    free = [field for field in fields if field.key not in gone]
    possible = {
        n: guess
        for n, heading in headings.items()
        if n not in taken and (guess := _possible(free, heading, values[n]))
    }
    return taken, possible


def _possible(fields: Sequence[Field], heading: str, values: Sequence[str]) -> Guess | None:
    by_heading = guess_by_heading(fields, heading)
    if by_heading and not values_contradict(
        next(field for field in fields if field.key == by_heading.target), values
    ):
        return by_heading
    return None if _is_of_something_else(heading) else guess_by_values(fields, values)


def guess_by_heading(fields: Sequence[Field], heading: str) -> Guess | None:
    """The field whose known headings are most like this one, if any is."""
    folded = fold_heading(heading)
    if len(folded) < _SHORTEST or _is_of_something_else(heading):
        return None
    from rapidfuzz import fuzz  # noqa: PLC0415 - in most files every heading is known

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
    if len(values) < ENOUGH_VALUES:
        return None
    shares = [(share, field) for field in fields if (share := _share(field.looks_like, values)) >= _MOSTLY]
    if not shares:
        return None
    share, field = max(shares, key=lambda pair: pair[0])
    return Guess(field.key, int(share * 100), "values")


def values_contradict(field: Field | None, values: Sequence[str]) -> str:
    """Why a column can't be this field's although its heading says so; empty where nothing speaks against it.

    Without a field, why it can't be anybody's name.
    """
    label, own = (field.label, field.looks_like) if field else ("names", None)
    if not values or _share(own, values) > _HARDLY:
        return ""
    for what, pattern in _UNMISTAKABLE.items():
        # A date that is written in another way than ours is still a date.
        is_own = what == _A_DATE and field is not None and field.is_date
        if not is_own and _share(pattern, values) >= _MOSTLY:
            return f"The values look like {_PLURALS[what]}, not like {label}."
    return ""


def _is_of_something_else(heading: str) -> bool:
    folded = fold_heading(heading)
    return any(word in folded for word in _OF_SOMETHING_ELSE)


def _share(pattern: str | None, values: Sequence[str]) -> float:
    """What part of the values matches a pattern."""
    if pattern is None:
        return 0.0
    return sum(re.match(pattern, value) is not None for value in values) / len(values)
