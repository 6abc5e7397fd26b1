import time

import pytest

from backdrop_tui.intake.draft import fixes
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.inputs import Basis
from backdrop_tui.intake.draft.review import Review, review
from backdrop_tui.records.schema.problems import no_problems
from tests.intake.conftest import Begin
from tests.intake.draft.test_review import kind_of
from tests.support.made_up import CONTEXT, STUDENTS, stored, student, table

BASIS = Basis(CONTEXT, stored(STUDENTS))


def check(draft: Draft) -> Review:
    return review(draft.intake(), BASIS)


def after(draft: Draft, change: Change | None) -> Review:
    """Make a change that must not be None, and check the draft again."""
    assert change is not None
    draft.do(change)
    return check(draft)


def test_a_cell_is_set_and_the_title_of_the_change_names_no_one(begin: Begin) -> None:
    change = fixes.set_cell(check(begin(table([student(0)]))), 2, "surname", "Khan")
    assert (change.title, change.cells) == ("Surname in row 2", ((2, "surname", "Khan"),))


def test_a_lone_surrogate_becomes_a_question_mark(begin: Begin) -> None:
    draft = begin(table([student(0)]))
    assert (
        after(draft, fixes.set_cell(check(draft), 2, "surname", "Kh\udcffan")).texts["surname"][0] == "Kh?an"
    )


def test_cells_with_the_same_faulty_value_are_fixed_together(begin: Begin) -> None:
    draft = begin(
        table([student(0, gender="Boy"), student(1, gender=" Boy "), student(2, gender="Girl"), student(3)])
    )
    reviewed = after(draft, fixes.fix_alike(check(draft), "gender", "Boy", "M"))
    assert reviewed.texts["gender"].to_list() == ["M", "M", "Girl", student(3)["Gender"]]
    assert fixes.fix_alike(reviewed, "gender", "Boy", "M") is None


def test_all_suggestions_of_one_kind_are_taken(begin: Begin) -> None:
    draft = begin(table([student(0, gender="Boy"), student(1, gender="Girl"), student(2, gender="x")]))
    reviewed = after(draft, fixes.take_suggestions(check(draft), kind_of(check(draft), "gender-unknown")))
    assert reviewed.texts["gender"].to_list() == ["M", "F", "x"]
    assert draft.edits.done[-1].title == "Took the suggestions for Gender in 2 rows"
    assert fixes.take_suggestions(reviewed, kind_of(reviewed, "gender-unknown")) is None


def test_every_cell_of_a_kind_is_left_blank_only_where_it_may_be(begin: Begin) -> None:
    rows = [student(n, upn=f"A{n}", year_group="0x", gender="Boy") for n in range(3)]
    draft = begin(table(rows))
    assert fixes.leave_blank(check(draft), kind_of(check(draft), "year-unknown")) is None
    reviewed = after(draft, fixes.leave_blank(check(draft), kind_of(check(draft), "upn-length")))
    assert reviewed.texts["upn"].to_list() == ["", "", ""]
    assert draft.edits.done[-1].title == "UPN left blank in 3 rows"
    assert "upn-length" not in [kind.code for kind in reviewed.problem_kinds]


def test_suggested_dates_are_read_day_first_even_in_a_month_first_file(begin: Begin) -> None:
    draft = begin(table([student(0, date_of_birth="2014, 4 March"), student(1, date_of_birth="03/25/2013")]))
    draft.do(Change("x", date_order="mdy"))
    reviewed = check(draft)
    kinds = [kind for kind in reviewed.problem_kinds if kind.field == "date_of_birth" and kind.suggestions]
    for kind in kinds:
        reviewed = after(draft, fixes.take_suggestions(reviewed, kind))
    assert reviewed.ready["date_of_birth"].to_list()[-1] == "2013-03-25"


@pytest.mark.parametrize(
    ("find", "put", "whole", "expected"),
    [
        ("9A", "9B", True, ["9B", "9A Red", "9C"]),
        ("9A", "9B", False, ["9B", "9B Red", "9C"]),
        (" Red", "", False, ["9A", "9A", "9C"]),
        ("9a", "9B", False, None),
        ("9A", "9A", False, None),
        ("", "x", False, None),
        (".", "x", False, None),
    ],
)
def test_find_and_replace_changes_one_column(
    begin: Begin,
    find: str,
    put: str,
    whole: bool,  # noqa: FBT001 - a table of cases
    expected: list[str] | None,
) -> None:
    rows = [
        student(n, registration_group=group, surname="9A") for n, group in enumerate(["9A", "9A  Red", "9C"])
    ]
    draft = begin(table(rows))
    change = fixes.find_and_replace(check(draft), "registration_group", find, put, whole=whole)
    if expected is None:
        assert change is None
    else:
        reviewed = after(draft, change)
        assert [text.replace("  ", " ") for text in reviewed.texts["registration_group"]] == expected
        assert reviewed.texts["surname"].to_list() == ["9A"] * 3


def test_find_and_replace_skips_rows_that_are_left_out(begin: Begin) -> None:
    draft = begin(table([student(0, registration_group="9A"), student(5, registration_group="9A")]))
    draft.do(Change("x", left_out=(2,)))
    change = fixes.find_and_replace(check(draft), "registration_group", "9A", "9B", whole=True)
    assert change is not None
    assert change.cells == ((3, "registration_group", "9B"),)


def test_replacing_part_of_a_date_keeps_its_day_and_month(begin: Begin) -> None:
    draft = begin(table([student(0, date_of_birth="03/04/2113"), student(1, date_of_birth="03/25/2013")]))
    draft.do(Change("x", date_order="mdy"))
    reviewed = after(
        draft, fixes.find_and_replace(check(draft), "date_of_birth", "/2113", "/2014", whole=False)
    )
    assert reviewed.ready["date_of_birth"].to_list() == ["2014-03-04", "2013-03-25"]


def test_find_and_replace_does_nothing_in_a_field_without_a_column(begin: Begin) -> None:
    draft = begin("First Name,Surname,Date of Birth,Year Group,Registration Group\nA,B,14/03/2012,9,9A\n")
    assert fixes.find_and_replace(check(draft), "upn", "x", "y", whole=False) is None


def test_leaving_a_row_out_twice_or_taking_it_back_twice_changes_nothing(begin: Begin) -> None:
    draft = begin(table([student(0), student(1)]))
    reviewed = after(draft, fixes.leave_out(check(draft), [2, 3]))
    assert draft.edits.done[-1].title == "Left out 2 rows"
    assert fixes.leave_out(reviewed, [2]) is None
    reviewed = after(draft, fixes.take_back(reviewed, [3]))
    assert reviewed.left_out == {2}
    assert fixes.take_back(reviewed, [3]) is None


def test_accepting_no_problems_changes_nothing() -> None:
    assert fixes.accept(no_problems()) is None


def test_twenty_thousand_cells_are_fixed_and_restored_in_the_time_of_a_few_checks(begin: Begin) -> None:
    draft = begin(table(student(n, gender="Boy", upn="", registration_group=f"7{n}") for n in range(20_000)))
    began = time.process_time()
    reviewed = check(draft)
    limit = 4 * (time.process_time() - began)
    assert kind_of(reviewed, "gender-unknown").count == 20_000
    began = time.process_time()
    change = fixes.fix_alike(reviewed, "gender", "Boy", "M")
    reviewed = after(draft, change)
    assert time.process_time() - began < limit
    assert "gender-unknown" not in {kind.code for kind in reviewed.problem_kinds}
    began = time.process_time()
    draft.undo()
    check(draft)
    assert time.process_time() - began < limit
