"""One line below a list, in which the value of one of its lines is typed."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from backdrop_tui.tui.widgets.editor import Editor
from backdrop_tui.tui.widgets.plain import plain, printable


class LineEditor(Editor):
    """Edits one text. It stays open until `close`, so that what can't be used can be put right."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "bring_back", "Bring back", show=False, id="line.back", tooltip="Bring back what was typed here and not saved"),
    ]  # fmt: skip

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

    def __init__(self, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._what = ""
        self._start = ""
        self._before = ""
        self._hint = ""

    @property
    def what(self) -> str:
        """The name of what is being edited; empty where nothing is."""
        return self._what if self.is_open else ""

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
        self._what = name
        self.explain()
        self.open_with(self._start)

    def explain(self, text: str = "") -> None:
        """Say how it is written, or something else."""
        self.hint.update(plain(text or self._hint))
        self.hint.remove_class("-error")

    def refuse(self, why: str) -> None:
        """Say why the text can't be used; it stays as it was typed."""
        self.hint.update(plain(why))
        self.hint.add_class("-error")
        self.text.focus()

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

    def action_bring_back(self) -> None:
        """Bring back what was typed here and not saved."""
        if self._before:
            self.put_in(self._before)
