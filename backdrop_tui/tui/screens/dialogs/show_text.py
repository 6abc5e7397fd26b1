"""A dialog that shows a text."""

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from backdrop_tui.tui.screens.dialogs.save_file import SaveFileScreen
from backdrop_tui.tui.shell.base_screens import DialogScreen
from backdrop_tui.tui.widgets.plain import plain


class ShowTextScreen(DialogScreen[None]):
    """A text of any length, which scrolls."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,q", "cancel", "Close", id="show.close", tooltip="Back to where you were"),
        Binding("s", "save", "Save", id="show.save", tooltip="Save the text as a file that only you can read"),
    ]  # fmt: skip

    def __init__(self, title: str, text: Content, file: tuple[str, bytes] | None = None) -> None:
        """Create the dialog.

        Args:
            title: What the text is.
            text: The text, already made safe for the screen.
            file: If the text can be saved, the name that is suggested for the file, and its content.
        """
        super().__init__()
        self._title = title
        self._text = text
        self._file = file

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        with Vertical(classes="window tall") as window:
            window.border_title = plain(self._title, 60)
            window.border_subtitle = "s to save it, Enter to close" if self._file else "Enter to close"
            with VerticalScroll():
                yield Static(self._text, id="text")

    def action_save(self) -> None:
        """Ask where to save the text."""
        if self._file is not None:
            name, content = self._file
            self.app.push_screen(SaveFileScreen(self._title, Path.home(), name, lambda: content))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Offer to save only what can be saved."""
        return self._file is not None if action == "save" else True
