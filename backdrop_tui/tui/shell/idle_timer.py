"""A timer that closes the app when nobody has used it for some time.

It sleeps until something may have to be done. A key only updates the time of the last key, which costs nothing, and
nothing is drawn before the warning.
"""

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App
from textual.widgets import Input

from backdrop_tui.tui.shell.key_queue import UNQUEUED_KEYS
from backdrop_tui.wording import counted

if TYPE_CHECKING:
    from textual.timer import Timer

DEFAULT_MINUTES = 30
"""Minutes without a key until the setting has been read."""
_LONGEST_WARNING = 60.0
"""Seconds between the warning and closing; half of the whole time if that is less."""
_UNTIL_A_KEY = 86_400.0
"""Seconds for which the warning is shown: a day, because a key removes it."""
_WORKER_PAUSE = 2.0
"""Seconds between checks whether the workers have finished."""
_USER_EVENTS = (
    events.Key,
    events.Paste,
    events.MouseDown,
    events.MouseScrollDown,
    events.MouseScrollUp,
)


class IdleTimer:
    """Closes an app after some minutes without a key: first it warns, and it waits for running workers."""

    def __init__(
        self, app: App[Any], *, on_warning: Callable[[], None], on_timeout: Callable[[str], None]
    ) -> None:
        """Create the timer; `start` starts it.

        Args:
            app: The app to watch.
            on_warning: Called when the warning is shown.
            on_timeout: Called with a sentence for the terminal when the app is to close.
        """
        self._app = app
        self._on_warning = on_warning
        self._on_timeout = on_timeout
        self.clock: Callable[[], float] = monotonic
        """Returns seconds since some fixed moment."""
        self.minutes = DEFAULT_MINUTES
        """Minutes without a key after which the app closes."""
        self._last_key_at = self.clock()
        self._closes_at: float | None = None
        self._timer: Timer | None = None

    @property
    def has_warned(self) -> bool:
        """Whether the warning is on the screen."""
        return self._closes_at is not None

    @property
    def is_blocked(self) -> bool:
        """Whether a worker, such as an import or the sending of messages, has to finish first."""
        return any(not worker.is_finished for worker in self._app.workers)

    def start(self) -> None:
        """Start counting now."""
        self._last_key_at = self.clock()
        self.check()

    def set_minutes(self, minutes: int) -> None:
        """Change the time after which the app closes. A warning that is on the screen is withdrawn."""
        if minutes != self.minutes:
            self.minutes = minutes
            self._withdraw_warning()

    def absorb(self, event: events.Event) -> bool:
        """Note that the user is there, if the event is from the user.

        Returns:
            Whether the event has done its work: a key that only removed the warning does nothing else, but a letter
            for a text input is still typed.
        """
        if not isinstance(event, _USER_EVENTS) or event.is_forwarded:
            return False
        self._last_key_at = self.clock()
        if not self.has_warned:
            return False
        self._withdraw_warning()
        return isinstance(event, events.Key) and not self._keeps_its_meaning(event)

    def check(self) -> None:
        """Warn or close if it is time to, and set the timer for the next check."""
        if self._closes_at is None:
            wait = self._warn_if_due()
        elif (wait := self._closes_at - self.clock()) <= 0:
            if not self.is_blocked:
                time = counted(self.minutes, "minute")
                self._on_timeout(f"Back:drop closed after {time} without a key. What was saved is kept.")
                return
            wait = _WORKER_PAUSE
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._app.set_timer(wait, self.check)

    def _warn_if_due(self) -> float:
        """Show the warning if it is time to; return the seconds until the next check."""
        whole = self.minutes * 60.0
        warning = min(_LONGEST_WARNING, whole / 2)
        wait = self._last_key_at + whole - warning - self.clock()
        if wait > 0:
            return wait
        self._closes_at = self.clock() + warning
        self._show_warning(warning)
        self._on_warning()
        return warning

    def _keeps_its_meaning(self, key: events.Key) -> bool:
        """Whether a key does what it always does, even if it also removes the warning."""
        return key.key in UNQUEUED_KEYS or (key.is_printable and isinstance(self._app.focused, Input))

    def _show_warning(self, seconds: float) -> None:
        when = "once the current task has finished" if self.is_blocked else f"in {seconds:.0f} seconds"
        self._app.bell()
        self._app.notify(
            f"Back:drop will close {when}. What was saved is kept. Press any key to keep it open; it does nothing else.",
            title="Are you still there?",
            severity="warning",
            timeout=_UNTIL_A_KEY,
            markup=False,
        )

    def _withdraw_warning(self) -> None:
        """Remove the warning, if it is shown, and set the timer anew."""
        if self._closes_at is not None:
            self._closes_at = None
            self._app.clear_notifications()
        if self._app.is_running:
            self.check()
