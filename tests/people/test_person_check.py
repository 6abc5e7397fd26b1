"""One person as typed in, looked over by the rules of an import."""

import pytest

from backdrop_tui.people.person_check import PersonCheck, check_person, check_person_change
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school.school import School
from tests.support.imports import bring, colleague, pupil
from tests.support.made_up import STAFF, STUDENTS, TODAY, upn

NEW = {
    "first_name": " Amira ",
    "surname": "o’neill",
    "date_of_birth": "14/3/2014",
    "gender": "girl",
    "year_group": "Year 7",
    "registration_group": "7B",
}


def said(entry: PersonCheck) -> list[tuple[str | None, str]]:
    """Where the problems are, and how bad they are."""
    return [(problem.field, problem.level) for problem in entry.problems]


def stored(school: School, kind: RecordKind = STUDENTS, place: int = 0) -> dict[str, str | None]:
    """Somebody stored."""
    return school.stored(kind).row(place, named=True)


def test_what_is_typed_is_read_as_in_an_import(school: School) -> None:
    entry = check_person(school, STUDENTS, NEW | {"gender": "f"}, TODAY)
    assert entry.problems == ()
    assert entry.person == {
        "first_name": "Amira",
        "surname": "o'neill",
        "date_of_birth": "2014-03-14",
        "gender": "F",
        "year_group": "7",
        "registration_group": "7B",
        "upn": None,
        "admission_number": None,
    }


def test_what_is_wrong_is_said_with_a_suggestion(school: School) -> None:
    entry = check_person(school, STUDENTS, NEW | {"date_of_birth": "31/02/2014"}, TODAY)
    assert said(entry) == [("date_of_birth", "error"), ("gender", "error")]
    assert [problem.suggestion for problem in entry.problems] == [None, "F"]
    assert entry.has_errors


def test_a_upn_of_somebody_else_is_refused_even_where_an_import_would_recognise_them(school: School) -> None:
    bring(school, pupil("Abbott", upn=upn(1)))
    twin = NEW | {"first_name": "Zara", "surname": "Abbott", "gender": "", "upn": upn(1).lower()}
    assert said(check_person(school, STUDENTS, twin, TODAY)) == [("upn", "error")]


def test_somebody_of_the_same_name_and_birth_is_asked_about(school: School) -> None:
    bring(school, pupil("Abbott"))
    again = {"first_name": "zoë", "surname": "ABBOTT", "date_of_birth": "06/05/2014", "year_group": "7", "registration_group": "7A"}  # fmt: skip
    assert said(check_person(school, STUDENTS, again, TODAY)) == [(None, "warning")]


@pytest.mark.parametrize("email", ["jo.a@example.org", "JO.A@Example.org"])
def test_an_address_of_somebody_else_is_refused(school: School, email: str) -> None:
    bring(school, colleague("Abbott", "Teachers") | {"email": "jo.a@example.org"}, kind=STAFF)
    texts = {"first_name": "Jo", "surname": "Abbot", "job_role": "Teacher", "user_group": "Teachers", "email": email}  # fmt: skip
    assert said(check_person(school, STAFF, texts, TODAY)) == [("email", "error")]


def test_a_third_of_one_name_is_no_riddle_where_it_is_plain_who_is_meant(school: School) -> None:
    bring(school, colleague("Abbott", "Teachers") | {"email": "a@example.org"}, kind=STAFF)
    bring(school, colleague("Abbot", "TAs") | {"email": "b@example.org"}, kind=STAFF)
    person = stored(school, STAFF, 1)
    assert said(check_person_change(school, STAFF, person, {"surname": "Abbott"}, TODAY)) == [
        (None, "warning")
    ]
    assert said(check_person_change(school, STAFF, person, {"job_role": "Cook"}, TODAY)) == []


def test_only_what_changes_is_read_anew_and_only_what_it_brings_in_is_a_problem(school: School) -> None:
    bring(school, pupil("Abb0tt", year_group="12", registration_group=None))
    person = stored(school)
    entry = check_person_change(school, STUDENTS, person, {"gender": "male"}, TODAY)
    assert entry.problems == ()
    assert entry.person == {key: value for key, value in person.items() if key != "id"} | {"gender": "M"}


def test_a_change_that_is_wrong_is_said(school: School) -> None:
    bring(school, pupil("Abbott", registration_group="7A"))
    assert said(check_person_change(school, STUDENTS, stored(school), {"surname": ""}, TODAY)) == [
        ("surname", "error")
    ]


def test_somebody_is_never_taken_for_somebody_else_than_themselves(school: School) -> None:
    bring(school, pupil("Abbott", upn=upn(1), registration_group="7A"))
    assert said(check_person_change(school, STUDENTS, stored(school), {"upn": upn(1)}, TODAY)) == []
