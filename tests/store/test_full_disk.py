"""A full disk leaves everything as it was, whenever it happens."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Self

import pytest

from backdrop_tui.errors import DataFolderError
from backdrop_tui.store.files import atomic_write
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.opening import open_store
from backdrop_tui.store.port import Store
from tests.store import KEYS, contents, students
from tests.support.one_person import add_one, change_one, remove_one

Work = Callable[[Store], object]

CALLS = ("write", "fsync")
SINGLE: dict[str, Work] = {
    "add": lambda store: add_one(store.people("students"), {"surname": "New"}),
    "change": lambda store: change_one(
        store.people("students"), store.people("students").frame()["id"][0], {"upn": "X"}
    ),
    "remove": lambda store: remove_one(store.people("students"), store.people("students").frame()["id"][0]),
}
BULK: dict[str, Work] = {"apply": lambda store: store.people("students").apply(students("New"))}


class FullDisk:
    """Lets some calls through, then writes half of the data and fails because the disk is full."""

    def __init__(self, patch: pytest.MonkeyPatch, name: str, after: int) -> None:
        self.patch = patch
        self.name = name
        self.left = after
        self.failed = False
        self.real = getattr(os, name)

    def __enter__(self) -> Self:
        self.patch.setattr(os, self.name, self.call)
        return self

    def __exit__(self, *_: object) -> None:
        self.patch.setattr(os, self.name, self.real)

    def call(self, descriptor: int, *data: bytes) -> object:
        """Stand in for `os.write` or `os.fsync`."""
        if not self.left:
            self.failed = True
            if data:
                self.real(descriptor, data[0][: len(data[0]) // 2])
            raise OSError(errno.ENOSPC, "No space left on device")
        self.left -= 1
        return self.real(descriptor, *data)


def fails_without_damage(folder: DataFolder, store: Store, work: Work, full: FullDisk) -> bool:
    """Do some work on a full disk, and check that a failure leaves everything as before. Returns whether it failed."""
    before = contents(folder.path)
    frame = store.people("students").frame()
    message = ""
    with full:
        try:
            work(store)
        except DataFolderError as error:
            message = error.message
    assert full.failed == ("no space left" in message)
    if not full.failed:
        return False
    assert store.people("students").frame().equals(frame)
    after = contents(folder.path)
    assert after["journal"] == before["journal"]
    assert not [name for name in after if name.endswith(".tmp")]
    with open_store(folder, KEYS, read_only=True) as others:
        assert others.people("students").frame().equals(frame)
    return True


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("earlier", [[], ["Three"]])
@pytest.mark.parametrize("name", [*SINGLE, *BULK])
def test_storing_people_on_a_full_disk_changes_nothing(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch, name: str, earlier: list[str], call: str
) -> None:
    work = (SINGLE | BULK)[name]
    with open_store(folder, KEYS) as store:
        store.people("students").apply(students("One", "Two"))
        for surname in earlier:
            add_one(store.people("students"), {"surname": surname})
        refusals = 0
        while fails_without_damage(folder, store, work, FullDisk(monkeypatch, call, refusals)):
            refusals += 1
        assert refusals
        # Once there is space again, storing works as before.
        add_one(store.people("students"), {"surname": "Last"})
        frame = store.people("students").frame()
        assert frame["surname"][-1] == "Last"
    with open_store(folder, KEYS) as store:
        assert store.people("students").frame().equals(frame)


@pytest.mark.parametrize("call", CALLS)
def test_a_full_disk_on_closing_loses_nothing(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    store = open_store(folder, KEYS)
    add_one(store.people("students"), {"surname": "One"})
    frame = store.people("students").frame()
    with FullDisk(monkeypatch, call, 0) as full:
        store.close()
    assert full.failed
    with open_store(folder, KEYS) as store:
        assert store.people("students").frame().equals(frame)


@pytest.mark.parametrize("call", CALLS)
def test_set_up_on_a_full_disk_changes_nothing(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    with open_store(folder, KEYS) as store:
        table = store.table("settings")
        table.put("phase", {"value": "primary"})
        works: list[Callable[[], None]] = [
            lambda: table.put("phase", {"value": "middle"}),
            lambda: table.put("idle-minutes", {"value": 5}),
            lambda: table.remove("phase"),
        ]
        for work in works:
            with FullDisk(monkeypatch, call, 0), pytest.raises(DataFolderError), store.transaction():
                work()
            assert table.all() == [{"value": "primary", "key": "phase"}]


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("before", [{}, {"draft": b"before"}])
def test_a_file_is_written_whole_or_left_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, before: dict[str, bytes]
) -> None:
    path = tmp_path / "draft"
    for content in before.values():
        path.write_bytes(content)
    for after in range(2 if call == "fsync" else 1):
        with FullDisk(monkeypatch, call, after), pytest.raises(DataFolderError, match="no space left"):
            atomic_write(path, b"afterwards")
        assert contents(tmp_path) == before
