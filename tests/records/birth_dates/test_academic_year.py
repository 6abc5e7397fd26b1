import pytest

from backdrop_tui.records.students import STUDENTS
from tests.support.birth_dates import finding_codes, problem_counts, school, swapped_by_excel
from tests.support.cells import SCHOOL, checked
from tests.support.changing_file import ChangingFile

LAST_YEAR, NEXT_YEAR = SCHOOL.academic_year - 1, SCHOOL.academic_year + 1


@pytest.mark.parametrize(("year", "words"), [(LAST_YEAR, "2025/26"), (NEXT_YEAR, "2027/28")])
@pytest.mark.parametrize("size", [20, 300])
def test_a_list_for_another_year_is_one_finding_instead_of_warnings(size: int, year: int, words: str) -> None:
    result = checked(STUDENTS, school(size, academic_year=year))
    (finding,) = result.findings
    assert (finding.code, finding.type.level) == ("academic-year", "error")
    assert f"a list for {words}: {size} of {size} students" in finding.message
    assert len(finding.rows) == size
    assert problem_counts(result) == {}
    names = ["move-up", "set-year"] if year == LAST_YEAR else ["set-year"]
    assert [remedy.name for remedy in finding.remedies] == names


def test_a_small_class_of_another_year_is_left_to_its_rows() -> None:
    result = checked(STUDENTS, school(19, academic_year=LAST_YEAR))
    assert (finding_codes(result), problem_counts(result)) == ([], {"year-age": 19})


def test_a_few_students_out_of_their_year_don_t_make_it_another_year() -> None:
    rows = school(300)
    for place in range(0, 300, 8):
        year = int(rows[place]["year_group"])
        rows[place] = rows[place] | {"year_group": str(year - 1 if year > 7 else year + 1)}
    result = checked(STUDENTS, rows)
    assert finding_codes(result) == []
    assert problem_counts(result).get("year-age", 0) > 25


def test_everybody_moves_up_with_their_registration_group() -> None:
    rows = school(60, years=(-2, 12), academic_year=LAST_YEAR)
    rows[9] = rows[9] | {"registration_group": "Oak"}
    rows[10] = rows[10] | {"year_group": "X", "registration_group": "8A"}
    file = ChangingFile(rows)
    after = file.apply("academic-year", "move-up")
    assert (after.findings, after.problems.height) == ((), 0)
    moved = after.ready.select("year_group", "registration_group").rows()
    assert moved[:6] == [("N2", "N1A"), ("R", "N2B"), ("1", "RA"), ("2", "2B"), ("3", "3A"), ("4", "4B")]
    assert moved[9:11] == [("8", "Oak"), ("X", "8A")]
    assert moved[12:14] == [("11", "11A"), ("12", "12B")]
    file.edits.undo()
    assert file.findings == ["academic-year"]


def test_students_in_the_last_year_are_left_out_when_the_others_move_up() -> None:
    context = type(SCHOOL)(today=SCHOOL.today, academic_year=SCHOOL.academic_year, phase="primary")
    rows = school(72, years=(-1, 6), academic_year=LAST_YEAR)
    file = ChangingFile(rows, context=context)
    remedy = file.review.findings[0].remedies[0]
    assert remedy.title == "Move 63 students up a year; 9 students in Year 6 left out"
    after = file.apply("academic-year", "move-up")
    leavers = {place for place, row in enumerate(rows, start=2) if row["year_group"] == "6"}
    assert after.left_out == leavers
    assert (after.findings, after.problems.height, after.ready.height) == ((), 0, 63)
    file.edits.undo()
    assert not file.review.left_out


def test_everyone_keeps_the_difference_from_their_age() -> None:
    rows = school(60, academic_year=LAST_YEAR)
    rows[1] = rows[1] | {"year_group": "9"}  # a year above their age in Year 8
    file = ChangingFile(rows)
    after = file.apply("academic-year", "move-up")
    assert after.ready["year_group"][1] == "10"
    assert file.rows_with("year-age") == [3]


@pytest.mark.parametrize("year", [LAST_YEAR, NEXT_YEAR])
def test_the_school_s_year_can_be_set_to_that_of_the_file(year: int) -> None:
    rows = school(60, academic_year=year)
    file = ChangingFile(rows)
    after = file.apply("academic-year", "set-year")
    assert after.context.academic_year == year
    assert (after.findings, after.problems.height) == ((), 0)
    assert after.ready["year_group"].to_list() == [row["year_group"] for row in rows]
    file.edits.undo()
    assert file.findings == ["academic-year"]


def test_a_dismissed_finding_shows_every_student_s_warning() -> None:
    file = ChangingFile(school(60, academic_year=LAST_YEAR))
    file.dismiss("academic-year")
    assert file.findings == []
    assert len(file.rows_with("year-age")) == 60


def test_swapped_dates_are_recognised_in_a_list_for_another_year() -> None:
    right = school(300, academic_year=LAST_YEAR)
    file = ChangingFile(swapped_by_excel(right))
    assert set(file.findings) == {"dates-swapped", "academic-year"}
    file.apply("dates-swapped")
    assert file.findings == ["academic-year"]
    after = file.apply("academic-year", "move-up")
    assert (after.findings, after.problems.height) == ((), 0)
