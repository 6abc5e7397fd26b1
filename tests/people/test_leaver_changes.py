"""Marking people as having left, bringing them back, and noting where their files are."""

from datetime import date

import pytest

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.people.changes import change_people, undo_change
from backdrop_tui.people.leaver_changes import (
    FileAnswer,
    answer_about_files,
    bring_back,
    confirm_departures,
    file_answer,
    keep_for_longer,
    mark_as_left,
    past_day,
    set_destination,
    withdraw_confirmations,
)
from backdrop_tui.people.leaver_list import leavers_of, number_to_confirm
from backdrop_tui.records.leaving import STUDENT_STATE_KEYS
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school.leaver_notes import forget_notes, reason_to_keep
from backdrop_tui.school.school import School
from backdrop_tui.steps.locks import LockedError
from backdrop_tui.store.errors import PeopleChangedError
from tests.support.imports import colleague, import_people, person_id, pupil
from tests.support.made_up import STAFF, STUDENTS, TODAY

FRIDAY = date(2026, 2, 13)
SENT = FileAnswer("sent", date(2026, 2, 20))


@pytest.fixture
def lee(school: School) -> str:
    """The id of a student who is at the school, as another is."""
    import_people(school, pupil("Lee"), pupil("May"))
    return person_id(school, "Lee")


@pytest.fixture
def dsl(school: School) -> str:
    """The id of one of two safeguarding leads; there is a teacher, too."""
    import_people(
        school, colleague("Khan", "DSLs"), colleague("Moss", "DSLs"), colleague("Ray", "Teachers"), kind=STAFF
    )
    return person_id(school, "Khan", STAFF)


def state(school: School, student_id: str) -> tuple[str | None, ...]:
    person = school.store.people("students").get(student_id)
    assert person is not None
    return tuple(person[key] for key in STUDENT_STATE_KEYS)


def logged(school: School) -> dict[str, object]:
    entry = school.store.logged()[-1]
    return {key: value for key, value in entry.items() if key not in {"when", "user", "account"}}


def test_someone_leaves_and_the_log_says_so_without_a_name(school: School, lee: str) -> None:
    change = mark_as_left(school, STUDENTS, [lee], FRIDAY)
    assert state(school, lee) == ("left", "2026-02-13", None, None, None, None)
    assert school.current(STUDENTS)["surname"].to_list() == ["May"]
    assert logged(school) == {
        "event": "people-edited",
        "about": "students",
        "added": 0,
        "changed": 1,
        "removed": 0,
        "left": 1,
    }
    undo_change(school, change)
    assert state(school, lee) == ("current", None, None, None, None, None)
    assert logged(school)["brought_back"] == 1


def test_the_day_of_leaving_can_be_corrected(school: School, lee: str) -> None:
    mark_as_left(school, STUDENTS, [lee], FRIDAY)
    answer_about_files(school, [lee], SENT)
    mark_as_left(school, STUDENTS, [lee], date(2026, 2, 12))
    assert state(school, lee) == ("left", "2026-02-12", None, "sent", "2026-02-20", None)


def test_nobody_leaves_before_they_were_born(school: School, lee: str) -> None:
    with pytest.raises(UnusableChoiceError, match="1 May 2014 is before the date of birth"):
        mark_as_left(school, STUDENTS, [lee], date(2014, 5, 1))
    assert school.leavers(STUDENTS).is_empty()


def test_a_file_goes_through_its_states(school: School, lee: str) -> None:
    mark_as_left(school, STUDENTS, [lee], FRIDAY)
    answer_about_files(school, [lee], SENT)
    assert state(school, lee)[3:] == ("sent", "2026-02-20", None)
    answer_about_files(school, [lee], FileAnswer("received", date(2026, 2, 24)))
    assert state(school, lee)[3:] == ("received", "2026-02-20", "2026-02-24")
    answer_about_files(school, [lee], SENT)
    assert state(school, lee)[3:] == ("sent", "2026-02-20", None)
    answer_about_files(school, [lee], FileAnswer("none"))
    assert state(school, lee)[3:] == ("none", None, None)


def test_a_receipt_is_not_from_before_the_file_was_sent(school: School, lee: str) -> None:
    mark_as_left(school, STUDENTS, [lee], FRIDAY)
    answer_about_files(school, [lee], SENT)
    with pytest.raises(UnusableChoiceError, match="before the file was sent"):
        answer_about_files(school, [lee], FileAnswer("received", date(2026, 2, 19)))
    assert state(school, lee)[3] == "sent"


def test_one_answer_is_for_many_and_only_for_those_who_have_left(school: School, lee: str) -> None:
    ids = school.stored(STUDENTS)["id"].to_list()
    with pytest.raises(PeopleChangedError):
        answer_about_files(school, ids, FileAnswer("none"))
    mark_as_left(school, STUDENTS, [lee], FRIDAY)
    assert answer_about_files(school, ids, FileAnswer("none")).count == 1
    assert state(school, person_id(school, "May"))[3] is None


def test_the_new_school_is_noted_in_one_line_and_removed_again(school: School, lee: str) -> None:
    mark_as_left(school, STUDENTS, [lee], FRIDAY)
    set_destination(school, [lee], "  Hill   School ")
    assert state(school, lee)[2] == "Hill School"
    set_destination(school, [lee], " ")
    assert state(school, lee)[2] is None
    with pytest.raises(UnusableChoiceError, match="must have a letter"):
        set_destination(school, [lee], "?")


def test_whoever_comes_back_keeps_the_id_and_nothing_of_the_leaving(school: School, lee: str) -> None:
    before = school.stored(STUDENTS)
    mark_as_left(school, STUDENTS, [lee], FRIDAY)
    answer_about_files(school, [lee], SENT)
    bring_back(school, STUDENTS, [lee])
    assert school.stored(STUDENTS).equals(before)
    with pytest.raises(PeopleChangedError):
        bring_back(school, STUDENTS, [lee])


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("none", FileAnswer("none")),
        ("to-send", FileAnswer("to-send")),
        ("sent=20/02/2026", SENT),
        (" sent=2026-02-20 ", SENT),
        ("receipt=2.3.2026", FileAnswer("received", TODAY)),
    ],
)
def test_where_a_file_is_can_be_typed(text: str, answer: FileAnswer) -> None:
    assert file_answer(text, TODAY) == answer


@pytest.mark.parametrize(
    "text", ["", "sent", "sent=", "none=2026-01-01", "posted", "sent=31/02/2026", "receipt=2026-03-03"]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(UnusableChoiceError):
        file_answer(text, TODAY)


@pytest.mark.parametrize(("text", "reason"), [("soon", "is not a date"), ("03/03/2026", "3 March 2026 is")])
def test_a_day_is_a_date_and_not_in_the_future(text: str, reason: str) -> None:
    with pytest.raises(UnusableChoiceError, match=reason):
        past_day(text, TODAY, what="The date of leaving")


def test_only_staff_who_held_child_protection_rights_are_to_be_confirmed_and_come_first(
    school: School, dsl: str
) -> None:
    everyone = school.stored(STAFF)["id"].to_list()
    mark_as_left(school, STAFF, everyone, FRIDAY)
    assert number_to_confirm(school) == 2
    confirm_departures(school, [dsl])
    assert logged(school) == {"event": "departures-confirmed", "about": "staff", "people": 1}
    assert number_to_confirm(school) == 1
    listed = leavers_of(school, STAFF, TODAY)
    assert listed.people["surname"].to_list() == ["Moss", "Khan", "Ray"]
    assert listed.outstanding["surname"].to_list() == ["Moss"]
    withdraw_confirmations(school, everyone)
    assert logged(school) == {"event": "confirmations-withdrawn", "about": "staff", "people": 1}
    assert number_to_confirm(school) == 2


def test_someone_who_leaves_again_is_to_be_confirmed_again(school: School, dsl: str) -> None:
    mark_as_left(school, STAFF, [dsl], FRIDAY)
    confirm_departures(school, [dsl])
    bring_back(school, STAFF, [dsl])
    assert number_to_confirm(school) == 0
    mark_as_left(school, STAFF, [dsl], TODAY)
    assert number_to_confirm(school) == 1


def test_what_a_group_that_no_longer_exists_could_is_to_be_confirmed(school: School, dsl: str) -> None:
    mark_as_left(school, STAFF, [dsl], FRIDAY)
    change_people(school, STAFF, [dsl], {"user_group": "Pastoral"})
    assert "Pastoral" not in school.group_names()
    assert number_to_confirm(school) == 1


def test_the_reason_for_keeping_a_record_is_stored_and_removed(school: School, lee: str) -> None:
    keep_for_longer(school, STUDENTS, lee, " Inquiry  2026 ")
    assert reason_to_keep(school, lee) == "Inquiry 2026"
    assert logged(school) == {"event": "record-kept", "about": "students", "kept": 1}
    keep_for_longer(school, STUDENTS, lee, "")
    assert reason_to_keep(school, lee) == ""


def test_all_notes_about_someone_are_forgotten_together(school: School, dsl: str) -> None:
    mark_as_left(school, STAFF, [dsl], FRIDAY)
    confirm_departures(school, [dsl])
    keep_for_longer(school, STAFF, dsl, "Inquiry")
    forget_notes(school, dsl)
    assert (number_to_confirm(school), reason_to_keep(school, dsl)) == (1, "")


@pytest.mark.parametrize("kind", [STUDENTS, STAFF], ids=["students", "staff"])
def test_nothing_can_be_noted_before_signing_up(school: School, kind: RecordKind) -> None:
    with pytest.raises(LockedError):
        mark_as_left(school, kind, ["bd-1"], FRIDAY)
    with pytest.raises(LockedError):
        keep_for_longer(school, kind, "bd-1", "Inquiry")
    with pytest.raises(LockedError):
        confirm_departures(school, ["bd-1"])
