"""Writing files so that a kill, a full disk or a second writer can't spoil them.

Every file made here has mode 0600 whatever the umask, and is on the disk before the function returns.
"""

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from backdrop_tui.errors import DataFolderError, rollback_on_error

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
_LONG_AGO = 3_600
"""Seconds after which a temporary file is one that a kill has left: to write one takes no minute."""
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_AT_ONCE = getattr(os, "O_NONBLOCK", 0)
"""Opening a named pipe would wait for ever for somebody who writes."""
_FLAGS = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


@contextmanager
def translating_os_errors(path: Path) -> Iterator[None]:
    """Turn an `OSError` of the block into a `DataFolderError` that says what to do about `path`."""
    try:
        yield
    except OSError as error:
        raise DataFolderError(_sentence(path, error)) from error


def _sentence(path: Path, error: OSError) -> str:
    if error.errno in _FULL:
        return (
            f"There is no room left on the disk for {path}. Nothing was changed. Make room, then try again."
        )
    if error.errno in _FORBIDDEN:
        return f"You have no right to use {path}. Ask for the right to read and write it, or choose another data folder."
    if error.errno == errno.ENOTDIR:
        return f"{path} can't be reached: a file is in the place of its folder. Choose another data folder, or move that file away."
    if error.errno == errno.ENOENT:
        return f"{path} can't be reached: its folder is not there. Choose another data folder, or make that one first."
    return f"{path} can't be used: {error.strerror or 'the system gave no reason'}. Nothing was changed."


def open_for_reading(path: Path) -> int | None:
    """Open `path`; None where there is no such file. The caller closes the descriptor."""
    try:
        return os.open(path, os.O_RDONLY | _FLAGS | _AT_ONCE)
    except FileNotFoundError:
        return None


def open_for_appending(path: Path, *, create: bool = False) -> int:
    """Open `path` for reading and appending, made as 0600 if asked to. The caller closes the descriptor."""
    flags = os.O_RDWR | os.O_APPEND | _FLAGS
    if not create:
        return os.open(path, flags)
    descriptor = os.open(path, flags | os.O_CREAT, PRIVATE_FILE)
    os.fchmod(descriptor, PRIVATE_FILE)
    return descriptor


def read_all(descriptor: int) -> bytes:
    """Everything in an open file, from its start."""
    size = os.fstat(descriptor).st_size
    parts: list[bytes] = []
    start = 0
    while start < size and (part := os.pread(descriptor, size - start, start)):
        parts.append(part)
        start += len(part)
    return b"".join(parts)


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of `data` and wait until the disk has it."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    os.fsync(descriptor)


def append(descriptor: int, end: int, data: bytes) -> None:
    """Put `data` behind the first `end` bytes of a file opened for appending; what stood there is cut off.

    If that fails, the file is cut back to `end` bytes, and the `OSError` goes on.
    """

    def cut_back() -> None:
        with suppress(OSError):
            os.ftruncate(descriptor, end)
            os.fsync(descriptor)

    if os.fstat(descriptor).st_size != end:
        os.ftruncate(descriptor, end)
    with rollback_on_error(cut_back):
        write_all(descriptor, data)


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the folder's own entries, where the system can do that."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_beside(path: Path, data: bytes) -> Path:
    """Write `data` to a new temporary file in the folder of `path`; nothing is left if that fails.

    Returns the temporary file, to be renamed to `path`. Raises `OSError`.
    """
    temporary = _temporary(path)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _FLAGS, PRIVATE_FILE)
    with rollback_on_error(lambda: discard(temporary)):
        try:
            os.fchmod(descriptor, PRIVATE_FILE)
            write_all(descriptor, data)
        finally:
            os.close(descriptor)
    return temporary


def discard(path: Path) -> None:
    """Remove a file whose only harm is that it lies about."""
    with suppress(OSError):
        path.unlink()


def leftovers(path: Path) -> list[Path]:
    """Temporary files of `path` that a kill has left. To be removed only by who holds the lock of `path`."""
    return sorted(path.parent.glob(f".{path.name}.*.tmp"))


def sweep(folder: Path) -> None:
    """Remove the temporary files that a kill has left in a folder, once nobody can be writing them any more."""
    for path in folder.glob(".*.tmp"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _LONG_AGO:
                path.unlink()


def atomic_write(path: Path, data: bytes) -> None:
    """Make `path` hold `data`, or leave it exactly as it is.

    Raises `DataFolderError` where that fails.
    """
    with translating_os_errors(path):
        put_in_place(write_beside(path, data), path)


def put_in_place(temporary: Path, path: Path) -> None:
    """Rename a file from `write_beside` to `path`, and wait until the disk knows.

    Where that fails `path` is as it was, the temporary file is gone, and the `OSError` goes on.
    """
    existed = path.exists()
    before = _second_name(path) if existed else None

    def put_back() -> None:
        if before is not None:
            with suppress(OSError):
                before.replace(path)
        elif not existed:
            discard(path)
        discard(temporary)

    try:
        with rollback_on_error(put_back):
            temporary.replace(path)
            sync_folder(path.parent)
    finally:
        if before is not None:
            discard(before)


def _second_name(path: Path) -> Path | None:
    """Another name for what `path` is now, to go back to; None where the disk has no second names."""
    name = _temporary(path)
    try:
        os.link(path, name)
    except OSError:
        return None
    return name


def _temporary(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.urandom(4).hex()}.tmp")


def append_line(path: Path, line: bytes) -> None:
    """Add one line to a file, made if need be; a torn line that a kill has left at its end is cut off first.

    `line` comes without its newline and may hold none. Raises `DataFolderError`; the file is then as before.
    """
    with translating_os_errors(path):
        created = not path.exists()
        descriptor = open_for_appending(path, create=True)
        try:
            append(descriptor, _whole_lines(descriptor), line + b"\n")
        finally:
            os.close(descriptor)
        if created:
            sync_folder(path.parent)


def _whole_lines(descriptor: int) -> int:
    """How many bytes of an open file are whole lines."""
    size = os.fstat(descriptor).st_size
    if not size or os.pread(descriptor, 1, size - 1) == b"\n":
        return size
    return read_all(descriptor).rfind(b"\n") + 1


def read_lines(path: Path) -> list[bytes]:
    """The lines that `append_line` has put in a file, a torn last one left out; none where there is no file.

    Raises `DataFolderError` where the file can't be read.
    """
    with translating_os_errors(path):
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return []
    return data.split(b"\n")[:-1]
