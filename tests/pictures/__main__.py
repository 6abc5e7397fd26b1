"""Pictures of every screen: `python -m tests.pictures DIR [--only NAME] [--look LOOK] [--size 80x24] [--readme] [--guide]`."""

import argparse
import asyncio
import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO, TextIOWrapper
from pathlib import Path
from unittest import mock

import time_machine

from backdrop_tui.school.school import School
from tests.pictures.drawing import save
from tests.pictures.school import full_school, new_school
from tests.pictures.tour import administration_tour, import_tour
from tests.support.made_up import NOW
from tests.support.walk import NARROW, Walk, walking

README_SIZE = (150, 40)
"""The size of the terminal in the picture of the README."""
GUIDE_SIZE = (80, 24)
"""The size of the terminal in the pictures of the guide."""
GUIDE_STOPS = (
    "pick-file",
    "match",
    "put-right-finding",
    "put-right",
    "values",
    "who-is-who",
    "check",
    "action-plan-later",
    "invite",
    "turn",
)
"""The screens that the guide shows; each picture has the name of its screen."""
SIZES = ((80, 24), (120, 40), (200, 60))


@dataclass(frozen=True)
class Look:
    """What a terminal can show, and the theme that is chosen."""

    name: str
    """Part of the names of the pictures."""
    theme: str = "dark"
    """The setting `theme`."""
    terminal: dict[str, str] = field(
        default_factory=lambda: {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    )
    """The environment variables that tell what the terminal can show."""


LOOKS = (
    Look("dark"),
    Look("light", "light"),
    Look("high-contrast", "high contrast"),
    Look("no-color", terminal={"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"}),
    Look("16-colours", terminal={"TERM": "xterm", "COLORTERM": ""}),
    Look("16-colours-light", "light", terminal={"TERM": "xterm", "COLORTERM": ""}),
)
TOURS = ((new_school, import_tour), (full_school, administration_tour))


@dataclass(frozen=True)
class Order:
    """What is to be drawn."""

    target: Path
    """The folder for the pictures."""
    only: str
    """Part of the names of the screens."""
    sizes: Sequence[tuple[int, int]]
    """The sizes of the terminal."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Names of the files by the names of their screens, if only these pictures are wanted; empty for all pictures."""


async def draw(look: Look, order: Order) -> None:
    """Draw every screen in one look, in all sizes."""
    for prepare, tour in TOURS:
        with tempfile.TemporaryDirectory() as place:
            with redirect_stdout(TextIOWrapper(BytesIO())):
                folder, files = prepare(Path(place))
            with School(folder) as school:
                school.settings.put("theme", look.theme)
            async with walking(folder, files) as walk:
                await tour(walk, files, partial(_stop, walk, look, order))


async def _stop(walk: Walk, look: Look, order: Order, name: str) -> None:
    walk.app.clear_notifications()
    if order.only not in name or (order.files and name not in order.files):
        return
    for width, height in order.sizes:
        await walk.resize((width, height))
        save(walk.app, order.target / (order.files.get(name) or f"{name}.{width}x{height}.{look.name}.svg"))
    await walk.resize(NARROW)


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    return int(width), int(height)


def main() -> None:
    """Draw what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", type=Path, help="the folder for the pictures")
    parser.add_argument("--readme", action="store_true", help="only the picture in the README, put-right.svg")
    parser.add_argument("--guide", action="store_true", help="only the pictures in the guide, in guide/")
    parser.add_argument("--only", default="", help="part of the name of the screens to draw")
    parser.add_argument("--look", action="append", choices=[look.name for look in LOOKS])
    parser.add_argument("--size", action="append", type=_size, help="such as 80x24")
    arguments = parser.parse_args()
    arguments.target.mkdir(parents=True, exist_ok=True)
    order = Order(arguments.target, arguments.only, arguments.size or SIZES)
    looks = [look for look in LOOKS if not arguments.look or look.name in arguments.look]
    if arguments.readme:
        files = {"put-right-finding": "put-right.svg"}
        order, looks = Order(arguments.target, "", [README_SIZE], files), [LOOKS[0]]
    if arguments.guide:
        (arguments.target / "guide").mkdir(exist_ok=True)
        files = {name: f"guide/{name}.svg" for name in GUIDE_STOPS}
        order, looks = Order(arguments.target, "", [GUIDE_SIZE], files), [LOOKS[0]]
    for look in looks:
        with mock.patch.dict(os.environ, look.terminal), time_machine.travel(NOW.astimezone(), tick=True):
            asyncio.run(draw(look, order))


if __name__ == "__main__":
    main()
