"""An app whose keys are handled one after the other, however fast they come.

Textual hands a key to what has the focus as the key arrives. Over a slow line several arrive at once, and those behind
an Enter would go to where the focus was before it: letters meant for a form would be taken for commands.
"""

import asyncio
from collections import deque
from collections.abc import Iterable
from typing import ClassVar

from textual import events
from textual.app import App, ReturnType
from textual.message_pump import MessagePump

from backdrop_tui.tui.widgets.plain import printable_lines

_TURNS = 2_000
"""How often it is looked whether a key has been dealt with, before the next one gets its turn all the same."""
_QUIET = 3
"""How many looks in a row must find nothing to do."""
_WHILE_CHECKING = 0.005
"""Seconds between looks while the screen is waiting for a worker."""


class KeysInOrder(App[ReturnType]):
    """An app in which a key waits until all that the key before it began has been done."""

    UNQUEUED_KEYS: ClassVar[frozenset[str]] = frozenset({"ctrl+q"})
    """Keys that never wait."""

    def __init__(self) -> None:
        super().__init__()
        self._keys_to_come: deque[events.Key | events.Paste] = deque()
        self._taking_turns: asyncio.Task[None] | None = None

    @property
    def holds_keys(self) -> bool:
        """Whether a key is being dealt with, or waits for its turn."""
        return self._taking_turns is not None and not self._taking_turns.done()

    async def on_event(self, event: events.Event) -> None:
        """Let keys and pasted text wait for their turn."""
        if not isinstance(event, (events.Key, events.Paste)) or event.is_forwarded or self._at_once(event):
            await super().on_event(event)
            return
        # What is pasted may hold what could drive the terminal, and lines of text show it as it is.
        self._keys_to_come.append(
            events.Paste(printable_lines(event.text)) if isinstance(event, events.Paste) else event
        )
        if not self.holds_keys:
            self._taking_turns = asyncio.create_task(self._take_turns())
            self._taking_turns.add_done_callback(self._turns_ended)

    def _at_once(self, event: events.Event) -> bool:
        if not isinstance(event, events.Key):
            return False
        of_screen = getattr(self.screen, "UNQUEUED_KEYS", ()) if self.screen_stack else ()
        return event.key in self.UNQUEUED_KEYS or event.key in of_screen

    async def _take_turns(self) -> None:
        while self._keys_to_come and self.is_running:
            await super().on_event(self._keys_to_come.popleft())
            await self._all_quiet()

    async def _all_quiet(self) -> None:
        """Wait until nothing waits in any queue of the screen, and the screen waits for no worker."""
        quiet = 0
        for _ in range(_TURNS):
            busy = getattr(self.screen, "holds_keys", False)
            await asyncio.sleep(_WHILE_CHECKING if busy else 0)
            if not self.is_running or not self.screen_stack:
                return
            quiet = 0 if busy or any(node.message_queue_size for node in self._everything()) else quiet + 1
            if quiet == _QUIET and self.screen.is_mounted:
                return

    def _everything(self) -> Iterable[MessagePump]:
        return (self, *self.screen.walk_children(with_self=True))

    def _turns_ended(self, turns: asyncio.Task[None]) -> None:
        if not turns.cancelled() and isinstance(error := turns.exception(), Exception):
            self._handle_exception(error)
