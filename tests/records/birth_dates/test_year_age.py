from dataclasses import replace

import polars as pl
import pytest

from backdrop_tui.records.students import STUDENTS
from tests.support.cells import SCHOOL, checked, rows_with

AMIRA = {
    "first_name": "Amira",
    "surname": "Khan",
    "date_of_birth": "14/03/2012",
    "year_group": "10",
    "upn": "",
}


@pytest.mark.parametrize(
    ("born", "right", "wrong"),
    [
        ("01/09/2023", "N1", "R"),
        ("31/08/2023", "N2", "N1"),
        ("01/09/2022", "N2", "1"),
        ("31/08/2022", "R", "N2"),
        ("01/09/2021", "R", "2"),
        ("31/08/2021", "1", "R"),
        ("14/03/2012", "10", "9"),
        ("01/09/2007", "14", "13"),
        ("31/08/2007", "14", "13"),
    ],
)
def test_a_year_group_that_does_not_match_the_date_of_birth_is_a_warning(
    born: str, right: str, wrong: str
) -> None:
    rows = [{"date_of_birth": born, "year_group": year, "upn": "", "surname": name} for year, name in ((right, "Khan"), (f"Year {wrong}" if wrong.isdigit() else wrong, "Oak"), ("X", "Elm"))]  # fmt: skip
    result = checked(STUDENTS, rows).problems.filter(pl.col("code") == "year-age")
    assert result.select("row", "level", "field", "suggestion").rows() == [(3, "warning", "year_group", None)]


def test_the_message_about_age_names_both_years_and_the_academic_year() -> None:
    result = checked(STUDENTS, [AMIRA | {"year_group": "Year 9"}]).problems
    assert result["value"].to_list() == ["Year 9"]
    assert result["message"].item() == (
        "Born on 14/03/2012, this student would be in Year 10 by age in 2026/27, but is entered as Year 9. "
        "Check which one is right."
    )


def test_age_and_year_group_are_compared_in_the_academic_year_of_the_settings() -> None:
    earlier = replace(SCHOOL, academic_year=2025)
    assert rows_with(checked(STUDENTS, [AMIRA | {"year_group": "9"}], context=earlier), "year-age") == []
    assert rows_with(checked(STUDENTS, [AMIRA], context=earlier), "year-age") == [2]


def test_age_and_year_group_are_not_compared_if_either_has_an_error() -> None:
    rows = [
        AMIRA | {"date_of_birth": "31/02/2012"},
        AMIRA | {"year_group": "Nursery"},
        AMIRA | {"date_of_birth": "01/09/2024"},
    ]
    assert rows_with(checked(STUDENTS, rows), "year-age") == []
