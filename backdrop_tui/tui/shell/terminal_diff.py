"""Sends only the cells that have changed to the terminal.

For every change, Textual sends whole widgets from their left edge, and scrollbars again whenever the screen is laid out:
about 3,000 bytes for an arrow key, which a slow line shows with a delay.
"""

from collections.abc import Iterator
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

    @property
    def end(self) -> int:
        """The column after it."""
        return self.x + cell_len(self.text)


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

    def render_line(self, y: int, x: int, strip: Strip, colours: ColorSystem) -> str:
        """Render what has to be sent for a strip to be shown, and note that it is shown.

        Args:
            y: The number of lines above it.
            x: The column that it starts in.
            strip: The strip.
            colours: The colours that the terminal has.
        """
        parts, cursor = [], -1
        for look, group in groupby(characters(strip, x, colours), key=lambda character: character.look):
            same_look = list(group)
            changed = [n for n, character in enumerate(same_look) if self.differs(y, character)]
            if not changed:
                continue
            # Skipping unchanged characters between two of the same look would take more than they do.
            to_send = same_look[changed[0] : changed[-1] + 1]
            if to_send[0].x != cursor:
                parts.append(Control.move_to(to_send[0].x, y).segment.text)
            parts.append(look.replace(_TEXT, "".join(character.text for character in to_send)))
            cursor = to_send[-1].end
            for character in to_send:
                self.note(y, character)
        return "".join(parts)


class ChangedCells(CompositorUpdate):
    """An update of the screen that leaves out what the terminal shows already."""

    def __init__(self, update: ChopsUpdate | LayoutUpdate, shown: ShownCells) -> None:
        """Create the update.

        Args:
            update: The update as Textual would send it. One of the whole screen is sent as it is, which repairs what a
                disturbed line or another program may have left there.
            shown: What the terminal shows.
        """
        self._update = update
        self._shown = shown

    def render_segments(self, console: Console) -> str:
        """Render what has to be sent, and note what the terminal shows then."""
        colours = COLOR_SYSTEMS.get(console.color_system or "", ColorSystem.TRUECOLOR)
        lines = [self._shown.render_line(y, x, strip, colours) for y, x, strip in placed_strips(self._update)]
        return (
            "".join(lines) if isinstance(self._update, ChopsUpdate) else self._update.render_segments(console)
        )


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
            character = Character(x, part, look, background if part == " " else look)
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
