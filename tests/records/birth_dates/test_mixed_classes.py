from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.records.students import STUDENTS
from tests.support.birth_dates import Row, problem_counts, school, swapped_by_excel
from tests.support.cells import checked
from tests.support.changing_file import ChangingFile


def _in_classes_of_two_years(rows: list[Row]) -> list[Row]:
    """Rows whose year group names both of a class: `Year 5/6`."""
    return [
        row | {"year_group": "Year 5/6" if row["year_group"] in {"5", "6"} else "Year 3/4"} for row in rows
    ]


def test_classes_of_two_year_groups_settle_dates_too() -> None:
    right = school(120, years=(3, 6))
    file = ChangingFile(_in_classes_of_two_years(swapped_by_excel(right)))
    assert file.findings == ["dates-swapped"]
    file.apply("dates-swapped")
    after = file.take_suggestions("year-unknown")
    assert after.findings == ()
    assert set(after.problems["code"]) <= {"year-unknown"}
    years = dict(after.ready.select("row", "year_group").iter_rows())
    assert len(years) > 80
    assert all(year == right[row - 2]["year_group"] for row, year in years.items())


def test_a_year_group_chosen_by_the_date_is_no_evidence_for_it() -> None:
    # Both readings of the date belong to the class: 5 October 2016 to Year 5, 10 May 2016 to Year 6.
    rows = [{"date_of_birth": "05/10/2016", "year_group": "Year 5/6"}]
    file = ChangingFile(rows)
    file.edits.do(Change("x", cells=((2, "year_group", "6"),)))
    assert file.rows_with("date-swapped") == []
    assert file.rows_with("year-age") == [2]


def test_a_warning_names_both_year_groups_of_a_class() -> None:
    # 5 October 2017 is of Year 4; 10 May 2017 of Year 5.
    rows = [{"date_of_birth": "05/10/2017", "year_group": "Year 5/6"}]
    result = checked(STUDENTS, rows)
    assert problem_counts(result) == {"date-swapped": 1, "year-unknown": 1}
    (message,) = result.problems.filter(result.problems["code"] == "date-swapped")["message"]
    assert message == (
        "05/10/2017 doesn't fit Year 5 or Year 6, but 10/05/2017 does. Check whether day and month are swapped."
    )


def test_a_clean_school_of_mixed_classes_has_nothing_to_say_about_dates() -> None:
    result = checked(STUDENTS, _in_classes_of_two_years(school(120, years=(3, 6))))
    assert result.findings == ()
    assert set(result.problems["code"]) == {"year-unknown"}
