"""The app: a school's set-up in a terminal."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, ClassVar, cast

from rich.console import RenderableType
from rich.text import Text
from rich.theme import ThemeStackError
from textual import events, on, work
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets._toast import Toast, ToastHolder
from textual.worker import Worker

from backdrop_tui.errors import BackdropError
from backdrop_tui.school.theme_choices import THEMES
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.wizard.welcome import WelcomeScreen
from backdrop_tui.tui.shell.background_import import BackgroundImport, FinishedImport, RunningImport
from backdrop_tui.tui.shell.base_screens import (
    DialogScreen,
    StepScreen,
    raise_worker_error,
    show_error,
)
from backdrop_tui.tui.shell.crash_message import crash_message
from backdrop_tui.tui.shell.few_notifications import FewNotifications
from backdrop_tui.tui.shell.idle_timer import IdleTimer
from backdrop_tui.tui.shell.key_queue import KeyQueue
from backdrop_tui.tui.shell.progress_reader import ProgressReader
from backdrop_tui.tui.shell.restore_watch import RestoreWatch
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.shell.terminal_diff import ChangedCells, ShownCells
from backdrop_tui.tui.shell.termination import on_termination
from backdrop_tui.tui.shell.themes import cell_styles, choice_of, register_themes, theme_for
from backdrop_tui.tui.widgets.plain import plain, plain_lines

if TYPE_CHECKING:
    from textual.geometry import Size

    from backdrop_tui.imports.turn.terms import TurnTerms
    from backdrop_tui.intake.draft.draft import Draft
    from backdrop_tui.intake.draft.review import Review
    from backdrop_tui.intake.linking.plan import Existing
    from backdrop_tui.people.changes import ChangeHistory
    from backdrop_tui.school.school import School
    from backdrop_tui.steps.progress import SetUpProgress


class BackdropApp(App[None]):
    """A school's set-up. What the screen says is saved is on disk by then."""

    TITLE = "Back:drop set-up"
    # Textual's palette would offer to save screenshots of children's data in a folder that others may be able to read.
    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = [stylesheet("app"), stylesheet("welcome")]  # noqa: RUF012 - as Textual declares it; the first screen loads none itself
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide"), (150, "-very-wide")]  # noqa: RUF012 - as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (18, "-short"), (34, "-tall")]  # noqa: RUF012 - as Textual declares it
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help_keys", "Help", id="help", tooltip="What this step is for, and all its keys"),
        Binding("ctrl+p", "palette", "Commands", id="palette", show=False, tooltip="Everything you can do here, and places to go"),
        Binding("f2", "next_theme", "Theme", id="theme", show=False, tooltip="Change the colours: dark, light, high contrast"),
        Binding("f3", "steps", "Steps", id="steps", show=False, tooltip="See how far set-up is, and go to a step"),
        Binding("ctrl+q", "quit", "Quit", id="quit", show=False, priority=True, tooltip="Close; next time, you carry on here"),
    ]  # fmt: skip

    progress: reactive["SetUpProgress | None"] = reactive(None)
    """Set-up progress; None until it has been read."""
    running_import: reactive[RunningImport | None] = reactive(None)
    """The import that is in progress, if there is one."""
    finished_import: reactive[FinishedImport | None] = reactive(None)
    """The last import that ended since the app was opened and hasn't been undone."""

    def __init__(self, folder: DataFolder, pick_from: Path | None = None) -> None:
        """Create the app.

        Args:
            folder: The data folder; it need not exist.
            pick_from: The folder in which the file picker starts; the last one that a file was picked from, or the
                home folder, if None.
        """
        super().__init__()
        self._notifications: FewNotifications = FewNotifications()
        register_themes(self)
        self._apply_theme(THEMES[0])
        self.folder = folder
        """The data folder."""
        self.pick_from = pick_from or Path.home()
        """The folder in which the file picker starts."""
        self._follows_last_folder = pick_from is None
        self.unsaved_settings: dict[str, str] = {}
        """Text that was typed into settings but not saved, by the settings' names."""
        self.changes: dict[str, ChangeHistory] = {}
        """Changes made in Administration since the app was opened, by kind of people."""
        self.animation_level = "none"
        self._school: School | None = None
        self._school_lock = RLock()
        self._shown_cells = ShownCells()
        self._shown_screen: tuple[Screen[Any], Size] | None = None
        self.key_queue = KeyQueue(self, self._deliver, self._handle_exception)
        """The keys that have been pressed and not handled yet."""
        self.idle_timer = IdleTimer(self, on_warning=self.refresh_progress, on_timeout=self._close)
        """Closes the app when nobody has used it for some time."""
        self._progress_reader = ProgressReader(self, lambda: self.school)
        self._restore_watch = RestoreWatch(self, lambda: self.school)
        self._background_import = BackgroundImport(self, lambda: self.school, lambda: self.today)

    @property
    def school(self) -> "School":
        """The school's data, opened on first use. Use it in workers only: opening it loads polars."""
        from backdrop_tui.school.school import School  # noqa: PLC0415 - after the first screen is drawn

        with self._school_lock:
            if self._school is None:
                self._school = School(self.folder)
            return self._school

    def close_school(self) -> None:
        """Write stored people in their final form, and close the files. They are opened again on next use."""
        with self._school_lock:
            if self._school is not None:
                school, self._school = self._school, None
                school.close()

    @property
    def today(self) -> date:
        """The current date."""
        return self.now.date()

    @property
    def now(self) -> datetime:
        """The current moment in this computer's time zone."""
        return datetime.now().astimezone()

    def get_default_screen(self) -> WelcomeScreen:
        """The first screen; without this, Textual would draw a blank one before it."""
        return WelcomeScreen()

    def on_mount(self) -> None:
        """Start the idle timer, and prepare for the terminal to go away."""
        self.idle_timer.start()
        on_termination(asyncio.get_running_loop(), self._terminate)

    async def on_event(self, event: events.Event) -> None:
        """Pass an event on, unless the idle timer has used it up or the key queue passes it on later."""
        if not self.idle_timer.absorb(event) and not self.key_queue.accept(event):
            await super().on_event(event)

    async def _deliver(self, event: events.Event) -> None:
        """Pass a key or a paste on; advice on the key before it goes."""
        if self._notifications.end_advice():
            self._refresh_notifications()
        await super().on_event(event)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Let an unexpected error in a worker end the app; otherwise an import would seem to run for ever."""
        raise_worker_error(event)

    def _refresh_notifications(self) -> None:
        # Textual would leave an empty line where a notification was that another one has replaced.
        holders = self.screen.query(ToastHolder) if self.screen_stack else ()
        for holder in holders:
            if all(toast._notification not in self._notifications for toast in holder.query(Toast)):  # noqa: SLF001
                holder.remove()
        super()._refresh_notifications()

    def refresh_progress(self) -> None:
        """Read set-up progress again, in a worker."""
        self._progress_reader.start()

    @on(ProgressReader.Read)
    def _show_progress(self, event: ProgressReader.Read) -> None:
        self.progress = event.progress
        self._restore_watch.start()
        self.idle_timer.set_minutes(event.idle_minutes)
        self._apply_theme(event.theme)
        if event.last_folder is not None and self._follows_last_folder and self.pick_from == Path.home():
            self.pick_from = event.last_folder
        interrupted = [f"An import was interrupted. {record.message}" for record in event.recovered]
        if interrupted:
            self.notify(plain_lines("\n".join(interrupted)).plain, timeout=20, markup=False)
        if event.restore_words:
            self._tell_of_restore(event.restore_words)
        if event.remarks:
            more = " For the rest, run “backdrop verify-data”." if len(event.remarks) > 1 else ""
            self.notify(
                plain(f"{event.remarks[0]}{more}").plain, severity="warning", timeout=20, markup=False
            )

    @on(ProgressReader.ReadFailed)
    def _show_read_error(self, event: ProgressReader.ReadFailed) -> None:
        show_error(self, event.error)

    def look_for_restore(self) -> None:
        """Start again if a backup has been restored; that is checked in a worker."""
        self._restore_watch.look()

    @on(RestoreWatch.Replaced)
    def _start_again(self, event: RestoreWatch.Replaced) -> None:
        """Leave every screen but the first, because what they and notices show is no longer what is stored."""
        self.clear_notifications()
        self.changes.clear()
        self.finished_import = None
        self._leave_screens()
        self._tell_of_restore(event.words)
        self.refresh_progress()

    def _tell_of_restore(self, words: str) -> None:
        """Say what has happened in a window, which stays until it is closed: it is too long for a notification."""
        from backdrop_tui.tui.screens.dialogs.show_text import ShowTextScreen  # noqa: PLC0415 - loaded on first use

        self.push_screen(ShowTextScreen("Restoring a backup", plain(words)))

    def import_in_background(
        self, draft: "Draft", review: "Review", existing: "Existing", turn: "TurnTerms | None" = None
    ) -> None:
        """Start to import a draft in a worker, as a move to a new school year on request. Only one import may be in progress."""
        self.finished_import = None
        self.running_import = self._background_import.start(draft, review, existing, turn)

    def move_up_in_background(self, terms: "TurnTerms") -> None:
        """Start to move everybody up a year in a worker. Only one import may be in progress."""
        self.finished_import = None
        self.running_import = self._background_import.start_moving_up(terms)

    def forget_finished_import(self) -> None:
        """Forget the last import, because it has been undone."""
        self.finished_import = None

    @on(BackgroundImport.Progressed)
    def _show_import(self, event: BackgroundImport.Progressed) -> None:
        self.running_import = event.running

    @on(BackgroundImport.Ended)
    def _show_finished_import(self, event: BackgroundImport.Ended) -> None:
        self.running_import = None
        self.finished_import = finished = event.finished
        what = plain(finished.title, 50).plain
        if finished.error is not None:
            message = plain(finished.failure).plain
            self.notify(message, title=f"{what} failed", severity="error", timeout=20, markup=False)
        elif not getattr(self.screen, "SHOWS_IMPORTS", False):
            self.notify(f"{what} is complete.", timeout=5, markup=False)
        self.refresh_progress()

    @on(WelcomeScreen.Chosen)
    def _open_choice(self, event: WelcomeScreen.Chosen) -> None:
        """Open what was chosen on the first screen."""
        from backdrop_tui.tui.flow import open_choice  # noqa: PLC0415 - loads polars

        open_choice(self, event.choice)

    def _apply_theme(self, choice: str) -> None:
        """Show the theme for a choice of the setting."""
        self.theme = theme_for(self, choice)
        with suppress(ThemeStackError):
            self.console.pop_theme()
        self.console.push_theme(cell_styles(self))

    def action_next_theme(self) -> None:
        """Change to the next theme, and store that as the setting once there is a school."""
        choice = THEMES[(THEMES.index(choice_of(self)) + 1) % len(THEMES)]
        self._apply_theme(choice)
        self.clear_notifications()
        self.notify(f"Theme: {choice}. F2 changes it again.", timeout=3, markup=False)
        if self.progress is not None and self.progress.organisation:
            self._store_theme(choice)

    @work(thread=True, exclusive=True, group="theme", exit_on_error=False)
    def _store_theme(self, choice: str) -> None:
        """Store the theme as a setting, in a worker."""
        from backdrop_tui.people.setting_changes import change_setting  # noqa: PLC0415 - loads polars

        try:
            change_setting(self.school, "theme", choice)
        except BackdropError as error:
            self.post_message(ProgressReader.ReadFailed(error))

    def action_help_keys(self) -> None:
        """Show what the screen in front is for, and its keys."""
        from backdrop_tui.tui.screens.dialogs.help import HelpScreen  # noqa: PLC0415 - loaded on first use

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen.of(self.screen))

    def action_palette(self) -> None:
        """Show everything that can be done on the screen in front, and places to go; do what is chosen."""
        from backdrop_tui.tui.screens.dialogs.palette import (  # noqa: PLC0415 - loaded on first use
            PaletteScreen,
            commands_of,
            places,
        )

        if not isinstance(self.screen, DialogScreen):
            commands = [*commands_of(self.screen), *places(self.progress, self.go_to)]
            self.push_screen(PaletteScreen(commands), lambda command: command and command.run())

    def action_steps(self) -> None:
        """Show set-up progress, and go to a step."""
        from backdrop_tui.tui.screens.dialogs.steps import StepsScreen  # noqa: PLC0415 - loaded on first use

        if self.progress is not None and not isinstance(self.screen, DialogScreen):
            self.push_screen(StepsScreen(self.progress), self.go_to)

    def go_to(self, place: str | None) -> None:
        """Leave every screen but the first, and open a step or another place; ask first if something would be lost."""
        if place is not None:
            self._confirm_leaving(lambda: self._go_to(place))

    def _go_to(self, place: str) -> None:
        from backdrop_tui.tui.flow import open_place  # noqa: PLC0415 - loads polars

        self._leave_screens()
        open_place(self, place)

    def _leave_screens(self) -> None:
        """Leave every screen but the first."""
        self._save_and_release_screens()
        while len(self.screen_stack) > 1:
            self.pop_screen()

    async def action_quit(self) -> None:
        """Close the app, so that the next start resumes here; ask first if something would be lost or interrupted."""
        running = "An import is running. Back:drop will close once it is stored, which may take a moment."
        self._confirm_leaving(self._close, *([running] if self.running_import is not None else []))

    def _confirm_leaving(self, leave: Callable[[], None], *warnings: str) -> None:
        """Leave, after asking if there are warnings, the screens' own among them."""
        screen_warnings = (getattr(screen, "leave_warning", "") for screen in self.screen_stack)
        reasons = [*warnings, *filter(None, screen_warnings)]

        def leave_on_purpose() -> None:
            for screen in self.screen_stack:
                if isinstance(screen, StepScreen):
                    screen.leave_on_purpose()
            leave()

        if not reasons:
            leave_on_purpose()
            return
        from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen  # noqa: PLC0415 - loaded on first use

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - a screen's result
            if yes:
                leave_on_purpose()

        self.push_screen(ConfirmScreen("Leave anyway?", "\n".join(reasons), "Leave", "Stay"), answered)

    def _close(self, message: str | None = None) -> None:
        """Close the app, and leave a message on the terminal if there is one."""
        self._save_and_release_screens()
        self.exit(message=None if message is None else Text(message))

    def _terminate(self, exit_status: int) -> None:
        """Close the app because of a signal."""
        self._save_and_release_screens()
        self.exit(return_code=exit_status)

    def _save_and_release_screens(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, StepScreen):
                if screen.is_mounted:
                    screen.save_state()
                screen.release()

    def _handle_exception(self, error: Exception) -> None:
        """End the app on an unexpected error, except on one that is harmless.

        A screen that is being opened while the app closes finds none of its widgets.
        """
        if not (isinstance(error, NoMatches) and self.return_code is not None):
            super()._handle_exception(error)

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Send an update of the screen to the terminal, without what that shows already."""
        if isinstance(renderable, ChopsUpdate | LayoutUpdate):
            # Whatever the line or another program has left on the screen is gone once the user goes elsewhere.
            shown_before, self._shown_screen = self._shown_screen, (screen, self.size)
            whole = isinstance(renderable, LayoutUpdate) and shown_before != self._shown_screen
            renderable = cast("RenderableType", ChangedCells(renderable, self._shown_cells, whole=whole))
        super()._display(screen, renderable)

    def _fatal_error(self) -> None:
        """Leave a sentence on the terminal instead of a traceback, whose variables hold pupils' names."""
        self.bell()
        # Errors that follow from the first one only hide it.
        self._exit_renderables[:] = [plain(crash_message(self._exception)).plain]
        self._close_messages_no_wait()
