"""Rows found by what is in any of their cells, and sorted."""

import pytest

from backdrop_tui.intake.draft.review import review
from backdrop_tui.intake.overview.row_search import RowSearch
from tests.intake.conftest import Begin
from tests.intake.draft.test_review import BASIS
from tests.support.made_up import student, table


@pytest.fixture
def search(begin: Begin) -> RowSearch:
    """Row 2 is Zoë Ash, row 3 has a date that can't be read, row 4 says Year 10, row 5 no year group."""
    rows = [
        student(0, first_name="Zoë", surname="Ash", year_group="9", date_of_birth="02/10/2012"),
        student(1, surname="Oak", date_of_birth="31/02/2013"),
        student(2, surname="Ash", year_group="Year 10"),
        student(3, surname="elm", year_group=""),
    ]
    return RowSearch(review(begin(table(rows)).intake(), BASIS))


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ("", [2, 3, 4, 5]),
        ("ZOE", [2]),
        ("ash", [2, 4]),
        ("ash zoë", [2]),
        ("02/10/2012", [2]),
        ("31/02", [3]),
        ("nobody", []),
    ],
)
def test_every_word_is_looked_for_in_all_cells_as_they_are_shown(
    search: RowSearch, words: str, rows: list[int]
) -> None:
    assert search.find(words).to_list() == rows


def test_a_row_is_found_by_its_name(begin: Begin) -> None:
    rows = [student(n, upn="") for n in range(50)]
    found = RowSearch(review(begin(table(rows)).intake(), BASIS)).find("47")
    assert found.to_list() == [47]


def test_rows_are_sorted_as_people_would(search: RowSearch) -> None:
    rows = search.find("")
    assert search.in_order(rows, "surname").to_list() == [2, 4, 5, 3]
    assert search.in_order(rows, "surname", descending=True).to_list() == [3, 5, 2, 4]
    assert search.in_order(rows, "year_group").to_list() == [3, 2, 4, 5]  # Year 8, 9 and 10, then none
    assert search.in_order(rows, "row", descending=True).to_list() == [5, 4, 3, 2]
    assert search.in_order(rows.filter(rows > 3), "surname").to_list() == [4, 5]
