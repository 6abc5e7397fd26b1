"""The last import is undone as a whole, then the one before."""

from typing import Any
from unittest.mock import Mock

import pytest

from backdrop_tui.errors import DataFolderError, UnusableChoiceError
from backdrop_tui.imports.undo import (
    EditedPerson,
    EditedSinceError,
    UndoPreview,
    UndoResult,
    preview_undo,
    undo,
)
from backdrop_tui.imports.untold_undo import note_undo_told
from backdrop_tui.people.changes import change_people
from backdrop_tui.school import audit_log
from backdrop_tui.school.import_history import ImportRecord, import_records
from backdrop_tui.school.school import School
from tests.support.imports import colleague, groups, import_people, person_id, pupil, states, undo_and_tell
from tests.support.made_up import STAFF, STUDENTS
from tests.support.one_person import add_one, change_one, remove_one


def test_people_added_are_removed_and_people_changed_are_restored(school: School) -> None:
    add_one(school.store.people("students"), pupil("Stays", registration_group="7A"))
    import_people(school, pupil("Lee", registration_group="7A"), pupil("May"))
    before = school.stored(STUDENTS)
    record = import_people(
        school,
        pupil("Lee", registration_group="7B", gender="F", upn="H801200001001"),
        pupil("Ray"),
        pupil("Stays", registration_group="7A"),
        file="later.csv",
    )
    preview = preview_undo(school)
    assert preview is not None
    assert (preview.record, preview.removed, preview.restored, preview.edited) == (record, 1, 1, ())
    result = undo_and_tell(school)
    assert (result.record.file, result.removed, result.restored) == ("later.csv", 1, 1)
    assert school.stored(STUDENTS).equals(before)
    assert undo_and_tell(school).removed == 2
    assert groups(school) == {"Stays": "7A"}
    assert states(school) == ["undone", "undone"]
    with pytest.raises(UnusableChoiceError, match="There is no import to undo"):
        undo_and_tell(school)
    assert preview_undo(school) is None
    assert school.store.table("undo").all() == []


def test_the_user_and_time_of_an_undo_are_recorded(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    import_people(school, pupil("Lee"))
    monkeypatch.setattr(audit_log, "os_user", lambda: "sam")
    result = undo_and_tell(school)
    assert import_records(school) == [result.record]
    assert (result.record.undone_by, bool(result.record.undone)) == ("sam", True)
    assert school.store.logged()[-1]["event"] == "import-undone"


def test_imports_that_changed_nothing_or_failed_are_skipped(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = import_people(school, pupil("Lee"))
    import_people(school, pupil("Lee"))
    with monkeypatch.context() as broken:
        broken.setattr(school.store.people("students"), "apply", Mock(side_effect=DataFolderError("Full.")))
        with pytest.raises(DataFolderError):
            import_people(school, pupil("May"))
    assert undo_and_tell(school).record.id == first.id
    assert states(school) == ["failed", "succeeded", "undone"]


def test_imports_of_students_and_staff_are_undone_newest_first(school: School) -> None:
    import_people(school, pupil("Lee"))
    import_people(school, colleague("May", "Sports"), colleague("Ray", "TAs"), kind=STAFF, file="staff.csv")
    result = undo_and_tell(school)
    assert (result.record.kind, result.removed, result.groups) == ("staff", 2, ("Sports",))
    assert undo_and_tell(school).record.kind == "students"


def test_a_group_with_other_members_stays(school: School) -> None:
    import_people(school, colleague("May", "Sports"), kind=STAFF)
    add_one(school.store.people("staff"), colleague("Ray", "Sports"))
    assert undo_and_tell(school).groups == ()
    assert "Sports" in school.group_names()


def test_people_edited_since_are_named_first(school: School) -> None:
    import_people(school, pupil("Lee", registration_group="7A"))
    import_people(school, pupil("Lee", registration_group="7B"), pupil("May"), pupil("Ray"))
    lee, may = person_id(school, "Lee"), person_id(school, "May")
    change_one(school.store.people("students"), may, {"surname": "Mai"})
    change_one(school.store.people("students"), lee, {"gender": "F"})
    before = school.stored(STUDENTS)
    with pytest.raises(EditedSinceError, match="2 students have been edited since") as error:
        undo_and_tell(school)
    assert error.value.exit_status == 2
    assert set(error.value.preview.edited) == {EditedPerson(lee, "Zoë Lee"), EditedPerson(may, "Zoë Mai")}
    assert "Mai" not in error.value.message
    assert school.stored(STUDENTS).equals(before)
    assert states(school) == ["succeeded", "succeeded"]
    result = undo_and_tell(school, force=True)
    assert (result.removed, result.restored) == (2, 1)
    assert groups(school) == {"Lee": "7A"}
    assert school.stored(STUDENTS)["gender"].to_list() == [None]


def test_an_edit_that_was_reversed_does_not_count(school: School) -> None:
    import_people(school, pupil("Lee", registration_group="7A"))
    for group in ("7B", "7A"):
        change_one(school.store.people("students"), person_id(school, "Lee"), {"registration_group": group})
    assert undo_and_tell(school).removed == 1


def test_changes_by_another_import_do_not_count_once_that_is_undone(school: School) -> None:
    import_people(school, pupil("Lee", registration_group="7A"))
    import_people(school, pupil("Lee", registration_group="7B"))
    import_people(school, pupil("Lee", registration_group="7C"))
    assert [undo_and_tell(school).restored for _ in range(3)] == [1, 1, 0]
    assert groups(school) == {}


def test_people_removed_by_hand_stay_removed(school: School) -> None:
    import_people(school, pupil("Lee", registration_group="7A"), pupil("May"))
    import_people(school, pupil("Lee", registration_group="7B"), pupil("Ray"), pupil("Kim"))
    for surname in ("Lee", "Ray"):
        remove_one(school.store.people("students"), person_id(school, surname))
    result = undo_and_tell(school)
    assert (result.removed, result.restored) == (1, 0)
    assert list(groups(school)) == ["May"]


def test_an_import_none_of_whose_people_are_left_can_be_undone(school: School) -> None:
    import_people(school, pupil("Lee"))
    remove_one(school.store.people("students"), person_id(school, "Lee"))
    result = undo_and_tell(school)
    assert (result.removed, result.restored, states(school)) == (0, 0, ["undone"])


def test_a_field_added_in_a_later_version_keeps_its_values(school: School) -> None:
    import_people(school, pupil("Lee", registration_group="7A"))
    record = import_people(school, pupil("Lee", registration_group="7B", gender="F"))
    # As a version would have stored it that did not know of genders.
    kept = school.store.table("undo").get(record.id)
    assert kept is not None
    del kept["before"]["gender"]
    school.store.table("undo").put(record.id, kept)
    undo_and_tell(school, force=True)
    assert school.stored(STUDENTS).select("registration_group", "gender").row(0) == ("7A", "F")


@pytest.mark.parametrize("damage", [None, {"added": 3}])
def test_without_its_undo_record_an_import_cannot_be_undone(
    school: School, damage: dict[str, Any] | None
) -> None:
    record = import_people(school, pupil("Lee"))
    table = school.store.table("undo")
    table.remove(record.id) if damage is None else table.put(record.id, damage)
    with pytest.raises(DataFolderError, match=r"undo data .* can't be undone"):
        undo_and_tell(school)
    assert len(groups(school)) == 1
    assert states(school) == ["succeeded"]


def test_an_undo_that_fails_changes_nothing(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    import_people(school, colleague("May", "Sports"), kind=STAFF)
    with monkeypatch.context() as broken:
        broken.setattr("backdrop_tui.imports.undo.log_import", Mock(side_effect=DataFolderError("Full.")))
        with pytest.raises(DataFolderError):
            undo_and_tell(school)
    assert states(school) == ["succeeded"]
    assert groups(school, STAFF) == {"May": "Sports"}
    assert undo_and_tell(school).removed == 1


def test_an_undo_that_was_interrupted_before_it_was_reported_is_reported_and_no_other_is_begun(
    school: School,
) -> None:
    first = import_people(school, pupil("Lee"))
    second = import_people(school, pupil("May"))
    assert not undo(school).was_finished
    result = undo(school)
    assert (result.record.id, result.was_finished) == (second.id, True)
    assert states(school) == ["undone", "succeeded"]
    note_undo_told(school, result.record)
    assert undo(school).record.id == first.id


def test_an_undo_that_came_to_nothing_is_not_taken_for_one_that_is_to_be_told(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = import_people(school, pupil("Lee"))
    with monkeypatch.context() as broken:
        broken.setattr(school.store.people("students"), "apply", Mock(side_effect=DataFolderError("Full.")))
        with pytest.raises(DataFolderError):
            undo(school)
    result = undo(school)
    assert (result.record.id, result.was_finished) == (record.id, False)


def test_an_import_is_named_by_its_id(school: School) -> None:
    first = import_people(school, pupil("Lee"))
    unchanged = import_people(school, pupil("Lee"))
    second = import_people(school, pupil("May"))
    with pytest.raises(UnusableChoiceError, match=f"{second.id}.*Undo that first"):
        undo(school, only=first.id)
    with pytest.raises(UnusableChoiceError, match="no import “1”"):
        undo(school, only="1")
    with pytest.raises(UnusableChoiceError, match="changed nothing"):
        undo(school, only=unchanged.id)
    note_undo_told(school, undo(school, only=second.id).record)
    with pytest.raises(UnusableChoiceError, match="already been undone"):
        undo(school, only=second.id)
    assert undo(school, only=first.id).removed == 1


def test_an_import_that_brings_someone_back_is_undone_with_the_leaving_as_it_was(school: School) -> None:
    import_people(school, pupil("Lee"), pupil("May"), pupil("Orr"))
    sent = {"file_state": "sent", "file_sent_on": "2026-07-20", "destination": "Hill School"}
    left = {"status": "left", "left_on": "2026-07-17"}
    change_people(school, STUDENTS, [person_id(school, "Lee")], left | sent)
    change_people(school, STUDENTS, [person_id(school, "Orr")], left)
    before = school.stored(STUDENTS)
    import_people(school, pupil("Lee", gender="F"), pupil("May", gender="F"), pupil("Ray"))
    assert school.current(STUDENTS)["surname"].to_list() == ["Lee", "May", "Ray"]
    result = undo_and_tell(school)
    assert (result.removed, result.restored) == (1, 2)
    assert school.stored(STUDENTS).equals(before)


def test_someone_marked_as_left_since_an_import_counts_as_edited(school: School) -> None:
    import_people(school, pupil("Lee"), pupil("May"))
    change_people(school, STUDENTS, [person_id(school, "Lee")], {"status": "left", "left_on": "2026-07-17"})
    with pytest.raises(EditedSinceError, match="1 student has been edited since"):
        undo(school)


def test_what_an_undo_leaves_out_is_said_wherever_imports_are_undone() -> None:
    record = ImportRecord("1", "staff", "staff.csv", "2026-03-02T09:00:00+00:00", "jo", "")
    edited = (EditedPerson("bd-1", "May Lee"), EditedPerson("bd-2", "Al Ray"))
    assert UndoPreview(record, 3, 1, edited, erased=2).in_words == [
        "This will undo the whole of the import of staff.csv, 2 March 2026 at 09:00.",
        "3 staff will be removed, 1 set back to what they were.",
        "2 staff erased since will stay erased.",
        "These people have been edited since, and those changes would be lost: May Lee and Al Ray.",
    ]
    assert UndoResult(record, 1, 0, ("Mentors",), erased=1).in_words == [
        "1 member of staff removed, 0 set back.",
        "1 member of staff has been erased since, and stays erased.",
        "User groups removed with it: Mentors.",
    ]
