"""What a kill would leave on the disk, at every moment of some work."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CALLS = ("open", "write", "fsync", "link", "replace", "rename", "unlink", "ftruncate", "mkdir", "rmdir")
"""The calls that change the disk; `open` only if it makes a file or empties one."""


class DiskStates:
    """Copies of a folder as a kill would leave it: one from before each call that changes the disk, and one from the end."""

    def __init__(self, folder: Path, place: Path) -> None:
        self.folder = folder
        """The folder that is copied."""
        self.place = place
        """Where the copies go."""
        self.copies: list[Path] = []
        """The copies, in order."""
        self._is_copying = False

    def copy(self) -> None:
        """Copy the folder as it is now."""
        self._is_copying = True
        self.copies.append(self.place / str(len(self.copies)))
        shutil.copytree(self.folder, self.copies[-1])
        self._is_copying = False

    def record(self, monkeypatch: pytest.MonkeyPatch, work: Callable[[], object]) -> None:
        """Do some work, and copy the folder before every call that changes the disk."""
        with monkeypatch.context() as patched:
            for name in CALLS:
                patched.setattr(os, name, self._copying_first(name, getattr(os, name)))
            work()
        self.copy()

    def _copying_first(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:  # noqa: ANN401 - as os has them
            changes = name != "open" or (len(args) > 1 and args[1] & (os.O_CREAT | os.O_TRUNC))
            if changes and not self._is_copying:
                self.copy()
            return real(*args, **named)

        return call
