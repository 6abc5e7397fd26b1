"""Who else can change what is stored, or read a file."""

import os
import re
import stat
from pathlib import Path

import pytest

from backdrop_tui.errors import DataFolderError, UnusableFileError
from backdrop_tui.store.access import make_private, others_can_read, user_name
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.opening import open_store
from tests.store import KEYS

_OTHER = 54_321
"""The number of a user that no computer has."""


def give_away(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a file or folder another user's, as far as the program can tell."""
    if os.geteuid() == 0:
        os.chown(path, _OTHER, -1, follow_symlinks=False)
        monkeypatch.setattr(os, "geteuid", lambda: _OTHER + 1)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: _OTHER)


def belongs_to(user: int, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a file or folder a user's, as far as the program can tell; really so if this is root."""
    if os.geteuid() == 0:
        os.chown(path, user, -1)
        return
    lstat = Path.lstat

    def lstat_of(file: Path) -> os.stat_result:
        status = lstat(file)
        return os.stat_result((*status[:4], user, *status[5:])) if file == path else status

    monkeypatch.setattr(Path, "lstat", lstat_of)


def refused(path: Path, match: str) -> None:
    """A data folder is refused whatever is to be done in it, and left as it is."""
    before = path.stat()
    for read_only in (True, False):
        with pytest.raises(DataFolderError, match=match):
            open_store(DataFolder(path), KEYS, read_only=read_only)
    with pytest.raises(DataFolderError, match=match):
        DataFolder(path).create()
    with pytest.raises(DataFolderError, match=match):
        DataFolder(path).subfolder(path / "drafts")
    after = path.stat()
    assert (after.st_mode, after.st_mtime_ns) == (before.st_mode, before.st_mtime_ns)


@pytest.mark.parametrize("mode", [0o720, 0o702, 0o777, 0o770])
def test_a_folder_that_others_can_write_to_is_refused(tmp_path: Path, mode: int) -> None:
    tmp_path.chmod(mode)
    refused(tmp_path, "Other users of this computer can write to")


@pytest.mark.parametrize("mode", [0o700, 0o755])
def test_a_folder_of_someone_else_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int
) -> None:
    tmp_path.chmod(mode)
    give_away(tmp_path, monkeypatch)
    refused(tmp_path, r"belongs to .*, who could change what is stored")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_root_is_told_to_be_the_owner(tmp_path: Path) -> None:
    os.chown(tmp_path, _OTHER, -1)
    refused(tmp_path, f"belongs to user {_OTHER}, and you are root. Run backdrop as user {_OTHER}")


def test_a_folder_of_root_is_someone_else_s_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    user = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: user + 1)
    refused(tmp_path, "belongs to")


@pytest.mark.parametrize(
    "name", ["students.json", "students.json.journal", "setup.json", "log", "drafts/1/edits", "drafts"]
)
def test_a_file_of_someone_else_in_a_private_folder_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = tmp_path / name
    if name == "drafts":
        path.mkdir()
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    DataFolder(tmp_path).create()
    belongs_to(_OTHER, path, monkeypatch)
    refused(tmp_path, rf"{re.escape(name)} belongs to user {_OTHER}, .* sudo chown ")
    assert path.exists()


def test_a_file_of_root_is_not_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "log").write_bytes(b"")
    belongs_to(0, tmp_path / "log", monkeypatch)
    open_store(DataFolder(tmp_path), KEYS, read_only=True).close()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a link away")
def test_a_link_of_someone_else_is_refused_wherever_it_leads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    give_away(tmp_path / "link", monkeypatch)
    refused(tmp_path / "link", "belongs to")


def test_a_link_of_ones_own_may_lead_to_the_folder(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir(mode=0o700)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    DataFolder(tmp_path / "link").create()
    open_store(DataFolder(tmp_path / "link"), KEYS).close()


@pytest.mark.parametrize("umask", [0, 0o022, 0o077])
def test_every_folder_that_is_created_is_private(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        DataFolder(tmp_path / "new" / "newer" / "data").create()
    finally:
        os.umask(before)
    for folder in ("new", "new/newer", "new/newer/data"):
        assert stat.S_IMODE((tmp_path / folder).stat().st_mode) == 0o700


@pytest.fixture
def reachable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that others can read. The folders above those of this test let everyone through, as far as can be told."""
    path = tmp_path / "server" / "pupils.csv"
    path.parent.mkdir(mode=0o755)
    path.parent.chmod(0o755)
    path.write_text("Forename\n")
    path.chmod(0o644)
    outside = {str(folder): folder.stat().st_mode for folder in path.parents[1:]}
    real_stat = Path.stat

    def stat_of(file: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        status = real_stat(file, follow_symlinks=follow_symlinks)
        if str(file) not in outside:
            return status
        return os.stat_result((status.st_mode | 0o055, *status[1:]))

    monkeypatch.setattr(Path, "stat", stat_of)
    return path


@pytest.mark.parametrize(
    ("folder", "file", "answer"),
    [
        (0o755, 0o644, True),
        (0o711, 0o604, True),
        (0o700, 0o644, False),
        (0o755, 0o600, False),
        (0o754, 0o604, False),
        (0o755, 0o622, False),
    ],
)
def test_others_can_read_a_file_if_they_can_reach_it(
    reachable: Path, folder: int, file: int, *, answer: bool
) -> None:
    reachable.parent.chmod(folder)
    reachable.chmod(file)
    assert others_can_read(reachable) == answer


def test_a_group_of_the_user_alone_is_nobody_else(reachable: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reachable.chmod(0o640)
    monkeypatch.setattr("backdrop_tui.store.access._is_private_group", lambda *_: True)
    assert not others_can_read(reachable)
    monkeypatch.setattr("backdrop_tui.store.access._is_private_group", lambda *_: False)
    assert others_can_read(reachable)


def test_a_file_that_is_made_private_cant_be_read_by_others(reachable: Path) -> None:
    make_private(reachable)
    assert not others_can_read(reachable)
    assert stat.S_IMODE(reachable.stat().st_mode) == 0o600


def test_what_cant_be_found_out_or_done_is_no_crash(tmp_path: Path) -> None:
    assert not others_can_read(tmp_path / "none.csv")
    with pytest.raises(UnusableFileError, match="can't be made private"):
        make_private(tmp_path / "none.csv")
    assert user_name(_OTHER) == f"user {_OTHER}"
