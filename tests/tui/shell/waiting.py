"""Waiting for something in a small app."""

import asyncio
from collections.abc import Callable

_PAUSE = 0.002
_MOST_CHECKS = 5_000


async def until(condition: Callable[[], object]) -> None:
    """Let the event loop go on until a condition holds."""
    for _ in range(_MOST_CHECKS):
        if condition():
            return
        await asyncio.sleep(_PAUSE)
    raise AssertionError("The condition never held.")
