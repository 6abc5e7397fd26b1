"""What all tests share: no test ever sees the real user's folders."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine

from backdrop_tui.store.folder import DataFolder
from tests.made_up import NOW, student, table


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of the test's own; nothing in the environment names another place."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "BACKDROP_DATA"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture
def frozen_day() -> Iterator[None]:
    """It is the day of the tests; the clock goes on from there."""
    with time_machine.travel(NOW.astimezone(), tick=True):
        yield


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    """A data folder that is not there yet."""
    return DataFolder(tmp_path / "data")


@pytest.fixture
def students_csv(tmp_path: Path) -> Path:
    """Ten students in a file, without any problem."""
    path = tmp_path / "pupils.csv"
    path.write_bytes(table(student(n) for n in range(10)))
    return path
