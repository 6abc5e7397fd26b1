"""Find and replace in one column."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid, Vertical
from textual.widgets import Button, Checkbox, Input, Label, Static

from backdrop_tui.intake.draft import fixes
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.printable import printable
from backdrop_tui.tui.shell.base_screens import DialogScreen
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.wording import counted

_WHOLE_LABELS = {
    True: "Only where it is the whole cell (Space to change)",
    False: "Wherever it is in a cell (Space to change)",
}


NOT_FOUND = "Nothing in this column matches."
"""What is said if there is nothing to replace."""


@dataclass(frozen=True)
class Replacement:
    """A text to find, and its replacement."""

    find: str
    """The text to find."""
    put: str = ""
    """The text to put in its place."""
    whole: bool = True
    """Whether to replace only cells that consist of nothing but `find`."""

    def change(self, review: Review, key: str) -> Change | None:
        """The change that replaces the text in every row of a column; None if it isn't there."""
        return fixes.find_and_replace(review, key, self.find.strip(), self.put.strip(), whole=self.whole)


class WholeCells(Checkbox):
    """Whether only whole cells are replaced. Its label says so too, since the mark looks alike in both states."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.replace", "Replace", show=False, id="replace.ok", tooltip="Replace"),
    ]

    def __init__(self, *, value: bool) -> None:
        super().__init__(_WHOLE_LABELS[value], value=value, id="whole", compact=True)

    def watch_value(self) -> None:
        """Show the state in words."""
        super().watch_value()
        self.label = _WHOLE_LABELS[self.value]


class ReplaceScreen(DialogScreen[Replacement]):
    """Asks what to find, and what to replace it with."""

    def __init__(
        self, label: str, start: Replacement, hidden_rows: int, keep: Callable[[Replacement], object]
    ) -> None:
        """Set up the dialog.

        Args:
            label: The label of the column.
            start: What to begin with.
            hidden_rows: The number of rows that are searched although they are not listed.
            keep: Called with what is typed in whenever that changes.
        """
        super().__init__()
        self._hidden_rows = hidden_rows
        self._label = label
        self._start = start
        self._keep = keep

    @property
    def replacement(self) -> Replacement:
        """What is typed in."""
        find, put = (self.query_one(name, Input).value for name in ("#find", "#put"))
        return Replacement(find, put, self.query_one("#whole", Checkbox).value)

    def compose(self) -> ComposeResult:
        """Lay out the two inputs, the check box, and a note about rows that are not listed."""
        with Vertical(classes="window") as window:
            window.border_title = plain(f"Replace in {self._label}")
            window.border_subtitle = "Enter to replace, Esc to cancel"
            with Grid(classes="form"):
                yield Label("Find")
                yield Input(printable(self._start.find), id="find", compact=True)
                yield Label("Replace with")
                yield Input(printable(self._start.put), id="put", compact=True)
            yield WholeCells(value=self._start.whole)
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
        if self.replacement.find.strip():
            self.dismiss(self.replacement)

    @on(Input.Changed)
    @on(Checkbox.Changed)
    def keep_typed(self) -> None:
        """Report what is typed in."""
        self._keep(self.replacement)
