"""What a kill has left of an import is made good."""

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
from backdrop_tui.intake.draft.draft import Draft, open_drafts
from backdrop_tui.school import audit_log
from backdrop_tui.school.audit_log import Event
from backdrop_tui.school.import_history import import_records
from backdrop_tui.school.school import School
from backdrop_tui.store import locks
from backdrop_tui.store.folder import DataFolder
from tests.support.imports import (
    bring,
    groups,
    look_and_complete,
    pupil,
    sign_up,
    states,
    store_rows,
    three_right,
    undo_records,
)
from tests.support.made_up import STUDENTS


class PowerCutError(BaseException):
    """The process ends here, and nothing is cleaned up."""


@pytest.fixture
def draft(school: School, tmp_path: Path) -> Draft:
    """Four students, one with an error."""
    return three_right(school, tmp_path)


def cut_off(monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    """End the process where something is called."""

    def end(*_: Any, **__: Any) -> None:  # noqa: ANN401 - whatever it is called with
        raise PowerCutError

    monkeypatch.setattr(place, end)
    # Nor is there anybody who could make it good at once.
    monkeypatch.setattr("backdrop_tui.imports.jobs.repair", end)


STORED = "backdrop_tui.imports.jobs.Job.succeed"
"""What is called as soon as all is stored."""


@pytest.mark.parametrize(
    "place",
    [
        "backdrop_tui.imports.completion.check_again",
        "backdrop_tui.imports.completion.plan_import",
        "backdrop_tui.imports.undo_record.UndoRecord.write",
        "backdrop_tui.intake.linking.plan.Plan.new_groups",
    ],
)
def test_cut_off_before_anything_was_stored_it_is_taken_back(
    school: School, draft: Draft, data: DataFolder, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    with monkeypatch.context() as killed:
        cut_off(killed, place)
        with pytest.raises(PowerCutError):
            look_and_complete(school, draft)
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


def test_cut_off_once_all_is_stored_it_is_finished(
    school: School, draft: Draft, data: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as killed:
        cut_off(killed, "backdrop_tui.intake.draft.draft.Draft.discard")
        with pytest.raises(PowerCutError):
            look_and_complete(school, draft)
    draft.close()
    (record,) = recover(school)
    assert (record.state, record.added, record.left_out) == ("succeeded", 3, 1)
    assert "finished at the next start" in record.message
    assert record.errors_file == "pupils_errors.csv"
    assert open_drafts(data) == []
    assert undo_records(school) == [f"{record.id}.json"]
    assert recover(school) == ()


def test_an_import_that_changed_people_is_finished_too(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(school, pupil("Lee", registration_group="7A"), pupil("May", registration_group="7A"))
    with monkeypatch.context() as killed:
        cut_off(killed, "backdrop_tui.imports.undo_record.UndoRecord.write")
        with pytest.raises(PowerCutError):
            bring(school, pupil("Lee", registration_group="7B"))
    assert [record.state for record in recover(school)] == ["interrupted"]
    with monkeypatch.context() as killed:
        cut_off(killed, STORED)
        with pytest.raises(PowerCutError):
            bring(school, pupil("Lee", registration_group="7B"), pupil("May", registration_group="7B"))
    lee = school.stored(STUDENTS).row(0, named=True)
    school.people.change_one("students", lee["id"], {"year_group": "8"})
    assert [(record.state, record.updated) for record in recover(school)] == [("succeeded", 2)]
    assert groups(school) == {"Lee": "7B", "May": "7B"}


def test_stopped_by_the_user_it_is_made_good_at_once(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: Any, **__: Any) -> None:  # noqa: ANN401 - whatever it is called with
        raise KeyboardInterrupt

    monkeypatch.setattr(school.people, "apply", stopped)
    with pytest.raises(KeyboardInterrupt):
        bring(school, pupil("Lee"))
    assert states(school) == ["interrupted"]
    assert undo_records(school) == []


def test_the_next_import_makes_good_what_was_left(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as killed:
        cut_off(killed, STORED)
        with pytest.raises(PowerCutError):
            bring(school, pupil("Lee"))
    bring(school, pupil("May"))
    assert states(school) == ["succeeded", "succeeded"]


@pytest.mark.parametrize("damage", [None, b'{"added": 3}', b'{"added"'])
def test_without_what_tells_how_far_it_came_that_is_said(
    school: School, monkeypatch: pytest.MonkeyPatch, damage: bytes | None
) -> None:
    with monkeypatch.context() as killed:
        cut_off(killed, STORED)
        with pytest.raises(PowerCutError):
            bring(school, pupil("Lee"))
    path = undo_record_path(school.folder, import_records(school)[0].id)
    if damage is None:
        path.unlink()
    else:
        path.write_bytes(damage)
    (record,) = recover(school)
    assert record.state == "failed"
    assert "missing or damaged" in record.message
    assert not needs_recovery(school)
    assert undo_records(school) == []


def test_leftovers_of_writing_are_swept_away(school: School) -> None:
    record = bring(school, pupil("Lee"))
    for name in ("20260302-093000-abcdef.json", f".{record.id}.json.12345678.tmp"):
        (school.folder.imports / name).write_bytes(b"{}")
    assert recover(school) == ()
    assert undo_records(school) == [f"{record.id}.json"]
    assert not list(school.folder.imports.glob(".*"))


def test_what_another_process_is_doing_is_left_alone(school: School, data: DataFolder) -> None:
    with recorded_import(school, STUDENTS, "pupils.csv"), School(data) as other:
        assert recover(other) == ()
        assert states(other) == ["running"]


def test_an_import_waits_for_another(
    school: School, data: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_up(school)
    with School(data) as other:
        waiting = threading.Thread(target=bring, args=(other, pupil("May")))
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
        bring(other, pupil("Ray"))


def logged(school: School, event: Event) -> int:
    """How many times something stands in the audit log."""
    return school.folder.log.read_text().count(f'"event":"{event.value}"')


def test_what_the_log_has_no_room_for_is_noted_at_the_next_start(
    school: School, data: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_up(school)

    def full(*_: object, **__: object) -> None:
        raise DataFolderError("full")

    with monkeypatch.context() as patched:
        patched.setattr(audit_log, "note", full)
        bring(school, pupil("Lee"))
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


def test_half_written_files_of_a_kill_are_swept_away_and_those_being_written_are_not(
    school: School, data: DataFolder
) -> None:
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
