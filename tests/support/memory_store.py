"""The store in the memory of this process: the least that passes the tests that every engine has to pass."""

import copy
import threading
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, Self

import orjson
import polars as pl

from backdrop_tui.errors import DataFolderError
from backdrop_tui.store.audit_chain import LogEnd, chained, plain_entry
from backdrop_tui.store.errors import InUseError, PeopleChangedError
from backdrop_tui.store.new_ids import new_ids
from backdrop_tui.store.port import Fault, Owner, StoredItem
from backdrop_tui.store.stored_items import checked_items

Tables = dict[str, dict[str, dict[str, Any]]]


class Memory:
    """What several openers share, as a database would be."""

    def __init__(self) -> None:
        self.tables: Tables = {}
        self.log: list[dict[str, Any]] = []
        self.kept: dict[str, Tables] = {}
        self.version = 0
        self.lock = threading.RLock()
        self.owner: Owner | None = None


class MemoryPeople:
    """`People` in a dict."""

    def __init__(self, store: "MemoryStore", kind: str, keys: Sequence[str]) -> None:
        self._store = store
        self._kind = kind
        self.keys = ("id", *keys)

    @property
    def _people(self) -> dict[str, dict[str, Any]]:
        return self._store.memory.tables.setdefault(self._kind, {})

    def frame(self) -> pl.DataFrame:
        """See `People.frame`."""
        return pl.DataFrame(list(self._people.values()), schema=dict.fromkeys(self.keys, pl.String))

    def version(self) -> Hashable:
        """See `People.version`."""
        return self._store.memory.version

    def get(self, person_id: str) -> dict[str, str | None] | None:
        """See `People.get`."""
        return copy.copy(self._people.get(person_id))

    def apply(
        self,
        added: pl.DataFrame | None = None,
        changed: pl.DataFrame | None = None,
        removed: Sequence[str] = (),
    ) -> pl.Series:
        """See `People.apply`."""
        with self._store.transaction():
            people = self._people
            changes = [] if changed is None else changed.to_dicts()
            if len({person["id"] for person in changes}) < len(changes):
                raise ValueError("the same person is to be changed twice")
            for person_id in (*removed, *(person["id"] for person in changes)):
                if person_id not in people:
                    raise PeopleChangedError("Someone who was to be changed is no longer stored.")
            for person_id in removed:
                del people[person_id]
            people.update({person["id"]: person for person in changes})
            ids = []
            for person in [] if added is None else added.to_dicts():
                ids.append(person.get("id") or new_ids(1).item())
                if ids[-1] in people:
                    raise PeopleChangedError("Someone who was to be added is already stored.")
                people[ids[-1]] = dict.fromkeys(self.keys) | person | {"id": ids[-1]}
            self._store.memory.version += 1
        return pl.Series("id", ids, dtype=pl.String)

    def whole(self, person: Mapping[str, Any]) -> dict[str, Any]:
        """A person with all keys."""
        return dict.fromkeys(self.keys) | dict(person)


class MemoryTable:
    """`DocumentTable` in a dict."""

    def __init__(self, store: "MemoryStore", name: str) -> None:
        self._store = store
        self._name = f"table {name}"

    @property
    def _documents(self) -> dict[str, dict[str, Any]]:
        return self._store.memory.tables.setdefault(self._name, {})

    def all(self) -> list[dict[str, Any]]:
        """See `DocumentTable.all`."""
        return copy.deepcopy(list(self._documents.values()))

    def keys(self) -> list[str]:
        """See `DocumentTable.keys`."""
        return list(self._documents)

    def get(self, key: str) -> dict[str, Any] | None:
        """See `DocumentTable.get`."""
        return copy.deepcopy(self._documents.get(key))

    def put(self, key: str, document: Mapping[str, Any]) -> None:
        """See `DocumentTable.put`."""
        with self._store.transaction():
            self._documents[key] = orjson.loads(orjson.dumps({**document, "key": key}))

    def remove(self, key: str) -> None:
        """See `DocumentTable.remove`."""
        with self._store.transaction():
            self._documents.pop(key, None)

    def is_as_stored(self, key: str) -> bool:
        """See `DocumentTable.is_as_stored`. Nobody else can change what is in memory."""
        return key in self.keys()

    def damaged(self) -> Exception:
        """See `DocumentTable.damaged`."""
        return DataFolderError("The documents are damaged.")


class MemoryStore:
    """`Store` in memory."""

    where = "this computer's memory"

    def __init__(self, memory: Memory, keys: Mapping[str, Sequence[str]]) -> None:
        self.memory = memory
        self._people = {kind: MemoryPeople(self, kind, of_kind) for kind, of_kind in keys.items()}
        self._is_inside = False

    def people(self, kind: str) -> MemoryPeople:
        """See `Store.people`."""
        return self._people[kind]

    def table(self, name: str) -> MemoryTable:
        """See `Store.table`."""
        return MemoryTable(self, name)

    def log(self, entry: Mapping[str, Any]) -> None:
        """See `Store.log`."""
        with self.transaction():
            self.memory.log.append(dict(entry))

    def logged(self) -> list[dict[str, Any]]:
        """See `Store.logged`."""
        return copy.deepcopy(self.memory.log)

    def log_faults(self) -> list[str]:
        """See `Store.log_faults`."""
        return []

    def items(self) -> Iterator[StoredItem]:
        """See `Store.items`."""
        memory = copy.deepcopy(self.memory.tables)
        for name, documents in sorted(memory.items(), key=lambda table: table[0] not in self._people):
            part: Literal["people", "documents"] = "people" if name in self._people else "documents"
            for document in documents.values():
                yield StoredItem(part, name.removeprefix("table "), document)
        for entry in chained(self.memory.log, LogEnd()):
            yield StoredItem("log", "", entry)

    def replace_all(self, items: Iterable[StoredItem], entry: Mapping[str, Any], keep_as: str) -> None:
        """See `Store.replace_all`."""
        with self.transaction():
            tables, log = self._tables_of(items)
            memory = self.memory
            memory.kept[keep_as] = memory.tables
            memory.tables, memory.version = tables, memory.version + 1
            memory.log = [*(memory.log if memory.log[: len(log)] == log else log), dict(entry)]

    def _tables_of(self, items: Iterable[StoredItem]) -> tuple[Tables, list[dict[str, Any]]]:
        tables: Tables = {}
        log = []
        for item in checked_items(items, {kind: people.keys for kind, people in self._people.items()}):
            if item.part == "log":
                log.append(plain_entry(item.content))
                continue
            is_person = item.part == "people"
            table = tables.setdefault(item.name if is_person else f"table {item.name}", {})
            key = item.content["id" if is_person else "key"]
            table[key] = self._people[item.name].whole(item.content) if is_person else dict(item.content)
        return tables, log

    def kept_at(self, name: str) -> str:
        """See `Store.kept_at`."""
        return f"{self.where}, under {name}"

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """See `Store.transaction`."""
        with self.memory.lock:
            if self._is_inside:
                yield
                return
            before = copy.deepcopy((self.memory.tables, self.memory.log, self.memory.version))
            self._is_inside = True
            try:
                yield
            except BaseException:
                self.memory.tables, self.memory.log, self.memory.version = before
                raise
            finally:
                self._is_inside = False

    @contextmanager
    def lease(self, seconds: float | None = None) -> Iterator[None]:
        """See `Store.lease`. Nobody waits: nobody else would go on meanwhile."""
        if self.memory.owner is not None:
            raise InUseError(
                f"Another import or restore is running, started {self.memory.owner}, after {seconds} s."
            )
        self.memory.owner = Owner("jo", "memory", 1, datetime.now(UTC), timedelta())
        try:
            yield
        finally:
            self.memory.owner = None

    def who(self) -> Owner | None:
        """See `Store.who`."""
        return self.memory.owner

    def faults(self, *, thorough: bool = False) -> list[Fault]:
        """See `Store.faults`."""
        return [Fault("memory", "It is thorough.")] if thorough and self.memory.version < 0 else []

    def accept(self) -> None:
        """See `Store.accept`."""

    def warnings(self) -> list[str]:
        """See `Store.warnings`."""
        return []

    def compact(self) -> None:
        """See `Store.compact`."""

    def close(self) -> None:
        """See `Store.close`."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
