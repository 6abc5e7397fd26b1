"""Choosing one option from a list."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from backdrop_tui.tui.shell.base_screens import DialogScreen
from backdrop_tui.tui.widgets.lists.options import Options
from backdrop_tui.tui.widgets.plain import plain, plain_lines


class ChooseScreen(DialogScreen[int]):
    """A list of options. It is dismissed with the index of the one chosen."""

    ENTER = "Choose what the cursor is on"

    def __init__(self, title: str, choices: Sequence[str | Content], start: int = 0, note: str = "") -> None:
        """Create the dialog.

        Args:
            title: What is being chosen.
            choices: The options, as plain text or already styled.
            start: The index of the option that the cursor starts on.
            note: A paragraph above the list; may be empty.
        """
        super().__init__()
        self._title = title
        self._choices = choices
        self._start = start
        self._note = note

    @property
    def help_text(self) -> str:
        """What is asked."""
        return self._note

    def compose(self) -> ComposeResult:
        """Lay out the note and the list."""
        with Vertical(classes="window") as window:
            window.border_title = plain(self._title, 60)
            window.border_subtitle = "Enter to choose, Esc to cancel"
            if self._note:
                yield Static(plain_lines(self._note), classes="paragraph")
            yield Options(*(Option(self._label(choice)) for choice in self._choices), compact=True)

    @staticmethod
    def _label(choice: str | Content) -> Content:
        return choice if isinstance(choice, Content) else plain(choice, 70)

    def on_mount(self) -> None:
        """Put the cursor on the option to start on."""
        options = self.query_one(OptionList)
        options.highlighted = self._start
        options.focus()

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Close with the index of the chosen option."""
        self.dismiss(event.option_index)
