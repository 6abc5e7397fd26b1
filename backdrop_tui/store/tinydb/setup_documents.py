"""The small documents of set-up in a TinyDB file."""

import copy
from collections.abc import Mapping, MutableMapping
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, Self

import orjson
from tinydb import where
from tinydb.table import Document as Stored
from tinydb.table import Table

from backdrop_tui.store.errors import damaged_file, read_only_error
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.tinydb.documents import Documents, JournalStorage
from backdrop_tui.store.tinydb.durable import DurableFile


class TinyTable:
    """`DocumentTable` in a TinyDB table."""

    def __init__(self, table: Table, storage: JournalStorage, *, read_only: bool) -> None:
        self._table = table
        self._storage = storage
        self._read_only = read_only

    def all(self) -> list[dict[str, Any]]:
        """See `DocumentTable.all`."""
        documents = [_copy_of(document) for document in self._table]
        if not all(isinstance(document.get("key"), str) for document in documents):
            raise damaged_file(self._storage.file.path)
        return documents

    def get(self, key: str) -> dict[str, Any] | None:
        """See `DocumentTable.get`."""
        document = self._table.get(where("key") == key)
        return _copy_of(document) if isinstance(document, Stored) else None

    def put(self, key: str, document: Mapping[str, Any]) -> None:
        """See `DocumentTable.put`."""
        self._check()
        # Through JSON, so that what is read back is the same before a restart and after.
        new: dict[str, Any] = orjson.loads(orjson.dumps({**document, "key": key}))

        def become_new(stored: MutableMapping[Any, Any]) -> None:
            stored.clear()
            stored.update(new)

        with self._storage.file.write_lock():
            # By number: looking for it among changed documents would copy every one of them.
            if (number := self._number(key)) is not None:
                self._table.update(become_new, doc_ids=[number])
            else:
                self._table.insert(new)

    def remove(self, key: str) -> None:
        """See `DocumentTable.remove`."""
        self._check()
        with self._storage.file.write_lock():
            if (number := self._number(key)) is not None:
                self._table.remove(doc_ids=[number])

    def _number(self, key: str) -> int | None:
        """TinyDB's number of a document. Only inside `write_lock`."""
        document = self._table.get(where("key") == key)
        return document.doc_id if isinstance(document, Stored) else None

    def _check(self) -> None:
        if self._read_only:
            raise read_only_error()


def _copy_of(document: Stored) -> dict[str, Any]:
    return copy.deepcopy(dict(document))


class TinySetup:
    """`SetupDocuments` in the data folder's `setup.json`."""

    def __init__(self, folder: DataFolder, *, read_only: bool = False) -> None:
        self._file = DurableFile(folder.setup, "setup", self._compact)
        self._documents = Documents(self._file)
        self._storage = self._documents.journal_storage
        self._read_only = read_only
        if not read_only:
            self._file.clean_up()

    def table(self, name: str) -> TinyTable:
        """See `SetupDocuments.table`."""
        return TinyTable(self._documents.table(name), self._storage, read_only=self._read_only)

    def transaction(self) -> AbstractContextManager[None]:
        """See `SetupDocuments.transaction`."""
        if self._read_only:
            raise read_only_error()
        return self._storage.transaction()

    def close(self) -> None:
        """See `SetupDocuments.close`."""
        if self._read_only:
            self._file.close()
        else:
            self._file.clean_up_and_close()

    def _compact(self) -> None:
        self._storage.compact()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
