"""What every screen of the wizard has in common."""

from dataclasses import dataclass
from typing import ClassVar, Protocol, TypeVar, cast

from textual import on
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.events import ScreenResume
from textual.message import Message
from textual.notifications import SeverityLevel
from textual.screen import ModalScreen, Screen
from textual.widgets import Footer, Input
from textual.worker import Worker, WorkerState

from backdrop_tui.errors import BackdropError
from backdrop_tui.tui.shell.host import Host
from backdrop_tui.tui.shell.stylesheets import sheet
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.tui.widgets.setup_menu import SetupMenu

Result = TypeVar("Result")


@dataclass
class Failed(Message):
    """What a worker ends with when something can't be done."""

    error: BackdropError
    """Why."""


_STAYS = object()


class OrderlyScreen(Screen[Result]):
    """A screen that is left only while it is in front, and on which nothing breaks in silence."""

    _leaves_with: object = _STAYS  # what it is left with, once it is in front again

    @property
    def host(self) -> Host:
        """The app, as far as screens know it."""
        return cast("Host", self.app)

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave with a result: now, or once the window in front of this screen is closed.

        What is found out away from the screen can come to its end behind such a window; Textual would close that instead.
        """
        if self.is_active:
            return super().dismiss(result)
        self._leaves_with = result
        return AwaitComplete()

    @on(ScreenResume)
    def _leave_late(self) -> None:
        """Leave, where that was put off."""
        closing = self.app.return_code is not None
        if self._leaves_with is not _STAYS and self.is_active and not closing:
            super().dismiss(cast("Result | None", self._leaves_with))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """What breaks away from the screen breaks the app too, which says so. Otherwise the screen would wait for ever."""
        pass_on(event)


class StepScreen(OrderlyScreen[Result]):
    """One step of the wizard. It is left by `dismiss` with a result of its own type."""

    HELP: ClassVar[str] = ""
    """What F1 shows: what this step is for, in a few short sentences. The keys are listed below it."""

    STEP: ClassVar[str] = ""
    """The key of the step of set-up that this screen belongs to."""

    keys_wait = False
    """Whether keys wait, because what they would do depends on something that is still being found out."""

    KEYS_AT_ONCE: ClassVar[frozenset[str]] = frozenset()
    """Keys that don't wait here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", id="back", tooltip="One step back; nothing is lost"),
        Binding("pagedown", "page(1)", "Further down", show=False, id="page.down", tooltip="Further down"),
        Binding("pageup", "page(-1)", "Further up", show=False, id="page.up", tooltip="Further up"),
    ]

    def action_page(self, step: int) -> None:
        """Scroll what doesn't fit on the screen."""
        for body in self.query(VerticalScroll):
            (body.scroll_page_down if step > 0 else body.scroll_page_up)(animate=False)

    def on_mount(self) -> None:
        """Begin without a blinking cursor, which would send 2 KB a second over a slow line for ever."""
        steady(self)
        for footer in self.query(Footer):
            self.mount(SetupMenu(self.step_here), before=footer)

    @property
    def is_typing(self) -> bool:
        """Whether a line of text has the focus, so that keys are meant for what is typed there."""
        return isinstance(self.focused, Input)

    @property
    def step_here(self) -> str:
        """The key of the step of set-up that this screen belongs to; empty where it belongs to none."""
        return self.STEP

    @property
    def why_stay(self) -> str:
        """Why the app should not be left just now, in a sentence; empty where it can be."""
        return ""

    def put_away(self) -> None:
        """Let go of what this screen works on; it stays on disk."""

    def keep_place(self) -> None:
        """Keep where the user is, so that the next start can go on there."""

    def action_back(self) -> None:
        """Go one step back."""
        self.dismiss(None)

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        self.keys_wait = False
        self.failed(event.error)

    def failed(self, error: BackdropError) -> None:
        """Say what can't be done."""
        self.say(error)

    def say(self, error: BackdropError) -> None:
        """Show an error that the user is meant to see."""
        show_error(self.app, error)


class AskScreen(OrderlyScreen[Result], ModalScreen[Result]):
    """A small window that asks one thing. Esc leaves it without an answer."""

    CSS_PATH = sheet("ask")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel", id="cancel", tooltip="Leave everything as it is"),
    ]

    def on_mount(self) -> None:
        """Begin without a blinking cursor."""
        steady(self)

    def action_cancel(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)


class Notifier(Protocol):
    """An app or a screen that can show a notification."""

    def notify(
        self, message: str, *, title: str, severity: SeverityLevel, timeout: float | None, markup: bool
    ) -> None:
        """Show a notification."""


def show_error(app: Notifier, error: BackdropError) -> None:
    """Show an error that the user is meant to see, whatever screen is in front."""
    app.notify(plain(error.message).plain, title=error.title, severity="error", timeout=15, markup=False)


def steady(screen: Screen[Result]) -> None:
    """Let no cursor blink on a screen."""
    for box in screen.query(Input):
        box.cursor_blink = False


def pass_on(event: Worker.StateChanged) -> None:
    """Break, where a worker broke.

    Raises:
        Exception: What the worker ended with.
    """
    if event.state is WorkerState.ERROR and event.worker.error is not None:
        raise event.worker.error
