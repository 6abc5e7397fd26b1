"""One line below a table or a list, in which something is typed."""

from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static


class Editor(Vertical):
    """A label, a line, and a hint, shown while something is being edited. Esc ends that."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel", id="editor.cancel", tooltip="Leave it as it was"),
        Binding("ctrl+z", "start_again", "As it was", show=False, id="editor.again", tooltip="Put back what stood there before you typed"),
    ]  # fmt: skip

    _before_typing = ""

    label = getters.query_one("#label", Static)
    text = getters.query_one("#text", Input)
    hint = getters.query_one("#hint", Static)

    class Cancelled(Message):
        """Everything stays as it is."""

    def compose(self) -> ComposeResult:
        """What is edited, its text, and how it is written."""
        with Horizontal():
            yield Static(id="label")
            yield Input(id="text", compact=True)
        yield Static(id="hint")

    @property
    def is_open(self) -> bool:
        """Whether something is being edited."""
        return self.has_class("-open")

    def open_with(self, text: str) -> None:
        """Show the line with a text in it, and begin to type at its end."""
        self._before_typing = text
        self.put_in(text)
        self.add_class("-open")
        self.text.focus()

    def put_in(self, text: str) -> None:
        """Put a text into the line, in place of what stands there."""
        self.text.value = text
        self.text.cursor_position = len(text)

    def close(self) -> None:
        """Stop editing."""
        self.remove_class("-open")

    def action_start_again(self) -> None:
        """Put back what stood there before anything was typed."""
        self.put_in(self._before_typing)

    def action_cancel(self) -> None:
        """Leave it as it was."""
        self.close()
        self.post_message(self.Cancelled())
