"""The steps of set-up, and what opens them."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from backdrop_tui.imports.jobs import begun
from backdrop_tui.imports.undo import undo
from backdrop_tui.school.import_history import put_record
from backdrop_tui.school.school import School
from backdrop_tui.steps import (
    STEPS,
    LockedError,
    StepKey,
    StepState,
    mark_invited,
    mark_reviewed,
    require,
    set_up_progress,
    skip_staff,
)
from backdrop_tui.store.folder import DataFolder
from tests.support.imports import bring, colleague, pupil, sign_up
from tests.support.made_up import STAFF, STUDENTS

Way = Callable[[], object]


def states(school: School) -> dict[StepKey, StepState]:
    return {now.step.key: now.state for now in set_up_progress(school).steps}


def next_step(school: School) -> str | None:
    step = set_up_progress(school).next_step
    return step.key if step else None


def test_before_anything_only_signing_up_is_open(data: DataFolder) -> None:
    with School(data, read_only=True) as school:
        found = set_up_progress(school)
        assert (found.organisation, found.students, found.staff) == (None, 0, 0)
        assert list(states(school)) == [step.key for step in STEPS]
        assert states(school).pop("sign-up") == "to-do"
        assert set(states(school).values()) == {"to-do", "locked"}
        assert [now.step.key for now in found.steps if now.is_open] == ["sign-up"]
        assert next_step(school) == "sign-up"
    assert not data.path.exists()


def test_signing_up_opens_verifying_and_both_reviews(school: School) -> None:
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
    assert next_step(school) == "verify-email"


def test_verifying_opens_students_and_staff_but_no_invitations(school: School) -> None:
    sign_up(school)
    found = states(school)
    assert (found["students"], found["staff"], found["invite"]) == ("to-do", "to-do", "locked")


def test_all_the_way_through(school: School) -> None:
    sign_up(school)
    seen = []
    ways: tuple[Way, ...] = (
        lambda: bring(school, pupil("Lee")),
        lambda: bring(school, colleague("May", "TAs"), kind=STAFF),
        lambda: mark_reviewed(school, "settings"),
        lambda: mark_reviewed(school, "groups"),
        lambda: mark_invited(school),
    )
    for way in ways:
        seen.append(next_step(school))
        way()
    assert seen == ["students", "staff", "settings", "groups", "invite"]
    assert set(states(school).values()) == {"done"}
    assert next_step(school) is None
    assert (set_up_progress(school).students, set_up_progress(school).staff) == (1, 1)


def test_staff_can_be_skipped_and_stored_later(school: School) -> None:
    sign_up(school)
    skip_staff(school)
    assert states(school)["staff"] == "skipped"
    bring(school, colleague("May", "TAs"), kind=STAFF)
    assert states(school)["staff"] == "done"
    undo(school)
    assert states(school)["staff"] == "skipped"


def test_a_step_is_running_while_its_import_is(school: School) -> None:
    sign_up(school)
    with begun(school, STUDENTS, "pupils.csv"):
        assert (states(school)["students"], states(school)["staff"]) == ("running", "to-do")
    record = bring(school, pupil("Lee"))
    put_record(school, replace(record, state="undoing"))
    assert states(school)["students"] == "running"


def test_an_address_that_changed_locks_again_what_is_done(school: School) -> None:
    sign_up(school)
    bring(school, pupil("Lee"))
    sign_up(school, verified=False)
    now = next(now for now in set_up_progress(school).steps if now.step.key == "students")
    assert (now.state, now.is_open) == ("done", False)
    with pytest.raises(LockedError):
        require(school, "students")


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("students", "“Students” is locked. “Sign up”, then “Verify your e-mail” open it."),
        ("groups", "“Review user groups” is locked. “Sign up” opens it."),
        (
            "invite",
            "“Invite staff” is locked. “Sign up”, then “Verify your e-mail”, then “Review system settings”, then “Review user groups” open it.",
        ),
    ],
)
def test_a_lock_says_what_opens_it(school: School, key: StepKey, said: str) -> None:
    with pytest.raises(LockedError) as error:
        require(school, key)
    assert error.value.message == said
    assert error.value.exit_status == 3
    assert error.value.step.key == key


def test_what_is_open_is_not_refused(school: School) -> None:
    require(school, "sign-up")
    sign_up(school)
    for key in ("verify-email", "students", "staff", "settings", "groups"):
        require(school, key)
    with pytest.raises(LockedError, match="“Review system settings”, then “Review user groups” open it"):
        require(school, "invite")
    mark_reviewed(school, "groups")
    with pytest.raises(LockedError, match=r"locked\. “Review system settings” opens it"):
        require(school, "invite")


def test_a_locked_step_can_be_neither_skipped_nor_reviewed(school: School) -> None:
    ways: tuple[Way, ...] = (
        lambda: mark_reviewed(school, "settings"),
        lambda: mark_invited(school),
        lambda: skip_staff(school),
    )
    for way in ways:
        with pytest.raises(LockedError):
            way()
    assert school.setup.table("steps").all() == []


def test_the_import_that_failed_runs_no_more(school: School) -> None:
    sign_up(school)

    def fails() -> None:
        with begun(school, STUDENTS):
            raise LockedError(STEPS[2], STEPS[:1])

    with pytest.raises(LockedError):
        fails()
    assert states(school)["students"] == "to-do"
