"""A line below a table in which the words to search for are typed."""

from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Label

_LABEL = " / Find: "


class FindLine(Horizontal):
    """Shown while rows are searched. Enter goes to the rows found, Esc ends the search."""

    DEFAULT_CSS = """
    FindLine {
        display: none;
        height: 1;
        background: $panel;

        &.-open {
            display: block;
        }

        Label {
            width: auto;
        }

        Input {
            width: 1fr;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        # To a terminal, Ctrl+M is Enter; what the input itself binds to Enter has no place in the footer.
        Binding("ctrl+m", "submit", "To the rows", key_display="Enter", id="find.submit", tooltip="Go to the rows found"),
        Binding("down", "submit", "To the rows", show=False, id="find.down", tooltip="Go to the rows found"),
        Binding("escape", "screen.back", "End the search", id="find.end", tooltip="End the search, and list what was listed before"),
    ]  # fmt: skip

    words = getters.query_one(Input)

    class Changed(Message):
        """The words have changed."""

    class Submitted(Message):
        """The user wants to go to the rows found."""

    def compose(self) -> ComposeResult:
        """Lay out the input."""
        yield Label(_LABEL)
        yield Input(
            id="find-words", compact=True, placeholder="a name, a form, a UPN, a row; Esc ends the search"
        )

    @property
    def is_open(self) -> bool:
        """Whether rows are being searched."""
        return self.has_class("-open")

    @property
    def text(self) -> str:
        """The words to search for."""
        return self.words.value.strip() if self.is_open else ""

    def show_count(self, count: int) -> None:
        """Say how many rows have the words."""
        self.query_one(Label).update(f" / {count:,} found: " if self.text else _LABEL)

    def open(self) -> None:
        """Show the line, with the words of this search if there are some."""
        self.add_class("-open")
        self.words.focus()

    def close(self) -> None:
        """End the search."""
        with self.prevent(Input.Changed):
            self.words.value = ""
        self.show_count(0)
        self.remove_class("-open")

    @on(Input.Changed)
    def report_change(self, event: Input.Changed) -> None:
        """Report that the words have changed."""
        event.stop()
        self.post_message(self.Changed())

    @on(Input.Submitted)
    def submit(self, event: Input.Submitted) -> None:
        """Report Enter."""
        event.stop()
        self.action_submit()

    def action_submit(self) -> None:
        """Report that the user wants to go to the rows found."""
        self.post_message(self.Submitted())
