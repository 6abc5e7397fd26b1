"""A dialog that shows a text."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from backdrop_tui.tui.shell.base_screens import DialogScreen
from backdrop_tui.tui.widgets.plain import plain


class ShowTextScreen(DialogScreen[None]):
    """A text of any length, which scrolls."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,q", "cancel", "Close", id="show.close", tooltip="Back to where you were"),
    ]

    def __init__(self, title: str, text: Content) -> None:
        """Create the dialog.

        Args:
            title: What the text is.
            text: The text, already made safe for the screen.
        """
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        with Vertical(classes="window tall") as window:
            window.border_title = plain(self._title, 60)
            window.border_subtitle = "Enter to close"
            with VerticalScroll():
                yield Static(self._text, id="text")
