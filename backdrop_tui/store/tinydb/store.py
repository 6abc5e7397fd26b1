"""`Store` in a data folder: TinyDB files with one journal."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Self

import polars as pl

from backdrop_tui.store.audit_chain import plain_entry
from backdrop_tui.store.errors import InUseError
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.locks import SignedLock
from backdrop_tui.store.port import DocumentTable, Fault, Owner, StoredItem
from backdrop_tui.store.tinydb.document_tables import FilePerDocument, TinyTable
from backdrop_tui.store.tinydb.faults import accept, faults_of
from backdrop_tui.store.tinydb.journaled_folder import JournaledFolder
from backdrop_tui.store.tinydb.log_file import all_entries, log_faults
from backdrop_tui.store.tinydb.people import TinyPeople
from backdrop_tui.store.tinydb.replacing import new_files, replace_all
from backdrop_tui.store.tinydb.tiny_file import TinyFile

_BIG = {"undo": "imports/{}.json", "absent": "absent-{}.json"}
"""The tables whose documents are so big that each has a file of its own."""


class TinyStore:
    """`Store` in the files of a data folder."""

    def __init__(
        self, folder: DataFolder, keys: Mapping[str, Sequence[str]], *, read_only: bool = False
    ) -> None:
        self._folder = folder
        self._journaled = JournaledFolder(folder, read_only=read_only)
        self._people = {kind: TinyPeople(self._journaled, kind, of_kind) for kind, of_kind in keys.items()}
        self._set_up = TinyFile(self._journaled, "setup.json")
        self._lease = SignedLock(folder.path / "import.lock")
        self._journaled.settle()

    @property
    def where(self) -> str:
        """See `Store.where`."""
        return f"the data folder {self._folder.path}"

    def people(self, kind: str) -> TinyPeople:
        """See `Store.people`."""
        return self._people[kind]

    def table(self, name: str) -> DocumentTable:
        """See `Store.table`."""
        if name in _BIG:
            return FilePerDocument(self._journaled, name, _BIG[name])
        return TinyTable(self._set_up, name)

    def log(self, entry: Mapping[str, Any]) -> None:
        """See `Store.log`."""
        with self.transaction():
            self._journaled.add_to_log(dict(entry))

    def logged(self) -> list[dict[str, Any]]:
        """See `Store.logged`."""
        with self._journaled.reading():
            entries = all_entries(self._folder.path, self._journaled.journal.contents)
        return list(map(plain_entry, entries))

    def log_faults(self) -> list[str]:
        """See `Store.log_faults`."""
        with self._journaled.reading():
            return log_faults(self._folder.path, self._journaled.journal.contents)

    def items(self) -> Iterator[StoredItem]:
        """See `Store.items`."""
        people, documents, log = self._journaled.at_one_moment(self._everything)
        for kind, frame in people.items():
            for rows in frame.iter_slices():
                yield from (StoredItem("people", kind, person) for person in rows.iter_rows(named=True))
        for name, of_table in documents.items():
            yield from (StoredItem("documents", name, document) for document in of_table)
        yield from (StoredItem("log", "", entry) for entry in log)

    def _everything(
        self,
    ) -> tuple[dict[str, pl.DataFrame], dict[str, list[dict[str, Any]]], list[dict[str, Any]]]:
        """Everyone by kind, the documents by table, and the lines of the audit log, with their places in the chain."""
        contents = self._journaled.journal.contents
        if self._journaled.journal.damage is not None:
            raise self._journaled.journal.damage
        return (
            {kind: people.frame() for kind, people in self._people.items()},
            {name: self.table(name).all() for name in (*self._set_up.read(), *_BIG)},
            all_entries(self._folder.path, contents),
        )

    def replace_all(self, items: Iterable[StoredItem], entry: Mapping[str, Any], keep_as: str) -> None:
        """See `Store.replace_all`."""
        self._journaled.require_writable()
        keys = {kind: people.keys for kind, people in self._people.items()}
        content, log = new_files(items, keys, _BIG)
        replace_all(self._journaled, content, log, entry, keep_as)

    def kept_at(self, name: str) -> str:
        """See `Store.kept_at`."""
        return str(self._folder.replaced / name)

    def transaction(self) -> AbstractContextManager[None]:
        """See `Store.transaction`."""
        return self._journaled.transaction()

    def lease(self, seconds: float | None = None) -> AbstractContextManager[None]:
        """See `Store.lease`."""
        self._journaled.require_writable()
        return self._lease.held(_leased, seconds)

    def who(self) -> Owner | None:
        """See `Store.who`."""
        return self._lease.owner()

    def faults(self, *, thorough: bool = False) -> list[Fault]:
        """See `Store.faults`."""
        return faults_of(self._journaled, thorough=thorough)

    def accept(self) -> None:
        """See `Store.accept`."""
        self._journaled.require_writable()
        accept(self._journaled)

    def warnings(self) -> list[str]:
        """See `Store.warnings`."""
        warnings, self._journaled.warnings = self._journaled.warnings, []
        return warnings

    def compact(self) -> None:
        """See `Store.compact`."""
        self._journaled.require_writable()
        with self._journaled.locked():
            self._journaled.checkpoint.make()

    def close(self) -> None:
        """See `Store.close`."""
        self._journaled.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _leased(by: str) -> InUseError:
    return InUseError(
        f"Another import or restore is running{by and f', started {by}'}. Wait until it has finished, then try again."
    )
