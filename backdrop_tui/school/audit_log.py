"""The audit log: who did what, and when.

Each entry has `when` (UTC), `user` (the operating system's user), `account` (the account's e-mail address or
null), `event`, and details of it. Details are numbers and fixed words only, so that no personal data can get in.
"""

from collections.abc import Collection
from datetime import UTC, datetime
from enum import StrEnum

from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.rights.user_groups import RIGHTS
from backdrop_tui.school.settings import SETTINGS
from backdrop_tui.store.locks import os_user

WORDS = frozenset({*KINDS, *SETTINGS, *(right.key for right in RIGHTS)})
"""What an event can be about by default: kinds of people, settings, rights."""


class Event(StrEnum):
    """The kinds of event in the log."""

    SIGNED_UP = "signed-up"
    ACCOUNT_CHANGED = "account-changed"
    ADDRESS_CHANGED = "address-changed"
    CODE_SENT = "code-sent"
    CODE_NOT_SENT = "code-not-sent"
    CODE_REFUSED = "code-refused"
    ADDRESS_VERIFIED = "address-verified"
    IMPORTED = "imported"
    YEAR_TURNED = "year-turned"
    IMPORT_UNDONE = "import-undone"
    PEOPLE_EDITED = "people-edited"
    DEPARTURES_CONFIRMED = "departures-confirmed"
    CONFIRMATIONS_WITHDRAWN = "confirmations-withdrawn"
    RECORD_KEPT = "record-kept"
    SETTING_CHANGED = "setting-changed"
    GROUP_ADDED = "group-added"
    GROUP_RENAMED = "group-renamed"
    GROUP_REMOVED = "group-removed"
    RIGHT_GRANTED = "right-granted"
    RIGHT_REVOKED = "right-revoked"
    REVIEWED = "reviewed"
    TEST_SENT = "test-message-sent"
    INVITED = "invited"
    EXPORTED = "export"
    NAMES_REPORTED = "report-names"
    BACKED_UP = "backup"
    RESTORED = "restore"
    DATA_ACCEPTED = "data-accepted"
    ERASED = "erase"
    SUBJECT_ACCESS = "subject-access"
    RETENTION = "retention"


def entry_of(
    account: str | None,
    event: Event,
    words: Collection[str] = WORDS,
    /,
    *,
    about: str | None = None,
    **numbers: int,
) -> dict[str, object]:
    """An entry for the log.

    Args:
        account: The account's e-mail address; None if nobody has signed up.
        event: What happened.
        words: What the event can be about: this program's own words, never text from a user or a file.
        about: What it happened to: one of `words`.
        numbers: Numbers that describe the event: `added=12`.

    Raises:
        TypeError: `about` isn't one of `words`, or a detail isn't a number.
    """
    if (about is not None and about not in words) or not all(isinstance(n, int) for n in numbers.values()):
        raise TypeError("the log takes only fixed words and numbers")
    entry: dict[str, object] = {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "user": os_user(),
        "account": account,
        "event": event.value,
    }
    return entry | ({"about": about} if about else {}) | numbers


__all__ = ["Event", "entry_of", "os_user"]
