"""Uses the app by keys alone, as a user does."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from textual import events
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import OptionList, Static

from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.sources import SourceFile
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.app import BackdropApp
from backdrop_tui.tui.shell.base_screens import StepScreen
from tests.support.made_up import NOW

NARROW = (80, 24)
WIDE = (120, 40)
_A_MOMENT = 0.003
_TURNS = 5_000
S = TypeVar("S")

_parse_rules: Callable[..., list[RuleSet]] = Stylesheet._parse_rules
_parsed: dict[tuple[object, ...], list[RuleSet]] = {}


def _parse_once(sheet: Stylesheet, *text_and_place: object, **origin: object) -> list[RuleSet]:
    """The rules in the text of a style sheet, parsed only when they are asked for the first time."""
    key = (text_and_place, *origin.items(), frozenset(sheet._variables.items()))
    if key not in _parsed:
        _parsed[key] = _parse_rules(sheet, *text_and_place, **origin)
    return _parsed[key]


# Textual parses the styles of all widgets anew whenever an app starts or a screen is opened for the first time. That takes a tenth of
# the time of the tests of screens.
Stylesheet._parse_rules = _parse_once  # type: ignore[assignment, method-assign]


async def until(pilot: Pilot[None], condition: Callable[[], object], turns: int = _TURNS) -> None:
    """Let the app run until a condition holds."""
    for _ in range(turns):
        if condition():
            return
        assert pilot.app._exception is None, "The app broke."
        await asyncio.sleep(_A_MOMENT)
    raise AssertionError(f"The condition never held. The screen shows:\n{screen_text(pilot.app)}")


def screen_text(app: object) -> str:
    """The text on the screen, without styles."""
    assert isinstance(app, BackdropApp)
    lines = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in line).rstrip() for line in lines)


def begun(data: DataFolder, path: Path | None, kind: RecordKind = STUDENTS, stage: str = "fix") -> Draft:
    """A new, open draft that has reached a stage of the import."""
    draft = Draft.create(data, kind, [SourceFile.at(path, path.read_bytes())] if path else [], NOW)
    draft.save_facts(stage=stage)
    return draft


class Walk:
    """A running app, and what a user can do with it."""

    def __init__(self, app: BackdropApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def text(self) -> str:
        """The text on the screen."""
        return screen_text(self.app)

    @property
    def footer(self) -> str:
        """The last line of the screen."""
        return self.text.splitlines()[-1]

    @property
    def focus(self) -> Widget | None:
        """The widget that has the focus."""
        return self.app.focused

    def screen(self, kind: type[S]) -> S:
        """The screen in front, which must be of this type."""
        assert isinstance(self.app.screen, kind), f"{self.app.screen!r} is in front:\n{self.text}"
        return self.app.screen

    def text_of(self, name: str) -> str:
        """The text of a `Static` on the screen, with one space between words."""
        return " ".join(str(self.app.screen.query_one(name, Static).render()).split())

    async def until(self, condition: Callable[[], object]) -> None:
        """Let the app run until a condition holds."""
        await until(self.pilot, condition)

    async def on(self, kind: type[S]) -> S:
        """Let the app run until a screen of this type is in front and settled."""
        await self.until(lambda: isinstance(self.app.screen, kind))
        await self.settle()
        return self.screen(kind)

    async def settle(self) -> None:
        """Let the app run until no work is left to do, and what the screen shows no longer changes."""
        before, shown = None, ""
        while before != shown:
            await self.until(self._is_quiet)
            await self.pilot._wait_for_screen()
            await self.until(self._is_quiet)
            self.app.screen._on_timer_update()
            before, shown = shown, self.text

    def _is_quiet(self) -> bool:
        return not self.app.key_queue.is_busy and all(worker.is_finished for worker in self.app.workers)

    async def press(self, *keys: str) -> None:
        """Press keys, each when everything that the key before it started has been done."""
        for key in keys:
            self.send(key)
            await self.settle()

    def send(self, *keys: str) -> None:
        """Send keys all at once, as a slow line does."""
        for key in keys:
            name = key if len(key) > 1 or key.isalnum() else _character_to_key(key)
            self.app.post_message(events.Key(name, key if len(key) == 1 else None))

    async def paste(self, text: str) -> None:
        """Paste a text, as a terminal does it."""
        self.app.post_message(events.Paste(text))
        await self.settle()

    async def replace(self, text: str) -> None:
        """Paste a text into the input that has the focus, in place of its own."""
        self.send("end", "ctrl+u")
        if text:
            self.app.post_message(events.Paste(text))
        await self.settle()

    async def choose(self, name: str) -> None:
        """Choose an option of the screen's list by its id, with the arrow keys."""
        options = self.app.screen.query_one(OptionList)
        for _ in range(2 * options.option_count):
            # The list may be filled again between two keys: drafts are listed in a worker.
            if options.highlighted == (index := options.get_option_index(name)):
                break
            await self.press("down" if (options.highlighted or 0) < index else "up")
        else:
            raise AssertionError(f"{name} was never reached. The screen shows:\n{self.text}")
        await self.press("enter")

    async def resize(self, size: tuple[int, int]) -> None:
        """Change the size of the terminal."""
        await self.pilot.resize_terminal(*size)
        await self.settle()
        assert self.app.size == size

    async def back_to_start(self) -> None:
        """Close every screen but the first, as if the app had just been started at 80×24."""
        while len(self.app.screen_stack) > 1:
            if isinstance(self.app.screen, StepScreen):
                self.app.screen.release()
            await self.app.pop_screen()
        self.app.clear_notifications()
        await self.resize(NARROW)

    def notices(self) -> list[str]:
        """The notifications that are on the screen."""
        return [notice.message for notice in self.app._notifications]


@asynccontextmanager
async def walking(
    folder: DataFolder, pick_from: Path | None = None, size: tuple[int, int] = NARROW
) -> AsyncIterator[Walk]:
    """Starts an app and waits until its first screen is complete."""
    app = BackdropApp(folder, pick_from)
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            walk = Walk(app, pilot)
            await walk.until(lambda: app.progress is not None or walk.notices())
            await walk.settle()
            yield walk
    finally:
        app.close_school()
