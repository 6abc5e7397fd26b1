"""The different values of a column with their counts, and what is stored for them."""

from backdrop_tui.intake.draft import fixes
from backdrop_tui.intake.draft.review import review
from backdrop_tui.intake.overview.value_counts import ValueCount, counted_fields, value_counts
from backdrop_tui.records.staff import STAFF
from tests.intake.conftest import Begin
from tests.intake.draft.test_fixes import after, check
from tests.intake.draft.test_review import BASIS
from tests.support.made_up import STUDENTS, student, table


def test_students_and_staff_have_columns_with_few_values() -> None:
    assert [field.key for field in counted_fields(STUDENTS)] == ["gender", "year_group", "registration_group"]
    assert [field.key for field in counted_fields(STAFF)] == ["user_group"]


def test_values_that_can_not_be_stored_come_first_with_their_suggestions(begin: Begin) -> None:
    genders = ["Boy", "M", "male", "Zebra", "Boy", "", "F"]
    draft = begin(table(student(n, gender=gender) for n, gender in enumerate(genders)))
    assert value_counts(check(draft), "gender") == (
        ValueCount("Boy", 2, (), ("M",), "error"),
        ValueCount("Zebra", 1, (), (), "error"),
        ValueCount("", 1, (), (), ""),
        ValueCount("F", 1, ("F",), (), ""),
        ValueCount("M", 1, ("M",), (), ""),
        ValueCount("male", 1, ("M",), (), ""),
    )


def test_year_groups_are_in_the_order_of_a_school_and_rows_left_out_do_not_count(begin: Begin) -> None:
    years = [("10", 10), ("9", 9), ("Year 9", 9), ("R", 0), ("9", 9)]
    rows = [
        student(n, year_group=text, date_of_birth=f"01/02/{2021 - year}")
        for n, (text, year) in enumerate(years)
    ]
    draft = begin(table(rows))
    reviewed = after(draft, fixes.leave_out(check(draft), [6]))
    counts = [(value.text, value.count) for value in value_counts(reviewed, "year_group")]
    assert counts == [("R", 1), ("9", 1), ("Year 9", 1), ("10", 1)]


def test_a_column_that_the_file_does_not_have_is_blank(begin: Begin) -> None:
    rows = [{label: text for label, text in student(n).items() if label != "Gender"} for n in range(3)]
    reviewed = review(begin(table(rows)).intake(), BASIS)
    assert value_counts(reviewed, "gender") == (ValueCount("", 3, (), (), ""),)


def test_a_value_is_replaced_in_all_of_its_rows(begin: Begin) -> None:
    draft = begin(table(student(n, gender=gender) for n, gender in enumerate(["Boy", "boy", "", "Boy"])))
    reviewed = after(draft, fixes.replace_value(check(draft), "gender", "Boy", "M"))
    assert reviewed.texts["gender"].to_list() == ["M", "boy", "", "M"]
    reviewed = after(draft, fixes.replace_value(reviewed, "gender", "", "F"))
    assert reviewed.texts["gender"].to_list() == ["M", "boy", "F", "M"]
    assert draft.edits.done[-1].title == "Filled in Gender in 1 row"
    assert fixes.replace_value(reviewed, "gender", "", "F") is None
