"""Counts of rows by state, as Put right shows them."""

from pathlib import Path

from backdrop_tui.imports.pipeline import from_file
from backdrop_tui.intake.draft.inputs import Basis
from backdrop_tui.intake.draft.review import review
from backdrop_tui.intake.matching.match import match_columns
from backdrop_tui.tui.widgets.review_text import describe_counts
from tests.support.made_up import CONTEXT, STUDENTS, read, stored, student, table


def test_the_number_of_all_rows_is_only_said_if_everything_fits_into_one_line() -> None:
    sheet = read(table([student(n, gender="Boy") for n in range(3)]))
    intake = from_file(Path("pupils.csv"), sheet, match_columns(sheet, STUDENTS))
    seen = review(intake, Basis(CONTEXT, stored(STUDENTS)))
    whole = describe_counts(seen, 80).plain
    assert whole == " 3 rows: 0 ready  ! 3 with errors"
    assert describe_counts(seen, len(whole)).plain == whole
    assert describe_counts(seen, len(whole) - 1).plain == " 0 ready  ! 3 with errors"
