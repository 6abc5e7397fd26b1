import pytest

from backdrop_tui.intake.draft.problem_index import ProblemIndex
from backdrop_tui.intake.draft.review import Review, review
from tests.intake.conftest import Begin
from tests.intake.draft.test_review import BASIS, kind_of
from tests.support.made_up import student, table

HEAD = "First Name,Surname,Date of Birth,Gender,Year Group,Registration Group"


@pytest.fixture
def reviewed(begin: Begin) -> Review:
    """Row 2 says Boy and has an odd first name, row 3 is fine, row 4 says boy and has an unknown year."""
    rows = [student(0, gender="Boy", first_name="J0"), student(1), student(2, gender="boy", year_group="0x")]
    return review(begin(table(rows)).intake(), BASIS)


def test_problems_are_found_by_row_and_by_cell(reviewed: Review) -> None:
    index = ProblemIndex(reviewed)
    assert [problem.key for problem in index.in_row(2)] == ["first_name", "gender"]
    assert [problem.code for problem in index.in_cell(4, "gender")] == ["gender-unknown"]
    assert index.in_row(3) == []
    assert (index.has_error(2, "gender"), index.has_error(2, "first_name")) == (True, False)
    assert index.first_faulty_field(4) == "gender"
    assert index.suggestion(2, "gender") == "M"


def test_cells_alike_are_counted_whatever_their_capitals(reviewed: Review) -> None:
    index = ProblemIndex(reviewed)
    assert index.alike(2, "gender") == ("Boy", 2)
    assert index.alike(3, "gender") == (None, 0)


def test_a_cell_without_problems_has_those_of_its_row(reviewed: Review) -> None:
    index = ProblemIndex(reviewed)
    assert index.kind_at(2, "surname") == kind_of(reviewed, "odd-character")
    assert index.kind_at(3, "surname") is None
    assert index.acceptable(2, "surname")["code"].to_list() == ["odd-character"]
    assert index.acceptable(2, "gender").height == 0


def test_the_next_problem_is_found_in_either_direction_and_round_the_ends(reviewed: Review) -> None:
    index = ProblemIndex(reviewed)
    places = [(2, "first_name"), (2, "gender"), (4, "gender"), (4, "year_group")]
    for start, following in zip(places, [*places[1:], places[0]], strict=True):
        assert index.next_problem(None, *start, 1) == following
        assert index.next_problem(None, *following, -1) == start
    assert index.next_problem(None, 2, None, 1) == (4, "gender")
    assert index.next_problem(kind_of(reviewed, "gender-unknown"), 4, "gender", 1) == (2, "gender")


def test_a_file_without_problems_has_no_next_problem(begin: Begin) -> None:
    index = ProblemIndex(review(begin(table([student(0)])).intake(), BASIS))
    assert index.next_problem(None, 2, "surname", 1) is None


def test_problems_of_the_whole_row_come_before_those_of_its_cells(begin: Begin) -> None:
    draft = begin(f"{HEAD}\nAmy,Lee,14/03/2012,x,9,9A,more\nBo,Ray,14/03/2012,M,9,9A\n")
    index = ProblemIndex(review(draft.intake(), BASIS))
    assert index.in_cell(2, "row")[0].code == "cell-count"
    assert index.next_problem(None, 2, "row", 1) == (2, "gender")
    assert index.next_problem(None, 2, "gender", -1) == (2, "row")
