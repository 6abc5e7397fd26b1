"""`backdrop backup`, `backdrop restore` and `backdrop log`."""

import io
import sys
from pathlib import Path

import pytest

from backdrop_tui.school.audit_log import Event
from backdrop_tui.school.event_logging import try_to_log
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.cli import Run
from tests.support.imports import import_people, pupil, sign_up
from tests.support.made_up import STUDENTS


@pytest.fixture
def stored(data: DataFolder) -> DataFolder:
    """A school with two students."""
    data.create()
    with School(data) as school:
        sign_up(school)
        import_people(school, pupil("Lee"), pupil("May"))
    return data


def surnames(data: DataFolder) -> list[str]:
    """The surnames of all students."""
    with School(data, read_only=True) as school:
        return school.stored(STUDENTS)["surname"].to_list()


def test_everything_goes_into_a_file_and_back(backdrop: Run, stored: DataFolder, tmp_path: Path) -> None:
    ran = backdrop("backup", "a.backup")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == (
        "Everything is in a.backup, which has been read back and compared: 2 people, 1 import.\n"
    )
    with School(stored) as school:
        import_people(school, pupil("Ray"))
    ran = backdrop("restore", "a.backup", "--yes")
    assert (ran.status, ran.err) == (0, "")
    assert "a.backup was made on 2 March 2026 at 09:30." in ran.out
    assert "Students                2                       3\n" in ran.out
    assert f"Restored. What was stored before is kept in {stored.replaced}/2026-03-02T09" in ran.out
    assert surnames(stored) == ["Lee", "May"]
    assert "was restored" not in backdrop("status").err
    assert backdrop("verify-data").status == 0
    assert backdrop("--data", tmp_path / "new", "restore", "a.backup", "--yes").out.endswith(
        "Restored. Nothing was stored before.\n"
    )
    assert surnames(DataFolder(tmp_path / "new")) == ["Lee", "May"]


def test_whoever_was_erased_since_does_not_come_back(backdrop: Run, stored: DataFolder) -> None:
    backdrop("backup", "a.backup")
    with School(stored, read_only=True) as school:
        person = school.stored(STUDENTS)["id"][0]
    assert "been erased" not in backdrop("restore", "a.backup", "--yes").out
    assert backdrop("erase", person, "--yes").status == 0
    asked = backdrop("restore", "a.backup")
    assert "1 person in the backup has been erased since. They will be erased again.\n" in asked.out
    ran = backdrop("restore", "a.backup", "--yes")
    assert (ran.status, ran.err) == (0, "")
    assert (
        "Restored. 1 person in the backup who had been erased since was erased again, and isn't stored."
        in ran.out
    )
    assert surnames(stored) == ["May"]
    assert backdrop("undo").status == 0
    assert surnames(stored) == []


def test_an_existing_file_is_replaced_only_with_an_option(backdrop: Run, stored: DataFolder) -> None:
    assert backdrop("backup", "a.backup").status == 0
    ran = backdrop("backup", "a.backup")
    assert (ran.status, ran.error_line) == (
        2,
        "a.backup already exists. Choose another name. To replace a backup, use --replace.",
    )
    assert backdrop("backup", "a.backup", "--replace").status == 0
    assert surnames(stored) == ["Lee", "May"]


def test_a_backup_needs_data_and_a_file(backdrop: Run, data: DataFolder) -> None:
    ran = backdrop("backup", "a.backup")
    assert (ran.status, "There is no data in" in ran.error_line) == (2, True)
    assert not data.path.exists()
    assert "needs the name of a file" in backdrop("backup", "-").error_line


def test_what_is_no_backup_is_refused_and_changes_nothing(backdrop: Run, stored: DataFolder) -> None:
    backdrop("backup", "a.backup")
    sound = Path("a.backup").read_bytes()
    before = {path: path.read_bytes() for path in stored.path.glob("*.json")}
    newer = sound.replace(b'"students":4', b'"students":99', 1)
    for content, status, sentence in (
        (b"First Name\n", 2, "is not a backup of Back:drop."),
        (sound[:-100], 2, "is cut short: its end is missing."),
        (sound.replace(b"Lee", b"Lea"), 2, "is damaged: it isn't as it was written."),
        (newer, 4, "was saved by a newer version of Back:drop"),
    ):
        Path("b.backup").write_bytes(content)
        ran = backdrop("restore", "b.backup", "--yes")
        assert (ran.status, sentence in ran.error_line, ran.out) == (status, True, "")
    assert {path: path.read_bytes() for path in stored.path.glob("*.json")} == before
    assert not stored.replaced.exists()


def test_without_a_terminal_it_needs_an_option_and_at_one_it_asks(
    backdrop: Run, stored: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    backdrop("backup", "a.backup")
    with School(stored) as school:
        import_people(school, pupil("Ray"))
    ran = backdrop("restore", "a.backup")
    assert (ran.status, "Stored now" in ran.out) == (2, True)
    assert ran.error_line == "Nothing was changed, because nobody can be asked here. To go ahead, use --yes."
    for answer, students, status in (("no\n", 3, 2), ("\n", 3, 2), ("", 3, 2), ("Yes\n", 2, 0)):
        typed = io.StringIO(answer)
        typed.isatty = lambda: True  # type: ignore[method-assign]
        monkeypatch.setattr(sys, "stdin", typed)
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
        ran = backdrop("restore", "a.backup")
        assert "Replace what is stored with what is in the backup? [y/N]" in ran.err
        assert (ran.status, len(surnames(stored))) == (status, students)


def test_if_the_result_cant_be_written_the_next_start_says_it(
    backdrop: Run, stored: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    backdrop("backup", "a.backup")
    with School(stored) as school:
        import_people(school, pupil("Ray"))
    with Path("/dev/full").open("w") as full, monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", full)
        ran = backdrop("restore", "a.backup", "--yes")
    assert (ran.status, "Done, but the result can't be written" in ran.err) == (0, True)
    assert surnames(stored) == ["Lee", "May"]
    assert "The backup made on 2 March 2026 at 09:30 was restored on 2 March 2026" in backdrop("status").err
    assert backdrop("status").err == ""


def test_the_log_names_what_leaves_the_school(backdrop: Run, stored: DataFolder) -> None:
    assert backdrop("log", "--data", "missing").out == "Nothing has been logged yet.\n"
    backdrop("export", "students")
    backdrop("backup", "a.backup")
    with School(stored) as school:
        assert try_to_log(school, Event.NAMES_REPORTED, people=2) == ""
    ran = backdrop("log")
    assert (ran.status, ran.err) == (0, "")
    *lines, blank, sound = ran.out.splitlines()
    assert (blank, sound) == ("", "No lines are missing, and none have been changed.")
    whats = [line.split(")  ", 1)[1] for line in lines]
    assert whats[-3:] == ["export students, people 2", "backup, people 2", "report-names, people 2"]
    assert lines[0].startswith("2026-03-02 09:30")
    assert "Lee" not in ran.out
    assert [entry["event"] for entry in backdrop("log", "--format", "json").json["entries"]][
        -1
    ] == "report-names"


def test_a_log_that_was_changed_is_said_to_be(backdrop: Run, stored: DataFolder) -> None:
    stored.log.write_bytes(stored.log.read_bytes().replace(b'"added":2', b'"added":1'))
    ran = backdrop("log")
    assert (ran.status, "imported students, added 1" in ran.out) == (4, True)
    assert "has been changed." in ran.err
    assert backdrop("log", "--format", "json").json["problems"]
    assert backdrop("verify-data").status == 4
    assert backdrop("verify-data", "--accept").status == 0
    assert backdrop("log").status == 0
    assert "data-accepted, problems 1" in backdrop("log").out


def test_a_log_that_has_gone_is_not_said_to_be_empty(backdrop: Run, stored: DataFolder) -> None:
    stored.log.unlink()
    ran = backdrop("log")
    assert (ran.status, ran.out) == (4, "")
    assert "missing" in ran.err


def test_an_export_that_the_log_cant_take_is_still_done(backdrop: Run, stored: DataFolder) -> None:
    lock = stored.path / "journal.lock"
    lock.unlink()
    lock.mkdir()
    ran = backdrop("export", "students")
    assert (ran.status, "Lee" in ran.out) == (0, True)
    assert "Done, but this couldn't be noted in the audit log." in ran.err
