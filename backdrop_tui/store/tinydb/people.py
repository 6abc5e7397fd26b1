"""People of one kind in a TinyDB file: a frame that is kept up to date, with small changes in the journal and big ones written whole."""

from collections.abc import Hashable, Sequence

import polars as pl

from backdrop_tui.store.tinydb.journal import Change
from backdrop_tui.store.tinydb.journaled_folder import JournaledFolder
from backdrop_tui.store.tinydb.people_frame import (
    highest_number,
    numbered,
    place_of,
    with_added,
    with_changed,
    with_changes,
    without,
)
from backdrop_tui.store.tinydb.people_text import NUMBER, from_tables, from_text, people_schema, to_text
from backdrop_tui.store.tinydb.tiny_file import current_tables

_MOST_CHANGES = 200
"""The number of people from which a change is stored by writing everyone anew."""


class TinyPeople:
    """`People` in one TinyDB file of a data folder."""

    def __init__(self, folder: JournaledFolder, kind: str, keys: Sequence[str]) -> None:
        self._folder = folder
        self._kind = kind
        self._name = f"{kind}.json"
        self.keys = ("id", *(key for key in keys if key != "id"))
        """What is stored of a person."""
        self._frame = people_schema(self.keys).to_frame()
        self._seen = (-1, 0)
        self._version = 0
        self._unstored: pl.DataFrame | None = None
        folder.files[self._name] = self

    def frame(self) -> pl.DataFrame:
        """See `People.frame`."""
        with self._folder.reading():
            people = self._current()
            if self._unstored is None and people.n_chunks() > 1:
                # What is in many pieces, after reading or changes, takes ten times as long to sort and to filter.
                people = self._frame = people.rechunk()
        return people.drop(NUMBER)

    def version(self) -> Hashable:
        """See `People.version`."""
        self._current()
        return self._version

    def get(self, person_id: str) -> dict[str, str | None] | None:
        """See `People.get`."""
        people = self._current()
        place = place_of(people["id"], person_id)
        return None if place is None else people.select(self.keys).row(place, named=True)

    def apply(
        self,
        added: pl.DataFrame | None = None,
        changed: pl.DataFrame | None = None,
        removed: Sequence[str] = (),
    ) -> pl.Series:
        """See `People.apply`."""
        with self._folder.transaction():
            before = self._current()
            people = without(before, removed)
            if changed is not None:
                people = with_changed(people, changed.select(pl.col(self.keys).cast(pl.String)))
            rows = numbered(added, self.keys, highest_number(before))
            people = with_added(people, rows)
            changed_ids = changed["id"] if changed is not None else rows["id"].clear()
            ids = pl.concat([pl.Series("id", removed, dtype=pl.String), changed_ids, rows["id"]])
            self._replace(before, people, ids)
        return rows["id"]

    def whole(self) -> tuple[bytes, int]:
        """See `File.whole`."""
        people = self._current()
        return to_text(self._kind, people), people.height

    def committed(self) -> None:
        """See `File.committed`."""
        if self._unstored is not None:
            self._frame, self._unstored = self._unstored, None
            self._version += 1
        self._seen = self._folder.record(self._name).version

    def rolled_back(self) -> None:
        """See `File.rolled_back`."""
        self._unstored = None

    def _current(self) -> pl.DataFrame:
        """Everyone as they are now, with `people_schema(keys)`."""
        with self._folder.reading():
            if self._unstored is not None:
                return self._unstored
            record = self._folder.record(self._name)
            if record.version != self._seen:
                self._catch_up()
            return self._frame

    def _catch_up(self) -> None:
        """Take over what other processes have stored."""
        before = self._frame
        serial, applied = self._seen
        if self._folder.record(self._name).serial != serial:
            self._frame, applied = self._read(), 0
        record = self._folder.record(self._name)
        if record.changes_format is None:
            self._frame = with_changes(self._frame, record.changes[applied:], self.keys)
        self._seen = record.version
        if not self._frame.equals(before):
            self._version += 1

    def _read(self) -> pl.DataFrame:
        """Everyone as the file has them, without the changes in the journal; with them if they are in an older format."""
        path = self._folder.folder.path / self._name
        loaded = self._folder.snapshots.load(self._name)
        record = self._folder.record(self._name)
        if loaded is None and record.changes_format is None:
            return people_schema(self.keys).to_frame()
        if loaded is not None and loaded.is_as_written:
            return from_text(path, loaded.data, self._kind, self.keys)
        tables = current_tables(self._folder, self._name)
        return from_tables(path, tables, self._kind, self.keys)

    def _replace(self, before: pl.DataFrame, people: pl.DataFrame, ids: pl.Series) -> None:
        """Store these people in place of everyone. Only inside a transaction.

        Args:
            before: Everyone as they are.
            people: Everyone as they are to be.
            ids: The ids of those who may be different, added or removed (String).
        """
        if len(ids) > _MOST_CHANGES:
            if people.equals(before):
                return
            self._folder.write_whole(self._name, self.whole)
        else:
            concerned = pl.col("id").is_in(ids.implode())
            old, new = before.filter(concerned), people.filter(concerned)
            different = new.join(old, on=new.columns, how="anti", nulls_equal=True, maintain_order="left")
            gone = old.join(new, on=NUMBER, how="anti")
            new_people = different.iter_rows(named=True)
            changes = [Change(self._kind, number, None) for number in gone[NUMBER]]
            changes += [Change(self._kind, person.pop(NUMBER), person) for person in new_people]
            if not changes:
                return
            self._folder.change(self._name, changes)
        self._unstored = people
