"""What the tests of backups share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backdrop_tui.care.backups.backup import back_up
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.support.changing_commands import copy_of_school
from tests.support.made_up import NOW


@pytest.fixture(autouse=True)
def the_day(frozen_day: None) -> None:
    """Set the clock to the day of the tests."""


@pytest.fixture
def full(made_school: Path, tmp_path: Path) -> DataFolder:
    """The folder of a school that has something of everything."""
    return copy_of_school(made_school, tmp_path / "school")


@pytest.fixture
def open_full(full: DataFolder) -> Iterator[School]:
    """That school, open."""
    with School(full) as school:
        yield school


@pytest.fixture
def backup(open_full: School, tmp_path: Path) -> Path:
    """A backup of it."""
    path = tmp_path / "school.backup"
    back_up(open_full, path, NOW)
    return path
