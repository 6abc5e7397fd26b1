"""The people that are stored, whatever stores them.

This is all that the rest of the program knows of where people are kept:

    with open_people(folder, keys) as people:
        frame = people.frame("students")
        new_id = people.add_one("students", person)

The `keys` are what is stored of a person, by kind, without `id`; they are declared elsewhere.
"""

import os
from collections.abc import Callable, Hashable, Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Protocol, Self, TypeVar

import polars as pl

from backdrop_tui.store.errors import PeopleChangedError

Person = Mapping[str, str | None]
"""Values by key; None where there is nothing."""
_ID_BYTES = 8
_TRIES = 3
_Result = TypeVar("_Result")


def retrying(work: Callable[[], _Result]) -> _Result:
    """Do work that somebody else who changes the same people may overtake.

    Raises:
        PeopleChangedError: Somebody always did.
    """
    for _ in range(_TRIES - 1):
        with suppress(PeopleChangedError):
            return work()
    return work()


def new_ids(count: int) -> pl.Series:
    """Ids of Back:drop's own (String, named `id`): `bd-` and 16 hexadecimal digits, which no UPN looks like."""
    if not count:
        return pl.Series("id", [], dtype=pl.String)
    # One string split by polars: five times as quick as a list of strings.
    digits = os.urandom(count * _ID_BYTES).hex("\n", _ID_BYTES)
    return pl.select(("bd-" + pl.lit(digits).str.split("\n").explode()).alias("id")).to_series()


class People(Protocol):
    """Students and staff.

    `kind` is a name in the keys that were given on opening, such as "students". Every method raises `DataFolderError` where
    what is stored is in use, damaged, full, or can't be read or written; what is stored is then as it was. Changes are on
    the disk before a method returns. What other processes store is seen at once.
    """

    def frame(self, kind: str) -> pl.DataFrame:
        """Everybody, in the order in which they were stored.

        Returns the columns `id` and the kind's keys, all String, null where nothing is stored. Cheap when nothing has
        changed since the last call.
        """
        ...

    def count(self, kind: str) -> int:
        """How many there are."""
        ...

    def version(self, kind: str) -> Hashable:
        """Something that differs once anybody of this kind has been changed. It holds until `close`."""
        ...

    def get(self, kind: str, person_id: str) -> dict[str, str | None] | None:
        """One person, `id` and all keys; None if there is nobody with this id."""
        ...

    def add_one(self, kind: str, person: Person) -> str:
        """Store somebody new; a key that is left out is empty. Returns the id made for them.

        Raises `ValueError` where a key or a value isn't one of this kind.
        """
        ...

    def change_one(
        self, kind: str, person_id: str, changes: Person, *, based_on: Hashable | None = None
    ) -> None:
        """Change some keys of one person and leave the others.

        Raises `PeopleChangedError` if they are gone, or as `apply` does for `based_on`, and `ValueError` as `add_one` does;
        an `id` among the changes is passed over.
        """
        ...

    def remove_one(self, kind: str, person_id: str, *, based_on: Hashable | None = None) -> None:
        """Remove one person. Raises `PeopleChangedError` as `change_one` does."""
        ...

    def apply(
        self,
        kind: str,
        added: pl.DataFrame | None = None,
        changed: pl.DataFrame | None = None,
        removed: Sequence[str] = (),
        *,
        based_on: Hashable | None = None,
    ) -> pl.Series:
        """Store many changes as one: all of them, or none.

        Args:
            kind: Whom they are about.
            added: New people, the kind's keys, all String. With a column `id` they get these ids back: this undoes a
                removal. Those whose `id` is null get a new one.
            changed: `id` and all keys, whole rows as they shall be.
            removed: Ids.
            based_on: The `version` that the changes were worked out from; None to store them in any case.

        Returns:
            The ids of `added`, in its order (String, named `id`).

        Raises:
            PeopleChangedError: Somebody to be changed or removed is gone, an id to be added is there already, or
                the version is another one by now.
            ValueError: `changed` has the same id twice.
        """
        ...

    def close(self) -> None:
        """Put what is stored in its final form, and let go of it."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
