"""What became of each record and each row: overwritten, doubled, asked about, rightly or for nothing."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

import polars as pl

from backdrop_tui.intake.draft.review import Review
from tests.benchmarks.linking.outcome import Outcome
from tests.benchmarks.linking.product import SecondImport
from tests.benchmarks.linking.two_years import Entry, Facts, TwoYears
from tests.benchmarks.truth.rows import FIRST_ROW
from tests.support.likeness import fold, is_like, is_near

QUESTIONS = frozenset(
    {"upn-taken", "upn-changed", "person-ambiguous", "person-near", "duplicate-person", "email-taken"}
)
"""The codes of the problems that ask who somebody is, where they are errors."""
WARNINGS = frozenset(
    {"person-changed", "duplicate-person", "upn-kept", "name-spelling", "date-swapped", "date-order"}
)
"""The codes of the problems that say that a row and the person stored differ, or may be two people."""

Record = Mapping[str, str | None]


def judge(years: TwoYears, imported: SecondImport, aside: frozenset[str], wanted: str = "") -> Outcome:
    """Count what became of a school's second year.

    Args:
        years: The truth.
        imported: What the product did.
        aside: The names of the events after which nothing need tell who somebody is.
        wanted: The code of the finding that the file must lead to; empty if there is none.
    """
    judged = _Judgement(years, imported, aside)
    outcome = Outcome(rows=len(years.rows))
    outcome.findings.update({finding.code for finding in imported.first.unanswered})
    outcome.unnoticed += bool(wanted) and wanted not in {finding.code for finding in imported.first.findings}
    judged.count_questions(outcome)
    judged.count_records(outcome)
    return outcome


class _Judgement:
    """A school's second year, with who everybody really is."""

    def __init__(self, years: TwoYears, imported: SecondImport, aside: frozenset[str]) -> None:
        self.years, self.imported, self.aside = years, imported, aside
        self.errors = _codes_by_row(imported.answered, "error")
        self.warnings = _codes_by_row(imported.answered, "warning")
        self.by_number = dict(enumerate(years.rows, FIRST_ROW))
        self.owners = {record["id"]: years.person(record) for record in _records(imported.before)}
        self.neighbours = _Neighbours(years)

    def rows_of(self, person: int) -> dict[int, Entry]:
        """A person's rows in the second file, by row number."""
        return {number: entry for number, entry in self.by_number.items() if entry.person == person}

    def count_questions(self, outcome: Outcome) -> None:
        """Count the rows that are kept back, with a question or without."""
        for codes in (*self.errors.values(), *self.warnings.values()):
            outcome.codes.update(codes & (QUESTIONS | WARNINGS))
        for number, codes in self.errors.items():
            entry = self.by_number[number]
            asks = bool(codes & QUESTIONS)
            outcome.asked += asks
            outcome.needless += asks and self.neighbours.is_obvious(entry)
            outcome.kept_back += not asks
            if not self.imported.is_stopped:
                outcome.stopped += bool(entry.borrowed) or (asks and entry.is_new)

    def count_records(self, outcome: Outcome) -> None:
        """Count the records that are wrong, and the people who have two."""
        before = {record["id"]: record for record in _records(self.imported.before)}
        records = Counter(self.owners.values())
        for record in _records(self.imported.stored):
            person = self.years.person(record)
            if record["id"] in before:
                if self._is_overwritten(record, before[record["id"]]):
                    self._count_overwritten(outcome, person)
                continue
            records[person] += 1
            if records[person] > 1 and not self.imported.is_stopped:
                self._count_doubled(outcome, person)

    def _is_overwritten(self, record: Record, before: Record) -> bool:
        """Whether somebody else's facts are in a record that weren't there before."""
        person = self.years.person(record)
        if person != self.owners[record["id"]]:
            return True
        return any(
            record[key] != before[key] and record[key] == (entry.row or {})[key]
            for entry in self.rows_of(person).values()
            for key in entry.borrowed
        )

    def _count_overwritten(self, outcome: Outcome, person: int) -> None:
        if self.imported.is_stopped:
            outcome.stopped += 1
        elif self._is_warned(person):
            outcome.warned += 1
        else:
            outcome.silent += 1

    def _count_doubled(self, outcome: Outcome, person: int) -> None:
        events = {event for entry in self.rows_of(person).values() for event in entry.events}
        if self._is_warned(person):
            outcome.doubled_warned += 1
        elif events & self.aside:
            outcome.doubled_aside += 1
        else:
            outcome.doubled += 1

    def _is_warned(self, person: int) -> bool:
        """Whether something is said about one of a person's rows that were imported."""
        return any(self.warnings[number] & WARNINGS for number in self.rows_of(person))


class _Neighbours:
    """The people stored, for whom a row could be mistaken."""

    def __init__(self, years: TwoYears) -> None:
        self.stored = years.stored
        self.rows_by_name = Counter(_name(entry.row) for entry in years.rows if entry.row)
        self.rows_by_identifier = Counter(_identifier(entry.row) for entry in years.rows if entry.row)
        self.stored_by_name = Counter(_name(entry.before) for entry in years.stored if entry.before)

    def is_obvious(self, entry: Entry) -> bool:
        """Whether nobody needs to be asked who somebody is.

        That is so for somebody stored with the same names, birth date and UPN (or e-mail address) as in the row, unless
        another row has that UPN, or somebody else has that name and birth date; and for somebody new who shares no UPN, nor a surname (or a first
        name like it) and about the birth date, with anybody stored.
        """
        row, before = entry.row or {}, entry.before
        if entry.borrowed:
            return False
        if before is None:
            return not any(_may_be(row, other.before or {}) for other in self.stored)
        identifier = _identifier(row)
        is_alone = self.rows_by_name[_name(row)] < 2 and self.stored_by_name[_name(row)] < 2
        if identifier and self.rows_by_identifier[identifier] > 1:
            return False
        return is_alone and _name(row) == _name(before) and identifier == _identifier(before)


def _identifier(facts: Facts) -> str:
    return facts.get("upn", facts.get("email", "")).lower()


def _name(facts: Facts) -> tuple[str, str, str]:
    """Folded names and birth date, which staff don't have."""
    return fold(facts["first_name"]), fold(facts["surname"]), facts.get("date_of_birth", "")


def _may_be(row: Facts, other: Facts) -> bool:
    """Whether it isn't obvious that two are different people."""
    if _identifier(row) and _identifier(row) == _identifier(other):
        return True
    same_surname = fold(row["surname"]) == fold(other["surname"])
    if "date_of_birth" not in row:
        return same_surname and is_like(row["first_name"], other["first_name"])
    born, other_born = (date.fromisoformat(facts["date_of_birth"]) for facts in (row, other))
    return is_near(born, other_born) and (same_surname or is_like(row["first_name"], other["first_name"]))


def _records(people: pl.DataFrame) -> Iterator[dict[str, str | None]]:
    return people.iter_rows(named=True)


def _codes_by_row(seen: Review, level: str) -> defaultdict[int, set[str]]:
    """The codes of the open problems of a level, by row number."""
    codes: defaultdict[int, set[str]] = defaultdict(set)
    for row, code in seen.problems.filter(pl.col("level") == level).select("row", "code").iter_rows():
        codes[row].add(code)
    return codes
