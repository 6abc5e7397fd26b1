"""How many people are at the school, by year and form, or by user group."""

import re
from collections.abc import Iterable

import polars as pl

from backdrop_tui.care.report.parts import Bar, Chart
from backdrop_tui.records.fields.year_group import YEAR_GROUPS, in_words

_NOT_GIVEN = "Not given"


def by_year(title: str, students: pl.DataFrame, *, forms: bool = False) -> Chart:
    """A chart of students by year group.

    Args:
        title: The heading.
        students: The students: `year_group`, `registration_group` (String) and more.
        forms: Whether to say how many of each year are in each registration group.
    """
    counts = {
        (year, form): number
        for year, form, number in students.select("year_group", "registration_group")
        .group_by("year_group", "registration_group")
        .len()
        .iter_rows()
    }
    years = sorted({year for year, _ in counts}, key=_year_order)
    bars = []
    for year in years:
        of_year = {form or _NOT_GIVEN: number for (other, form), number in counts.items() if other == year}
        detail = ", ".join(f"{form} {of_year[form]:,}" for form in sorted(sorted(of_year), key=_natural))
        label = in_words(year) if year in YEAR_GROUPS else year or _NOT_GIVEN
        bars.append(Bar(label, sum(of_year.values()), detail if forms else ""))
    return Chart(title, tuple(bars))


def by_group(title: str, staff: pl.DataFrame, order: Iterable[str]) -> Chart:
    """A chart of staff by user group.

    Args:
        title: The heading.
        staff: The staff: `user_group` (String) and more.
        order: The names of all user groups in order.
    """
    counts = dict(staff["user_group"].value_counts().iter_rows())
    named = [Bar(name, counts.pop(name)) for name in order if name in counts]
    return Chart(title, (*named, *(Bar(name or _NOT_GIVEN, number) for name, number in counts.items())))


def _year_order(year: str | None) -> tuple[int, str]:
    return (YEAR_GROUPS.index(year) if year in YEAR_GROUPS else len(YEAR_GROUPS), year or "")


def _natural(form: str) -> list[tuple[int, str]]:
    """The order in which people list forms: 7B before 10A."""
    return [
        (int(part), "") if part.isdecimal() else (0, part.casefold()) for part in re.split(r"(\d+)", form)
    ]
