"""Nobody else on the computer can read what is stored."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from backdrop_tui.errors import DataFolderError
from backdrop_tui.store.files import atomic_write
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.opening import open_store
from tests.store import KEYS, students
from tests.support.one_person import add_one


def mode(path: Path) -> int:
    """The rights of a file or folder."""
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(params=[0, 0o027, 0o177])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    """Careless and over-careful defaults for new files."""
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.mark.usefixtures("umask")
def test_the_folder_is_0700_and_every_file_0600(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    with open_store(folder, KEYS) as store:
        store.people("students").apply(students("One"))
        add_one(store.people("students"), {"surname": "Two"})
        store.table("settings").put("phase", {"value": "primary"})
        atomic_write(folder.subfolder(folder.drafts) / "draft", b"x")
        store.log({"event": "imported"})
        paths = list(folder.path.rglob("*"))
        assert {path.name for path in paths} >= {"journal", "journal.lock", "journal.owner", "log"}
        assert {mode(path) for path in paths if path.is_file()} == {0o600}
        assert {mode(path) for path in (folder.path, folder.drafts)} == {0o700}
    assert {mode(path) for path in folder.path.rglob("*") if path.is_file()} == {0o600}


def test_a_folder_that_exists_becomes_private_and_so_do_its_files(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "students.json").write_text("{}")
    (tmp_path / "students.json").chmod(0o644)
    DataFolder(tmp_path).create()
    assert mode(tmp_path) == 0o700
    assert mode(tmp_path / "students.json") == 0o600


def test_a_folder_shared_by_everyone_is_refused_and_left_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o1777)
    with pytest.raises(DataFolderError, match="shared by everyone"):
        DataFolder(tmp_path).create()
    assert mode(tmp_path) == 0o1777


def test_a_file_in_the_folders_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("mine")
    with pytest.raises(DataFolderError, match="not a folder"):
        DataFolder(tmp_path / "data").create()
    with pytest.raises(DataFolderError, match="there is a file where its folder should be"):
        open_store(DataFolder(tmp_path / "data"), KEYS).people("students").frame()
    assert (tmp_path / "data").read_text() == "mine"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_write_permission_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(DataFolderError, match="permission"):
        DataFolder(tmp_path / "data").create()


def test_the_default_is_the_users_own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert DataFolder.default().path.name == "backdrop"
    assert not list(tmp_path.iterdir())
