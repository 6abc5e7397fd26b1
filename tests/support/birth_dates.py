"""Made-up schools whose birth dates and year groups fit together, and ways to spoil them."""

import random
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from backdrop_tui.intake.checking.check import Checked
from backdrop_tui.records.fields.year_group import NUMBERS
from tests.support.cells import SCHOOL

Row = dict[str, str]
"""A student's texts by the fields' keys."""

_CODES = {number: code for code, number in NUMBERS.items()}
_SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "ke", "li", "mo", "nu")


def school(
    size: int, seed: int = 1, years: tuple[int, int] = (7, 11), academic_year: int = SCHOOL.academic_year
) -> list[Row]:
    """The students of a made-up school, as many in each year group, with dates as dd/mm/yyyy and no problem at all.

    Args:
        size: The number of students.
        seed: Another school for every number.
        years: The first and the last year group, by number.
        academic_year: The year in which the academic year of the year groups starts.
    """
    rng = random.Random(seed)  # noqa: S311 - made-up data
    first, last = years
    return [_student(rng, place, first + place % (last - first + 1), academic_year) for place in range(size)]


def _student(rng: random.Random, place: int, year: int, academic_year: int) -> Row:
    born = date(academic_year - year - 5, 9, 1) + timedelta(days=rng.randrange(365))
    name = "".join(_SYLLABLES[int(digit)] for digit in f"{place:04}").capitalize()
    return {
        "first_name": "Sam",
        "surname": name,
        "date_of_birth": f"{born:%d/%m/%Y}",
        "year_group": _CODES[year],
        "registration_group": f"{_CODES[year]}{'AB'[place % 2]}",
        "upn": "",
    }


def swapped(born: str) -> str:
    """A date as dd/mm/yyyy with day and month swapped."""
    return f"{born[3:5]}/{born[:2]}{born[5:]}"


def can_be_swapped(row: Row) -> bool:
    """Whether day and month of a row's date can be swapped, and that changes it."""
    day, month = row["date_of_birth"][:2], row["date_of_birth"][3:5]
    return int(day) <= 12 and day != month


def with_dates(rows: Iterable[Row], change: Callable[[str], str]) -> list[Row]:
    """Rows with their dates changed."""
    return [row | {"date_of_birth": change(row["date_of_birth"])} for row in rows]


def swapped_by_excel(rows: Iterable[Row], share: float = 1.0, seed: int = 7) -> list[Row]:
    """Rows with day and month swapped in a share of the dates in which that is possible."""
    rng = random.Random(seed)  # noqa: S311 - made-up data
    return [
        row | {"date_of_birth": swapped(row["date_of_birth"])}
        if can_be_swapped(row) and rng.random() < share
        else row
        for row in rows
    ]


def finding_codes(result: Checked) -> list[str]:
    """The codes of the open findings."""
    return [finding.code for finding in result.findings]


def problem_counts(result: Checked) -> dict[str, int]:
    """The number of problems by code."""
    counts = result.problems["code"].value_counts()
    return dict(counts.iter_rows())
