"""A kill just before any single call that changes the disk leaves all of a transaction or nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.opening import open_store
from backdrop_tui.store.port import Store, StoredItem
from tests.store import KEYS, contents, stock, students
from tests.store.test_transactions import change_everything, everything
from tests.support.disk_states import DiskStates
from tests.support.one_person import add_one


def change_at_once(store: Store) -> None:
    """Change a bit of everything in one transaction."""
    with store.transaction():
        change_everything(store, 2)


def restore(store: Store) -> None:
    """Replace everything by something else."""
    items = [StoredItem("people", "staff", {"id": "1", "surname": "New"})]
    store.replace_all([*items, StoredItem("log", "", {"event": "signed-up"})], {"event": "restored"}, "today")


WORKS: dict[str, Callable[[Store], object]] = {
    "edit": lambda store: add_one(store.people("students"), {"surname": "New"}),
    "bulk": lambda store: store.people("students").apply(students(*["New"] * 300)),
    "import": change_at_once,
    "restore": restore,
    "close": lambda store: store.close(),
}


@pytest.mark.parametrize("is_settled", [False, True])
@pytest.mark.parametrize("work", WORKS)
def test_every_point_is_before_or_after(
    folder: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, work: str, *, is_settled: bool
) -> None:
    store = open_store(folder, KEYS)
    store.table("undo").put("earlier", {})
    change_everything(store, 1)
    if is_settled:
        store.close()
    before = everything(store)
    states = DiskStates(folder.path, tmp_path / "killed")
    states.record(monkeypatch, lambda: WORKS[work](store))
    after = everything(store)
    store.close()
    outcomes = [_repaired(DataFolder(copy)) for copy in states.copies]
    done = outcomes.index(after)
    assert outcomes == [before] * done + [after] * (len(outcomes) - done)


def _repaired(folder: DataFolder) -> tuple[object, ...]:
    """What a folder holds, whether it is only read or put in order."""
    with open_store(folder, KEYS, read_only=True) as store:
        stored = everything(store)[:-1]
    with open_store(folder, KEYS) as store:
        repaired = everything(store)
        assert repaired[:-1] == stored
    for kind in KEYS:
        surnames = [person["surname"] for person in stock(folder.people(kind), kind)]
        assert surnames in stored
    left = {path for path in contents(folder.path) if path.startswith(".") or path.endswith(".tmp")}
    assert not left
    with open_store(folder, KEYS) as store:
        assert everything(store) == repaired
        assert store.faults(thorough=True) == []
    return repaired
