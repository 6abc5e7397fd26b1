"""Someone who has never seen the app, and presses the keys that its screens name, and no others."""

import re

from textual.widgets import Button, OptionList

from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from backdrop_tui.tui.screens.wizard.summary import SummaryScreen
from backdrop_tui.tui.screens.wizard.welcome import WelcomeScreen
from tests.support.walk import Walk

_KEYS = {"Enter": "enter"}
_MOST_KEYS = 500
_PRESS = re.compile(r"[Pp]ress (\w+)")


class Novice:
    """Reads the next key from the screen. What only the school knows, the novice knows too: each row's registration group."""

    def __init__(self, walk: Walk, forms: dict[int, str]) -> None:
        self._walk = walk
        self._forms = forms
        self.keys: list[str] = []
        """The keys pressed so far."""

    async def press(self, *keys: str) -> None:
        """Press keys, and count them."""
        for key in keys:
            assert len(self.keys) < _MOST_KEYS, self._walk.text
            self.keys.append(key)
            await self._walk.press(key)

    async def import_a_file(self) -> None:
        """Do what the screens say, from the first one until the file is stored."""
        while not isinstance(self._walk.app.screen, SummaryScreen):
            await self._take_step()

    async def _take_step(self) -> None:
        screen = self._walk.app.screen
        if isinstance(screen, PutRightScreen):
            await self._put_right(screen)
        elif isinstance(screen, WelcomeScreen):
            await self._choose_students(screen)
        elif isinstance(self._walk.focus, OptionList | Button):
            await self.press("enter")
        else:
            named = _PRESS.search(self._walk.text_of("#state"))
            assert named is not None, self._walk.text
            await self.press(named[1])

    async def _choose_students(self, screen: WelcomeScreen) -> None:
        """Go down the list to students from a file, wherever that is in it."""
        while (option := screen.choices.highlighted_option) is None or option.id != "students.csv":
            await self.press("down")
        await self.press("enter")

    async def _put_right(self, screen: PutRightScreen) -> None:
        """Press the first key of the line of hints; if there is none, the one that the text above it names."""
        hints = str(screen.browser.hints.render()).strip()
        if not hints:
            named = _PRESS.search(self._walk.text_of("#problem"))
            assert named is not None, self._walk.text
            await self.press(named[1])
        elif (key := hints.split()[0]) == "Enter":
            row = screen.table.selected_row
            assert row in self._forms, self._walk.text
            await self.press(
                *("enter", *self._forms[row], "enter")
                if "so does a capital" not in hints
                else (*self._forms[row], "enter")
            )
        else:
            await self.press(key)
