"""Adding, changing and removing people by hand, and undoing all of that."""

import orjson
import polars as pl
import pytest

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.imports.undo import preview_undo
from backdrop_tui.people.changes import (
    ChangeHistory,
    add_person,
    change_people,
    remove_people,
    undo_change,
)
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school.school import School
from backdrop_tui.steps.locks import LockedError
from backdrop_tui.store import locks
from backdrop_tui.store.errors import InUseError, PeopleChangedError
from tests.support.imports import colleague, import_people, person_id, pupil, sign_up
from tests.support.made_up import STAFF, STUDENTS
from tests.support.one_person import change_one


@pytest.fixture
def three(school: School) -> list[str]:
    """The ids of three stored students."""
    import_people(school, pupil("Abbott"), pupil("Baker"), pupil("Chaudhry"))
    return school.stored(STUDENTS)["id"].to_list()


def surnames(school: School) -> list[str]:
    return sorted(school.stored(STUDENTS)["surname"])


def test_an_added_person_is_stored_and_adding_can_be_undone(school: School) -> None:
    sign_up(school)
    change = add_person(school, STUDENTS, pupil("Abbott"))
    assert (change.verb, change.count) == ("added", 1)
    assert surnames(school) == ["Abbott"]
    undone = undo_change(school, change)
    assert surnames(school) == []
    undo_change(school, undone)
    assert school.stored(STUDENTS).equals(change.after)


def test_nobody_can_be_added_before_the_address_is_verified(school: School) -> None:
    sign_up(school, verified=False)
    with pytest.raises(LockedError):
        add_person(school, STUDENTS, pupil("Abbott"))


def test_nobody_can_be_changed_before_signing_up(school: School) -> None:
    with pytest.raises(LockedError):
        change_people(school, STUDENTS, ["bd-1"], {"surname": "X"})


@pytest.mark.parametrize("count", [1, 2])
def test_values_change_for_the_people_named_and_for_nobody_else(
    school: School, three: list[str], count: int
) -> None:
    before = school.stored(STUDENTS)
    change = change_people(school, STUDENTS, three[:count], {"registration_group": "7Z"})
    assert school.stored(STUDENTS)["registration_group"].to_list() == ["7Z"] * count + [None] * (3 - count)
    undo_change(school, change)
    assert school.stored(STUDENTS).equals(before)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_removed_people_come_back_unchanged(school: School, three: list[str], count: int) -> None:
    before = school.stored(STUDENTS).sort("id")
    change = remove_people(school, STUDENTS, three[:count])
    assert school.store.people("students").frame().height == 3 - count
    redone = undo_change(school, change)
    assert school.stored(STUDENTS).sort("id").equals(before)
    undo_change(school, redone)
    assert school.store.people("students").frame().height == 3 - count


def test_a_change_is_not_undone_if_the_people_have_changed_again(school: School, three: list[str]) -> None:
    change = change_people(school, STUDENTS, three[:2], {"gender": "F"})
    change_people(school, STUDENTS, three[1:], {"gender": "M"})
    with pytest.raises(UnusableChoiceError, match="has changed the same people since"):
        undo_change(school, change)
    assert school.stored(STUDENTS)["gender"].to_list() == ["F", "M", "M"]


def test_missing_people_are_skipped_unless_all_are_missing(school: School, three: list[str]) -> None:
    remove_people(school, STUDENTS, three[:1])
    assert change_people(school, STUDENTS, three, {"gender": "F"}).count == 2
    with pytest.raises(PeopleChangedError, match="removed"):
        change_people(school, STUDENTS, three[:1], {"gender": "M"})


def test_two_processes_at_once_lose_none_of_each_others_changes(school: School, three: list[str]) -> None:
    with School(school.folder) as other:
        other.stored(STUDENTS)
        change_people(school, STUDENTS, three[:1], {"gender": "F"})
        change_people(other, STUDENTS, three[:1], {"registration_group": "7B"})
        change_people(other, STUDENTS, three[1:], {"gender": "M"})
    assert school.stored(STUDENTS)["gender"].to_list() == ["F", "M", "M"]
    assert school.stored(STUDENTS)["registration_group"][0] == "7B"


def test_a_new_user_group_is_stored_with_the_person(school: School) -> None:
    sign_up(school)
    add_person(school, STAFF, colleague("Abbott", "Lunch Team"))
    remove_people(school, STAFF, [person_id_of_staff(school)])
    assert "Lunch Team" in school.group_names()


def person_id_of_staff(school: School) -> str:
    return str(school.stored(STAFF)["id"].item())


@pytest.mark.usefixtures("three")
def test_an_import_knows_who_has_been_edited_since(school: School) -> None:
    change_people(school, STUDENTS, [person_id(school, "Baker")], {"gender": "F"})
    preview = preview_undo(school)
    assert preview is not None
    assert [person.name for person in preview.edited] == ["Zoë Baker"]


def test_the_log_has_the_number_of_people_and_no_names(school: School, three: list[str]) -> None:
    remove_people(school, STUDENTS, three[:2])
    text = school.folder.log.read_text()
    last = orjson.loads(text.splitlines()[-1])
    assert {key: last[key] for key in ("event", "about", "added", "changed", "removed")} == {
        "event": "people-edited", "about": "students", "added": 0, "changed": 0, "removed": 2,
    }  # fmt: skip
    assert "Abbott" not in text


def test_an_undone_change_can_be_redone_until_there_is_a_new_change(school: School, three: list[str]) -> None:
    history = ChangeHistory()
    history.add(change_people(school, STUDENTS, three, {"gender": "F"}))
    history.mark_undone(undo_change(school, history.done[-1]))
    assert (len(history.done), len(history.undone)) == (0, 1)
    history.mark_redone(undo_change(school, history.undone[-1]))
    assert (len(history.done), len(history.undone)) == (1, 0)
    assert school.stored(STUDENTS)["gender"].to_list() == ["F", "F", "F"]
    history.mark_undone(undo_change(school, history.done[-1]))
    history.add(change_people(school, STUDENTS, three, {"gender": "M"}))
    assert history.undone == []
    assert isinstance(history.done[0].before, pl.DataFrame)


@pytest.mark.parametrize("what", ["change", "remove", "undo"])
def test_nobody_gets_in_between_the_reading_and_the_writing_of_a_person(
    school: School, three: list[str], what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "LOCK_SECONDS", 0)
    change = change_people(school, STUDENTS, three[:1], {"gender": "F"})
    look_up, refusals = school.stored, []

    def overtaken(kind: RecordKind) -> pl.DataFrame:
        with School(school.folder) as other:
            with pytest.raises(InUseError) as refused:
                change_one(other.store.people("students"), three[0], {"surname": "Newname"})
            refusals.append(refused.value)
        return look_up(kind)

    with monkeypatch.context() as at_once:
        at_once.setattr(school, "stored", overtaken)
        match what:
            case "change":
                change_people(school, STUDENTS, three[:1], {"registration_group": "10B"})
            case "remove":
                remove_people(school, STUDENTS, three[:1])
            case _:
                undo_change(school, change)
    assert refusals


def test_an_edit_does_not_fail_because_someone_else_is_added_meanwhile(
    school: School, three: list[str]
) -> None:
    with School(school.folder) as other:
        for number in range(5):
            assert other.store.people("students").frame().height == 3 + number
            add_person(other, STUDENTS, {"surname": f"New {number}"})
            change_people(school, STUDENTS, three[:1], {"registration_group": f"{number}"})
        person = other.store.people("students").get(three[0])
        assert person is not None
        assert person["registration_group"] == "4"
