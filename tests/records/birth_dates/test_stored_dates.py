from datetime import date

import pytest

from backdrop_tui.records.schema.context import academic_year_of
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
from tests.support.changing_file import ChangingFile
from tests.support.made_up import upn

Stored = dict[str, str | None]


def _stored(rows: list[Row]) -> list[Stored]:
    return [{**row, "date_of_birth": _iso(row["date_of_birth"]), "upn": row["upn"] or None} for row in rows]


def _iso(born: str) -> str:
    return f"{born[6:]}-{born[3:5]}-{born[:2]}"


def _without_year_groups(rows: list[Row]) -> list[Row]:
    return [row | {"year_group": "X"} for row in rows]


def test_stored_dates_settle_what_year_groups_don_t() -> None:
    right = _without_year_groups(school(60))
    file = ChangingFile(swapped_by_excel(right), _stored(right))
    (finding,) = file.review.findings
    assert finding.code == "dates-swapped"
    assert finding.evidence_for == sum(map(can_be_swapped, right))
    assert "Either side may be wrong" in finding.message
    assert file.review.problems.is_empty()
    after = file.apply("dates-swapped")
    assert (after.findings, after.problems.height) == ((), 0)


@pytest.mark.parametrize("by", ["name", "upn"])
def test_a_child_is_recognised_by_upn_or_by_a_name_that_no_other_stored_child_has(by: str) -> None:
    row = {"date_of_birth": "04/03/2012", "year_group": "10", "upn": upn(1)}
    stored: Stored = {
        "date_of_birth": "2012-04-03",
        "upn": upn(1),
        "first_name": "Amira",
        "surname": "O'NEILL",
    }
    stored |= {"upn": None} if by == "name" else {"surname": "Lee"}
    problems = checked(STUDENTS, [row], [stored]).problems
    warnings = problems.filter(problems["code"] == "date-swapped")
    assert warnings.select("suggestion", "sure").rows() == [("03/04/2012", False)]
    assert warnings["message"].to_list() == [
        "03/04/2012 is stored for this student, not 04/03/2012. Check whether day and month are swapped."
    ]


def test_a_name_that_two_stored_children_have_settles_nothing() -> None:
    row = {"date_of_birth": "04/03/2012", "year_group": "10", "upn": ""}
    stored: Stored = {"date_of_birth": "2012-04-03", "first_name": "Amira", "surname": "O'Neill"}
    twin = stored | {"date_of_birth": "2011-01-01"}
    assert "date-swapped" not in problem_counts(checked(STUDENTS, [row], [stored, twin]))


def test_a_date_that_the_year_group_settles_swapped_is_sure_if_it_is_stored() -> None:
    row = {"date_of_birth": "02/10/2016", "year_group": "6", "upn": ""}
    stored: Stored = {"date_of_birth": "2016-02-10", "first_name": "Amira", "surname": "O'Neill"}
    for people, sure in (([stored], True), ([], False)):
        problems = checked(STUDENTS, [row], people).problems
        assert problems.filter(problems["code"] == "date-swapped")["sure"].to_list() == [sure]


@pytest.mark.parametrize("size", [60, 300])
def test_stored_dates_that_year_groups_contradict_are_the_ones_that_look_swapped(size: int) -> None:
    right = school(size)
    result = checked(STUDENTS, right, _stored(swapped_by_excel(right)))
    (finding,) = result.findings
    assert (finding.code, finding.type.level) == ("stored-dates-swapped", "note")
    assert f"For {len(finding.rows)} students" in finding.message
    assert finding.remedies == ()
    assert not {"date-swapped", "date-order"} & problem_counts(result).keys()


def _fits_either_way(row: Row) -> bool:
    born = date.fromisoformat(_iso(row["date_of_birth"]))
    other = date.fromisoformat(_iso(swapped(row["date_of_birth"])))
    return academic_year_of(born) == academic_year_of(other)


def _open_ones_swapped(rows: list[Row], share: float) -> list[Row]:
    """Rows as they are stored if what year groups could settle was put right, and some of the rest was stored swapped."""
    wrong = swapped_by_excel(rows, share)
    return [
        bad if can_be_swapped(row) and _fits_either_way(row) else row
        for row, bad in zip(rows, wrong, strict=True)
    ]


@pytest.mark.parametrize("share", [0.1, 0.4, 1.0])
def test_stored_dates_that_were_guessed_are_the_ones_that_look_swapped_when_the_right_file_comes(
    share: float,
) -> None:
    right = school(300)
    stored = _open_ones_swapped(right, share)
    file = ChangingFile(right, _stored(stored))
    (finding,) = file.review.findings
    assert finding.code == "stored-dates-swapped"
    wrong = [place for place, row in enumerate(stored, start=2) if row != right[place - 2]]
    assert finding.rows.to_list() == wrong
    assert "all of them as they are. So it is the stored dates that look wrong." in finding.message
    assert {"date-swapped", "date-order"}.isdisjoint(file.review.problems["code"])


def test_dates_that_only_the_store_calls_swapped_stay_so_when_the_others_have_been_put_right() -> None:
    right = school(300)
    rows = swapped_by_excel(right, 0.1)
    file = ChangingFile(rows, _stored(right))
    before = set(file.rows_with("date-swapped"))
    by_year = [
        place
        for place, row in enumerate(rows, start=2)
        if row != right[place - 2] and not _fits_either_way(row)
    ]
    file.type_dates({place: right[place - 2]["date_of_birth"] for place in by_year})
    left = set(file.rows_with("date-swapped"))
    assert left == before - set(by_year)
    assert len(left) > 3
    assert "stored-dates-swapped" not in file.findings


def test_that_stored_dates_alone_call_dates_swapped_is_said() -> None:
    right = _without_year_groups(school(300))
    file = ChangingFile(swapped_by_excel(right, 0.2), _stored(right))
    (finding,) = file.review.findings
    assert finding.code == "dates-mixed"
    assert "Only the dates stored for these students say which are swapped" in finding.message


def test_a_stored_date_that_is_neither_reading_settles_nothing() -> None:
    right = _without_year_groups(school(60))
    others = [row | {"date_of_birth": "2010-01-01"} for row in _stored(right)]
    assert finding_codes(checked(STUDENTS, swapped_by_excel(right), others)) == []


def test_stored_dates_that_agree_with_a_clean_file_say_nothing() -> None:
    right = school(60)
    result = checked(STUDENTS, right, _stored(right))
    assert (finding_codes(result), problem_counts(result)) == ([], {})


def test_stored_and_given_dates_can_settle_a_file_together() -> None:
    right = school(60)
    for place in range(0, 60, 2):
        right[place] = right[place] | {"year_group": "X"}
    (finding,) = checked(STUDENTS, swapped_by_excel(right), _stored(right)).findings
    assert finding.code == "dates-swapped"
    assert "Year groups and stored dates settle" in finding.message


def test_every_row_swapped_on_both_sides_stays_with_the_year_group() -> None:
    right = school(300)
    wrong = with_dates([row for row in right if can_be_swapped(row)], swapped)
    result = checked(STUDENTS, wrong, _stored(wrong))
    assert set(finding_codes(result)) == {"dates-swapped", "stored-dates-swapped"}


@pytest.mark.parametrize("share", [0.01, 0.05, 0.2])
def test_a_right_file_is_not_changed_because_some_stored_dates_are_swapped(share: float) -> None:
    right = school(1_200)
    result = checked(STUDENTS, right, _stored(swapped_by_excel(right, share)))
    assert problem_counts(result) == {}
    assert set(finding_codes(result)) <= {"stored-dates-swapped"}
    assert share == 0.01 or result.findings


@pytest.mark.parametrize("share", [0.05, 0.2])
def test_swapped_dates_of_children_who_are_stored_are_all_told_apart(share: float) -> None:
    right = school(1_200)
    rows = swapped_by_excel(right, share)
    problems = checked(STUDENTS, rows, _stored(right)).problems
    warnings = problems.filter(problems["code"] == "date-swapped")
    wrong = {place for place, row in enumerate(rows, start=2) if row != right[place - 2]}
    assert set(warnings["row"]) == wrong
    assert any(warnings["sure"])


def test_a_date_that_is_stored_so_is_only_possibly_swapped() -> None:
    right = school(1_200)
    rows = swapped_by_excel(right, 0.3)
    born, year = "05/10/2012", "9"  # of Year 9; 10 May would be of Year 10
    rows.append(right[0] | {"surname": "Lee", "date_of_birth": born, "year_group": "10"})
    stored = [*_stored(right), {**rows[-1], "date_of_birth": _iso(born), "year_group": year, "upn": None}]
    problems = checked(STUDENTS, rows, stored).problems
    sure = dict(problems.filter(problems["code"] == "date-swapped").select("row", "sure").iter_rows())
    assert sure.pop(1_202) is False
    assert any(sure.values())


def test_where_year_groups_are_often_wrong_a_swapped_date_is_sure_only_if_it_is_stored() -> None:
    right = school(1_200)
    rows = swapped_by_excel(right, 0.4)
    for place in range(0, 1_200, 20):
        rows[place] = rows[place] | {"year_group": str(int(rows[place]["year_group"]) + 1)}
    problems = checked(STUDENTS, rows, _stored(right[:900])).problems
    warnings = problems.filter((problems["code"] == "date-swapped") & problems["message"].str.contains("fit"))
    by_sure = {
        sure: set(warnings.filter(warnings["sure"] == sure)["row"].to_list()) for sure in (True, False)
    }
    assert {row for row in by_sure[True] if row > 901} == set()
    assert {row for row in by_sure[False] if row > 901}
    wrong = {
        place
        for place, row in enumerate(rows, start=2)
        if row["date_of_birth"] != right[place - 2]["date_of_birth"]
    }
    assert by_sure[True]
    assert by_sure[True] <= wrong
