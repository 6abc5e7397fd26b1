"""Locks between processes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from backdrop_tui.errors import DataFolderError
from backdrop_tui.store.files import PRIVATE_FILE, translating_os_errors

LOCK_SECONDS = 8.0
"""How long a writer waits for another one, in seconds."""


@contextmanager
def locked(path: Path, in_use: DataFolderError, seconds: float | None = None) -> Iterator[None]:
    """Hold a lock during the block, so that no other process that asks for the same lock is in its block.

    Args:
        path: The lock's file, which is made if need be.
        in_use: Raised if another process holds the lock for too long.
        seconds: How long to wait for it; `LOCK_SECONDS` unless given.

    Raises:
        DataFolderError: `in_use`, or the lock's file can't be made.
    """
    import filelock  # noqa: PLC0415 - a process that only reads doesn't need it

    lock = filelock.FileLock(path, mode=PRIVATE_FILE)
    with translating_os_errors(path):
        try:
            lock.acquire(timeout=LOCK_SECONDS if seconds is None else seconds)
        except TimeoutError:  # filelock's is one
            raise in_use from None
    try:
        yield
    finally:
        lock.release()
