"""The editor for values in a list."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from backdrop_tui.printable import printable
from backdrop_tui.tui.widgets.editor import Editor
from backdrop_tui.tui.widgets.plain import plain


class LineEditor(Editor):
    """Edits one value. It stays open until `close`, so that a value that is refused can be changed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "bring_back", "Bring back", show=False, id="line.back", tooltip="Bring back the text that was not saved"),
    ]  # fmt: skip

    @dataclass
    class Submitted(Message):
        """Enter has been pressed."""

        name: str
        """The name of the value that is being edited."""
        text: str
        """The text as typed."""

    @dataclass
    class Changed(Message):
        """The text has been changed."""

        name: str
        """The name of the value that is being edited."""
        text: str
        """The text so far."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._value_name = ""
        self._unsaved = ""
        self._hint = ""

    @property
    def value_name(self) -> str:
        """The name of the value that is being edited; empty while the editor is closed."""
        return self._value_name if self.is_open else ""

    def edit(  # noqa: PLR0913 - the value, and how it is explained
        self, name: str, label: str, text: str, *, blank: str, hint: str, unsaved: str = ""
    ) -> None:
        """Begin to edit.

        Args:
            name: The name of the value, which is reported with the text.
            label: The label of the value.
            text: The text to begin with.
            blank: What an empty text stands for.
            hint: How the value is written.
            unsaved: A text that was typed here earlier but not saved.
        """
        self._unsaved = printable(unsaved)
        self._hint = f"{hint} ↑ brings back what you typed before." if unsaved else hint
        self.label.update(plain(f" {label}: ", 40))
        self.text.placeholder = printable(blank)
        self._value_name = name
        self.show_hint()
        self.open_with(printable(text))

    def show_hint(self, text: str = "") -> None:
        """Show the hint, or another text in its place."""
        self.hint.update(plain(text or self._hint))
        self.hint.remove_class("-error")

    def show_error(self, message: str) -> None:
        """Show why the text can't be used; the text stays as it was typed."""
        self.hint.update(plain(message))
        self.hint.add_class("-error")
        self.text.focus()

    @on(Input.Submitted)
    def submit(self, event: Input.Submitted) -> None:
        """Report the text."""
        event.stop()
        if self.is_open:
            self.post_message(self.Submitted(self._value_name, event.value))

    @on(Input.Changed)
    def report_change(self, event: Input.Changed) -> None:
        """Report unsaved text, so that it can be brought back later."""
        event.stop()
        if self.is_open and event.value != self._original_text:
            self.post_message(self.Changed(self._value_name, event.value))

    def action_bring_back(self) -> None:
        """Bring back the text that was typed here earlier but not saved."""
        if self._unsaved:
            self.replace_text(self._unsaved)
