"""Rows of a made-up file: what is true of each pupil, beside what is written in the cells."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from tests.benchmarks.truth.school import Pupil

HEADINGS: dict[str, str] = {
    "first_name": "Legal Forename",
    "surname": "Legal Surname",
    "date_of_birth": "DOB",
    "gender": "Gender",
    "year_group": "Year Group",
    "registration_group": "Reg",
    "upn": "UPN",
}
"""The headings of the files, by the fields' keys."""

FIRST_ROW = 2
"""The number of the first pupil's row: the headings are in row 1."""

DateStyle = Callable[[date], str]
"""How dates are written."""


def day_first(day: date) -> str:
    """`04/03/2012`."""
    return day.strftime("%d/%m/%Y")


def month_first(day: date) -> str:
    """`03/04/2012` for 4 March."""
    return day.strftime("%m/%d/%Y")


def iso(day: date) -> str:
    """`2012-03-04`."""
    return day.isoformat()


def with_month_name(day: date) -> str:
    """`4 Mar 2012`."""
    return f"{day.day} {day:%b %Y}"


def short(day: date) -> str:
    """`4.3.12`."""
    return f"{day.day}.{day.month}.{day:%y}"


def day_number(day: date) -> str:
    """`40972`, as Excel counts the days."""
    return str((day - date(1899, 12, 30)).days)


def day_number_1904(day: date) -> str:
    """`39510`, as Excel for Mac used to count them."""
    return str((day - date(1904, 1, 1)).days)


def utc_midnight(day: date) -> str:
    """`2012-06-13T23:00:00.000Z` for 14 June: when the day began in Britain, as UTC."""
    if _last_sunday(day.year, 3) < day <= _last_sunday(day.year, 10):
        return f"{day - timedelta(1)}T23:00:00.000Z"
    return f"{day}T00:00:00.000Z"


def _last_sunday(year: int, month: int) -> date:
    """Summer time begins and ends on the last Sundays of March and October."""
    last = date(year, month, 31)
    return last - timedelta(last.isoweekday() % 7)


@dataclass
class Row:
    """A pupil's row."""

    pupil: Pupil
    """What is true."""
    cells: dict[str, str]
    """What is written, by the fields' keys."""
    born: date
    """The date of birth that is meant by what is written; another than the pupil's if day and month were swapped."""
    style: DateStyle
    """How the date is written."""
    damaged: set[str] = field(default_factory=set)
    """The keys of the fields that have been damaged."""

    @classmethod
    def of(cls, pupil: Pupil, style: DateStyle = day_first) -> "Row":
        """An undamaged row."""
        cells = {key: value or "" for key, value in pupil.stored.items()}
        row = cls(pupil, cells, pupil.born, style)
        row.write_date(pupil.born, style)
        return row

    def write_date(self, born: date, style: DateStyle | None = None) -> None:
        """Write another date, or the date in another way."""
        self.born, self.style = born, style or self.style
        self.cells["date_of_birth"] = self.style(born)


@dataclass(frozen=True)
class Damage:
    """One way in which files are damaged."""

    name: str
    """What happens, in a few words."""
    key: str
    """The field that it damages."""
    can_hit: Callable[[Row], bool]
    """Whether it would change a row."""
    hit: Callable[[Row, Random], None]
    """Changes a row's cells."""


def rewriting(name: str, key: str, text: Callable[[Row, Random], str]) -> Damage:
    """A damage that writes another text in a cell, in each row in which `text` gives one."""

    def hit(row: Row, random: Random) -> None:
        row.cells[key] = text(row, random)

    def can_hit(row: Row) -> bool:
        return any(text(row, Random(attempt)) != row.cells[key] for attempt in range(3))

    return Damage(name, key, can_hit, hit)


def spoil(rows: Sequence[Row], damage: Damage, rate: float, random: Random) -> int:
    """Damage a share of the rows that a damage can affect, at least one if `rate` isn't 0. Returns their number."""
    can_be_hit = [row for row in rows if damage.can_hit(row)]
    number = min(len(can_be_hit), max(1, round(rate * len(can_be_hit)))) if rate else 0
    for row in random.sample(can_be_hit, number):
        damage.hit(row, random)
        row.damaged.add(damage.key)
    return number


def as_csv(rows: Iterable[Row], encoding: str = "utf-8") -> bytes:
    """The rows as a CSV file."""
    return cells_as_csv((row.cells for row in rows), HEADINGS, encoding)


def cells_as_csv(
    rows: Iterable[Mapping[str, str]], headings: Mapping[str, str], encoding: str = "utf-8"
) -> bytes:
    """Cells by the fields' keys as a CSV file.

    Args:
        rows: The cells of each row.
        headings: The headings by the fields' keys, in the order of the columns.
        encoding: The file's encoding.
    """
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(headings))
    writer.writerow(headings)
    writer.writerows(rows)
    return text.getvalue().encode(encoding)
