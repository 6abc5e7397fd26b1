"""Workers that are killed in the middle of what they do, each a process of its own without the price of starting one.

A test module has a `work` function; `Workers` runs it in forks of a process that has loaded the module. Run as
`python -m tests.support.killing MODULE FOLDER`: each line of standard input starts one worker, with the line's words.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Self


def say(*words: object) -> None:
    """Say one line, in one piece: it can't be mixed with what another process says, and none of it waits in a buffer."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


class Workers:
    """Makes one worker after the other."""

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

    def until_killed(self, *words: object, lines: int, seconds: float) -> Iterator[list[str]]:
        """Let one work, kill it a moment after it has said so many lines, and give the words of each line.

        With fewer than no lines it works to its end.
        """
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        child, heard = 0, 0
        for line in self.process.stdout:
            match line.split():
                case ["worker", number]:
                    child = int(number)
                case ["over"]:
                    return
                case said:
                    heard += 1
                    yield said
            if child and 0 <= lines <= heard:
                time.sleep(seconds)
                os.kill(child, signal.SIGKILL)
                lines = -1


def main() -> None:
    """Start a worker for each line that is asked for, one after the other."""
    work, folder = import_module(sys.argv[1]).work, Path(sys.argv[2])
    for line in sys.stdin:
        if not (child := os.fork()):
            work(folder, *line.split())
            os._exit(0)
        say("worker", child)
        os.waitpid(child, 0)
        say("over")


if __name__ == "__main__":
    main()
