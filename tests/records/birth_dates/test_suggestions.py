from dataclasses import replace

import pytest

from backdrop_tui.records.students import STUDENTS
from tests.support.birth_dates import school, swapped_by_excel
from tests.support.cells import SCHOOL, checked


def suggested(born: str, year: str) -> tuple[str | None, bool | None]:
    """The suggestion for the year group of one student, and whether it is sure."""
    problems = checked(STUDENTS, [{"date_of_birth": born, "year_group": year}]).problems
    (problem,) = problems.filter(problems["field"] == "year_group").iter_rows(named=True)
    return problem["suggestion"], problem["sure"]


@pytest.mark.parametrize(
    ("born", "year", "suggestion", "sure"),
    [
        ("14/03/2023", "Nursery", "N2", True),
        ("02/09/2023", "Nursery", "N1", False),  # 9 February would be N2
        ("03/01/2024", "N", "N1", True),  # 1 March would be N1 too
        ("14/03/2023", "NUR", "N2", True),
        ("14/03/2022", "Nursery", None, None),  # old enough for Reception
        ("tomorrow", "Nursery", None, None),
        ("14/03/2016", "Year 5/6", "6", True),
        ("14/03/2017", "5 & 6", "5", True),
        ("05/10/2016", "5/6", "5", False),  # 10 May would be Year 6
        ("14/03/2014", "Year 5/6", None, None),
        ("14/03/2009", "Sixth form", "13", True),
        ("14/03/2021", "R/1", "1", True),
        ("14/03/2015", "1l", None, None),  # neither 1 nor 11
        ("14/03/2011", "1l", "11", True),
    ],
)
def test_the_date_of_birth_decides_between_several_year_groups(
    born: str, year: str, suggestion: str | None, *, sure: bool | None
) -> None:
    assert suggested(born, year) == (suggestion, sure)


def test_a_blank_year_group_gets_the_one_for_the_age_which_is_never_sure() -> None:
    assert suggested("14/03/2016", "") == ("6", False)
    assert suggested("31/02/2016", "") == (None, None)


@pytest.mark.parametrize("year", ["5", "X", "Year 77"])
def test_no_year_group_is_suggested_for_one_that_the_file_gives(year: str) -> None:
    problems = checked(STUDENTS, [{"date_of_birth": "14/03/2016", "year_group": year}]).problems
    assert problems["suggestion"].drop_nulls().to_list() == []


def test_nothing_is_sure_about_year_groups_while_a_finding_about_dates_is_open() -> None:
    rows = [{"date_of_birth": "14/03/2016", "year_group": "5/6"}, *swapped_by_excel(school(60))]
    context = replace(SCHOOL, dismissed=frozenset({"dates-swapped"}))
    for place, is_sure in ((SCHOOL, False), (context, True)):
        problems = checked(STUDENTS, rows, context=place).problems
        assert problems.filter(problems["code"] == "year-unknown")["sure"].to_list() == [is_sure]


@pytest.mark.parametrize(
    ("born", "year", "sure"),
    [
        ("03/14/2016", "6", True),
        ("03/14/2016", "X", True),
        ("03/14/2016", "7", False),
        ("2016-14-03", "6", True),
        ("2016-14-03", "7", False),
        ("14/O3/2O16", "6", True),
        ("14/O3/2O16", "5", False),
        ("14/03/0016", "6", True),
        ("14/03/0016", "7", False),
        ("42443", "6", True),
        ("42443", "7", False),
    ],
)
def test_a_date_is_sure_unless_the_year_group_fits_only_another(born: str, year: str, *, sure: bool) -> None:
    problems = checked(STUDENTS, [{"date_of_birth": born, "year_group": year}]).problems
    of_date = problems.filter(problems["field"] == "date_of_birth")
    assert of_date.select("suggestion", "sure").rows() == [("14/03/2016", sure)]


@pytest.mark.parametrize(("born", "sure"), [("04/O3/2012", False), ("14/O3/2012", True)])
def test_a_date_that_may_have_been_swapped_like_the_others_is_not_sure(born: str, *, sure: bool) -> None:
    rows = [
        {"date_of_birth": born, "year_group": "10", "surname": "Lee"},
        *swapped_by_excel(school(300), 0.3),
    ]
    problems = checked(STUDENTS, rows).problems
    assert problems.filter(problems["code"] == "date-format")["sure"].to_list() == [sure]
