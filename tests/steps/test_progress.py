"""The state of each step of set-up, and what is best done next."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from backdrop_tui.imports.jobs import recorded_import
from backdrop_tui.imports.undo import undo
from backdrop_tui.school.import_history import put_record
from backdrop_tui.school.school import School
from backdrop_tui.steps.listing import ADD_STUDENTS, REVIEW_GROUPS, REVIEW_SETTINGS, SIGN_UP, STEPS
from backdrop_tui.steps.locks import LockedError
from backdrop_tui.steps.marks import mark_invited, mark_reviewed, skip_staff
from backdrop_tui.steps.progress import set_up_progress
from backdrop_tui.store.folder import DataFolder
from tests.steps import states
from tests.support.imports import colleague, import_people, pupil, sign_up
from tests.support.made_up import STAFF, STUDENTS

Action = Callable[[], object]


def next_key(school: School) -> str | None:
    step = set_up_progress(school).next_step
    return step.key if step else None


def test_at_the_start_only_signing_up_is_open(data: DataFolder) -> None:
    with School(data, read_only=True) as school:
        progress = set_up_progress(school)
        assert (progress.organisation, progress.students, progress.staff) == (None, 0, 0)
        assert list(states(school)) == [step.key for step in STEPS]
        assert states(school).pop("sign-up") == "to-do"
        assert set(states(school).values()) == {"to-do", "locked"}
        assert [status.step.key for status in progress.steps if status.is_open] == ["sign-up"]
        assert next_key(school) == "sign-up"
    assert not data.path.exists()


def test_signing_up_unlocks_verifying_and_both_reviews(school: School) -> None:
    sign_up(school, verified=False)
    assert set_up_progress(school).organisation == "Hill Top"
    assert states(school) == {
        "sign-up": "done",
        "verify-email": "to-do",
        "students": "locked",
        "staff": "locked",
        "settings": "to-do",
        "groups": "to-do",
        "invite": "locked",
    }
    assert next_key(school) == "verify-email"


def test_verifying_unlocks_students_and_staff_but_not_invitations(school: School) -> None:
    sign_up(school)
    state = states(school)
    assert (state["students"], state["staff"], state["invite"]) == ("to-do", "to-do", "locked")


def test_all_the_way_through(school: School) -> None:
    sign_up(school)
    order = []
    actions: tuple[Action, ...] = (
        lambda: import_people(school, pupil("Lee")),
        lambda: import_people(school, colleague("May", "TAs"), kind=STAFF),
        lambda: mark_reviewed(school, REVIEW_SETTINGS),
        lambda: mark_reviewed(school, REVIEW_GROUPS),
        lambda: mark_invited(school),
    )
    for action in actions:
        order.append(next_key(school))
        action()
    assert order == ["students", "staff", "settings", "groups", "invite"]
    assert set(states(school).values()) == {"done"}
    assert next_key(school) is None
    assert (set_up_progress(school).students, set_up_progress(school).staff) == (1, 1)


def test_staff_can_be_skipped_and_stored_later(school: School) -> None:
    sign_up(school)
    skip_staff(school)
    assert states(school)["staff"] == "skipped"
    import_people(school, colleague("May", "TAs"), kind=STAFF)
    assert states(school)["staff"] == "done"
    undo(school)
    assert states(school)["staff"] == "skipped"


def test_a_step_is_running_while_people_are_being_imported_or_their_import_undone(school: School) -> None:
    sign_up(school)
    with recorded_import(school, STUDENTS, "pupils.csv"):
        assert (states(school)["students"], states(school)["staff"]) == ("running", "to-do")
    record = import_people(school, pupil("Lee"))
    put_record(school, replace(record, state="undoing"))
    assert states(school)["students"] == "running"


def test_a_failed_import_is_no_longer_running(school: School) -> None:
    sign_up(school)

    def fails() -> None:
        with recorded_import(school, STUDENTS):
            raise LockedError(ADD_STUDENTS.title, (SIGN_UP,))

    with pytest.raises(LockedError):
        fails()
    assert states(school)["students"] == "to-do"


def test_changing_the_address_locks_what_is_done_until_it_is_verified(school: School) -> None:
    sign_up(school)
    import_people(school, pupil("Lee"))
    sign_up(school, verified=False)
    status = set_up_progress(school).status_of("students")
    assert status is not None
    assert (status.state, status.is_open) == ("done", False)


def test_there_is_no_status_of_an_unknown_step(school: School) -> None:
    assert set_up_progress(school).status_of("data-protection") is None
