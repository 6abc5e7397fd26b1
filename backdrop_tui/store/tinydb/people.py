"""People in TinyDB files, one a kind: single changes through TinyDB and its journal, many at once through polars."""

from collections.abc import Hashable, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

import polars as pl

from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.people import PeopleChangedError, Person, new_ids
from backdrop_tui.store.tinydb.documents import Documents, close_file, read_only_error, tidy_file
from backdrop_tui.store.tinydb.durable import DurableFile
from backdrop_tui.store.tinydb.people_text import NUMBER, people_schema, to_text
from backdrop_tui.store.tinydb.people_view import PeopleView, put


class _Kind:
    """The people of one kind."""

    def __init__(self, folder: DataFolder, kind: str, keys: Sequence[str]) -> None:
        self.name = kind
        self.keys = ("id", *(key for key in keys if key != "id"))
        self.file = DurableFile(folder.people(kind))
        self.view = PeopleView(self.file, kind, self.keys)
        documents = Documents(self.file)
        self.storage = documents.journal_storage
        self.table = documents.table(kind)
        self._numbers: dict[str, int] = {}
        self._numbers_of: Hashable = None

    def number(self, person_id: str) -> int | None:
        """TinyDB's number of a person. Only inside `reading` or `writing`."""
        version = self.file.version
        if version != self._numbers_of:
            documents = self.storage.read().get(self.name, {})
            self._numbers = {document["id"]: int(number) for number, document in documents.items()}
            self._numbers_of = version
        return self._numbers.get(person_id)

    def number_changed(self, person_id: str, number: int | None) -> None:
        """Note that somebody was just changed, added or, with None, removed."""
        if number is None:
            self._numbers.pop(person_id, None)
        else:
            self._numbers[person_id] = number
        self._numbers_of = self.file.version

    def known_number(self, person_id: str) -> int:
        """As `number`, but raises `PeopleChangedError` if there is no such person."""
        self.view.check()
        number = self.number(person_id)
        if number is None:
            raise _gone()
        return number

    def own(self, person: Person) -> dict[str, str | None]:
        """What may be stored of these values: all but the id. Raises `ValueError` where that isn't text of this kind."""
        if person.keys() - set(self.keys) or not all(
            value is None or isinstance(value, str) for value in person.values()
        ):
            raise ValueError(f"{self.name} have text in {', '.join(self.keys)} and nothing else")
        return {key: value for key, value in person.items() if key != "id"}

    def hold_against(self, based_on: Hashable | None) -> None:
        """Raise `PeopleChangedError` where this version is given and is no longer there. Only inside `writing`."""
        if based_on is not None and based_on != self.file.version:
            raise PeopleChangedError(
                "People were changed in the meantime. Nothing was stored. Look again, then retry."
            )

    def fold(self) -> None:
        """Put the journal's changes into the snapshot. Only inside `writing`."""
        people = self.view.current()
        self.file.replace(to_text(self.name, people))
        self.view.adopt(people)


class TinyPeople:
    """`People` in a data folder's TinyDB files."""

    def __init__(
        self, folder: DataFolder, keys: Mapping[str, Sequence[str]], *, read_only: bool = False
    ) -> None:
        self._kinds = {kind: _Kind(folder, kind, own) for kind, own in keys.items()}
        self._read_only = read_only
        if not read_only:
            for kind in self._kinds.values():
                tidy_file(kind.file, kind.fold)

    def frame(self, kind: str) -> pl.DataFrame:
        """See `People.frame`."""
        of = self._kinds[kind]
        with of.file.reading():
            return of.view.current().drop(NUMBER)

    def count(self, kind: str) -> int:
        """See `People.count`."""
        return self.frame(kind).height

    def version(self, kind: str) -> Hashable:
        """See `People.version`."""
        of = self._kinds[kind]
        with of.file.reading():
            return of.file.version

    def get(self, kind: str, person_id: str) -> dict[str, str | None] | None:
        """See `People.get`."""
        of = self._kinds[kind]
        with of.file.reading():
            of.view.check()
            number = of.number(person_id)
            document: Any = None if number is None else of.table.get(doc_id=number)
            return None if document is None else {key: document.get(key) for key in of.keys}

    def add_one(self, kind: str, person: Person) -> str:
        """See `People.add_one`."""
        of = self._changing(kind)
        person_id: str = new_ids(1).item()
        document = dict.fromkeys(of.keys) | of.own(person) | {"id": person_id}
        with of.file.writing():
            of.view.check()
            of.number("")
            number = of.table.insert(document)
            of.number_changed(person_id, number)
        return person_id

    def change_one(
        self, kind: str, person_id: str, changes: Person, *, based_on: Hashable | None = None
    ) -> None:
        """See `People.change_one`."""
        of = self._changing(kind)
        own = of.own(changes)
        with of.file.writing():
            of.hold_against(based_on)
            number = of.known_number(person_id)
            of.table.update(own, doc_ids=[number])
            of.number_changed(person_id, number)

    def remove_one(self, kind: str, person_id: str, *, based_on: Hashable | None = None) -> None:
        """See `People.remove_one`."""
        of = self._changing(kind)
        with of.file.writing():
            of.hold_against(based_on)
            of.table.remove(doc_ids=[of.known_number(person_id)])
            of.number_changed(person_id, None)

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
        of = self._changing(kind)
        with of.file.writing():
            of.hold_against(based_on)
            people = of.view.current()
            highest = _highest(people)
            people = _without(people, removed)
            if changed is not None:
                people = _with_changed(people, changed.select(pl.col(of.keys).cast(pl.String)))
            rows = _numbered(added, of.keys, highest)
            people = _with_added(people, rows)
            if not people.equals(of.view.current()):
                of.file.replace(to_text(kind, people))
                of.view.adopt(people)
        return rows["id"]

    def close(self) -> None:
        """See `People.close`."""
        for kind in self._kinds.values():
            if self._read_only:
                kind.file.close()
            else:
                close_file(kind.file, kind.fold)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _changing(self, kind: str) -> _Kind:
        if self._read_only:
            raise read_only_error()
        return self._kinds[kind]


def _gone() -> PeopleChangedError:
    return PeopleChangedError(
        "Somebody who was to be changed is no longer stored. Nothing was changed. Look again."
    )


def _highest(people: pl.DataFrame) -> int:
    highest = people[NUMBER].max()
    return highest if isinstance(highest, int) else 0


def _without(people: pl.DataFrame, removed: Sequence[str]) -> pl.DataFrame:
    """The people without those to be removed, all of whom must be there."""
    if not len(removed):
        return people
    ids = pl.Series("id", removed, dtype=pl.String).unique()
    rest = people.join(ids.to_frame(), on="id", how="anti", maintain_order="left")
    if people.height - rest.height != len(ids):
        raise _gone()
    return rest


def _with_changed(people: pl.DataFrame, changed: pl.DataFrame) -> pl.DataFrame:
    """The people with whole rows replaced, all of whom must be there."""
    if changed["id"].is_duplicated().any():
        raise ValueError("the same person is to be changed twice")
    rows = changed.join(people.select("id", NUMBER), on="id", how="left", maintain_order="left")
    if rows[NUMBER].null_count():
        raise _gone()
    return put(people, rows.select(people.columns))


def _numbered(added: pl.DataFrame | None, keys: Sequence[str], highest: int) -> pl.DataFrame:
    """New people with ids where they have none, and numbers behind the highest one."""
    if added is None:
        return people_schema(keys).to_frame()
    ids = added["id"] if "id" in added.columns else new_ids(added.height)
    if ids.null_count():
        ids = ids.fill_null(new_ids(added.height))
    numbers = pl.int_range(highest + 1, highest + 1 + added.height, dtype=pl.Int64).alias(NUMBER)
    return added.with_columns(ids, numbers).select(NUMBER, pl.col(keys).cast(pl.String))


def _with_added(people: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """The people and, behind them, new ones, none of whom may be there already."""
    if rows.is_empty():
        return people
    together = pl.concat([people, rows])
    if together["id"].n_unique() < together.height:
        raise PeopleChangedError(
            "Somebody who was to be added is stored already. Nothing was changed. Look again."
        )
    return together
