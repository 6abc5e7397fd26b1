"""After a power cut, what was reported as done is there under its name: the folder that has the name is synced, too."""

import os
from pathlib import Path

import pytest

from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.opening import open_store
from backdrop_tui.store.private_file import write_private
from tests.store import KEYS, students
from tests.support.one_person import add_one


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files and folders that have been synced, in order."""
    paths: list[Path] = []
    fsync = os.fsync

    def recorded(descriptor: int) -> None:
        fsync(descriptor)
        paths.append(Path(f"/proc/self/fd/{descriptor}").readlink())

    if not Path("/proc/self/fd").exists():
        pytest.skip("this system doesn't show open files")
    monkeypatch.setattr(os, "fsync", recorded)
    return paths


def test_a_new_data_folder_is_in_the_folders_above_it(tmp_path: Path, synced: list[Path]) -> None:
    DataFolder(tmp_path / "one" / "two").create()
    assert {tmp_path, tmp_path / "one"} <= set(synced)
    DataFolder(tmp_path / "one" / "two").create()
    assert len(synced) == 2


@pytest.mark.parametrize("replace", [False, True])
def test_a_file_that_was_asked_for_is_in_its_folder(
    tmp_path: Path, synced: list[Path], *, replace: bool
) -> None:
    write_private(tmp_path / "out.csv", b"x", replace=replace)
    assert synced[-1] == tmp_path


def test_a_file_written_whole_is_on_the_disk_before_the_line_that_names_it(
    folder: DataFolder, synced: list[Path]
) -> None:
    with open_store(folder, KEYS) as store:
        add_one(store.people("students"), {"surname": "Lee"})
        synced.clear()
        store.people("students").apply(students(*["May"] * 300))
        staged, named, journal = synced
        assert staged.name.startswith(".students.json.")
        assert (named, journal) == (folder.path, folder.path / "journal")
