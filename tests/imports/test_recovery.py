"""What a kill leaves of an import is repaired."""

import os
import threading
from pathlib import Path
from typing import Any

import pytest

from backdrop_tui.errors import DataFolderError
from backdrop_tui.imports.jobs import recorded_import
from backdrop_tui.imports.recovery import needs_recovery, recover
from backdrop_tui.imports.undo import undo
from backdrop_tui.imports.undo_record import undo_record_path
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.draft_listing import open_drafts
from backdrop_tui.school import audit_log
from backdrop_tui.school.audit_log import Event
from backdrop_tui.school.import_history import import_records
from backdrop_tui.school.school import School
from backdrop_tui.store import locks
from backdrop_tui.store.folder import DataFolder
from tests.support.imports import (
    complete_draft,
    draft_with_three_ready,
    groups,
    import_people,
    pupil,
    sign_up,
    states,
    store_rows,
    undo_record_names,
)
from tests.support.made_up import STUDENTS


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
    # Nor can anything repair it at once.
    monkeypatch.setattr("backdrop_tui.imports.jobs.repair", end)


STORED = "backdrop_tui.imports.jobs.Job.succeed"
"""The method that is called as soon as everything is stored."""


@pytest.mark.parametrize(
    "place",
    [
        "backdrop_tui.imports.completion.check_again",
        "backdrop_tui.imports.completion.plan_import",
        "backdrop_tui.imports.undo_record.UndoRecord.write",
        "backdrop_tui.intake.linking.plan.Plan.new_groups",
    ],
)
def test_an_import_interrupted_before_anything_was_stored_is_marked_as_interrupted(
    school: School, draft: Draft, data: DataFolder, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    with monkeypatch.context() as killed:
        interrupt(killed, place)
        with pytest.raises(PowerCutError):
            complete_draft(school, draft)
    draft.close()
    assert states(school) == ["running"]
    assert needs_recovery(school)
    (record,) = recover(school)
    assert record.state == "interrupted"
    assert "before anything was stored" in record.message
    assert import_records(school) == [record]
    assert [facts.id for facts in open_drafts(data)] == [draft.facts.id]
    assert not needs_recovery(school)
    assert recover(school) == ()


def test_an_import_interrupted_after_everything_was_stored_is_finished(
    school: School, draft: Draft, data: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as killed:
        interrupt(killed, "backdrop_tui.intake.draft.draft.Draft.discard")
        with pytest.raises(PowerCutError):
            complete_draft(school, draft)
    draft.close()
    (record,) = recover(school)
    assert (record.state, record.added, record.left_out) == ("succeeded", 3, 1)
    assert "finished at the next start" in record.message
    assert record.errors_file == "pupils_errors.csv"
    assert open_drafts(data) == []
    assert undo_record_names(school) == [f"{record.id}.json"]
    assert recover(school) == ()


def test_an_interrupted_import_that_changed_people_is_finished_too(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_people(school, pupil("Lee", registration_group="7A"), pupil("May", registration_group="7A"))
    with monkeypatch.context() as killed:
        interrupt(killed, "backdrop_tui.imports.undo_record.UndoRecord.write")
        with pytest.raises(PowerCutError):
            import_people(school, pupil("Lee", registration_group="7B"))
    assert [record.state for record in recover(school)] == ["interrupted"]
    with monkeypatch.context() as killed:
        interrupt(killed, STORED)
        with pytest.raises(PowerCutError):
            import_people(
                school, pupil("Lee", registration_group="7B"), pupil("May", registration_group="7B")
            )
    lee = school.stored(STUDENTS).row(0, named=True)
    school.people.change_one("students", lee["id"], {"year_group": "8"})
    assert [(record.state, record.updated) for record in recover(school)] == [("succeeded", 2)]
    assert groups(school) == {"Lee": "7B", "May": "7B"}


def test_an_import_that_the_user_stops_is_repaired_at_once(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: Any, **__: Any) -> None:  # noqa: ANN401 - takes any arguments
        raise KeyboardInterrupt

    monkeypatch.setattr(school.people, "apply", stopped)
    with pytest.raises(KeyboardInterrupt):
        import_people(school, pupil("Lee"))
    assert states(school) == ["interrupted"]
    assert undo_record_names(school) == []


def test_the_next_import_repairs_what_was_left(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as killed:
        interrupt(killed, STORED)
        with pytest.raises(PowerCutError):
            import_people(school, pupil("Lee"))
    import_people(school, pupil("May"))
    assert states(school) == ["succeeded", "succeeded"]


@pytest.mark.parametrize("damage", [None, b'{"added": 3}', b'{"added"'])
def test_without_its_undo_record_an_interrupted_import_is_recorded_as_failed(
    school: School, monkeypatch: pytest.MonkeyPatch, damage: bytes | None
) -> None:
    with monkeypatch.context() as killed:
        interrupt(killed, STORED)
        with pytest.raises(PowerCutError):
            import_people(school, pupil("Lee"))
    path = undo_record_path(school.folder, import_records(school)[0].id)
    if damage is None:
        path.unlink()
    else:
        path.write_bytes(damage)
    (record,) = recover(school)
    assert record.state == "failed"
    assert "missing or damaged" in record.message
    assert not needs_recovery(school)
    assert undo_record_names(school) == []


def test_undo_records_that_no_import_needs_are_removed(school: School) -> None:
    record = import_people(school, pupil("Lee"))
    for name in ("20260302-093000-abcdef.json", f".{record.id}.json.12345678.tmp"):
        (school.folder.imports / name).write_bytes(b"{}")
    assert recover(school) == ()
    assert undo_record_names(school) == [f"{record.id}.json"]
    assert not list(school.folder.imports.glob(".*"))


def test_an_import_in_another_process_is_left_alone(school: School, data: DataFolder) -> None:
    with recorded_import(school, STUDENTS, "pupils.csv"), School(data) as other:
        assert recover(other) == ()
        assert states(other) == ["running"]


def test_an_import_waits_for_another(
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
        pytest.raises(DataFolderError, match="Another import is running"),
    ):
        import_people(other, pupil("Ray"))


def logged(school: School, event: Event) -> int:
    """The number of entries for an event in the audit log."""
    return school.folder.log.read_text().count(f'"event":"{event.value}"')


def test_what_could_not_be_logged_is_logged_at_the_next_start(
    school: School, data: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_up(school)

    def full(*_: object, **__: object) -> None:
        raise DataFolderError("full")

    with monkeypatch.context() as patched:
        patched.setattr(audit_log, "note", full)
        import_people(school, pupil("Lee"))
    school.close()
    with School(data) as again:
        assert [record.state for record in recover(again)] == ["succeeded"]
        assert logged(again, Event.IMPORTED) == 1
        assert groups(again) == {"Lee": ""}
        with monkeypatch.context() as patched:
            patched.setattr(audit_log, "note", full)
            undo(again)
    with School(data) as last:
        assert [record.state for record in recover(last)] == ["undone"]
        assert logged(last, Event.IMPORT_UNDONE) == 1
        assert recover(last) == ()


def test_old_temporary_files_are_removed_and_new_ones_are_not(school: School, data: DataFolder) -> None:
    sign_up(school)
    old, new = (
        data.subfolder(data.outbox) / ".code.eml.0a1b.tmp",
        data.path / ".absent-students.json.0a1b.tmp",
    )
    for path in (old, new):
        path.write_bytes(b"Lee")
    os.utime(old, (0, 0))
    recover(school)
    assert not old.exists()
    assert new.exists()
