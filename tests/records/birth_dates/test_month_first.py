import random

import pytest

from tests.support.birth_dates import can_be_swapped, problem_counts, school, swapped, with_dates
from tests.support.changing_file import ChangingFile


def test_a_column_with_the_month_first_is_one_finding_with_one_remedy() -> None:
    right = school(300)
    file = ChangingFile(with_dates(right, swapped))
    (finding,) = file.review.findings
    assert (finding.code, finding.type.level) == ("dates-month-first", "error")
    unmistakable = sum(row["date_of_birth"][:2] > "12" for row in right)
    assert (finding.evidence_for, finding.evidence_against) == (unmistakable, 0)
    assert f"{unmistakable} dates can only have the month first" in finding.message
    assert set(file.review.problems["code"]) == {"date-month-first"}
    after = file.apply("dates-month-first")
    assert after.findings == ()
    assert after.problems.is_empty()
    born = after.ready["date_of_birth"].to_list()
    assert [f"{iso[8:]}/{iso[5:7]}/{iso[:4]}" for iso in born] == [row["date_of_birth"] for row in right]
    file.edits.undo()
    assert file.findings == ["dates-month-first"]


def test_dates_that_are_read_month_first_already_give_no_finding() -> None:
    file = ChangingFile(with_dates(school(60), swapped))
    file.apply("dates-month-first")
    file.edits.done[-1:] = [type(file.edits.done[-1])("x", date_order="mdy")]
    assert file.findings == []


def test_a_dismissed_finding_leaves_the_single_dates_in_doubt() -> None:
    right = school(300)
    file = ChangingFile(with_dates(right, swapped))
    file.dismiss("dates-month-first")
    assert len(file.rows_with("date-swapped")) > 20
    assert len(file.rows_with("date-order")) > 20
    assert len(file.rows_with("date-swapped")) + len(file.rows_with("date-order")) == sum(
        map(can_be_swapped, right)
    )


@pytest.mark.parametrize("year", ["X", ""])
def test_dates_alone_prove_that_the_month_comes_first(year: str) -> None:
    rows = [row | {"year_group": year} for row in with_dates(school(60), swapped)]
    assert ChangingFile(rows).findings == ["dates-month-first"]


def test_month_first_isn_t_offered_if_the_year_groups_speak_against_it() -> None:
    # Two systems were merged: the months above 12 are proof for those rows only.
    rows = school(300)
    rows = [
        row if can_be_swapped(row) else row | {"date_of_birth": swapped(row["date_of_birth"])} for row in rows
    ]
    assert "dates-month-first" not in ChangingFile(rows).findings


def test_a_few_month_first_dates_among_many_are_problems_of_their_cells() -> None:
    rng = random.Random(4)  # noqa: S311 - made-up data
    right = school(722, years=(-2, 6))
    few = set(rng.sample(range(len(right)), 12))
    rows = [
        row | {"date_of_birth": swapped(row["date_of_birth"])} if place in few else row
        for place, row in enumerate(right)
    ]
    file = ChangingFile(rows)
    assert file.findings == []
    counts = problem_counts(file.review.checked)
    assert counts["date-month-first"] == sum(right[place]["date_of_birth"][:2] > "12" for place in few)
    assert counts.keys() <= {"date-month-first", "date-swapped"}
    assert file.review.problems.height <= len(few)
    assert set(file.take_suggestions("date-month-first").problems["code"]) <= {"date-swapped"}


def test_dates_of_a_day_first_file_that_are_read_month_first_are_read_day_first_again() -> None:
    right = school(300)
    file = ChangingFile(right)
    file.read_dates("mdy")
    (finding,) = file.review.findings
    assert finding.code == "dates-swapped"
    assert finding.remedies[0].title == "Read all dates with the day first"
    assert "Excel" not in finding.message
    after = file.apply("dates-swapped")
    assert (after.findings, after.problems.height) == ((), 0)


def _in_iso_form_swapped(born: str) -> str:
    return f"{born[6:]}-{born[:2]}-{born[3:5]}"


def test_swapped_dates_that_the_order_doesn_t_change_are_swapped_back() -> None:
    right = [row for row in school(60) if can_be_swapped(row)]
    file = ChangingFile(with_dates(right, _in_iso_form_swapped))
    file.read_dates("mdy")
    after = file.apply("dates-swapped")
    assert (after.findings, after.problems.height) == ((), 0)
