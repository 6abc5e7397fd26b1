"""A person about whom everything is looked for, and whether a record or a row of a file is about them.

Someone else can have the same name. So a name alone is enough only where nothing shows that it is another person's: a date of
birth that isn't near, another UPN, or another person stored to whom the row fits better.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any

import polars as pl

from backdrop_tui.care.traces.mentions import Mentions, word_in
from backdrop_tui.intake.linking.likeness import BirthDates, compare_birth_dates
from backdrop_tui.records.fields.date_of_birth import DATE_OF_BIRTH
from backdrop_tui.records.fields.other_identifiers import BACKDROP_ID
from backdrop_tui.records.schema.folded_names import folded
from backdrop_tui.records.schema.kind import RecordKind

Values = Mapping[str, Any]
"""Values of a record or a row by the fields' keys."""
FIRST, LAST, BORN = "first_name", "surname", DATE_OF_BIRTH.key
_IDENTIFIERS = ("upn", "former_upn", "email")
ROW_IDENTIFIERS = (*_IDENTIFIERS, BACKDROP_ID.key)
"""The keys of what belongs to nobody else in a row of a file."""
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
def fold(name: str | None) -> str:
    """A name without case, accents, hyphens, apostrophes and spaces."""
    return str(folded(pl.Series([name or ""]))[0])


@dataclass(frozen=True)
class DataSubject:
    """A person about whom everything is looked for."""

    kind: RecordKind
    """What the person is."""
    id: str
    """The person's id."""
    versions: tuple[Values, ...]
    """What is or was stored of the person, the latest first; empty if only the id is known."""
    namesakes: tuple[Values, ...] = ()
    """Other people stored who have one of the person's names."""
    shared: frozenset[str] = frozenset()
    """First names and surnames, folded, that someone else who is stored has, too."""

    @cached_property
    def names(self) -> frozenset[tuple[str, str]]:
        """First names and surnames, folded, in every combination that the person can have had."""
        firsts, lasts = (
            {fold(version.get(key)) for version in self.versions} - {""} for key in (FIRST, LAST)
        )
        return frozenset((first, last) for first in firsts for last in lasts)

    @cached_property
    def birth_dates(self) -> frozenset[date]:
        """Every date of birth that is or was stored."""
        return frozenset(
            day for version in self.versions for day in dates_in(version.get(BORN)) if version.get(BORN)
        )

    @cached_property
    def identifiers(self) -> frozenset[str]:
        """UPNs and e-mail addresses, in lower case."""
        values = {str(version.get(key) or "") for version in self.versions for key in _IDENTIFIERS}
        return frozenset(value.casefold() for value in values - {""})

    @property
    def row_identifiers(self) -> frozenset[str]:
        """What identifies the person in a row of a file, in lower case: the identifiers, and the id."""
        return self.identifiers | {self.id.casefold()}

    @cached_property
    def mentions(self) -> Mentions:
        """The patterns by which the person is found in running text."""
        firsts, lasts = (
            dict.fromkeys(str(version[key]) for version in self.versions if version.get(key))
            for key in (FIRST, LAST)
        )
        return Mentions(
            tuple((first, last) for first in firsts for last in lasts),
            (self.id, *sorted(self.identifiers)),
            tuple(sorted(day.isoformat() for day in self.birth_dates)),
        )

    @property
    def is_only_one_of_name(self) -> bool:
        """Whether nobody else who is stored has one of the person's names."""
        return not self.namesakes

    def redacted(self, text: str, instead: str) -> str:
        """A text in which the person is no longer named; the name itself stays if it is another person's, too."""
        return self.mentions.redacted(text, names=self.is_only_one_of_name, instead=instead)

    def is_line(self, text: str) -> bool:
        """Whether a line of a file that can't be read in any better way is about the person."""
        if not self.mentions.described_in(text):
            return False
        return (
            self.is_only_one_of_name or self.mentions.identified_in(text) or self.mentions.birth_date_in(text)
        )

    def is_hinted_at(self, text: str) -> bool:
        """Whether a text that was typed is likely to be about the person: a name is enough if nobody else who is stored has it."""
        if self.mentions.identified_in(text) or self.is_line(text):
            return True
        words = {name for pair in self.names for name in pair} - self.shared
        return any(
            fold(name) in words and word_in(name, text) for pair in self.mentions.names for name in pair
        )

    def is_record(self, values: Values) -> bool:
        """Whether a stored record is the person's own."""
        if isinstance(values.get("id"), str) and values["id"]:
            return bool(values["id"] == self.id)
        return self.is_row(values)

    def is_row(self, values: Values) -> bool:
        """Whether a row of a file is about the person, by its values as they are written, or all that they have been."""
        texts = {key: _texts(value) for key, value in values.items()}
        firsts, lasts = ({fold(text) for text in texts.get(key, ())} - {""} for key in (FIRST, LAST))
        identifiers = {text.strip().casefold() for key in ROW_IDENTIFIERS for text in texts.get(key, ())} - {
            ""
        }
        days = {day for text in texts.get(BORN, ()) for day in dates_in(text)}
        nearness = self.nearness_of(days)
        is_named = any((first, last) in self.names for first in firsts for last in lasts)
        if identifiers & self.row_identifiers:
            has_name = bool(
                firsts & {first for first, _ in self.names} or lasts & {last for _, last in self.names}
            )
            is_unnamed = not (firsts or lasts) or not self.names
            return is_named or has_name or nearness is not BirthDates.FAR or is_unnamed
        if not is_named:
            # A twin can have a name like that, and then has a UPN of their own.
            return not identifiers and nearness is BirthDates.SAME and self._is_nearly_named(firsts, lasts)
        if days and (nearness is BirthDates.FAR or self._fits_namesake(days, nearness)):
            return False
        return bool(days) or self.is_only_one_of_name

    def nearness_of(self, days: Collection[date]) -> BirthDates:
        """How near any of some days is to a date of birth of the person; `FAR` if there are none."""
        if not days or not self.birth_dates:
            return BirthDates.FAR
        pairs = pl.DataFrame(
            [(day, born) for day in days for born in self.birth_dates], schema=["day", "born"], orient="row"
        )
        compared = set(pairs.select(compare_birth_dates("day", "born")).to_series())
        return next((each for each in (BirthDates.SAME, BirthDates.NEAR) if each in compared), BirthDates.FAR)

    def _is_nearly_named(self, firsts: Iterable[str], lasts: Iterable[str]) -> bool:
        """Whether a row has a surname of the person, and a first name of which one begins with the other."""
        return any(
            last == own_last and min(len(first), len(own_first)) >= 2
            and (first.startswith(own_first) or own_first.startswith(first))
            for first in firsts for last in lasts for own_first, own_last in self.names
        )  # fmt: skip

    def _fits_namesake(self, days: Collection[date], nearness: BirthDates) -> bool:
        """Whether a row with these dates of birth fits another person of the same name better."""
        others = {day for other in self.namesakes for day in dates_in(other.get(BORN))}
        return nearness is not BirthDates.SAME and bool(others & set(days))


def dates_in(text: object) -> set[date]:
    """The days that a text can stand for, however it is written: day and month both ways, and a spreadsheet's number."""
    written = str(text or "").strip().lower()
    if re.fullmatch(r"\d{5}(\.0)?", written):
        return {_FIRST_SERIAL + timedelta(days=int(written[:5]))}
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
    return days


def _day(year: int, month: int | None, day: int | None) -> date | None:
    try:
        return date(year, month or 0, day or 0)
    except ValueError:
        return None


def _century(year: int) -> int:
    """A year of two digits in full, as a year of birth that has been."""
    return 2000 + year if 2000 + year <= date.today().year else 1900 + year  # noqa: DTZ011 - the school's own day


def _texts(value: object) -> tuple[str, ...]:
    """A value, or all that it has been, as texts."""
    if value is None:
        return ()
    return tuple(map(str, value)) if isinstance(value, (set, frozenset, tuple, list)) else (str(value),)
