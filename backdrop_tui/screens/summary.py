"""What an import did, and who is stored now."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import polars as pl
from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Footer, Static

from backdrop_tui.errors import BackdropError
from backdrop_tui.records.kind import RecordKind
from backdrop_tui.setup.importing import Outcome
from backdrop_tui.widgets.bars import bars
from backdrop_tui.widgets.plain import plain
from backdrop_tui.widgets.step import StepScreen
from backdrop_tui.widgets.trail import IMPORT_STEPS, Trail

if TYPE_CHECKING:
    from backdrop_tui.app import BackdropApp

_SPREAD = {
    "students": ("year_group", "Students in each year group now"),
    "staff": ("user_group", "Staff in each user group now"),
}


class SummaryScreen(StepScreen[None]):
    """How many came in, with bars for each group."""

    TITLE = "Complete"
    HELP = "The import is complete. Enter goes back to the start."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape", "back", "Done", id="summary.done", tooltip="Back to the start"),
    ]

    app: "BackdropApp"
    spread = getters.query_one("#spread", Static)

    @dataclass
    class Counted(Message):
        """Who is stored now has been counted."""

        groups: pl.Series
        """The group of each of them."""

    def __init__(self, kind: RecordKind, outcome: Outcome, file: str) -> None:
        super().__init__()
        self.kind = kind
        """What was imported."""
        self.outcome = outcome
        """What came of it."""
        self.file = file
        """From which file; empty where they were typed in."""

    def compose(self) -> ComposeResult:
        """The numbers, then the bars."""
        yield Trail(self.kind.many.capitalize(), IMPORT_STEPS, len(IMPORT_STEPS))
        with VerticalScroll():
            yield Static(self._numbers(), id="numbers")
            yield Static(id="spread")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Count who is stored now."""
        self.count()

    def _numbers(self) -> Content:
        done = self.outcome
        parts = [
            Content.styled(
                f"✓ Complete{': ' + plain(self.file, 60).plain if self.file else ''}", "bold $text-success"
            ),
            Content(
                f"{done.added:>8,}  added\n{done.updated:>8,}  updated\n{done.unchanged:>8,}  unchanged\n{done.left_out:>8,}  left out"
            ),
        ]
        if done.errors_file:
            parts.append(
                Content.assemble(
                    "The rows that were left out are in\n  ", plain(str(done.errors_file)),
                    "\nPut them right here or in Excel, and import that file again.",
                )
            )  # fmt: skip
        return Content("\n\n").join(parts)

    @work(thread=True, exclusive=True, group="count", exit_on_error=False)
    def count(self) -> None:
        """Count who is stored now, away from the screen."""
        try:
            groups = self.app.school.stored(self.kind)[_SPREAD[self.kind.name][0]]
        except BackdropError:
            return
        self.post_message(self.Counted(groups))

    @on(Counted)
    def show(self, event: Counted) -> None:
        """Show the bars."""
        self.spread.update(bars(_SPREAD[self.kind.name][1], event.groups, min(self.size.width - 4, 100)))
