"""Single files are written whole."""

import os
from pathlib import Path

import pytest

from backdrop_tui.errors import DataFolderError
from backdrop_tui.store.files import atomic_write, open_for_reading
from tests.store import contents


def test_a_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "draft"
    atomic_write(path, b"one")
    atomic_write(path, b"two")
    assert contents(tmp_path) == {"draft": b"two"}


def test_a_folder_that_is_not_there_is_said_not_to_exist(tmp_path: Path) -> None:
    with pytest.raises(DataFolderError, match="folder doesn't exist"):
        atomic_write(tmp_path / "none" / "draft", b"x")


def test_a_folder_in_a_files_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "draft").mkdir()
    with pytest.raises(DataFolderError, match="draft can't be used"):
        atomic_write(tmp_path / "draft", b"x")
    assert contents(tmp_path / "draft") == {}
    assert [path.name for path in tmp_path.iterdir()] == ["draft"]


def test_a_link_to_elsewhere_is_replaced_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"mine\n")
    (tmp_path / "draft").symlink_to(elsewhere)
    atomic_write(tmp_path / "draft", b"x")
    assert elsewhere.read_bytes() == b"mine\n"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_in_a_files_place_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "staff.json")
    descriptor = open_for_reading(tmp_path / "staff.json")
    assert descriptor is not None
    os.close(descriptor)
