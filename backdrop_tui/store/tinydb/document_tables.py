"""Documents by key: many small ones in one TinyDB file, or each big one in a file of its own."""

import copy
from collections.abc import Mapping, MutableMapping
from typing import Any

import orjson
from tinydb import where
from tinydb.table import Document as Stored

from backdrop_tui.errors import DataFolderError
from backdrop_tui.store.errors import damaged_file
from backdrop_tui.store.formats import json_with_format, upgraded
from backdrop_tui.store.tinydb.documents import JournalStorage, JournalTable
from backdrop_tui.store.tinydb.journaled_folder import JournaledFolder


class TinyTable:
    """`DocumentTable` in a table of a TinyDB file."""

    def __init__(self, storage: JournalStorage, name: str) -> None:
        self._table = JournalTable(storage, name)
        self._storage = storage

    def all(self) -> list[dict[str, Any]]:
        """See `DocumentTable.all`."""
        documents = [_copy_of(document) for document in self._table]
        if not all(isinstance(document.get("key"), str) for document in documents):
            raise self.damaged()
        return documents

    def keys(self) -> list[str]:
        """See `DocumentTable.keys`."""
        return [document["key"] for document in self.all()]

    def get(self, key: str) -> dict[str, Any] | None:
        """See `DocumentTable.get`."""
        document = self._find(key)
        return document and _copy_of(document)

    def put(self, key: str, document: Mapping[str, Any]) -> None:
        """See `DocumentTable.put`."""
        # Through JSON, so that what is read back is the same before a restart and after.
        new: dict[str, Any] = orjson.loads(orjson.dumps({**document, "key": key}))

        def become_new(stored: MutableMapping[Any, Any]) -> None:
            stored.clear()
            stored.update(new)

        with self._storage.folder.transaction():
            # By number: looking for it among changed documents would copy every one of them.
            if stored := self._find(key):
                self._table.update(become_new, doc_ids=[stored.doc_id])
            else:
                self._table.insert(new)

    def remove(self, key: str) -> None:
        """See `DocumentTable.remove`."""
        with self._storage.folder.transaction():
            if stored := self._find(key):
                self._table.remove(doc_ids=[stored.doc_id])

    def is_as_stored(self, key: str) -> bool:  # noqa: ARG002 - they are all in one file
        """See `DocumentTable.is_as_stored`."""
        return self._storage.folder.is_as_stored(self._storage.name)

    def damaged(self) -> DataFolderError:
        """See `DocumentTable.damaged`."""
        return damaged_file(self._storage.path)

    def _find(self, key: str) -> Stored | None:
        """The document with a key, itself and no copy."""
        document = self._table.get(where("key") == key)
        return document if isinstance(document, Stored) else None


def _copy_of(document: Stored) -> dict[str, Any]:
    return copy.deepcopy(dict(document))


class FilePerDocument:
    """`DocumentTable` with a JSON file for each document."""

    def __init__(self, folder: JournaledFolder, kind: str, name: str) -> None:
        """Name the files; nothing is read or written yet.

        Args:
            folder: The folder.
            kind: Their kind in `migrations.STEPS`.
            name: The path of a document's file in the folder, with `{}` for its key.
        """
        self._folder = folder
        self._kind = kind
        self._name = name

    def all(self) -> list[dict[str, Any]]:
        """See `DocumentTable.all`."""
        with self._folder.reading():
            documents = [self.get(key) for key in self.keys()]
        return [document for document in documents if document is not None]

    def keys(self) -> list[str]:
        """See `DocumentTable.keys`."""
        start, end = self._name.split("{}")
        with self._folder.reading():
            names = [name for name in self._folder.names() if name.startswith(start) and name.endswith(end)]
        return [name.removeprefix(start).removesuffix(end) for name in names]

    def get(self, key: str) -> dict[str, Any] | None:
        """See `DocumentTable.get`."""
        name = self._name.format(key)
        with self._folder.reading():
            is_unstored, whole = self._folder.unstored(name)
            if is_unstored:
                data = whole()[0] if whole else None
            else:
                loaded = self._folder.snapshots.load(name)
                data = loaded.data if loaded else None
        return None if data is None else self._read(key, data)

    def put(self, key: str, document: Mapping[str, Any]) -> None:
        """See `DocumentTable.put`."""
        data = document_bytes(self._kind, document)
        with self._folder.transaction():
            self._folder.write_whole(self._name.format(key), lambda: (data, 1))

    def remove(self, key: str) -> None:
        """See `DocumentTable.remove`."""
        name = self._name.format(key)
        with self._folder.transaction():
            if name in self._folder.names():
                self._folder.write_whole(name, None)

    def is_as_stored(self, key: str) -> bool:
        """See `DocumentTable.is_as_stored`."""
        return self._folder.is_as_stored(self._name.format(key))

    def damaged(self) -> DataFolderError:
        """See `DocumentTable.damaged`."""
        return damaged_file(self._folder.folder.path / self._name.partition("{}")[0])

    def _read(self, key: str, data: bytes) -> dict[str, Any]:
        path = self._folder.folder.path / self._name.format(key)
        try:
            return upgraded(path, self._kind, orjson.loads(data)) | {"key": key}
        except (ValueError, AttributeError):
            raise damaged_file(path) from None


def document_bytes(kind: str, document: Mapping[str, Any]) -> bytes:
    """A document as a file of its own has it, without the key, which is in the file's name."""
    return json_with_format(kind, {name: value for name, value in document.items() if name != "key"})
