"""Text from files and users, made safe for the screen.

All text from outside goes through one of these functions before it is shown: markup in it stays text, and no control
character reaches the terminal.
"""

from rich.text import Text
from textual.content import Content

from backdrop_tui.printable import printable


def printable_cells(text: str) -> str:
    """Make a text of several lines and cells printable, and keep its line ends and tabs."""
    return "\n".join("\t".join(map(printable, line.split("\t"))) for line in text.splitlines())


def shortened(text: str, most: int) -> str:
    """Cut a text to a number of characters, with … at the end if it was longer."""
    return text if len(text) <= most else f"{text[: max(most - 1, 0)]}…"


def plain(text: str, most: int = 2_000) -> Content:
    """Turn a text into content for a label, an option, a title or a notification."""
    return Content(printable(shortened(text, most)))


def plain_lines(text: str, most: int = 10_000) -> Content:
    """Turn a text of several lines into content, and keep its line ends."""
    return Content("\n".join(printable(line) for line in shortened(text, most).split("\n")))


def cell(text: str, style: str = "", most: int = 200) -> Text:
    """Turn a text into a cell of a DataTable, which would interpret markup in a string."""
    return Text(printable(shortened(text, most)), style=style, no_wrap=True, end="", overflow="ellipsis")


def indented_cell(text: str, style: str) -> Text:
    """A cell with a style, but for the blanks before its text, which would be underlined or struck through."""
    drawn = cell(text)
    drawn.stylize(style, len(drawn) - len(drawn.plain.lstrip()))
    return drawn
