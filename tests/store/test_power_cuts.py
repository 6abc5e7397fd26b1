"""Whatever a power cut may leave on the disk, what was confirmed before it is there, and nothing is half done."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest

from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.opening import open_store
from backdrop_tui.store.port import Store
from tests.store import KEYS, students
from tests.store.test_kill_points import change_at_once
from tests.store.test_transactions import everything
from tests.support.one_person import add_one
from tests.support.power_cuts import DiskLog

Work = Callable[[Store], object]

WORKS: dict[str, Sequence[Work]] = {
    "edits": [
        lambda store: add_one(store.people("students"), {"surname": "New"}),
        lambda store: store.table("settings").put("phase", {"value": 3}),
        lambda store: store.close(),
    ],
    "import": [change_at_once, lambda store: store.close()],
    "bulk": [
        lambda store: store.people("students").apply(students(*["New"] * 300)),
        lambda store: store.table("undo").remove("import"),
        lambda store: store.close(),
    ],
}


@pytest.mark.parametrize("is_new", [False, True])
@pytest.mark.parametrize("name", WORKS)
def test_what_was_confirmed_is_there_and_nothing_is_half_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, *, is_new: bool
) -> None:
    top = tmp_path / "top"
    top.mkdir()
    folder = DataFolder(top / "data")
    if not is_new:
        folder.create()
        with open_store(folder, KEYS) as store:
            change_at_once(store)
    log = DiskLog(top)
    states: list[object] = []

    def work() -> None:
        folder.create()
        store = open_store(folder, KEYS)
        states.append(everything(store))
        for number, step in enumerate(WORKS[name], start=1):
            log.step(number, partial(step, store))
            states.append(everything(store))
        store.close()

    log.record(monkeypatch, work)
    cuts = list(log.after_cuts())
    assert len(cuts) > 10
    for number, cut in enumerate(cuts):
        place = tmp_path / "cuts" / str(number)
        place.parent.mkdir(exist_ok=True)
        cut.disk.build(place)
        left = DataFolder(place / "data")
        left.create()
        with open_store(left, KEYS) as store:
            state = everything(store)
            assert state in states[cut.confirmed : cut.begun + 1]
            assert store.faults(thorough=True) == []
        with open_store(left, KEYS) as store:
            assert everything(store) == state
            assert store.faults(thorough=True) == []
