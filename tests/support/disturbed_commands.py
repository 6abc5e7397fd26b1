"""Commands while calls of the system fail, and whether what they say about the outcome is true."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from backdrop_tui.imports.recovery import recover
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.support.changing_commands import (
    COMMANDS,
    SchoolState,
    copy_of_school,
    state_if_readable,
    state_of,
    words_for,
)
from tests.support.failing_calls import FailingCalls
from tests.support.quiet_run import run_quietly


@dataclass(frozen=True)
class Outcome:
    """How a command has ended, and what it has left."""

    command: str
    """The command's name in `COMMANDS`."""
    status: int
    """Its exit status."""
    out: str
    """Its standard output."""
    err: str
    """Its standard error."""
    before: SchoolState | None
    """What was stored before; None if that can't be read."""
    after: SchoolState
    """What is stored if nothing fails."""
    stored: SchoolState
    """What is stored. If it could not be read before and the command has failed: what is stored after running it again."""
    faults: tuple[str, ...] = ()
    """What isn't as it was stored."""

    def untruth(self) -> str:
        """What isn't true of what was said, in a few words; empty if everything is."""
        checks = {
            "a fault of backdrop": self.status == 70 or "Traceback" in self.err,
            "data that isn't sound": bool(self.faults),
            "success": self.status == 0 and self.stored != self.after,
            "nothing was changed": "Nothing was" in self.err and self.stored != self.before,
            "failure": self.status != 0 and not self._is_unknown and not self._is_as_said,
            "half done": self._is_unknown and not self._is_possible,
            "no sentence": self.status != 0 and not self.err.startswith("backdrop: "),
        }
        return ", ".join(untruth for untruth, is_so in checks.items() if is_so)

    @property
    def _is_unknown(self) -> bool:
        return "isn't known" in self.err

    @property
    def _is_possible(self) -> bool:
        return self.stored in (self.before, self.after) or COMMANDS[self.command].told_in_parts

    @property
    def _is_as_said(self) -> bool:
        """Whether a command that has failed has changed only what it says."""
        if self.command == "sign-up":
            is_saved = self.stored.account == self.after.account
            return is_saved == self.out.startswith("Account saved")
        if self.command == "invite":
            return len(self.stored.invited) == self.out.count("written     ") + self.out.count(
                "not sure     "
            )
        if self.command == "erase" and "no longer stored" in self.err:
            return self.stored == self.after
        return self.stored == (self.before or self.after)


class Disturbance:
    """A command that is run again and again, each time in a new copy of its school."""

    def __init__(self, template: Path, place: Path, command: str) -> None:
        """Prepare the command's school, and run it once without a disturbance.

        Args:
            template: What `make_school` has made, beside each other.
            place: A folder for the copies, which isn't there yet.
            command: The command's name in `COMMANDS`.
        """
        self.command = command
        self._place = place
        place.mkdir()
        self._prepared = place / "prepared"
        prepared = copy_of_school(template, self._prepared)
        COMMANDS[command].prepare(prepared)
        self._before = state_if_readable(prepared)
        undisturbed = copy_of_school(self._prepared, place / "undisturbed")
        assert run_quietly(words_for(COMMANDS[command], undisturbed))[0] == 0
        self._after = state_of(undisturbed)
        self._copies = 0

    def outcome(self, monkeypatch: pytest.MonkeyPatch, calls: FailingCalls) -> Outcome:
        """Run the command while calls fail."""
        self._copies += 1
        folder = copy_of_school(self._prepared, self._place / str(self._copies))
        words = words_for(COMMANDS[self.command], folder)
        status, out, err = calls.during(monkeypatch, partial(run_quietly, words))
        if self._before is None and status:  # whether it was done shows if it is asked for again
            assert run_quietly(words)[0] == 0
        stored, faults = _stored(folder)
        return Outcome(self.command, status, out, err, self._before, self._after, stored, faults)


def _stored(folder: DataFolder) -> tuple[SchoolState, tuple[str, ...]]:
    """What is stored after the next start, and what is wrong with it."""
    with School(folder) as school:
        recover(school)
        faults = tuple(fault.message for fault in school.store.faults(thorough=True))
    return state_of(folder), faults
