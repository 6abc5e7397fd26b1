"""Matching the columns of a file with the fields of Back:drop."""

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
from backdrop_tui.intake.matching.row_lengths import misaligned
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.school.remembered_matching import forget_matching
from backdrop_tui.tui.screens.wizard.choose_field import ChooseFieldScreen, FieldChoice
from backdrop_tui.tui.screens.wizard.reading_options import Reading, ReadingScreen
from backdrop_tui.tui.shell.base_screens import Failed
from backdrop_tui.tui.shell.draft_screen import DraftScreen
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.plain import cell, plain
from backdrop_tui.tui.widgets.tables.window_table import Cells, TableColumn, WindowTable

if TYPE_CHECKING:
    from backdrop_tui.intake.reading.sheet import Sheet

_ORIGINS = {"remembered": "as before", "similarity": "alike", "chosen": "chosen"}


def _columns(width: int) -> list[TableColumn]:
    heading, target = width * 26 // 100, width * 39 // 100
    return [
        TableColumn("heading", " Column in your file", heading),
        TableColumn("target", " Goes to", target),
        TableColumn("samples", " First values", width - heading - target),
    ]


class MatchScreen(DraftScreen[bool]):
    """Each column of the file with the field that it goes to and its first values. Dismissed with True to go on."""

    CSS_PATH = stylesheet("match")
    TITLE = "Match columns"
    HELP = (
        "Each line is a column of your file. Check that it goes to the right field; Enter changes that.\n"
        "A field in brackets is a suggestion: press s to use it, or t to use all suggestions.\n"
        "When every needed field has its column, press i to import the data."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "change", "Change", id="match.change", key_display="Enter", tooltip="Choose the field that this column goes to"),
        Binding("s", "take", "Suggest", id="match.take", tooltip="Take the suggestion for this column"),
        Binding("t", "take_all", "Take all", show=False, id="match.take_all", tooltip="Take all suggestions"),
        Binding("x", "unuse", "Not used", id="match.unuse", tooltip="This column is not used"),
        Binding("o", "reading", "Reading", id="match.reading", tooltip="How the file was read: change encoding, delimiter or the row of headings"),
        Binding("g", "forget", "Forget", id="match.forget", show=False, tooltip="Forget how columns were matched last time, and match anew"),
        Binding("i", "import_data", "Import Data", id="match.import", tooltip="Go on: check every row"),
    ]  # fmt: skip

    @dataclass
    class Rematched(Message):
        """The matching of earlier files with these headings has been forgotten."""

        matching: Matching
        """The columns matched by their headings and values alone."""

    table = getters.query_one("#columns", WindowTable)
    file_info = getters.query_one("#file", Static)
    state = getters.query_one("#state", Static)
    import_button = getters.query_one("#import", Button)

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self._shown_actions: dict[str, bool] = {}
        self._other_kind: tuple[Sheet, str] | None = None

    @property
    def matching(self) -> Matching:
        """The fields that the columns go to."""
        return self.draft.matching

    def compose(self) -> ComposeResult:
        """Lay out how the file was read, its columns, and what is missing."""
        yield self.breadcrumb(1)
        yield Static(id="file")
        yield WindowTable(id="columns")
        with Vertical(id="below"):
            yield Static(id="state")
            yield Button(
                "Import Data", variant="primary", id="import", compact=True, action="screen.import_data"
            )
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Show the columns as they are matched so far."""
        self.table.cursor_type = "row"
        self.table.set_columns(_columns)
        self.table.focus()
        self.show()

    def show(self) -> None:
        """Show the fields that the columns go to, and what is missing."""
        sheet, obstacles = self.draft.sheet, self._obstacles()
        count = self.draft.kind.counted(sheet.cells.height)
        summary = plain(f"{plain(sheet.file, 30).plain}: {count}. {sheet.how_read}")
        notes = [plain(note) for note in sheet.notes[:2]]
        self.file_info.update(Content("\n").join([summary, *notes]))
        self.table.show(pl.Series("row", range(len(self.matching.columns)), dtype=pl.UInt32), self._lines)
        if obstacles:
            more = f" And {len(obstacles) - 2} more." if len(obstacles) > 2 else ""
            problems = " ".join(obstacles[:2]) + more
            text = plain(f"{problems} {self._advice()}")
            self.state.update(Content.assemble(("! ", "bold $text-error"), text))
        else:
            self.state.update(
                Content.assemble(
                    ("✓ ", "bold $text-success"),
                    "Every needed field has its column. Press i to import the data.",
                )
            )
        self.import_button.disabled = bool(obstacles)
        self.refresh_keys()

    def _obstacles(self) -> tuple[str, ...]:
        """Why the file can't be imported as it is matched, a sentence or two each; empty if it can."""
        sentence = misaligned(self.draft.sheet, self.matching)
        return self.matching.obstacles() or ((sentence,) if sentence else ())

    def _advice(self) -> str:
        """What to do if a field has no column: the file may be one of the other kind of people."""
        sheet = self.draft.sheet
        if not self.matching.obstacles():
            return "Press o to change how the file is read."
        if self._other_kind is None or self._other_kind[0] is not sheet:
            others = (kind for kind in KINDS.values() if kind is not self.draft.kind)
            fitting = (kind.plural for kind in others if not match_columns(sheet, kind).obstacles())
            self._other_kind = sheet, next(fitting, "")
        if other := self._other_kind[1]:
            return f"It looks like a file of {other}: press Esc, and import it as {other}."
        return "Enter on a column chooses where it goes."

    def _lines(self, rows: Sequence[int]) -> list[Cells]:
        return [self._line(self.matching.columns[row]) for row in rows]

    def _line(self, column: Column) -> Cells:
        samples = " · ".join(column.samples)
        return [cell(f" {column.heading}"), self._target(column), cell(f" {samples}", "dim")]

    def _target(self, column: Column) -> Text:
        """The field that a column goes to or could go to, with a mark."""
        if column.target in self.matching.duplicates:
            return cell(f" ! {self.matching.label(column.target)} (twice)", "bold red")
        if column.target:
            origin = _ORIGINS.get(column.how, "")
            label = self.matching.label(column.target)
            return cell(f" ✓ {label} ({origin})" if origin else f" ✓ {label}", "green")
        if column.near_miss:
            return cell(
                f" ? [{self.matching.label(column.near_miss.target)}, {column.near_miss.similarity} %]",
                "yellow",
            )
        return cell(f" – {column.note or 'not used'}", "dim")

    @property
    def _index(self) -> int:
        """The place of the column that the cursor is on."""
        return self.table.selected_row or 0

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Grey out what can't be done with this column."""
        if not self.is_mounted or not self.matching.columns:
            return True
        return True if self._possible_actions().get(action, True) else None

    def _possible_actions(self) -> dict[str, bool]:
        """Whether each action can be done with the column that the cursor is on."""
        column = self.matching.columns[min(self._index, len(self.matching.columns) - 1)]
        return {
            "take": column.near_miss is not None and column.target != column.near_miss.target,
            "take_all": bool(self.matching.suggestions),
            "unuse": column.target is not None,
            "forget": any(other.how == "remembered" for other in self.matching.columns),
        }

    @on(WindowTable.CursorMoved)
    def refresh_keys(self) -> None:
        """Update the footer if other actions are possible now."""
        possible = self._possible_actions()
        if possible != self._shown_actions:
            self._shown_actions = possible
            self.refresh_bindings()

    @on(DataTable.RowSelected)
    def row_selected(self) -> None:
        """Choose a field when Enter is pressed on a column."""
        self.action_change()

    def action_change(self) -> None:
        """Choose the field that this column goes to."""
        index = self._index

        def chosen(choice: FieldChoice | None) -> None:
            if choice is not None:
                self._apply(self._retargeted(index, choice.target))

        self.app.push_screen(ChooseFieldScreen(self.matching, index), chosen)

    def action_take(self) -> None:
        """Use the suggestion for this column."""
        near_miss = self.matching.columns[self._index].near_miss
        if near_miss is not None:
            self._apply(self._retargeted(self._index, near_miss.target))

    def action_take_all(self) -> None:
        """Use all suggestions."""
        self._apply(self.matching.with_suggestions())

    def action_unuse(self) -> None:
        """Mark this column as not used."""
        self._apply(self._retargeted(self._index, None))

    def action_forget(self) -> None:
        """Forget how earlier files with these headings were matched, and match this one anew."""
        self.holds_keys = True
        self.forget()

    @work(thread=True, exclusive=True, group="forget", exit_on_error=False)
    def forget(self) -> None:
        """Forget the matching of earlier files with these headings, in a worker."""
        # Asked for first: a screen that has been left has no app.
        host, draft = self.host, self.draft
        try:
            forget_matching(host.school, draft.kind, draft.sheet.headings)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Rematched(match_columns(draft.sheet, draft.kind)))

    @on(Rematched)
    def show_rematched(self, event: Rematched) -> None:
        """Use the new matching."""
        self.holds_keys = False
        self._apply(event.matching)

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
        """Go on, if every field that is needed has its column."""
        if obstacles := self._obstacles():
            self.notify(
                plain(obstacles[0]).plain, title="Not yet", severity="warning", timeout=5, markup=False
            )
        elif self._apply(self.matching):
            self.dismiss(True)

    def _retargeted(self, index: int, target: str | None) -> Matching:
        """The matching with one column going to another field, which no other column goes to any more."""
        matching = self.matching
        for other, column in enumerate(matching.columns):
            if target is not None and other != index and column.target == target:
                matching = matching.with_target(other, None)
        return matching.with_target(index, target)

    def _apply(self, matching: Matching) -> bool:
        """Save a matching in the draft and show it; returns whether it could be saved."""
        try:
            self.draft.save_matching(matching)
        except BackdropError as error:
            self.show_error(error)
            return False
        self.show()
        return True
