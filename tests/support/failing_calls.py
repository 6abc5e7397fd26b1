"""Calls of the system that fail: the n-th one, once or from then on."""

import os
from collections.abc import Callable
from typing import Any

import pytest

CALLS = ("open", "write", "fsync", "ftruncate", "pread", "link", "replace", "unlink", "fchmod", "mkdir")
"""The calls that can fail."""


class FailingCalls:
    """Lets some calls through, then fails one, or all that follow."""

    def __init__(self, code: int, after: int, *, for_good: bool) -> None:
        self.code = code
        self.left = after
        self.for_good = for_good
        self.failed = 0
        """The number of calls that have failed."""

    def during(self, monkeypatch: pytest.MonkeyPatch, work: Callable[[], str]) -> str:
        """Do some work while calls fail, and return its result."""
        with monkeypatch.context() as patched:
            for name in CALLS:
                patched.setattr(os, name, self._failing(name, getattr(os, name)))
            return work()

    def _failing(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:  # noqa: ANN401 - as os has them
            self.left -= 1
            if self.left >= 0 or (self.failed and not self.for_good):
                return real(*args, **named)
            self.failed += 1
            if name == "write":  # a short write comes before the failure
                real(args[0], args[1][: len(args[1]) // 2])
            raise OSError(self.code, os.strerror(self.code))

        return call
