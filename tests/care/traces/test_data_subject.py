"""Whose a row is: a name alone is enough only where nothing shows that it is another person's."""

import pytest

from backdrop_tui.care.traces.data_subject import DataSubject, dates_in
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
        ({"first_name": "Zoe", "surname": "May", "date_of_birth": "04/03/2012"}, True, False),
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
