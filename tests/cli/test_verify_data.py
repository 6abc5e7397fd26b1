"""`backdrop verify-data`, and what the other commands say about data that isn't as it was stored."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.cli import Run
from tests.support.imports import import_people, pupil
from tests.support.made_up import STUDENTS


@pytest.fixture
def stored(data: DataFolder) -> DataFolder:
    """A school with two students."""
    data.create()
    with School(data) as school:
        import_people(school, pupil("Lee"), pupil("May"))
    return data


def test_data_in_good_order_is_said_to_be(backdrop: Run, stored: DataFolder) -> None:
    ran = backdrop("verify-data")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == f"Everything in the data folder {stored.path} is as it was stored.\n"
    assert backdrop("verify-data", "--format", "json").json == {"problems": [], "accepted": False}


def test_a_missing_file_is_reported_everywhere_and_nobody_gets_a_new_id(
    backdrop: Run, stored: DataFolder, students_csv: Path
) -> None:
    kept = stored.students.read_bytes()
    stored.students.unlink()
    ran = backdrop("verify-data")
    assert (ran.status, "students.json is missing" in ran.out, ran.err) == (4, True, "")
    assert backdrop("status", "--format", "json").json["data"] == "missing"
    ran = backdrop("status")
    assert ran.status == 0
    assert "Stored: students who can't be read, 0 staff." in ran.out
    assert "students.json is missing" in ran.err
    assert ran.out.endswith(
        "\nNext: run “backdrop verify-data” to see what can't be read, and what to do about it.\n"
    )
    for command in (("export", "students"), ("import", students_csv)):
        ran = backdrop(*command)
        assert (ran.status, "students.json is missing" in ran.err) == (4, True)
    assert backdrop("settings", "phase", "primary").status == 0
    assert not stored.students.exists()
    stored.students.write_bytes(kept)
    assert backdrop("verify-data").status == 0


@pytest.mark.parametrize(
    ("damage", "state", "message"),
    [
        (lambda folder: None, "sound", ""),  # noqa: ARG005
        (lambda folder: folder.log.unlink(), "missing", "The audit log has been cut off"),
        (lambda folder: drop_line(folder.log, 0), "damaged", "The audit log has been cut off"),
        (lambda folder: swap_letters(only_undo_data(folder)), "damaged", "changed by another program"),
        (lambda folder: swap_letters(folder.path / "journal"), "damaged", "journal is damaged"),
        (lambda folder: folder.setup.write_bytes(newer(folder.setup)), "newer", "saved by a newer version"),
    ],
)
def test_status_says_whether_the_data_is_sound(
    backdrop: Run, stored: DataFolder, damage: Callable[[DataFolder], object], state: str, message: str
) -> None:
    damage(stored)
    ran = backdrop("status", "--format", "json")
    assert (ran.json["data"], ran.json["students"]) == (state, 2)
    assert message in ran.err
    assert backdrop("verify-data").status == (0 if state == "sound" else 4)


def newer(path: Path) -> bytes:
    """The content of a TinyDB file, in a format that this version doesn't know."""
    return re.sub(rb'"format":\d+', b'"format":99', path.read_bytes(), count=1)


def drop_line(path: Path, number: int) -> None:
    """Remove one line of a file."""
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:number] + lines[number + 1 :]))


def swap_letters(path: Path) -> None:
    """Change a file without changing its size."""
    path.write_bytes(path.read_bytes().replace(b"e", b"a", 1))


def only_undo_data(folder: DataFolder) -> Path:
    """The file of the only import's undo data."""
    (path,) = folder.imports.glob("*.json")
    return path


def test_without_set_up_nobody_can_sign_up(backdrop: Run, stored: DataFolder) -> None:
    stored.setup.unlink()
    ran = backdrop("sign-up", "--organisation", "X", "--name", "Y", "--email", "y@example.org")
    assert (ran.status, "setup.json is missing" in ran.err) == (4, True)
    assert not stored.setup.exists()
    ran = backdrop("status")
    assert (ran.status, "Stored: 2 students, 0 staff." in ran.out) == (4, True)
    assert "setup.json is missing" in ran.err
    ran = backdrop("status", "--format", "json")
    assert (ran.status, ran.json["steps"], ran.json["data"]) == (4, [], "missing")


def test_what_is_there_can_be_accepted(backdrop: Run, stored: DataFolder) -> None:
    stored.students.write_bytes(stored.students.read_bytes()[:-60])
    ran = backdrop("verify-data", "--accept", "--format", "json")
    assert (ran.status, ran.json["accepted"], len(ran.json["problems"])) == (0, True, 1)
    assert backdrop("verify-data").status == 0
    with School(stored, read_only=True) as school:
        assert school.stored(STUDENTS)["surname"].to_list() == ["Lee"]


def test_a_log_that_cant_be_written_is_said_after_what_was_stored(backdrop: Run, stored: DataFolder) -> None:
    stored.log.unlink()
    stored.log.mkdir()
    ran = backdrop("undo")
    assert (ran.status, ran.err.startswith("backdrop: Stored. The log could not be written:")) == (0, True)
    assert backdrop("status").status == 0


def test_a_command_that_writes_into_an_older_file_says_so_and_so_do_all_others(
    backdrop: Run, stored: DataFolder
) -> None:
    with School(stored, read_only=True) as school:
        first, second = school.stored(STUDENTS)["id"].to_list()
    older = stored.students.read_bytes()
    assert backdrop("person", first, "--left", "2025-07-17").err == ""
    stored.students.write_bytes(older)
    copy = f"What was there is kept as {stored.students}.altered."
    ran = backdrop("person", second, "--left", "2025-07-17")
    assert (ran.status, copy in ran.err) == (0, True)
    for command, status in (("verify-data", 4), ("status", 0), ("list", 0)):
        ran = backdrop(*([command, "leavers"] if command == "list" else [command]))
        assert (ran.status, copy in ran.out + ran.err) == (status, True)
    assert backdrop("verify-data", "--accept").status == 0
    assert backdrop("verify-data").status == 0


def test_undo_data_that_is_not_as_it_was_stored_is_not_used(backdrop: Run, stored: DataFolder) -> None:
    (path,) = stored.imports.glob("*.json")
    path.write_bytes(path.read_bytes() + b"\n")
    ran = backdrop("undo")
    assert (ran.status, ran.out) == (4, "")
    assert "is not as it was stored, so it can't be undone" in ran.err
    assert backdrop("list", "students").out.count("bd-") == 2
    assert backdrop("verify-data", "--accept").status == 0
    assert backdrop("undo").status == 0
