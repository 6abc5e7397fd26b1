import pytest

from backdrop_tui.records.fields.names import FIRST_NAME, SURNAME
from tests.support.cells import cell


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mr J", "J"), ("Mrs Jane", "Jane"), ("Mr John", "John"), ("Dr. A.", "A."), ("Ms P", "P"), ("Mx R", "R"), ("Rev. T", "T"), ("Prof A B", "A B"),
        ("Sir Alan", "Alan"), ("Dame Judi", "Judi"), ("Lady Jane", "Jane"), ("Fr Dominic", "Dominic"), ("MISS ANNE", "ANNE"), ("mr john", "john"),
        ("Mr.John", "John"), ("Rev Dr Jane", "Jane"), ("Mr & Mrs J", "J"), ("Mr and Mrs J", "J"), ("Mr Andrew", "Andrew"), ("A (Dr)", "A"),
        ("John (Mr.)", "John"), ("John Mr", "John"), ("John, Mr", "John"), ("Dr O’Brien", "O'Brien"),
    ],
)  # fmt: skip
def test_a_title_is_a_warning_with_the_name_alone_as_a_possible_suggestion(text: str, name: str) -> None:
    for field in (FIRST_NAME, SURNAME):
        result = cell(field, text)
        assert [problem["code"] for problem in result.problems] == ["title-in-name"]
        assert result.suggestion("title-in-name") == name
        assert not result.is_sure("title-in-name")
        assert result.stored == text.replace("’", "'")


@pytest.mark.parametrize(
    "text", ["Mr", "Mrs.", "MISS", "Dr", "Mr. & Mrs.", "Mr and Mrs", "Rev Dr", "Master", "Sir"]
)
def test_a_first_name_that_is_only_a_title_is_missing(text: str) -> None:
    result = cell(FIRST_NAME, text)
    assert [problem["code"] for problem in result.problems] == ["required"]
    assert result.stored is None
    assert result.message("required") == f"“{text}” is a title, not a first name. Type in the first name."


@pytest.mark.parametrize("text", ["Miss", "Sir", "Lord", "Dame", "Prof", "Master"])
def test_a_surname_may_be_a_title(text: str) -> None:
    assert not cell(SURNAME, text).problems


@pytest.mark.parametrize("text", ["Lady", "lord"])
def test_a_title_that_is_also_a_first_name_is_a_warning_without_a_suggestion(text: str) -> None:
    result = cell(FIRST_NAME, text)
    assert result.warnings == ["title-in-name"]
    assert result.suggestion("title-in-name") is None
    assert result.stored == text


@pytest.mark.parametrize(
    "text", ["Mrinal", "Missy", "Sirius", "Drew", "Srinivas", "Brian", "Revathi", "Mary Missy", "St. John", "Dean", "Prince", "Earl Andrew", "Ann Drew"]
)  # fmt: skip
def test_a_name_that_only_begins_like_a_title_is_fine(text: str) -> None:
    assert not cell(FIRST_NAME, text).problems
    assert not cell(SURNAME, text).problems


def test_what_is_odd_besides_the_title_is_reported_too() -> None:
    assert cell(FIRST_NAME, "Mr J0hn").warnings == ["title-in-name", "odd-character"]
