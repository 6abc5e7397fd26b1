"""Damages to dates of birth."""

from collections.abc import Callable
from datetime import date
from random import Random

from backdrop_tui.records.schema.context import academic_year_of
from tests.benchmarks.truth.rows import (
    Damage,
    DateStyle,
    Row,
    day_first,
    day_number,
    day_number_1904,
    month_first,
    rewriting,
)

_KEY = "date_of_birth"


def swapped(day: date) -> date | None:
    """The date with day and month the other way round; None if there is no other such date."""
    if day.day > 12 or day.day == day.month:
        return None
    return date(day.year, day.day, day.month)


def _swap(row: Row, _random: Random) -> None:
    row.write_date(swapped(row.born) or row.born)


SWAPPED = Damage("day and month swapped", _KEY, lambda row: swapped(row.born) is not None, _swap)
"""As Excel does it under American settings, whatever the style in which the date is written afterwards."""


def _fits_either_way(row: Row) -> bool:
    other = swapped(row.born)
    return other is not None and academic_year_of(other) == academic_year_of(row.born)


GUESSED = Damage("swapped where the year group can't tell", _KEY, _fits_either_way, _swap)
"""What is left of swapped dates when those that the year group settles have been put right and the others accepted."""
SWAPPED_NUMBERS = Damage(
    "swapped day numbers",
    _KEY,
    lambda row: swapped(row.born) is not None,
    lambda row, _random: row.write_date(swapped(row.born) or row.born, day_number),
)
"""Day numbers where Excel took a day for a month, among texts that it could not read as dates."""
IN_ONE_YEAR = Damage(
    "swapped in one year group",
    _KEY,
    lambda row: row.pupil.year_group == "7" and swapped(row.born) is not None,
    _swap,
)
"""What comes of putting together a file of several lists, one of which has been through Excel."""


def _write_month_first(row: Row, _random: Random) -> None:
    row.style = month_first
    row.cells[_KEY] = month_first(row.born)


def _reads_otherwise(row: Row) -> bool:
    return row.born.day != row.born.month


MONTH_FIRST = Damage("written month-first", _KEY, _reads_otherwise, _write_month_first)
"""As an American export writes it: unmistakable where the day is above 12."""


def restyled(name: str, style: DateStyle, can_hit: Callable[[Row], bool] = lambda _row: True) -> Damage:
    """A damage that writes the right date in a way that is easily misunderstood."""
    return Damage(name, _KEY, can_hit, lambda row, _random: row.write_date(row.born, style))


MAC_1904 = restyled("day numbers from 1904", day_number_1904)
"""Day numbers that are 1,462 too small."""


def _typed(change: Callable[[str, Random], str], name: str) -> Damage:
    """A damage to the text of a date written day-first."""
    return rewriting(name, _KEY, lambda row, random: change(day_first(row.born), random))


LETTER_O = _typed(lambda text, _random: text.replace("0", "O"), "O for 0 in dates")
"""`14/O3/2O12`."""
DASHES = _typed(lambda text, random: text.replace("/", random.choice("–—−‑")), "dashes in dates")
"""`14–03–2012`."""
SOLID = _typed(lambda text, _random: text.replace("/", "").removeprefix("0"), "dates without separators")
"""`4032012`: what Excel leaves of `04032012`."""
YEAR_15 = _typed(lambda text, _random: f"{text[:6]}00{text[8:]}", "years of the first century")
"""`01/01/0015`."""
AT_NIGHT = _typed(lambda text, _random: f"{text} 00:00:00", "dates with midnight")
"""`14/03/2012 00:00:00`, which changes nothing."""
WEEKDAY = Damage(
    "dates with weekdays",
    _KEY,
    lambda _row: True,
    lambda row, _random: row.cells.update({_KEY: f"{row.born:%A}, {row.born.day} {row.born:%B %Y}"}),
)
"""`Wednesday, 14 March 2012`."""
