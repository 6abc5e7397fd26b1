"""Whatever the engine, a transaction is stored as a whole or not at all, and long work is one process's at a time."""

import os
from datetime import timedelta

import filelock
import pytest

from backdrop_tui.errors import DataFolderError
from backdrop_tui.store.errors import InUseError
from backdrop_tui.store.port import Store
from tests.store import students
from tests.store.conftest import Opener
from tests.support.one_person import add_one


class StoppedError(Exception):
    """Something goes wrong in the middle of a transaction."""


def stop(store: Store, number: int) -> None:
    """Begin a transaction that doesn't come to its end."""
    with store.transaction():
        change_everything(store, number)
        raise StoppedError


def change_everything(store: Store, number: int) -> None:
    """Change a bit of everything that can be stored."""
    store.people("students").apply(students(*[f"Many {number}"] * 300))
    add_one(store.people("staff"), {"surname": f"One {number}"})
    store.table("settings").put("phase", {"value": number})
    store.table("undo").put("import", {"added": [number] * 3})
    store.table("undo").remove("earlier")
    store.log({"event": "imported", "added": number})


def everything(store: Store) -> tuple[object, ...]:
    """All that is stored."""
    return (
        store.people("students").frame()["surname"].to_list(),
        store.people("staff").frame()["surname"].to_list(),
        store.table("settings").all(),
        store.table("undo").all(),
        store.logged(),
    )


def test_everything_in_a_transaction_is_stored_together_and_seen_by_others(
    store: Store, opener: Opener
) -> None:
    with opener() as other:
        assert other.people("students").frame().height == 0
        with store.transaction():
            change_everything(store, 1)
            assert store.table("settings").get("phase") == {"value": 1, "key": "phase"}
            assert store.table("undo").get("import") == {"added": [1, 1, 1], "key": "import"}
            assert store.people("students").frame().height == 300
        assert everything(other) == everything(store)
        assert other.logged() == [{"event": "imported", "added": 1}]
        other.table("settings").put("phase", {"value": 2})
        assert store.table("settings").get("phase") == {"value": 2, "key": "phase"}


def test_a_transaction_that_fails_stores_nothing_and_the_next_one_works(store: Store, opener: Opener) -> None:
    store.table("undo").put("earlier", {})
    change_everything(store, 1)
    before, version = everything(store), store.people("students").version()
    for _ in range(2):
        with pytest.raises(StoppedError):
            stop(store, 2)
        assert everything(store) == before
        assert store.people("students").version() == version
    with pytest.raises(TypeError):
        store.table("settings").put("phase", {"value": object()})
    assert everything(store) == before
    change_everything(store, 4)
    with opener() as other:
        assert everything(other) == everything(store)
        assert store.table("undo").get("earlier") is None


def test_a_transaction_inside_another_is_part_of_it(store: Store) -> None:
    def work() -> None:
        with store.transaction():
            change_everything(store, 1)
            stop(store, 2)

    with pytest.raises(StoppedError):
        work()
    assert everything(store) == ([], [], [], [], [])


def test_what_is_stored_is_there_after_closing(store: Store, opener: Opener) -> None:
    change_everything(store, 1)
    stored = everything(store)
    store.close()
    with opener() as again:
        assert everything(again) == stored
        assert again.faults(thorough=True) == []
        assert again.warnings() == []


def test_only_one_has_the_lease_and_the_others_are_told_who(store: Store, opener: Opener) -> None:
    assert store.who() is None
    with opener() as other, store.lease():
        owner = other.who()
        assert owner is not None
        assert owner.process in {1, os.getpid()}
        assert timedelta() <= owner.age < timedelta(minutes=5)
        assert str(owner).startswith(f"by {owner.user} on {owner.host}")
        with (
            pytest.raises(InUseError, match=f"Another import or restore is running, started by {owner.user}"),
            other.lease(0),
        ):
            pass
        other.table("settings").put("phase", {})
        store.table("settings").put("phase", {})
    assert store.who() is None
    with store.lease(0):
        pass


def test_the_store_says_where_it_is(store: Store) -> None:
    assert store.where


def test_documents_that_make_no_sense_have_an_error_to_raise(store: Store) -> None:
    assert isinstance(store.table("settings").damaged(), DataFolderError)


def test_a_lock_that_cant_be_released_takes_nothing_back(
    opener: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = filelock.FileLock.release

    def release(lock: filelock.FileLock) -> None:
        real(lock)
        raise OSError

    with opener() as store, monkeypatch.context() as patched:
        patched.setattr(filelock.FileLock, "release", release)
        store.table("settings").put("phase", {"value": 2})
        with store.lease():
            store.table("settings").put("theme", {"value": 3})
    with opener() as store:
        assert store.table("settings").keys() == ["phase", "theme"]
