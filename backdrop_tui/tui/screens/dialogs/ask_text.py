"""A dialog that asks for a text."""

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Button, Input, Static

from backdrop_tui.printable import printable
from backdrop_tui.tui.shell.base_screens import DialogScreen
from backdrop_tui.tui.widgets.plain import plain, plain_lines


class AskTextScreen(DialogScreen[str]):
    """Asks for a text. It is dismissed with the text as typed."""

    ENTER = "Accept the text"

    def __init__(  # noqa: PLR0913 - what is asked, and what happens with it
        self,
        title: str,
        note: str,
        button: str,
        text: str = "",
        error: str = "",
        *,
        keep: Callable[[str], object] = lambda _: None,
        carries_on: bool = False,
    ) -> None:
        """Set up the dialog.

        Args:
            title: What is asked for.
            note: What happens with the text.
            button: The label of the button that accepts it.
            text: The text to begin with.
            error: Why that text can't be used; empty when it is asked for the first time.
            keep: Called with the text whenever it changes.
            carries_on: Whether the next key adds to the text, instead of replacing it.
        """
        super().__init__()
        self._keep = keep
        self._carries_on = carries_on
        self._title = title
        self._note = note
        self._button = button
        self._text = text
        self._error = error

    @property
    def help_text(self) -> str:
        """What is asked."""
        return self._note

    def compose(self) -> ComposeResult:
        """Lay out the note, the input and the error."""
        with Vertical(classes="window") as window:
            window.border_title = plain(self._title, 60)
            window.border_subtitle = "Enter to continue, Esc to cancel"
            yield Static(plain_lines(self._note), classes="paragraph")
            selects = not self._carries_on
            yield Input(
                printable(self._text), id="text", compact=True, max_length=200, select_on_focus=selects
            )
            yield Static(plain(self._error), id="wrong", classes="-error")
            yield Button(self._button, variant="primary", id="ok", compact=True)

    def on_mount(self) -> None:
        """Focus the input."""
        self.query_one("#text").focus()

    @on(Input.Changed)
    def keep_text(self, event: Input.Changed) -> None:
        """Report the text so far; what was wrong with another text isn't said any more."""
        self._keep(event.value)
        if event.value != self._text:
            self.query_one("#wrong", Static).update("")

    @on(Input.Submitted)
    @on(Button.Pressed)
    def accept(self) -> None:
        """Accept the text, after Enter or with the button."""
        self.finish(self.query_one("#text", Input).value)

    def finish(self, text: str) -> None:
        """Leave with the text."""
        self.dismiss(text)
