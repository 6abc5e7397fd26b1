"""The audit log: who did what, and when.

Its lines are JSON: `when` (UTC), `user` (of the operating system), `account` (its e-mail address, or null), `event`, and
what belongs to it. Only words of this program and numbers go in, so that nobody's data can.
"""

import os
import pwd
from collections.abc import Collection
from datetime import UTC, datetime
from enum import StrEnum

import filelock
import orjson

from backdrop_tui.errors import DataFolderError
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.rights.user_groups import RIGHTS
from backdrop_tui.school.settings import SETTINGS
from backdrop_tui.store.files import PRIVATE_FILE, append_line, translating_os_errors
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.locks import LOCK_SECONDS

WORDS = frozenset({*KINDS, *SETTINGS, *(right.key for right in RIGHTS)})
"""What an event can be about: a kind of people, a setting, a right."""


class Event(StrEnum):
    """What can have happened."""

    SIGNED_UP = "signed-up"
    ACCOUNT_CHANGED = "account-changed"
    ADDRESS_CHANGED = "address-changed"
    CODE_SENT = "code-sent"
    CODE_NOT_SENT = "code-not-sent"
    CODE_REFUSED = "code-refused"
    ADDRESS_VERIFIED = "address-verified"
    IMPORTED = "imported"
    IMPORT_UNDONE = "import-undone"
    PEOPLE_EDITED = "people-edited"
    SETTING_CHANGED = "setting-changed"
    GROUP_ADDED = "group-added"
    GROUP_RENAMED = "group-renamed"
    GROUP_REMOVED = "group-removed"
    RIGHT_GRANTED = "right-granted"
    RIGHT_REVOKED = "right-revoked"
    REVIEWED = "reviewed"
    TEST_SENT = "test-message-sent"
    INVITED = "invited"


def note(
    folder: DataFolder,
    account: str | None,
    event: Event,
    words: Collection[str] = WORDS,
    /,
    *,
    about: str | None = None,
    **numbers: int,
) -> None:
    """Add one line to the log.

    Args:
        folder: The data folder, which is there.
        account: The account's e-mail address; None where there is no account.
        event: What happened.
        words: What it can be about: words of this program, never text from a user or a file.
        about: One of `words`.
        numbers: What belongs to it: `added=12`.

    Raises:
        DataFolderError: The log can't be written; it is as before.
        TypeError: Something else than our own words and numbers was given.
    """
    if (about is not None and about not in words) or not all(isinstance(n, int) for n in numbers.values()):
        raise TypeError("only words of this program and numbers go into the log")
    entry = {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "user": os_user(),
        "account": account,
        "event": event.value,
    }
    line = orjson.dumps(entry | ({"about": about} if about else {}) | numbers)
    with translating_os_errors(folder.log):
        try:
            with filelock.FileLock(f"{folder.log}.lock", timeout=LOCK_SECONDS, mode=PRIVATE_FILE):
                append_line(folder.log, line)
        except filelock.Timeout:
            raise DataFolderError(f"{folder.log} is in use by another Back:drop. Try again.") from None


def os_user() -> str:
    """Who the operating system says is at work. The environment, which anybody can set, is not asked."""
    number = os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)
