"""Fixtures for the tests of screens: a data folder, a damaged file, and an app that tests can share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
import time_machine
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.support.made_up import NOW, student, table
from tests.support.walk import Walk, begun, walking


class ScreenText(SingleFileSnapshotExtension):
    """Stores each snapshot of a screen in a plain text file of its own."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@pytest.fixture
def screens(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Compares a screen, as plain text, with its snapshot."""
    return snapshot.use_extension(ScreenText)


@pytest.fixture(autouse=True)
def the_day(frozen_day: None) -> None:
    """Sets the clock of every test to the day of the tests."""


def signed_up(path: Path) -> DataFolder:
    """A data folder whose admin has signed up and verified their address."""
    folder = DataFolder(path)
    folder.create()
    with School(folder) as school:
        account = {"name": "Jo", "email": "jo@example.org", "signed_up": 1.0, "verified": 2.0}
        school.store.table("account").put("account", account)
    return folder


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    """The data folder of an admin who has signed up and verified their address."""
    return signed_up(tmp_path / "data")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def started_app(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Walk]:
    """An app that is started once for all tests of a module; use it through `shared_walk`."""
    place = tmp_path_factory.mktemp("shared")
    folder = signed_up(place / "data")
    with time_machine.travel(NOW.astimezone(), tick=True):
        async with walking(folder, place) as walk:
            yield walk


@pytest_asyncio.fixture(loop_scope="module")
async def shared_walk(started_app: Walk) -> AsyncIterator[Walk]:
    """An app at 80×24 that the tests of a module share, with only the first screen open.

    It starts once, which takes longer than many a test. A test that shares it is marked with
    `pytest.mark.asyncio(loop_scope="module")` and stores nothing in the app's data folder: a draft that it shows is kept
    in a folder of its own.
    """
    stored = _contents(started_app.app.folder)
    yield started_app
    await started_app.back_to_start()
    assert _contents(started_app.app.folder) == stored, "A test that shares an app has stored something."


def _contents(folder: DataFolder) -> dict[Path, bytes]:
    """Every file of a data folder."""
    return {path: path.read_bytes() for path in folder.path.rglob("*") if path.is_file()}


@pytest.fixture
def csv_folder(tmp_path: Path) -> Path:
    """A folder with one damaged file of twelve students, `pupils.csv`.

    Rows 5 and 6 say Boy, row 7 has no such day, row 9 an O for a 0 in its UPN, row 11 no first name, and row 12
    writes its registration group unlike the others.
    """
    folder = tmp_path / "school"
    folder.mkdir()
    rows = [student(n, year_group=str(7 + n % 2), registration_group=f"{7 + n % 2}A", date_of_birth=f"{n + 1:02}/10/{2013 - n % 2}") for n in range(12)]  # fmt: skip
    rows[3]["Gender"] = rows[4]["Gender"] = "Boy"
    rows[5]["Date of Birth"] = "31/02/2013"
    rows[7]["UPN"] = rows[7]["UPN"].replace("0", "O", 1)
    rows[9]["First Name"] = ""
    rows[10]["Registration Group"] = "7a"
    (folder / "pupils.csv").write_bytes(table(rows))
    return folder


@pytest.fixture
def pupils_csv(csv_folder: Path) -> Path:
    """The damaged file of students."""
    return csv_folder / "pupils.csv"


@pytest.fixture
def draft_id(data: DataFolder, pupils_csv: Path) -> str:
    """The id of a draft of the damaged file, in which nothing has been changed yet."""
    draft = begun(data, pupils_csv)
    draft.close()
    return draft.facts.id
