"""A file's bytes, taken without ever waiting on something that isn't a plain file."""

import os
import stat
from pathlib import Path

from backdrop_tui.errors import UnusableFileError


def load(path: Path) -> bytes:
    """The bytes of a plain file.

    Raises:
        UnusableFileError: It is missing, a folder, a pipe or a device, empty, or may not be read.
    """
    try:
        # Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        raise UnusableFileError(_why(path, error)) from None
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        if stat.S_ISDIR(mode):
            raise UnusableFileError(f"{path} is a folder. Choose the CSV file in it.")
        raise UnusableFileError(f"{path} isn't an ordinary file. Choose a CSV file.")
    try:
        with open(descriptor, "rb") as file:  # noqa: PTH123  # a descriptor has no path
            return file.read()
    except OSError as error:
        raise UnusableFileError(_why(path, error)) from None


def _why(path: Path, error: OSError | ValueError) -> str:
    """What the user is told when a file can't be opened or read."""
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return f"There is no file {path}. Check the name and the folder."
        case PermissionError():
            return f"You may not read {path}. Ask whoever put it there to let you read it, or copy it again."
        case _:
            return f"{path} can't be read. Copy it to this server again, or choose another file."
