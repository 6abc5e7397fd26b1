"""A kill in the middle of a move to a new school year, or of undoing it, leaves all of it or nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from backdrop_tui.imports.completion import Terms, complete
from backdrop_tui.imports.consent import as_seen
from backdrop_tui.imports.move_up import move_up
from backdrop_tui.imports.pipeline import basis_of, from_file, match
from backdrop_tui.imports.recovery import recover
from backdrop_tui.imports.turn.terms import TurnTerms
from backdrop_tui.intake.draft.review import review
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.support.disk_states import DiskStates
from tests.support.imports import import_people, undo_and_tell
from tests.support.made_up import STUDENTS, TODAY, read, table
from tests.support.turning import older, pupil

LAST_YEAR = [pupil(n, n % 6, 2024) for n in range(6)]
TERMS = TurnTerms(date(2026, 2, 13))
State = tuple[list[tuple[str | None, ...]], int | None]


def stored(school: School) -> State:
    """Everyone's surname, year group and status, and the setting of the academic year."""
    people = school.stored(STUDENTS).select("surname", "year_group", "status").sort("surname")
    year = school.settings.stored_value("academic-year")
    return people.rows(), year if isinstance(year, int) else None


def turn_with_file(school: School) -> None:
    labels = {field.key: field.label for field in STUDENTS.fields}
    rows = [*map(older, LAST_YEAR[1:]), pupil(9, 0)]
    sheet = read(table([{labels[key]: value for key, value in row.items()} for row in rows]))
    intake = replace(
        from_file(None, sheet, match(school, STUDENTS, sheet)), path=school.folder.path / "no" / "p.csv"
    )
    seen = review(intake, basis_of(school, STUDENTS, TODAY))
    complete(school, seen, Terms(as_seen, "update", turn=TERMS), today=TODAY)


def turn_without_file(school: School) -> None:
    move_up(school, TERMS, today=TODAY)


@pytest.mark.parametrize("turn", [turn_with_file, turn_without_file])
def test_a_kill_leaves_all_of_a_turn_or_nothing(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, turn: Callable[[School], None]
) -> None:
    import_people(school, *LAST_YEAR)
    school.settings.put("academic-year", "2024")
    school.settings.put("phase", "primary")
    before = stored(school)
    turning = DiskStates(school.folder.path, tmp_path / "turning")
    turning.record(monkeypatch, lambda: turn(school))
    after = stored(school)
    all_or_nothing(turning, before, after)
    monkeypatch.undo()
    undoing = DiskStates(school.folder.path, tmp_path / "undoing")
    undoing.record(monkeypatch, lambda: undo_and_tell(school))
    all_or_nothing(undoing, after, before)


def all_or_nothing(states: DiskStates, before: State, after: State) -> None:
    """Check that each state is as before or as after the work once it has been recovered."""
    outcomes = []
    for place in states.copies:
        with School(DataFolder(place)) as school:
            recover(school)
            outcomes.append(stored(school))
    first_after = outcomes.index(after)
    assert before != after
    assert outcomes == [before] * first_after + [after] * (len(outcomes) - first_after)
    assert first_after > 0
