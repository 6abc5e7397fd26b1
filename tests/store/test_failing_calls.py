"""Whichever call of the system fails: what is said to be stored is stored, and what is said not to be isn't."""

import errno
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from backdrop_tui.errors import DataFolderError
from backdrop_tui.store.errors import UnknownOutcomeError
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.opening import open_store
from backdrop_tui.store.port import Store
from tests.store import KEYS, students
from tests.store.test_kill_points import change_at_once
from tests.store.test_transactions import change_everything, everything
from tests.support.failing_calls import FailingCalls
from tests.support.one_person import add_one

WORKS: dict[str, Callable[[Store], object]] = {
    "edit": lambda store: add_one(store.people("students"), {"surname": "New"}),
    "bulk": lambda store: store.people("students").apply(students(*["New"] * 300)),
    "import": change_at_once,
}


def outcome(store: Store, work: Callable[[Store], object]) -> str:
    """Do some work; what is said about how it ended."""
    try:
        work(store)
        store.close()
    except UnknownOutcomeError:
        return "unknown"
    except DataFolderError:
        return "not stored"
    return "stored"


@pytest.mark.parametrize("for_good", [False, True])
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("import", errno.EIO),
        pytest.param("edit", errno.EROFS, marks=pytest.mark.slow),
        pytest.param("bulk", errno.EIO, marks=pytest.mark.slow),
        pytest.param("import", errno.ENOSPC, marks=pytest.mark.slow),
    ],
)
def test_what_is_said_about_the_outcome_is_true(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: int, *, for_good: bool
) -> None:
    after, said = 0, list[str]()
    while True:
        folder = DataFolder(tmp_path / str(after))
        folder.create()
        store = open_store(folder, KEYS)
        change_everything(store, 1)
        before = everything(store)[:-1]
        calls = FailingCalls(code, after, for_good=for_good)
        said.append(calls.during(monkeypatch, partial(outcome, store, WORKS[name])))
        store.close()
        with open_store(folder, KEYS) as again:
            is_stored = everything(again)[:-1] != before
        if said[-1] != "unknown":
            assert is_stored == (said[-1] == "stored"), after
        if not calls.failed:
            break
        after += 1
    assert after > 8
    assert {"stored", "not stored"} <= set(said)
