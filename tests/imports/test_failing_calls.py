"""Whichever call of the system fails: an import, an undo or an edit that says it failed has changed nothing."""

import errno
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from backdrop_tui.errors import BackdropError
from backdrop_tui.imports.recovery import recover
from backdrop_tui.people.changes import add_person, change_people, remove_people
from backdrop_tui.people.group_management import change_rights, rename_group
from backdrop_tui.people.setting_changes import change_setting
from backdrop_tui.school.school import School
from backdrop_tui.store.errors import UnknownOutcomeError
from backdrop_tui.store.folder import DataFolder
from tests.support.failing_calls import FailingCalls
from tests.support.imports import colleague, groups, import_people, person_id, pupil, undo_and_tell
from tests.support.made_up import STAFF, STUDENTS

WORKS: dict[str, Callable[[School], object]] = {
    "import": lambda school: import_people(school, pupil("Lee", registration_group="7B"), pupil("Ray")),
    "undo": undo_and_tell,
    "edit": lambda school: change_people(
        school, STUDENTS, [person_id(school, "Lee")], {"registration_group": "7C"}
    ),
    "add": lambda school: add_person(school, STUDENTS, pupil("New")),
    "remove": lambda school: remove_people(school, STUDENTS, [person_id(school, "Lee")]),
    "rights": lambda school: change_rights(school, {"Mentors": {"manage-groups": True}}),
    "rename": lambda school: rename_group(school, "Mentors", "Coaches"),
    "set": lambda school: change_setting(school, "phase", "primary"),
}

_EVERY = 9
"""Only every so many calls fail here; `python -m tests.reliability` lets each one fail."""


def state(school: School) -> tuple[object, ...]:
    """What the works change."""
    return groups(school), groups(school, STAFF), school.user_groups(), school.settings.get("phase")


def outcome(school: School, work: Callable[[School], object]) -> str:
    """Do some work; what is said about how it ended."""
    try:
        work(school)
        school.close()
    except UnknownOutcomeError:
        return "unknown"
    except BackdropError:
        return "failed"
    return "done"


@pytest.mark.slow
@pytest.mark.timeout(300)  # many runs; on a busy computer that takes its time
@pytest.mark.parametrize("for_good", [False, True])
@pytest.mark.parametrize("name", WORKS)
def test_what_is_said_about_the_outcome_is_true(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, *, for_good: bool
) -> None:
    said = list[str]()
    failed = 1
    while failed:
        folder = DataFolder(tmp_path / str(len(said)))
        folder.create()
        with School(folder) as school:
            import_people(school, colleague("May", "Mentors"), kind=STAFF)
            import_people(school, pupil("Lee", registration_group="7A"))
            before = state(school)
            calls = FailingCalls(errno.EIO, len(said) * _EVERY, for_good=for_good)
            said.append(calls.during(monkeypatch, partial(outcome, school, WORKS[name])))
            failed = calls.failed
        with School(folder) as again:
            recover(again)
            assert said[-1] == "unknown" or (state(again) != before) == (said[-1] == "done"), len(said)
    assert {"done", "failed"} <= set(said)
