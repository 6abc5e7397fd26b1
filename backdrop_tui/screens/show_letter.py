"""A message of the outbox, as its reader would see it."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from backdrop_tui.widgets.plain import plain_lines
from backdrop_tui.widgets.step import AskScreen


class ShowLetterScreen(AskScreen[None]):
    """Shows one message."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,enter", "cancel", "Close", id="letter.close", tooltip="Back to where you were"),
    ]

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """The message."""
        with Vertical(classes="window tall") as window:
            window.border_title = "The message"
            window.border_subtitle = "Esc closes"
            with VerticalScroll():
                yield Static(plain_lines(self._text), id="letter")
