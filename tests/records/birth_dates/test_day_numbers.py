from datetime import date, timedelta

import pytest

from backdrop_tui.records.students import STUDENTS
from tests.support.birth_dates import Row, finding_codes, school, swapped_by_excel, with_dates
from tests.support.cells import checked
from tests.support.changing_file import ChangingFile


def _as_number(born: str) -> str:
    day, month, year = map(int, born.split("/"))
    return str((date(year, month, day) - date(1899, 12, 30)).days)


def _as_number_since_1904(born: str) -> str:
    return str(int(_as_number(born)) - 1462)


def _some_since_1904(rows: list[Row]) -> list[Row]:
    return [
        row | {"date_of_birth": _as_number_since_1904(row["date_of_birth"])} if place % 5 == 0 else row
        for place, row in enumerate(rows)
    ]


def test_day_numbers_are_read_as_dates_and_need_no_finding() -> None:
    result = checked(STUDENTS, with_dates(school(60), _as_number))
    assert finding_codes(result) == []
    assert set(result.problems["code"]) == {"date-serial"}
    assert set(result.problems["sure"]) == {True}


@pytest.mark.parametrize("part", [with_dates, None])
def test_day_numbers_counted_from_1904_are_a_finding_that_corrects_them(part: object) -> None:
    right = school(300)
    rows = with_dates(right, _as_number_since_1904) if part else _some_since_1904(right)
    file = ChangingFile(rows)
    (finding,) = file.review.findings
    assert (finding.code, finding.type.level) == ("dates-1904", "warning")
    assert len(finding.rows) == sum(row["date_of_birth"].isdigit() for row in rows)
    assert f"{len(finding.rows)} day numbers are 1,462 days too early" in finding.message
    assert file.review.problems.is_empty()
    after = file.apply("dates-1904")
    assert after.findings == ()
    assert after.problems.is_empty()
    born = [date.fromisoformat(iso) for iso in after.ready["date_of_birth"]]
    assert [f"{day:%d/%m/%Y}" for day in born] == [row["date_of_birth"] for row in right]
    file.edits.undo()
    assert file.findings == ["dates-1904"]


def test_day_numbers_that_may_count_from_1904_are_not_sure() -> None:
    rows = with_dates(school(60), _as_number_since_1904)
    rows.append(rows[0] | {"surname": "Lee", "year_group": "X"})
    file = ChangingFile(rows)
    assert file.rows_with("date-serial") == [62]
    assert file.review.problems["sure"].to_list() == [False]
    file.apply("dates-1904")
    assert file.rows_with("date-serial") == [62]
    assert file.review.problems["sure"].to_list() == [False]


def test_a_dismissed_finding_shows_what_it_had_explained() -> None:
    file = ChangingFile(with_dates(school(60), _as_number_since_1904))
    file.dismiss("dates-1904")
    assert "dates-1904" not in file.findings
    assert len(file.rows_with("date-serial")) == 60


@pytest.mark.parametrize("share", [0.3, 1.0])
def test_day_numbers_from_1904_can_be_swapped_as_well(share: float) -> None:
    right = school(300)
    file = ChangingFile(with_dates(swapped_by_excel(right, share), _as_number_since_1904))
    assert "dates-1904" in file.findings
    file.apply("dates-1904")
    if share == 1:
        file.apply("dates-swapped")
        assert file.review.problems.is_empty()
        born = [date.fromisoformat(iso) for iso in file.review.ready["date_of_birth"]]
        assert [f"{day:%d/%m/%Y}" for day in born] == [row["date_of_birth"] for row in right]
    else:
        assert file.rows_with("date-swapped")


def test_a_day_number_before_1904_by_four_years_is_judged_by_itself() -> None:
    born = date(2012, 3, 14) - timedelta(days=1462)
    result = checked(STUDENTS, [{"date_of_birth": _as_number(f"{born:%d/%m/%Y}"), "year_group": "10"}])
    assert set(result.problems["code"]) == {"date-serial", "year-age"}
