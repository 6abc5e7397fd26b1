"""Whose a draft is: only one process has it at a time, and the others are told who that is."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from backdrop_tui.errors import DataFolderError, rollback_on_error
from backdrop_tui.store.files import atomic_write, translating_os_errors

_LOCK, _OWNER = "lock", "owner"
_PATIENCE = 10.0
"""Seconds to wait while others make or remove a draft, which takes them a moment."""


@contextmanager
def alone(drafts: Path) -> Iterator[None]:
    """Let nobody else make or remove a draft's folder during the block: half of one looks like a rest to be removed.

    Raises:
        DataFolderError: Others take too long, or the data folder can't be written.
    """
    lock = FileLock(drafts.with_suffix(".lock"), timeout=_PATIENCE, mode=0o600)
    with translating_os_errors(drafts):
        try:
            lock.acquire()
        except Timeout:
            raise DataFolderError(
                f"{drafts} is in use by another window. Wait a moment, then try again."
            ) from None
    try:
        yield
    finally:
        lock.release()


class _InUseError(DataFolderError):
    """Another process has the draft."""

    title = "It is open elsewhere"


def take(folder: Path) -> FileLock:
    """Take the lock of a draft's folder, and leave word of who has it.

    Raises:
        DataFolderError: Somebody else has it; the message says who. Or the folder can't be written.
    """
    lock = hold(folder)
    with rollback_on_error(lock.release):
        sign(folder)
    return lock


def sign(folder: Path) -> None:
    """Leave word of who has the draft in a folder. Raises `DataFolderError` where the folder can't be written."""
    atomic_write(folder / _OWNER, _user().encode())


def hold(folder: Path) -> FileLock:
    """Take the lock without leaving word, for a moment.

    Raises:
        DataFolderError: Somebody else has it; the message says who.
    """
    # A draft is made in one thread and let go of in another.
    lock = FileLock(folder / _LOCK, timeout=0, mode=0o600, thread_local=False)
    with translating_os_errors(folder):
        try:
            lock.acquire()
        except Timeout:
            raise _InUseError(
                f"This file is being worked on in another window{_owner(folder)}. Close that one, or pick another file."
            ) from None
    return lock


def _owner(folder: Path) -> str:
    """Who has a draft, to go on a sentence with; empty where that isn't known."""
    with suppress(OSError, UnicodeDecodeError):
        name = (folder / _OWNER).read_text(encoding="utf-8").strip()
        return f", by {name}" if name.isprintable() and name else ""
    return ""


def _user() -> str:
    """The user of this computer."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
