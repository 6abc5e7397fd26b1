"""Marking steps as done or skipped, where nothing else that is stored would show it."""

from typing import Literal

from backdrop_tui.school.audit_log import Event
from backdrop_tui.school.event_logging import log_event
from backdrop_tui.school.school import School
from backdrop_tui.steps import listing
from backdrop_tui.steps.listing import ADD_STAFF, INVITE_STAFF
from backdrop_tui.steps.locks import MARKS_TABLE, require_unlocked
from backdrop_tui.steps.step import Step


def mark_reviewed(school: School, step: Step) -> None:
    """Mark a step as reviewed and confirmed by the user, and note that in the audit log.

    Raises:
        LockedError: The step is locked.
        DataFolderError: The mark can't be stored; nothing was changed.
    """
    require_unlocked(school, step)  # before the store is locked
    with school.store.transaction():
        _mark(school, step, "done")
        keys = [step.key for step in listing.STEPS]
        log_event(school, Event.REVIEWED, keys, about=step.key)


def mark_invited(school: School) -> None:
    """Mark that at least one member of staff has been invited.

    Raises:
        LockedError: The step is locked.
        DataFolderError: The mark can't be stored.
    """
    _mark(school, INVITE_STAFF, "done")


def skip_staff(school: School) -> None:
    """Mark that staff will be added later. The mark no longer counts once staff are stored.

    Raises:
        LockedError: The step is locked.
        DataFolderError: The mark can't be stored.
    """
    _mark(school, ADD_STAFF, "skipped")


def _mark(school: School, step: Step, state: Literal["done", "skipped"]) -> None:
    require_unlocked(school, step)
    school.store.table(MARKS_TABLE).put(step.key, {"state": state})
