"""Putting a file right: its faulty rows in a table, edited cell by cell or many cells at once."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import DataTable, Footer, Static

from backdrop_tui.errors import BackdropError
from backdrop_tui.intake.draft import fixes
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.problem_index import WHOLE_ROW, ProblemIndex
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.records.fields.date_of_birth import DATE_MONTH_FIRST
from backdrop_tui.records.fields.user_group import GROUP_NEAR
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen, ask
from backdrop_tui.tui.screens.wizard.replace import Replacement, ReplaceScreen
from backdrop_tui.tui.screens.wizard.suggestion_questions import dates_question, groups_question
from backdrop_tui.tui.shell.base_screens import Failed
from backdrop_tui.tui.shell.draft_screen import DraftScreen
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.cell_editor import CellEditor
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.tui.widgets.problem_browser import ProblemBrowser
from backdrop_tui.tui.widgets.problem_list import ProblemList
from backdrop_tui.tui.widgets.review_text import describe_counts
from backdrop_tui.tui.widgets.tables.editable_columns import PENCIL
from backdrop_tui.tui.widgets.tables.review_table import ReviewTable
from backdrop_tui.tui.widgets.tables.window_table import WindowTable

_CELL_FIXES: dict[str, Callable[[ProblemIndex, int, str], Change | None]] = {
    "suggestion": fixes.take_suggestion,
    "accept": fixes.accept_cell,
}
"""Fixes for the cell under the cursor, by the name in their binding; a key is greyed while its fix changes nothing."""


class PutRightScreen(DraftScreen[Review]):
    """The rows that have problems, the kinds of problems to filter them by, and the keys that fix them."""

    CSS_PATH = stylesheet("put_right")
    TITLE = "Put right"
    HELP = (
        "Each line is a row of your file with something in it to fix. ! marks an error: the row can't be imported until "
        "it is fixed or left out. ? marks a warning: check that it is right.\n"
        "Enter edits the cell that you are on; the row is checked again as you save it. In the last column (✎) it begins with the first problem of the row.\n"
        "n goes to the next problem. l leaves the row out, or takes it back.\n"
        "Many at once: f fixes every cell with the same faulty value; t takes every suggestion of a kind.\n"
        "When you have done what you can, press c. Rows that still have errors are kept in a file for later."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", show=False, id="fix.back", tooltip="One step back; nothing is lost"),
        Binding("e", "edit", "Edit", id="fix.edit", key_display="Enter", tooltip="Edit this cell"),
        Binding("n", "next_problem(1)", "Next", id="fix.next", tooltip="Next problem"),
        Binding("p", "next_problem(-1)", "Previous", id="fix.previous", show=False, tooltip="Previous problem"),
        Binding("s", "fix_cell('suggestion')", "Suggest", show=False, id="fix.suggestion", tooltip="Take the suggestion for this cell"),
        Binding("t", "all_suggestions", "Take all", show=False, id="fix.all_suggestions", tooltip="Take every suggestion of this kind of problem"),
        Binding("f", "alike", "Fix all the same", id="fix.alike", tooltip="Fix every cell with this faulty value at once"),
        Binding("a", "fix_cell('accept')", "Accept", id="fix.accept", tooltip="This warning is all right as it is"),
        Binding("A", "accept_all", "Accept all", id="fix.accept_all", show=False, tooltip="Every warning of this kind is all right as it is"),
        Binding("l", "leave_out", "Leave out", id="fix.leave_out", tooltip="Leave this row out of the import, or take it back"),
        Binding("L", "leave_all_out", "Leave all out", id="fix.leave_all_out", show=False, tooltip="Leave out every row listed here that has an error"),
        Binding("u,ctrl+z", "undo", "Undo", id="fix.undo", tooltip="Undo the last change"),
        Binding("r,ctrl+y", "redo", "Redo", id="fix.redo", show=False, tooltip="Redo the change that was undone last"),
        Binding("slash", "replace", "Replace", id="fix.replace", show=False, key_display="/", tooltip="Find and replace in this column"),
        Binding("m", "month_first", "Month first", id="fix.month_first", show=False, tooltip="Read the whole column of dates with the month first, or with the day first again"),
        Binding("v", "every_row", "All rows", id="fix.every_row", show=False, tooltip="Show all rows, or only those with problems"),
        Binding("w", "save_errors", "Save rest", id="fix.save_errors", show=False, tooltip="Save the rows that are left in a file, to go on with it elsewhere"),
        Binding("k", "kinds", "Kinds", id="fix.kinds", show=False, tooltip="Go to the list of kinds of problems, which filters the table"),
        Binding("c", "complete", "Check", id="fix.complete", tooltip="Look at what will be imported"),
    ]  # fmt: skip

    browser = getters.query_one(ProblemBrowser)
    table = getters.query_one("#rows", ReviewTable)
    kinds = getters.query_one("#kinds", ProblemList)
    state = getters.query_one("#state", Static)
    editor = getters.query_one("#editor", CellEditor)

    @dataclass
    class ErrorsSaved(Message):
        """The rows that are left have been saved."""

        path: Path | None
        """The file that they are in; None if no rows are left."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self.review: Review | None = None
        """The draft as it was checked last; None until the first check is done."""
        self._after_check: Callable[[], None] | None = None
        self._possible: dict[str, bool] = {}

    def compose(self) -> ComposeResult:
        """Lay out the counts, the rows with their problems, and the editor."""
        yield self.breadcrumb(2)
        yield Static("Checking every row …", id="state")
        yield ProblemBrowser(id="work")
        yield CellEditor(id="editor")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Check every row."""
        self.table.focus()
        self._check()

    def _check(self, then: Callable[[], None] | None = None) -> None:
        """Check every row in a worker, then do something more."""
        self._after_check = then
        self.holds_keys = self.review is not None
        self.check_rows()

    def show_review(self, review: Review, row: int) -> None:  # noqa: ARG002 - this screen asks for one check at a time
        """Show the result of a check."""
        self.holds_keys = False
        is_first = self.review is None
        self.review = review
        self.browser.show_review(review)
        self.state.update(describe_counts(review))
        self._refresh_keys()
        if is_first:
            self._start(review)
        then, self._after_check = self._after_check, None
        if then is not None:
            then()

    def _start(self, review: Review) -> None:
        """Go to the first problem, or to where the user left off, be that on the next screen."""
        if review.problems.height:
            self.browser.go_to_problem(max(self.draft.facts.row - 1, 0), 1)
        if self.draft.facts.stage == "preview":
            self.action_complete()

    @on(WindowTable.CursorMoved)
    def _refresh_keys(self) -> None:
        """Grey the keys that can't be used now. Drawing the footer takes longer than all else that a cursor key does."""
        if (possible := self._possible_actions()) != self._possible:
            self._possible = possible
            self.refresh_bindings()

    def _possible_actions(self) -> dict[str, bool]:
        """Actions that can't always be used, and whether each can be used now."""
        if (review := self.review) is None:
            return {}
        cell, kind = self.browser.cell, self.browser.kind
        return {
            "edit": cell is not None,
            "alike": cell is not None and cell.problems.alike(cell.row, cell.key)[1] > 0,
            "replace": cell is not None and cell.key in self.draft.kind.by_key,
            "leave_out": cell is not None,
            "accept_all": kind is not None and kind.can_be_accepted,
            "all_suggestions": kind is not None and kind.suggestions > 0,
            "next_problem": review.problems.height > 0,
            "undo": bool(self.draft.edits.done),
            "redo": bool(self.draft.edits.undone),
            "month_first": any(field.is_date for field in self.draft.kind.fields),
            "leave_all_out": len(self.browser.listed_error_rows) > 0,
            "save_errors": review.ready.height < review.texts.height,
            **{
                name: cell is not None and fix(cell.problems, cell.row, cell.key) is not None
                for name, fix in _CELL_FIXES.items()
            },
        }

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grey the keys that can't be used now."""
        if action in {"undo", "redo"} and self.is_typing:
            return False
        name = str(parameters[0]) if action == "fix_cell" and parameters else action
        return True if self._possible.get(name, True) else None

    def action_kinds(self) -> None:
        """Go to the list of kinds."""
        self.kinds.focus()

    def action_every_row(self) -> None:
        """Show all rows, or only those with problems."""
        self.browser.toggle_every_row()

    def action_next_problem(self, step: int) -> None:
        """Go to the next (1) or previous (-1) problem."""
        self.browser.go_to_next_problem(step)

    def _fix(self, change: Change | None, then: Callable[[], None] | None = None) -> None:
        """Save a change in the draft, check the rows again, then do something more."""
        if change is None:
            return
        try:
            self.draft.do(change)
        except BackdropError as error:
            self.show_error(error)
        else:
            self._check(then)

    def _fix_cell(self, row: int, key: str, change: Change | None) -> None:
        """Make a change, then go to the next problem unless this cell still has an error."""
        self._fix(change, partial(self.browser.go_on_from, row, key))

    @on(DataTable.CellSelected)
    def action_edit(self) -> None:
        """Edit this cell, or the first cell of the row with a problem if the cell is not that of a field."""
        if (cell := self.browser.cell) is None:
            return
        row, key = cell.row, cell.key
        if key in {PENCIL, WHOLE_ROW}:
            key = cell.problems.first_faulty_field(row) or self.draft.kind.keys[0]
            self.table.go_to(row, key)
        field, text = self.draft.kind.by_key[key], cell.review.text_to_edit(row, key)
        self.editor.edit(row, field, text, cell.problems.suggestion(row, key))

    def action_alike(self) -> None:
        """Edit every cell that has the same faulty value as this one."""
        if (cell := self.browser.cell) is None:
            return
        value, count = cell.problems.alike(cell.row, cell.key)
        if value is not None:
            text = cell.problems.suggestion(cell.row, cell.key) or value
            field = self.draft.kind.by_key[cell.key]
            self.editor.edit(cell.row, field, text, alike=value, count=count)

    @on(CellEditor.Saved)
    def save_edit(self, event: CellEditor.Saved) -> None:
        """Make the edit, and go on to the next problem."""
        self.table.focus()
        if (review := self.review) is None:
            return
        row, key = event.row, event.field.key
        if event.alike is not None:
            change = fixes.fix_alike(review, key, event.alike, event.text)
        else:
            change = fixes.set_cell(review, row, key, event.text)
        self._fix_cell(row, key, change)

    @on(CellEditor.Cancelled)
    def cancel_edit(self) -> None:
        """Go back to the table."""
        self.table.focus()

    def action_fix_cell(self, name: str) -> None:
        """Apply one of the fixes for a single cell to the cell under the cursor."""
        if cell := self.browser.cell:
            change = _CELL_FIXES[name](cell.problems, cell.row, cell.key)
            self._fix_cell(cell.row, cell.key, change)

    def action_all_suggestions(self) -> None:
        """Take every suggestion of this kind of problem; ask first if that could be wrong for dates or user groups."""
        review, kind = self.review, self.browser.kind
        if review is None or kind is None or (change := fixes.take_suggestions(review, kind)) is None:
            return
        take = partial(self._fix, change, self.browser.go_to_next_problem)
        if kind.code == GROUP_NEAR.code:
            ask(self.app, groups_question(fixes.suggested_replacements(review, kind)), yes=take)
        elif kind.code == DATE_MONTH_FIRST.code:
            ask(self.app, dates_question(kind.count), yes=self.action_month_first, no=take)
        else:
            take()

    def action_month_first(self) -> None:
        """Read all dates with the month first, or with the day first again."""
        month_first = self.draft.edits.date_order != "mdy"
        change, example = (
            fixes.read_dates("mdy" if month_first else "dmy"),
            "4 March" if month_first else "3 April",
        )
        self.notify(f"{change.title}: 03/04/2012 is {example}. Press u to undo.", timeout=5)
        self._fix(change)

    def action_accept_all(self) -> None:
        """Accept every warning of this kind."""
        if self.review is not None and (kind := self.browser.kind) is not None:
            change = fixes.accept(self.review.problems_of(kind))
            self._fix(change, self.browser.go_to_next_problem)

    def action_leave_out(self) -> None:
        """Leave this row out, or take it back."""
        if cell := self.browser.cell:
            change = fixes.take_back if cell.row in cell.review.left_out else fixes.leave_out
            self._fix(change(cell.review, [cell.row]))

    def action_leave_all_out(self) -> None:
        """Ask, then leave out every listed row that has an error."""
        rows = self.browser.listed_error_rows.to_list()
        if self.review is not None and rows:
            question = (
                f"{len(rows):,} of the rows listed here have errors. They will be left out, and kept in a file. "
                "Press u to undo this."
            )
            ask(
                self.app,
                ConfirmScreen("Leave these rows out?", question, "Leave out"),
                yes=partial(self._fix, fixes.leave_out(self.review, rows)),
            )

    def action_replace(self) -> None:
        """Find and replace in this column."""
        cell = self.browser.cell
        if cell is None or cell.key not in self.draft.kind.by_key:
            return
        review, key = cell.review, cell.key

        def answered(replacement: Replacement | None) -> None:
            if replacement is not None:
                self._replace(review, key, replacement)

        self.app.push_screen(
            ReplaceScreen(
                label=self.draft.kind.label(key),
                text=review.text_to_edit(cell.row, key),
                hidden_rows=review.texts.height - len(self.browser.listed_rows),
            ),
            answered,
        )

    def _replace(self, review: Review, key: str, replacement: Replacement) -> None:
        change = fixes.find_and_replace(
            review, key, replacement.find, replacement.put, whole=replacement.whole
        )
        if change is None:
            self.notify("Nothing like that is in this column.", severity="warning")
            return
        self.notify(plain(f"{change.title}. Press u to undo.").plain, markup=False)
        self._fix(change)

    def action_undo(self) -> None:
        """Undo the last change."""
        self._step_in_history(self.draft.undo, "Undone")

    def action_redo(self) -> None:
        """Redo the change that was undone last."""
        self._step_in_history(self.draft.redo, "Redone")

    def _step_in_history(self, step: Callable[[], Change | None], done: str) -> None:
        try:
            change = step()
        except BackdropError as error:
            self.show_error(error)
            return
        if change is not None:
            self.app.clear_notifications()  # A notice about an earlier change may not be true any more.
            self.notify(plain(f"{done}: {change.title}").plain, timeout=3, markup=False)
            self._check()

    def action_save_errors(self) -> None:
        """Save the rows that are left."""
        if self.review is not None:
            self.holds_keys = True
            self.save_errors(self.review)

    @work(thread=True, exclusive=True, group="save-errors", exit_on_error=False)
    def save_errors(self, review: Review) -> None:
        """Save the rows that are left, in a worker."""
        host = self.host  # asked for first: a screen that has been left has no app
        from backdrop_tui.imports.errors_saving import save_errors  # noqa: PLC0415 - opens the store

        try:
            path = save_errors(host.school, review)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.ErrorsSaved(path))

    @on(ErrorsSaved)
    def show_saved(self, event: ErrorsSaved) -> None:
        """Say where the rows have been saved."""
        self.holds_keys = False
        message = f"Saved in {event.path}" if event.path else "Nothing is left to save."
        self.notify(plain(message).plain, timeout=15, markup=False)

    def action_complete(self) -> None:
        """Go on to what will be imported."""
        if self.review is not None:
            self.save_state()
            self.dismiss(self.review)

    def action_back(self) -> None:
        """Close the editor, or leave the list of kinds for the rows, or go one step back."""
        if self.editor.is_open:
            self.editor.close()
            self.table.focus()
        elif self.kinds.has_focus:
            self.table.focus()
        else:
            self.save_state()
            self.dismiss(None)

    def save_state(self) -> None:
        """Save the row that the user is on, for the next start."""
        try:
            self.draft.save_facts(row=self.table.selected_row or 0)
        except BackdropError as error:
            self.show_error(error)
