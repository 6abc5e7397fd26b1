"""A TinyDB file of a journaled folder: its tables and their changes, which go to the journal instead of rewriting everything."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

import orjson
from tinydb.storages import Storage

from backdrop_tui.store.errors import damaged_file
from backdrop_tui.store.formats import refuse_newer
from backdrop_tui.store.migrations import current_format, migrate
from backdrop_tui.store.tinydb.journal import Change
from backdrop_tui.store.tinydb.journaled_folder import JournaledFolder
from backdrop_tui.store.tinydb.meta import META, format_of, kind_of, meta_table

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


def current_tables(folder: JournaledFolder, name: str) -> Tables:
    """All tables of a TinyDB file with the changes in the journal, in the current format.

    Only inside `folder.reading()` or a transaction. Raises `DataFolderError` if it can't be read.
    """
    loaded, kind = folder.snapshots.load(name), kind_of(name)
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


def tables_to_text(kind: str, tables: Mapping[str, Mapping[str, Document]]) -> tuple[bytes, int]:
    """Write tables as a TinyDB file with the table `meta`, one document a line, so that a damaged file can be saved line by line.

    Returns the file's content, and the number of documents in it.
    """
    parts = [orjson.dumps({META: meta_table(kind)}).removesuffix(b"}")]
    for name, table in tables.items():
        lines = (b'"%b":%b' % (number.encode(), orjson.dumps(document)) for number, document in table.items())
        parts.append(b"%b:{\n%b\n}" % (orjson.dumps(name), b",\n".join(lines)))
    return b",".join(parts) + b"}\n", sum(map(len, tables.values()))


class TinyFile(Storage):
    """TinyDB's view of a file of a journaled folder, with the changes to its documents in the journal."""

    def __init__(self, folder: JournaledFolder, name: str) -> None:
        self.folder = folder
        self.name = name
        self._tables: Tables = {}
        self._seen = (-1, 0)
        self._has_changes = False
        folder.files[name] = self

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self.folder.folder.path / self.name

    def read(self) -> Tables:
        """All tables as they are now, but for `meta`. The caller may not change them."""
        with self.folder.reading():
            if not self._has_changes:
                self._catch_up()
            return self._tables

    def write(self, data: Tables) -> NoReturn:  # noqa: ARG002 - as TinyDB calls it
        """Refuse to write all tables, which TinyDB asks of a storage: `change` stores a single change. Always raises `TypeError`."""
        raise TypeError("Documents are changed one by one, by TinyFile.change.")

    def change(self, change: Change) -> None:
        """Change a document. Only inside a transaction."""
        self.folder.change(self.name, [change])
        apply_changes(self._tables, [change])
        self._has_changes = True

    def whole(self) -> tuple[bytes, int]:
        """See `File.whole`."""
        return tables_to_text(kind_of(self.name), self.read())

    def committed(self) -> None:
        """See `File.committed`."""
        self._seen = self.folder.record(self.name).version
        self._has_changes = False

    def rolled_back(self) -> None:
        """See `File.rolled_back`."""
        if self._has_changes:
            self._seen, self._has_changes = (-1, 0), False

    def _catch_up(self) -> None:
        """Take over what other processes have stored."""
        serial, applied = self._seen
        record = self.folder.record(self.name)
        if record.serial == serial:
            apply_changes(self._tables, record.changes[applied:])
        else:
            self._tables = current_tables(self.folder, self.name)
            self._tables.pop(META, None)
        self._seen = self.folder.record(self.name).version
