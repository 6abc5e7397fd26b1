"""Whichever call of the system fails while a command runs: what it says about the outcome is true."""

import errno
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from backdrop_tui.store.tinydb.journaled_folder import JournaledFolder
from tests.support.changing_commands import COMMANDS
from tests.support.disturbed_commands import Disturbance
from tests.support.failing_calls import SHORT_WRITE, FailingCalls

CODES = (errno.EIO, errno.ENOSPC, errno.EROFS)
_NEVER = 10**9
_EVERY = 11
"""Only every so many calls fail here; `python -m tests.reliability` lets each one fail."""


@pytest.fixture
def disturbance(made_school: Path, tmp_path: Path, frozen_day: None) -> Callable[[str], Disturbance]:  # noqa: ARG001 - the day is frozen
    """Gives a command that can be disturbed."""
    return lambda command: Disturbance(made_school, tmp_path / "copies", command)


@pytest.mark.timeout(300)  # many runs; on a busy computer that takes its time
@pytest.mark.parametrize(
    "command",
    ["import", *(pytest.param(name, marks=pytest.mark.slow) for name in COMMANDS if name != "import")],
)
def test_what_is_said_about_the_outcome_is_true(
    disturbance: Callable[[str], Disturbance], monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    disturbed = disturbance(command)
    for number in count():
        calls = FailingCalls(CODES[number % 3], number * _EVERY, for_good=number % 2 == 0)
        outcome = disturbed.outcome(monkeypatch, calls)
        assert outcome.untruth() == "", (number, outcome)
        if not calls.failed:
            break
    assert number > 3


@pytest.mark.parametrize("for_good", [False, True])
def test_writing_less_than_asked_for_is_no_failure(
    disturbance: Callable[[str], Disturbance], monkeypatch: pytest.MonkeyPatch, *, for_good: bool
) -> None:
    calls = FailingCalls(SHORT_WRITE, 3, for_good=for_good)
    outcome = disturbance("import").outcome(monkeypatch, calls)
    assert (outcome.untruth(), outcome.status, calls.failed > 0) == ("", 0, True)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("for_good", [True, pytest.param(False, marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    "command",
    [
        "person",
        "undo",
        *(pytest.param(name, marks=pytest.mark.slow) for name in ("import", "erase", "groups rename")),
    ],
)
def test_whatever_fails_once_it_is_stored_it_is_said_to_be(
    disturbance: Callable[[str], Disturbance],
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    *,
    for_good: bool,
) -> None:
    disturbed = disturbance(command)
    skipped = 0 if for_good else _EVERY * 3
    for commit in count(1):
        calls = FailingCalls(errno.EIO, _NEVER, for_good=for_good, looking=True)
        with monkeypatch.context() as patched:
            _failing_after_commit(patched, calls, commit, skipped)
            outcome = disturbed.outcome(patched, calls)
        if not calls.failed:
            break
        assert outcome.untruth() == "", (commit, outcome)
    assert commit > 1


def _failing_after_commit(
    monkeypatch: pytest.MonkeyPatch, calls: FailingCalls, number: int, skipped: int
) -> None:
    """Have a call fail after so many transactions have been stored, and some more calls have been let through."""
    commits = count(1)
    real = JournaledFolder._commit

    def commit(self: JournaledFolder, *args: Any) -> set[str]:  # noqa: ANN401 - as the method has them
        touched = real(self, *args)
        if next(commits) == number:
            calls.left = skipped
        return touched

    monkeypatch.setattr(JournaledFolder, "_commit", commit)
