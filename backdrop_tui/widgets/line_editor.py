"""One line under a list, in which the value of one of its lines is typed."""

from dataclasses import dataclass
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static

from backdrop_tui.widgets.plain import plain, printable


class LineEditor(Vertical):
    """Edits one text. It stays open until `close`, so that what can't be used can be put right."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel", id="line.cancel", tooltip="Leave it as it was"),
        Binding("up", "bring_back", "Bring back", show=False, id="line.back", tooltip="Bring back what was typed here and not saved"),
    ]  # fmt: skip

    label = getters.query_one("#label", Static)
    text = getters.query_one("#text", Input)
    hint = getters.query_one("#hint", Static)

    @dataclass
    class Entered(Message):
        """A text is to be used."""

        name: str
        """What for."""
        text: str
        """The text."""

    @dataclass
    class Typed(Message):
        """A text is another one than it was."""

        name: str
        """What it is for."""
        text: str
        """The text so far."""

    class Cancelled(Message):
        """Everything stays as it is."""

    def __init__(self, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._what = ""
        self._start = ""
        self._before = ""
        self._hint = ""

    def compose(self) -> ComposeResult:
        """What is edited, its text, and how it is written."""
        with Horizontal():
            yield Static(id="label")
            yield Input(id="text", compact=True)
        yield Static(id="hint")

    @property
    def is_open(self) -> bool:
        """Whether something is being edited."""
        return bool(self._what)

    @property
    def is_changed(self) -> bool:
        """Whether something was typed that has not been used yet."""
        return self.is_open and self.text.value != self._start

    def edit(  # noqa: PLR0913 - what is typed, and what is said of it
        self, name: str, label: str, text: str, *, blank: str, hint: str, before: str = ""
    ) -> None:
        """Begin to edit.

        Args:
            name: What it is; comes back with the text.
            label: What it is called.
            text: What stands there now.
            blank: What is meant where nothing is typed.
            hint: How it is written.
            before: What was typed here before, and not saved.
        """
        self._start, self._before = printable(text), printable(before)
        self._hint = f"{hint} ↑ brings back what you typed before." if before else hint
        self.label.update(plain(f" {label}: ", 40))
        self.text.placeholder = printable(blank)
        self.text.value = self._start
        self.text.cursor_position = len(self._start)
        self._what = name
        self.add_class("-open")
        self.explain()
        self.text.focus()

    def explain(self, text: str = "") -> None:
        """Say how it is written, or something else."""
        self.hint.update(plain(text or self._hint))
        self.hint.remove_class("-error")

    def refuse(self, why: str) -> None:
        """Say why the text can't be used; it stays as it was typed."""
        self.hint.update(plain(why))
        self.hint.add_class("-error")
        self.text.focus()

    def close(self) -> None:
        """Stop editing."""
        self._what = ""
        self.remove_class("-open")

    @on(Input.Submitted)
    def enter(self, event: Input.Submitted) -> None:
        """Hand the text over."""
        event.stop()
        if self.is_open:
            self.post_message(self.Entered(self._what, event.value))

    @on(Input.Changed)
    def keep(self, event: Input.Changed) -> None:
        """Let nothing that was typed be lost."""
        event.stop()
        if self.is_open and event.value != self._start:
            self.post_message(self.Typed(self._what, event.value))

    def action_cancel(self) -> None:
        """Leave it as it was."""
        self.close()
        self.post_message(self.Cancelled())

    def action_bring_back(self) -> None:
        """Bring back what was typed here and not saved."""
        if self._before:
            self.text.value = self._before
            self.text.cursor_position = len(self._before)
