"""Logging what has happened at a school in its audit log, under the account's name."""

from collections.abc import Collection

from backdrop_tui.errors import DataFolderError
from backdrop_tui.school.account import email_of
from backdrop_tui.school.audit_log import WORDS, Event, entry_of
from backdrop_tui.school.school import School


def log_event(
    school: School,
    event: Event,
    words: Collection[str] = WORDS,
    /,
    *,
    about: str | None = None,
    **numbers: int,
) -> None:
    """Add an entry to the audit log. Inside a transaction, it is stored if everything else is.

    Args:
        school: The school.
        event: What happened.
        words: See `entry_of`.
        about: See `entry_of`.
        numbers: See `entry_of`.

    Raises:
        DataFolderError: The entry can't be stored.
        TypeError: See `entry_of`.
    """
    school.store.log(entry_of(email_of(school), event, words, about=about, **numbers))


def try_to_log(school: School, event: Event, /, *, about: str | None = None, **numbers: int) -> str:
    """Log what has been done already and can't be taken back, such as an export.

    Returns a sentence for the user if it can't be stored; otherwise nothing. Its arguments are those of `log_event`.
    """
    try:
        log_event(school, event, about=about, **numbers)
    except DataFolderError as error:
        return f"Done, but this couldn't be noted in the audit log. {error.message}"
    return ""
