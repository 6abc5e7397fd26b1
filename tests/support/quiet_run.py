"""Running a command without its output getting anywhere."""

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from backdrop_tui.cli import run


def run_quietly(words: list[str]) -> tuple[int, str, str]:
    """Run a command; its exit status, standard output and standard error."""
    with _streams() as read:
        return run(words), *read()


@contextmanager
def _streams() -> Iterator[Callable[[], tuple[str, str]]]:
    """Replace the standard streams, and give what reads them."""
    streams = {
        name: io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for name in ("stdout", "stderr")
    }
    with pytest.MonkeyPatch.context() as patched:
        for name, stream in streams.items():
            patched.setattr(sys, name, stream)

        def read() -> tuple[str, str]:
            out, err = (stream.buffer.getvalue().decode() for stream in streams.values())
            return out, err

        yield read
