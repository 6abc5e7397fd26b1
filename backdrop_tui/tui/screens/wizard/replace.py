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

_WHOLE = {
    True: "Only where it is the whole cell (space changes that)",
    False: "Wherever it is in a cell (space changes that)",
}


@dataclass(frozen=True)
class Replacement:
    """What is to be put in place of what."""

    find: str
    """The text to look for."""
    put: str
    """The text to put there."""
    whole: bool
    """Whether only cells that are nothing but this text are meant."""


class _Whole(Checkbox):
    """Whether only whole cells are meant, said in words: the mark itself is there either way. Space changes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.replace", "Replace", show=False, id="replace.ok", tooltip="Replace"),
    ]

    def __init__(self) -> None:
        super().__init__(_WHOLE[True], value=True, id="whole", compact=True)

    def watch_value(self) -> None:
        """Say how it stands."""
        super().watch_value()
        self.label = _WHOLE[self.value]


class ReplaceScreen(DialogScreen[Replacement]):
    """Asks what to find, and what to put there."""

    def __init__(self, label: str, text: str, hidden_rows: int) -> None:
        super().__init__()
        self._hidden_rows = hidden_rows
        self._label = label
        self._text = text

    def compose(self) -> ComposeResult:
        """What, by what, and how."""
        with Vertical(classes="window") as window:
            window.border_title = plain(f"Replace in {self._label}")
            window.border_subtitle = "Enter replaces, Esc cancels"
            with Grid(classes="form"):
                yield Label("Find")
                yield Input(printable(self._text), id="find", compact=True)
                yield Label("Put instead")
                yield Input(id="put", compact=True)
            yield _Whole()
            if self._hidden_rows:
                rows = counted(self._hidden_rows, "row that isn't", "rows that aren't")
                yield Static(f"This includes {rows} in the list.", classes="paragraph")
            yield Button("Replace in every row", variant="primary", id="ok", compact=True)

    def on_mount(self) -> None:
        """Begin with what to find."""
        self.query_one("#find").focus()

    @on(Input.Submitted, "#find")
    def on_to_put(self) -> None:
        """Enter goes on to the next line."""
        self.query_one("#put").focus()

    @on(Input.Submitted, "#put")
    @on(Button.Pressed, "#ok")
    def action_replace(self) -> None:
        """Leave with the answer."""
        find = self.query_one("#find", Input).value.strip()
        if find:
            put, whole = self.query_one("#put", Input).value.strip(), self.query_one("#whole", Checkbox).value
            self.dismiss(Replacement(find, put, whole))
