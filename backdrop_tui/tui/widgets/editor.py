"""The base of the editors: an input below a table or a list."""

from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static


class Editor(Vertical):
    """A label, an input and a hint, shown while something is being edited. Esc cancels."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel", id="editor.cancel", tooltip="Leave it as it was"),
        Binding("ctrl+z", "restore", "As it was", show=False, id="editor.again", tooltip="Put back the text from before you typed"),
    ]  # fmt: skip

    label = getters.query_one("#label", Static)
    text = getters.query_one("#text", Input)
    hint = getters.query_one("#hint", Static)

    class Cancelled(Message):
        """Editing has been cancelled."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._original_text = ""

    def compose(self) -> ComposeResult:
        """Lay out the label and the input, with the hint below."""
        with Horizontal():
            yield Static(id="label")
            yield Input(id="text", compact=True)
        yield Static(id="hint")

    @property
    def is_open(self) -> bool:
        """Whether something is being edited."""
        return self.has_class("-open")

    @property
    def is_changed(self) -> bool:
        """Whether the text differs from the one that editing began with."""
        return self.is_open and self.text.value != self._original_text

    def open_with(self, text: str) -> None:
        """Show the input with a text in it, and put the cursor at its end."""
        self._original_text = text
        self.text.select_on_focus = True
        self.replace_text(text)
        self.add_class("-open")
        self.text.focus()

    def replace_text(self, text: str) -> None:
        """Replace the text in the input."""
        self.text.value = text
        self.text.cursor_position = len(text)

    def carry_on_with(self, text: str) -> None:
        """Replace the text in an input that has just been opened by one that was typed earlier; the next key adds to it."""
        self.text.select_on_focus = False
        self.replace_text(text)

    def close(self) -> None:
        """Hide the input."""
        self.remove_class("-open")

    def action_restore(self) -> None:
        """Put back the text from before anything was typed."""
        self.replace_text(self._original_text)

    def action_cancel(self) -> None:
        """Cancel editing."""
        self.close()
        self.post_message(self.Cancelled())
