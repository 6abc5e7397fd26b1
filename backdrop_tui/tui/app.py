"""The app: a school's set-up in a terminal."""

import os
import signal
import traceback
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from threading import RLock, Timer
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches

from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.wizard.welcome import WelcomeScreen
from backdrop_tui.tui.shell.base_screens import DialogScreen, StepScreen
from backdrop_tui.tui.shell.setup_app import SetUpApp
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from backdrop_tui.school.school import School


_LAST_RESORT = 2.0
"""Seconds within which the app ends in good order when it is told to."""


class BackdropApp(SetUpApp):
    """A school's set-up. What is accepted is on disk before the screen says so."""

    TITLE = "Back:drop set-up"
    ENABLE_COMMAND_PALETTE = False  # It would save pictures of children's data where anybody can read them.
    CSS_PATH = [stylesheet("app"), stylesheet("welcome")]  # noqa: RUF012 - as Textual declares it; the first screen loads none itself
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide"), (150, "-very-wide")]  # noqa: RUF012 - as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (34, "-tall")]  # noqa: RUF012 - as Textual declares it
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help_keys", "Help", id="help", tooltip="What this step is for, and all its keys"),
        Binding("f3", "steps", "Steps", id="steps", show=False, tooltip="How far set-up is; go to a step"),
        Binding("ctrl+q", "quit", "Quit", id="quit", show=False, priority=True, tooltip="Close; the next start goes on here"),
    ]  # fmt: skip

    def __init__(self, folder: DataFolder, pick_from: Path | None = None) -> None:
        super().__init__()
        self.folder = folder
        """The data folder."""
        self.pick_from = pick_from or Path.home()
        """The folder that the file picker opens first."""
        self._picks_from_home = pick_from is None
        self.animation_level = "none"
        self._school: School | None = None
        self._opening = RLock()

    @property
    def school(self) -> "School":
        """The school's data, opened when it is first asked for. Not on the event loop, since it loads polars."""
        from backdrop_tui.school.school import School  # noqa: PLC0415 - after the first screen is drawn

        with self._opening:
            if self._school is None:
                self._school = School(self.folder)
            return self._school

    @property
    def today(self) -> date:
        """The day."""
        return self.now.date()

    @property
    def now(self) -> datetime:
        """The moment, by this computer's own clock and time zone."""
        return datetime.now().astimezone()

    @on(WelcomeScreen.Chosen)
    def _begin(self, event: WelcomeScreen.Chosen) -> None:
        """Go where a choice of the first screen leads."""
        from backdrop_tui.tui.flow import begin  # noqa: PLC0415 - loads polars

        begin(self, event.choice)

    @on(SetUpApp.HowFar)
    def _pick_from_there_again(self, event: SetUpApp.HowFar) -> None:
        """Let the file picker begin where the last file was picked, unless it has been told of another place."""
        if event.folder is not None and self._picks_from_home and self.pick_from == Path.home():
            self.pick_from = event.folder

    def get_default_screen(self) -> WelcomeScreen:
        """The first screen; no blank one is drawn before it."""
        return WelcomeScreen()

    def on_mount(self) -> None:
        """Be ready for the terminal to go away, and for the user."""
        for name in ("SIGHUP", "SIGTERM"):
            with suppress(AttributeError, NotImplementedError, RuntimeError, ValueError):
                self._loop_signal(getattr(signal, name))

    def action_help_keys(self) -> None:
        """Say what this step is for, and list its keys."""
        from backdrop_tui.tui.screens.dialogs.help import HelpScreen  # noqa: PLC0415 - loaded when it is asked for

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen.of(self.screen))

    def action_steps(self) -> None:
        """Show how far set-up is, and go to a step."""
        from backdrop_tui.tui.screens.dialogs.steps import StepsScreen  # noqa: PLC0415 - loaded when it is asked for

        if self.progress is not None and not isinstance(self.screen, DialogScreen):
            self.push_screen(StepsScreen(self.progress), self.go_to)

    def go_to(self, step: str | None) -> None:
        """Leave every screen but the first, and go to a step; ask first where something would be lost."""
        if step is not None:
            self._ask_then(lambda: self._go_to(step), [])

    def _go_to(self, step: str) -> None:
        from backdrop_tui.tui.flow import go  # noqa: PLC0415 - loads polars

        for screen in list(self.screen_stack[:0:-1]):
            if isinstance(screen, StepScreen):
                screen.save_state()
                screen.release()
            self.pop_screen()
        go(self, step)

    async def action_quit(self) -> None:
        """Close; the next start goes on where the user is. While an import is being done, ask first."""
        running = "An import is running. Backdrop closes once it is stored, which can take a moment."
        self._ask_then(self._leave, [running] if self.running_import is not None else [])

    def _ask_then(self, leave: "Callable[[], None]", reasons: list[str]) -> None:
        """Leave; where there are reasons not to, or something would be lost, ask first."""
        reasons += [why for screen in self.screen_stack if (why := getattr(screen, "leave_warning", ""))]
        if not reasons:
            leave()
            return
        from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen  # noqa: PLC0415 - loaded when it is asked for

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - a screen's result
            if yes:
                leave()

        self.push_screen(ConfirmScreen("Leave all the same?", "\n".join(reasons), "Leave", "Stay"), answered)

    def close_by_itself(self, why: str) -> None:
        """Close because nobody is there; the next start goes on where the user was."""
        self._leave(why)

    def _leave(self, why: str | None = None) -> None:
        self._keep_place()
        self.exit(message=None if why is None else Text(why))

    def _keep_place(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, StepScreen):
                if screen.is_mounted:
                    screen.save_state()
                screen.release()

    def close_school(self) -> None:
        """Put what is stored in its final form. The app can go on after that."""
        with self._opening:
            if self._school is not None:
                school, self._school = self._school, None
                school.close()

    def _loop_signal(self, number: signal.Signals) -> None:
        assert self._loop is not None  # noqa: S101 - for the type checker
        self._loop.add_signal_handler(number, self._told_to_end, number)

    def _told_to_end(self, number: signal.Signals) -> None:
        """End in good order. Where the terminal is gone or a file is in use, that may hang: then the process ends all the same."""
        last_resort = Timer(_LAST_RESORT, os._exit, (128 + number,))
        last_resort.daemon = True
        last_resort.start()
        self._keep_place()
        self.exit(return_code=128 + number)

    def _handle_exception(self, error: Exception) -> None:
        """A screen that was just being opened when the app was left finds nothing on it, which is no fault."""
        if not (isinstance(error, NoMatches) and self.return_code is not None):
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Say that something broke, without the traceback, whose variables hold pupils' names."""
        self.bell()
        # What breaks because of the first thing that broke is of no use to anybody.
        self._exit_renderables[:] = [
            plain(
                "Something in backdrop broke, and it had to close. Nothing that was saved is lost: start it again to go on. "
                f"What broke: {_where(self._exception)}."
            ).plain
        ]
        self._close_messages_no_wait()


def _where(error: Exception | None) -> str:
    """What kind of error it was, and in which line of ours: no message, and no value, for they can hold names."""
    frames = traceback.extract_tb(error.__traceback__) if error is not None else []
    ours = [frame for frame in frames if "backdrop_tui" in frame.filename]
    place = f" in {Path(ours[-1].filename).name}, line {ours[-1].lineno}" if ours else ""
    return f"{type(error).__name__}{place}"
