"""Find and replace in one column."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid, Vertical
from textual.widgets import Button, Checkbox, Input, Label, Static

from backdrop_tui.tui.shell.base_screens import DialogScreen
from backdrop_tui.tui.widgets.plain import plain, printable
from backdrop_tui.wording import counted

_WHOLE_LABELS = {
    True: "Only where it is the whole cell (space changes that)",
    False: "Wherever it is in a cell (space changes that)",
}


@dataclass(frozen=True)
class Replacement:
    """A text to find, and its replacement."""

    find: str
    """The text to find."""
    put: str
    """The text to put in its place."""
    whole: bool
    """Whether to replace only cells that consist of nothing but `find`."""


class _WholeCells(Checkbox):
    """Whether only whole cells are replaced. Its label says so too, since the mark looks alike in both states."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.replace", "Replace", show=False, id="replace.ok", tooltip="Replace"),
    ]

    def __init__(self) -> None:
        super().__init__(_WHOLE_LABELS[True], value=True, id="whole", compact=True)

    def watch_value(self) -> None:
        """Show the state in words."""
        super().watch_value()
        self.label = _WHOLE_LABELS[self.value]


class ReplaceScreen(DialogScreen[Replacement]):
    """Asks what to find, and what to replace it with."""

    def __init__(self, label: str, text: str, hidden_rows: int) -> None:
        """Set up the dialog.

        Args:
            label: The label of the column.
            text: The text to begin with.
            hidden_rows: The number of rows that are searched although they are not listed.
        """
        super().__init__()
        self._hidden_rows = hidden_rows
        self._label = label
        self._text = text

    def compose(self) -> ComposeResult:
        """Lay out the two inputs, the check box, and a note about rows that are not listed."""
        with Vertical(classes="window") as window:
            window.border_title = plain(f"Replace in {self._label}")
            window.border_subtitle = "Enter replaces, Esc cancels"
            with Grid(classes="form"):
                yield Label("Find")
                yield Input(printable(self._text), id="find", compact=True)
                yield Label("Put instead")
                yield Input(id="put", compact=True)
            yield _WholeCells()
            if self._hidden_rows:
                rows = counted(self._hidden_rows, "row that isn't", "rows that aren't")
                yield Static(f"This includes {rows} in the list.", classes="paragraph")
            yield Button("Replace in every row", variant="primary", id="ok", compact=True)

    def on_mount(self) -> None:
        """Focus the text to find."""
        self.query_one("#find").focus()

    @on(Input.Submitted, "#find")
    def go_to_put(self) -> None:
        """Go on to the replacement when Enter is pressed."""
        self.query_one("#put").focus()

    @on(Input.Submitted, "#put")
    @on(Button.Pressed, "#ok")
    def action_replace(self) -> None:
        """Leave with the replacement, if there is a text to find."""
        find = self.query_one("#find", Input).value.strip()
        if find:
            put, whole = self.query_one("#put", Input).value.strip(), self.query_one("#whole", Checkbox).value
            self.dismiss(Replacement(find, put, whole))
