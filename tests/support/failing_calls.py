"""Calls of the system that fail: the n-th one, once or from then on."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest

CALLS = (
    *((os, name) for name in ("open", "write", "fsync", "ftruncate", "pread", "link", "replace", "rename")),
    *((os, name) for name in ("unlink", "fchmod", "chmod", "mkdir", "rmdir")),
    (Path, "open"),
)
"""The calls that can fail."""
LOOKING = tuple((os, name) for name in ("stat", "lstat", "fstat", "scandir", "listdir"))
"""The calls that look at files and list folders."""
SHORT_WRITE = 0
"""In place of the number of an error: half of the data is written, and that is no error."""

Result = TypeVar("Result")


class FailingCalls:
    """Lets some calls through, then fails one, or all that follow."""

    def __init__(self, code: int, after: int, *, for_good: bool, looking: bool = False) -> None:
        self.code = code
        self.left = after
        self.for_good = for_good
        self.calls = (*CALLS, *LOOKING) if looking else CALLS
        self.failed = 0
        """The number of calls that have failed."""

    def during(self, monkeypatch: pytest.MonkeyPatch, work: Callable[[], Result]) -> Result:
        """Do some work while calls fail, and return its result."""
        with monkeypatch.context() as patched:
            for place, name in self.calls:
                if self.code != SHORT_WRITE or name == "write":
                    patched.setattr(place, name, self._failing(name, getattr(place, name)))
            return work()

    def _failing(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:  # noqa: ANN401 - as the call has them
            self.left -= 1
            if self.left >= 0 or (self.failed and not self.for_good):
                return real(*args, **named)
            self.failed += 1
            if name == "write":  # a short write comes before the failure
                written = real(args[0], args[1][: (len(args[1]) + 1) // 2])
                if self.code == SHORT_WRITE:
                    return written
            raise OSError(self.code, os.strerror(self.code))

        return call
