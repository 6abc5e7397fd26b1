"""Writing a file that the user asked for, such as an export or an errors file."""

import errno
import os
import re
import stat
from pathlib import Path

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.printable import printable
from backdrop_tui.store.files import (
    NO_LINKS,
    move_into_place,
    sync_folder,
    write_all,
    write_new,
    write_temporary,
)

_DESCRIPTORS = {"/dev/stdout": 1, "/dev/stderr": 2}
_DESCRIPTOR = re.compile(r"/(?:dev|proc/self)/fd/([0-9]{1,4})")


def write_private(path: Path, data: bytes, *, replace: bool = True) -> None:
    """Write a file that only its owner can read: all of it, or nothing. It is on the disk, with its name, before this returns.

    Args:
        path: The file. A pipe of the user's own, a terminal or another device is written to as it is. A link isn't followed,
            except for the names of this process's own descriptors, such as `/dev/stdout`.
        data: What it will contain.
        replace: Whether to replace a file that already exists.

    Raises:
        UnusableChoiceError: The file can't be written.
    """
    try:
        descriptor = _own_descriptor(path)
        mode = None if descriptor is not None else _mode(path)
        if descriptor is not None:
            _write_stream(os.dup(descriptor), data)
        elif mode is not None and stat.S_ISDIR(mode):
            raise UnusableChoiceError(f"{path} is a folder. Give the name of a file in it.")
        elif mode is not None and stat.S_ISLNK(mode):
            raise UnusableChoiceError(f"{path} is a link to another file. Give the name of the file itself.")
        elif mode is not None and not stat.S_ISREG(mode):
            _write_stream(_open_pipe_or_device(path), data)
        elif replace:
            move_into_place(write_temporary(path, data), path)
        else:
            write_new(path, data)
            sync_folder(path.parent)
    except OSError as error:
        reason = error.strerror or "the system gave no reason"
        raise UnusableChoiceError(f"{path} can't be written: {reason}. Choose another place.") from error


def _own_descriptor(path: Path) -> int | None:
    """The descriptor of this process that a path is another name for; None if it is an ordinary path."""
    match = _DESCRIPTOR.fullmatch(str(path))
    return int(match[1]) if match else _DESCRIPTORS.get(str(path))


def _mode(path: Path) -> int | None:
    try:
        return path.lstat().st_mode
    except FileNotFoundError:
        return None


def _open_pipe_or_device(path: Path) -> int:
    """Open a pipe that belongs to this user, or a device, for writing, without waiting for whoever reads from it."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY | NO_LINKS)
    except OSError as error:
        if error.errno == errno.ENXIO:
            raise UnusableChoiceError(
                f"Nothing reads from {path}. Start the program that reads first."
            ) from None
        raise
    status = os.fstat(descriptor)
    if stat.S_ISCHR(status.st_mode) or (stat.S_ISFIFO(status.st_mode) and status.st_uid == os.geteuid()):
        os.set_blocking(descriptor, True)
        return descriptor
    os.close(descriptor)
    raise UnusableChoiceError(
        f"{path} isn't an ordinary file, and another user could read from it. Choose another place."
    )


def _write_stream(descriptor: int, data: bytes) -> None:
    """Write to an open pipe or device, and close it. Nothing can control a terminal."""
    try:
        if os.isatty(descriptor):
            data = printable(data.decode("utf-8-sig", errors="replace"), keep="\n").encode()
        write_all(descriptor, data, sync=False)
    finally:
        os.close(descriptor)
