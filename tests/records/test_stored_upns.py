import pytest

from backdrop_tui.records.students import STUDENTS
from tests.support.cells import checked

UPN = "H801200001001"
AVA: dict[str, str | None] = {
    "first_name": "Ava", "surname": "Khan", "date_of_birth": "2016-03-14", "upn": UPN,
}  # fmt: skip
ROW = {"first_name": "Ava", "surname": "Khan", "date_of_birth": "14/03/2016", "year_group": "6"}


def suggestions(upn: str, *stored: dict[str, str | None], **change: str) -> list[tuple[str, str | None]]:
    """The codes of a row's problems with its UPN, with their suggestions; those must all be possible, not sure."""
    problems = checked(STUDENTS, [ROW | {"upn": upn} | change], stored).problems
    of_upn = problems.filter(field="upn")
    assert not of_upn["sure"].any()
    return list(of_upn.select("code", "suggestion").iter_rows())


@pytest.mark.parametrize(
    ("upn", "code"),
    [
        ("H801200001007", "upn-check-letter"),
        ("A801200001001", "upn-check-letter"),
        ("H801201001001", "upn-check-letter"),
        ("H810200001001", "upn-check-letter"),
        ("h801200001007", "upn-check-letter"),
        ("H80120000101", "upn-length"),
        ("H8012000010011", "upn-length"),
        ("H80120000100!", "upn-format"),
    ],
)
def test_the_stored_upn_of_the_same_child_is_suggested_if_it_is_one_mistake_away(upn: str, code: str) -> None:
    assert suggestions(upn, AVA) == [(code, UPN)]


@pytest.mark.parametrize("upn", ["H801200001077", "H80120000", "B801200005002", "not known yet"])
def test_a_stored_upn_that_is_further_away_is_not_suggested(upn: str) -> None:
    assert [suggestion for _, suggestion in suggestions(upn, AVA)] == [None]


@pytest.mark.parametrize("change", [{"first_name": "Ada"}, {"surname": "Cane"}, {"surname": ""}])
def test_another_childs_stored_upn_is_not_suggested(change: dict[str, str]) -> None:
    assert suggestions("H801200001007", AVA, **change) == [("upn-check-letter", None)]


def test_a_stored_child_is_found_whatever_the_capitals_of_the_name_and_the_date_of_birth() -> None:
    changed = {"first_name": "AVA", "surname": "khan", "date_of_birth": "03/04/2016"}
    assert suggestions("H801200001007", AVA, **changed) == [("upn-check-letter", UPN)]


NAMESAKE = AVA | {"upn": "R801200001003", "date_of_birth": "2016-05-01"}


def test_the_date_of_birth_decides_between_namesakes() -> None:
    one_from_both = "H801200001003"
    assert suggestions(one_from_both, AVA, NAMESAKE) == [("upn-check-letter", UPN)]
    later = suggestions(one_from_both, AVA, NAMESAKE, date_of_birth="01/05/2016")
    assert later == [("upn-check-letter", "R801200001003")]


def test_namesakes_that_nothing_tells_apart_have_no_suggestion() -> None:
    assert suggestions("H801200001003", AVA, NAMESAKE, date_of_birth="") == [("upn-check-letter", None)]


def test_a_namesake_without_a_upn_does_not_matter() -> None:
    assert suggestions("H801200001007", AVA, AVA | {"upn": None}) == [("upn-check-letter", UPN)]


def test_other_rows_keep_their_suggestions() -> None:
    rows = [ROW | {"upn": "H 801200 001001"}, ROW | {"upn": "H801200001007", "surname": "Oak"}]
    problems = checked(STUDENTS, rows, [AVA]).problems.filter(field="upn")
    assert problems.select("row", "suggestion", "sure").rows() == [(2, UPN, True), (3, None, None)]


def test_a_upn_that_another_row_has_is_not_suggested() -> None:
    rows = [ROW | {"upn": UPN, "date_of_birth": "01/05/2016"}, ROW | {"upn": "H801200001007"}]
    problems = checked(STUDENTS, rows, [AVA]).problems.filter(code="upn-check-letter")
    assert problems["suggestion"].to_list() == [None]
