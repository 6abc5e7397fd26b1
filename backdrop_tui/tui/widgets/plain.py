"""Text from files and users, made safe for the screen.

Everything that comes from outside goes through one of these before it is shown: no markup is read in it, and no
character reaches the terminal that could drive it.
"""

from rich.text import Text
from textual.content import Content

_PLACEHOLDER = "\N{REPLACEMENT CHARACTER}"


def printable(text: str) -> str:
    """A text in which all that can't be seen (escape sequences, NUL, direction overrides) is replaced by �."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else " " if c in "\n\t\r" else _PLACEHOLDER for c in text)


def printable_lines(text: str) -> str:
    """The same for several lines, whose ends are kept."""
    return "\n".join(printable(line) for line in text.splitlines())


def shortened(text: str, most: int) -> str:
    """A text of at most so many characters, with … where it was cut."""
    return text if len(text) <= most else f"{text[: max(most - 1, 0)]}…"


def plain(text: str, most: int = 2_000) -> Content:
    """A text as content for labels, options, titles and notices."""
    return Content(printable(shortened(text, most)))


def plain_lines(text: str, most: int = 10_000) -> Content:
    """The same for several lines of our own making, whose line ends are kept."""
    return Content("\n".join(printable(line) for line in shortened(text, most).split("\n")))


def cell(text: str, style: str = "", most: int = 200) -> Text:
    """A text as a cell of a DataTable, which would read markup in a plain one."""
    return Text(printable(shortened(text, most)), style=style, no_wrap=True, end="", overflow="ellipsis")
