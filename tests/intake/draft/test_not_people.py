"""Rows that aren't people, in a draft."""

import polars as pl

from backdrop_tui.intake.draft import fixes
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.inputs import Basis
from backdrop_tui.intake.draft.review import Review, review
from backdrop_tui.records.students import STUDENTS
from tests.intake.conftest import Begin
from tests.support.made_up import CONTEXT, stored, student, table

BASIS = Basis(CONTEXT, stored(STUDENTS))
FILE = table([student(n) for n in range(3)]) + b"Total: 3,,,,,,\r\nMax,,,,,,\r\n"


def codes(seen: Review, row: int) -> set[str]:
    return set(seen.problems.filter(pl.col("row") == row)["code"])


def test_a_row_that_is_accepted_has_its_own_problems_again(begin: Begin) -> None:
    draft = begin(FILE)
    seen = review(draft.intake(), BASIS)
    assert codes(seen, 5) == {"not-a-person"}
    assert "required" in codes(seen, 6)
    change = fixes.accept(seen.problems_in([5]))
    assert change is not None
    draft.do(change)
    assert "required" in codes(review(draft.intake(), BASIS), 5)


def test_a_row_in_which_the_user_types_a_name_is_a_person(begin: Begin) -> None:
    draft = begin(FILE)
    draft.do(Change("x", cells=((5, "surname", "Lee"),)))
    assert "required" in codes(review(draft.intake(), BASIS), 5)


def test_a_row_that_the_remedy_left_out_and_the_user_took_back_is_saved_with_the_others(begin: Begin) -> None:
    draft = begin(FILE)
    finding = review(draft.intake(), BASIS).findings[0]
    draft.do(fixes.apply_remedy(finding, finding.remedies[0]))
    seen = review(draft.intake(), BASIS)
    assert seen.left_out == {5}
    assert seen.to_fix_later["row"].to_list() == [6]
    assert draft.edits.left_out_by(finding.code) == {5}
    draft.do(Change("x", taken_back=(5,)))
    assert draft.edits.left_out_by(finding.code) == frozenset()
    assert codes(review(draft.intake(), BASIS), 5) == {"not-a-person"}
