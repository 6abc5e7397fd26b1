"""The product at work on two years: the first is imported, the second is checked, answered and imported."""

from dataclasses import dataclass

import polars as pl

from backdrop_tui.intake.draft.fixes import apply_remedy
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.records.leaving import LEFT, STATUS
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school.school import School
from tests.benchmarks.linking.two_years import SECOND_DAY, TwoYears
from tests.benchmarks.truth.product import after, check_file, empty_school, store
from tests.benchmarks.truth.school import TODAY

_MOST_ROUNDS = 20


@dataclass(frozen=True)
class SecondImport:
    """What the product said about the second year's file, and what it stored."""

    first: Review
    """The check of the file as it was."""
    answered: Review
    """The check after every remedy of a finding that stops the file was taken."""
    before: pl.DataFrame
    """The people stored before: `id` and the fields' keys (String)."""
    stored: pl.DataFrame
    """The people stored at the end, findings without a remedy having been dismissed."""

    @property
    def is_stopped(self) -> bool:
        """Whether a finding without a remedy stops the file: nothing is stored unless the user dismisses it."""
        return bool(self.answered.unanswered)


def import_both(kind: RecordKind, years: TwoYears) -> SecondImport:
    """Import both files of a school, leaving out the rows that have errors."""
    with empty_school() as school:
        store(school, check_file(school, years.first_file(), TODAY, kind), TODAY)
        before = _with_leavers(school, kind, years)
        ids = {years.person(record): record["id"] for record in before.iter_rows(named=True)}
        first = check_file(school, years.second_file(ids), SECOND_DAY, kind)
        answered = _with_remedies(first)
        store(school, answered, SECOND_DAY)
        return SecondImport(first, answered, before, school.stored(kind))


def _with_leavers(school: School, kind: RecordKind, years: TwoYears) -> pl.DataFrame:
    """Mark those who have left before the second file came. Returns everybody stored."""
    leavers = [entry.before[years.tag] for entry in years.entries if entry.before and entry.had_left]
    if leavers:
        stored = school.stored(kind).filter(pl.col(years.tag).is_in(leavers))
        school.store.people(kind.name).apply(changed=stored.with_columns(pl.lit(LEFT).alias(STATUS)))
    return school.stored(kind)


def _with_remedies(seen: Review) -> Review:
    """Take the first remedy of each finding that stops the file and has one.

    Raises:
        RuntimeError: It never ends.
    """
    for _ in range(_MOST_ROUNDS):
        remedies = [(finding, finding.remedies[0]) for finding in seen.unanswered if finding.remedies]
        if not remedies:
            return seen
        seen = after(seen, apply_remedy(*remedies[0]))
    raise RuntimeError(f"The product never stops asking: {[finding.code for finding in seen.findings]}")
