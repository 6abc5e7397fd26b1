from pathlib import Path

import polars as pl
import pytest

from backdrop_tui.people.directory import Order
from backdrop_tui.people.people_search import PeopleQuery, names_in_sentence, search_people
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.support.imports import import_people, pupil
from tests.support.made_up import STUDENTS, TODAY
from tests.support.one_person import remove_one


@pytest.fixture
def school(tmp_path: Path) -> School:
    """A school of three students."""
    folder = DataFolder(tmp_path / "data")
    folder.create()
    school = School(folder)
    import_people(school, *(pupil(name) for name in ("Abbott", "Baker", "Dunn")))
    return school


def surnames(people: pl.DataFrame) -> list[str]:
    return people["surname"].to_list()


def test_a_search_finds_words_and_sorts(school: School) -> None:
    query = PeopleQuery("b", Order("surname", descending=True))
    result = search_people(school, STUDENTS, query, TODAY)
    assert surnames(result.people) == ["Baker", "Abbott"]
    assert result.directory.people.height == 3


def test_the_directory_of_an_earlier_search_is_used_until_the_people_change(school: School) -> None:
    first = search_people(school, STUDENTS, PeopleQuery(), TODAY)
    second = search_people(school, STUDENTS, PeopleQuery("dunn"), TODAY, first)
    assert second.directory is first.directory
    remove_one(school.store.people("students"), first.people["id"][0])
    third = search_people(school, STUDENTS, PeopleQuery(), TODAY, first)
    assert surnames(third.people) == ["Baker", "Dunn"]


def test_a_sentence_names_five_people_and_counts_the_others() -> None:
    people = pl.DataFrame({"first_name": ["Jo"] * 7, "surname": list("ABCDEFG")})
    assert names_in_sentence(people[:2]) == "Jo A and Jo B"
    assert names_in_sentence(people) == "Jo A, Jo B, Jo C, Jo D, Jo E and 2 more"
