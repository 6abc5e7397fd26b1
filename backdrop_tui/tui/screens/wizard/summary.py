"""The result of an import, and who is stored now."""

from collections.abc import Sequence
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
from textual.widgets import Static

from backdrop_tui.errors import BackdropError
from backdrop_tui.imports.result import ImportResult
from backdrop_tui.imports.turn.movements import TITLES
from backdrop_tui.records.rights.user_groups import PATTERN_GROUP
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen, ask
from backdrop_tui.tui.shell.base_screens import StepScreen
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.breadcrumb import IMPORT_STEPS, Breadcrumb
from backdrop_tui.tui.widgets.fitted_text import FittedText
from backdrop_tui.tui.widgets.footer import Footer
from backdrop_tui.tui.widgets.outcome.count_charts import count_bars
from backdrop_tui.tui.widgets.outcome.turn_chart import count_line
from backdrop_tui.tui.widgets.panels.next_key import NextKey
from backdrop_tui.tui.widgets.panels.panel import titled
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.wording import listed

_CHARTS = {
    "students": ("year_group", "Students in each year group now"),
    "staff": ("user_group", "Staff in each user group now"),
}
"""For each kind of people, the field they are counted by and the title of the chart."""
_MOST_NAMES = 3


class SummaryScreen(StepScreen[None]):
    """Counts of what an import did, and a bar chart of everyone who is stored now."""

    CSS_PATH = stylesheet("summary")
    TITLE = "Complete"
    HELP = (
        "The import is complete. Press Enter to go on to what is next.\n"
        "A CSV file, with people's data in it, stays on this server until it is deleted. Press x to delete it."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape", "back", "Done", id="summary.done", tooltip="Go on to what is next"),
        Binding(
            "x",
            "delete",
            "Delete the CSV",
            id="summary.delete",
            tooltip="Delete the imported file from this server",
        ),
    ]

    source = getters.query_one("#source", Static)
    chart = getters.query_one("#chart", FittedText)

    @dataclass
    class Counted(Message):
        """Everyone who is stored has been looked up, to be counted."""

        groups: pl.Series
        """The year group or user group of each person (String)."""

    @dataclass
    class Deleted(Message):
        """Imported files have been deleted, or could not be."""

        message: str
        """What to tell the user."""
        files: tuple[Path, ...]
        """The files that have been deleted."""

    def __init__(self, kind: RecordKind, outcome: ImportResult, paths: Sequence[str]) -> None:
        """Create the screen.

        Args:
            kind: The kind of people that were imported.
            outcome: What the import did.
            paths: The files that were imported; none if people were typed in or cells were pasted.
        """
        super().__init__()
        self.kind = kind
        """The kind of people that were imported."""
        self.outcome = outcome
        """What the import did."""
        self.paths = [Path(path) for path in paths]
        """The files that were imported and are still there."""

    def compose(self) -> ComposeResult:
        """Lay out the counts, the offer to delete the file, and the chart."""
        yield Breadcrumb(self.kind.plural.capitalize(), IMPORT_STEPS, len(IMPORT_STEPS))
        with titled(VerticalScroll(), "What was stored"):
            yield Static(self._counts(), id="counts")
            yield Static(plain(self._offer()), id="source")
            yield FittedText(id="chart")
        yield NextKey((("Enter", "goes on to what is next"),), until_set_up=True)
        yield Footer()

    def on_mount(self) -> None:
        """Start to count who is stored now."""
        self.count()

    def _counts(self) -> Content:
        """How many people were added, updated and left out; new groups; and the errors file."""
        result = self.outcome
        parts = [
            Content.styled(
                f"✓ Complete{': ' + plain(self._names(), 60).plain if self.paths else ''}",
                "bold $text-success",
            ),
            Content(
                f"{result.added:>8,}  added\n{result.updated:>8,}  updated\n{result.unchanged:>8,}  unchanged\n{result.left_out:>8,}  left out"
            ),
        ]
        if result.turn is not None:
            lines = [count_line(result.turn, movement) for movement in TITLES]
            parts.append(Content("\n").join([Content.styled("New school year:", "bold"), *lines]))
        elif self.paths and result.missing:
            were = "wasn't" if result.missing == 1 else "weren't"
            parts.append(
                plain(
                    f"{self.kind.counted(result.missing)} already stored {were} in this file, and stay as they are. If they may have left, "
                    "import the file again, and press t on Check."
                )
            )
        if result.groups:
            parts.append(
                plain(f"User groups created, with the rights of {PATTERN_GROUP}: {', '.join(result.groups)}.")
            )
        if result.errors_file:
            parts.append(
                Content.assemble(
                    "The rows to fix later are in\n  ", plain(str(result.errors_file)),
                    "\nFix them here or in Excel, and import that file again.",
                )
            )  # fmt: skip
        return Content("\n\n").join(parts)

    def _offer(self) -> str:
        """The offer to delete the imported file; empty if there is none."""
        if not self.paths:
            return ""
        is_are, it = ("is", "it") if len(self.paths) == 1 else ("are", "them")
        return f"{self._names()} {is_are} still on this server, with people's data. If you no longer need {it}, press x to delete {it}."

    def _names(self) -> str:
        return listed((path.name for path in self.paths), at_most=_MOST_NAMES)

    def action_delete(self) -> None:
        """Delete the imported files, after asking."""
        if not self.paths:
            return
        names = listed(self.paths, at_most=_MOST_NAMES)
        text = f"This will delete {names} from this server. The people in Back:drop stay as they are."
        title = "Delete the CSV file?" if len(self.paths) == 1 else "Delete the CSV files?"
        ask(
            self.app, ConfirmScreen(title, text, "Delete", "Keep"), yes=lambda: self.delete(tuple(self.paths))
        )

    @work(thread=True, exclusive=True, group="delete", exit_on_error=False)
    def delete(self, paths: tuple[Path, ...]) -> None:
        """Delete files, in a worker. It stops at the first that can't be deleted."""
        deleted: list[Path] = []
        problem = ""
        for path in paths:
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                problem = f"{path.name} can't be deleted: {error.strerror or 'the system gave no reason'}."
                break
            deleted.append(path)
        have = "has" if len(deleted) == 1 else "have"
        names = listed((path.name for path in deleted), at_most=_MOST_NAMES)
        done = f"{names} {have} been deleted from this server." if deleted else ""
        self.post_message(self.Deleted(" ".join(filter(None, [done, problem])), tuple(deleted)))

    @on(Deleted)
    def show_deletion(self, event: Deleted) -> None:
        """Show whether the file has been deleted."""
        self.source.update(plain(event.message))
        self.paths = [path for path in self.paths if path not in event.files]
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Grey Delete out if there is no file."""
        return None if action == "delete" and not self.paths else True

    @work(thread=True, exclusive=True, group="count", exit_on_error=False)
    def count(self) -> None:
        """Look up the groups of everyone at the school, in a worker. If that fails, there is no chart."""
        with suppress(BackdropError):
            field, _ = _CHARTS[self.kind.name]
            self.post_message(self.Counted(self.host.school.current(self.kind)[field]))

    @on(Counted)
    def show_chart(self, event: Counted) -> None:
        """Draw the chart."""
        _, title = _CHARTS[self.kind.name]
        self.chart.show(lambda width: count_bars(title, event.groups, width))
