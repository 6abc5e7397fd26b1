"""How far set-up is: its steps, how each stands, and what opens it. Nothing else knows the steps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from backdrop_tui.errors import BackdropError
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school import audit_log
from backdrop_tui.school.account import account_of, email_of
from backdrop_tui.school.audit_log import Event
from backdrop_tui.school.import_history import imports
from backdrop_tui.school.school import School

StepKey = Literal["sign-up", "verify-email", "students", "staff", "settings", "groups", "invite"]
StepState = Literal["done", "to-do", "skipped", "locked", "running"]


@dataclass(frozen=True)
class Step:
    """One step of set-up."""

    key: StepKey
    """Its name for scripts."""
    title: str
    """What it is called on screens."""
    opened_by: tuple[StepKey, ...] = ()
    """The steps that must be done before it opens."""


STEPS = (
    Step("sign-up", "Sign up"),
    Step("verify-email", "Verify your e-mail", ("sign-up",)),
    Step("students", "Students", ("verify-email",)),
    Step("staff", "Staff", ("verify-email",)),
    Step("settings", "Review system settings", ("sign-up",)),
    Step("groups", "Review user groups", ("sign-up",)),
    Step("invite", "Invite staff", ("verify-email", "settings", "groups")),
)
"""All steps, in the order in which they are best done."""
BY_KEY: Mapping[StepKey, Step] = {step.key: step for step in STEPS}
"""The same by key."""


@dataclass(frozen=True)
class StepStatus:
    """How one step stands."""

    step: Step
    """The step."""
    state: StepState
    """How it stands. What was done stays done, even where the step is locked again."""
    opens_after: tuple[Step, ...]
    """What is to be done before it opens, in order; empty where it is open."""

    @property
    def is_open(self) -> bool:
        """Whether something can be done there."""
        return not self.opens_after


@dataclass(frozen=True)
class SetUpProgress:
    """How far set-up is."""

    organisation: str | None
    """The organisation's name; None where nobody has signed up."""
    steps: tuple[StepStatus, ...]
    """All steps, in order."""
    students: int
    """Students stored."""
    staff: int
    """Staff stored."""

    def now(self, key: str) -> StepStatus | None:
        """How one step stands; None where there is no step of that name."""
        return next((now for now in self.steps if now.step.key == key), None)

    @property
    def next_step(self) -> Step | None:
        """What is best done next; None where nothing is left to do."""
        return next((now.step for now in self.steps if now.state == "to-do"), None)


class LockedError(BackdropError):
    """A step is locked; nothing was changed."""

    title = "This step is locked"
    exit_status = 3

    def __init__(self, step: Step, opens_after: tuple[Step, ...]) -> None:
        others = ", then ".join(f"“{other.title}”" for other in opens_after)
        super().__init__(
            f"“{step.title}” is locked. {others} {'opens' if len(opens_after) == 1 else 'open'} it."
        )
        self.step = step
        """The step."""
        self.opens_after = opens_after
        """What is to be done first, in order."""


def set_up_progress(school: School) -> SetUpProgress:
    """Work out how far set-up is.

    Raises:
        DataFolderError: What is stored can't be read.
    """
    running = {record.kind for record in imports(school) if record.is_open}
    return SetUpProgress(
        organisation=school.settings.text("organisation"),
        steps=tuple(_now(school, step, running) for step in STEPS),
        students=school.people.count("students"),
        staff=school.people.count("staff"),
    )


def require(school: School, key: StepKey) -> None:
    """Go on only where a step is open.

    Raises:
        LockedError: It is locked; the message says which steps open it.
        DataFolderError: What is stored can't be read.
    """
    step = BY_KEY[key]
    if missing := _missing(school, step):
        raise LockedError(step, missing)


def require_kind(school: School, kind: RecordKind) -> None:
    """Go on only where people of a kind can be added.

    Raises:
        LockedError: They can't be yet; the message says which steps open it.
        DataFolderError: What is stored can't be read.
    """
    require(school, "students" if kind.name == "students" else "staff")


def mark_reviewed(school: School, key: Literal["settings", "groups"]) -> None:
    """Note that system settings or user groups were looked through and confirmed.

    Raises:
        LockedError: The step is locked.
        DataFolderError: It can't be stored; nothing was.
    """
    require(school, key)  # before anything is locked
    with school.setup.transaction():
        _mark(school, key, "done")
        audit_log.note(school.folder, email_of(school), Event.REVIEWED, about=key)


def is_reviewed(school: School, key: Literal["settings", "groups"]) -> bool:
    """Tell whether settings or groups are confirmed as reviewed.

    Raises:
        DataFolderError: What is stored can't be read.
    """
    return _marked(school, key) == "done"


def mark_invited(school: School) -> None:
    """Note that at least one member of staff was invited.

    Raises:
        LockedError: The step is locked.
        DataFolderError: It can't be stored.
    """
    _mark(school, "invite", "done")


def skip_staff(school: School) -> None:
    """Note that staff are left for later. Once staff are stored, that no longer counts.

    Raises:
        LockedError: The step is locked.
        DataFolderError: It can't be stored.
    """
    _mark(school, "staff", "skipped")


def _now(school: School, step: Step, running: set[str]) -> StepStatus:
    missing = _missing(school, step)
    state: StepState = "to-do"
    if step.key in running:
        state = "running"
    elif _DONE[step.key](school):
        state = "done"
    elif missing:
        state = "locked"
    elif _marked(school, step.key) == "skipped":
        state = "skipped"
    return StepStatus(step, state, missing)


def _missing(school: School, step: Step) -> tuple[Step, ...]:
    """What is to be done before a step opens, and before that, in order."""
    found: dict[Step, None] = {}
    for other in (BY_KEY[key] for key in step.opened_by):
        if not _DONE[other.key](school):
            found |= dict.fromkeys([*_missing(school, other), other])
    return tuple(found)


def _is_verified(school: School) -> bool:
    account = account_of(school)
    return account is not None and account.verified is not None


def _marked(school: School, key: StepKey) -> str | None:
    """What was noted of a step: `done` or `skipped`."""
    found = school.setup.table("steps").get(key)
    return found.get("state") if found else None


def _mark(school: School, key: StepKey, state: Literal["done", "skipped"]) -> None:
    require(school, key)
    school.setup.table("steps").put(key, {"state": state})


_DONE: Mapping[StepKey, Callable[[School], bool]] = {
    "sign-up": lambda school: account_of(school) is not None,
    "verify-email": _is_verified,
    "students": lambda school: school.people.count("students") > 0,
    "staff": lambda school: school.people.count("staff") > 0,
    "settings": lambda school: _marked(school, "settings") == "done",
    "groups": lambda school: _marked(school, "groups") == "done",
    "invite": lambda school: _marked(school, "invite") == "done",
}
"""How each step is seen to be done."""
