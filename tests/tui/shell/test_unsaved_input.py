"""Unsaved input on the disk: written at once, locked by its process, and gone when it isn't wanted any more."""

from pathlib import Path

import pytest

from backdrop_tui.tui.shell.unsaved_input import UnsavedInput


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "unsaved"


def test_what_a_process_leaves_is_there_for_the_next(folder: Path) -> None:
    first = UnsavedInput(folder, "screen")
    assert first.left_over() is None
    assert not folder.exists()
    first.keep({"text": "a longer text"})
    first.keep({"text": "Ó"})
    first.release()
    first.keep({"text": "too late"})
    first.forget()
    assert UnsavedInput(folder, "screen").left_over() == {"text": "Ó"}


def test_it_is_private(folder: Path) -> None:
    UnsavedInput(folder, "screen").keep({"text": "x"})
    assert oct(folder.stat().st_mode)[-3:] == "700"
    assert [oct(path.stat().st_mode)[-3:] for path in folder.iterdir()] == ["600"]


def test_what_is_forgotten_leaves_no_file_and_can_be_kept_anew(folder: Path) -> None:
    unsaved = UnsavedInput(folder, "screen")
    unsaved.keep({"text": "x"})
    unsaved.forget()
    assert list(folder.iterdir()) == []
    unsaved.keep({"text": "y"})
    unsaved.release()
    assert UnsavedInput(folder, "screen").left_over() == {"text": "y"}


def test_two_windows_keep_their_own_and_see_only_what_was_left(folder: Path) -> None:
    first, second = UnsavedInput(folder, "screen"), UnsavedInput(folder, "screen")
    first.keep({"text": "first"})
    assert second.left_over() is None
    second.keep({"text": "second"})
    first.forget()
    assert UnsavedInput(folder, "screen").left_over() is None
    second.release()
    assert UnsavedInput(folder, "screen").left_over() == {"text": "second"}


def test_screens_with_similar_names_are_kept_apart(folder: Path) -> None:
    UnsavedInput(folder, "screen-students").keep({"text": "x"})
    assert UnsavedInput(folder, "screen").left_over() is None


@pytest.mark.parametrize("damage", [b"", b"{", b"\0" * 20, b"\xff\n"])
def test_what_is_damaged_counts_as_nothing(folder: Path, damage: bytes) -> None:
    folder.mkdir()
    (folder / "screen").write_bytes(damage)
    assert UnsavedInput(folder, "screen").left_over() is None


def test_the_rest_of_a_longer_text_is_ignored(folder: Path) -> None:
    folder.mkdir()
    (folder / "screen").write_bytes(b'{"text":"short"}\nr text"}\n')
    assert UnsavedInput(folder, "screen").left_over() == {"text": "short"}


def test_where_nothing_can_be_written_nothing_is_kept(folder: Path) -> None:
    folder.write_bytes(b"")
    unsaved = UnsavedInput(folder, "screen")
    unsaved.keep({"text": "x"})
    assert unsaved.left_over() is None
    unsaved.forget()
    unsaved.release()
