"""Dates of birth as files have them: the days that a text can stand for."""

import re
from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache

_FIRST_SERIAL = date(1899, 12, 30)
"""The day from which spreadsheets count days."""
_MONTHS = {
    name: n
    for n, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_WRITTEN = (
    re.compile(r"(?P<y>\d{4})\D{0,2}(?P<m>\d{2})\D{0,2}(?P<d>\d{2})(?!\d)"),
    re.compile(r"(?P<d>\d{1,2})[/.\- ](?P<m>\d{1,2})[/.\- ](?P<y>\d{4}|\d{2})(?!\d)"),
    re.compile(r"(?P<d>\d{2})(?P<m>\d{2})(?P<y>\d{4})(?!\d)"),
    re.compile(r"(?P<d>\d{1,2})(?:st|nd|rd|th)?[/.\- ,]*(?P<m>[a-z]{3})[a-z]*[/.\- ,]*(?P<y>\d{4}|\d{2})(?!\d)"),
    re.compile(r"(?P<m>[a-z]{3})[a-z]*[/.\- ,]*(?P<d>\d{1,2})(?:st|nd|rd|th)?[/.\- ,]*(?P<y>\d{4}|\d{2})(?!\d)"),
)  # fmt: skip


@lru_cache(16_384)
def dates_in(text: object) -> frozenset[date]:
    """The days that a text can stand for, however it is written: day and month both ways, and a spreadsheet's number."""
    written = str(text or "").strip().lower()
    if re.fullmatch(r"\d{5}(\.0)?", written):
        return frozenset({_FIRST_SERIAL + timedelta(days=int(written[:5]))})
    days: set[date] = set()
    for pattern in _WRITTEN:
        if match := pattern.match(written):
            month = _MONTHS.get(match["m"]) if match["m"].isalpha() else int(match["m"])
            year = int(match["y"]) if len(match["y"]) == 4 else _century(int(match["y"]))
            pairs = (
                {(month, int(match["d"])), (int(match["d"]), month)}
                if match["m"].isdigit()
                else {(month, int(match["d"]))}
            )
            if len(match["y"]) == 4 and pattern is _WRITTEN[0]:
                pairs = {(month, int(match["d"]))}
            days |= {day for one, other in pairs if (day := _day(year, one, other))}
    return frozenset(days)


def days_if_day_first(text: str) -> frozenset[date]:
    """The days that a text can stand for if the day comes before the month."""
    days = dates_in(text)
    day = re.match(r"\s*(\d{1,2})(?:\D|\d{6}$)", text)
    return frozenset(each for each in days if each.day == int(day[1])) if day and len(days) > 1 else days


def either_way(days: Collection[date]) -> set[date]:
    """Days, and what they are with day and month swapped."""
    return {*days} | {swapped for each in days if (swapped := _day(each.year, each.day, each.month))}


def _day(year: int, month: int | None, day: int | None) -> date | None:
    try:
        return date(year, month or 0, day or 0)
    except ValueError:
        return None


def _century(year: int) -> int:
    """A year of two digits in full, as a year of birth that has been."""
    return 2000 + year if 2000 + year <= date.today().year else 1900 + year  # noqa: DTZ011 - the school's own day
