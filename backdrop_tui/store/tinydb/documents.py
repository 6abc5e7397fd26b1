"""TinyDB on a durable file: the same tables and queries, with a journal instead of rewriting everything.

It uses TinyDB's own extension points, `Storage` and `Table`, so that the files on the disk are TinyDB files.
"""

import copy
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from backdrop_tui.store.errors import damaged_file
from backdrop_tui.store.migrations import migrate
from backdrop_tui.store.tinydb.durable import DurableFile
from backdrop_tui.store.tinydb.journal import Change
from backdrop_tui.store.tinydb.meta import META, format_of, meta_table

Document = dict[str, Any]
Tables = dict[str, dict[str, Document]]


def read_tables(path: Path, content: bytes | None) -> Tables:
    """A TinyDB file's tables; none if there is no file. Raises `DataFolderError` if it isn't one."""
    if content is None:
        return {}
    try:
        tables = orjson.loads(content)
        if isinstance(tables, dict) and all(map(_is_table, tables.values())):
            format_of(tables)
            return tables
    except ValueError:
        pass  # the reason would quote the file
    raise damaged_file(path)


def _is_table(table: object) -> bool:
    return isinstance(table, dict) and all(
        number.isdecimal() and number.isascii() and isinstance(document, dict)
        for number, document in table.items()
    )


def apply_changes(tables: Tables, changes: Sequence[Change]) -> None:
    """Carry out changes on tables."""
    for change in changes:
        table = tables.setdefault(change.table, {})
        if change.document is None:
            table.pop(str(change.number), None)
        else:
            table[str(change.number)] = change.document


def migrated_tables(file: DurableFile) -> Tables:
    """All tables of a file in an older format, brought up to date in memory. Only inside `read_lock` or `write_lock`."""
    tables = read_tables(file.path, file.snapshot())
    apply_changes(tables, file.changes)
    migrated: Tables = migrate(file.kind, tables, file.format)
    return migrated


class JournalStorage(Storage):
    """TinyDB's view of a durable file."""

    def __init__(self, file: DurableFile) -> None:
        self.file = file
        self._tables: Tables = {}
        self._highest: dict[str, int] = {}
        self._serial = 0
        self._applied = 0
        self._pending: list[Change] | None = None

    def read(self) -> Tables:
        """All tables as they are stored now. The caller may change only the outer dict."""
        with self.file.read_lock():
            if self.file.is_outdated:
                return migrated_tables(self.file)
            serial, length = self.file.version
            if serial != self._serial:
                self._tables = read_tables(self.file.path, self.file.snapshot())
                self._highest = {}
                self._serial = serial
                self._applied = 0
            self._apply(self.file.changes[self._applied :])
            self._applied = length
            return dict(self._tables)

    def write(self, data: Tables) -> None:
        """Store all tables anew, with the format."""
        others = {name: table for name, table in data.items() if name != META}
        tables = {META: meta_table(self.file.kind)} | others
        with self.file.write_lock():
            self.file.replace(orjson.dumps(tables))

    def commit(self, changes: list[Change]) -> None:
        """Store changes, or keep them for the end of the transaction. Only inside `file.write_lock()`."""
        if self._pending is None:
            self.file.commit(changes)
        else:
            self._pending += changes
            self._apply(changes)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Store all changes of the block as one, or none if it raises."""
        with self.file.write_lock():
            if self._pending is not None:
                yield
                return
            self.read()
            self._pending = []
            try:
                yield
                self.file.commit(self._pending)
            finally:
                self._pending = None
                self._serial = 0  # what the block has changed is read again as it is stored

    def next_number(self, table: str) -> int:
        """The number of the next new document."""
        if table not in self._highest:
            self._highest[table] = max(map(int, self._tables.get(table, ())), default=0)
        return self._highest[table] + 1

    def compact(self) -> None:
        """Write everything as one new snapshot. Only inside `file.write_lock()`."""
        self.write(self.read())

    def close(self) -> None:
        """Compact the file, so that any TinyDB can read it, and close it."""
        self.file.clean_up_and_close()

    def _apply(self, changes: Sequence[Change]) -> None:
        apply_changes(self._tables, changes)
        for change in changes:
            if change.table in self._highest:
                self._highest[change.table] = max(self._highest[change.table], change.number)


class _Overlay(MutableMapping[int, Document]):
    """A copy of a stored table, made as it is changed, that knows its changes."""

    def __init__(self, stored: Mapping[str, Document]) -> None:
        self._stored = stored
        self._touched: dict[int, Document | None] = {}

    def __getitem__(self, number: int) -> Document:
        if number not in self._touched:
            self._touched[number] = copy.deepcopy(self._stored[str(number)])
        document = self._touched[number]
        if document is None:
            raise KeyError(number)
        return document

    def __setitem__(self, number: int, document: Document) -> None:
        self._touched[number] = document

    def __delitem__(self, number: int) -> None:
        if number not in self:
            raise KeyError(number)
        self._touched[number] = None

    def __contains__(self, number: object) -> bool:
        if number in self._touched:
            return self._touched[number] is not None
        return str(number) in self._stored

    def __iter__(self) -> Iterator[int]:
        stored = [int(number) for number in self._stored]
        yield from (number for number in stored if number in self)
        new = self._touched.keys() - set(stored)
        yield from (number for number in self._touched if number in new and number in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        """Remove everything."""
        self._touched = {int(number): None for number in self._stored}

    def changes(self, table: str) -> list[Change]:
        """The changes that turn the stored table into this one."""
        return [
            Change(table, number, document)
            for number, document in self._touched.items()
            if document != self._stored.get(str(number))
        ]


class JournalTable(Table):
    """A TinyDB table whose changes go to the journal."""

    _storage: JournalStorage
    _next_id: int | None  # type: ignore[assignment]  # TinyDB gives no type to it
    # Another process may have changed what a query found.
    default_query_cache_capacity = 0

    def insert(self, document: Mapping[str, Any]) -> int:
        """Store a new document; returns its number."""
        with self._storage.file.write_lock():
            self._storage.read()
            self._next_id = self._storage.next_number(self.name)
            return super().insert(document)

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        with self._storage.file.write_lock():
            stored = self._storage.read().get(self.name, {})
            self._next_id = self._storage.next_number(self.name)
            overlay = _Overlay(stored)
            updater(overlay)
            self._storage.commit(overlay.changes(self.name))


class Documents(TinyDB):
    """A TinyDB on a durable file."""

    table_class = JournalTable

    def __init__(self, file: DurableFile) -> None:
        super().__init__(file, storage=JournalStorage)

    @property
    def journal_storage(self) -> JournalStorage:
        """The storage, by its own type."""
        storage = self.storage
        assert isinstance(storage, JournalStorage)  # noqa: S101 - __init__ made it
        return storage
