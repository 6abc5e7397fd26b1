"""An app that closes by itself when nobody is there any more.

One timer sleeps until something may have to be done. A key only notes the time, so that it costs nothing, and nothing is
drawn before the warning.
"""

from time import monotonic
from typing import TYPE_CHECKING

from textual import events
from textual.app import ReturnType
from textual.widgets import Input

from backdrop_tui.tui.shell.key_queue import KeysInOrder

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

_UNTIL_KNOWN = 30
"""Minutes, until it is known what is set."""
_LONGEST_WARNING = 60.0
"""Seconds between the warning and the end; half of all the time where that is less."""
_UNTIL_A_KEY = 86_400.0
"""Seconds for which the warning stands; a key takes it away."""
_WHILE_BUSY = 2.0
"""Seconds between looks whether what is being done has come to its end."""
_SIGNS_OF_LIFE = (
    events.Key,
    events.Paste,
    events.MouseDown,
    events.MouseScrollDown,
    events.MouseScrollUp,
)


class ClosesWhenIdle(KeysInOrder[ReturnType]):
    """An app that closes after some minutes without a key; it warns before, and finishes what is being done."""

    def __init__(self) -> None:
        super().__init__()
        self.clock: Callable[[], float] = monotonic
        """Seconds from some moment on."""
        self.idle_minutes = _UNTIL_KNOWN
        """After how many minutes without a key it closes."""
        self._last_sign = self.clock()
        self._closes_at: float | None = None
        self._next_look: Timer | None = None

    @property
    def is_about_to_close(self) -> bool:
        """Whether it has been said that the app will close."""
        return self._closes_at is not None

    @property
    def is_busy(self) -> bool:
        """Whether something is being done that must come to its end first: an import, messages going out."""
        return any(not worker.is_finished for worker in self.workers)

    def on_mount(self) -> None:
        """Begin to count."""
        self.look_whether_idle()

    def close_when_idle(self, minutes: int) -> None:
        """Close after so many minutes without a key from now on."""
        if minutes != self.idle_minutes:
            self.idle_minutes = minutes
            self._stay_open()

    def look_whether_idle(self) -> None:
        """Warn, or close, if it is time for that; look again when it may be."""
        now, whole = self.clock(), self.idle_minutes * 60.0
        warning = min(_LONGEST_WARNING, whole / 2)
        if self._closes_at is None:
            wait = self._last_sign + whole - warning - now
            if wait <= 0:
                wait = warning
                self._closes_at = now + wait
                self._warn(wait)
                self.about_to_close()
        else:
            wait = self._closes_at - now
            if wait <= 0 and not self.is_busy:
                minutes = "1 minute" if self.idle_minutes == 1 else f"{self.idle_minutes:,} minutes"
                self.close_by_itself(
                    f"backdrop closed after {minutes} without a key. What was saved is kept."
                )
                return
            wait = wait if wait > 0 else _WHILE_BUSY
        if self._next_look is not None:
            self._next_look.stop()
        self._next_look = self.set_timer(wait, self.look_whether_idle)

    def about_to_close(self) -> None:
        """Look once more whether the minutes are still those that are set."""

    def close_by_itself(self, why: str) -> None:
        """Close in good order, and leave one line on the terminal."""
        self.exit(message=why)

    async def on_event(self, event: events.Event) -> None:
        """Note that somebody is there. The key that takes the warning away does nothing else, unless it types a letter."""
        if isinstance(event, _SIGNS_OF_LIFE) and not event.is_forwarded:
            self._last_sign = self.clock()
            if self.is_about_to_close:
                self._stay_open()
                if isinstance(event, events.Key) and not self._is_typed(event):
                    return
        await super().on_event(event)

    def _is_typed(self, key: events.Key) -> bool:
        """Whether a key means what it means whoever has just come back: a letter in a line of text, or the end."""
        return key.key in self.UNQUEUED_KEYS or (key.is_printable and isinstance(self.focused, Input))

    def _warn(self, seconds: float) -> None:
        when = "once what is being done has ended" if self.is_busy else f"in {seconds:.0f} seconds"
        self.bell()
        self.notify(
            f"Back:drop closes {when}. What was saved is kept. Any key keeps it open, and does nothing else.",
            title="Are you still there?",
            severity="warning",
            timeout=_UNTIL_A_KEY,
            markup=False,
        )

    def _stay_open(self) -> None:
        """Take the warning away, and count anew."""
        if self._closes_at is not None:
            self._closes_at = None
            self.clear_notifications()
        if self.is_running:
            self.look_whether_idle()
