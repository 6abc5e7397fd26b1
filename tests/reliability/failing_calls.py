"""Every call of every command fails: once, and from then on; with each error, and with short writes."""

import errno
import shutil
from itertools import count
from pathlib import Path

import pytest
import time_machine

from tests.reliability.figures import Figures
from tests.support.changing_commands import COMMANDS
from tests.support.disturbed_commands import Disturbance, Outcome
from tests.support.failing_calls import SHORT_WRITE, FailingCalls
from tests.support.made_up import NOW

_ERRORS = {errno.EIO: "EIO", errno.ENOSPC: "ENOSPC", errno.EROFS: "EROFS", SHORT_WRITE: "a short write"}


def failing_calls(template: Path, folder: Path, every: int) -> Figures:
    """Let each call of each command fail.

    Args:
        template: What `make_school` has made.
        folder: An empty folder to work in.
        every: Only every so many calls fail.
    """
    figures = Figures()
    with time_machine.travel(NOW.astimezone(), tick=True), pytest.MonkeyPatch.context() as patch:
        for command in COMMANDS:
            disturbance = Disturbance(template, folder / command.replace(" ", "-"), command)
            for code, name in _ERRORS.items():
                for for_good in (False, True):
                    how = f"{command}: {name}, {'for good' if for_good else 'once'}"
                    for number in count(0, every):
                        calls = FailingCalls(code, number, for_good=for_good)
                        outcome = disturbance.outcome(patch, calls)
                        if not calls.failed:
                            break
                        _note(figures, outcome, f"{how}, call {number}")
            shutil.rmtree(folder / command.replace(" ", "-"))
    return figures


def _note(figures: Figures, outcome: Outcome, how: str) -> None:
    figures.numbers["commands with a failing call"] += 1
    figures.numbers[_kind(outcome)] += 1
    if untruth := outcome.untruth():
        figures.failures.append(f"{how}: {untruth}: {outcome.err.strip()}")


def _kind(outcome: Outcome) -> str:
    """How a command has ended, for the count."""
    if outcome.status == 0:
        return "said to be done"
    return "said not to be known" if "isn't known" in outcome.err else "said not to be done"
