"""What the values of a column look like: a second opinion on its heading."""

import re
from collections.abc import Sequence

from backdrop_tui.records.schema.field import Field

ENOUGH_VALUES = 2
"""Different values from which a column's values say something; a single one may be a mistake."""
MOST = 0.8
"""The share of values that is enough to say what a column holds."""
_HARDLY_ANY = 0.1
_DATES = "dates"
_UNMISTAKABLE = {
    "e-mail addresses": r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
    "UPNs": r"(?i)^[a-z][0-9]{11}[0-9a-z]$",
    _DATES: r"^(\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d\d-\d\d)",
}
"""Patterns of values that can't be anything else, whatever the heading says, by what they are."""


def contradiction(field: Field | None, values: Sequence[str]) -> str:
    """What a column holds instead of a field's values although its heading says so; empty if the two agree.

    Args:
        field: The field; None for people's names.
        values: Different values of the column.
    """
    looks_like = field.looks_like if field else None
    if not values or share_matching(looks_like, values) > _HARDLY_ANY:
        return ""
    is_date = field is not None and field.is_date
    for content, pattern in _UNMISTAKABLE.items():
        # A date in another notation than ours is still a date.
        if not (is_date and content == _DATES) and share_matching(pattern, values) >= MOST:
            return content
    return ""


def share_matching(pattern: str | None, values: Sequence[str]) -> float:
    """The share of values, from 0 to 1, that match a pattern; 0 without a pattern."""
    if pattern is None:
        return 0.0
    return sum(re.match(pattern, value) is not None for value in values) / len(values)
