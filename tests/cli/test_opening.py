"""`backdrop` without a command: the app, and the folder in which it looks for files first."""

from pathlib import Path

import pytest

from backdrop_tui.cli import screens
from backdrop_tui.store.folder import DataFolder
from tests.cli import Run


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path | None]:
    """The folders in which the app would have looked for files, in place of opening it."""
    folders: list[Path | None] = []

    def note(_: object, _folder: DataFolder, pick_from: Path | None) -> None:
        folders.append(pick_from)

    monkeypatch.setattr(screens, "_run", note)
    return folders


def test_files_are_picked_first_from_the_working_directory_if_it_has_any(
    backdrop: Run, opened: list[Path | None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Pupils.CSV").touch()
    backdrop()
    assert opened == [tmp_path]


def test_without_csv_files_in_the_working_directory_the_app_chooses_where_to_start(
    backdrop: Run, opened: list[Path | None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.md").touch()
    backdrop()
    assert opened == [None]
