"""The port to whatever keeps a school's data: people, documents and the audit log, changed in transactions.

This is all that the rest of the program knows about where data is kept:

    with open_store(folder, keys) as store, store.transaction():
        store.people("students").apply(changed=renamed)
        store.table("settings").put("phase", {"value": "primary"})
        store.log({"event": "people-edited"})

Everything raises `DataFolderError` if what is stored is in use, damaged, saved by a newer version, or can't be read or written.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol, Self

import polars as pl

Person = Mapping[str, str | None]
"""A person's values by key; None if there is nothing in a field."""


@dataclass(frozen=True)
class Owner:
    """The process that is working on what is stored."""

    user: str
    """The user's name on that computer."""
    host: str
    """The computer's name."""
    process: int
    """The number of the process."""
    since: datetime
    """When it began, by the store's clock."""
    age: timedelta
    """How long ago that was, by the store's clock."""

    def __str__(self) -> str:
        """In words: `by jo on office-pc since 14:05`, with the date if it was a day or more ago."""
        began = self.since.astimezone()
        day = f"{began.day} {began:%B} at " if self.age >= timedelta(days=1) else ""
        return f"by {self.user} on {self.host} (process {self.process}) since {day}{began:%H:%M}"


FaultState = Literal["newer", "missing", "damaged", "older"]
"""In what way something is not as it was stored: saved by a newer version, gone, changed or cut short, or as it was earlier."""


@dataclass(frozen=True)
class Fault:
    """Something that is not as it was stored."""

    what: str
    """What is concerned, such as `students.json`."""
    message: str
    """What is wrong, and what to do."""
    is_readable: bool = False
    """Whether it can be read all the same."""
    state: FaultState = "damaged"
    """What is wrong, in a word."""


@dataclass(frozen=True)
class StoredItem:
    """One person, one document, or one entry of the audit log, as a backup holds it."""

    part: Literal["people", "documents", "log"]
    """Which of these it is."""
    name: str
    """The kind of person or the name of the table; empty for an entry of the log."""
    content: Mapping[str, Any]
    """A person's `id` and values, a document with its "key", or an entry with its place in the chain."""


class People(Protocol):
    """Everyone of one kind, such as the students."""

    def frame(self) -> pl.DataFrame:
        """Everyone, in the order in which they were stored.

        Returns the columns `id` and the kind's keys, all String, with null if nothing is stored. It costs little if nothing has
        changed since the last call.
        """
        ...

    def version(self) -> Hashable:
        """A value that differs once anyone has been added, changed or removed. It is valid until the store is closed."""
        ...

    def get(self, person_id: str) -> dict[str, str | None] | None:
        """One person's `id` and values for all keys; None if nobody has this id."""
        ...

    def apply(
        self,
        added: pl.DataFrame | None = None,
        changed: pl.DataFrame | None = None,
        removed: Sequence[str] = (),
    ) -> pl.Series:
        """Store many changes as one: all of them, or none.

        Args:
            added: New people, with the kind's keys as String columns. If there is a column `id`, they get these ids, so that a
                removal can be undone; those with a null in it get new ones.
            changed: People as they will be, with `id` and all keys as String columns.
            removed: The ids of people to remove.

        Returns:
            The ids of the people in `added`, in the same order (String, named `id`).

        Raises:
            PeopleChangedError: Someone to be changed or removed is no longer stored, or an id to be added is stored already.
            ValueError: `changed` has an id twice.
        """
        ...


class DocumentTable(Protocol):
    """Documents of one kind, such as settings or imports, each known by its key."""

    def all(self) -> list[dict[str, Any]]:
        """All documents, in the order in which they were first put, each with its "key". The caller may change them."""
        ...

    def keys(self) -> list[str]:
        """The keys of all documents. Big documents aren't read for that."""
        ...

    def get(self, key: str) -> dict[str, Any] | None:
        """One document, with its "key"; None if there is none. The caller may change it."""
        ...

    def put(self, key: str, document: Mapping[str, Any]) -> None:
        """Store a whole document under a key, in place of any that is there. Its values are those that JSON has."""
        ...

    def remove(self, key: str) -> None:
        """Remove the document with this key, if there is one."""
        ...

    def is_as_stored(self, key: str) -> bool:
        """Whether a document that has been read is what was stored, and nothing else has changed it or put an older one there."""
        ...

    def damaged(self) -> Exception:
        """The error for documents that are there but can't be understood."""
        ...


class Store(Protocol):
    """Everything that is kept about one school. A context manager; close it after use.

    What a transaction has stored is safe once its block has ended: a kill or a power cut doesn't undo it. What other processes
    store is seen at once. Outside a transaction, each change is one of its own.
    """

    @property
    def where(self) -> str:
        """Where the data is, as shown to people: `the data folder /home/jo/backdrop`."""
        ...

    def people(self, kind: str) -> People:
        """The people of one kind, by one of the names that were given on opening, such as "students"."""
        ...

    def table(self, name: str) -> DocumentTable:
        """The documents of one kind; there may be none yet."""
        ...

    def log(self, entry: Mapping[str, Any]) -> None:
        """Add an entry to the audit log. Nobody can change or remove it."""
        ...

    def logged(self) -> list[dict[str, Any]]:
        """All entries of the audit log that can be read, the oldest first."""
        ...

    def log_faults(self) -> list[str]:
        """What is missing from the audit log, changed or cut off, a sentence each."""
        ...

    def items(self) -> Iterator[StoredItem]:
        """Everything that is stored, as it was at one moment, whatever others store meanwhile.

        People come first, then documents, then the audit log, each in their order. The caller may not change their contents.
        """
        ...

    def replace_all(self, items: Iterable[StoredItem], entry: Mapping[str, Any], keep_as: str) -> None:
        """Replace everything that is stored by other items, in one step: whenever it is cut off, everything is as before or replaced.

        It also works if what is stored is damaged. What was stored is kept, even if it can't be read. The audit log never gets
        shorter: if it is sound and continues the one among the items, it stays.

        Args:
            items: What is to be stored, in the order in which `items` gives it. If iterating raises, nothing is changed.
            entry: A last entry for the audit log.
            keep_as: The name under which what is replaced is kept.

        Raises:
            ValueError: The items make no sense: a key isn't one of its kind, a value isn't text, or the same person comes twice.
            UnknownOutcomeError: It isn't known whether everything was replaced.
            DataFolderError: It can't be done, or a newer version has saved what is stored; nothing was changed.
        """
        ...

    def kept_at(self, name: str) -> str:
        """Where `replace_all` keeps what it replaces under a name, as shown to people."""
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """Store everything that the block changes and logs as one, or nothing if it raises.

        Inside it, reading shows the changes. Nobody else writes meanwhile, so keep it short. May be entered again inside itself.
        """
        ...

    def lease(self, seconds: float | None = None) -> AbstractContextManager[None]:
        """Keep everyone else out of long work, such as an import, during the block. They can still read and make small changes.

        Args:
            seconds: How long to wait for whoever has it; None for the usual time.

        Raises:
            InUseError: Someone else has it for longer than that.
        """
        ...

    def who(self) -> Owner | None:
        """Whoever has the lease just now; None if nobody has."""
        ...

    def faults(self, *, thorough: bool = False) -> list[Fault]:
        """What is not as it was stored: missing, emptied, older, cut short or altered.

        Args:
            thorough: Read everything, not only what shows quickly.
        """
        ...

    def warnings(self) -> list[str]:
        """What could not be done after something had been stored, a sentence each, once."""
        ...

    def accept(self) -> None:
        """Take what is there now as what was stored, so that `faults` no longer reports it. Copies of what is altered are kept."""
        ...

    def compact(self) -> None:
        """Put what is stored in its final form, so that nothing is left of what it was before.

        Raises `DataFolderError` if that can't be done; what is stored is as it was.
        """
        ...

    def close(self) -> None:
        """Put what is stored in its final form, and close everything."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...
