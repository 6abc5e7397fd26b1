"""The audit log: who did what, and when.

Each line is a JSON object: `when` (UTC), `user` (the operating system's user), `account` (the account's e-mail address or
null), `event`, and details of it. Details are numbers and fixed words only, so that no personal data can get in.
"""

import os
import pwd
from collections.abc import Collection
from datetime import UTC, datetime
from enum import StrEnum

import orjson

from backdrop_tui.errors import DataFolderError
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.rights.user_groups import RIGHTS
from backdrop_tui.school.settings import SETTINGS
from backdrop_tui.store.files import append_line
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.locks import locked

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
        folder: The data folder, which exists.
        account: The account's e-mail address; None if nobody has signed up.
        event: What happened.
        words: What the event can be about: this program's own words, never text from a user or a file.
        about: What it happened to: one of `words`.
        numbers: Numbers that describe the event: `added=12`.

    Raises:
        DataFolderError: The log can't be written; it is unchanged.
        TypeError: `about` isn't one of `words`, or a detail isn't a number.
    """
    if (about is not None and about not in words) or not all(isinstance(n, int) for n in numbers.values()):
        raise TypeError("the log takes only fixed words and numbers")
    entry = {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "user": os_user(),
        "account": account,
        "event": event.value,
    }
    line = orjson.dumps(entry | ({"about": about} if about else {}) | numbers)
    in_use = DataFolderError(f"{folder.log} is in use by another Back:drop process. Try again.")
    with locked(folder.log.with_name(f"{folder.log.name}.lock"), in_use):
        append_line(folder.log, line)


def os_user() -> str:
    """The name of the user who runs this process. Environment variables don't count, because anyone can set them."""
    number = os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)
