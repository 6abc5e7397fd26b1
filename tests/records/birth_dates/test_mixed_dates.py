from datetime import date

import pytest

from backdrop_tui.intake.draft import fixes
from tests.support.birth_dates import can_be_swapped, school, swapped, swapped_by_excel
from tests.support.changing_file import ChangingFile


def test_swapped_and_right_dates_side_by_side_are_a_finding_with_counts() -> None:
    rows = swapped_by_excel(school(1_200), 0.6)
    file = ChangingFile(rows)
    (finding,) = file.review.findings
    assert (finding.code, finding.type.level) == ("dates-mixed", "error")
    swapped_rows, open_rows = file.rows_with("date-swapped"), file.rows_with("date-order")
    assert finding.evidence_for == len(swapped_rows)
    assert finding.evidence_for + finding.evidence_against + len(open_rows) <= len(rows)
    assert f"wrong way round in {len(swapped_rows)} dates" in finding.message
    assert f"{len(open_rows)} could be either" in finding.message
    assert finding.rows.to_list() == sorted([*swapped_rows, *open_rows])


def test_its_remedy_swaps_what_is_settled_and_leaves_the_rest_in_doubt() -> None:
    right = school(1_200)
    file = ChangingFile(swapped_by_excel(right, 0.6))
    swapped_rows, open_rows = file.rows_with("date-swapped"), file.rows_with("date-order")
    after = file.apply("dates-mixed")
    assert file.findings == []
    assert file.rows_with("date-swapped") == []
    assert file.rows_with("date-order") == open_rows
    born = dict(after.ready.select("row", "date_of_birth").iter_rows())
    for row in swapped_rows:
        day, month, year = right[row - 2]["date_of_birth"].split("/")
        assert born[row] == f"{year}-{month}-{day}"
    file.edits.undo()
    assert file.findings == ["dates-mixed"]


def test_an_open_date_is_shown_in_both_readings() -> None:
    problems = ChangingFile(swapped_by_excel(school(1_200), 0.6)).review.problems
    row, message = problems.filter(problems["code"] == "date-order").select("value", "message").row(0)
    day, month, year = map(int, row.split("/"))
    readings = [date(year, month, day), date(year, day, month)]
    as_read, other = (f"{reading.day} {reading:%B %Y}" for reading in readings)
    assert message.endswith(f"This one was read as {as_read}, but may be {other}. Check which one is right.")


def test_the_counts_tell_dates_of_the_other_order_from_those_that_fit_only_when_swapped() -> None:
    right = school(1_200)
    rows = swapped_by_excel(right, 0.6)
    beyond = [place for place, row in enumerate(right) if int(row["date_of_birth"][:2]) > 12][:20]
    for place in beyond:
        rows[place] = rows[place] | {"date_of_birth": swapped(rows[place]["date_of_birth"])}
    (finding,) = ChangingFile(rows).review.findings
    settled = finding.evidence_for - len(beyond)
    assert f"(20 can only have the month first, {settled} fit only when swapped)" in finding.message


def test_its_remedy_leaves_out_a_date_that_is_stored_as_the_file_has_it() -> None:
    right = school(1_200)
    rows = swapped_by_excel(right, 0.6)
    born, year = "05/10/2012", "9"  # of Year 9; 10 May would be of Year 10
    rows.append(right[0] | {"surname": "Lee", "date_of_birth": born, "year_group": "10"})
    right.append(rows[-1] | {"year_group": year})
    stored = [
        {**row, "date_of_birth": f"{born[6:]}-{born[3:5]}-{born[:2]}", "upn": None}
        for row in right
        for born in (row["date_of_birth"],)
    ]
    file = ChangingFile(rows, stored)
    assert 1_202 in file.rows_with("date-swapped")
    file.apply("dates-mixed")
    assert file.rows_with("date-swapped") == [1_202]
    file.take_suggestions("date-swapped")
    assert file.rows_with("date-swapped") == [1_202]


@pytest.mark.parametrize("size", [60, 300, 1_200])
@pytest.mark.parametrize("share", [0.05, 0.2])
def test_a_smaller_part_is_left_to_the_single_dates(size: int, share: float) -> None:
    file = ChangingFile(swapped_by_excel(school(size), share))
    assert file.findings == []
    assert set(file.review.problems["code"]) <= {"date-swapped", "date-order"}


def test_dates_in_doubt_stay_so_after_the_proof_has_been_fixed() -> None:
    file = ChangingFile(swapped_by_excel(school(1_200), 0.3))
    in_doubt = file.rows_with("date-order")
    assert in_doubt
    file.take_suggestions("date-swapped")
    assert file.rows_with("date-swapped") == []
    assert file.rows_with("date-order") == in_doubt


def test_a_date_that_the_user_has_typed_is_in_no_doubt() -> None:
    rows = swapped_by_excel(school(300), 0.3)
    file = ChangingFile(rows)
    first, second = file.rows_with("date-order")[:2]
    file.type_dates({first: swapped(rows[first - 2]["date_of_birth"])})
    assert first not in file.rows_with("date-order")
    seen = file.review
    file.edits.do(fixes.set_cell(seen, second, "date_of_birth", seen.text_to_edit(second, "date_of_birth")))
    assert second in file.rows_with("date-order")


def test_only_dates_that_another_reading_would_change_are_in_doubt() -> None:
    rows = swapped_by_excel(school(300), 0.3)
    file = ChangingFile(rows)
    assert all(can_be_swapped(rows[row - 2]) for row in file.rows_with("date-order"))


def test_month_first_dates_are_counted_among_the_wrong_ones() -> None:
    rows = [row | {"year_group": "X"} for row in school(300)]
    for place in range(0, 300, 3):
        rows[place] = rows[place] | {"date_of_birth": swapped(rows[place]["date_of_birth"])}
    (finding,) = ChangingFile(rows).review.findings
    assert finding.code == "dates-mixed"
    assert finding.remedies == ()
    assert finding.evidence_for > 40
