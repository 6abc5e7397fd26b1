"""`backdrop undo`, and `backdrop status` after imports."""

from io import StringIO
from pathlib import Path

import pytest

from backdrop_tui.imports.undo import undo
from backdrop_tui.school.import_history import ImportRecord, import_records, put_record
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.cli import Run
from tests.support.disk_states import DiskStates
from tests.support.imports import import_people, pupil, sign_up, states
from tests.support.made_up import STUDENTS, student, table
from tests.support.one_person import change_one


@pytest.fixture
def stored(data: DataFolder) -> None:
    """Two imports: the second one added two students and changed two."""
    data.create()
    with School(data) as school:
        import_people(school, pupil("Lee"), pupil("May"), file="first.csv")
        import_people(
            school,
            pupil("Lee", gender="F"),
            pupil("May", gender="F"),
            pupil("Ray"),
            pupil("Kim"),
            file="second.csv",
        )


def edit(data: DataFolder, surname: str) -> None:
    with School(data) as school:
        ids = dict(school.stored(STUDENTS).select("surname", "id").iter_rows())
        change_one(school.store.people("students"), ids[surname], {"year_group": "9"})


@pytest.mark.usefixtures("stored")
def test_undo_says_what_it_did(backdrop: Run, school: School) -> None:
    ran = backdrop("undo")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == "The import of second.csv has been undone: 2 students removed, 2 set back.\n"
    assert school.stored(STUDENTS)["gender"].to_list() == [None, None]


@pytest.mark.usefixtures("stored")
def test_each_undo_undoes_the_import_before(backdrop: Run) -> None:
    results = [backdrop("undo", "--format", "json").json for _ in range(2)]
    ids = [result.pop("import") for result in results]
    assert len(set(ids)) == 2
    assert results == [
        {
            "kind": "students",
            "file": "second.csv",
            "removed": 2,
            "restored": 2,
            "erased": 0,
            "was_finished": False,
        },
        {
            "kind": "students",
            "file": "first.csv",
            "removed": 2,
            "restored": 0,
            "erased": 0,
            "was_finished": False,
        },
    ]
    ran = backdrop("undo", "--format", "json")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "backdrop: There is no import to undo.\n"


@pytest.mark.usefixtures("stored")
def test_an_undo_that_was_interrupted_and_is_run_again_says_so_and_undoes_nothing_else(
    backdrop: Run, data: DataFolder, school: School
) -> None:
    with School(data) as killed:
        undo(killed)  # and its result is never printed
    ran = backdrop("undo")
    assert ran.status == 0
    assert ran.out.startswith(
        "The import of second.csv had already been undone when this command was interrupted."
    )
    assert states(school) == ["undone", "succeeded"]
    assert backdrop("undo").out.startswith("The import of first.csv has been undone")


@pytest.mark.usefixtures("stored")
def test_an_undo_that_is_killed_anywhere_and_typed_again_undoes_one_import(
    backdrop: Run, data: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed = DiskStates(data.path, tmp_path / "killed")
    killed.record(monkeypatch, lambda: backdrop("undo"))
    *cut_off, ended = killed.copies
    for place, left in (*((place, ["undone", "succeeded"]) for place in cut_off), (ended, ["undone"] * 2)):
        assert backdrop("--data", str(place), "undo").status == 0
        with School(DataFolder(place)) as school:
            assert states(school) == left


@pytest.mark.usefixtures("stored")
def test_an_import_is_undone_by_its_id(backdrop: Run, school: School) -> None:
    second, first = (record.id for record in import_records(school))
    ran = backdrop("undo", "--import", first)
    assert (ran.status, f"{second}" in ran.err) == (2, True)
    assert backdrop("undo", "--import", second).status == 0
    ran = backdrop("undo", "--import", second)
    assert (ran.status, "has already been undone" in ran.err) == (2, True)
    assert f"\nTo undo it: backdrop undo --import {first}\n" not in backdrop("status").out
    ran = backdrop("undo", "--import", "20260101")
    assert ran.status == 2
    assert (
        ran.error_line
        == f"There is no import “20260101”. The last one that can be undone is {first}, the import of first.csv."
    )


@pytest.mark.usefixtures("stored")
def test_the_status_shows_who_is_importing_or_restoring(backdrop: Run, data: DataFolder) -> None:
    running = "An import or a restore is running, started by "
    with School(data) as importing, importing.store.lease():
        assert running in backdrop("status").out
    assert running not in backdrop("status").out


@pytest.mark.usefixtures("stored")
def test_the_status_shows_how_the_last_import_is_undone(backdrop: Run, school: School) -> None:
    last = import_records(school)[0]
    assert f"\nTo undo it: backdrop undo --import {last.id}\n" in backdrop("status").out


def test_undoing_nothing_creates_no_folder(backdrop: Run, data: DataFolder) -> None:
    assert backdrop("undo").status == 2
    assert not data.path.exists()


@pytest.mark.usefixtures("stored")
def test_people_edited_since_are_listed_and_force_is_suggested(backdrop: Run, data: DataFolder) -> None:
    edit(data, "Ray")
    edit(data, "May")
    ran = backdrop("undo")
    assert ran.status == 2
    assert ran.out.splitlines()[0] == "Edited since the import:"
    assert [line.split("  ")[0] for line in ran.out.splitlines()[1:]] == ["Zoë May", "Zoë Ray"]
    assert ran.err == (
        "backdrop: 2 students have been edited since the import of second.csv, and undoing it would lose those edits. "
        "Nothing was changed. To undo it anyway, use --force.\n"
    )
    ran = backdrop("undo", "--format", "json")
    assert (ran.status, ran.out) == (2, "")
    assert backdrop("undo", "--force").status == 0


def test_an_import_of_the_command_line_is_undone(backdrop: Run, students_csv: Path, school: School) -> None:
    with School(school.folder) as new_school:
        new_school.folder.create()
        sign_up(new_school)
    assert backdrop("import", students_csv).status == 0
    result = backdrop("undo", "--format", "json").json
    assert (result["kind"], result["file"]) == ("students", "pupils.csv")
    assert (result["removed"], result["restored"]) == (10, 0)


def test_the_status_before_signing_up(backdrop: Run, data: DataFolder) -> None:
    ran = backdrop("status", "--format", "json")
    assert (ran.status, ran.err) == (0, "")
    status = ran.json
    assert list(status) == ["organisation", "steps", "students", "staff", "leavers", "data"]
    assert status["data"] == "sound"
    assert (status["organisation"], status["students"], status["staff"]) == (None, 0, 0)
    assert status["steps"] == [
        {"key": "sign-up", "title": "Sign up", "state": "to-do"},
        {"key": "verify-email", "title": "Verify your e-mail", "state": "locked"},
        {"key": "students", "title": "Students", "state": "locked"},
        {"key": "staff", "title": "Staff", "state": "locked"},
        {"key": "settings", "title": "Review system settings", "state": "locked"},
        {"key": "groups", "title": "Review user groups", "state": "locked"},
        {"key": "invite", "title": "Invite staff", "state": "locked"},
    ]
    assert not data.path.exists()


@pytest.mark.usefixtures("stored")
def test_the_status_in_words(backdrop: Run, data: DataFolder) -> None:
    with School(data) as school:
        sign_up(school, verified=False)
    lines = backdrop("status").out.splitlines()
    assert lines[:10] == [
        "Hill Top",
        "",
        "done     Sign up",
        "to do    Verify your e-mail",
        "done     Students",
        "locked   Staff (complete “Verify your e-mail” first)",
        "to do    Review system settings",
        "to do    Review user groups",
        "locked   Invite staff (complete “Verify your e-mail”, “Review system settings” and “Review user groups” first)",
        "",
    ]
    assert lines[10] == "Stored: 4 students, 0 staff."
    assert lines[11].startswith("Last import: second.csv, 2 March 2026 at ")
    assert lines[11].endswith(": 2 added, 2 updated, 0 unchanged, 0 left out.")
    assert lines[12].startswith("To undo it: backdrop undo --import 20260302-")
    assert lines[13:] == ["Next: Verify your e-mail (backdrop verify CODE)"]


@pytest.mark.usefixtures("stored")
def test_status_repairs_what_a_kill_has_left(backdrop: Run, data: DataFolder) -> None:
    with School(data) as school:
        put_record(school, ImportRecord("x", "students", "third.csv", "2026-03-02T09:30:00+00:00", "jo", ""))
    last = backdrop("status").out.splitlines()[-2]
    assert last == (
        "Last import: third.csv, 2 March 2026 at 09:30, by jo: interrupted. It was interrupted before anything was stored. "
        "Nothing was changed. Import it again."
    )


def test_a_damaged_folder_is_reported(backdrop: Run, data: DataFolder) -> None:
    data.create()
    data.setup.write_bytes(b"{")
    for command, shown in (("status", "Set-up can't be read."), ("undo", "")):
        ran = backdrop(command)
        assert (ran.status, ran.out.partition("\n")[0]) == (4, shown)
        assert "is damaged" in ran.err


def test_a_recorded_file_name_cannot_control_the_terminal(
    backdrop: Run, data: DataFolder, tmp_path: Path
) -> None:
    path = tmp_path / "\x1b[31mpupils.csv"
    path.write_bytes(table([student(0)]))
    data.create()
    with School(data) as school:
        import_people(school, pupil("Lee"), file=path.name)
    assert "\x1b" not in backdrop("status").out
    assert "\x1b" not in backdrop("undo").out


def at_a_terminal(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """Let commands be run at a terminal, where these lines are typed."""
    typed = StringIO("".join(f"{line}\n" for line in lines))
    typed.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr("sys.stdin", typed)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)


@pytest.mark.usefixtures("stored")
def test_at_a_terminal_it_says_what_would_be_undone_and_asks(
    backdrop: Run, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_a_terminal(monkeypatch, "no", "y")
    ran = backdrop("undo")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("This will undo the whole of the import of second.csv, 2 March 2026 at ")
    assert (
        "2 students will be removed, 2 set back to what they were. Undo it? [y/N] backdrop: Nothing was changed."
        in ran.err
    )
    assert states(school) == ["succeeded", "succeeded"]
    ran = backdrop("undo", "--format", "json")
    assert (ran.json["file"], ran.json["removed"]) == ("second.csv", 2)
    assert backdrop("undo", "--yes").status == 0
    assert states(school) == ["undone", "undone"]


@pytest.mark.usefixtures("stored")
def test_at_a_terminal_nothing_is_asked_where_nothing_would_be_undone(
    backdrop: Run, data: DataFolder, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_a_terminal(monkeypatch)
    first = import_records(school)[1].id
    assert "has finished since" in backdrop("undo", "--import", first).err
    edit(data, "Ray")
    assert "has been edited since" in backdrop("undo").err
    with School(data) as killed:
        undo(killed, force=True)  # and its result is never printed
    assert "had already been undone when this command was interrupted" in backdrop("undo").out
    assert states(school) == ["undone", "succeeded"]
    backdrop("undo", "--yes")
    assert "There is no import to undo" in backdrop("undo").err


@pytest.mark.usefixtures("stored")
def test_an_import_that_finishes_while_it_is_asked_is_not_undone(
    backdrop: Run, data: DataFolder, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(*_: object, **__: object) -> None:
        with School(data) as other:
            import_people(other, pupil("Fox"), file="third.csv")

    monkeypatch.setattr("backdrop_tui.cli.undo.is_at_terminal", lambda: True)
    monkeypatch.setattr("backdrop_tui.cli.undo.confirm", answer)
    ran = backdrop("undo")
    assert (ran.status, "has finished since" in ran.err) == (2, True)
    assert states(school) == ["succeeded"] * 3
