"""Start an app, and say on a pipe when its first screen has been drawn.

Run by `bench_intake` in a terminal of its own: `python -m tests.benchmarks.first_screen backdrop|empty PIPE FOLDER`.
"""

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App

DRAWN = b"drawn"
"""What is written to the pipe."""


def say_and_end(app: "App[None]", pipe: int) -> None:
    """Once the screen that is there has been drawn, say so and close the app."""

    def drawn() -> None:
        os.write(pipe, DRAWN + type(app.screen).__name__.encode())
        app.exit()

    app.screen.call_after_refresh(drawn)


def empty(pipe: int) -> None:
    """Textual with nothing on it."""
    from textual.app import App  # noqa: PLC0415 - each process loads only what it measures

    class Empty(App[None]):
        def on_ready(self) -> None:
            say_and_end(self, pipe)

    Empty().run()


def backdrop(pipe: int, folder: str) -> None:
    """The program as its command starts it."""
    from backdrop_tui import __main__  # noqa: PLC0415 - each process loads only what it measures
    from backdrop_tui.tui import app  # noqa: PLC0415 - each process loads only what it measures

    class Ending(app.BackdropApp):
        def on_ready(self) -> None:
            say_and_end(self, pipe)

    vars(app)["BackdropApp"] = Ending  # what the command line will open
    sys.argv[1:] = ["--data", folder]
    __main__.main()


if __name__ == "__main__":
    which, pipe, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    empty(pipe) if which == "empty" else backdrop(pipe, folder)
