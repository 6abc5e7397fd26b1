"""Locked steps, and what they say."""

from collections.abc import Callable

import pytest

from backdrop_tui.school.school import School
from backdrop_tui.steps.listing import (
    ADD_STAFF,
    ADD_STUDENTS,
    INVITE_STAFF,
    REVIEW_GROUPS,
    REVIEW_SETTINGS,
    SIGN_UP,
    VERIFY_EMAIL,
    step_adding,
)
from backdrop_tui.steps.locks import MARKS_TABLE, LockedError, require_unlocked
from backdrop_tui.steps.marks import mark_invited, mark_reviewed, skip_staff
from backdrop_tui.steps.step import Step
from tests.support.imports import import_people, pupil, sign_up
from tests.support.made_up import STAFF, STUDENTS

Action = Callable[[], object]


@pytest.mark.parametrize(
    ("step", "message"),
    [
        (ADD_STUDENTS, "“Students” is locked. Complete “Sign up” and “Verify your e-mail” first."),
        (REVIEW_GROUPS, "“Review user groups” is locked. Complete “Sign up” first."),
        (
            INVITE_STAFF,
            "“Invite staff” is locked. Complete “Sign up”, “Verify your e-mail”, “Review system settings” and “Review user groups” first.",
        ),
    ],
)
def test_a_locked_step_says_what_to_complete_first(school: School, step: Step, message: str) -> None:
    with pytest.raises(LockedError) as error:
        require_unlocked(school, step)
    assert error.value.message == message
    assert error.value.exit_status == 3


def test_an_open_step_is_not_refused(school: School) -> None:
    require_unlocked(school, SIGN_UP)
    sign_up(school)
    for step in (VERIFY_EMAIL, ADD_STUDENTS, ADD_STAFF, REVIEW_SETTINGS, REVIEW_GROUPS):
        require_unlocked(school, step)
    with pytest.raises(LockedError, match="Complete “Review system settings” and “Review user groups” first"):
        require_unlocked(school, INVITE_STAFF)
    mark_reviewed(school, REVIEW_GROUPS)
    with pytest.raises(LockedError, match=r"locked\. Complete “Review system settings” first"):
        require_unlocked(school, INVITE_STAFF)


def test_changing_the_address_locks_adding_people_again(school: School) -> None:
    sign_up(school)
    import_people(school, pupil("Lee"))
    sign_up(school, verified=False)
    with pytest.raises(LockedError):
        require_unlocked(school, ADD_STUDENTS)


def test_a_locked_step_can_be_neither_skipped_nor_reviewed(school: School) -> None:
    actions: tuple[Action, ...] = (
        lambda: mark_reviewed(school, REVIEW_SETTINGS),
        lambda: mark_invited(school),
        lambda: skip_staff(school),
    )
    for action in actions:
        with pytest.raises(LockedError):
            action()
    assert school.store.table(MARKS_TABLE).all() == []


def test_each_kind_of_people_has_the_step_that_adds_it() -> None:
    assert (step_adding(STUDENTS), step_adding(STAFF)) == (ADD_STUDENTS, ADD_STAFF)
