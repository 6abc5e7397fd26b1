"""Whichever call of the system fails while a command runs: what it says about the outcome is true."""

import errno
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from tests.support.changing_commands import COMMANDS
from tests.support.disturbed_commands import Disturbance
from tests.support.failing_calls import SHORT_WRITE, FailingCalls

CODES = (errno.EIO, errno.ENOSPC, errno.EROFS)
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
