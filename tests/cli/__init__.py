"""Tests of the command line."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Ran:
    """The result of running a command."""

    status: int
    """Its exit status."""
    out: str
    """Its standard output."""
    err: str
    """Its standard error."""

    @property
    def json(self) -> dict[str, Any]:
        """The one JSON object on standard output."""
        value = json.loads(self.out)
        assert isinstance(value, dict)
        return value

    @property
    def error_line(self) -> str:
        """The one line on standard error, without the program's name."""
        assert self.err.startswith("backdrop: ")
        assert self.err.count("\n") == 1
        assert "Traceback" not in self.err
        return self.err.removeprefix("backdrop: ").rstrip("\n")


Run = Callable[..., Ran]
