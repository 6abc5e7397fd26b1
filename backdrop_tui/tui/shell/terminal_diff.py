"""Sends only the cells that have changed to the terminal.

For every change, Textual sends whole widgets from their left edge, and scrollbars again whenever the screen is laid out:
about 3,000 bytes for an arrow key, which a slow line shows with a delay.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import COLOR_SYSTEMS, Console
from rich.control import Control
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

_TEXT = "\0"
"""Where the text goes in the escape sequences of a style."""
_RESET = "\x1b[0m"
_SGR = re.compile(r"[34]8;(?:5;\d+|2;\d+;\d+;\d+)|\d+")
"""One attribute or colour of a style: the first two characters say which of them it is, if colours are given by number."""
_OFF = {
    "1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "6": "25", "7": "27", "8": "28", "9": "29", "21": "24", "53": "55",
    "38": "39", "48": "49",
}  # fmt: skip
"""The code that switches off what each attribute's code switches on."""
_LONGEST_GAP = 5
"""The most unchanged characters that are sent along with those around them."""


class Character(NamedTuple):
    """A character on the screen, with its accents."""

    x: int
    """The column that it starts in."""
    text: str
    """The character; a text of several if a terminal may show them as one."""
    look: str
    """The escape sequences for its style, with `_TEXT` in place of the character."""
    visible: str
    """What can be seen of that: for a space, only the background."""
    background: str = ""
    """What could be seen of a space with its style."""

    @property
    def end(self) -> int:
        """The column after it."""
        return self.x + cell_len(self.text)


class Change(NamedTuple):
    """Characters that follow each other in a line and have the same look."""

    y: int
    """The number of lines above them."""
    look: str
    """The escape sequences for their style, with `_TEXT` in place of the characters."""
    characters: tuple[Character, ...]
    """The characters."""


class ShownCells:
    """What a terminal shows, as far as it is known."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], tuple[str, str]] = {}

    def differs(self, y: int, character: Character) -> bool:
        """Tell whether a line shows something else where a character should be."""
        return self._cells.get((y, character.x)) != (character.text, character.visible)

    def note(self, y: int, character: Character) -> None:
        """Note that a line shows a character."""
        x = character.x
        if self._cells.get((y, x), "?")[0] == "":
            self._cells.pop((y, x - 1), None)  # The second half of a wide character is overwritten.
        self._cells[y, x] = (character.text, character.visible)
        for rest in range(x + 1, character.end):
            self._cells[y, rest] = ("", "")

    def changes(self, y: int, x: int, strip: Strip, colours: ColorSystem) -> Iterator[Change]:
        """What has to be sent for a strip to be shown; it is noted that it is shown then.

        Args:
            y: The number of lines above it.
            x: The column that it starts in.
            strip: The strip.
            colours: The colours that the terminal has.
        """
        for look, group in groupby(characters(strip, x, colours), key=lambda character: character.look):
            to_send: list[Character] = []
            unchanged: list[Character] = []
            for character in group:
                if not self.differs(y, character):
                    unchanged.append(character)
                    continue
                if to_send and character.x - to_send[-1].end > _LONGEST_GAP:
                    yield Change(y, look, tuple(to_send))
                    to_send = []
                # Skipping a few unchanged characters of the same look would take more than they do.
                to_send += [*(unchanged if to_send else ()), character]
                unchanged = []
                self.note(y, character)
            if to_send:
                yield Change(y, look, tuple(to_send))


def rendered(changes: Iterable[Change]) -> str:
    """The changes as they are sent: a style is sent once for all that follow each other in it, wherever they are."""
    parts, place, pen, pen_background = [], (-1, -1), "", ""
    for y, look, cells in changes:
        before, _, after = look.partition(_TEXT)
        is_plain = not before or (before.endswith("m") and before.count("\x1b") == 1 and after == _RESET)
        style = before if is_plain else ""
        text = "".join(character.text for character in cells)
        # Of spaces, only the background can be seen.
        is_same = text.isspace() and bool(pen) and cells[0].visible == pen_background
        if style != pen and not is_same:
            parts.append(_turned(pen, style))
            pen, pen_background = style, cells[0].background
        x = cells[0].x
        if place != (y, x):
            is_ahead = place[0] == y and x - place[1] > 0
            parts.append(f"\x1b[{x - place[1]}C" if is_ahead else Control.move_to(x, y).segment.text)
        parts.append(text if is_plain else look.replace(_TEXT, text))
        place = (y, cells[-1].end)
    return "".join([*parts, _RESET if pen else ""])


def _turned(pen: str, style: str) -> str:
    """The shortest escape sequence that turns one style into another."""
    if not style:
        return _RESET
    if not pen:
        return style
    old, new = (
        {_attribute(code): code for code in _SGR.findall(sequence.replace(_RESET, ""))}
        for sequence in (pen, style)
    )
    off = [_OFF.get(attribute, "0") for attribute in old if attribute not in new]
    on = [code for attribute, code in new.items() if old.get(attribute) != code or _OFF.get(attribute) in off]
    changed = f"\x1b[{';'.join(dict.fromkeys([*off, *on]))}m"
    afresh = style.replace("\x1b[", "\x1b[0;", 1)
    return afresh if "0" in off or len(afresh) < len(changed) else changed


def _attribute(code: str) -> str:
    """What a code sets: `38` for the colour of the text, `48` for that behind it, otherwise the code itself."""
    number = int(code.partition(";")[0])
    if 30 <= number < 38 or 90 <= number < 98:
        return "38"
    if 40 <= number < 48 or 100 <= number < 108:
        return "48"
    return str(number)


class ChangedCells(CompositorUpdate):
    """An update of the screen that leaves out what the terminal shows already."""

    def __init__(self, update: ChopsUpdate | LayoutUpdate, shown: ShownCells, *, whole: bool = False) -> None:
        """Create the update.

        Args:
            update: The update as Textual would send it.
            shown: What the terminal shows.
            whole: Whether to send all of it, which repairs what a disturbed line or another program may have left there.
        """
        self._update = update
        self._shown = shown
        self._whole = whole

    def render_segments(self, console: Console) -> str:
        """Render what has to be sent, and note what the terminal shows then."""
        colours = COLOR_SYSTEMS.get(console.color_system or "", ColorSystem.TRUECOLOR)
        changes = [
            change
            for y, x, strip in placed_strips(self._update)
            for change in self._shown.changes(y, x, strip, colours)
        ]
        return self._update.render_segments(console) if self._whole else rendered(changes)


def placed_strips(update: ChopsUpdate | LayoutUpdate) -> Iterator[tuple[int, int, Strip]]:
    """The strips of an update, each with its line and the column that it starts in."""
    if isinstance(update, LayoutUpdate):
        for y, strips in enumerate(update.strips, update.region.y):
            yield y, update.region.x, Strip.join(strips)
        return
    for y, left, right in update.spans:
        for x, strip in update.chops[y].items():
            if strip is not None and x < right and left < x + strip.cell_length:
                start = max(left, x)
                yield y, start, strip.crop(start - x, right - x)


def characters(strip: Strip, x: int, colours: ColorSystem) -> Iterator[Character]:
    """The characters of a strip that starts in a column."""
    for text, style, _ in strip:
        look, background = looks(style, colours)
        for part in separate(text):
            character = Character(x, part, look, background if part == " " else look, background)
            yield character
            x = character.end


def looks(style: Style | None, colours: ColorSystem) -> tuple[str, str]:
    """The escape sequences for a style, with `_TEXT` in them: for a character, and for what can be seen of a space."""
    if style is None:
        return _TEXT, _TEXT
    look = Strip.render_style(style, _TEXT, colours)
    if style.underline or style.underline2 or style.overline or style.strike or style.reverse:
        return look, look
    return look, Strip.render_style(Style(bgcolor=style.bgcolor), _TEXT, colours)


def separate(text: str) -> list[str]:
    """Separate the characters of a text, with their accents; don't if a terminal may show several as one, as it does emoji."""
    if text.isascii():
        return list(text)
    parts: list[str] = []
    for character in text:
        if parts and cell_len(character) == 0:
            parts[-1] += character
        else:
            parts.append(character)
    return parts if sum(map(cell_len, parts)) == cell_len(text) else [text]
