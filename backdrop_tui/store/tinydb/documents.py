"""TinyDB on a file of a journaled folder: the same tables and queries, with a journal instead of rewriting everything.

It uses TinyDB's own extension points, `Storage` and `Table`, so that the files on the disk are TinyDB files.
"""

import copy
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

import orjson
from tinydb.storages import Storage
from tinydb.table import Table

from backdrop_tui.store.errors import damaged_file
from backdrop_tui.store.formats import refuse_newer
from backdrop_tui.store.migrations import current_format, migrate
from backdrop_tui.store.tinydb.journal import Change
from backdrop_tui.store.tinydb.journaled_folder import JournaledFolder
from backdrop_tui.store.tinydb.meta import META, format_of, meta_table

Document = dict[str, Any]
Tables = dict[str, dict[str, Document]]


def read_tables(path: Path, content: bytes) -> Tables:
    """A TinyDB file's tables. Raises `DataFolderError` if it isn't one."""
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


def current_tables(folder: JournaledFolder, name: str, kind: str) -> Tables:
    """All tables of a TinyDB file with the changes in the journal, in the current format.

    Only inside `folder.reading()` or a transaction. Raises `DataFolderError` if it can't be read.
    """
    loaded = folder.snapshots.load(name)
    record, path = folder.record(name), folder.folder.path / name
    tables = read_tables(path, loaded.data) if loaded else {}
    file_format = format_of(tables) if loaded else record.changes_format or current_format(kind)
    refuse_newer(path, kind, file_format)
    apply_changes(tables, record.changes)
    migrated: Tables = migrate(kind, tables, file_format)
    return migrated


def apply_changes(tables: Tables, changes: Sequence[Change]) -> None:
    """Carry out changes on tables."""
    for change in changes:
        table = tables.setdefault(change.table, {})
        if change.document is None:
            table.pop(str(change.number), None)
        else:
            table[str(change.number)] = change.document


def tables_to_text(kind: str, tables: Mapping[str, Mapping[str, Document]]) -> bytes:
    """Write tables as a TinyDB file with the table `meta`, one document a line, so that a damaged file can be saved line by line."""
    parts = [orjson.dumps({META: meta_table(kind)}).removesuffix(b"}")]
    for name, table in tables.items():
        lines = (b'"%b":%b' % (number.encode(), orjson.dumps(document)) for number, document in table.items())
        parts.append(b"%b:{\n%b\n}" % (orjson.dumps(name), b",\n".join(lines)))
    return b",".join(parts) + b"}\n"


class JournalStorage(Storage):
    """TinyDB's view of a file."""

    def __init__(self, folder: JournaledFolder, name: str, kind: str) -> None:
        self.folder = folder
        self.name = name
        self._kind = kind
        self._tables: Tables = {}
        self._highest: dict[str, int] = {}
        self._serial = -1
        self._applied = 0
        self._has_changes = False
        folder.files[name] = self

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self.folder.folder.path / self.name

    def read(self) -> Tables:
        """All tables as they are now. The caller may change only the outer dict."""
        with self.folder.reading():
            if not self._has_changes:
                self._catch_up()
            return dict(self._tables)

    def table_names(self) -> list[str]:
        """The names of all tables that have something in them."""
        return [name for name, table in self.read().items() if name != META and table]

    def write(self, data: Tables) -> NoReturn:  # noqa: ARG002 - as TinyDB calls it
        """Refuse to write all tables, which TinyDB asks of a storage: `JournalTable` stores changes. Always raises `TypeError`."""
        raise TypeError("Changes are stored one by one, by JournalTable.")

    def commit(self, changes: list[Change]) -> None:
        """Change documents. Only inside a transaction."""
        if changes:
            self.folder.change(self.name, changes)
            self._apply(changes)
            self._has_changes = True

    def next_number(self, table: str) -> int:
        """The number of the next new document."""
        if table not in self._highest:
            self._highest[table] = max(map(int, self._tables.get(table, ())), default=0)
        return self._highest[table] + 1

    def whole(self) -> tuple[bytes, int]:
        """See `File.whole`."""
        tables = {name: table for name, table in self.read().items() if name != META}
        return tables_to_text(self._kind, tables), sum(map(len, tables.values()))

    def committed(self) -> None:
        """See `File.committed`."""
        self._serial, self._applied = self.folder.record(self.name).version
        self._has_changes = False

    def rolled_back(self) -> None:
        """See `File.rolled_back`."""
        if self._has_changes:
            self._serial, self._has_changes = -1, False

    def _catch_up(self) -> None:
        if self.folder.record(self.name).serial != self._serial:
            self._tables = current_tables(self.folder, self.name, self._kind)
            self._highest = {}
            self._serial, self._applied = self.folder.record(self.name).version
        changes = self.folder.record(self.name).changes
        self._apply(changes[self._applied :])
        self._applied = len(changes)

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
        with self._storage.folder.transaction():
            self._storage.read()
            self._next_id = self._storage.next_number(self.name)
            return super().insert(document)

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        with self._storage.folder.transaction():
            stored = self._storage.read().get(self.name, {})
            self._next_id = self._storage.next_number(self.name)
            overlay = _Overlay(stored)
            updater(overlay)
            self._storage.commit(overlay.changes(self.name))
