import random

import pytest

from backdrop_tui.records.students import STUDENTS
from tests.support.birth_dates import Row, finding_codes, problem_counts, school, swapped_by_excel
from tests.support.cells import checked
from tests.support.changing_file import ChangingFile


def _without_meaning(size: int) -> list[Row]:
    """A school whose year groups have nothing to do with the students' ages."""
    rows = school(size)
    years = [row["year_group"] for row in rows]
    random.Random(3).shuffle(years)  # noqa: S311 - made-up data
    return [row | {"year_group": year} for row, year in zip(rows, years, strict=True)]


@pytest.mark.parametrize("size", [30, 600])
def test_year_groups_that_mean_nothing_are_a_finding_instead_of_warnings(size: int) -> None:
    file = ChangingFile(_without_meaning(size))
    (finding,) = file.review.findings
    assert (finding.code, finding.type.level) == ("year-groups-doubtful", "warning")
    assert f"of {size} dates of birth fit the year group" in finding.message
    assert finding.evidence_for + finding.evidence_against == size
    assert finding.remedies == ()
    assert file.review.problems.is_empty()
    file.dismiss("year-groups-doubtful")
    assert file.findings == []
    assert len(file.rows_with("year-age")) == len(finding.rows)


def test_year_groups_that_mean_nothing_settle_no_date() -> None:
    result = checked(STUDENTS, swapped_by_excel(_without_meaning(600)))
    assert finding_codes(result) == ["year-groups-doubtful"]
    assert problem_counts(result) == {}


def test_five_students_are_too_few_to_doubt_their_year_groups() -> None:
    rows = [row | {"year_group": "2"} for row in school(5)]
    result = checked(STUDENTS, rows)
    assert (finding_codes(result), problem_counts(result)) == ([], {"year-age": 5})


@pytest.mark.parametrize("year", ["", "X"])
def test_a_column_without_year_groups_is_no_evidence(year: str) -> None:
    rows = [row | {"year_group": year} for row in swapped_by_excel(school(60))]
    result = checked(STUDENTS, rows)
    assert finding_codes(result) == []
    assert "date-swapped" not in problem_counts(result)


def test_a_file_without_birth_dates_or_without_rows_has_no_finding() -> None:
    assert finding_codes(checked(STUDENTS, [row | {"date_of_birth": ""} for row in school(30)])) == []
    assert finding_codes(checked(STUDENTS, [])) == []
