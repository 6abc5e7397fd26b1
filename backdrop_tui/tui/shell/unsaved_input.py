"""What a user has typed or ticked and not saved, kept on disk in case the terminal is lost or the program is killed.

It is written as it is typed, without waiting for the disk, and removed as soon as it is saved, cancelled or left on
purpose. A file is locked by the process that writes it, so another window doesn't show what is still being typed.
"""

import fcntl
import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import orjson

from backdrop_tui.store.files import NO_LINKS, PRIVATE_FILE, PRIVATE_FOLDER, read_all

_FLAGS = os.O_RDWR | NO_LINKS


class UnsavedInput:
    """The unsaved input of one screen. What can't be written is not kept, and nobody is told: it is still on the screen."""

    def __init__(self, folder: Path, name: str) -> None:
        """Set up the file, which is only created by `keep`.

        Args:
            folder: The folder that it is in; created if need be, but not its parents.
            name: The name of the file. While another window uses it, this one gets a number.
        """
        self._folder = folder
        self._name = name
        self._path: Path | None = None
        self._descriptor: int | None = None
        self._is_released = False

    def left_over(self) -> Any:  # noqa: ANN401 - whatever the file contains
        """What a process that no longer runs has left, as JSON; None if there is nothing. It is kept until `keep` or `forget`."""
        with suppress(OSError, ValueError):
            if self._descriptor is None and not self._is_released:
                numbered = re.compile(re.escape(self._name) + r"(-[0-9]+)?")
                self._open(path for path in sorted(self._folder.glob("*")) if numbered.fullmatch(path.name))
            if self._descriptor is not None:
                # A kill may have come before the end of a longer text was cut off: only the first line counts.
                return orjson.loads(read_all(self._descriptor).partition(b"\n")[0])
        return None

    def keep(self, content: Mapping[str, Any]) -> None:
        """Write unsaved input as JSON, in place of what was kept before."""
        if self._is_released:
            return
        data = orjson.dumps(content) + b"\n"
        with suppress(OSError):
            if self._descriptor is None:
                self._folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
                numbers = (f"-{number}" if number > 1 else "" for number in count(1))
                self._open((self._folder / f"{self._name}{number}" for number in numbers), os.O_CREAT)
            if self._descriptor is not None:
                os.pwrite(self._descriptor, data, 0)
                os.ftruncate(self._descriptor, len(data))

    def forget(self) -> None:
        """Remove what is kept: it has been saved, or is no longer wanted."""
        if self._path is not None and not self._is_released:
            with suppress(OSError):
                self._path.unlink()
            self._close()

    def release(self) -> None:
        """Leave what is kept to the next process, and keep nothing more."""
        self._is_released = True
        self._close()

    def _open(self, paths: Iterable[Path], flags: int = 0) -> None:
        """Open and lock the first of some files that no other process has. Raises `OSError`."""
        for path in paths:
            descriptor = os.open(path, _FLAGS | flags, PRIVATE_FILE)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(descriptor)
            except OSError:  # this file system has no locks
                os.close(descriptor)
                raise
            else:
                self._path, self._descriptor = path, descriptor
                return

    def _close(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
        self._path = self._descriptor = None
