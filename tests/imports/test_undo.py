"""The last import is undone as a whole, then the one before."""

from typing import Any

import orjson
import polars as pl
import pytest

from backdrop_tui.errors import DataFolderError, UnusableChoiceError
from backdrop_tui.imports.recovery import recover
from backdrop_tui.imports.undo import EditedPerson, EditedSinceError, preview_undo, undo
from backdrop_tui.imports.undo_record import undo_record_path
from backdrop_tui.school import audit_log
from backdrop_tui.school.import_history import import_records
from backdrop_tui.school.school import School
from backdrop_tui.store.errors import PeopleChangedError
from tests.support.imports import colleague, groups, import_people, person_id, pupil, states
from tests.support.made_up import STAFF, STUDENTS


def test_people_added_are_removed_and_people_changed_are_restored(school: School) -> None:
    school.people.add_one("students", pupil("Stays", registration_group="7A"))
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
    result = undo(school)
    assert (result.record.file, result.removed, result.restored) == ("later.csv", 1, 1)
    assert school.stored(STUDENTS).equals(before)
    assert undo(school).removed == 2
    assert groups(school) == {"Stays": "7A"}
    assert states(school) == ["undone", "undone"]
    with pytest.raises(UnusableChoiceError, match="There is no import to undo"):
        undo(school)
    assert preview_undo(school) is None
    assert not list(school.folder.imports.glob("*.json"))


def test_the_user_and_time_of_an_undo_are_recorded(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    import_people(school, pupil("Lee"))
    monkeypatch.setattr(audit_log, "os_user", lambda: "sam")
    result = undo(school)
    assert import_records(school) == [result.record]
    assert (result.record.undone_by, bool(result.record.undone)) == ("sam", True)
    assert b'"event":"import-undone"' in school.folder.log.read_bytes()


def test_imports_that_changed_nothing_or_failed_are_skipped(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = import_people(school, pupil("Lee"))
    import_people(school, pupil("Lee"))
    with monkeypatch.context() as broken:
        broken.setattr(school.people, "apply", _full)
        with pytest.raises(DataFolderError):
            import_people(school, pupil("May"))
    assert undo(school).record.id == first.id
    assert states(school) == ["failed", "succeeded", "undone"]


def _full(*_: Any, **__: Any) -> None:  # noqa: ANN401 - takes any arguments
    raise DataFolderError("There is no room left.")


def test_imports_of_students_and_staff_are_undone_newest_first(school: School) -> None:
    import_people(school, pupil("Lee"))
    import_people(school, colleague("May", "Sports"), colleague("Ray", "TAs"), kind=STAFF, file="staff.csv")
    result = undo(school)
    assert (result.record.kind, result.removed, result.groups) == ("staff", 2, ("Sports",))
    assert undo(school).record.kind == "students"


def test_a_group_with_other_members_stays(school: School) -> None:
    import_people(school, colleague("May", "Sports"), kind=STAFF)
    school.people.add_one("staff", colleague("Ray", "Sports"))
    assert undo(school).groups == ()
    assert "Sports" in school.group_names()


def test_people_edited_since_are_named_first(school: School) -> None:
    import_people(school, pupil("Lee", registration_group="7A"))
    import_people(school, pupil("Lee", registration_group="7B"), pupil("May"), pupil("Ray"))
    lee, may = person_id(school, "Lee"), person_id(school, "May")
    school.people.change_one("students", may, {"surname": "Mai"})
    school.people.change_one("students", lee, {"gender": "F"})
    before = school.stored(STUDENTS)
    with pytest.raises(EditedSinceError, match="2 students have been edited since") as error:
        undo(school)
    assert error.value.exit_status == 2
    assert set(error.value.preview.edited) == {EditedPerson(lee, "Zoë Lee"), EditedPerson(may, "Zoë Mai")}
    assert "Mai" not in error.value.message
    assert school.stored(STUDENTS).equals(before)
    assert states(school) == ["succeeded", "succeeded"]
    result = undo(school, force=True)
    assert (result.removed, result.restored) == (2, 1)
    assert groups(school) == {"Lee": "7A"}
    assert school.stored(STUDENTS)["gender"].to_list() == [None]


def test_an_edit_that_was_reversed_does_not_count(school: School) -> None:
    import_people(school, pupil("Lee", registration_group="7A"))
    for group in ("7B", "7A"):
        school.people.change_one("students", person_id(school, "Lee"), {"registration_group": group})
    assert undo(school).removed == 1


def test_changes_by_another_import_do_not_count_once_that_is_undone(school: School) -> None:
    import_people(school, pupil("Lee", registration_group="7A"))
    import_people(school, pupil("Lee", registration_group="7B"))
    import_people(school, pupil("Lee", registration_group="7C"))
    assert [undo(school).restored for _ in range(3)] == [1, 1, 0]
    assert groups(school) == {}


def test_people_removed_by_hand_stay_removed(school: School) -> None:
    import_people(school, pupil("Lee", registration_group="7A"), pupil("May"))
    import_people(school, pupil("Lee", registration_group="7B"), pupil("Ray"), pupil("Kim"))
    for surname in ("Lee", "Ray"):
        school.people.remove_one("students", person_id(school, surname))
    result = undo(school)
    assert (result.removed, result.restored) == (1, 0)
    assert list(groups(school)) == ["May"]


def test_an_import_none_of_whose_people_are_left_can_be_undone(school: School) -> None:
    import_people(school, pupil("Lee"))
    school.people.remove_one("students", person_id(school, "Lee"))
    result = undo(school)
    assert (result.removed, result.restored, states(school)) == (0, 0, ["undone"])


def test_only_the_given_import_is_undone(school: School) -> None:
    seen = import_people(school, pupil("Lee"))
    newer = import_people(school, pupil("May"))
    with pytest.raises(UnusableChoiceError, match="Another import has finished since"):
        undo(school, only=seen.id)
    assert len(groups(school)) == 2
    undo(school, only=newer.id)
    undo(school, only=seen.id)
    assert groups(school) == {}


def test_a_field_added_in_a_later_version_keeps_its_values(school: School) -> None:
    import_people(school, pupil("Lee", registration_group="7A"))
    record = import_people(school, pupil("Lee", registration_group="7B", gender="F"))
    path = undo_record_path(school.folder, record.id)
    # As a version would have written it that did not know of genders.
    kept = orjson.loads(path.read_bytes())
    del kept["before"]["gender"]
    path.write_bytes(orjson.dumps(kept))
    undo(school, force=True)
    assert school.stored(STUDENTS).select("registration_group", "gender").row(0) == ("7A", "F")


@pytest.mark.parametrize(("damage", "reason"), [(None, "is missing"), (b"[]", "is damaged")])
def test_without_its_undo_record_an_import_cannot_be_undone(
    school: School, damage: bytes | None, reason: str
) -> None:
    record = import_people(school, pupil("Lee"))
    path = undo_record_path(school.folder, record.id)
    if damage is None:
        path.unlink()
    else:
        path.write_bytes(damage)
    with pytest.raises(DataFolderError, match=f"{reason}.*Nothing was changed"):
        undo(school)
    assert len(groups(school)) == 1
    assert states(school) == ["succeeded"]


def test_an_undo_that_fails_changes_nothing(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    import_people(school, pupil("Lee"))
    with monkeypatch.context() as broken:
        broken.setattr(school.people, "apply", _full)
        with pytest.raises(DataFolderError):
            undo(school)
    assert (states(school), recover(school)) == (["succeeded"], ())
    assert undo(school).removed == 1


def test_an_edit_made_while_undoing_is_noticed(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    import_people(school, pupil("Lee"))
    apply, turns = school.people.apply, iter([True, False])

    def overtaken(*args: Any, **named: Any) -> pl.Series:  # noqa: ANN401 - takes any arguments
        if next(turns):
            school.people.change_one("students", person_id(school, "Lee"), {"gender": "F"})
        return apply(*args, **named)

    monkeypatch.setattr(school.people, "apply", overtaken)
    with pytest.raises(EditedSinceError, match="1 student has been edited"):
        undo(school)
    assert len(groups(school)) == 1


def test_undoing_gives_up_if_someone_else_always_stores_people_in_between(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_people(school, pupil("Lee"))

    def overtaken(*_: Any, **__: Any) -> None:  # noqa: ANN401 - takes any arguments
        raise PeopleChangedError("Someone else has changed it.")

    monkeypatch.setattr(school.people, "apply", overtaken)
    with pytest.raises(PeopleChangedError):
        undo(school)
    assert states(school) == ["succeeded"]
