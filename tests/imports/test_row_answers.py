"""Answers about who rows are: kept for later files, forgotten with the people, and safe if two admins answer at once."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.imports.answers import answer
from backdrop_tui.imports.completion import Terms, complete
from backdrop_tui.imports.consent import Consent, RowErrorsError, as_seen, whatever_is_ready, without_errors
from backdrop_tui.imports.pipeline import basis_of, check_again, from_file, match
from backdrop_tui.imports.row_answers import RowAnswers
from backdrop_tui.imports.undo import undo
from backdrop_tui.intake.draft.review import Review, review
from backdrop_tui.people.changes import remove_people
from backdrop_tui.school.kept_answers import kept_answers
from backdrop_tui.school.school import School
from tests.support.imports import import_people, person_id
from tests.support.made_up import STUDENTS, TODAY, by_key, read, student, table

ROSA = student(0, first_name="Rosa", surname="Hill", upn="")
RENAMED = ROSA | {"Surname": "Marsh"}


@pytest.fixture
def rosa(school: School) -> str:
    """The id of Rosa, who is stored."""
    import_people(school, by_key(ROSA))
    return person_id(school, "Hill")


def seen(school: School, *rows: Mapping[str, str]) -> Review:
    sheet = read(table(rows))
    intake = from_file(Path("pupils.csv"), sheet, match(school, STUDENTS, sheet))
    return review(intake, basis_of(school, STUDENTS, TODAY))


def answered(school: School, answers: RowAnswers, *rows: Mapping[str, str]) -> Review:
    return answer(seen(school, *rows), rows=answers).review


def imported(school: School, rows: Review) -> None:
    complete(school, rows, Terms(without_errors, "update"), today=TODAY)


def questions(school: School, *rows: Mapping[str, str]) -> int:
    """How many rows someone has to settle."""
    return seen(school, *rows).linkage.offered["row"].n_unique()


def surnames(school: School) -> list[str]:
    return sorted(school.stored(STUDENTS)["surname"])


@pytest.mark.parametrize(
    ("is_same", "stored"), [(True, ["Marsh"]), (False, ["Hill", "Marsh"])], ids=["same", "new"]
)
def test_an_answer_is_kept_until_its_import_is_undone(
    school: School, rosa: str, *, is_same: bool, stored: list[str]
) -> None:
    answers = RowAnswers(same=(("2", rosa),)) if is_same else RowAnswers(new=("2",))
    imported(school, answered(school, answers, RENAMED))
    assert surnames(school) == stored
    assert questions(school, RENAMED) == 0
    undo(school)
    assert surnames(school) == ["Hill"]
    assert questions(school, RENAMED) == 1
    assert not kept_answers(school, STUDENTS).people


def test_an_answer_about_another_spelling_of_last_year_is_not_asked_for_again(
    school: School, rosa: str
) -> None:
    """The row says Marsh, which the school stores for nobody: existing people are left alone."""
    rows = answered(school, RowAnswers(same=(("2", rosa),)), RENAMED)
    complete(school, rows, Terms(without_errors, "skip"), today=TODAY)
    assert surnames(school) == ["Hill"]
    assert questions(school, RENAMED) == 0


def test_answers_are_forgotten_with_the_people_who_are_removed(school: School, rosa: str) -> None:
    imported(school, answered(school, RowAnswers(same=(("2", rosa),)), RENAMED))
    assert set(kept_answers(school, STUDENTS).people.values()) == {rosa}
    remove_people(school, STUDENTS, [rosa])
    assert not kept_answers(school, STUDENTS).people


@pytest.mark.parametrize("consent", [as_seen, without_errors, whatever_is_ready])
def test_of_two_admins_who_answer_at_once_the_second_gets_a_fresh_check(
    school: School, rosa: str, consent: Consent
) -> None:
    first = answered(school, RowAnswers(same=(("2", rosa),)), RENAMED)
    second = answered(school, RowAnswers(new=("2",)), RENAMED)
    complete(school, first, Terms(as_seen, "update"), today=TODAY)
    with pytest.raises(UnusableChoiceError, match="have changed since you checked"):
        complete(school, second, Terms(consent, "update"), today=TODAY)
    assert surnames(school) == ["Marsh"]


def test_of_two_admins_who_answer_at_once_none_stores_the_child_a_second_time(
    school: School, rosa: str
) -> None:
    first = answered(school, RowAnswers(same=(("2", rosa),)), RENAMED)
    second = answered(school, RowAnswers(new=("2",)), RENAMED)
    imported(school, first)
    imported(school, check_again(school, second, TODAY))
    assert surnames(school) == ["Marsh"]


def test_an_answer_about_someone_who_was_removed_meanwhile_stores_nothing(school: School, rosa: str) -> None:
    rows = answered(school, RowAnswers(same=(("2", rosa),)), RENAMED)
    remove_people(school, STUDENTS, [rosa])
    with pytest.raises(UnusableChoiceError, match="have changed since you checked"):
        complete(school, rows, Terms(as_seen, "update"), today=TODAY)
    assert surnames(school) == []


def test_a_question_that_has_come_up_meanwhile_stops_an_import_on_the_command_line(school: School) -> None:
    rows = seen(school, RENAMED)
    import_people(school, by_key(ROSA))
    with pytest.raises(RowErrorsError):
        imported(school, rows)
    assert surnames(school) == ["Hill"]
