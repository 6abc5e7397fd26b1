"""Writing files so that a kill, a full disk or a second writer can't damage them.

Every file created here has mode 0600 whatever the umask, and is on the disk before the function returns.
"""

import errno
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from backdrop_tui.errors import DataFolderError, rollback_on_error
from backdrop_tui.store.errors import unknown_outcome

PRIVATE_FILE = 0o600
"""The mode of every file: only its owner can read or write it."""
PRIVATE_FOLDER = 0o700
"""The mode of every folder: only its owner can look inside."""
_STALE_SECONDS = 3_600
"""The age from which a temporary file must be left over from a kill: writing one takes less than a minute."""
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM}
_CANT_SYNC_FOLDERS = {errno.EINVAL, errno.ENOTSUP}
"""What systems say that have no such thing as waiting until a folder's entries are on the disk."""
NO_LINKS = os.O_CLOEXEC | os.O_NOFOLLOW
"""Flags for every file that is opened: links aren't followed, and child processes don't inherit it."""


class NotCutBackError(OSError):
    """Data could not be written, and what may have been written of it could not be taken away."""


@contextmanager
def translating_os_errors(path: Path) -> Iterator[None]:
    """Turn an `OSError` raised in the block into a `DataFolderError` that says what to do about `path`."""
    try:
        yield
    except OSError as error:
        raise DataFolderError(_sentence(path, error)) from error


def _sentence(path: Path, error: OSError) -> str:
    if error.errno in _FULL:
        return f"There is no space left on the disk for {path}. Free up some space, then try again."
    if error.errno in _FORBIDDEN:
        return (
            f"You don't have permission to use {path}. "
            "Ask for permission to read and write it, or choose another data folder."
        )
    if error.errno in _SENTENCES:
        return _SENTENCES[error.errno].format(path=path)
    return f"{path} can't be used: {error.strerror or 'the system gave no reason'}."


_SENTENCES = {
    errno.EROFS: "The disk with {path} can only be read: it was made read-only, or has failed. "
    "Ask whoever looks after this computer, or choose another data folder.",
    errno.ENOTDIR: "{path} can't be used: there is a file where its folder should be. "
    "Move that file away, or choose another data folder.",
    errno.EISDIR: "{path} can't be used: it is a folder, and should be a file. Move it away, then try again.",
    errno.ENOENT: "{path} can't be used: its folder doesn't exist. "
    "Create that folder, or choose another data folder.",
}
"""What is said of some errors."""


def make_private_folder(path: Path) -> None:
    """Create a folder and its missing parents with mode 0700 whatever the umask, or give that mode to one that is there.

    Raises `OSError`.
    """
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        folder.chmod(PRIVATE_FOLDER)
        sync_folder(folder.parent)  # a power cut would take the whole folder away again
    status = path.stat()
    if not stat.S_ISDIR(status.st_mode):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    if stat.S_IMODE(status.st_mode) != PRIVATE_FOLDER:
        path.chmod(PRIVATE_FOLDER)


def open_for_reading(path: Path) -> int | None:
    """Open a file; None if there is no such file. The caller closes the descriptor. Raises `OSError`."""
    try:
        # Without O_NONBLOCK, opening a named pipe would wait for ever for another process to write to it.
        return os.open(path, os.O_RDONLY | NO_LINKS | os.O_NONBLOCK)
    except FileNotFoundError:
        return None


def open_for_appending(path: Path, *, create: bool = False) -> int:
    """Open a file for reading and appending. The caller closes the descriptor. Raises `OSError`.

    Args:
        path: The file.
        create: Create the file if it isn't there, and in any case give it mode 0600.
    """
    flags = os.O_RDWR | os.O_APPEND | NO_LINKS
    if not create:
        return os.open(path, flags)
    descriptor = os.open(path, flags | os.O_CREAT, PRIVATE_FILE)
    os.fchmod(descriptor, PRIVATE_FILE)
    return descriptor


def read_all(descriptor: int) -> bytes:
    """Read a whole file from its start, whatever the descriptor's position. Raises `OSError`."""
    size = os.fstat(descriptor).st_size
    parts: list[bytes] = []
    start = 0
    while start < size and (part := os.pread(descriptor, size - start, start)):
        parts.append(part)
        start += len(part)
    return b"".join(parts)


def write_all(descriptor: int, data: bytes, *, sync: bool = True) -> None:
    """Write all of `data`, and wait until it is on the disk unless `sync` is false. Raises `OSError`."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    if sync:
        os.fsync(descriptor)


def append(descriptor: int, end: int, data: bytes, *, sync: bool = True) -> None:
    """Write `data` after the first `end` bytes of a file opened for appending, in place of whatever follows them.

    Raises:
        NotCutBackError: That fails, and the file can't be cut back to `end` bytes either.
        OSError: That fails; the file has been cut back to `end` bytes.
    """
    if os.fstat(descriptor).st_size != end:
        os.ftruncate(descriptor, end)
    with rollback_on_error(lambda: _cut_back(descriptor, end)):
        write_all(descriptor, data, sync=sync)


def _cut_back(descriptor: int, end: int) -> None:
    try:
        os.ftruncate(descriptor, end)
    except OSError as error:
        raise NotCutBackError(error.errno, error.strerror) from error
    with suppress(OSError):
        os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Wait until a folder's own entries are on the disk, if the system can do that. Raises `OSError`."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _CANT_SYNC_FOLDERS:
            raise
    finally:
        os.close(descriptor)


def write_temporary(path: Path, data: bytes) -> Path:
    """Write `data` to a new temporary file in the folder of `path`.

    Returns the temporary file, for `move_into_place`. Raises `OSError`, and then leaves no temporary file.
    """
    temporary = _temporary(path)
    write_new(temporary, data)
    return temporary


def write_new(path: Path, data: bytes) -> None:
    """Write `data` to a file that isn't there yet. Raises `OSError`, and then leaves no file unless it was there."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_LINKS, PRIVATE_FILE)
    with rollback_on_error(lambda: discard(path)):
        try:
            os.fchmod(descriptor, PRIVATE_FILE)
            write_all(descriptor, data)
        finally:
            os.close(descriptor)


def discard(path: Path) -> None:
    """Remove a file that does no harm if it can't be removed, such as a temporary one."""
    with suppress(OSError):
        path.unlink()


def remove_stale_temporaries(folder: Path) -> None:
    """Remove the temporary files that a kill has left in a folder: those so old that nobody can still be writing them."""
    for path in folder.glob(".*.tmp"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _STALE_SECONDS:
                path.unlink()


def atomic_write(path: Path, data: bytes) -> None:
    """Replace the content of a file, or leave it exactly as it is.

    Raises:
        UnknownOutcomeError: The disk has failed, and may have either content.
        DataFolderError: It can't be replaced.
    """
    with translating_os_errors(path):
        try:
            move_into_place(write_temporary(path, data), path)
        except NotCutBackError:
            raise unknown_outcome() from None


def move_into_place(temporary: Path, path: Path) -> None:
    """Rename a file from `write_temporary` to `path`, and wait until that is on the disk. The temporary file is gone in any case.

    Raises:
        NotCutBackError: That fails, and `path` may not be what it was.
        OSError: That fails; `path` is as it was.
    """
    existed = path.exists()
    backup = _hard_link(path) if existed else None

    def restore() -> None:
        try:
            if backup is not None:
                backup.replace(path)
            elif not existed:
                path.unlink()
            else:
                raise NotCutBackError
        except OSError as error:
            raise NotCutBackError(error.errno, error.strerror) from error

    try:
        temporary.replace(path)
        with rollback_on_error(restore):
            sync_folder(path.parent)
    finally:
        discard(temporary)
        if backup is not None:
            discard(backup)


def _hard_link(path: Path) -> Path | None:
    """A second name for a file, under which it stays there; None if the file system has no hard links."""
    name = _temporary(path)
    try:
        os.link(path, name)
    except OSError:
        return None
    return name


def _temporary(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.urandom(4).hex()}.tmp")
