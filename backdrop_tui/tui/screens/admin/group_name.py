"""Typing in the name of a user group."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Button, Input, Static

from backdrop_tui.tui.shell.base_screens import DialogScreen
from backdrop_tui.tui.widgets.plain import plain, printable


class GroupNameScreen(DialogScreen[str]):
    """Asks for a name. Where one could not be used, it says why, and asks again."""

    def __init__(self, title: str, note: str, button: str, text: str = "", wrong: str = "") -> None:
        super().__init__()
        self._title = title
        self._note = note
        self._button = button
        self._text = text
        self._wrong = wrong

    def compose(self) -> ComposeResult:
        """What it is for, the line, and what was wrong with it."""
        with Vertical(classes="window") as window:
            window.border_title = plain(self._title, 60)
            window.border_subtitle = "Enter goes on, Esc cancels"
            yield Static(plain(self._note), classes="paragraph")
            yield Input(printable(self._text), id="name", compact=True, max_length=200)
            yield Static(plain(self._wrong), id="wrong", classes="-error")
            yield Button(self._button, variant="primary", id="ok", compact=True)

    def on_mount(self) -> None:
        """Begin in the line."""
        self.query_one("#name").focus()

    @on(Input.Submitted)
    @on(Button.Pressed)
    def go_on(self) -> None:
        """Leave with the name."""
        self.dismiss(self.query_one("#name", Input).value)
