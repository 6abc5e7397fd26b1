"""Documents by key: many small ones in one TinyDB file, or each big one in a file of its own."""

import copy
from collections.abc import Mapping
from typing import Any

import orjson
from tinydb import where
from tinydb.table import Table

from backdrop_tui.errors import DataFolderError
from backdrop_tui.store.errors import damaged_file
from backdrop_tui.store.formats import json_with_format, upgraded
from backdrop_tui.store.tinydb.journal import Change
from backdrop_tui.store.tinydb.journaled_folder import JournaledFolder
from backdrop_tui.store.tinydb.tiny_file import Document, TinyFile


class TinyTable:
    """`DocumentTable` in a table of a TinyDB file."""

    def __init__(self, file: TinyFile, name: str) -> None:
        self._file = file
        # Without TinyDB's cache: another process may have changed what a query found.
        self._table = Table(file, name, cache_size=0)

    def all(self) -> list[dict[str, Any]]:
        """See `DocumentTable.all`."""
        documents = [copy.deepcopy(dict(document)) for document in self._table]
        if not all(isinstance(document.get("key"), str) for document in documents):
            raise self.damaged()
        return documents

    def keys(self) -> list[str]:
        """See `DocumentTable.keys`."""
        return [document["key"] for document in self.all()]

    def get(self, key: str) -> dict[str, Any] | None:
        """See `DocumentTable.get`."""
        return copy.deepcopy(self._find(key)[1])

    def put(self, key: str, document: Mapping[str, Any]) -> None:
        """See `DocumentTable.put`."""
        # Through JSON, so that what is read back is the same before a restart and after.
        new: dict[str, Any] = orjson.loads(orjson.dumps({**document, "key": key}))
        with self._file.folder.transaction():
            number, stored = self._find(key)
            if stored != new:
                self._file.change(Change(self._table.name, number, new))

    def remove(self, key: str) -> None:
        """See `DocumentTable.remove`."""
        with self._file.folder.transaction():
            number, stored = self._find(key)
            if stored is not None:
                self._file.change(Change(self._table.name, number, None))

    def is_as_stored(self, key: str) -> bool:  # noqa: ARG002 - they are all in one file
        """See `DocumentTable.is_as_stored`."""
        return self._file.folder.is_as_stored(self._file.name)

    def damaged(self) -> DataFolderError:
        """See `DocumentTable.damaged`."""
        return damaged_file(self._file.path)

    def _find(self, key: str) -> tuple[int, Document | None]:
        """The number of the document with a key, and itself; the next new document's number and None if there is none."""
        document = self._table.get(where("key") == key)
        if document is None:
            return max((other.doc_id for other in self._table), default=0) + 1, None
        return document.doc_id, dict(document)


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
