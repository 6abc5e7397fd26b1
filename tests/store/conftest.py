"""What the tests of the store share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.opening import open_people
from backdrop_tui.store.people import People
from tests.store import KEYS


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """A data folder that has just been made."""
    folder = DataFolder(tmp_path / "data")
    folder.create()
    return folder


@pytest.fixture
def people(folder: DataFolder) -> Iterator[People]:
    """The people of `folder`."""
    with open_people(folder, KEYS) as people:
        yield people
