"""What the tests of the store share."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.opening import open_store
from backdrop_tui.store.port import Store
from tests.store import KEYS
from tests.support.memory_store import Memory, MemoryStore

Opener = Callable[[], Store]
"""Opens the same store once more."""


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """A data folder that has just been made."""
    folder = DataFolder(tmp_path / "data")
    folder.create()
    return folder


@pytest.fixture(params=["tinydb", "memory"])
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Opener:
    """Opens a store of each engine, which has nothing in it at first."""
    if request.param == "memory":
        memory = Memory()
        return lambda: MemoryStore(memory, KEYS)
    folder = DataFolder(tmp_path / "data")
    folder.create()
    return lambda: open_store(folder, KEYS)


@pytest.fixture
def store(opener: Opener) -> Iterator[Store]:
    """A store of each engine."""
    with opener() as store:
        yield store
