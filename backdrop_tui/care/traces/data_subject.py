"""A person about whom everything is looked for, and whether a record or a row of a file is about them.

Someone else can have the same name. So a name alone is enough only where nothing shows that it is another person's: a date of
birth that isn't near, another UPN, or another person stored to whom the row fits better.

A row can also have another name than any that is known: whole names have the surname first, or middle names, and a child can have
been known under another surname before anything was stored. Such a row is the person's if it has the date of birth, and nothing in
it shows that it isn't.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, Literal

import polars as pl

from backdrop_tui.care.traces.lone_names import LoneNames, can_stand_alone
from backdrop_tui.care.traces.mentions import Mentions, word_in
from backdrop_tui.care.traces.written_dates import dates_in, days_if_day_first, either_way
from backdrop_tui.intake.linking.likeness import BirthDates, compare_birth_dates
from backdrop_tui.records.fields.date_of_birth import DATE_OF_BIRTH
from backdrop_tui.records.fields.other_identifiers import BACKDROP_ID
from backdrop_tui.records.schema.folded_names import folded
from backdrop_tui.records.schema.kind import RecordKind

Values = Mapping[str, Any]
"""Values of a record or a row by the fields' keys."""
TextKind = Literal["text", "file-name", "value"]
"""What a text is: running text; the name of a file or a folder; or a value of a field, in which a name that stands alone is that of
whomever the value is about."""
FIRST, LAST, BORN = "first_name", "surname", DATE_OF_BIRTH.key
_GROUP, _GENDER = "registration_group", "gender"
_IDENTIFIERS = ("upn", "former_upn", "email")
ROW_IDENTIFIERS = (*_IDENTIFIERS, BACKDROP_ID.key)
"""The keys of what belongs to nobody else in a row of a file."""


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
    similar: tuple[Values, ...] = ()
    """Other people stored who could be taken for the person; see `is_similar`."""
    shared: frozenset[str] = frozenset()
    """First names and surnames, and words in them, folded, that someone else who is stored has or had, too."""

    @cached_property
    def names(self) -> frozenset[tuple[str, str]]:
        """First names and surnames, folded, in every combination that the person can have had."""
        firsts, lasts = (
            {fold(version.get(key)) for version in self.versions} - {""} for key in (FIRST, LAST)
        )
        return frozenset((first, last) for first in firsts for last in lasts)

    @cached_property
    def namesakes(self) -> tuple[Values, ...]:
        """Other people stored who have one of the person's names, in either order."""
        return tuple(other for other in self.similar if {_name_of(other), _name_of(other)[::-1]} & self.names)

    def is_similar(self, name: tuple[str, str], other: Values) -> bool:
        """Whether another person could be taken for this one: a name is in the other, or one name and the date of birth are the same.

        Args:
            name: The other person's first name and surname, folded.
            other: The other person.
        """
        first, last = name
        whole = first + last
        for own_first, own_last in self.names:
            if own_first in whole and own_last in whole:
                return True
            if first in own_first + own_last and last in own_first + own_last:
                return True
            if (first == own_first or last == own_last) and either_way(
                dates_in(other.get(BORN))
            ) & self.birth_dates:
                return True
        return False

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
        mentions = Mentions(
            tuple((first, last) for first in firsts for last in lasts),
            (self.id, *sorted(self.identifiers)),
            tuple(sorted(day.isoformat() for day in self.birth_dates)),
        )
        others = (
            (str(other.get(FIRST) or ""), str(other.get(LAST) or ""))
            for other in self.similar
            if other not in self.namesakes
        )
        return replace(
            mentions,
            others=tuple(
                (first, last)
                for first, last in others
                if mentions.named_in(f"{first} {last}") or mentions.named_in(f"{last} {first}")
            ),
        )

    @property
    def is_only_one_of_name(self) -> bool:
        """Whether nobody else who is stored has one of the person's names."""
        return not self.namesakes

    @cached_property
    def lone_names(self) -> LoneNames:
        """The first names and surnames that are the person's even where they stand alone, and those of the family: the Khans."""
        different = {
            fold(name): name
            for name in (str(version.get(key) or "") for version in self.versions for key in (FIRST, LAST))
        }
        alone = [
            name for each, name in different.items() if can_stand_alone(each) and each not in self.shared
        ]
        families = (f"{name}{ending}" for name in alone for ending in ("s", "es"))
        return LoneNames((*alone, *(name for name in families if fold(name) not in self.shared)))

    def redacted(self, text: str, instead: str, kind: TextKind = "text") -> str:
        """A text in which the person is no longer named; the name itself stays if it is another person's, too."""
        text = self.mentions.redacted(text, names=self.is_only_one_of_name, instead=instead)
        if kind == "value":
            return text
        return self.lone_names.redacted(text, instead, is_file_name=kind == "file-name")

    def is_line(self, text: str) -> bool:
        """Whether a line of a file that can't be read in any better way is about the person."""
        if not self.mentions.described_in(text):
            return False
        if self.mentions.identified_in(text):
            return True
        if not self.mentions.named_in(text) and any(_is_named_in(other, text) for other in self.similar):
            return False
        return self.is_only_one_of_name or self.mentions.birth_date_in(text)

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
        row = _RowFacts.of(values)
        if row.identifiers & self.row_identifiers:
            has_name = bool(
                row.firsts & {first for first, _ in self.names}
                or row.lasts & {last for _, last in self.names}
            )
            is_unnamed = not (row.firsts or row.lasts) or not self.names
            return has_name or is_unnamed or self.nearness_of(row.days) is not BirthDates.FAR
        if self._is_of_someone_similar(row):
            return False
        if row.names & self.names:
            nearness = self.nearness_of(row.days)
            if row.days and (nearness is BirthDates.FAR or self._fits_namesake(row.days, nearness)):
                return False
            return bool(row.days) or self.is_only_one_of_name
        return bool(row.days & self.birth_dates) and self._can_have_been_named(row)

    def is_row_of_someone_else(self, values: Values) -> bool:
        """Whether a row of a file that isn't the person's shows whose it is, so that the name in it is that person's own."""
        row = _RowFacts.of(values)
        if self._is_of_someone_similar(row):
            return True
        if row.days and self.birth_dates and self.nearness_of(row.days) is BirthDates.FAR:
            return True
        return bool(row.identifiers and self.identifiers)

    def nearness_of(self, days: Collection[date]) -> BirthDates:
        """How near any of some days is to a date of birth of the person; `FAR` if there are none."""
        if not days or not self.birth_dates:
            return BirthDates.FAR
        pairs = pl.DataFrame(
            [(day, born) for day in days for born in self.birth_dates], schema=["day", "born"], orient="row"
        )
        compared = set(pairs.select(compare_birth_dates("day", "born")).to_series())
        return next((each for each in (BirthDates.SAME, BirthDates.NEAR) if each in compared), BirthDates.FAR)

    def _can_have_been_named(self, row: "_RowFacts") -> bool:
        """Whether a row with the date of birth, and none of the names that are known, can be the person's."""
        if any(
            self.mentions.named_in(f"{first} {last}")
            for first in row.written_firsts
            for last in row.written_lasts
        ):
            return True
        # A twin can have a name like that, and then has a UPN of their own.
        if self._is_nearly_named(row.firsts, row.lasts):
            return not row.identifiers
        if not row.days_day_first & self.birth_dates:
            return False
        if not row.firsts & {first for first, _ in self.names} or any(
            _name_of(other)[0] in row.firsts for other in self.similar if dates_in(other.get(BORN)) & row.days
        ):
            return False
        if row.identifiers and self.identifiers:
            return False
        return all(
            not texts or texts & {fold(version.get(key))[:size] for version in self.versions}
            for key, texts, size in ((_GROUP, row.groups, None), (_GENDER, row.genders, 1))
        )

    def _is_nearly_named(self, firsts: Iterable[str], lasts: Iterable[str]) -> bool:
        """Whether a row has a surname of the person, and a first name of which one begins with the other."""
        return any(
            last == own_last and min(len(first), len(own_first)) >= 2
            and (first.startswith(own_first) or own_first.startswith(first))
            for first in firsts for last in lasts for own_first, own_last in self.names
        )  # fmt: skip

    def _is_of_someone_similar(self, row: "_RowFacts") -> bool:
        """Whether a row without an identifier of the person is that of another person stored."""
        for other in self.similar:
            if row.identifiers & {str(other.get(key) or "").casefold() for key in (*_IDENTIFIERS, "id")} - {
                ""
            }:
                return True
            if _name_of(other) in row.names - self.names:
                born = dates_in(other.get(BORN))
                if row.days & born or not row.days & self.birth_dates:
                    return True
        return False

    def _fits_namesake(self, days: Collection[date], nearness: BirthDates) -> bool:
        """Whether a row with these dates of birth fits another person of the same name better."""
        others = {day for other in self.namesakes for day in dates_in(other.get(BORN))}
        return nearness is not BirthDates.SAME and bool(others & set(days))


@dataclass(frozen=True)
class _RowFacts:
    """What a row says about whose it is, by its texts as they are written, and all that they have been."""

    written_firsts: frozenset[str]
    written_lasts: frozenset[str]
    firsts: frozenset[str]
    """First names, folded."""
    lasts: frozenset[str]
    """Surnames, folded."""
    identifiers: frozenset[str]
    """UPNs, e-mail addresses and Back:drop IDs, in lower case."""
    days: frozenset[date]
    """The dates that the date of birth can stand for."""
    days_day_first: frozenset[date]
    """Those of them that it stands for if the day comes before the month."""
    groups: frozenset[str]
    """Registration groups, folded."""
    genders: frozenset[str]
    """The first letters of genders."""

    @classmethod
    def of(cls, values: Values) -> "_RowFacts":
        """What a row says.

        Args:
            values: Its texts by the fields' keys; several under one key are all that a cell has been.
        """
        texts = {key: {text for text in _texts(value) if text.strip()} for key, value in values.items()}
        firsts, lasts, groups, genders = (
            frozenset(map(fold, texts.get(key, ()))) for key in (FIRST, LAST, _GROUP, _GENDER)
        )
        return cls(
            frozenset(texts.get(FIRST, {""})),
            frozenset(texts.get(LAST, {""})),
            firsts,
            lasts,
            frozenset(text.strip().casefold() for key in ROW_IDENTIFIERS for text in texts.get(key, ())),
            frozenset(day for text in texts.get(BORN, ()) for day in dates_in(text)),
            frozenset(day for text in texts.get(BORN, ()) for day in days_if_day_first(text)),
            groups,
            frozenset(gender[:1] for gender in genders),
        )

    @property
    def names(self) -> frozenset[tuple[str, str]]:
        """First names and surnames, folded, in every combination that the row has had."""
        return frozenset((first, last) for first in self.firsts for last in self.lasts)


def _name_of(person: Values) -> tuple[str, str]:
    """A person's first name and surname, folded."""
    return fold(person.get(FIRST)), fold(person.get(LAST))


def _is_named_in(person: Values, text: str) -> bool:
    """Whether a person's first name and surname are in a text."""
    return all(person.get(key) and word_in(str(person[key]), text) for key in (FIRST, LAST))


def _texts(value: object) -> tuple[str, ...]:
    """A value, or all that it has been, as texts."""
    if value is None:
        return ()
    return tuple(map(str, value)) if isinstance(value, (set, frozenset, tuple, list)) else (str(value),)
