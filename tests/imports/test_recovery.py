"""What a kill leaves of an import is settled at the next start."""

import os
import threading
from pathlib import Path
from typing import Any

import pytest

from backdrop_tui.errors import DataFolderError
from backdrop_tui.imports.jobs import recorded_import
from backdrop_tui.imports.recovery import needs_recovery, recover
from backdrop_tui.imports.undo import undo
from backdrop_tui.imports.undo_record import UndoRecord
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.draft_listing import open_drafts
from backdrop_tui.school.import_history import import_records, put_record
from backdrop_tui.school.school import School
from backdrop_tui.store import locks
from backdrop_tui.store.errors import NewerFormatError
from backdrop_tui.store.folder import DataFolder
from tests.support.imports import (
    complete_draft,
    draft_with_three_ready,
    groups,
    import_people,
    person_id,
    pupil,
    sign_up,
    states,
    store_rows,
)
from tests.support.made_up import STAFF, STUDENTS
from tests.support.old_folders import copy_of
from tests.support.one_person import change_one, remove_one


class PowerCutError(BaseException):
    """The process ends here, without any clean-up."""


@pytest.fixture
def draft(school: School, tmp_path: Path) -> Draft:
    """Four students, one with an error."""
    return draft_with_three_ready(school, tmp_path)


def interrupt(monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    """End the process when a function is called."""

    def end(*_: Any, **__: Any) -> None:  # noqa: ANN401 - takes any arguments
        raise PowerCutError

    monkeypatch.setattr(place, end)
    monkeypatch.setattr("backdrop_tui.imports.jobs.Job.end", end)


@pytest.mark.parametrize(
    "place",
    [
        "backdrop_tui.imports.completion.check_again",
        "backdrop_tui.imports.completion.plan_import",
        "backdrop_tui.imports.undo_record.UndoRecord.put",
        "backdrop_tui.imports.jobs.log_import",
    ],
)
def test_an_import_that_was_interrupted_is_marked_and_nothing_of_it_is_stored(
    school: School, draft: Draft, data: DataFolder, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    with monkeypatch.context() as killed:
        interrupt(killed, place)
        with pytest.raises(PowerCutError):
            complete_draft(school, draft)
    draft.close()
    assert states(school) == ["running"]
    assert groups(school) == {}
    assert needs_recovery(school)
    (record,) = recover(school)
    assert record.state == "interrupted"
    assert "before anything was stored" in record.message
    assert import_records(school) == [record]
    assert [facts.id for facts in open_drafts(data)] == [draft.facts.id]
    assert not needs_recovery(school)
    assert recover(school) == ()


def test_the_draft_of_an_import_that_was_stored_is_removed_at_the_next_start(
    school: School, draft: Draft, data: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as killed:
        interrupt(killed, "backdrop_tui.intake.draft.draft.Draft.discard")
        with pytest.raises(PowerCutError):
            complete_draft(school, draft)
    draft.close()
    assert states(school) == ["succeeded"]
    assert needs_recovery(school)
    assert recover(school) == ()
    assert open_drafts(data) == []
    assert not needs_recovery(school)


def test_an_import_that_the_user_stops_is_marked_at_once(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: Any, **__: Any) -> None:  # noqa: ANN401 - takes any arguments
        raise KeyboardInterrupt

    monkeypatch.setattr(school.store.people("students"), "apply", stopped)
    with pytest.raises(KeyboardInterrupt):
        import_people(school, pupil("Lee"))
    assert states(school) == ["interrupted"]
    assert school.store.table("undo").all() == []


def test_the_next_import_settles_what_was_left(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as killed:
        interrupt(killed, "backdrop_tui.imports.jobs.log_import")
        with pytest.raises(PowerCutError):
            import_people(school, pupil("Lee"))
    import_people(school, pupil("May"))
    assert states(school) == ["succeeded", "interrupted"]


def test_an_import_in_another_process_is_left_alone(school: School, data: DataFolder) -> None:
    with recorded_import(school, STUDENTS, "pupils.csv"), School(data) as other:
        assert recover(other) == ()
        assert states(other) == ["running"]


def test_an_import_waits_for_another_and_says_whose_it_is(
    school: School, data: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_up(school)
    with School(data) as other:
        waiting = threading.Thread(target=import_people, args=(other, pupil("May")))
        with recorded_import(school, STUDENTS) as job:
            waiting.start()
            store_rows(school, job, STUDENTS, pupil("Lee"))
        waiting.join()
    assert list(groups(school)) == ["Lee", "May"]
    monkeypatch.setattr(locks, "LOCK_SECONDS", 0)
    with (
        recorded_import(school, STUDENTS),
        School(data) as other,
        pytest.raises(
            DataFolderError, match=f"Another import or restore is running, started by {locks.os_user()}"
        ),
    ):
        import_people(other, pupil("Ray"))


def test_old_temporary_files_are_removed_and_new_ones_are_not(school: School, data: DataFolder) -> None:
    sign_up(school)
    old, new = (
        data.subfolder(data.outbox) / ".code.eml.0a1b.tmp",
        data.path / ".pupils_errors.csv.0a1b.tmp",
    )
    for path in (old, new):
        path.write_bytes(b"Lee")
    os.utime(old, (0, 0))
    recover(school)
    assert not old.exists()
    assert new.exists()


def test_an_import_of_an_earlier_version_that_was_interrupted_after_storing_is_finished(
    tmp_path: Path,
) -> None:
    with School(copy_of("format-2-killed", tmp_path / "data")) as school:
        (record,) = recover(school)
        assert (record.file, record.state, record.added, record.updated) == ("second.csv", "succeeded", 1, 1)
        assert "finished at the next start" in record.message
        assert school.store.logged()[-1]["event"] == "imported"
        assert groups(school, STAFF) == {"Lund": "Coaches"}
        assert groups(school) == {"Khan": "7B", "Smith": "", "Owen": "", "Nowak": ""}
        assert not needs_recovery(school)
        assert undo(school, force=True).record.file == "second.csv"
        assert groups(school) == {"Khan": "7A", "Smith": "", "Nowak": ""}


def test_an_import_of_an_earlier_version_that_was_interrupted_before_storing_is_marked(
    tmp_path: Path,
) -> None:
    with School(copy_of("format-2-killed", tmp_path / "data")) as school:
        students = school.store.people("students")
        remove_one(students, person_id(school, "Owen"))
        change_one(students, person_id(school, "Khan"), {"registration_group": "7A"})
        (record,) = recover(school)
        assert record.state == "interrupted"
        assert school.store.table("undo").get(record.id) is None


def test_an_undo_of_an_earlier_version_that_was_interrupted_is_settled(tmp_path: Path) -> None:
    with School(copy_of("format-2-killed", tmp_path / "data")) as school:
        record = import_records(school)[0]
        put_record(school, type(record)(**vars(record) | {"state": "undoing"}))
        assert [settled.state for settled in recover(school)] == ["succeeded"]
        remove_one(school.store.people("students"), person_id(school, "Owen"))
        change_one(school.store.people("students"), person_id(school, "Khan"), {"registration_group": "7A"})
        put_record(school, type(record)(**vars(record) | {"state": "undoing"}))
        assert [settled.state for settled in recover(school)] == ["undone"]
        put_record(school, type(record)(**vars(record) | {"state": "undoing"}))
        assert [(settled.state, "isn't known" in settled.message) for settled in recover(school)] == [
            ("failed", True)
        ]


def test_an_interrupted_import_is_not_settled_by_guesswork_if_its_undo_data_is_newer(tmp_path: Path) -> None:
    folder = copy_of("format-2-killed", tmp_path / "data")
    with School(folder, read_only=True) as school:
        record = import_records(school)[0]
    path = folder.imports / f"{record.id}.json"
    path.write_bytes(b'{"format":99}')
    with School(folder) as school:
        for _ in range(2):
            with pytest.raises(NewerFormatError):
                recover(school)
        assert import_records(school)[0].state == "running"
    assert path.read_bytes() == b'{"format":99}'
    path.write_bytes(b'{"added"')
    with School(folder) as school:
        assert [settled.state for settled in recover(school)] == ["failed"]


def test_undo_data_of_imports_that_are_not_recorded_is_removed_and_that_is_noted(school: School) -> None:
    import_people(school, pupil("Abbott"))
    (record,) = import_records(school)
    undo_record = UndoRecord.find(school, record.id)
    assert undo_record is not None
    undo_record.put(school, "20260302-093000-abcdef")
    school.store.compact()
    imports = school.folder.path / "imports"
    for name in ("20260302-093000-fedcba.json", "notes.json"):
        (imports / name).write_bytes((imports / f"{record.id}.json").read_bytes())
    with School(school.folder) as next_start:
        assert needs_recovery(next_start)
        assert recover(next_start) == ()
        assert not needs_recovery(next_start)
        assert next_start.store.logged()[-1]["imports"] == 2
        next_start.store.compact()
        assert {path.name for path in imports.iterdir()} == {f"{record.id}.json", "notes.json"}
        assert next_start.store.faults(thorough=True) == []
        assert undo(next_start).record.id == record.id
