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


def test_cells_alike_may_have_different_suggestions(begin: Begin) -> None:
    born = ["14/03/2023", "20/11/2021"]
    rows = [student(n, year_group="Nursery", gender="Boy", date_of_birth=day) for n, day in enumerate(born)]
    index = ProblemIndex(review(begin(table(rows)).intake(), BASIS))
    assert index.suggests_one_text("gender", "Boy")
    assert index.suggests_one_text("gender", "Zebra")
    assert not index.suggests_one_text("year_group", "NURSERY")


@pytest.mark.parametrize(("key", "shared"), [("upn", student(0)["UPN"]), ("admission_number", "A0017")])
def test_a_value_that_only_one_person_can_have_is_not_put_right_in_all_its_rows(
    begin: Begin, key: str, shared: str
) -> None:
    draft = begin(table([student(number, **{key: shared}) for number in range(2)]))
    index = ProblemIndex(review(draft.intake(), BASIS))
    assert [problem.value for problem in index.in_cell(2, key)] == [shared]
    assert index.alike(2, key) == (None, 0)


def test_a_cell_without_problems_has_those_of_its_row(reviewed: Review) -> None:
    index = ProblemIndex(reviewed)
    assert index.kind_at(2, "surname") == kind_of(reviewed, "odd-character")
    assert index.kind_at(3, "surname") is None
    assert index.acceptable(2, "surname")["code"].to_list() == ["odd-character"]
    assert index.acceptable(2, "gender").height == 0


def test_the_next_problem_is_an_error_as_long_as_there_are_any(reviewed: Review) -> None:
    index = ProblemIndex(reviewed)
    errors_then_warnings = [(2, "gender"), (4, "gender"), (4, "year_group"), (2, "first_name")]
    following = [*errors_then_warnings[1:], errors_then_warnings[0]]
    for place, next_place in zip(errors_then_warnings, following, strict=True):
        assert index.next_problem(*place, 1) == next_place
        assert index.next_problem(*next_place, -1) == place
    assert index.next_problem(2, None, 1) == (4, "gender")


def test_beyond_the_last_error_a_cell_without_a_problem_leads_to_the_first(reviewed: Review) -> None:
    index = ProblemIndex(reviewed)
    assert index.next_problem(4, "registration_group", 1) == (2, "gender")
    assert index.next_problem(2, "first_name", -1) == (4, "year_group")


def test_problems_of_one_kind_end_with_the_last(reviewed: Review) -> None:
    index, gender = ProblemIndex(reviewed), kind_of(reviewed, "gender-unknown")
    assert index.next_of_kind(gender, 2, "gender", 1) == (4, "gender")
    assert index.next_of_kind(gender, 4, "gender", 1) is None
    assert index.next_of_kind(gender, 2, "gender", -1) is None
    assert (index.first_of_kind(gender), index.first_of_kind(gender, -1)) == ((2, "gender"), (4, "gender"))


def test_a_file_without_problems_has_no_next_problem(begin: Begin) -> None:
    index = ProblemIndex(review(begin(table([student(0)])).intake(), BASIS))
    assert index.next_problem(2, "surname", 1) is None


def test_problems_of_the_whole_row_come_before_those_of_its_cells(begin: Begin) -> None:
    draft = begin(f"{HEAD}\nAmy,Lee,14/03/2012,x,9,9A,more\nBo,Ray,14/03/2012,M,9,9A\n")
    index = ProblemIndex(review(draft.intake(), BASIS))
    assert index.in_cell(2, "row")[0].code == "cell-count"
    assert index.next_problem(2, "row", 1) == (2, "gender")
    assert index.next_problem(2, "gender", -1) == (2, "row")


def test_cells_alike_share_a_suggestion_only_if_each_has_it_and_it_is_sure(begin: Begin) -> None:
    def sure_for_first(*genders: str) -> str:
        rows = [student(n, gender=gender) for n, gender in enumerate(genders)]
        return ProblemIndex(review(begin(table(rows)).intake(), BASIS)).sure_for_alike(2, "gender")

    assert sure_for_first("Boy", "boy") == "M"
    assert sure_for_first("1", "1") == ""
    assert sure_for_first("Zebra") == ""
    assert sure_for_first("F") == ""
