"""Adding people by hand by ear, one field after the other."""

import pytest

from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.draft_listing import open_drafts
from backdrop_tui.records.staff import STAFF
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.cli.plain.listener import listen
from tests.support.imports import import_people, pupil
from tests.support.made_up import upn

pytestmark = pytest.mark.usefixtures("signed_up")

AMIRA = ("Amira", "O'Neill", "14/03/2014", "F", "", "7A", "")
BEN = ("Ben", "Okafor", "02/09/2013", "M", "7", "7B", upn(1))
BY_HAND = ("> Students", "> Add students by hand")


def test_students_are_typed_in_checked_and_stored(school: School) -> None:
    _, heard = listen(
        *BY_HAND,
        *("Amira", "O'Neill", "31/02/2014", "14/03/2014", "Boy", "n", "Girl", "y", "", "", "A123", ""),
        *("> Add the next", *BEN, "> Hear who", "> Change a row", "> Row 1", "> Change a cell"),
        *("> Registration", "7A", "0", "> Everyone is typed in", "0", "> Everyone", "> Go on", "> Complete"),
    )
    assert "Row 1. First Name: the legal first name." in heard
    assert "Needed. Press Enter alone to fill it in later." in heard
    assert "Gender: M or F." in heard
    assert "31/02/2014 is not a real date." in heard
    assert "“Boy” can't be stored as a gender." in heard
    assert "Should it be “M”?" in heard
    assert (
        "Press Enter alone to take Year 7, from the date of birth. Type a hyphen (-) to leave it blank."
        in heard
    )
    assert "“A123” has 4 characters" in heard
    assert "Still missing: Registration Group. You can fill that in later." in heard
    assert "2 students typed in so far." in heard
    assert "Registration Group is missing." in heard
    assert "Complete. 2 added, 0 updated, 0 unchanged, 0 left out." in heard
    people = school.stored(STUDENTS).select("first_name", "gender", "year_group", "registration_group")
    assert people.rows() == [("Amira", "F", "7", "7A"), ("Ben", "M", "7", "7B")]


def test_what_is_typed_in_is_kept_field_by_field_and_carried_on_with(
    data: DataFolder, school: School
) -> None:
    status, _ = listen(*BY_HAND, *AMIRA, "> Add the next", "Ben", "Okafor")
    assert status == 0
    (listed,) = open_drafts(data)
    draft = Draft.open(data, listed.id)  # as the app does
    assert draft.facts.by_hand
    assert (draft.edits.added, draft.edits.cells[2, "surname"]) == ([1, 2], "Okafor")
    draft.close()
    _, heard = listen(
        *("> Carry on with students by hand", "> Undo: Surname in row 2", "> Carry on with row 2"),
        *(*BEN[1:], "0", "> Carry on with students by hand", "> Everyone", "> Go on", "> Complete"),
    )
    assert "Carry on with row 2. Next: Surname" in heard
    assert (
        "What you have typed in is kept: 2 students. You can carry on with it, here or in the app." in heard
    )
    assert school.stored(STUDENTS)["surname"].to_list() == ["O'Neill", "Okafor"]


def test_nothing_typed_in_leaves_nothing_behind(data: DataFolder) -> None:
    _, heard = listen(*BY_HAND, "-", "", "0", *BY_HAND)
    assert "Press Enter alone if there is nobody to add." in heard
    assert "“-” has no letters. Type in the first name." in heard
    assert open_drafts(data) == []


def test_a_warning_is_asked_about_once(data: DataFolder) -> None:
    _, heard = listen(*BY_HAND, "J0", "n", "J0", "y", *AMIRA[1:], "> Everyone is typed in")
    assert heard.count("Is “J0” right?") == 2
    assert "Put right.\n1 ready, 0 with errors." in heard
    (listed,) = open_drafts(data)
    draft = Draft.open(data, listed.id)
    assert {key for _, key, _ in draft.edits.accepted} == {"first_name"}
    draft.close()


def test_someone_who_is_stored_already_is_asked_about_at_once(data: DataFolder, school: School) -> None:
    with School(data) as stored:
        import_people(stored, pupil("Smith", date_of_birth="2014-03-14"))
    _, heard = listen(
        *(*BY_HAND, "Zoë", "Jones", "14/03/2014", "", "", "7A", "", "> The same child"),
        *("> Everyone", "> Go on", "> Hear who changes", "> Complete"),
    )
    assert "Is this the same child?" in heard
    assert "Complete. 0 added, 1 updated" in heard
    assert school.stored(STUDENTS)["surname"].to_list() == ["Jones"]


def test_a_row_can_be_left_out_and_put_back(school: School) -> None:
    _, heard = listen(
        *(*BY_HAND, *AMIRA, "> Add the next", *BEN, "> Change a row", "0"),
        *("> Change a row", "> Row 2", "> Leave this row out", "> Put this row back", "> Leave", "0"),
        *("> Hear who", "> Everyone", "> Go on", "> Complete"),
    )
    assert "It is left out." in heard
    assert school.stored(STUDENTS)["first_name"].to_list() == ["Amira"]


def test_staff_get_the_group_that_their_job_role_suggests(school: School) -> None:
    _, heard = listen(
        *(
            "> Staff",
            "> Add staff by hand",
            "Sam",
            "Lee",
            "Class Teacher",
            "Teachrs",
            "y",
            "s.lee@example.org",
        ),
        *("> Add the next", "Jo", "Moss", "Designated Safeguarding Lead", "", ""),
        *("> Everyone", "> Go on", "> Complete"),
    )
    assert "Press Enter alone to take DSLs" in heard
    assert school.stored(STAFF)["user_group"].to_list() == ["Teachers", "DSLs"]
