"""Choosing one of a few."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from backdrop_tui.tui.shell.base_screens import DialogScreen
from backdrop_tui.tui.widgets.plain import plain, plain_lines


class ChooseScreen(DialogScreen[int]):
    """A list of which one is chosen. It is left with its place in the list."""

    def __init__(self, title: str, choices: Sequence[str | Content], start: int = 0, note: str = "") -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._start = start
        self._note = note

    def compose(self) -> ComposeResult:
        """What it is about, and the list."""
        with Vertical(classes="window") as window:
            window.border_title = plain(self._title, 60)
            window.border_subtitle = "Enter chooses, Esc cancels"
            if self._note:
                yield Static(plain_lines(self._note), classes="paragraph")
            yield OptionList(*(Option(self._said(choice)) for choice in self._choices), compact=True)

    @staticmethod
    def _said(choice: str | Content) -> Content:
        return choice if isinstance(choice, Content) else plain(choice, 70)

    def on_mount(self) -> None:
        """Begin where it was said."""
        options = self.query_one(OptionList)
        options.highlighted = self._start
        options.focus()

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Leave with the choice."""
        self.dismiss(event.option_index)
