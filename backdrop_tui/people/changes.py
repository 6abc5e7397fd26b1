"""Add, change and remove people, one or many at a time, with effect at once. Every change can be undone."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace

import polars as pl

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.records.leaving import CURRENT, HAS_LEFT, STATUS, current_people
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school.audit_log import Event
from backdrop_tui.school.erased_people import erased_people
from backdrop_tui.school.event_logging import log_event
from backdrop_tui.school.former_values import (
    Version,
    forget_former_values,
    keep_former_values,
    put_back_former_values,
)
from backdrop_tui.school.kept_answers import forget_answers
from backdrop_tui.school.school import School
from backdrop_tui.school.stored_groups import add_missing_groups
from backdrop_tui.steps.listing import REVIEW_SETTINGS, step_adding
from backdrop_tui.steps.locks import require_unlocked
from backdrop_tui.store.errors import PeopleChangedError
from backdrop_tui.store.new_ids import new_ids
from backdrop_tui.store.port import Person

Edit = Callable[[pl.DataFrame], pl.DataFrame]
"""Turns the people as stored into the people as they are to be: `id` and the kind's `stored_keys` (String)."""


_EVERYONE = pl.lit(value=True)
_HAD_LEFT = pl.col("had_left")


@dataclass(frozen=True)
class PeopleChange:
    """A change to some people, with everything needed to undo it."""

    kind: RecordKind
    """The kind of people."""
    before: pl.DataFrame
    """The people before the change: `id` and the kind's `stored_keys` (String). People who are only in `after` were added."""
    after: pl.DataFrame
    """The people after the change, with the same columns. People who are only in `before` were removed."""
    former: tuple[Version, ...] = ()
    """The former values of those who were removed."""

    @property
    def count(self) -> int:
        """The number of people concerned."""
        return max(self.before.height, self.after.height)

    @property
    def verb(self) -> str:
        """What was done to the people: `added`, `changed` or `removed`."""
        if not self.before.height:
            return "added"
        return "changed" if self.after.height else "removed"


@dataclass
class ChangeHistory:
    """The changes to people of one kind that can be undone, latest first, and redone."""

    done: list[PeopleChange] = field(default_factory=list)
    """The changes that can be undone, the latest at the end."""
    undone: list[PeopleChange] = field(default_factory=list)
    """The changes that can be redone, the next one at the end."""

    def add(self, change: PeopleChange) -> None:
        """Add a new change. Changes that were undone before it can't be redone any more."""
        self.done.append(change)
        self.undone.clear()

    def mark_undone(self, change: PeopleChange) -> None:
        """Note that the latest change was undone, by `change`."""
        self.done.pop()
        self.undone.append(change)

    def mark_redone(self, change: PeopleChange) -> None:
        """Note that the change that was undone last was redone, by `change`."""
        self.undone.pop()
        self.done.append(change)


def add_person(school: School, kind: RecordKind, person: Person) -> PeopleChange:
    """Add one person.

    Args:
        school: The school.
        kind: The kind of person.
        person: The stored form of each field by key.

    Raises:
        LockedError: People can't be added yet.
        DataFolderError: The person can't be stored; nothing was changed.
    """
    require_unlocked(school, step_adding(kind))
    schema = dict.fromkeys(("id", *kind.stored_keys), pl.String)
    added = pl.DataFrame([{**person, STATUS: CURRENT, "id": new_ids(1).item()}], schema=schema)
    with school.store.transaction():
        return _noted(school, _apply(school, PeopleChange(kind, added.clear(), added)))


def change_people(school: School, kind: RecordKind, ids: Collection[str], values: Person) -> PeopleChange:
    """Give people the same values under some keys. Anyone who is no longer stored is skipped.

    Args:
        school: The school.
        kind: The kind of people.
        ids: The people's ids.
        values: The stored form of whatever changes, by its key, one of `kind.stored_keys`.

    Raises:
        PeopleChangedError: None of the people is still stored.
        LockedError: Nobody has signed up yet.
        DataFolderError: The change can't be stored; nothing was changed.
    """
    new = [pl.lit(value, pl.String).alias(key) for key, value in values.items()]
    return edit_people(school, kind, ids, lambda before: before.with_columns(new))


def remove_people(school: School, kind: RecordKind, ids: Collection[str]) -> PeopleChange:
    """Remove people. Anyone who is no longer stored is skipped.

    Raises:
        PeopleChangedError: None of the people is still stored.
        LockedError: Nobody has signed up yet.
        DataFolderError: They can't be removed; nothing was changed.
    """
    return edit_people(school, kind, ids, lambda before: before.clear())


def undo_change(school: School, change: PeopleChange) -> PeopleChange:
    """Undo a change, and return the change that this makes; to redo the first one, undo that.

    Raises:
        UnusableChoiceError: The same people have been changed, added, removed or erased since; nothing was changed.
        DataFolderError: The change can't be stored; nothing was changed.
    """
    with school.store.transaction():
        change = _without_erased(school, change)
        people = school.stored(change.kind)
        ids = pl.concat([change.before["id"], change.after["id"]]).unique()
        current = people.filter(pl.col("id").is_in(ids.implode()))
        if not current.sort("id").equals(change.after.sort("id")):
            raise UnusableChoiceError(
                "Someone else or an import has changed the same people since, so nothing was undone."
            )
        undoing = PeopleChange(change.kind, change.after, change.before, change.former)
        return _noted(school, _apply(school, undoing))


def _without_erased(school: School, change: PeopleChange) -> PeopleChange:
    """A change without the people who have been erased since, whom nothing brings back."""
    ids = pl.concat([change.before["id"], change.after["id"]]).unique().to_list()
    erased = erased_people(school).among(ids)
    if not erased:
        return change
    if len(erased) == len(ids):
        raise UnusableChoiceError("They have been erased since, and can't be brought back.")
    before, after = (
        people.filter(~pl.col("id").is_in(list(erased))) for people in (change.before, change.after)
    )
    former = tuple(version for version in change.former if version["id"] not in erased)
    return PeopleChange(change.kind, before, after, former)


def edit_people(
    school: School, kind: RecordKind, ids: Collection[str], edit: Edit, only: pl.Expr = _EVERYONE
) -> PeopleChange:
    """Change people, each depending on how they are stored. Anyone who is no longer stored is skipped.

    Args:
        school: The school.
        kind: The kind of people.
        ids: The people's ids.
        edit: Turns them as they are stored into what they are to be.
        only: Which of them are changed at all (Boolean, over the keys under which people are stored).

    Raises:
        PeopleChangedError: None of the people is still stored.
        LockedError: Nobody has signed up yet.
        DataFolderError: The change can't be stored; nothing was changed.
    """
    require_unlocked(school, REVIEW_SETTINGS)
    with school.store.transaction():
        before = school.stored(kind).filter(pl.col("id").is_in(list(ids)) & only)
        if not before.height:
            raise PeopleChangedError("Someone else has just removed or changed them.")
        return _noted(school, _apply(school, PeopleChange(kind, before, edit(before))))


def _apply(school: School, change: PeopleChange) -> PeopleChange:
    """Store a change, and keep what people were called before. Only inside a transaction."""
    before, after = change.before, change.after
    removed = before.join(after, on="id", how="anti", maintain_order="left")["id"].to_list()
    if removed:
        forget_answers(school, people=removed)
    school.store.people(change.kind.name).apply(
        added=after.join(before, on="id", how="anti", maintain_order="left"),
        changed=after.join(before, on="id", how="semi", maintain_order="left"),
        removed=removed,
    )
    put_back_former_values(school, change.former)
    keep_former_values(school, before, after)
    return replace(change, former=tuple(forget_former_values(school, removed)))


def _noted(school: School, change: PeopleChange) -> PeopleChange:
    """Store any user groups that a change introduces, and note the change in the audit log."""
    if "user_group" in change.kind.keys:
        current = current_people(change.after)
        add_missing_groups(school, current["user_group"].drop_nulls().unique().to_list())
    changed = change.after.join(change.before.select("id", had_left=HAS_LEFT), on="id")
    left, back = (changed.filter(moved).height for moved in (HAS_LEFT & ~_HAD_LEFT, _HAD_LEFT & ~HAS_LEFT))
    log_event(
        school,
        Event.PEOPLE_EDITED,
        about=change.kind.name,
        added=_only(change.after, change.before),
        changed=changed.height,
        removed=_only(change.before, change.after),
        **({"left": left} if left else {}),
        **({"brought_back": back} if back else {}),
    )
    return change


def _only(people: pl.DataFrame, others: pl.DataFrame) -> int:
    """The number of people who are in one frame but not in the other."""
    return people.join(others, on="id", how="anti").height
