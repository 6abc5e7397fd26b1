"""Writing a file that the user asked for, such as an export or an errors file."""

import os
from pathlib import Path

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.store.files import discard, sync_folder, write_new, write_temporary


def write_private(path: Path, data: bytes, *, replace: bool = True) -> None:
    """Write a file that only its owner can read: all of it, or nothing. It is on the disk, with its name, before this returns.

    Args:
        path: The file. A terminal or another device is written to as it is, and a link is followed.
        data: What it will contain.
        replace: Whether to replace a file that already exists.

    Raises:
        UnusableChoiceError: The file can't be written.
    """
    try:
        if path.is_dir():
            raise UnusableChoiceError(f"{path} is a folder. Give the name of a file in it.")
        if path.exists() and not path.is_file():
            path.write_bytes(data)
        elif replace:
            target = Path(os.path.realpath(path))
            temporary = write_temporary(target, data)
            try:
                temporary.replace(target)
                sync_folder(target.parent)
            finally:
                discard(temporary)
        else:
            write_new(path, data)
            sync_folder(path.parent)
    except OSError as error:
        reason = error.strerror or "the system gave no reason"
        raise UnusableChoiceError(f"{path} can't be written: {reason}. Choose another place.") from error
