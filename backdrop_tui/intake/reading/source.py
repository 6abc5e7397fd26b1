"""Loading a file's bytes, without ever waiting for a pipe or a device."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from backdrop_tui.errors import UnusableFileError


def load(path: Path, at_most: int = -1) -> bytes:
    """Read an ordinary file.

    Args:
        path: The file.
        at_most: The number of bytes to read from its beginning; -1 to read all of it.

    Raises:
        UnusableFileError: It doesn't exist, is a folder, a pipe or a device, or can't be read.
    """
    with opened(path, "CSV file") as file:
        return file.read(at_most)


@contextmanager
def opened(path: Path, what: str) -> Iterator[BinaryIO]:
    """Open an ordinary file for reading.

    Args:
        path: The file.
        what: What it should be, such as `CSV file`.

    Raises:
        UnusableFileError: It doesn't exist, is a folder, a pipe or a device, or can't be read.
    """
    try:
        # Without O_NONBLOCK, opening a pipe that nobody writes to would never return.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        raise UnusableFileError(_reason(path, error)) from None
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        if stat.S_ISDIR(mode):
            raise UnusableFileError(f"{path} is a folder. Choose the {what} in it.")
        raise UnusableFileError(f"{path} isn't an ordinary file. Choose a {what}.")
    try:
        with open(descriptor, "rb") as file:  # noqa: PTH123  # a descriptor has no path
            yield file
    except OSError as error:
        raise UnusableFileError(_reason(path, error)) from None


def _reason(path: Path, error: OSError | ValueError) -> str:
    """Why a file can't be read and what to do about it, for the user."""
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return f"There is no file {path}. Check the name and the folder."
        case PermissionError():
            return f"You don't have permission to read {path}. Ask whoever put it there for access, or copy it again."
        case _:
            return f"{path} can't be read. Copy it to this server again, or choose another file."
