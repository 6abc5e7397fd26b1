from pathlib import Path

import pytest

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.imports.answers import answer
from backdrop_tui.imports.pipeline import from_file
from backdrop_tui.intake.draft.inputs import Basis
from backdrop_tui.intake.draft.review import Review, review
from backdrop_tui.intake.matching.match import match_columns
from backdrop_tui.records.schema.findings import Remedy
from tests.support.made_up import CONTEXT, STUDENTS, read, stored, student, table
from tests.support.made_up_findings import CODE, put_on_students, rule


@pytest.fixture(autouse=True)
def with_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    put_on_students(monkeypatch, rule())


def seen(*rows: dict[str, str]) -> Review:
    sheet = read(table(rows))
    intake = from_file(Path("pupils.csv"), sheet, match_columns(sheet, STUDENTS))
    return review(intake, Basis(CONTEXT, stored(STUDENTS)))


def test_applying_a_finding_makes_its_change_and_closes_it() -> None:
    answered = answer(seen(student(0), student(1)), apply=[CODE])
    assert answered.review.texts["year_group"].to_list() == ["8", "8"]
    assert (answered.review.findings, answered.skipped) == ((), ())


def test_dismissing_a_finding_changes_nothing_and_closes_it() -> None:
    answered = answer(seen(student(0)), dismiss=[CODE])
    assert answered.review.texts["year_group"].to_list() == ["7"]
    assert answered.review.findings == ()


def test_applying_the_code_of_a_problem_takes_only_its_sure_suggestions() -> None:
    answered = answer(seen(student(1, gender="Boy"), student(6, gender="1")), apply=["gender-unknown"])
    assert answered.review.texts["gender"].to_list() == ["M", "1"]


def test_a_code_that_the_file_does_not_have_is_skipped_with_a_sentence() -> None:
    answered = answer(seen(student(1)), apply=["gender-unknown"], dismiss=[CODE])
    assert answered.skipped == (
        f"--dismiss {CODE} was skipped: there is nothing of that kind in this file.",
        "--apply gender-unknown was skipped: there is nothing of that kind in this file.",
    )


def test_a_finding_with_two_remedies_asks_which(monkeypatch: pytest.MonkeyPatch) -> None:
    put_on_students(
        monkeypatch, rule(remedies=(Remedy("Up", "move-up"), Remedy("Set", "set-year", academic_year=2024)))
    )
    with pytest.raises(UnusableChoiceError, match=f"--apply {CODE}:move-up or --apply {CODE}:set-year"):
        answer(seen(student(0)), apply=[CODE])
    answered = answer(seen(student(0)), apply=[f"{CODE}:set-year"])
    assert answered.review.context.academic_year == 2024


def test_a_finding_without_a_remedy_can_only_be_dismissed(monkeypatch: pytest.MonkeyPatch) -> None:
    put_on_students(monkeypatch, rule(remedies=()))
    with pytest.raises(UnusableChoiceError, match=f"--dismiss {CODE}"):
        answer(seen(student(0)), apply=[CODE])
    assert answer(seen(student(0)), dismiss=[CODE]).review.unanswered == ()
