"""Closing the app when its terminal goes away (SIGHUP) or when it is asked to stop (SIGTERM)."""

import asyncio
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from threading import Timer

_DEADLINE = 2.0
"""Seconds for closing the app; after that the process ends."""


def on_termination(loop: asyncio.AbstractEventLoop, close: Callable[[int], None]) -> None:
    """Call a function on SIGHUP and SIGTERM, and end the process soon after that in any case.

    Closing can hang if the terminal is gone or another process holds a lock.

    Args:
        loop: The event loop that the function is called on.
        close: Called with the exit status, 128 plus the signal's number.
    """

    def terminate(number: signal.Signals) -> None:
        deadline = Timer(_DEADLINE, os._exit, (128 + number,))
        deadline.daemon = True
        deadline.start()
        close(128 + number)

    for number in (signal.SIGHUP, signal.SIGTERM):
        # Handlers can only be added in the main thread.
        with suppress(RuntimeError, ValueError):
            loop.add_signal_handler(number, terminate, number)
