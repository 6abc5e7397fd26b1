"""What is right: whether a value is the true one, and which reading of a date belongs to its year group."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from tests.benchmarks.truth.school import Pupil, number_of, year_number


def is_right(key: str, value: str | None, pupil: Pupil, groups: Mapping[str, str]) -> bool:
    """Whether a stored value is the true one. Another spelling of a pupil's registration group is as right.

    Args:
        key: The field's key.
        value: The value.
        pupil: Whose it is.
        groups: As `groups_by_spelling` gives them.
    """
    true = pupil.stored[key]
    if key == "registration_group" and value is not None and value != true:
        return groups.get(value.lower(), groups.get(_folded(value))) == true
    return value == true


def groups_by_spelling(pupils: Sequence[Pupil]) -> Mapping[str, str]:
    """The true registration groups, by all ways of spelling them that could mean no other group of the school."""
    groups = {pupil.registration_group for pupil in pupils}
    folded = Counter(map(_folded, groups))
    loose = {_folded(group): group for group in groups if folded[_folded(group)] == 1}
    return loose | {group.lower(): group for group in groups}


def _folded(group: str) -> str:
    return re.sub(r"[\s./-]", "", group.lower())


def without_case(name: str) -> str:
    """A name folded, so that those that differ only in capitals are the same; Turkish ı has the capital of i."""
    return name.casefold().replace("ı", "i")


def fits(born: date | None, year_group: str, academic_year: int) -> bool:
    """Whether a date of birth belongs to a year group, given its text, in the academic year that starts in a year."""
    number = number_of(year_group)
    return born is not None and number is not None and year_number(born, academic_year) == number
