"""Searching and sorting the people stored."""

import pytest

from backdrop_tui.people.directory import Directory, Order
from tests.support.made_up import STUDENTS, stored

PEOPLE = stored(
    STUDENTS,
    {"first_name": "Zoë", "surname": "Núñez", "date_of_birth": "2012-03-14", "year_group": "10", "registration_group": "10B"},
    {"first_name": "Adam", "surname": "abbott", "date_of_birth": "2015-04-01", "year_group": "R"},
    {"first_name": "Bea", "surname": "Abbott", "date_of_birth": "2012-03-02", "year_group": "9", "registration_group": "9B"},
    {"first_name": "Cai", "surname": "de Souza", "year_group": "2", "upn": "A012"},
)  # fmt: skip
DIRECTORY = Directory(STUDENTS, PEOPLE)


def first_names_found(words: str = "", key: str = "surname", *, descending: bool = False) -> list[str]:
    return DIRECTORY.find(words, Order(key, descending=descending))["first_name"].to_list()


@pytest.mark.parametrize(
    ("words", "first_names"),
    [
        ("", ["Adam", "Bea", "Cai", "Zoë"]),
        ("nunez", ["Zoë"]),
        ("NÚÑEZ", ["Zoë"]),
        ("zoe 10b", ["Zoë"]),
        ("abbott", ["Adam", "Bea"]),
        ("abbott 9", ["Bea"]),
        ("03/2012", ["Bea", "Zoë"]),
        ("a012", ["Cai"]),
        ("de souza", ["Cai"]),
        (".*", []),
        ("nobody", []),
        ("  ", ["Adam", "Bea", "Cai", "Zoë"]),
    ],
)
def test_every_search_word_is_looked_for_in_all_fields(words: str, first_names: list[str]) -> None:
    assert first_names_found(words) == first_names


def test_year_groups_are_sorted_in_school_order() -> None:
    assert first_names_found(key="year_group") == ["Adam", "Cai", "Bea", "Zoë"]
    assert first_names_found(key="year_group", descending=True) == ["Zoë", "Bea", "Cai", "Adam"]


def test_blank_values_come_last_and_equal_values_are_sorted_by_name() -> None:
    assert first_names_found(key="registration_group") == ["Zoë", "Bea", "Adam", "Cai"]
    assert first_names_found(key="upn", descending=True) == ["Cai", "Adam", "Bea", "Zoë"]


def test_a_search_can_be_limited_to_some_people() -> None:
    ids = PEOPLE["id"].to_list()
    assert DIRECTORY.find("b", only=ids[:2])["first_name"].to_list() == ["Adam", "Zoë"]


def test_a_search_returns_people_with_all_their_columns() -> None:
    assert DIRECTORY.find("cai").columns == PEOPLE.columns
    assert DIRECTORY.find().sort("id").equals(PEOPLE.sort("id"))
