"""Whatever the engine, everything is given out as it is at one moment, and replaced in one step."""

from collections.abc import Iterator

import pytest

from backdrop_tui.store.port import Store, StoredItem
from tests.store.conftest import Opener
from tests.store.test_transactions import change_everything, everything

ENTRY = {"event": "restored"}


def stored(opener: Opener) -> list[StoredItem]:
    """All items of a store that has just been opened."""
    with opener() as store:
        return list(store.items())


def test_what_is_given_out_can_be_stored_again(store: Store, opener: Opener) -> None:
    change_everything(store, 1)
    items, before = list(store.items()), everything(store)
    assert [item.part for item in items] == ["people"] * 301 + ["documents"] * 2 + ["log"]
    with opener() as other:
        other.people("staff").frame()
        change_everything(store, 2)
        store.table("groups").put("TAs", {})
        store.replace_all(iter(items), ENTRY, "today")
        for each in (store, other):
            assert everything(each)[:-1] == before[:-1]
            assert each.table("groups").all() == []
            assert [entry["event"] for entry in each.logged()] == ["imported", "imported", "restored"]
            assert (each.log_faults(), each.faults(thorough=True), each.warnings()) == ([], [], [])
        assert "today" in store.kept_at("today")
    store.close()
    assert [item for item in stored(opener) if item.part != "log"] == [i for i in items if i.part != "log"]


def test_an_empty_store_takes_over_the_log(store: Store) -> None:
    log = [StoredItem("log", "", {"event": "imported"})]
    store.replace_all(log, ENTRY, "first")
    assert [entry["event"] for entry in store.logged()] == ["imported", "restored"]
    store.log({"event": "undone"})
    store.replace_all([], ENTRY, "second")
    assert [entry["event"] for entry in store.logged()] == ["imported", "restored", "undone", "restored"]
    assert store.log_faults() == []


def test_the_log_of_another_school_is_replaced_by_the_one_that_comes_with_the_data(store: Store) -> None:
    store.log({"event": "signed-up"})
    store.replace_all([StoredItem("log", "", {"event": "imported"})], ENTRY, "first")
    assert [entry["event"] for entry in store.logged()] == ["imported", "restored"]
    assert store.log_faults() == []


@pytest.mark.parametrize(
    "items",
    [
        [StoredItem("people", "students", {"id": "1", "surname": 5})],
        [StoredItem("people", "students", {"id": "1", "shoe_size": "5"})],
        [StoredItem("people", "students", {"id": "1"})] * 2,
        [StoredItem("people", "students", {"surname": "Lee"})],
        [StoredItem("people", "parents", {"id": "1", "surname": "Lee"})],
        [StoredItem("documents", "settings", {"key": "phase"})] * 2,
        [StoredItem("documents", "settings", {"value": 1})],
        [StoredItem("documents", "meta", {"key": "1"})],
        [StoredItem("documents", "undo", {"key": "../../students"})],
    ],
)
def test_items_that_make_no_sense_change_nothing(store: Store, items: list[StoredItem]) -> None:
    change_everything(store, 1)
    before = everything(store)
    with pytest.raises(ValueError):  # noqa: PT011 - its text is for nobody
        store.replace_all(items, ENTRY, "today")
    assert everything(store) == before


def test_if_the_items_break_off_nothing_is_changed(store: Store) -> None:
    def broken() -> Iterator[StoredItem]:
        yield StoredItem("people", "students", {"id": "1"})
        raise RuntimeError

    change_everything(store, 1)
    before = everything(store)
    with pytest.raises(RuntimeError):
        store.replace_all(broken(), ENTRY, "today")
    assert everything(store) == before
