from datetime import date

import polars as pl
import pytest

from backdrop_tui.records.students import STUDENTS
from tests.support.birth_dates import (
    Row,
    can_be_swapped,
    finding_codes,
    problem_counts,
    school,
    swapped,
    swapped_by_excel,
    with_dates,
)
from tests.support.cells import checked


@pytest.mark.parametrize("size", [3, 20, 60, 300, 1_200])
@pytest.mark.parametrize("years", [(-2, 6), (7, 11), (12, 14)])
def test_a_clean_file_has_no_finding_and_no_warning(size: int, years: tuple[int, int]) -> None:
    result = checked(STUDENTS, school(size, seed=size, years=years))
    assert (finding_codes(result), problem_counts(result)) == ([], {})


@pytest.mark.parametrize("size", [60, 300, 1_200])
def test_dates_swapped_throughout_are_one_finding_instead_of_warnings(size: int) -> None:
    right = school(size)
    result = checked(STUDENTS, swapped_by_excel(right))
    assert problem_counts(result) == {}
    (finding,) = result.findings
    assert (finding.code, finding.type.level) == ("dates-swapped", "error")
    assert finding.evidence_for > size // 10
    assert finding.evidence_against == 0
    assert len(finding.rows) == sum(map(can_be_swapped, right))
    (remedy,) = finding.remedies
    assert remedy.cells is not None
    dates = [row["date_of_birth"] for row in right if can_be_swapped(row)]
    assert remedy.cells["text"].to_list() == dates
    assert set(remedy.cells["field"]) == {"date_of_birth"}


def test_the_finding_gives_its_evidence_in_numbers() -> None:
    finding = checked(STUDENTS, swapped_by_excel(school(300))).findings[0]
    settled, rows = finding.evidence_for, len(finding.rows)
    assert f"swapped in {rows} dates" in finding.message
    assert (
        f"The year groups settle {settled} dates: all of them fit only when swapped back." in finding.message
    )
    assert finding.remedies[0].title == f"Swap day and month in {rows} dates"


def _iso(born: str) -> str:
    return f"{born[6:]}-{born[3:5]}-{born[:2]}"


def _named(born: str) -> str:
    return f"{date.fromisoformat(_iso(born)):%-d %b %Y}"


def _day_number(born: str) -> str:
    return str((date.fromisoformat(_iso(born)) - date(1899, 12, 30)).days)


@pytest.mark.parametrize("form", [_iso, _named, _day_number])
def test_a_date_of_any_form_may_have_been_swapped(form: object) -> None:
    assert callable(form)
    rows = with_dates(swapped_by_excel(school(300)), form)
    assert finding_codes(checked(STUDENTS, rows)) == ["dates-swapped"]


@pytest.mark.parametrize(
    ("born", "year", "warned"),
    [
        ("02/10/2016", "6", True),  # by age Year 5; 10 February 2016 fits Year 6
        ("02/10/2016", "5", False),
        ("02/10/2016", "X", False),
        ("02/10/2016", "7", False),  # neither fits
        ("02/03/2016", "6", False),  # both fit
        ("13/10/2016", "6", False),  # there is no month 13
    ],
)
def test_a_date_that_fits_only_when_swapped_is_a_warning_with_a_suggestion(
    born: str, year: str, *, warned: bool
) -> None:
    result = checked(STUDENTS, [{"date_of_birth": born, "year_group": year}]).problems
    warnings = result.filter(pl.col("code") == "date-swapped")
    expected = [(2, "date_of_birth", "warning", swapped(born), False)] if warned else []
    assert warnings.select("row", "field", "level", "suggestion", "sure").rows() == expected


def test_a_date_that_fits_only_when_swapped_says_nothing_about_the_year_group() -> None:
    result = checked(STUDENTS, [{"date_of_birth": "02/10/2016", "year_group": "6"}])
    assert problem_counts(result) == {"date-swapped": 1}
    assert result.problems["message"].to_list() == [
        "02/10/2016 doesn't fit Year 6, but 10/02/2016 does. Check whether day and month are swapped."
    ]


@pytest.mark.parametrize(("share", "sure"), [(0.01, False), (0.05, False), (0.2, True), (0.6, True)])
def test_a_swapped_date_is_sure_where_many_are(share: float, *, sure: bool) -> None:
    problems = checked(STUDENTS, swapped_by_excel(school(1_200), share)).problems
    assert set(problems.filter(pl.col("code") == "date-swapped")["sure"]) == {sure}


def test_no_swapped_date_is_sure_where_year_groups_are_often_wrong() -> None:
    rows = _with_wrong_year_groups(swapped_by_excel(school(1_200), 0.3), every=20)
    problems = checked(STUDENTS, rows).problems.filter(pl.col("code") == "date-swapped")
    assert problems.height > 40
    assert set(problems["sure"]) == {False}


def test_a_mixed_column_has_no_remedy_where_year_groups_are_often_wrong() -> None:
    (finding,) = checked(
        STUDENTS, _with_wrong_year_groups(swapped_by_excel(school(1_200), 0.6), every=5)
    ).findings
    assert (finding.code, finding.remedies) == ("dates-mixed", ())
    assert "so the year group may be what is wrong" in finding.message


def _with_wrong_year_groups(rows: list[Row], every: int) -> list[Row]:
    """Rows with the year group above the right one in one of so many."""
    return [
        row | {"year_group": str(int(row["year_group"]) + 1)} if place % every == 0 else row
        for place, row in enumerate(rows)
    ]


def test_eight_dates_that_can_all_be_read_both_ways_are_enough() -> None:
    dates = ("09/08/2011", "09/02/2011", "10/03/2011", "12/09/2011", "01/09/2012", "03/12/2012", "08/09/2012", "07/10/2012")  # fmt: skip
    rows = [
        {"date_of_birth": born, "year_group": "10", "surname": f"Lee{'abcdefgh'[place]}", "upn": ""}
        for place, born in enumerate(dates)
    ]
    result = checked(STUDENTS, rows)
    assert finding_codes(result) == ["dates-swapped"]
    assert problem_counts(result) == {}
