"""Several processes and threads write into one folder and lose nothing."""

import errno
import fcntl
import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import orjson
import pytest

from backdrop_tui.errors import DataFolderError
from backdrop_tui.store import locks
from backdrop_tui.store.errors import InUseError
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.locks import os_user
from backdrop_tui.store.opening import open_store
from backdrop_tui.store.port import Store
from tests.store import KEYS, stock, students
from tests.support.one_person import add_one, change_one, remove_one

EACH = 60
WRITER = f"""
import sys
from pathlib import Path
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.opening import open_store
from tests.store import KEYS, students
from tests.support.one_person import add_one

folder, name = DataFolder(Path(sys.argv[1])), sys.argv[2]
store = open_store(folder, KEYS)
own_ids = []
for step in range({EACH}):
    if step % 10 == 0:
        own_ids.extend(store.people("students").apply(students(name)))
    elif step % 17 == 0:
        store.close()
        store = open_store(folder, KEYS)
        own_ids.append(add_one(store.people("students"), {{"surname": name}}))
    else:
        own_ids.append(add_one(store.people("students"), {{"surname": name}}))
    store.table("imports").put(f"{{name}} {{step}}", {{}})
    assert set(store.people("students").frame()["id"]) >= set(own_ids)
store.close()
"""


def test_processes_side_by_side_lose_nothing(folder: DataFolder) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(folder.path), name]) for name in ("One", "Two")
    ]
    with open_store(folder, KEYS, read_only=True) as reader:
        last_count = 0
        while any(writer.poll() is None for writer in writers):
            count = reader.people("students").frame().height
            assert count >= last_count
            last_count = count
    assert [writer.wait() for writer in writers] == [0, 0]
    people = stock(folder.students, "students")
    assert Counter(person["surname"] for person in people) == {"One": EACH, "Two": EACH}
    assert len({person["id"] for person in people}) == 2 * EACH
    assert len(stock(folder.setup, "imports")) == 2 * EACH


def test_threads_share_one_opener(store: Store) -> None:
    def work(step: int) -> None:
        if step % 5:
            add_one(store.people("students"), {"surname": "One"})
        else:
            store.people("students").apply(students("Many"))
        store.people("students").frame()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(EACH)))
    assert store.people("students").frame().height == EACH


def test_a_change_and_a_snapshot_of_another_opener_are_seen_at_once(folder: DataFolder) -> None:
    with open_store(folder, KEYS) as first, open_store(folder, KEYS) as second:
        (person_id,) = first.people("students").apply(students("One"))
        change_one(second.people("students"), person_id, {"surname": "Two"})
        assert first.people("students").frame()["surname"].to_list() == ["Two"]
        change_one(first.people("students"), person_id, {"upn": "X"})
        second.people("students").apply(students("Three"))
        assert first.people("students").frame()["surname"].to_list() == ["Two", "Three"]
        assert first.people("students").get(person_id) == second.people("students").get(person_id)
        second.close()
        remove_one(first.people("students"), person_id)
        assert second.people("students").frame()["surname"].to_list() == ["Three"]


def test_a_folder_in_use_is_said_to_be(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "LOCK_SECONDS", 0.05)
    with open_store(folder, KEYS) as store, open_store(folder, KEYS) as other, other.transaction():
        with pytest.raises(DataFolderError, match=f"in use by {os_user()} on .* since"):
            add_one(store.people("students"), {"surname": "Smith"})
        assert store.people("students").frame().height == 0


def test_a_lease_that_began_on_another_day_is_told_with_its_date(folder: DataFolder) -> None:
    with open_store(folder, KEYS) as store, store.lease(), open_store(folder, KEYS) as other:
        signature = folder.path / "import.owner"
        signed = orjson.loads(signature.read_bytes())
        signature.write_bytes(orjson.dumps(signed | {"since": "2026-03-03T12:00:00+00:00"}))
        with pytest.raises(
            InUseError, match=r"started by \S+ on \S+ \(process \d+\) since 3 March at \d\d:00\."
        ):
            other.lease(0).__enter__()


def test_a_disk_without_locks_can_be_read_and_is_said_to_be_one(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object) -> None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

    with open_store(folder, KEYS) as store:
        store.people("students").apply(students("One"))
    monkeypatch.setattr(fcntl, "flock", missing)
    with open_store(folder, KEYS) as store:
        assert store.people("students").frame().height == 1
        with pytest.raises(DataFolderError, match="can't lock files"):
            store.people("students").apply(students("Two"))
