"""A text that is laid out for the width it has."""

from collections.abc import Callable, Mapping
from textwrap import wrap

from textual.content import Content
from textual.visual import VisualType
from textual.widgets import Static

from backdrop_tui.printable import printable


def hanging(lead: Content, text: str, width: int) -> Content:
    """A text after something short: where it takes several lines, they begin below each other.

    Args:
        lead: What is before the text in its first line.
        text: The text.
        width: The width of both in characters.
    """
    first, *others = wrap(printable(text), max(width - lead.cell_length, 1)) or [""]
    indent = " " * lead.cell_length
    return Content("\n").join(
        [Content.assemble(lead, first), *(Content(f"{indent}{line}") for line in others)]
    )


def beside_labels(values: Mapping[str, str], width: int) -> Content:
    """Values by their labels, each beside its label, which is muted; those without a text are left out.

    Args:
        values: The values.
        width: The width of both in characters.
    """
    shown = {label: text for label, text in values.items() if text}
    longest = max(map(len, shown), default=0)
    return Content("\n").join(
        hanging(Content.styled(f"{label:<{longest}}  ", "$text-muted"), text, width)
        for label, text in shown.items()
    )


class FittedText(Static):
    """Shows what a function draws for the width of the widget, and draws it again when that changes."""

    def __init__(self, text: str = "", *, id: str | None = None, classes: str = "") -> None:  # noqa: A002 - Textual's name for it
        super().__init__(text, id=id, classes=classes)
        self._draw_for: Callable[[int], Content] | None = None
        self._drawn_width = 0

    def show(self, draw_for: Callable[[int], Content]) -> None:
        """Show what a function returns for a width in characters."""
        self._draw_for = draw_for
        self._draw()

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Show a text that is the same for every width."""
        self._draw_for = None
        super().update(content, layout=layout)

    def on_resize(self) -> None:
        """Draw for the new width; a new height alone changes nothing."""
        if self.size.width != self._drawn_width:
            self.call_later(self._draw)  # While the screen is being laid out, a new height would be ignored.

    def _draw(self) -> None:
        if self._draw_for is not None and self.size.width:
            self._drawn_width = self.size.width
            super().update(self._draw_for(self._drawn_width))
