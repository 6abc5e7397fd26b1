import pytest

from backdrop_tui.wording import all_of, and_more, counted, listed


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0 rows"), (1, "1 row"), (2, "2 rows"), (1200, "1,200 rows")]
)
def test_a_number_agrees_with_its_noun(number: int, text: str) -> None:
    assert counted(number, "row") == text


def test_an_irregular_plural_is_given() -> None:
    assert counted(2, "person", "people") == "2 people"
    assert counted(1, "person", "people") == "1 person"


@pytest.mark.parametrize(
    ("items", "text"), [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")]
)
def test_a_list_ends_with_and(items: list[str], text: str) -> None:
    assert listed(items) == text


def test_items_beyond_the_limit_are_counted() -> None:
    assert listed("ABCDE", at_most=2) == "A, B and 3 more"
    assert listed("ABCDE", at_most=1) == "A and 4 more"
    assert listed("AB", at_most=2) == "A and B"


def test_another_conjunction_can_be_used() -> None:
    assert listed(["dmy", "mdy"], conjunction="or") == "dmy or mdy"


def test_a_list_on_lines_of_its_own_ends_with_a_count() -> None:
    assert and_more(1200) == "and 1,200 more"


@pytest.mark.parametrize(("number", "text"), [(2, "both"), (3, "all 3"), (1200, "all 1,200")])
def test_all_of_two_things_are_both(number: int, text: str) -> None:
    assert all_of(number) == text
