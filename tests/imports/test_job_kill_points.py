"""The next start repairs whatever a kill leaves, before any single call that changes the disk."""

from pathlib import Path

import pytest

from backdrop_tui.imports.recovery import needs_recovery, recover
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.draft_listing import open_drafts
from backdrop_tui.intake.draft.sources import SourceFile
from backdrop_tui.school.import_history import ImportRecord, import_records
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.support.disk_states import DiskStates
from tests.support.imports import complete_draft, groups, import_people, pupil, undo_and_tell, undo_record_ids
from tests.support.made_up import NOW, STUDENTS, student, table

BEFORE = {"Lee": "7A", "May": "7A"}
AFTER = {"Lee": "7B", "May": "7A", "Ray": "7B"}


def a_draft(school: School) -> Draft:
    """Store two students in 7A, and make a draft that moves one to 7B, adds one, and has an error in a third row."""
    import_people(school, pupil("Lee", registration_group="7A"), pupil("May", registration_group="7A"))
    fields = {
        "date_of_birth": "06/05/2014",
        "gender": "",
        "year_group": "7",
        "upn": "",
        "registration_group": "7B",
    }
    rows = [
        student(0, first_name=first_name, surname=surname, **fields)
        for first_name, surname in (("Zoë", "Lee"), ("Ivo", "Ray"))
    ]
    # Its folder is not there, so that the errors file is written into the data folder.
    path = school.folder.path / "nowhere" / "pupils.csv"
    return Draft.create(
        school.folder, STUDENTS, [SourceFile.at(path, table([*rows, student(1, gender="Boy")]))], NOW
    )


def test_importing(school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = a_draft(school)
    states = DiskStates(school.folder.path, tmp_path / "killed")
    states.record(monkeypatch, lambda: complete_draft(school, draft))
    all_repaired(states, BEFORE, AFTER)


def test_undoing(school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    complete_draft(school, a_draft(school))
    states = DiskStates(school.folder.path, tmp_path / "killed")
    states.record(monkeypatch, lambda: undo_and_tell(school))
    all_repaired(states, AFTER, BEFORE)


def all_repaired(states: DiskStates, before: dict[str, str], after: dict[str, str]) -> None:
    """Check that each state is as before or as after the work, and is in good order after recovery."""
    outcomes = [repaired(place) for place in states.copies]
    first_after = outcomes.index(after)
    assert outcomes == [before] * first_after + [after] * (len(outcomes) - first_after)
    assert outcomes[-1] == after
    assert len(outcomes) > 5
    for place in (states.copies[0], states.copies[first_after], states.copies[-1]):
        all_undone(place)


def repaired(place: Path) -> dict[str, str]:
    """Recover a folder, check it, and return who is stored."""
    data = DataFolder(place)
    with School(data) as school:
        stored = groups(school)
        recovered = recover(school)
        assert groups(school) == stored
        assert not needs_recovery(school)
        last, *earlier = import_records(school)
        assert all(record in (last, *earlier) and record.message for record in recovered)
        if stored == AFTER:
            as_it_should_be(last)
            assert open_drafts(data) == []
        elif earlier:
            assert last.state in {"interrupted", "undone"}
            assert len(open_drafts(data)) == (last.state == "interrupted")
        in_use = [record.id for record in (last, *earlier) if record.can_be_undone]
        assert undo_record_ids(school) == sorted(in_use)
    return stored


def as_it_should_be(record: ImportRecord) -> None:
    """Check the record of the import of the draft."""
    assert (record.state, record.added, record.updated, record.left_out) == ("succeeded", 1, 1, 1)
    assert record.errors_file == "pupils_errors.csv"


def all_undone(place: Path) -> None:
    """Check that every import into a folder can be undone."""
    with School(DataFolder(place)) as school:
        while any(record.can_be_undone for record in import_records(school)):
            undo_and_tell(school)
            assert groups(school) in (BEFORE, {})
        assert groups(school) == {}
