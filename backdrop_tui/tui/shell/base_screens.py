"""Base classes of all screens."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Protocol, TypeVar, cast

from textual import on
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.events import ScreenResume
from textual.message import Message
from textual.notifications import SeverityLevel
from textual.screen import ModalScreen, Screen
from textual.widgets import Input
from textual.worker import Worker, WorkerState

from backdrop_tui.errors import BackdropError
from backdrop_tui.steps import listing
from backdrop_tui.tui.shell.host import Host
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.shell.unsaved_input import UnsavedInput
from backdrop_tui.tui.widgets.footer import Footer
from backdrop_tui.tui.widgets.panels.more_below import MoreBelow
from backdrop_tui.tui.widgets.panels.next_key import NextKey
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.tui.widgets.progress_menu import ProgressMenu

Result = TypeVar("Result")
"""The type that a screen is dismissed with."""


@dataclass
class Failed(Message):
    """A worker could not do what it was asked to."""

    error: BackdropError
    """Why it failed."""


_NOT_DISMISSED = object()


class BaseScreen(Screen[Result]):
    """A screen that is dismissed only while it is in front, and that re-raises what its workers raise."""

    _postponed_result: object = _NOT_DISMISSED

    @property
    def host(self) -> Host:
        """The app, as its screens see it."""
        return cast("Host", self.app)

    @property
    def help_text(self) -> str:
        """The help text for F1 as it is now; empty if there is none."""
        return self.HELP or ""

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave the screen with a result, at once or as soon as no other screen is in front of it.

        A worker can finish while a dialog is in front of its screen. Textual would dismiss the dialog instead.
        """
        if self.is_active:
            return super().dismiss(result)
        self._postponed_result = result
        return AwaitComplete()

    @on(ScreenResume)
    def _dismiss_if_postponed(self) -> None:
        """Leave the screen now, if it was dismissed while another screen was in front of it."""
        app_is_closing = self.app.return_code is not None
        if self._postponed_result is not _NOT_DISMISSED and self.is_active and not app_is_closing:
            super().dismiss(cast("Result | None", self._postponed_result))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Let an unexpected error in a worker end the app; otherwise the screen would wait for ever."""
        raise_worker_error(event)


class StepScreen(BaseScreen[Result]):
    """A full screen with a breadcrumb, the progress menu and a footer. It is left by `dismiss` with its result."""

    HELP: ClassVar[str] = ""
    """Help text for F1: what the screen is for, in a few short sentences. Its keys are listed below that."""

    NEXT_KEYS: ClassVar[tuple[tuple[str, str], ...]] = ()
    """The keys that lead on, with what each does: shown in a line above the footer until a first import is complete."""

    holds_keys = False
    """Whether the key queue waits, because what a key does depends on a worker that hasn't finished."""

    _kept: UnsavedInput | None = None

    UNQUEUED_KEYS: ClassVar[frozenset[str]] = frozenset()
    """Keys that are handled at once on this screen, even if others are waiting."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", id="back", tooltip="One step back; nothing is lost"),
        Binding("pagedown", "page(1)", "Further down", show=False, id="page.down", tooltip="Further down"),
        Binding("pageup", "page(-1)", "Further up", show=False, id="page.up", tooltip="Further up"),
    ]

    def action_page(self, direction: int) -> None:
        """Scroll the screen's content by a page: down if the direction is positive, otherwise up."""
        for body in self.query(VerticalScroll):
            (body.scroll_page_down if direction > 0 else body.scroll_page_up)(animate=False)

    def on_mount(self) -> None:
        """Add the progress menu and what says that there is more, and stop cursors from blinking."""
        stop_cursor_blinking(self)
        for body in [child for child in self.children if isinstance(child, VerticalScroll)]:
            self.mount(MoreBelow(body), after=body)
        for footer in self.query(Footer):
            if self.NEXT_KEYS:
                self.mount(NextKey(self.NEXT_KEYS), before=footer)
            self.mount(ProgressMenu(self.step_key), before=footer)

    @property
    def is_typing(self) -> bool:
        """Whether a text input has the focus, so that letters are typed into it."""
        return isinstance(self.focused, Input)

    @property
    def step_key(self) -> str:
        """Key of the set-up step that this screen belongs to; empty if it belongs to none."""
        path = f"{type(self).__module__}:{type(self).__name__}"
        return next((step.key for step in listing.STEPS if step.screen == path), "")

    @property
    def leave_warning(self) -> str:
        """What would be lost or interrupted if the user left now, in a sentence; empty if nothing would be."""
        return ""

    @property
    def unsaved_input(self) -> Mapping[str, Any] | None:
        """What the user has typed or ticked on the screen and not saved, as JSON; None if there is nothing."""
        return None

    @property
    def unsaved_place(self) -> tuple[Path, str]:
        """The folder and the name of the file that keeps unsaved input."""
        return self.host.folder.unsaved, type(self).__name__

    def show_unsaved(self, unsaved: Mapping[str, Any]) -> bool:  # noqa: ARG002 - for screens that have unsaved input
        """Show unsaved input that was left when the app was cut off. Returns whether that was possible."""
        return False

    @on(Input.Changed)
    def keep_unsaved(self) -> None:
        """Keep unsaved input on disk as it is now; to be called whenever it has changed."""
        unsaved = self.unsaved_input if self.is_mounted else None
        if unsaved is None:
            self.forget_unsaved()
        else:
            self._kept = self._kept or UnsavedInput(*self.unsaved_place)
            self._kept.keep(unsaved)

    def restore_unsaved(self) -> bool:
        """Show what was left when the screen was closed from outside; to be called once the screen can show it.

        Returns whether there was anything.
        """
        self._kept = UnsavedInput(*self.unsaved_place)
        left_over = self._kept.left_over()
        if not isinstance(left_over, Mapping) or not self.show_unsaved(left_over):
            self.forget_unsaved()
            return False
        self.notify("What you were typing and hadn't saved is here again.", markup=False)
        return True

    def show_kept_again(self) -> None:
        """Show unsaved input that could not be saved, as it is kept on disk."""
        kept = self._kept.left_over() if self._kept is not None else None
        if isinstance(kept, Mapping):
            self.show_unsaved(kept)

    def leave_on_purpose(self) -> None:
        """Forget unsaved input, because the user leaves for another place or closes the app."""
        self.forget_unsaved()

    def forget_unsaved(self) -> None:
        """Remove unsaved input from the disk."""
        if self._kept is not None:
            self._kept.forget()

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave the screen with a result, and forget unsaved input."""
        self.forget_unsaved()
        return super().dismiss(result)

    def on_unmount(self) -> None:
        """Let another window use the file of unsaved input."""
        if self._kept is not None:
            self._kept.release()

    def release(self) -> None:
        """Release what the screen holds, such as the lock on a draft, before the app leaves the screen."""
        if self._kept is not None:
            self._kept.release()

    def save_state(self) -> None:
        """Save where the user is, so that they can carry on there when the app is next started."""

    def action_back(self) -> None:
        """Go back one step."""
        self.dismiss(None)

    @on(Failed)
    def _handle_failure(self, event: Failed) -> None:
        self.holds_keys = False
        self.show_failure(event.error)

    def show_failure(self, error: BackdropError) -> None:
        """Show why a worker failed. Screens that have a better place than a notification override this."""
        self.show_error(error)

    def show_error(self, error: BackdropError) -> None:
        """Show an error as a notification."""
        show_error(self.app, error)


class DialogScreen(BaseScreen[Result], ModalScreen[Result]):
    """A small window in front of another screen. Escape closes it with None."""

    CSS_PATH = stylesheet("dialog")
    ENTER: ClassVar[str] = ""
    """What Enter does, for F1, where the part of the window that has the focus handles it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel", id="cancel", tooltip="Leave everything as it is"),
        Binding(
            "f1", "app.help_keys", "Help", show=False, id="dialog.help", tooltip="All keys of this window"
        ),
    ]

    def on_mount(self) -> None:
        """Stop cursors from blinking."""
        stop_cursor_blinking(self)

    def action_cancel(self) -> None:
        """Close the dialog with None."""
        self.dismiss(None)


class Notifier(Protocol):
    """An app or a screen that can show notifications."""

    def notify(
        self, message: str, *, title: str, severity: SeverityLevel, timeout: float | None, markup: bool
    ) -> None:
        """Show a notification for a number of seconds."""


def show_error(app: Notifier, error: BackdropError) -> None:
    """Show an error as a notification, whichever screen is in front."""
    app.notify(plain(error.message).plain, title=error.title, severity="error", timeout=15, markup=False)


def stop_cursor_blinking(screen: Screen[Result]) -> None:
    """Stop the cursors of a screen's inputs from blinking, which sends 2 KB a second over SSH."""
    for text_input in screen.query(Input):
        text_input.cursor_blink = False


def raise_worker_error(event: Worker.StateChanged) -> None:
    """Raise the exception that ended a worker, if one did.

    Raises:
        Exception: What the worker raised.
    """
    if event.state is WorkerState.ERROR and event.worker.error is not None:
        raise event.worker.error
