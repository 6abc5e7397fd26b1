"""Press keys at random in the app, as a child at the keyboard would: `python -m tests.fuzz.keys [--minutes N] [--seed S] [--size 80x24]`.

Whatever is pressed, the app goes on, and what is stored stays sound. Ends with 1 if it doesn't, after printing the last keys.
"""

import argparse
import asyncio
import random
import secrets
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import BytesIO, TextIOWrapper
from itertools import islice
from pathlib import Path

import time_machine

from backdrop_tui.school.school import School
from backdrop_tui.wording import counted
from tests.fuzz.promises import BrokenPromiseError, hold
from tests.pictures.school import full_school, new_school
from tests.support.made_up import NOW
from tests.support.walk import NARROW, walking

_MOVES = (
    *("up", "left", "right", "tab", "shift+tab", "space", "home", "end", "pageup", "pagedown", "backspace"),
    *("delete", "f1", "f3", *(f"ctrl+{key}" for key in ("p", "e", "n", "r", "z", "home", "end"))),
)
_USUAL = ("enter", "down", "escape")
_CHARACTERS = "abcdefghijklmnoprstuvwxyzABCFLNTY0123456789/-.,"  # all but those that quit
_PATIENCE = 30
"""Seconds after which the app is taken for stuck."""
_AT_A_TIME = 300
"""Keys after which the app is closed and opened again."""


def random_keys(choices: random.Random) -> Iterator[str]:
    """Keys without end: a third of them usual ones, a third others that lead somewhere, and a third characters."""
    while True:
        yield choices.choice(choices.choice((_USUAL, _MOVES, _CHARACTERS)))


async def a_round(seed: int, number: int, size: tuple[int, int] = NARROW) -> None:
    """Press a number of random keys in the app of a made-up school, which has its people stored or has yet to begin.

    It ends early if one of them closes the app.

    Raises:
        BrokenPromiseError: The app has broken or is stuck, and the message names the last keys, each with the screen that it met; or
            what is stored isn't sound.
    """
    choices, last = random.Random(seed), deque[str](maxlen=20)
    with tempfile.TemporaryDirectory() as place:
        with redirect_stdout(TextIOWrapper(BytesIO())):
            folder, files = choices.choice((new_school, full_school))(Path(place))
        try:
            async with walking(folder, files, size) as walk:
                for key in islice(random_keys(choices), number):
                    last.append(f"{type(walk.app.screen).__name__}: {key}")
                    await asyncio.wait_for(walk.press(key), _PATIENCE)
                    if walk.app._exit or walk.app._exception is not None:
                        break
        except Exception as error:
            raise BrokenPromiseError(f"{', '.join(last)}: {error!r}") from error
        with School(folder) as school:
            faults = school.store.faults(thorough=True)
            hold(f"What is stored isn't sound: {faults}", kept=not faults)


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    return int(width), int(height)


def main() -> int:
    """Press keys until the time is over or the app has broken. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.keys", description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0, help="how long to press keys [default: 5]")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000), help="where to begin")
    parser.add_argument("--size", type=_size, default=NARROW, help="of the terminal [default: 80x24]")
    chosen = parser.parse_args()
    start, rounds = time.monotonic(), 0
    while time.monotonic() - start < chosen.minutes * 60:
        with time_machine.travel(NOW.astimezone(), tick=True):
            try:
                asyncio.run(a_round(chosen.seed + rounds, _AT_A_TIME, chosen.size))
            except BrokenPromiseError as error:
                sys.stdout.write(f"Seed {chosen.seed + rounds}: {error}\n")
                return 1
        rounds += 1
    sys.stdout.write(
        f"Seed {chosen.seed}: {counted(rounds, 'round')} of up to {_AT_A_TIME} keys, and all is well.\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
