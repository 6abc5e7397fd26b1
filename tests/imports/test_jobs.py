"""An import is a recorded job."""

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from backdrop_tui.errors import DataFolderError, UnusableChoiceError
from backdrop_tui.imports.recovery import needs_recovery, recover
from backdrop_tui.imports.stages import CHECKING, DONE, PLANNING, STORING, Stage
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.draft_listing import open_drafts
from backdrop_tui.school import audit_log
from backdrop_tui.school.import_history import ImportRecord, import_records, put_record
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.support.imports import (
    checked,
    colleague,
    complete_draft,
    draft_with_three_ready,
    import_people,
    pupil,
    sign_up,
    states,
    undo_record_ids,
)
from tests.support.made_up import NOW, STAFF, student
from tests.support.one_person import add_one


@pytest.fixture
def draft(school: School, tmp_path: Path) -> Draft:
    """Four students, one with an error."""
    return draft_with_three_ready(school, tmp_path)


@pytest.mark.usefixtures("frozen_day")
def test_an_import_is_recorded_with_its_user_its_time_and_its_counts(
    school: School, draft: Draft, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_log, "os_user", lambda: "jo")
    stages: list[Stage] = []
    complete_draft(school, draft, progress=stages.append)
    assert stages == [CHECKING, PLANNING, STORING, DONE]
    assert [stage.fraction for stage in stages] == sorted(stage.fraction for stage in stages)
    record = import_records(school)[0]
    began = NOW.astimezone().isoformat(timespec="seconds")
    assert record == ImportRecord(
        id=record.id,
        kind="students",
        file="pupils.csv",
        started=record.started,
        user="jo",
        account="jo@example.org",
        state="succeeded",
        added=3,
        left_out=1,
        errors_file="pupils_errors.csv",
        errors_folder=str(tmp_path),
        left_out_for=(("Gender is not Male or Female", 1),),
        draft=draft.facts.id,
        finished=record.finished,
    )
    assert record.finished >= record.started >= began
    assert record.summary == (
        "pupils.csv, 2 March 2026 at 09:30, by jo (jo@example.org): "
        "3 added, 0 updated, 0 unchanged, 1 left out."
    )


def test_the_history_and_the_log_contain_no_personal_data(school: School, data: DataFolder) -> None:
    import_people(school, pupil("Quetzal", upn="H801200001001"))
    import_people(school, pupil("Quetzal", registration_group="7X"))
    school.close()
    kept = b"".join(
        path.read_bytes() for path in data.path.iterdir() if path.name.startswith(("setup", "log"))
    )
    assert b"pupils.csv" in kept
    for secret in (b"Quetzal", b"Zo", b"H8012", b"7X", b"2014-05"):
        assert secret not in kept


def test_only_its_owner_can_read_an_undo_record(school: School) -> None:
    record = import_people(school, pupil("Lee"))
    school.close()
    path = school.folder.imports / f"{record.id}.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert b"Lee" not in path.read_bytes()


def test_an_import_that_changes_nothing_is_recorded_and_has_no_undo_record(school: School) -> None:
    import_people(school, pupil("Lee"))
    record = import_people(school, pupil("Lee"))
    assert (record.state, record.added, record.unchanged) == ("succeeded", 0, 1)
    assert not record.can_be_undone
    assert len(undo_record_ids(school)) == 1


def test_the_user_groups_that_an_import_creates_are_recorded(school: School) -> None:
    record = import_people(
        school, colleague("Lee", "Sports"), colleague("May", "TAs"), kind=STAFF, file="staff.csv"
    )
    assert record.groups == ("Sports",)
    assert import_people(school, colleague("Ray", "Sports"), kind=STAFF).groups == ()


def test_an_import_without_a_file_is_of_people_typed_in(school: School) -> None:
    import_people(school, pupil("Lee"), file="")
    assert import_records(school)[0].source == "the students typed in by hand"


def test_a_file_name_that_is_not_utf_8_can_be_recorded(school: School) -> None:
    name = os.fsdecode(b"pupils-\xff.csv")
    assert import_people(school, pupil("Lee"), file=name).file == "pupils-\ufffd.csv"


def test_a_failure_is_recorded_with_its_message(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:  # noqa: ANN401 - takes any arguments
        raise DataFolderError("There is no room left.")

    monkeypatch.setattr(school.store.people("students"), "apply", full)
    with pytest.raises(DataFolderError):
        import_people(school, pupil("Lee"))
    assert (import_records(school)[0].state, import_records(school)[0].message) == (
        "failed",
        "There is no room left.",
    )
    assert undo_record_ids(school) == []
    assert not needs_recovery(school)


def test_an_import_fails_if_a_upn_has_been_taken_since_the_check(
    school: School, draft: Draft, data: DataFolder
) -> None:
    seen = checked(school, draft)
    stranger = {"first_name": "X", "surname": "Y", "date_of_birth": "2001-01-01", "upn": student(0)["UPN"]}
    add_one(school.store.people("students"), stranger)
    with pytest.raises(UnusableChoiceError):
        complete_draft(school, draft, seen)
    assert states(school) == ["failed"]
    draft.close()
    assert [facts.id for facts in open_drafts(data)] == [draft.facts.id]


def test_an_import_that_is_stored_succeeds_even_if_its_draft_cannot_be_removed_nor_its_log_written(
    school: School, draft: Draft, data: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> None:  # noqa: ANN401 - takes any arguments
        raise DataFolderError("There is no room left.")

    with monkeypatch.context() as disk:
        disk.setattr("backdrop_tui.store.tinydb.journaled_folder.write_log", full)
        disk.setattr(Draft, "discard", full)
        assert complete_draft(school, draft).added == 3
    assert school.store.warnings()[-1] == "The log could not be written: There is no room left."
    assert states(school) == ["succeeded"]
    draft.close()
    assert recover(school) == ()
    assert open_drafts(data) == []
    school.close()
    assert school.store.logged()[-1]["event"] == "imported"


def test_a_history_of_a_newer_version_can_be_read(school: School) -> None:
    record = import_people(school, pupil("Lee"))
    document = school.store.table("imports").get(record.id)
    assert document is not None
    school.store.table("imports").put(record.id, document | {"something": "new"})
    assert import_records(school) == [record]
    put_record(school, record)
    assert import_records(school) == [record]


def test_a_state_of_an_earlier_version_can_be_read(school: School) -> None:
    record = import_people(school, pupil("Lee"))
    table = school.store.table("imports")
    table.put(record.id, (table.get(record.id) or {}) | {"state": "taken back"})
    assert states(school) == ["interrupted"]


@pytest.mark.parametrize(
    "damage",
    [
        {"added": "x"},
        {"groups": None},
        {"groups": [5]},
        {"kind": "parents"},
        {"kind": ["students"]},
        {"state": 7},
        {"started": "yesterday"},
        {"finished": "later"},
        {"file": None},
    ],
)
def test_a_damaged_record_is_reported(school: School, damage: dict[str, Any]) -> None:
    sign_up(school)
    import_people(school, pupil("Lee"))
    table = school.store.table("imports")
    stored = table.all()[0]
    table.put(stored["key"], stored | damage)
    with pytest.raises(DataFolderError, match=r"setup\.json is damaged"):
        import_records(school)
    table.put(stored["key"], {"added": 1})
    with pytest.raises(DataFolderError, match=r"setup\.json is damaged"):
        import_records(school)
