"""What an import did, and who is stored now."""

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
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen
from backdrop_tui.tui.shell.base_screens import StepScreen
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.breadcrumb import IMPORT_STEPS, Breadcrumb
from backdrop_tui.tui.widgets.count_charts import bar_chart
from backdrop_tui.tui.widgets.plain import plain

_SPREAD = {
    "students": ("year_group", "Students in each year group now"),
    "staff": ("user_group", "Staff in each user group now"),
}


class SummaryScreen(StepScreen[None]):
    """How many came in, with bars for each group."""

    CSS_PATH = stylesheet("summary")
    TITLE = "Complete"
    HELP = (
        "The import is complete. Enter goes on to what is next.\n"
        "The CSV file still lies on this server, with children's data in it: x deletes it."
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
    spread = getters.query_one("#spread", Static)

    @dataclass
    class Counted(Message):
        """Who is stored now has been counted."""

        groups: pl.Series
        """The group of each of them."""

    @dataclass
    class Deleted(Message):
        """The file has been deleted, or could not be."""

        sentence: str
        """Which."""
        gone: bool
        """Whether it is gone."""

    def __init__(self, kind: RecordKind, outcome: ImportResult, path: str) -> None:
        super().__init__()
        self.kind = kind
        """What was imported."""
        self.outcome = outcome
        """What came of it."""
        self.path = Path(path) if path else None
        """From which file; None where they were typed in, or once it has been deleted."""

    def compose(self) -> ComposeResult:
        """The numbers, then the bars."""
        yield Breadcrumb(self.kind.many.capitalize(), IMPORT_STEPS, len(IMPORT_STEPS))
        with VerticalScroll():
            yield Static(self._numbers(), id="numbers")
            yield Static(plain(self._offer()), id="source")
            yield Static(id="spread")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Count who is stored now."""
        self.count()

    def _numbers(self) -> Content:
        done = self.outcome
        parts = [
            Content.styled(
                f"✓ Complete{': ' + plain(self.path.name, 60).plain if self.path else ''}",
                "bold $text-success",
            ),
            Content(
                f"{done.added:>8,}  added\n{done.updated:>8,}  updated\n{done.unchanged:>8,}  unchanged\n{done.left_out:>8,}  left out"
            ),
        ]
        if done.groups:
            parts.append(
                plain(f"User groups made, with the rights of {PATTERN_GROUP}: {', '.join(done.groups)}.")
            )
        if done.errors_file:
            parts.append(
                Content.assemble(
                    "The rows that were left out are in\n  ", plain(str(done.errors_file)),
                    "\nPut them right here or in Excel, and import that file again.",
                )
            )  # fmt: skip
        return Content("\n\n").join(parts)

    def _offer(self) -> str:
        if self.path is None:
            return ""
        return f"{self.path.name} still lies on this server, with people's data in it. If you need it no more, press x to delete it."

    def action_delete(self) -> None:
        """Ask, then delete the file that was imported."""
        path = self.path
        if path is None:
            return

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - a screen's result
            if yes:
                self.delete(path)

        question = f"{path} is deleted from this server. What is stored stays."
        self.app.push_screen(ConfirmScreen("Delete the CSV file?", question, "Delete", "Keep"), answered)

    @work(thread=True, exclusive=True, group="delete", exit_on_error=False)
    def delete(self, path: Path) -> None:
        """Delete the file, away from the screen."""
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            reason = error.strerror or "the system gave no reason"
            self.post_message(self.Deleted(f"{path.name} can't be deleted: {reason}.", gone=False))
        else:
            self.post_message(self.Deleted(f"{path.name} is deleted from this server.", gone=True))

    @on(Deleted)
    def say_deleted(self, event: Deleted) -> None:
        """Say whether the file is gone."""
        self.source.update(plain(event.sentence))
        if event.gone:
            self.path = None
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Grey what can't be done now."""
        if action == "delete" and self.path is None:
            return None
        return True

    @work(thread=True, exclusive=True, group="count", exit_on_error=False)
    def count(self) -> None:
        """Count who is stored now, away from the screen."""
        try:
            groups = self.host.school.stored(self.kind)[_SPREAD[self.kind.name][0]]
        except BackdropError:
            return
        self.post_message(self.Counted(groups))

    @on(Counted)
    def show(self, event: Counted) -> None:
        """Show the bars."""
        self.spread.update(
            bar_chart(_SPREAD[self.kind.name][1], event.groups, min(self.spread.size.width - 2, 100))
        )
