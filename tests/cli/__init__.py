"""Tests of the command line."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Ran:
    """What running a command gave."""

    status: int
    """Its exit status."""
    out: str
    """What it wrote on standard output."""
    err: str
    """What it wrote on standard error."""

    @property
    def json(self) -> dict[str, Any]:
        """The one JSON object on standard output."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found

    @property
    def said(self) -> str:
        """The one line on standard error, without the program's name."""
        assert self.err.startswith("backdrop: ")
        assert self.err.count("\n") == 1
        assert "Traceback" not in self.err
        return self.err.removeprefix("backdrop: ").rstrip("\n")


Run = Callable[..., Ran]
