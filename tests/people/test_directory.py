"""Searching and sorting the people stored."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backdrop_tui.people.directory import Directory, Order, changed_places
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


def test_a_search_returns_people_with_all_their_columns() -> None:
    assert DIRECTORY.find("cai").columns == PEOPLE.columns
    assert DIRECTORY.find().sort("id").equals(PEOPLE.sort("id"))


ORDERS = [
    Order(key, descending=descending)
    for key in ("surname", "year_group", "upn")
    for descending in (False, True)
]
changes = st.lists(
    st.tuples(
        st.integers(0, PEOPLE.height - 1),
        st.sampled_from(["first_name", "surname", "year_group", "upn"]),
        st.sampled_from([None, "abbott", "Abbott", "Núñez", "de Souza", "7", "10", "R"]),
    ),
    max_size=6,
)


@settings(max_examples=15, deadline=None)
@given(changes)
def test_a_directory_that_follows_changes_finds_the_same_as_a_new_one(
    made: list[tuple[int, str, str | None]],
) -> None:
    directory, people = DIRECTORY, PEOPLE
    for order in ORDERS:
        directory.find("a", order)
    for place, key, value in made:
        people = people.with_columns(
            pl.when(pl.int_range(pl.len()) == place).then(pl.lit(value)).otherwise(key).alias(key)
        )
        directory = directory.updated(people)
    for order in ORDERS:
        for words in ("", "a"):
            assert directory.find(words, order).equals(Directory(STUDENTS, people).find(words, order))


def test_a_directory_follows_people_who_are_added_and_removed() -> None:
    DIRECTORY.find("a")
    assert DIRECTORY.updated(PEOPLE[1:]).find()["first_name"].to_list() == ["Adam", "Bea", "Cai"]
    assert DIRECTORY.updated(PEOPLE[1:]).updated(PEOPLE).find("zoe").height == 1


def test_only_people_who_have_changed_are_read_again() -> None:
    later = PEOPLE.with_columns(surname=pl.col("surname").replace("Núñez", "Ames"))
    assert changed_places(PEOPLE, PEOPLE) is not None
    assert changed_places(PEOPLE, PEOPLE[1:]) is None
    changed = changed_places(PEOPLE, later)
    assert changed is not None
    assert changed.to_list() == [0]
