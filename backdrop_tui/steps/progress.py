"""Set-up progress: the state of every step."""

from dataclasses import dataclass, replace
from pkgutil import resolve_name

from backdrop_tui.errors import DataFolderError
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.leaving import HAS_LEFT
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school.import_history import import_records
from backdrop_tui.school.school import School
from backdrop_tui.steps import listing
from backdrop_tui.steps.locks import blockers, is_done, mark_of
from backdrop_tui.steps.step import Step, StepState
from backdrop_tui.wording import counted


@dataclass(frozen=True)
class StepStatus:
    """The state of one step."""

    step: Step
    """The step."""
    state: StepState
    """Its state. A step that was done stays done even if it is locked again."""
    blockers: tuple[Step, ...]
    """The steps to do before this one is unlocked, in order; empty if it is open."""
    check_failed: bool = False
    """Whether the program could not tell if the step is done, so that it counts as not done."""
    remark: str = ""
    """What is open all the same, if the step is done: `18 only in the outbox`; empty if nothing is."""

    @property
    def is_open(self) -> bool:
        """Whether the step can be worked on."""
        return not self.blockers


@dataclass(frozen=True)
class SetUpProgress:
    """How far a school has got with set-up."""

    organisation: str | None
    """The organisation's name; None if nobody has signed up."""
    steps: tuple[StepStatus, ...]
    """The state of every step, in order."""
    students: int | None
    """The number of students at the school; None if they can't be read."""
    staff: int | None
    """The number of staff at the school; None if they can't be read."""
    leavers: int | None
    """The number of students and staff who have left; None if any of them can't be read."""

    @property
    def stored(self) -> str:
        """How many people are stored, as shown to people: `120 students, 30 staff`, with `, 5 leavers` if there are any."""
        students = (
            "students who can't be read" if self.students is None else counted(self.students, "student")
        )
        staff = "staff who can't be read" if self.staff is None else f"{self.staff:,} staff"
        leavers = f", {counted(self.leavers, 'leaver')}" if self.leavers else ""
        return f"{students}, {staff}{leavers}"

    def status_of(self, key: str) -> StepStatus | None:
        """The state of one step; None if no step has that key."""
        return next((status for status in self.steps if status.step.key == key), None)

    @property
    def has_imported(self) -> bool:
        """Whether students or staff have been added."""
        return any(status.step.kind and status.state == "done" for status in self.steps)

    @property
    def is_known(self) -> bool:
        """Whether the program could tell of every step whether it is done."""
        return not any(status.check_failed for status in self.steps)

    @property
    def next_step(self) -> Step | None:
        """The step that is best done next; None if nothing is left to do, or the data has to be put in order first."""
        if not self.is_known:
            return None
        return next((status.step for status in self.steps if status.state == "to-do"), None)


def set_up_progress(school: School) -> SetUpProgress:
    """Work out how far a school has got with set-up. People who can't be read don't keep the rest from being shown.

    Raises:
        DataFolderError: What is stored about set-up can't be read.
    """
    importing = {record.kind for record in import_records(school) if record.is_unfinished}
    return replace(
        without_set_up(school),
        organisation=school.settings.text("organisation"),
        steps=tuple(_status(school, step, importing) for step in listing.STEPS),
    )


def without_set_up(school: School) -> SetUpProgress:
    """How many people a school has, if nothing is known of its set-up."""
    students, staff = (_counts(school, KINDS[name]) for name in ("students", "staff"))
    return SetUpProgress(
        organisation=None,
        steps=(),
        students=students.current if students else None,
        staff=staff.current if staff else None,
        leavers=students.left + staff.left if students and staff else None,
    )


@dataclass(frozen=True)
class _Counts:
    """The numbers of people of one kind."""

    current: int
    """Those at the school."""
    left: int
    """Those who have left."""


def _counts(school: School, kind: RecordKind) -> _Counts | None:
    """The numbers of people at the school and of leavers; None if they can't be read."""
    try:
        everyone = school.stored(kind)
    except DataFolderError:
        return None
    left = everyone.select(HAS_LEFT.sum()).item()
    return _Counts(everyone.height - left, left)


def _status(school: School, step: Step, importing: set[str]) -> StepStatus:
    remark = ""
    try:
        done, waiting_for = is_done(school, step), blockers(school, step)
        if done and step.remark_when_done:
            remark = resolve_name(step.remark_when_done)(school)
    except DataFolderError:  # the people can't be read
        done, waiting_for = None, ()
    state: StepState = "to-do"
    if step.kind in importing:
        state = "running"
    elif done:
        state = "done"
    elif waiting_for:
        state = "locked"
    elif mark_of(school, step) == "skipped":
        state = "skipped"
    return StepStatus(step, state, waiting_for, check_failed=done is None, remark=remark)
