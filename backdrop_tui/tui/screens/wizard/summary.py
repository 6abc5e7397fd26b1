"""The result of an import, and who is stored now."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import polars as pl
from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Footer, Static

from backdrop_tui.errors import BackdropError
from backdrop_tui.imports.result import ImportResult
from backdrop_tui.records.rights.user_groups import PATTERN_GROUP
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen, ask
from backdrop_tui.tui.shell.base_screens import StepScreen
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.breadcrumb import IMPORT_STEPS, Breadcrumb
from backdrop_tui.tui.widgets.count_charts import bar_chart
from backdrop_tui.tui.widgets.plain import plain

_CHARTS = {
    "students": ("year_group", "Students in each year group now"),
    "staff": ("user_group", "Staff in each user group now"),
}
"""For each kind of people, the field they are counted by and the title of the chart."""
_WIDEST_CHART = 100


class SummaryScreen(StepScreen[None]):
    """Counts of what an import did, and a bar chart of everyone who is stored now."""

    CSS_PATH = stylesheet("summary")
    TITLE = "Complete"
    HELP = (
        "The import is complete. Enter goes on to what is next.\n"
        "The CSV file is still on this server, with children's data in it. Press x to delete it."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape", "back", "Done", id="summary.done", tooltip="On to what is next"),
        Binding(
            "x",
            "delete",
            "Delete the CSV",
            id="summary.delete",
            tooltip="Delete the file that was imported from this server",
        ),
    ]

    source = getters.query_one("#source", Static)
    chart = getters.query_one("#chart", Static)

    @dataclass
    class Counted(Message):
        """Everyone who is stored has been looked up, to be counted."""

        groups: pl.Series
        """The year group or user group of each person (String)."""

    @dataclass
    class Deleted(Message):
        """The imported file has been deleted, or could not be."""

        message: str
        """What to tell the user."""
        is_gone: bool
        """Whether the file has been deleted."""

    def __init__(self, kind: RecordKind, outcome: ImportResult, path: str) -> None:
        """Create the screen.

        Args:
            kind: The kind of people that were imported.
            outcome: What the import did.
            path: The file that was imported; empty if people were typed in.
        """
        super().__init__()
        self.kind = kind
        """The kind of people that were imported."""
        self.outcome = outcome
        """What the import did."""
        self.path = Path(path) if path else None
        """The file that was imported; None if people were typed in, or once the file has been deleted."""

    def compose(self) -> ComposeResult:
        """Lay out the counts, the offer to delete the file, and the chart."""
        yield Breadcrumb(self.kind.plural.capitalize(), IMPORT_STEPS, len(IMPORT_STEPS))
        with VerticalScroll():
            yield Static(self._counts(), id="counts")
            yield Static(plain(self._offer()), id="source")
            yield Static(id="chart")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Start to count who is stored now."""
        self.count()

    def _counts(self) -> Content:
        """How many people were added, updated and left out; new groups; and the errors file."""
        result = self.outcome
        parts = [
            Content.styled(
                f"✓ Complete{': ' + plain(self.path.name, 60).plain if self.path else ''}",
                "bold $text-success",
            ),
            Content(
                f"{result.added:>8,}  added\n{result.updated:>8,}  updated\n{result.unchanged:>8,}  unchanged\n{result.left_out:>8,}  left out"
            ),
        ]
        if result.groups:
            parts.append(
                plain(f"User groups made, with the rights of {PATTERN_GROUP}: {', '.join(result.groups)}.")
            )
        if result.errors_file:
            parts.append(
                Content.assemble(
                    "The rows that were left out are in\n  ", plain(str(result.errors_file)),
                    "\nPut them right here or in Excel, and import that file again.",
                )
            )  # fmt: skip
        return Content("\n\n").join(parts)

    def _offer(self) -> str:
        """The offer to delete the imported file; empty if there is none."""
        if self.path is None:
            return ""
        return f"{self.path.name} is still on this server, with people's data in it. If you no longer need it, press x to delete it."

    def action_delete(self) -> None:
        """Delete the imported file, after asking."""
        path = self.path
        if path is None:
            return
        text = f"This will delete {path} from this server. The people in Back:drop stay as they are."
        question = ConfirmScreen("Delete the CSV file?", text, "Delete", "Keep")
        ask(self.app, question, yes=lambda: self.delete(path))

    @work(thread=True, exclusive=True, group="delete", exit_on_error=False)
    def delete(self, path: Path) -> None:
        """Delete a file, in a worker."""
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            reason = error.strerror or "the system gave no reason"
            self.post_message(self.Deleted(f"{path.name} can't be deleted: {reason}.", is_gone=False))
        else:
            self.post_message(self.Deleted(f"{path.name} has been deleted from this server.", is_gone=True))

    @on(Deleted)
    def show_deletion(self, event: Deleted) -> None:
        """Show whether the file has been deleted."""
        self.source.update(plain(event.message))
        if event.is_gone:
            self.path = None
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Grey Delete out if there is no file."""
        return None if action == "delete" and self.path is None else True

    @work(thread=True, exclusive=True, group="count", exit_on_error=False)
    def count(self) -> None:
        """Look up the groups of everyone who is stored, in a worker. If that fails, there is no chart."""
        with suppress(BackdropError):
            field, _ = _CHARTS[self.kind.name]
            self.post_message(self.Counted(self.host.school.stored(self.kind)[field]))

    @on(Counted)
    def show_chart(self, event: Counted) -> None:
        """Draw the chart."""
        _, title = _CHARTS[self.kind.name]
        self.chart.update(bar_chart(title, event.groups, min(self.chart.size.width - 2, _WIDEST_CHART)))
