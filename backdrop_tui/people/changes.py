"""People added, changed and removed one by one or many at once, with effect at once; each of that can be taken back."""

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, field

import polars as pl

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school import audit_log
from backdrop_tui.school.account import email_of
from backdrop_tui.school.audit_log import Event
from backdrop_tui.school.school import School
from backdrop_tui.school.stored_groups import add_missing_groups
from backdrop_tui.steps.listing import REVIEW_SETTINGS, step_adding
from backdrop_tui.steps.locks import require_unlocked
from backdrop_tui.store.errors import PeopleChangedError
from backdrop_tui.store.people import Person, retrying

_Wanted = Callable[[pl.DataFrame], pl.DataFrame]


@dataclass(frozen=True)
class PeopleChange:
    """What was done to some people, with all that is needed to take it back."""

    kind: RecordKind
    """What they are."""
    before: pl.DataFrame
    """They as they were: `id` and the fields' keys (String). Who is only in `after` was added."""
    after: pl.DataFrame
    """They as they are now: the same columns. Who is only in `before` was removed."""

    @property
    def count(self) -> int:
        """How many people it is about."""
        return max(self.before.height, self.after.height)

    @property
    def did(self) -> str:
        """What was done, in a word."""
        if not self.before.height:
            return "added"
        return "changed" if self.after.height else "removed"


@dataclass
class ChangeHistory:
    """What was done to people of one kind, so that it can be taken back, the last first, and done again."""

    done: list[PeopleChange] = field(default_factory=list)
    """What was done, the last at the end."""
    undone: list[PeopleChange] = field(default_factory=list)
    """What was taken back and could be done again, the last at the end."""

    def did(self, change: PeopleChange) -> None:
        """Something new was done: what was taken back before can't be done again."""
        self.done.append(change)
        self.undone.clear()

    def took_back(self, change: PeopleChange) -> None:
        """The last thing was taken back."""
        self.done.pop()
        self.undone.append(change)

    def did_again(self, change: PeopleChange) -> None:
        """What was taken back last was done again."""
        self.undone.pop()
        self.done.append(change)


def add_person(school: School, kind: RecordKind, person: Person) -> PeopleChange:
    """Store somebody new.

    Args:
        school: Where.
        kind: What they are.
        person: The stored form of each field by key.

    Raises:
        LockedError: People can't be added yet.
        DataFolderError: They can't be stored; nothing was.
    """
    require_unlocked(school, step_adding(kind))
    schema = dict.fromkeys(("id", *kind.keys), pl.String)
    added = pl.DataFrame([{**person, "id": school.people.add_one(kind.name, person)}], schema=schema)
    return _noted(school, PeopleChange(kind, added.clear(), added))


def change_people(school: School, kind: RecordKind, ids: Collection[str], values: Person) -> PeopleChange:
    """Give some people the same values in some fields. Those who are gone are passed over.

    Args:
        school: Where.
        kind: What they are.
        ids: Who.
        values: Stored forms by key.

    Raises:
        PeopleChangedError: All of them are gone.
        LockedError: Nobody has signed up yet.
        DataFolderError: They can't be stored; nothing was changed.
    """
    new = [pl.lit(value, pl.String).alias(key) for key, value in values.items()]
    return _edit(school, kind, ids, lambda before: before.with_columns(new))


def remove_people(school: School, kind: RecordKind, ids: Collection[str]) -> PeopleChange:
    """Remove some people. Those who are gone already are passed over.

    Raises:
        PeopleChangedError: All of them are gone.
        LockedError: Nobody has signed up yet.
        DataFolderError: They can't be removed; nothing was changed.
    """
    return _edit(school, kind, ids, lambda before: before.clear())


def take_back(school: School, change: PeopleChange) -> PeopleChange:
    """Put people back as they were before a change. Taking that back makes the change again.

    Raises:
        UnusableChoiceError: Somebody has changed, removed or added the same people since; nothing was changed.
        DataFolderError: It can't be stored; nothing was changed.
    """

    def once() -> PeopleChange:
        version = school.people.version(change.kind.name)
        people = school.stored(change.kind)
        about = pl.concat([change.before["id"], change.after["id"]]).unique()
        now = people.filter(pl.col("id").is_in(about.implode()))
        if not now.sort("id").equals(change.after.sort("id")):
            raise UnusableChoiceError(
                "The same people were changed again since, by somebody else or by an import. Nothing was taken back."
            )
        return _apply(school, PeopleChange(change.kind, change.after, change.before), version)

    return _noted(school, retrying(once))


def _edit(school: School, kind: RecordKind, ids: Collection[str], wanted: _Wanted) -> PeopleChange:
    require_unlocked(school, REVIEW_SETTINGS)

    def once() -> PeopleChange:
        version = school.people.version(kind.name)
        people = school.stored(kind)
        before = people.filter(pl.col("id").is_in(list(ids)))
        if not before.height:
            raise PeopleChangedError("Somebody has removed them in the meantime.")
        return _apply(school, PeopleChange(kind, before, wanted(before)), version)

    return _noted(school, retrying(once))


def _apply(school: School, change: PeopleChange, based_on: Hashable) -> PeopleChange:
    """Store a change. Of one person it takes no time, however many there are."""
    before, after, name = change.before, change.after, change.kind.name
    if before.height == 1 and after.height == 1:
        person = after.row(0, named=True)
        school.people.change_one(name, person["id"], person, based_on=based_on)
    elif before.height == 1 and not after.height:
        school.people.remove_one(name, before["id"].item(), based_on=based_on)
    else:
        school.people.apply(
            name,
            added=after.join(before, on="id", how="anti", maintain_order="left"),
            changed=after.join(before, on="id", how="semi", maintain_order="left"),
            removed=before.join(after, on="id", how="anti", maintain_order="left")["id"].to_list(),
            based_on=based_on,
        )
    return change


def _noted(school: School, change: PeopleChange) -> PeopleChange:
    """Keep the user groups that a change brings in, and note it in the audit log."""
    if "user_group" in change.kind.keys:
        add_missing_groups(school, change.after["user_group"].drop_nulls().unique().to_list())
    audit_log.note(
        school.folder,
        email_of(school),
        Event.PEOPLE_EDITED,
        about=change.kind.name,
        added=_only(change.after, change.before),
        changed=change.after.join(change.before, on="id", how="semi").height,
        removed=_only(change.before, change.after),
    )
    return change


def _only(some: pl.DataFrame, others: pl.DataFrame) -> int:
    """How many people are in one frame and not in the other."""
    return some.join(others, on="id", how="anti").height
