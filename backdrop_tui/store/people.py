"""The people stored, whatever stores them.

This is all that the rest of the program knows about where people are stored:

    with open_people(folder, keys) as people:
        frame = people.frame("students")
        new_id = people.add_one("students", person)

The `keys` are what is stored of a person, by kind, apart from `id`; the fields declare them.
"""

import os
from collections.abc import Callable, Hashable, Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Protocol, Self, TypeVar

import polars as pl

from backdrop_tui.store.errors import PeopleChangedError

Person = Mapping[str, str | None]
"""A person's values by key; None if there is nothing in a field."""
_ID_BYTES = 8
_ATTEMPTS = 3
_Result = TypeVar("_Result")


def retrying(work: Callable[[], _Result]) -> _Result:
    """Do some work, and do it again if someone else changes the same people meanwhile.

    Args:
        work: Reads the people afresh each time, and then changes them.

    Raises:
        PeopleChangedError: Someone else changed them at each attempt.
    """
    for _ in range(_ATTEMPTS - 1):
        with suppress(PeopleChangedError):
            return work()
    return work()


def new_ids(count: int) -> pl.Series:
    """New ids (String, named `id`): `bd-` and 16 random hexadecimal digits, which can't be mistaken for a UPN."""
    if not count:
        return pl.Series("id", [], dtype=pl.String)
    # Splitting one string in polars is five times as fast as making a list of strings.
    digits = os.urandom(count * _ID_BYTES).hex("\n", _ID_BYTES)
    return pl.select(("bd-" + pl.lit(digits).str.split("\n").explode()).alias("id")).to_series()


class People(Protocol):
    """Students and staff.

    `kind` is a name among the keys that were given on opening, such as "students". Every method raises `DataFolderError` if a file
    is in use, damaged, newer than this version, or can't be read or written, or if the disk is full; what is stored is then as
    it was. Changes are on the disk before a method returns. What other processes store is seen at once.
    """

    def frame(self, kind: str) -> pl.DataFrame:
        """Everyone of one kind, in the order in which they were stored.

        Returns the columns `id` and the kind's keys, all String, with null if nothing is stored. It costs little if nothing has
        changed since the last call.
        """
        ...

    def count(self, kind: str) -> int:
        """The number of people of one kind."""
        ...

    def version(self, kind: str) -> Hashable:
        """A value that differs once anyone of one kind has been added, changed or removed. It is valid until `close`."""
        ...

    def get(self, kind: str, person_id: str) -> dict[str, str | None] | None:
        """One person's `id` and values for all keys; None if nobody has this id."""
        ...

    def add_one(self, kind: str, person: Person) -> str:
        """Store a new person. Keys that are left out get None.

        Returns the person's new id. Raises `ValueError` if a key isn't one of this kind, or a value isn't text or None.
        """
        ...

    def change_one(
        self, kind: str, person_id: str, changes: Person, *, based_on: Hashable | None = None
    ) -> None:
        """Change a person's values for some keys, and leave the others.

        Args:
            kind: What kind of person it is.
            person_id: The person's id.
            changes: The new values. An `id` among them is ignored.
            based_on: The `version` that the changes are based on; None to make them in any case.

        Raises:
            PeopleChangedError: The person is no longer stored, or the version is another one by now.
            ValueError: A key isn't one of this kind, or a value isn't text or None.
        """
        ...

    def remove_one(self, kind: str, person_id: str, *, based_on: Hashable | None = None) -> None:
        """Remove a person. Raises `PeopleChangedError` in the same cases as `change_one`."""
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
            kind: What kind of people they are.
            added: New people, with the kind's keys as String columns. If there is a column `id`, they get these ids, so that a
                removal can be undone; those with a null in it get new ones.
            changed: People as they will be, with `id` and all keys as String columns.
            removed: The ids of people to remove.
            based_on: The `version` that the changes are based on; None to make them in any case.

        Returns:
            The ids of the people in `added`, in the same order (String, named `id`).

        Raises:
            PeopleChangedError: Someone to be changed or removed is no longer stored, an id to be added is stored already, or
                the version is another one by now.
            ValueError: `changed` has an id twice.
        """
        ...

    def close(self) -> None:
        """Put what is stored in its final form, and close the files."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
