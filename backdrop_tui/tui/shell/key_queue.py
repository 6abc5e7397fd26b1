"""A queue that hands keys to the app one at a time.

Textual gives a key to the widget that has the focus when the key arrives. Over a slow line several keys arrive at once,
and those after an Enter would go to the screen that Enter is about to leave: letters meant for a form would be taken
for commands.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from textual import events
from textual.app import App
from textual.message_pump import MessagePump

from backdrop_tui.tui.widgets.plain import printable_cells

UNQUEUED_KEYS = frozenset({"ctrl+q"})
"""Keys that are handled at once on every screen."""

_MOST_CHECKS = 2_000
"""Checks for unfinished work after a key; then the next key is handled even if some is left."""
_IDLE_CHECKS = 3
"""Consecutive checks that must find no unfinished work before the next key is handled."""
_WORKER_PAUSE = 0.005
"""Seconds between checks while the screen waits for a worker."""


class KeyQueue:
    """Holds back each key or paste until everything that the key before it started has been done."""

    def __init__(
        self,
        app: App[Any],
        deliver: Callable[[events.Event], Awaitable[None]],
        on_error: Callable[[Exception], None],
    ) -> None:
        self._app = app
        self._deliver = deliver
        self._on_error = on_error
        self._waiting: deque[events.Key | events.Paste] = deque()
        self._task: asyncio.Task[None] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a key is being handled, or is waiting."""
        return self._task is not None and not self._task.done()

    def accept(self, event: events.Event) -> bool:
        """Take a key or a paste into the queue.

        Returns:
            Whether the event was taken. Other events, and keys that never wait, are left to the caller.
        """
        if not isinstance(event, (events.Key, events.Paste)) or event.is_forwarded:
            return False
        if isinstance(event, events.Key) and self._skips_queue(event):
            return False
        # A pasted text can contain sequences that control the terminal, and inputs show their text as it is.
        self._waiting.append(
            events.Paste(printable_cells(event.text)) if isinstance(event, events.Paste) else event
        )
        if not self.is_busy:
            self._task = asyncio.create_task(self._deliver_all())
            self._task.add_done_callback(self._report_error)
        return True

    def _skips_queue(self, key: events.Key) -> bool:
        screen_keys = getattr(self._app.screen, "UNQUEUED_KEYS", ()) if self._app.screen_stack else ()
        return key.key in UNQUEUED_KEYS or key.key in screen_keys

    async def _deliver_all(self) -> None:
        if self._screen_holds_keys:
            await self._wait_until_idle()
        while self._waiting and self._app.is_running:
            await self._deliver(self._waiting.popleft())
            await self._wait_until_idle()

    async def _wait_until_idle(self) -> None:
        """Wait until no message is queued anywhere on the screen, and the screen isn't waiting for a worker."""
        idle_checks = 0
        for _ in range(_MOST_CHECKS):
            waits_for_worker = self._screen_holds_keys
            await asyncio.sleep(_WORKER_PAUSE if waits_for_worker else 0)
            if not self._app.is_running or not self._app.screen_stack:
                return
            is_idle = not waits_for_worker and not any(node.message_queue_size for node in self._nodes())
            idle_checks = idle_checks + 1 if is_idle else 0
            if idle_checks == _IDLE_CHECKS and self._app.screen.is_mounted:
                return

    @property
    def _screen_holds_keys(self) -> bool:
        """Whether the screen in front waits for a worker, which a key or the screen itself has started."""
        return bool(self._app.screen_stack) and getattr(self._app.screen, "holds_keys", False)

    def _nodes(self) -> Iterator[MessagePump]:
        yield self._app
        yield from self._app.screen.walk_children(with_self=True)

    def _report_error(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and isinstance(error := task.exception(), Exception):
            self._on_error(error)
