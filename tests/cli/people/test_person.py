"""`backdrop person`: one person is shown and changed."""

import pytest

from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.cli import Run
from tests.support.imports import colleague, import_people, person_id, pupil
from tests.support.made_up import STAFF, STUDENTS


@pytest.fixture
def lee(data: DataFolder) -> str:
    """The id of a student."""
    data.create()
    with School(data) as school:
        import_people(school, pupil("Lee", registration_group="7A"), pupil("May"))
        return person_id(school, "Lee")


@pytest.fixture
def khan(data: DataFolder) -> str:
    """The id of a safeguarding lead."""
    data.create()
    with School(data) as school:
        import_people(school, colleague("Khan", "DSLs"), kind=STAFF)
        return person_id(school, "Khan", STAFF)


def test_without_options_a_person_is_shown_and_nothing_changes(
    backdrop: Run, lee: str, school: School
) -> None:
    entries = len(school.store.logged())
    ran = backdrop("person", lee)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        f"ID                  {lee}",
        "First Name          Zoë",
        "Surname             Lee",
        "Date of Birth       06/05/2014",
        "Year Group          7",
        "Registration Group  7A",
        "Status              at the school",
    ]
    assert len(school.store.logged()) == entries


def test_everything_about_a_leaver_is_said_at_once(backdrop: Run, lee: str) -> None:
    ran = backdrop(
        "person", lee, "--left", "13/02/2026", "--to", "Hill School", "--file", "sent=2026-02-20", "--keep", "Inquiry"
    )  # fmt: skip
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines()[-3:] == [
        "Status              left on 13/02/2026 for Hill School",
        "Safeguarding file   sent 20/02/2026",
        "Kept because        Inquiry",
    ]
    receipt = backdrop("person", lee, "--file", "receipt=24/02/2026", "--format", "json").json
    assert receipt | {"id": lee, "kind": "students", "status": "left", "left_on": "2026-02-13"} == receipt
    assert (receipt["file_state"], receipt["file_sent_on"], receipt["receipt_on"]) == (
        "received",
        "2026-02-20",
        "2026-02-24",
    )
    assert receipt["keep"] == "Inquiry"
    assert "Hill School" not in backdrop("person", lee, "--to", "").out
    back = backdrop("person", lee, "--back", "--keep", "", "--format", "json").json
    assert (back["status"], back["left_on"], back["file_state"], back["keep"]) == (
        "current",
        None,
        None,
        None,
    )


def test_all_changes_are_made_or_none(backdrop: Run, lee: str, school: School) -> None:
    ran = backdrop("person", lee, "--left", "2026-02-13", "--file", "sent=2026-04-01")
    assert (ran.status, ran.out) == (2, "")
    assert "can't be in the future" in ran.error_line
    assert school.leavers(STUDENTS).is_empty()


def test_a_safeguarding_lead_leaves_and_is_confirmed(backdrop: Run, khan: str) -> None:
    assert backdrop("person", khan, "--left", "2026-02-13").status == 0
    assert backdrop("list", "leavers", "--outstanding", "--format", "json").json["leavers"][0]["id"] == khan
    assert backdrop("person", khan, "--confirm").status == 0
    assert backdrop("list", "leavers", "--outstanding", "--format", "json").json == {"leavers": []}


def test_a_user_group_is_changed(backdrop: Run, khan: str) -> None:
    assert backdrop("person", khan, "--group", "teacher", "--format", "json").json["user_group"] == "Teachers"
    ran = backdrop("person", khan, "--group", "Nobodies")
    assert (ran.status, "There is no user group" in ran.error_line) == (2, True)


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--group", "TAs"], "--group can't be used for a student."),
        (["--confirm"], "--confirm can't be used for a student."),
        (["--back"], "This student hasn't left."),
        (["--to", "Hill School"], "This student hasn't left. Add --left DATE."),
        (["--file", "none"], "This student hasn't left. Add --left DATE."),
        (["--back", "--left", "2026-02-13"], "Use --back without --left."),
        (["--left", "soon"], "“soon” is not a date. Type one like 02/03/2026."),
        (["--left", "2026-02-13", "--file", "posted"], "“posted” isn't something that can be noted about a file. Use none, to-send, sent=DATE or receipt=DATE."),
    ],
)  # fmt: skip
def test_options_that_do_not_apply_are_refused(
    backdrop: Run, lee: str, school: School, options: list[str], reason: str
) -> None:
    before = school.stored(STUDENTS)
    ran = backdrop("person", lee, *options)
    assert (ran.status, ran.error_line) == (2, reason)
    assert school.stored(STUDENTS).equals(before)


def test_staff_have_no_safeguarding_file(backdrop: Run, khan: str) -> None:
    ran = backdrop("person", khan, "--left", "2026-02-13", "--file", "none")
    assert (ran.status, ran.error_line) == (2, "--file can't be used for a member of staff.")


@pytest.mark.parametrize("options", [[], ["--left", "2026-02-13"]])
def test_an_unknown_id_is_refused(backdrop: Run, data: DataFolder, options: list[str]) -> None:
    ran = backdrop("person", "bd-1", *options)
    assert (ran.status, ran.out) == (2, "")
    assert "Nobody has the id “bd-1”." in ran.error_line
    assert not data.students.exists()
