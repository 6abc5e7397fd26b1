"""Several processes and threads write into one folder and lose nothing."""

import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import filelock
import pytest

from backdrop_tui.errors import DataFolderError
from backdrop_tui.store import locks
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.opening import open_people, open_setup
from backdrop_tui.store.people import People
from tests.store import KEYS, stock, students

EACH = 60
WRITER = f"""
import sys
from pathlib import Path
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.opening import open_people, open_setup
from tests.store import KEYS, students

folder, name = DataFolder(Path(sys.argv[1])), sys.argv[2]
people, setup = open_people(folder, KEYS), open_setup(folder)
own_ids = []
for step in range({EACH}):
    if step % 10 == 0:
        own_ids.extend(people.apply("students", students(name)))
    elif step % 17 == 0:
        people.close()
        people = open_people(folder, KEYS)
        own_ids.append(people.add_one("students", {{"surname": name}}))
    else:
        own_ids.append(people.add_one("students", {{"surname": name}}))
    setup.table("imports").put(f"{{name}} {{step}}", {{}})
    assert set(people.frame("students")["id"]) >= set(own_ids)
people.close()
setup.close()
"""


def test_processes_side_by_side_lose_nothing(folder: DataFolder) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(folder.path), name]) for name in ("One", "Two")
    ]
    with open_people(folder, KEYS, read_only=True) as reader:
        last_count = 0
        while any(writer.poll() is None for writer in writers):
            count = reader.count("students")
            assert count >= last_count
            last_count = count
    assert [writer.wait() for writer in writers] == [0, 0]
    people = stock(folder.students, "students")
    assert Counter(person["surname"] for person in people) == {"One": EACH, "Two": EACH}
    assert len({person["id"] for person in people}) == 2 * EACH
    assert len(stock(folder.setup, "imports")) == 2 * EACH


def test_threads_share_one_opener(people: People) -> None:
    def work(step: int) -> None:
        if step % 5:
            people.add_one("students", {"surname": "One"})
        else:
            people.apply("students", students("Many"))
        people.frame("students")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(EACH)))
    assert people.count("students") == EACH


def test_a_change_and_a_snapshot_of_another_opener_are_seen_at_once(folder: DataFolder) -> None:
    with open_people(folder, KEYS) as first, open_people(folder, KEYS) as second:
        (person_id,) = first.apply("students", students("One"))
        second.change_one("students", person_id, {"surname": "Two"})
        assert first.frame("students")["surname"].to_list() == ["Two"]
        first.change_one("students", person_id, {"upn": "X"})
        second.apply("students", students("Three"))
        assert first.frame("students")["surname"].to_list() == ["Two", "Three"]
        assert first.get("students", person_id) == second.get("students", person_id)
        second.close()
        first.remove_one("students", person_id)
        assert second.frame("students")["surname"].to_list() == ["Three"]


def test_a_folder_in_use_is_said_to_be(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "LOCK_SECONDS", 0.05)
    with filelock.FileLock(f"{folder.students}.lock"), filelock.FileLock(f"{folder.setup}.lock"):
        with open_people(folder, KEYS) as people:
            with pytest.raises(DataFolderError, match="in use"):
                people.add_one("students", {"surname": "Smith"})
            assert people.count("students") == 0
        with open_setup(folder) as setup, pytest.raises(DataFolderError, match="in use"):
            setup.table("settings").put("phase", {})
