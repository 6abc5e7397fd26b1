"""Locks on drafts: only one process has a draft at a time, and the others are told who has it."""

from contextlib import AbstractContextManager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from backdrop_tui.errors import DataFolderError
from backdrop_tui.store.files import PRIVATE_FILE, atomic_write, translating_os_errors
from backdrop_tui.store.formats import set_aside
from backdrop_tui.store.locks import locked, os_user

_LOCK, _OWNER = "lock", "owner"


class DraftInUseError(DataFolderError):
    """Another process has the draft."""

    title = "It is open elsewhere"


def drafts_lock(drafts: Path) -> AbstractContextManager[None]:
    """Keep other processes from creating or removing a draft during the block.

    Without it, a draft that is only just being created would look like the remains of one, to be swept away.

    Args:
        drafts: The folder of all drafts.

    Raises:
        DataFolderError: Others take too long, or the data folder can't be written.
    """
    in_use = DataFolderError(f"{drafts} is in use by another window. Wait a moment, then try again.")
    return locked(drafts.with_suffix(".lock"), in_use)


def acquire_and_sign(folder: Path) -> FileLock:
    """Take the lock on a draft's folder, and note in it who has the draft.

    Raises:
        DraftInUseError: Someone else has the draft; the message says who.
        DataFolderError: The folder can't be written.
    """
    lock = acquire(folder)
    sign(folder)
    return lock


def acquire(folder: Path) -> FileLock:
    """Take the lock on a draft's folder, without waiting for it.

    Raises:
        DraftInUseError: Someone else has the draft; the message says who.
        DataFolderError: The folder can't be written.
    """
    lock = unlocked(folder)
    with translating_os_errors(folder):
        if (folder / _LOCK).is_dir():
            set_aside(folder / _LOCK)
        try:
            lock.acquire()
        except Timeout:
            raise DraftInUseError(
                f"This file is open in another window{_by_owner(folder)}. Close that window, or choose another file."
            ) from None
    return lock


def unlocked(folder: Path) -> FileLock:
    """The lock on a draft's folder, which is not taken yet."""
    # A draft is created in one thread and closed in another.
    return FileLock(folder / _LOCK, timeout=0, mode=PRIVATE_FILE, thread_local=False)


def sign(folder: Path) -> None:
    """Note in a draft's folder who has the draft, if that can be written: it is only for a message."""
    with suppress(DataFolderError):
        atomic_write(folder / _OWNER, os_user().encode())


def _by_owner(folder: Path) -> str:
    """Who has a draft, as the end of a clause: `, by jo`; nothing if that isn't known."""
    with suppress(OSError, UnicodeDecodeError):
        name = (folder / _OWNER).read_text(encoding="utf-8").strip()
        return f", by {name}" if name.isprintable() and name else ""
    return ""
