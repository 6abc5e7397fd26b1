"""What spreadsheets turn the names of groups into, and what those names may have been.

A spreadsheet takes `1E1` for a number and shows `1.00E+01`, and takes `2-1`, `2/1` or `7MAR` for a date: it then shows `02-Jan`,
`Jan-02` or a whole date, or stores the number of the day (44198).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)}|Sept)"
_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d+)?E\+\d{1,2}", re.IGNORECASE)
_DAY_NUMBER = re.compile(r"\d{5}")
_DATES = tuple(
    map(
        re.compile,
        (
            rf"(?P<day>\d\d?)-{_MONTH}",
            rf"(?P<day>\d\d?)[- ]{_MONTH}[- ](?:\d\d)?\d\d",
            rf"{_MONTH}-(?P<day>\d\d)",
            r"(?P<day>\d\d?)[/.-](?P<month>\d\d?)[/.-](?:\d\d)?\d\d",
            r"\d{4}-(?P<month>\d\d)-(?P<day>\d\d)(?:[T ]00:00(?::00(?:\.0+)?)?)?",
        ),
    )
)
_FIRST_DAY = date(1899, 12, 30)
_YEARS_BACK = 10
_MOST_DIGITS = 3

LIKELY = "^(?:[0-9].*[-/.+].*|[0-9]{5}|[A-Z][a-z]{2,3}-[0-9]{2})$"
"""A pattern that all these forms match, and few other texts."""


@dataclass(frozen=True)
class SpreadsheetForm:
    """A text that a spreadsheet may have made of something else."""

    taken_for: str
    """What the spreadsheet took the original for: `a number` or `a date`."""
    originals: tuple[str, ...]
    """The texts from which it may have made it."""


def spreadsheet_form(text: str, year: int) -> SpreadsheetForm | None:
    """Recognise a text as what a spreadsheet makes of some names; None if it isn't.

    Args:
        text: The text.
        year: The current year. A spreadsheet takes a day and a month for a day of the year in which they are typed in, so the
            number of a day is only taken for one of the last ten years.
    """
    if _NUMBER.fullmatch(text):
        return SpreadsheetForm("a number", tuple(_originals_of_number(int(Decimal(text.replace(",", "."))))))
    if day := _day(text, year):
        return SpreadsheetForm("a date", tuple(dict.fromkeys(_originals_of_date(*day))))
    return None


def is_day_number(text: str, year: int) -> bool:
    """Whether a text is the number of a day in this year or the ten before, as a spreadsheet counts days."""
    return bool(_DAY_NUMBER.fullmatch(text)) and year - _YEARS_BACK <= _date_of(text).year <= year


def _date_of(day_number: str) -> date:
    return _FIRST_DAY + timedelta(int(day_number))


def _day(text: str, year: int) -> tuple[int, int] | None:
    """The day and the month of a date."""
    if is_day_number(text, year):
        day = _date_of(text)
        return day.day, day.month
    for pattern in _DATES:
        if match := pattern.fullmatch(text):
            name = match["month"]
            month = int(name) if name.isdigit() else _MONTHS.index(name[:3]) + 1
            day_and_month = int(match["day"]), month
            return day_and_month if _can_be_date(*day_and_month) else None
    return None


def _can_be_date(first: int, second: int) -> bool:
    """Whether two numbers are a day and a month, in either order."""
    return min(first, second) in range(1, 13) and max(first, second) <= 31


def _originals_of_number(number: int) -> Iterator[str]:
    """The short texts with an E that stand for a number: `1E2`, `10E1` and `100E0` for 100."""
    exponent = 0
    while number:
        if len(str(number)) <= _MOST_DIGITS:
            yield f"{number}E{exponent}"
        number, rest = divmod(number, 10)
        exponent += 1
        if rest:
            return


def _originals_of_date(day: int, month: int) -> Iterator[str]:
    """The texts that are taken for a date: two numbers in either order, or a day and the month's name."""
    for first, second in ((day, month), (month, day)):
        for separator in "-/.":
            yield f"{first}{separator}{second}"
            yield f"{first:02}{separator}{second:02}"
    if month <= 12:
        for name in (_MONTHS[month - 1], _LONG_MONTHS[month - 1]):
            yield from (f"{day}{name}", f"{name}{day}", f"{day:02}{name}", f"{name}{day:02}")
