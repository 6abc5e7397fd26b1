"""What would be stored for one row is what the import stores."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from backdrop_tui.imports.pipeline import from_file
from backdrop_tui.intake.draft.inputs import Basis
from backdrop_tui.intake.draft.review import Review, review
from backdrop_tui.intake.linking.plan import EXISTING, Existing, plan_import
from backdrop_tui.intake.matching.match import match_columns
from backdrop_tui.intake.questions.answers import same_person
from backdrop_tui.intake.questions.outcome import outcome_of
from backdrop_tui.intake.questions.question import question_about
from tests.support.made_up import CONTEXT, STUDENTS, TEMPORARY_UPN, by_key, read, stored, student, table

ROSA = student(0, first_name="Rosa", surname="Hill")


def seen(row: Mapping[str, str], *people: Mapping[str, str]) -> Review:
    """A row, checked against people stored: the first of them is `bd-1`."""
    sheet = read(table([row]))
    known = stored(STUDENTS, *map(by_key, people))
    intake = from_file(Path("pupils.csv"), sheet, match_columns(sheet, STUDENTS))
    return review(intake, Basis(CONTEXT, known))


@pytest.mark.parametrize("existing", EXISTING)
@pytest.mark.parametrize(
    "row",
    [
        ROSA | {"Surname": "Marsh", "UPN": ""},
        ROSA | {"UPN": student(7)["UPN"], "Registration Group": "7Z"},
        ROSA | {"First Name": "Rose-Mary", "UPN": TEMPORARY_UPN},
    ],
    ids=["surname", "upn", "temporary"],
)
def test_it_is_what_the_import_stores_after_that_answer(row: dict[str, str], existing: Existing) -> None:
    rows = seen(row, ROSA)
    expected = outcome_of(rows, 2, "bd-1", existing)
    question = question_about(rows, 2)
    assert question is not None
    assert question.people == ("bd-1",)
    edits = rows.intake.edits
    edits.do(same_person(rows, question, "bd-1"))
    after = review(rows.intake, rows.basis)
    plan = plan_import(STUDENTS, after.ready, after.linkage, after.basis.stored, existing)
    assert plan.people_after.row(0, named=True) == expected.after
    assert expected.before["surname"] == "Hill"


def test_a_upn_of_someone_else_is_not_stored_for_either_answer() -> None:
    rows = seen(ROSA | {"UPN": student(1)["UPN"]}, ROSA, student(1))
    same = outcome_of(rows, 2, "bd-1", "update")
    assert same.identifier_of_another
    assert same.after["upn"] == ROSA["UPN"]
    new = outcome_of(rows, 2, None, "update")
    assert new.identifier_of_another
    assert new.after["upn"] is None
    assert not new.before


def test_a_temporary_upn_does_not_replace_a_permanent_one() -> None:
    rows = seen(ROSA | {"UPN": TEMPORARY_UPN, "First Name": "Rose-Mary"}, ROSA)
    same = outcome_of(rows, 2, "bd-1", "update")
    assert same.identifier_is_temporary
    assert same.after["upn"] == ROSA["UPN"]
    assert not outcome_of(rows, 2, None, "update").identifier_of_another
