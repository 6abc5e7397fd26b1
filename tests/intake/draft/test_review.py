from dataclasses import replace

import polars as pl

from backdrop_tui.intake.checking.check import Counts
from backdrop_tui.intake.draft import fixes
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.review import ProblemKind, Review, edited, review
from tests.intake.conftest import Begin
from tests.support.made_up import CONTEXT, STUDENTS, stored, student, table

NOBODY = stored(STUDENTS)
HEAD = "First Name,Surname,Date of Birth,Gender,Year Group,Registration Group"


def codes(found: Review) -> list[tuple[int, str]]:
    return [(row, code) for row, code in found.problems.select("row", "code").iter_rows()]


def kind_of(found: Review, code: str) -> ProblemKind:
    return next(kind for kind in found.kinds if kind.code == code)


def test_a_review_shows_texts_with_the_edits_in_them(begin: Begin) -> None:
    draft = begin(table([student(0, gender="Boy"), student(1)]))
    assert codes(review(draft, CONTEXT, NOBODY)) == [(2, "gender-unknown")]
    draft.do(Change("x", cells=((2, "gender", "male"), (3, "surname", "Zed"))))
    found = review(draft, CONTEXT, NOBODY)
    assert not found.problems.height
    assert found.ready["gender"][0] == "M"
    assert found.texts["surname"].to_list()[1] == "Zed"


def test_problems_are_grouped_errors_first_then_the_most_frequent(begin: Begin) -> None:
    rows = [student(0, gender="Boy"), student(1, gender="Girl"), student(2, gender="x", year_group="0x")]
    rows += [student(n, first_name=f"J{n}") for n in range(3, 7)]
    found = review(begin(table(rows)), CONTEXT, NOBODY)
    assert [(k.code, k.level, k.count, k.suggestions) for k in found.kinds] == [
        ("gender-unknown", "error", 3, 2),
        ("year-unknown", "error", 1, 0),
        ("odd-character", "warning", 4, 0),
    ]
    assert kind_of(found, "gender-unknown").title == "Gender is not Male or Female"
    assert found.of_kind(kind_of(found, "gender-unknown"))["row"].to_list() == [2, 3, 4]
    assert found.of_rows([4])["code"].to_list() == ["gender-unknown", "year-unknown"]
    assert found.problem_rows.to_list() == [2, 3, 4, 5, 6, 7, 8]
    assert found.counts == Counts(ready=4, errors=3, warnings=4)


def test_accepted_warnings_vanish_and_stay_away(begin: Begin) -> None:
    draft = begin(table([student(0, first_name="J0"), student(1, first_name="K1")]))
    found = review(draft, CONTEXT, NOBODY)
    change = fixes.accept(found.of_rows([2]))
    assert change is not None
    draft.do(change)
    draft.do(Change("x", cells=((2, "surname", "Other"),)))
    found = review(draft, CONTEXT, NOBODY)
    assert codes(found) == [(3, "odd-character")]
    assert found.counts == Counts(ready=2, errors=0, warnings=1)


def test_an_accepted_cell_with_a_new_text_is_looked_at_anew(begin: Begin) -> None:
    draft = begin(table([student(0, first_name="J0")]))
    change = fixes.accept(review(draft, CONTEXT, NOBODY).problems)
    assert change is not None
    draft.do(change)
    draft.do(Change("x", cells=((2, "first_name", "J1"),)))
    assert codes(review(draft, CONTEXT, NOBODY)) == [(2, "odd-character")]


def test_an_accepted_row_fault_makes_the_row_ready(begin: Begin) -> None:
    draft = begin(
        f"{HEAD},Notes\nAmy,Lee,14/03/2012,F,9,9A\nBo,Ray,14/03/2012,M,9,9A,x\nCy,May,14/03/2012,M,9,9A,x,y\n"
    )
    found = review(draft, CONTEXT, NOBODY)
    assert codes(found) == [(2, "cell-count"), (4, "cell-count")]
    assert (found.counts, found.ready.height) == (Counts(ready=1, errors=2, warnings=0), 1)
    change = fixes.accept(found.of_rows([2]))
    assert change is not None
    draft.do(change)
    found = review(draft, CONTEXT, NOBODY)
    assert (found.counts, found.ready["row"].to_list()) == (Counts(ready=2, errors=1, warnings=0), [2, 3])
    assert [(k.field, k.code, k.count) for k in found.kinds] == [(None, "cell-count", 1)]


def test_an_error_of_a_cell_cannot_be_accepted(begin: Begin) -> None:
    found = review(begin(table([student(0, gender="Boy")])), CONTEXT, NOBODY)
    assert fixes.accept(found.problems) is None


def test_rows_left_out_are_not_checked_and_do_not_count_for_duplicates(begin: Begin) -> None:
    draft = begin(table([student(0), student(0), student(1, gender="Boy")]))
    assert {code for _, code in codes(review(draft, CONTEXT, NOBODY))} == {
        "upn-duplicate", "duplicate-person", "gender-unknown",
    }  # fmt: skip
    draft.do(Change("x", left_out=(3, 4)))
    found = review(draft, CONTEXT, NOBODY)
    assert not found.problems.height
    assert found.counts == Counts(ready=1, errors=0, warnings=0)
    assert found.texts.height == 3
    assert found.left_out == {3, 4}


def test_a_row_fault_of_a_row_left_out_does_not_count(begin: Begin) -> None:
    draft = begin(f"{HEAD}\nAmy,Lee,14/03/2012,F,9,9A,x\nBo,Ray,14/03/2012,M,9,9A\n")
    draft.do(Change("x", left_out=(2,)))
    assert review(draft, CONTEXT, NOBODY).counts == Counts(ready=1, errors=0, warnings=0)


def test_the_stored_people_are_looked_at(begin: Begin) -> None:
    draft = begin(table([student(0)]))
    upn = student(0)["UPN"]
    other = stored(STUDENTS, {"first_name": "X", "surname": "Y", "date_of_birth": "2010-01-01", "upn": upn})
    assert codes(review(draft, CONTEXT, other)) == [(2, "upn-taken")]


def test_dates_are_read_in_the_order_of_the_draft_and_typed_ones_day_first(begin: Begin) -> None:
    draft = begin(table([student(0, date_of_birth="03/04/2014"), student(1, date_of_birth="03/25/2013")]))
    draft.do(Change("x", date_order="mdy"))
    draft.do(Change("x", cells=((3, "date_of_birth", "05/06/2013"),)))
    found = review(draft, CONTEXT, NOBODY)
    assert found.ready["date_of_birth"].to_list() == ["2014-03-04", "2013-06-05"]


def test_a_field_without_a_column_can_be_typed_in(begin: Begin) -> None:
    draft = begin(f"{HEAD}\nAmy,Lee,14/03/2012,F,9,9A\nBo,Ray,14/03/2012,M,9,9A\n")
    draft.do(Change("x", cells=((3, "upn", student(5)["UPN"]),)))
    assert review(draft, CONTEXT, NOBODY).ready["upn"].to_list() == [None, student(5)["UPN"]]


def test_edits_of_rows_that_are_not_there_wait() -> None:
    texts = pl.DataFrame(
        {"row": [2, 5], "surname": ["a", "b"]}, schema={"row": pl.UInt32, "surname": pl.String}
    )
    found = edited(STUDENTS, texts, {(3, "surname"): "x", (9, "surname"): "y", (5, "surname"): "z"}, [])
    assert found["surname"].to_list() == ["a", "z"]


def test_rows_typed_in_come_in_the_order_of_their_numbers() -> None:
    texts = pl.DataFrame(schema={"row": pl.UInt32, "surname": pl.String})
    found = edited(STUDENTS, texts, {(7, "surname"): "x", (3, "surname"): "y"}, [7, 3])
    assert found.rows() == [(3, "y"), (7, "x")]


def test_the_context_is_kept(begin: Begin) -> None:
    draft = begin(table([student(0)]))
    draft.do(Change("x", date_order="mdy"))
    assert review(draft, CONTEXT, NOBODY).context == replace(CONTEXT, date_order="mdy")


def test_dates_stay_in_doubt_once_the_month_first_ones_are_put_right(begin: Begin) -> None:
    draft = begin(table([student(0, date_of_birth="03/25/2013"), student(1, date_of_birth="03/04/2013")]))
    draft.do(Change("x", cells=((2, "date_of_birth", "25/03/2013"),)))
    assert (3, "date-order") in codes(review(draft, CONTEXT, NOBODY))


def test_reading_dates_month_first_can_be_taken_back(begin: Begin) -> None:
    draft = begin(table([student(0, date_of_birth="03/04/2014")]))
    draft.do(Change("x", date_order="mdy"))
    draft.undo()
    assert review(draft, CONTEXT, NOBODY).ready["date_of_birth"].to_list() == ["2014-04-03"]
