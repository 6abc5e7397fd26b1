"""Locks between processes, each signed by whoever holds it."""

import errno
import fcntl
import os
import pwd
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from backdrop_tui.errors import DataFolderError
from backdrop_tui.store import files
from backdrop_tui.store.port import Owner

if TYPE_CHECKING:
    from filelock import FileLock

_NO_LOCKS = {errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOLCK}
_SIGNATURE_LENGTH = 512
LOCK_SECONDS = 8.0
"""How long a writer waits for another one, in seconds."""


class SignedLock:
    """A lock that one process at a time holds, and a file beside it that says which one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._signature = path.with_suffix(".owner")

    @contextmanager
    def held(
        self,
        in_use: Callable[[str], DataFolderError],
        seconds: float | None = None,
        *,
        sign: bool = True,
    ) -> Iterator[None]:
        """Hold the lock during the block.

        Args:
            in_use: Makes the error if another process holds it for too long; gets `by jo on …`, or nothing if that isn't known.
            seconds: How long to wait; `LOCK_SECONDS` unless given.
            sign: Note who holds it.

        Raises:
            DataFolderError: That error, or the lock's file can't be made.
        """
        lock = self._lock()
        with files.translating_os_errors(self._path):
            self._path.parent.stat()  # the lock would make the folder
            _require_locks(self._path)
            try:
                lock.acquire(timeout=LOCK_SECONDS if seconds is None else seconds)
            except TimeoutError:  # filelock's is one
                raise in_use(str(self._owner() or "")) from None
        try:
            if sign:
                self._sign()
            yield
        finally:
            with suppress(OSError):  # what was done under the lock is done
                lock.release()

    def owner(self) -> Owner | None:
        """Whoever holds the lock; None if nobody does."""
        if not self._path.exists():
            return None
        lock = self._lock()
        try:
            lock.acquire(timeout=0)
        except TimeoutError:
            return self._owner()
        except OSError:
            return None
        lock.release()
        return None

    def _lock(self) -> "FileLock":
        import filelock  # noqa: PLC0415 - a process that only reads doesn't need it

        return filelock.FileLock(self._path, mode=files.PRIVATE_FILE, thread_local=False)

    def _sign(self) -> None:
        """Note who holds the lock. It only makes messages better, so it may fail."""
        signature = {
            "user": os_user(),
            "host": socket.gethostname(),
            "process": os.getpid(),
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        with suppress(OSError):
            # Always as long: to cut it back would cost more than all else that a small change does.
            descriptor = os.open(
                self._signature, os.O_WRONLY | os.O_CREAT | files.NO_LINKS, files.PRIVATE_FILE
            )
            try:
                os.write(descriptor, orjson.dumps(signature).ljust(_SIGNATURE_LENGTH))
            finally:
                os.close(descriptor)

    def _owner(self) -> Owner | None:
        with suppress(OSError, ValueError, KeyError, TypeError):
            signature: dict[str, Any] = orjson.loads(self._signature.read_bytes())
            since = datetime.fromisoformat(signature["since"])
            age = datetime.now(UTC) - since
            user, host = (str(signature[key]) for key in ("user", "host"))
            if user.isprintable() and host.isprintable():
                return Owner(user, host, int(signature["process"]), since, age)
        return None


def _require_locks(path: Path) -> None:
    """Raise `DataFolderError` if the disk has no locks: filelock would use marks instead, which a kill leaves for ever."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | files.NO_LINKS, files.PRIVATE_FILE)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
        raise DataFolderError(
            f"{path.parent} is on a disk that can't lock files. Choose a data folder on this computer's own disk."
        ) from None
    finally:
        os.close(descriptor)


@contextmanager
def locked(path: Path, in_use: DataFolderError) -> Iterator[None]:
    """Hold a lock during the block, so that no other process that asks for the same lock is in its block.

    Args:
        path: The lock's file, which is made if need be.
        in_use: Raised if another process holds the lock for longer than `LOCK_SECONDS`.

    Raises:
        DataFolderError: `in_use`, or the lock's file can't be made.
    """
    with SignedLock(path).held(lambda _by: in_use, sign=False):
        yield


def os_user() -> str:
    """The name of the user who runs this process. Environment variables don't count, because anyone can set them."""
    number = os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)
