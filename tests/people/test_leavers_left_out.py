"""People who have left are in no list and no count, and nobody's e-mail address or UPN becomes free."""

import pytest

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.people.changes import change_people
from backdrop_tui.people.group_management import remove_group, rename_group
from backdrop_tui.people.group_summary import member_counts
from backdrop_tui.people.invitation_sending import send_invitations
from backdrop_tui.people.invitees import invitees, set_address
from backdrop_tui.people.people_search import PeopleQuery, search_people
from backdrop_tui.people.person_check import check_person
from backdrop_tui.people.setting_changes import change_setting
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school.school import School
from backdrop_tui.steps.progress import set_up_progress
from tests.steps import states
from tests.support.colleagues import colleagues, opened
from tests.support.imports import colleague, import_people, person_id, pupil
from tests.support.made_up import STAFF, STUDENTS, TODAY, upn

LEFT = {"status": "left", "left_on": "2026-02-13"}


def leave(school: School, surname: str, kind: RecordKind = STUDENTS) -> None:
    change_people(school, kind, [person_id(school, surname, kind)], LEFT)


def test_a_search_finds_only_people_at_the_school(school: School) -> None:
    import_people(school, pupil("Abbott"), pupil("Baker"))
    first = search_people(school, STUDENTS, PeopleQuery(), TODAY)
    leave(school, "Abbott")
    result = search_people(school, STUDENTS, PeopleQuery(), TODAY, first)
    assert result.people["surname"].to_list() == ["Baker"]
    assert result.directory.people.height == 1


def test_leavers_are_counted_on_their_own(school: School) -> None:
    import_people(school, pupil("Abbott"), pupil("Baker"))
    import_people(school, colleague("Lee", "TAs"), kind=STAFF)
    assert set_up_progress(school).stored == "2 students, 1 staff"
    leave(school, "Abbott")
    leave(school, "Lee", STAFF)
    progress = set_up_progress(school)
    assert (progress.students, progress.staff, progress.leavers) == (1, 0, 2)
    assert progress.stored == "1 student, 0 staff, 2 leavers"
    assert states(school)["students"] == "done"
    assert states(school)["staff"] == "to-do"


def test_staff_who_have_left_are_members_of_no_group(school: School) -> None:
    import_people(school, colleague("Lee", "Mentors"), colleague("May", "TAs"), kind=STAFF)
    leave(school, "Lee", STAFF)
    assert member_counts(school) == {"TAs": 1}
    assert rename_group(school, "TAs", "Helpers") == ("Helpers", 1)
    assert rename_group(school, "Mentors", "Tutors") == ("Tutors", 0)
    assert school.leavers(STAFF)["user_group"].to_list() == ["Tutors"]
    assert remove_group(school, "Tutors") == ("Tutors", 0)


def test_staff_who_have_left_are_not_invited(school: School) -> None:
    opened(school)
    colleagues(school, ("Adams", "a@example.org"), ("Byrne", "b@example.org"))
    looked_up = invitees(school)
    leave(school, "Byrne", STAFF)
    assert [invitee.name for invitee in invitees(school)] == ["Jo Adams"]
    outcome = send_invitations(school, looked_up, pause=0)
    assert [result.invitee.name for result in outcome.results if result.state == "outbox"] == ["Jo Adams"]


def test_the_address_of_someone_who_has_left_is_still_theirs(school: School) -> None:
    opened(school)
    colleagues(school, ("Adams", None), ("Byrne", "b@example.org"))
    leave(school, "Byrne", STAFF)
    with pytest.raises(UnusableChoiceError, match="belongs to another member of staff"):
        set_address(school, person_id(school, "Adams", STAFF), "b@example.org")


def test_the_upn_of_someone_who_has_left_is_still_theirs(school: School) -> None:
    import_people(school, pupil("Abbott", upn=upn(1)))
    leave(school, "Abbott")
    check = check_person(
        school,
        STUDENTS,
        {"first_name": "Bo", "surname": "Ray", "date_of_birth": "01/01/2014", "upn": upn(1)},
        TODAY,
    )
    assert "upn" in {problem.field for problem in check.problems if problem.level == "error"}


@pytest.mark.usefixtures("frozen_day")
def test_a_new_setting_says_nothing_about_students_who_have_left(school: School) -> None:
    import_people(school, pupil("Abbott"), pupil("Baker"))
    leave(school, "Abbott")
    assert "1 student" in change_setting(school, "phase", "primary").note
    leave(school, "Baker")
    assert change_setting(school, "phase", "nursery").note == ""
