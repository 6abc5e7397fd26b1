"""A pane beside a list, in wide terminals, that shows everything about what the cursor is on."""

from collections.abc import Callable, Iterator, Sequence
from textwrap import wrap

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from backdrop_tui.printable import printable
from backdrop_tui.tui.widgets.fitted_text import FittedText

BLANK = "–"
"""Stands for a value that is blank."""
_MOST_LINES = 3
"""The most lines that one value takes."""


class DetailPane(VerticalScroll):
    """A panel with a text. It is shown only where there is room for it: in other terminals it costs nothing."""

    def __init__(self, title: str) -> None:
        super().__init__(can_focus=False, classes="panel")
        self.border_title = title
        self._text = FittedText(id="detail-text")

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        yield self._text

    def show(self, draw_for: Callable[[int], Content]) -> None:
        """Show what a function draws for a width in characters."""
        self._text.show(draw_for)


def heading(text: str) -> Content:
    """The heading of a part of the text."""
    return Content.styled(text, "bold $accent")


def labelled(label: str, text: str, width: int, *, style: str = "") -> Iterator[Content]:
    """The lines of a value beside its label.

    Args:
        label: The label, as wide as the others.
        text: The value; nothing stands for a blank.
        width: The width of both in characters.
        style: The style of both; the label is muted without one.
    """
    room = max(width - len(label) - 2, 1)
    lines = wrap(printable(text), room, max_lines=_MOST_LINES, placeholder="…") or [BLANK]
    yield Content.assemble((label, style or "$text-muted"), "  ", Content.styled(lines[0], style))
    for line in lines[1:]:
        yield Content.assemble(" " * (len(label) + 2), Content.styled(line, style))


def wrapped(text: str, width: int) -> list[Content]:
    """The lines of a sentence, each at most as many columns wide."""
    return [Content(line) for line in wrap(printable(text), max(width, 1))]


def describe_values(title: str, values: Sequence[tuple[str, str]], width: int) -> Content:
    """A title and values, each beside its label."""
    label = max((len(name) for name, _ in values), default=0)
    lines = [line for name, text in values for line in labelled(f"{name:<{label}}", text, width)]
    return Content("\n").join([heading(printable(title)), *lines])
