"""The people in a durable file as a frame that is kept up to date."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from backdrop_tui.store.tinydb.documents import migrated_tables
from backdrop_tui.store.tinydb.durable import DurableFile
from backdrop_tui.store.tinydb.journal import Change
from backdrop_tui.store.tinydb.people_text import (
    NUMBER,
    documents_frame,
    from_tables,
    from_text,
    people_schema,
)

_PLACE = "_place"


class PeopleView:
    """A frame of one file's people. It reads the snapshot once, and later only what has changed."""

    def __init__(self, file: DurableFile, table: str, keys: Sequence[str]) -> None:
        self._file = file
        self._table = table
        self._keys = keys
        self._frame = people_schema(keys).to_frame()
        self._serial = 0
        self._applied = 0

    def check(self) -> None:
        """Raise `DataFolderError` unless the snapshot can be read. Only inside `read_lock` or `write_lock`."""
        serial, length = self._file.version
        if self._file.is_outdated:
            if (serial, length) != (self._serial, self._applied):
                tables = migrated_tables(self._file)
                self._frame = from_tables(self._file.path, tables, self._table, self._keys)
                self._serial, self._applied = serial, length
        elif serial != self._serial:
            self._frame = from_text(self._file.path, self._file.snapshot(), self._table, self._keys)
            self._serial, self._applied = serial, 0

    def current(self) -> pl.DataFrame:
        """Everyone, with `people_schema(keys)`. Only inside `read_lock` or `write_lock`."""
        self.check()
        changes = self._file.changes
        if self._applied < len(changes):
            self._frame = _with_changes(self._frame, changes[self._applied :], self._keys)
            self._applied = len(changes)
        return self._frame

    def replace(self, people: pl.DataFrame) -> None:
        """Take over what has just become the snapshot. Only inside `write_lock`."""
        self._frame = people
        self._serial, self._applied = self._file.version


def _with_changes(people: pl.DataFrame, changes: Sequence[Change], keys: Sequence[str]) -> pl.DataFrame:
    """People with changes applied, in the order that the same changes would leave in a dict."""
    dropped: set[int] = set()
    documents: dict[int, dict[str, Any]] = {}
    for change in changes:
        if change.document is None:
            dropped.add(change.number)
            documents.pop(change.number, None)
        else:
            documents[change.number] = change.document
    if dropped:
        people = people.remove(pl.col(NUMBER).is_in(dropped))
    return upsert(people, documents_frame(documents, keys))


def upsert(people: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Replace people by the rows with the same number, in their places; rows with a new number go to the end."""
    if rows.is_empty():
        return people
    places = people.select(NUMBER).with_row_index(_PLACE)
    placed = rows.join(places, on=NUMBER, how="left", maintain_order="left")
    known = placed.filter(pl.col(_PLACE).is_not_null())
    new = placed.filter(pl.col(_PLACE).is_null()).drop(_PLACE)
    if not known.is_empty():
        kept = people.with_row_index(_PLACE).join(known, on=NUMBER, how="anti", maintain_order="left")
        people = pl.concat([kept, known.select(kept.columns)]).sort(_PLACE).drop(_PLACE)
    return pl.concat([people, new]).rechunk()
