"""Whether a step is done, and the locks that follow from it."""

from pkgutil import resolve_name
from typing import TYPE_CHECKING

from backdrop_tui.errors import BackdropError
from backdrop_tui.steps.step import Step
from backdrop_tui.wording import listed

if TYPE_CHECKING:  # it loads polars, which the command line doesn't need to report a lock
    from backdrop_tui.school.school import School

MARKS_TABLE = "steps"
"""The table of stored documents with a mark for some steps: `{"state": "done"}` or `{"state": "skipped"}`, by step key."""


class LockedError(BackdropError):
    """A step is locked; nothing was changed."""

    title = "This step is locked"
    exit_status = 3

    def __init__(self, title: str, blockers: tuple[Step, ...]) -> None:
        steps = listed(f"“{step.title}”" for step in blockers)
        super().__init__(f"“{title}” is locked. Complete {steps} first.")
        self.blockers = blockers
        """The steps to do first, in order."""


_BROKEN_CHECK = (ImportError, AttributeError, LookupError, TypeError, ValueError)
"""What a step's check raises if it doesn't exist, or if what it looks at was edited by hand."""


def is_done(school: "School", step: Step) -> bool | None:
    """Tell whether a step is done; None if its own check fails, which must not take the other steps with it.

    Raises:
        DataFolderError: The stored data can't be read.
    """
    if not step.done_when:
        return mark_of(school, step) == "done"
    try:
        return bool(resolve_name(step.done_when)(school))
    except _BROKEN_CHECK:
        return None


def blockers(school: "School", step: Step) -> tuple[Step, ...]:
    """The steps still to be done before a step is unlocked, in order; empty if it is open.

    Raises:
        DataFolderError: The stored data can't be read.
    """
    waiting: dict[Step, None] = {}
    for earlier in step.blocked_by:
        if not is_done(school, earlier):
            waiting |= dict.fromkeys([*blockers(school, earlier), earlier])
    return tuple(waiting)


def require_unlocked(school: "School", step: Step) -> None:
    """Raise an error if a step is locked.

    Raises:
        LockedError: The step is locked; the message says which steps unlock it.
        DataFolderError: The stored data can't be read.
    """
    if steps := blockers(school, step):
        raise LockedError(step.title, steps)


def mark_of(school: "School", step: Step) -> str | None:
    """The mark stored for a step: `done`, `skipped` or None."""
    document = school.store.table(MARKS_TABLE).get(step.key)
    return document.get("state") if document else None
