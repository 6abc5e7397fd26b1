"""People in TinyDB files, one file for each kind: single changes through TinyDB and its journal, bulk changes through polars."""

from collections.abc import Hashable, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

import polars as pl

from backdrop_tui.store.errors import PeopleChangedError, read_only_error
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.people import Person, new_ids
from backdrop_tui.store.tinydb.documents import Documents
from backdrop_tui.store.tinydb.durable import DurableFile
from backdrop_tui.store.tinydb.people_text import NUMBER, people_schema, to_text
from backdrop_tui.store.tinydb.people_view import PeopleView, upsert


class _PeopleFile:
    """The file of one kind of people."""

    def __init__(self, folder: DataFolder, kind: str, keys: Sequence[str]) -> None:
        self.name = kind
        self.keys = ("id", *(key for key in keys if key != "id"))
        self.durable = DurableFile(folder.people(kind), kind, self._compact)
        self.view = PeopleView(self.durable, kind, self.keys)
        documents = Documents(self.durable)
        self.storage = documents.journal_storage
        self.table = documents.table(kind)
        self._numbers: dict[str, int] = {}
        self._numbers_of: Hashable = None

    def number(self, person_id: str) -> int | None:
        """TinyDB's number of a person; None if there is no such person. Only inside `read_lock` or `write_lock`."""
        version = self.durable.version
        if version != self._numbers_of:
            documents = self.storage.read().get(self.name, {})
            self._numbers = {document["id"]: int(number) for number, document in documents.items()}
            self._numbers_of = version
        return self._numbers.get(person_id)

    def number_changed(self, person_id: str, number: int | None) -> None:
        """Note that a person has just been changed, added or, with None, removed."""
        if number is None:
            self._numbers.pop(person_id, None)
        else:
            self._numbers[person_id] = number
        self._numbers_of = self.durable.version

    def known_number(self, person_id: str) -> int:
        """TinyDB's number of a person who must be there; raises `PeopleChangedError` otherwise."""
        self.view.check()
        number = self.number(person_id)
        if number is None:
            raise _gone()
        return number

    def validated(self, person: Person) -> dict[str, str | None]:
        """The values without the id. Raises `ValueError` if a key isn't one of this kind, or a value isn't text."""
        if person.keys() - set(self.keys) or not all(
            value is None or isinstance(value, str) for value in person.values()
        ):
            raise ValueError(f"{self.name} have text in {', '.join(self.keys)} and nothing else")
        return {key: value for key, value in person.items() if key != "id"}

    def check_version(self, based_on: Hashable | None) -> None:
        """Raise `PeopleChangedError` if a version is given and it isn't the current one. Only inside `write_lock`."""
        if based_on is not None and based_on != self.durable.version:
            raise PeopleChangedError(
                "These people have just been changed by someone else. Check the list and try again."
            )

    def replace(self, people: pl.DataFrame) -> None:
        """Store these people, with `people_schema(keys)`, in place of everyone. Only inside `write_lock`."""
        self.durable.replace(to_text(self.name, people))
        self.view.replace(people)

    def _compact(self) -> None:
        """Write everyone as one new snapshot. Only inside `write_lock`."""
        self.replace(self.view.current())


class TinyPeople:
    """`People` in a data folder's TinyDB files."""

    def __init__(
        self, folder: DataFolder, keys: Mapping[str, Sequence[str]], *, read_only: bool = False
    ) -> None:
        self._files = {kind: _PeopleFile(folder, kind, of_kind) for kind, of_kind in keys.items()}
        self._read_only = read_only
        if not read_only:
            for kind_file in self._files.values():
                kind_file.durable.clean_up()

    def frame(self, kind: str) -> pl.DataFrame:
        """See `People.frame`."""
        kind_file = self._files[kind]
        with kind_file.durable.read_lock():
            return kind_file.view.current().drop(NUMBER)

    def count(self, kind: str) -> int:
        """See `People.count`."""
        return self.frame(kind).height

    def version(self, kind: str) -> Hashable:
        """See `People.version`."""
        kind_file = self._files[kind]
        with kind_file.durable.read_lock():
            return kind_file.durable.version

    def get(self, kind: str, person_id: str) -> dict[str, str | None] | None:
        """See `People.get`."""
        kind_file = self._files[kind]
        with kind_file.durable.read_lock():
            kind_file.view.check()
            number = kind_file.number(person_id)
            document: Any = None if number is None else kind_file.table.get(doc_id=number)
            return None if document is None else {key: document.get(key) for key in kind_file.keys}

    def add_one(self, kind: str, person: Person) -> str:
        """See `People.add_one`."""
        kind_file = self._changing(kind)
        person_id: str = new_ids(1).item()
        document = dict.fromkeys(kind_file.keys) | kind_file.validated(person) | {"id": person_id}
        with kind_file.durable.write_lock():
            kind_file.view.check()
            kind_file.number("")
            number = kind_file.table.insert(document)
            kind_file.number_changed(person_id, number)
        return person_id

    def change_one(
        self, kind: str, person_id: str, changes: Person, *, based_on: Hashable | None = None
    ) -> None:
        """See `People.change_one`."""
        kind_file = self._changing(kind)
        values = kind_file.validated(changes)
        with kind_file.durable.write_lock():
            kind_file.check_version(based_on)
            number = kind_file.known_number(person_id)
            kind_file.table.update(values, doc_ids=[number])
            kind_file.number_changed(person_id, number)

    def remove_one(self, kind: str, person_id: str, *, based_on: Hashable | None = None) -> None:
        """See `People.remove_one`."""
        kind_file = self._changing(kind)
        with kind_file.durable.write_lock():
            kind_file.check_version(based_on)
            kind_file.table.remove(doc_ids=[kind_file.known_number(person_id)])
            kind_file.number_changed(person_id, None)

    def apply(
        self,
        kind: str,
        added: pl.DataFrame | None = None,
        changed: pl.DataFrame | None = None,
        removed: Sequence[str] = (),
        *,
        based_on: Hashable | None = None,
    ) -> pl.Series:
        """See `People.apply`."""
        kind_file = self._changing(kind)
        with kind_file.durable.write_lock():
            kind_file.check_version(based_on)
            people = kind_file.view.current()
            highest = _highest(people)
            people = _without(people, removed)
            if changed is not None:
                people = _with_changed(people, changed.select(pl.col(kind_file.keys).cast(pl.String)))
            rows = _numbered(added, kind_file.keys, highest)
            people = _with_added(people, rows)
            if not people.equals(kind_file.view.current()):
                kind_file.replace(people)
        return rows["id"]

    def close(self) -> None:
        """See `People.close`."""
        for kind_file in self._files.values():
            if self._read_only:
                kind_file.durable.close()
            else:
                kind_file.durable.clean_up_and_close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _changing(self, kind: str) -> _PeopleFile:
        if self._read_only:
            raise read_only_error()
        return self._files[kind]


def _gone() -> PeopleChangedError:
    return PeopleChangedError(
        "Someone who was to be changed is no longer stored. Check the list and try again."
    )


def _highest(people: pl.DataFrame) -> int:
    highest = people[NUMBER].max()
    return highest if isinstance(highest, int) else 0


def _without(people: pl.DataFrame, removed: Sequence[str]) -> pl.DataFrame:
    """The people without those to be removed. Raises `PeopleChangedError` unless all of them are there."""
    if not len(removed):
        return people
    ids = pl.Series("id", removed, dtype=pl.String).unique()
    rest = people.join(ids.to_frame(), on="id", how="anti", maintain_order="left")
    if people.height - rest.height != len(ids):
        raise _gone()
    return rest


def _with_changed(people: pl.DataFrame, changed: pl.DataFrame) -> pl.DataFrame:
    """The people with whole rows replaced. Raises `PeopleChangedError` unless all of them are there."""
    if changed["id"].is_duplicated().any():
        raise ValueError("the same person is to be changed twice")
    rows = changed.join(people.select("id", NUMBER), on="id", how="left", maintain_order="left")
    if rows[NUMBER].null_count():
        raise _gone()
    return upsert(people, rows.select(people.columns))


def _numbered(added: pl.DataFrame | None, keys: Sequence[str], highest: int) -> pl.DataFrame:
    """New people with `people_schema(keys)`: an id for each who has none, and numbers after the highest one."""
    if added is None:
        return people_schema(keys).to_frame()
    ids = added["id"] if "id" in added.columns else new_ids(added.height)
    if ids.null_count():
        ids = ids.fill_null(new_ids(added.height))
    numbers = pl.int_range(highest + 1, highest + 1 + added.height, dtype=pl.Int64).alias(NUMBER)
    return added.with_columns(ids, numbers).select(NUMBER, pl.col(keys).cast(pl.String))


def _with_added(people: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """The people followed by new ones. Raises `PeopleChangedError` if one of them is there already."""
    if rows.is_empty():
        return people
    everyone = pl.concat([people, rows])
    if everyone["id"].n_unique() < everyone.height:
        raise PeopleChangedError(
            "Someone who was to be added is already stored. Check the list and try again."
        )
    return everyone
