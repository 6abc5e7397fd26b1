"""Matching the file's columns with our fields."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import polars as pl
from rich.text import Text
from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, DataTable, Footer, Static

from backdrop_tui.errors import BackdropError
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.matching.match import match_columns
from backdrop_tui.intake.matching.matching import Column, Matching
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.school.remembered_matching import forget_targets
from backdrop_tui.tui.screens.wizard.choose_field import Choice, ChooseFieldScreen
from backdrop_tui.tui.screens.wizard.reading_options import Reading, ReadingScreen
from backdrop_tui.tui.shell.base_screens import Failed
from backdrop_tui.tui.shell.draft_screen import DraftScreen
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.plain import cell, plain
from backdrop_tui.tui.widgets.tables.window_table import Cells, TableColumn, WindowTable

if TYPE_CHECKING:
    from backdrop_tui.intake.reading.sheet import Sheet

_HOW = {"remembered": "as before", "similarity": "alike", "chosen": "chosen"}


def _columns(width: int) -> list[TableColumn]:
    theirs, ours = width * 26 // 100, width * 39 // 100
    return [
        TableColumn("theirs", " Column in your file", theirs),
        TableColumn("ours", " Goes to", ours),
        TableColumn("samples", " First values", width - theirs - ours),
    ]


class MatchScreen(DraftScreen[bool]):
    """Every column of the file, three of its values, and the field that it goes to."""

    CSS_PATH = stylesheet("match")
    TITLE = "Match columns"
    HELP = (
        "Each line is a column of your file. Look whether it goes to the right field; Enter changes that.\n"
        "What stands in brackets is a suggestion: s takes it.\n"
        "When every needed field has its column, press i to import the data."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "change", "Change", id="match.change", key_display="Enter", tooltip="Choose the field that this column goes to"),
        Binding("s", "take", "Suggest", id="match.take", tooltip="Take the suggestion for this column"),
        Binding("x", "unuse", "Not used", id="match.unuse", tooltip="This column is not used"),
        Binding("o", "reading", "Reading", id="match.reading", tooltip="How the file was read: change encoding, delimiter or the row of headings"),
        Binding("g", "forget", "Forget", id="match.forget", show=False, tooltip="Forget how columns were matched last time, and match anew"),
        Binding("i", "import_data", "Import Data", id="match.import", tooltip="Go on: check every row"),
    ]  # fmt: skip

    @dataclass
    class Anew(Message):
        """How such a file was matched last time is forgotten."""

        matching: Matching
        """The columns, matched without that."""

    table = getters.query_one("#columns", WindowTable)
    read = getters.query_one("#read", Static)
    state = getters.query_one("#state", Static)
    on_button = getters.query_one("#import", Button)

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self._shown: dict[str, bool] = {}
        self._others: tuple[Sheet, str] | None = None

    @property
    def matching(self) -> Matching:
        """Where the columns go."""
        return self.draft.matching

    def compose(self) -> ComposeResult:
        """How the file was read, its columns, and what is missing."""
        yield self.breadcrumb(1)
        yield Static(id="read")
        yield WindowTable(id="columns")
        with Vertical(id="below"):
            yield Static(id="state")
            yield Button(
                "Import Data", variant="primary", id="import", compact=True, action="screen.import_data"
            )
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Show what was found out."""
        self.table.cursor_type = "row"
        self.table.set_columns(_columns)
        self.table.focus()
        self.show()

    def show(self) -> None:
        """Show where the columns go, and what is missing."""
        sheet, obstacles = self.draft.sheet, self.matching.obstacles()
        found = (
            f"{plain(sheet.file, 30).plain}: {self.draft.kind.counted(sheet.cells.height)}. {sheet.how_read}"
        )
        notes = [plain(note) for note in sheet.notes[:2]]
        self.read.update(Content("\n").join([plain(found), *notes]))
        self.table.show(pl.Series("row", range(len(self.matching.columns)), dtype=pl.UInt32), self._lines)
        if obstacles:
            more = f" And {len(obstacles) - 2} more." if len(obstacles) > 2 else ""
            said = " ".join(obstacles[:2]) + more
            self.state.update(Content.assemble(("! ", "bold $text-error"), plain(f"{said} {self._advice()}")))
        else:
            self.state.update(
                Content.assemble(
                    ("✓ ", "bold $text-success"),
                    "Every needed field has its column. Press i to import the data.",
                )
            )
        self.on_button.disabled = bool(obstacles)
        self.renew_keys()

    def _advice(self) -> str:
        """What to do where something is missing; it may be a file of the other kind."""
        if self._others is None or self._others[0] is not self.draft.sheet:
            sheet = self.draft.sheet
            others = (kind for kind in KINDS.values() if kind is not self.draft.kind)
            fits = next((kind.many for kind in others if not match_columns(sheet, kind).obstacles()), "")
            self._others = sheet, fits
        if other := self._others[1]:
            return f"It looks like a file of {other}: press Esc, and import it as {other}."
        return "Enter on a column chooses where it goes."

    def _lines(self, places: Sequence[int]) -> list[Cells]:
        return [self._line(self.matching.columns[place]) for place in places]

    def _line(self, column: Column) -> Cells:
        samples = " · ".join(column.samples)
        return [cell(f" {column.heading}"), self._goes_to(column), cell(f" {samples}", "dim")]

    def _goes_to(self, column: Column) -> Text:
        if column.target in self.matching.duplicates:
            return cell(f" ! {self.matching.label(column.target)} (twice)", "bold red")
        if column.target:
            how = _HOW.get(column.how, "")
            return cell(f" ✓ {self.matching.label(column.target)}" + (f" ({how})" if how else ""), "green")
        if column.near_miss:
            return cell(
                f" ? [{self.matching.label(column.near_miss.target)}, {column.near_miss.similarity} %]",
                "yellow",
            )
        return cell(f" – {column.note or 'not used'}", "dim")

    @property
    def _place(self) -> int:
        return self.table.selected_row or 0

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Grey what can't be done now."""
        if not self.is_mounted or not self.matching.columns:
            return True
        return True if self._possible().get(action, True) else None

    def _possible(self) -> dict[str, bool]:
        """What can be done with this column."""
        column = self.matching.columns[min(self._place, len(self.matching.columns) - 1)]
        return {
            "take": column.near_miss is not None and column.target != column.near_miss.target,
            "unuse": column.target is not None,
            "forget": any(c.how == "remembered" for c in self.matching.columns),
        }

    @on(WindowTable.CursorMoved)
    def renew_keys(self) -> None:
        """Show the keys that do something here."""
        possible = self._possible()
        if possible != self._shown:
            self._shown = possible
            self.refresh_bindings()

    @on(DataTable.RowSelected)
    def row_selected(self) -> None:
        """Enter on a column."""
        self.action_change()

    def action_change(self) -> None:
        """Choose the field that this column goes to."""
        place = self._place

        def chosen(choice: Choice | None) -> None:
            if choice is not None:
                self._put(self._with(place, choice.target))

        self.app.push_screen(ChooseFieldScreen(self.matching, place), chosen)

    def action_take(self) -> None:
        """Take the suggestion for this column."""
        near_miss = self.matching.columns[self._place].near_miss
        if near_miss is not None:
            self._put(self._with(self._place, near_miss.target))

    def action_unuse(self) -> None:
        """This column is not used."""
        self._put(self._with(self._place, None))

    def action_forget(self) -> None:
        """Forget how such a file was matched last time, and match it anew."""
        self.holds_keys = True
        self.forget()

    @work(thread=True, exclusive=True, group="forget", exit_on_error=False)
    def forget(self) -> None:
        """Forget it, away from the screen."""
        # Asked for first: a screen that has been left has no app.
        host, draft = self.host, self.draft
        try:
            forget_targets(host.school, draft.kind, draft.sheet.headings)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Anew(match_columns(draft.sheet, draft.kind)))

    @on(Anew)
    def take_anew(self, event: Anew) -> None:
        """Take the columns as they are matched without that."""
        self.holds_keys = False
        self._put(event.matching)

    def action_reading(self) -> None:
        """Change how the file is read."""

        def changed(reading: Reading | None) -> None:
            if reading is not None:
                try:
                    self.draft.reread(reading.options, reading.sheet)
                except BackdropError as error:
                    self.show_error(error)
                self.show()

        self.app.push_screen(ReadingScreen(self.draft), changed)

    def action_import_data(self) -> None:
        """Go on, where nothing is missing."""
        if obstacles := self.matching.obstacles():
            self.notify(
                plain(obstacles[0]).plain, title="Not yet", severity="warning", timeout=5, markup=False
            )
        elif self._put(self.matching):
            self.dismiss(True)

    def _with(self, place: int, target: str | None) -> Matching:
        """The matching with one column going elsewhere; a column that went there before gives way."""
        matching = self.matching
        for other, column in enumerate(matching.columns):
            if target is not None and other != place and column.target == target:
                matching = matching.with_target(other, None)
        return matching.with_target(place, target)

    def _put(self, matching: Matching) -> bool:
        """Keep a matching, and show it. Says whether it could be kept."""
        try:
            self.draft.save_matching(matching)
        except BackdropError as error:
            self.show_error(error)
            return False
        self.show()
        return True
