from dataclasses import replace

import polars as pl

from backdrop_tui.intake.checking.check import Counts
from backdrop_tui.intake.draft import fixes
from backdrop_tui.intake.draft.edited_texts import apply_edits
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.inputs import Basis
from backdrop_tui.intake.draft.review import ProblemKind, Review, review
from tests.intake.conftest import Begin
from tests.support.made_up import CONTEXT, STUDENTS, stored, student, table

BASIS = Basis(CONTEXT, stored(STUDENTS))
HEAD = "First Name,Surname,Date of Birth,Gender,Year Group,Registration Group"


def codes(reviewed: Review) -> list[tuple[int, str]]:
    return [(row, code) for row, code in reviewed.problems.select("row", "code").iter_rows()]


def kind_of(reviewed: Review, code: str) -> ProblemKind:
    return next(kind for kind in reviewed.problem_kinds if kind.code == code)


def test_a_review_applies_the_edits(begin: Begin) -> None:
    draft = begin(table([student(0, gender="Boy"), student(1)]))
    assert codes(review(draft.intake(), BASIS)) == [(2, "gender-unknown")]
    draft.do(Change("x", cells=((2, "gender", "male"), (3, "surname", "Zed"))))
    reviewed = review(draft.intake(), BASIS)
    assert not reviewed.problems.height
    assert reviewed.ready["gender"][0] == "M"
    assert reviewed.texts["surname"].to_list()[1] == "Zed"


def test_counting_rows_does_not_put_their_people_together(begin: Begin) -> None:
    """With a million rows, those people take as much memory as the whole file."""
    reviewed = review(begin(table([student(0), student(1, gender="Boy")])).intake(), BASIS)
    assert (reviewed.counts.ready, reviewed.counts.errors) == (1, 1)
    assert "people" not in vars(reviewed.checked.columns)


def test_kinds_of_problems_list_errors_first_then_the_most_frequent(begin: Begin) -> None:
    rows = [student(0, gender="Boy"), student(1, gender="Girl"), student(2, gender="x", year_group="0x")]
    rows += [student(n, first_name=f"J{n}") for n in range(3, 7)]
    reviewed = review(begin(table(rows)).intake(), BASIS)
    assert [(k.code, k.level, k.count, k.suggestions) for k in reviewed.problem_kinds] == [
        ("gender-unknown", "error", 3, 2),
        ("year-unknown", "error", 1, 0),
        ("odd-character", "warning", 4, 0),
    ]
    assert kind_of(reviewed, "gender-unknown").title == "Gender is not Male or Female"
    assert reviewed.problems_of(kind_of(reviewed, "gender-unknown"))["row"].to_list() == [2, 3, 4]
    assert reviewed.problems_in([4])["code"].to_list() == ["gender-unknown", "year-unknown"]
    assert reviewed.problem_rows.to_list() == [2, 3, 4, 5, 6, 7, 8]
    assert reviewed.counts == Counts(ready=4, errors=3, warnings=4)


def test_accepted_warnings_stay_accepted_when_another_cell_changes(begin: Begin) -> None:
    draft = begin(table([student(0, first_name="J0"), student(1, first_name="K1")]))
    reviewed = review(draft.intake(), BASIS)
    change = fixes.accept(reviewed.problems_in([2]))
    assert change is not None
    draft.do(change)
    draft.do(Change("x", cells=((2, "surname", "Other"),)))
    reviewed = review(draft.intake(), BASIS)
    assert codes(reviewed) == [(3, "odd-character")]
    assert reviewed.counts == Counts(ready=2, errors=0, warnings=1)


def test_a_new_text_in_a_cell_brings_its_accepted_warning_back(begin: Begin) -> None:
    draft = begin(table([student(0, first_name="J0")]))
    change = fixes.accept(review(draft.intake(), BASIS).problems)
    assert change is not None
    draft.do(change)
    draft.do(Change("x", cells=((2, "first_name", "J1"),)))
    assert codes(review(draft.intake(), BASIS)) == [(2, "odd-character")]


def test_accepting_a_problem_of_the_whole_row_makes_the_row_ready(begin: Begin) -> None:
    draft = begin(
        f"{HEAD},Notes\nAmy,Lee,14/03/2012,F,9,9A,x,y\nBo,Ray,14/03/2012,M,9,9A,x\nCy,May,14/03/2012,M,9,9A,x,y\n"
    )
    reviewed = review(draft.intake(), BASIS)
    assert codes(reviewed) == [(2, "cell-count"), (4, "cell-count")]
    assert (reviewed.counts, reviewed.ready.height) == (Counts(ready=1, errors=2, warnings=0), 1)
    change = fixes.accept(reviewed.problems_in([2]))
    assert change is not None
    draft.do(change)
    reviewed = review(draft.intake(), BASIS)
    assert (reviewed.counts, reviewed.ready["row"].to_list()) == (
        Counts(ready=2, errors=1, warnings=0),
        [2, 3],
    )
    assert [(k.field, k.code, k.count) for k in reviewed.problem_kinds] == [(None, "cell-count", 1)]


def test_an_error_in_a_cell_cannot_be_accepted(begin: Begin) -> None:
    reviewed = review(begin(table([student(0, gender="Boy")])).intake(), BASIS)
    assert fixes.accept(reviewed.problems) is None


def test_left_out_rows_are_not_checked_and_are_nobody_s_duplicates(begin: Begin) -> None:
    draft = begin(table([student(0), student(0, gender=""), student(1, gender="Boy")]))
    assert {code for _, code in codes(review(draft.intake(), BASIS))} == {
        "upn-duplicate", "duplicate-person", "gender-unknown",
    }  # fmt: skip
    draft.do(Change("x", left_out=(3, 4)))
    reviewed = review(draft.intake(), BASIS)
    assert not reviewed.problems.height
    assert reviewed.counts == Counts(ready=1, errors=0, warnings=0, left_out=2)
    assert reviewed.texts.height == 3
    assert reviewed.left_out == {3, 4}


def test_problems_of_left_out_rows_are_not_counted(begin: Begin) -> None:
    draft = begin(f"{HEAD}\nAmy,Lee,14/03/2012,F,9,9A,x\nBo,Ray,14/03/2012,M,9,9A\n")
    draft.do(Change("x", left_out=(2,)))
    assert review(draft.intake(), BASIS).counts == Counts(ready=1, errors=0, warnings=0, left_out=1)


def test_rows_are_checked_against_the_people_stored(begin: Begin) -> None:
    draft = begin(table([student(0)]))
    upn = student(0)["UPN"]
    other = stored(STUDENTS, {"first_name": "X", "surname": "Y", "date_of_birth": "2010-01-01", "upn": upn})
    assert codes(review(draft.intake(), Basis(CONTEXT, other))) == [(2, "upn-taken")]


def test_the_file_s_dates_are_read_in_the_draft_s_order_and_typed_ones_day_first(begin: Begin) -> None:
    draft = begin(table([student(0, date_of_birth="03/04/2014"), student(1, date_of_birth="03/25/2013")]))
    draft.do(Change("x", date_order="mdy"))
    draft.do(Change("x", cells=((3, "date_of_birth", "05/06/2013"),)))
    reviewed = review(draft.intake(), BASIS)
    assert reviewed.ready["date_of_birth"].to_list() == ["2014-03-04", "2013-06-05"]


def test_editing_a_date_of_a_month_first_file_starts_from_what_would_be_typed(begin: Begin) -> None:
    draft = begin(table([student(0, date_of_birth="03/04/2014"), student(1, date_of_birth="25/12/2013")]))
    draft.do(Change(title="Dates read month first", date_order="mdy"))
    seen = review(draft.intake(), BASIS)
    before = seen.checked.people["date_of_birth"].to_list()
    assert seen.text_to_edit(2, "date_of_birth") == "04/03/2014"
    assert seen.text_to_edit(3, "date_of_birth") == "25/12/2013"
    draft.do(fixes.set_cell(seen, 2, "date_of_birth", seen.text_to_edit(2, "date_of_birth")))
    assert review(draft.intake(), BASIS).checked.people["date_of_birth"].to_list() == before


def test_a_field_without_a_column_can_be_filled_in(begin: Begin) -> None:
    draft = begin(f"{HEAD}\nAmy,Lee,14/03/2012,F,9,9A\nBo,Ray,14/03/2012,M,9,9A\n")
    draft.do(Change("x", cells=((3, "upn", student(5)["UPN"]),)))
    assert review(draft.intake(), BASIS).ready["upn"].to_list() == [None, student(5)["UPN"]]


def test_edits_of_rows_that_do_not_exist_have_no_effect() -> None:
    texts = pl.DataFrame(
        {"row": [2, 5], "surname": ["a", "b"]}, schema={"row": pl.UInt32, "surname": pl.String}
    )
    texts_after = apply_edits(
        STUDENTS, texts, {(3, "surname"): "x", (9, "surname"): "y", (5, "surname"): "z"}, []
    )
    assert texts_after["surname"].to_list() == ["a", "z"]


def test_rows_added_by_hand_are_sorted_by_their_numbers() -> None:
    texts = pl.DataFrame(schema={"row": pl.UInt32, "surname": pl.String})
    texts_after = apply_edits(STUDENTS, texts, {(7, "surname"): "x", (3, "surname"): "y"}, [7, 3])
    assert texts_after.rows() == [(3, "y"), (7, "x")]


def test_the_context_is_kept_except_for_the_date_order(begin: Begin) -> None:
    draft = begin(table([student(0)]))
    draft.do(Change("x", date_order="mdy"))
    assert review(draft.intake(), BASIS).context == replace(CONTEXT, date_order="mdy")


def test_reading_dates_month_first_can_be_undone(begin: Begin) -> None:
    draft = begin(table([student(0, date_of_birth="03/04/2014")]))
    draft.do(Change("x", date_order="mdy"))
    draft.undo()
    assert review(draft.intake(), BASIS).ready["date_of_birth"].to_list() == ["2014-04-03"]
