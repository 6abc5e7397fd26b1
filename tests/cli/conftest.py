"""What the tests of the command line share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.support.imports import sign_up


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, frozen_day: None) -> None:  # noqa: ARG001 - the day is frozen
    """Every command runs in an empty folder, on the day of the tests, with a data folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BACKDROP_DATA", str(tmp_path / "data"))


@pytest.fixture
def signed_up(data: DataFolder) -> None:
    """Somebody has signed up and verified their address, so that people can be added."""
    data.create()
    with School(data) as school:
        sign_up(school)


@pytest.fixture
def school(data: DataFolder) -> Iterator[School]:
    """The school that commands have stored, to look at."""
    with School(data, read_only=True) as school:
        yield school
