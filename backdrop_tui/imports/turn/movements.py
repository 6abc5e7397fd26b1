"""What a move to a new school year does with everyone: pure data, before anything is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

import polars as pl

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.intake.linking.plan import Plan
from backdrop_tui.records.fields.date_of_birth import DATE_OF_BIRTH
from backdrop_tui.records.fields.dates import in_words as date_in_words
from backdrop_tui.records.fields.year_group import NUMBERS, YEAR_GROUP, YEAR_GROUPS
from backdrop_tui.records.leaving import as_left
from backdrop_tui.records.schema.findings import Finding
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.staff import USER_GROUP


class Movement(StrEnum):
    """What a turn does with someone."""

    STAYING = "staying"
    """At the school before and after, and not in a higher year group."""
    MOVING_UP = "moving_up"
    """At the school before and after, in a higher year group."""
    JOINING = "joining"
    """New."""
    RETURNING = "returning"
    """Stored as having left, and back."""
    LEAVING = "leaving"
    """At the school, and no row is about them."""
    UNCLEAR = "unclear"
    """At the school, and perhaps behind a row that is not imported. They stay as they are."""


TITLES: Mapping[Movement, str] = {
    Movement.STAYING: "Staying",
    Movement.MOVING_UP: "Moving up",
    Movement.JOINING: "Joining",
    Movement.RETURNING: "Returning",
    Movement.LEAVING: "Leaving",
    Movement.UNCLEAR: "Unclear",
}
"""What each movement is called on screen and in texts, in the order in which they are shown."""

MOVED = pl.Schema(
    {
        "id": pl.String(),
        "first_name": pl.String(),
        "surname": pl.String(),
        "before": pl.String(),
        "after": pl.String(),
        "movement": pl.String(),
        "note": pl.String(),
    }
)
"""A person in a turn: `id` is null for those who join; `before` and `after` are their year group, or user group for staff, each null
if they are not at the school then; `movement` is a `Movement`; `note` says what to know about it."""


@dataclass(frozen=True)
class GroupCounts:
    """The people of one year group, or user group, in a turn."""

    before: int
    """The people who are in it before."""
    after: int
    """The people who are in it afterwards."""
    movements: Mapping[Movement, int]
    """The number of each movement: of those who leave or are unclear by their group before, of all others by the one after."""


@dataclass(frozen=True)
class Turn:
    """What a move to a new school year would do."""

    kind: RecordKind
    """The kind of people."""
    people: pl.DataFrame
    """Everyone whom it is about: see `MOVED`."""
    plan: Plan
    """The people added and changed, without those who leave."""
    leavers: pl.DataFrame
    """Those who leave, as they are stored now: `id` and the kind's `stored_keys` (String)."""
    findings: tuple[Finding, ...] = ()
    """What speaks against letting people leave, as far as the user has not dismissed it."""
    academic_year: int | None = None
    """The year in which the school's academic year starts afterwards; None if that setting stays as it is."""

    @cached_property
    def counts(self) -> Mapping[Movement, int]:
        """The number of people of each movement."""
        counts = dict(self.people.group_by("movement").len().iter_rows())
        return {movement: counts.get(movement, 0) for movement in Movement}

    @cached_property
    def by_group(self) -> Mapping[str, GroupCounts]:
        """The counts of each year group, or user group, in the order of school."""
        is_before = pl.col("movement").is_in([Movement.LEAVING, Movement.UNCLEAR])
        counted_in = pl.when(is_before).then("before").otherwise(pl.coalesce("after", "before"))
        movements: dict[str, dict[Movement, int]] = {}
        for group, movement, count in (
            self.people.group_by(counted_in.alias("group"), "movement").len().iter_rows()
        ):
            movements.setdefault(group or "", {})[Movement(movement)] = count
        before, after = (self._people_in(column) for column in ("before", "after"))
        groups = sorted({*movements, *before, *after}, key=_order)
        return {
            group: GroupCounts(
                before.get(group, 0),
                after.get(group, 0),
                {movement: movements.get(group, {}).get(movement, 0) for movement in Movement},
            )
            for group in groups
        }

    def _people_in(self, column: str) -> dict[str, int]:
        """The number of people in each group before or after; those who have no group count as being in the group ``."""
        is_there = pl.col("movement") != (Movement.JOINING if column == "before" else Movement.LEAVING)
        if column == "before":
            is_there &= pl.col("movement") != Movement.RETURNING
        return {
            group or "": count
            for group, count in self.people.filter(is_there).group_by(column).len().iter_rows()
        }

    def moved(self, movement: Movement) -> pl.DataFrame:
        """The people of one movement: those with a note first, then by group and name (see `MOVED`)."""
        order = pl.coalesce("before", "after").replace_strict(NUMBERS, default=None, return_dtype=pl.Int16)
        names = [pl.col(key).str.to_lowercase() for key in ("surname", "first_name")]
        people = self.people.filter(pl.col("movement") == movement)
        return people.sort(pl.col("note").is_null(), order, *names, nulls_last=True, maintain_order=True)

    def carried_out(self, left_on: date) -> Plan:
        """The plan with everything that the turn stores in one go, including that people have left on a day.

        Raises:
            UnusableChoiceError: Someone who leaves was born later than that.
        """
        day = left_on.isoformat()
        if DATE_OF_BIRTH.key in self.kind.keys and (self.leavers[DATE_OF_BIRTH.key] > day).any():
            raise UnusableChoiceError(
                f"{date_in_words(left_on)} is before the date of birth of someone who leaves. Check the date of leaving."
            )
        return self.plan.with_changes(as_left(self.leavers, left_on), self.leavers)


def group_key(kind: RecordKind) -> str:
    """The key of the field by which a turn counts people."""
    return YEAR_GROUP.key if YEAR_GROUP in kind.fields else USER_GROUP.key


def _order(group: str) -> tuple[int, str]:
    return (YEAR_GROUPS.index(group) if group in YEAR_GROUPS else len(YEAR_GROUPS), group)
