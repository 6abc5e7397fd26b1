"""Workers that are killed in the middle of their work, each a process of its own that is cheap to start.

A test module has a `work` function; `Workers` runs it in forks of a process that has loaded the module. Run as
`python -m tests.support.killing MODULE FOLDER`: each line of standard input starts one worker, with the line's words.

A worker is killed after so many lines of its output, however long they take. It writes a line of its own before each call that
changes the disk, so that a kill can come between any two of them.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Self

DISK_CALLS = ("write", "fsync", "link", "replace", "unlink", "ftruncate")
_write = os.write


def say(*words: object) -> None:
    """Write one line in one piece: it can't be mixed with another process's lines, and nothing waits in a buffer."""
    _write(1, (" ".join(map(str, words)) + "\n").encode())


class Workers:
    """Starts one worker after another."""

    def __init__(self, module: str, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.killing", module, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
            env=os.environ | {"POLARS_MAX_THREADS": "1"},  # threads don't outlive a fork
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate()

    def until_killed(self, *words: object, lines: int | None) -> Iterator[list[str]]:
        """Start a worker, kill it, and give the words of each line that it has written.

        Args:
            words: The arguments of `work` after the folder.
            lines: The number of lines after which it is killed, including those about the disk; None lets it finish.
        """
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        worker, heard = 0, 0
        for line in self.process.stdout:
            match line.split():
                case ["worker", number]:
                    worker = int(number)
                case ["over"]:
                    return
                case ["disk", _]:
                    heard += 1
                case words_said:
                    heard += 1
                    yield words_said
            if worker and lines is not None and heard >= lines:
                os.kill(worker, signal.SIGKILL)
                lines = None


def main() -> None:
    """Start a worker for each line of standard input, one after another."""
    work, folder = import_module(sys.argv[1]).work, Path(sys.argv[2])
    for line in sys.stdin:
        if not (child := os.fork()):
            for name in DISK_CALLS:
                setattr(os, name, _announced(name, getattr(os, name)))
            work(folder, *line.split())
            os._exit(0)
        say("worker", child)
        os.waitpid(child, 0)
        say("over")


def _announced(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
    def announced(*args: Any, **named: Any) -> Any:  # noqa: ANN401 - as os has them
        say("disk", name)
        return call(*args, **named)

    return announced


if __name__ == "__main__":
    main()
