"""Noting in the audit log what has been done already and can't be taken back, such as an export."""

from backdrop_tui.errors import DataFolderError
from backdrop_tui.school import audit_log
from backdrop_tui.school.account import email_of
from backdrop_tui.school.audit_log import Event
from backdrop_tui.school.school import School


def note_done(school: School, event: Event, *, about: str | None = None, **numbers: int) -> str:
    """Note something that has been done.

    Args:
        school: The school.
        event: What was done.
        about: See `audit_log.note`.
        numbers: See `audit_log.note`.

    Returns:
        A sentence for the user if it can't be stored; otherwise nothing.
    """
    try:
        audit_log.note(school.store, email_of(school), event, about=about, **numbers)
    except DataFolderError as error:
        return f"Done, but this couldn't be noted in the audit log. {error.message}"
    return ""
