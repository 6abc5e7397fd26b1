"""Whose a row is: a name alone is enough only where nothing shows that it is another person's."""

import pytest

from backdrop_tui.care.traces.data_subject import DataSubject, fold
from backdrop_tui.care.traces.written_dates import dates_in
from tests.support.made_up import STUDENTS

PERSON = {"first_name": "Zoë", "surname": "Lee", "date_of_birth": "2012-03-04", "upn": "H801200001001"}
OTHER = {"first_name": "Zoe", "surname": "Lee", "date_of_birth": "2010-01-09", "upn": "K801200001002"}
ALONE = DataSubject(STUDENTS, "bd-1", (PERSON, PERSON | {"surname": "May"}))
SHARING = DataSubject(STUDENTS, "bd-1", (PERSON,), (OTHER,), frozenset({"zoe", "lee"}))


@pytest.mark.parametrize(
    ("values", "alone", "sharing"),
    [
        (PERSON, True, True),
        ({"first_name": "ZOE", "surname": "lee"}, True, False),
        ({"first_name": "Zoe", "surname": "May", "date_of_birth": "04/03/2012"}, True, True),
        ({"first_name": "Zoe", "surname": "Lee", "date_of_birth": "03/04/2012"}, True, True),
        ({"first_name": "Zoe", "surname": "Lee", "date_of_birth": "5 March 2012"}, True, True),
        ({"first_name": "Zoe", "surname": "Lee", "date_of_birth": "09/01/2010"}, False, False),
        ({"first_name": "Zoe", "surname": "Lee", "date_of_birth": "none"}, True, False),
        ({"first_name": "Zo", "surname": "Lee", "date_of_birth": "2012-03-04"}, True, True),
        ({"first_name": "Zo", "surname": "Lee", "date_of_birth": "2012-03-04", "upn": "X1"}, False, False),
        ({"first_name": "Ann", "surname": "Lee", "date_of_birth": "2012-03-04"}, False, False),
        ({"upn": "h801200001001 "}, True, True),
        ({"first_name": "Ben", "surname": "Ray", "upn": "H801200001001"}, False, False),
        ({"first_name": "Zoe", "surname": "Ray", "former_upn": "H801200001001"}, True, True),
        (OTHER, False, False),
    ],
)
def test_whose_a_row_is(values: dict[str, str], *, alone: bool, sharing: bool) -> None:
    assert ALONE.is_row(values) is alone
    assert SHARING.is_row(values) is sharing


def test_a_record_is_known_by_its_id_alone() -> None:
    assert ALONE.is_record(OTHER | {"id": "bd-1"})
    assert not ALONE.is_record(PERSON | {"id": "bd-2"})
    assert ALONE.is_record(PERSON)


def test_what_was_typed_counts_if_nobody_else_has_the_name() -> None:
    assert ALONE.is_hinted_at("lee")
    assert not SHARING.is_hinted_at("lee")
    assert SHARING.is_hinted_at("Zoë Lee, 04/03/2012")
    assert not ALONE.is_hinted_at("Leeds")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2012-03-04", {"2012-03-04"}),
        ("04/03/2012", {"2012-03-04", "2012-04-03"}),
        ("14/03/12", {"2012-03-14"}),
        ("40982", {"2012-03-14"}),
        ("14 Mar 2012", {"2012-03-14"}),
        ("March 14th, 1999", {"1999-03-14"}),
        ("31/02/2012", set()),
        ("", set()),
    ],
)
def test_days_are_read_however_they_are_written(text: str, days: set[str]) -> None:
    assert {day.isoformat() for day in dates_in(text)} == days


KHAN = {
    "first_name": "Mohammed",
    "surname": "Khan",
    "date_of_birth": "2013-10-01",
    "registration_group": "8A",
    "gender": "M",
}
SIMILAR = KHAN | {"id": "bd-2", "first_name": "Mohammed Ali", "date_of_birth": "2013-11-02", "upn": "U2"}
TWIN = KHAN | {"id": "bd-3", "first_name": "Mohammed Omar"}
SAME_DAY = KHAN | {"id": "bd-4", "surname": "Shah"}
SWAPPED_DAY = KHAN | {"id": "bd-5", "surname": "Aziz", "date_of_birth": "2013-01-10"}


@pytest.mark.parametrize(
    ("changes", "is_theirs"),
    [
        ({"first_name": "Khan", "surname": "Mohammed"}, True),
        ({"first_name": "Khan", "surname": "Mohammed", "date_of_birth": "2013-10-02"}, False),
        ({"first_name": "Mohammed Tariq"}, True),
        ({"first_name": "Mohammed Tariq", "date_of_birth": "2013-12-02"}, False),
        ({"first_name": "Mohammed Ali", "date_of_birth": "02/11/2013"}, False),
        ({"first_name": "Mohammed Ali", "date_of_birth": ""}, False),
        ({"first_name": "Khan", "surname": "Mohammed Ali", "date_of_birth": "02/11/2013"}, False),
        ({"first_name": "Mohammed Omar"}, False),
        ({"upn": "u2"}, False),
        ({"surname": "Shah"}, False),
        ({"surname": "Aziz", "date_of_birth": "10/01/2013"}, False),
        ({"surname": "Former", "date_of_birth": "10/01/2013"}, False),
        ({"surname": "Former", "date_of_birth": "10012013"}, False),
    ],
)
def test_a_row_like_the_person_is_that_of_someone_else_who_fits_better(
    changes: dict[str, str], *, is_theirs: bool
) -> None:
    person = DataSubject(STUDENTS, "bd-1", (KHAN,), (SIMILAR, TWIN, SAME_DAY, SWAPPED_DAY))
    assert person.is_row(KHAN | changes) is is_theirs


def test_those_who_could_be_taken_for_someone_are_known() -> None:
    person = DataSubject(STUDENTS, "bd-1", (KHAN,))
    for other in (SIMILAR, TWIN, SAME_DAY, SWAPPED_DAY, KHAN | {"first_name": "Khan", "surname": "Mohammed"}):
        assert person.is_similar((fold(other["first_name"]), fold(other["surname"])), other)
    assert not person.is_similar(("mohammed", "aziz"), SWAPPED_DAY | {"date_of_birth": "2013-02-10"})
    assert not person.is_similar(("omar", "shah"), SAME_DAY | {"first_name": "Omar"})


@pytest.mark.parametrize(
    ("changes", "is_theirs"),
    [
        ({}, True),
        ({"registration_group": "", "gender": "Male"}, True),
        ({"upn": "mistyped"}, True),
        ({"registration_group": "8B"}, False),
        ({"gender": "F"}, False),
        ({"date_of_birth": "2013-10-02"}, False),
        ({"first_name": "Ali"}, False),
    ],
)
def test_a_row_with_another_surname_is_theirs_unless_it_shows_that_it_is_not(
    changes: dict[str, str], *, is_theirs: bool
) -> None:
    assert DataSubject(STUDENTS, "bd-1", (KHAN,)).is_row(KHAN | {"surname": "Former"} | changes) is is_theirs
    with_upn = DataSubject(STUDENTS, "bd-1", (KHAN | {"upn": "U1"},))
    assert not with_upn.is_row(KHAN | {"surname": "Former", "upn": "U9"})


def test_a_name_that_contains_that_of_another_person_is_still_found() -> None:
    versions = (SIMILAR, SIMILAR | {"surname": "Khan-Shah"})
    person = DataSubject(STUDENTS, "bd-2", versions, (KHAN,), frozenset({"mohammed", "khan"}))
    for text in ("Mohammed Ali Khan", "Khan Mohammed Ali", "Mohammed Ali Khan-Shah"):
        assert person.redacted(text, "") == ""
    assert person.redacted("Mohammed Khan", "") == "Mohammed Khan"


def test_a_line_about_a_twin_or_someone_with_a_longer_name_is_not_theirs() -> None:
    person = DataSubject(STUDENTS, "bd-1", (KHAN,), (SIMILAR, TWIN, SAME_DAY))
    assert not person.is_line("Mohammed Omar,Khan,2013-10-01")
    assert not person.is_line("Mohammed,Shah,2013-10-01")
    assert not person.is_line("Mohammed Ali Khan")
    assert person.is_line("Mohammed,Khan,2013-10-01")
    assert person.is_line("Mohammed,Former,2013-10-01")
