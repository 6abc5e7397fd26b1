"""Checking one person as typed in, by the rules of an import."""

from collections.abc import Mapping
from typing import Any

import pytest

from backdrop_tui.people import person_check
from backdrop_tui.people.person_check import PersonCheck, check_person, check_person_change
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school.school import School
from tests.support.imports import colleague, import_people, pupil
from tests.support.made_up import STAFF, STUDENTS, TODAY, by_key, student, upn

NEW = {
    "first_name": " Amira ",
    "surname": "o’neill",
    "date_of_birth": "14/3/2014",
    "gender": "girl",
    "year_group": "Year 7",
    "registration_group": "7B",
}


def problems(checked: PersonCheck) -> list[tuple[str | None, str]]:
    """The field and the level of each problem."""
    return [(problem.field, problem.level) for problem in checked.problems]


def stored(school: School, kind: RecordKind = STUDENTS, place: int = 0) -> dict[str, str | None]:
    """A stored person."""
    return school.stored(kind).row(place, named=True)


def test_texts_are_read_as_in_an_import(school: School) -> None:
    checked = check_person(school, STUDENTS, NEW | {"gender": "f"}, TODAY)
    assert checked.problems == ()
    stored = {"date_of_birth": "2014-03-14", "gender": "F", "year_group": "7", "upn": None}
    assert checked.person.items() >= stored.items()


def test_a_problem_comes_with_a_suggestion(school: School) -> None:
    checked = check_person(school, STUDENTS, NEW | {"date_of_birth": "31/02/2014"}, TODAY)
    assert problems(checked) == [("date_of_birth", "error"), ("gender", "error")]
    assert [problem.suggestion for problem in checked.problems] == [None, "F"]
    assert checked.has_errors


def test_a_upn_of_someone_else_is_refused_even_if_an_import_would_recognise_them(school: School) -> None:
    import_people(school, pupil("Abbott", upn=upn(1)))
    twin = NEW | {"first_name": "Zara", "surname": "Abbott", "gender": "", "upn": upn(1).lower()}
    assert problems(check_person(school, STUDENTS, twin, TODAY)) == [("upn", "error")]


def test_the_same_name_and_birth_date_as_someone_stored_is_a_warning(school: School) -> None:
    import_people(school, pupil("Abbott"))
    duplicate = {"first_name": "zoë", "surname": "ABBOTT", "date_of_birth": "06/05/2014", "year_group": "7", "registration_group": "7A"}  # fmt: skip
    assert problems(check_person(school, STUDENTS, duplicate, TODAY)) == [(None, "warning")]


@pytest.mark.parametrize(
    ("first_name", "surname"),
    [
        ("Zoe", "ABВOTТ"),
        ("Ζoe", "Abbott"),
        ("ZOЕ", "АBBOTT"),
        ("Z\u200boe", "Abbo\u3164tt"),
        ("Ｚｏｅ", "Abbott"),
    ],
)
def test_a_name_that_only_looks_the_same_as_that_of_someone_stored_is_a_warning(
    school: School, first_name: str, surname: str
) -> None:
    import_people(school, pupil("Abbott") | {"first_name": "Zoe"})
    twin = {"first_name": first_name, "surname": surname, "date_of_birth": "06/05/2014", "year_group": "7", "registration_group": "7A"}  # fmt: skip
    assert (None, "warning") in problems(check_person(school, STUDENTS, twin, TODAY))


@pytest.mark.parametrize("name", ["\u3164", "\u2800\u200b", "\U0001d159", "\U00016fe4", "\ufe0f"])
@pytest.mark.parametrize("field", ["first_name", "surname"])
def test_a_name_that_cant_be_seen_is_missing(school: School, field: str, name: str) -> None:
    assert (field, "error") in problems(check_person(school, STUDENTS, NEW | {field: name}, TODAY))


@pytest.mark.parametrize("email", ["jo.a@example.org", "JO.A@Example.org"])
def test_an_address_of_someone_else_is_refused(school: School, email: str) -> None:
    import_people(school, colleague("Abbott", "Teachers") | {"email": "jo.a@example.org"}, kind=STAFF)
    texts = {"first_name": "Jo", "surname": "Abbot", "job_role": "Teacher", "user_group": "Teachers", "email": email}  # fmt: skip
    assert problems(check_person(school, STAFF, texts, TODAY)) == [("email", "error")]


def test_a_person_typed_in_is_never_ambiguous(school: School) -> None:
    import_people(school, colleague("Abbott", "Teachers") | {"email": "a@example.org"}, kind=STAFF)
    import_people(school, colleague("Abbot", "TAs") | {"email": "b@example.org"}, kind=STAFF)
    person = stored(school, STAFF, 1)
    assert problems(check_person_change(school, STAFF, person, {"surname": "Abbott"}, TODAY)) == [
        (None, "warning")
    ]
    assert problems(check_person_change(school, STAFF, person, {"job_role": "Cook"}, TODAY)) == []


def test_only_problems_that_a_change_introduces_are_reported(school: School) -> None:
    import_people(school, pupil("Abb0tt", year_group="12", registration_group=None))
    person = stored(school)
    checked = check_person_change(school, STUDENTS, person, {"gender": "male"}, TODAY)
    assert checked.problems == ()
    assert checked.person == {key: person[key] for key in STUDENTS.keys} | {"gender": "M"}


def test_a_change_with_an_error_is_reported(school: School) -> None:
    import_people(school, pupil("Abbott", registration_group="7A"))
    assert problems(check_person_change(school, STUDENTS, stored(school), {"surname": ""}, TODAY)) == [
        ("surname", "error")
    ]


def test_a_person_is_never_a_duplicate_of_themselves(school: School) -> None:
    import_people(school, pupil("Abbott", upn=upn(1), registration_group="7A"))
    assert problems(check_person_change(school, STUDENTS, stored(school), {"upn": upn(1)}, TODAY)) == []


def test_a_namesakes_birth_date_says_nothing_about_someone_stored(school: School) -> None:
    import_people(
        school, pupil("Abbott", date_of_birth="2014-03-06"), pupil("Abbott", date_of_birth="2013-11-20")
    )
    namesake = next(p for p in school.stored(STUDENTS).to_dicts() if p["date_of_birth"] == "2013-11-20")
    checked = check_person_change(school, STUDENTS, namesake, {"date_of_birth": "03/06/2014"}, TODAY)
    assert problems(checked) == []


def test_a_namesakes_upn_is_not_suggested_to_someone_stored(school: School) -> None:
    namesakes = (
        pupil("Abbott", date_of_birth=born, upn=upn(n)) for n, born in enumerate(("2014-03-06", "2013-11-20"))
    )
    import_people(school, *namesakes)
    second = next(p for p in school.stored(STUDENTS).to_dicts() if p["upn"] == upn(1))
    checked = check_person_change(school, STUDENTS, second, {"upn": upn(0)[:-1]}, TODAY)
    assert [(problem.field, problem.suggestion) for problem in checked.problems] == [("upn", None)]


def test_the_stored_person_is_only_checked_if_something_else_may_be_wrong(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_people(school, by_key(student(0)))
    before = stored(school, place=-1)
    checked: list[str] = []

    def check_and_note(school: School, kind: RecordKind, texts: Mapping[str, str], *rest: Any) -> PersonCheck:  # noqa: ANN401 - as called
        checked.append(texts["first_name"])
        return check_person(school, kind, texts, *rest)

    monkeypatch.setattr(person_check, "check_person", check_and_note)
    check_person_change(school, STUDENTS, before, {"first_name": "Zora"}, TODAY)
    assert checked == ["Zora"]
    check_person_change(school, STUDENTS, before | {"gender": "x"}, {"first_name": "Zora"}, TODAY)
    assert checked == ["Zora", "Zora", "Amira"]
