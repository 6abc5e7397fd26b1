"""The part of Put right in which something is typed: one cell, all cells with the same value, or Find and replace."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

from textual import getters, on
from textual.events import Key

from backdrop_tui.errors import BackdropError
from backdrop_tui.intake.draft import fixes
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.problem_index import WHOLE_ROW
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.tui.screens.wizard.put_right.keys import can_be_emptied
from backdrop_tui.tui.screens.wizard.put_right.replace import NOT_FOUND, Replacement, ReplaceScreen
from backdrop_tui.tui.shell.draft_screen import DraftScreen
from backdrop_tui.tui.widgets.cell_editor import CellEditor
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.tui.widgets.problem_browser import ProblemBrowser
from backdrop_tui.tui.widgets.tables.editable_columns import PENCIL
from backdrop_tui.tui.widgets.tables.review_table import ReviewTable


class EditingScreen(DraftScreen[Review]):
    """Changes a draft and checks it again. What is typed and not saved is there again after the app was cut off."""

    browser = getters.query_one(ProblemBrowser)
    table = getters.query_one("#rows", ReviewTable)
    editor = getters.query_one("#editor", CellEditor)

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self.review: Review | None = None
        """The draft as it was checked last; None until the first check is done."""
        self._after_check: Callable[[], None] | None = None
        self._replacement: dict[str, Any] | None = None

    def _check(self, then: Callable[[], None] | None = None) -> None:
        """Check every row in a worker, then do something more."""
        self._after_check = then
        self.holds_keys = self.review is not None
        self.check_rows()

    def _fix(self, change: Change | None, then: Callable[[], None] | None = None, notice: str = "") -> bool:
        """Save a change in the draft, show a notice if there is one, check the rows again, then do something more.

        Returns whether it could be saved.
        """
        if change is None:
            return True
        try:
            self.draft.do(change)
        except BackdropError as error:
            self.show_error(error)
            return False
        self.app.clear_notifications()  # u no longer undoes what an earlier notice is about.
        if notice:
            self.notify(plain(notice).plain, markup=False)
        self._check(then)
        return True

    def _fix_cell(self, row: int, key: str, change: Change | None) -> bool:
        """Make a change to one cell, then go on unless it still has an error. Returns whether it could be saved."""
        return self._fix(change, partial(self.browser.go_on_from, row, key))

    def _fix_many(self, change: Change | None) -> None:
        """Make a change to many cells, say so, then go on."""
        self._fix(change, self.browser.go_on, "" if change is None else f"{change.title}. Press u to undo.")

    def on_key(self, event: Key) -> None:
        """Begin to edit the cell with a key that is no command, or a capital letter whose command can't be used now."""
        binding = self.active_bindings.get(event.key)
        is_command = binding is not None and (binding.enabled or not (event.character or "").isupper())
        if is_command or not event.is_printable or event.character == " " or not self.table.has_focus:
            return
        self.action_edit()
        if self.editor.is_open:
            event.stop()
            self.editor.carry_on_with(event.character or "")

    def action_edit(self) -> None:
        """Edit this cell, or the first cell of the row with a problem if the cell is not that of a field."""
        if (cell := self.browser.cell) is None:
            return
        row, key = cell.row, cell.key
        if key in {PENCIL, WHOLE_ROW}:
            key = cell.problems.first_faulty_field(row) or self.draft.kind.keys[0]
            self.table.go_to(row, key)
        self._open_editor(key)

    def _open_editor(self, key: str) -> None:
        """Edit the cell of a field in the row under the cursor."""
        if cell := self.browser.cell:
            text, suggestion = (
                cell.review.text_to_edit(cell.row, key),
                cell.problems.suggestion(cell.row, key),
            )
            where = f"row {cell.review.context.row_names.name(cell.row)}"
            self.editor.edit(cell.row, self.draft.kind.by_key[key], text, suggestion, where=where)

    def action_empty_cell(self) -> None:
        """Empty the cell, which may be blank."""
        if (cell := self.browser.cell) is not None and can_be_emptied(cell):
            self._fix_cell(cell.row, cell.key, fixes.set_cell(cell.review, cell.row, cell.key, ""))

    def action_alike(self) -> None:
        """Edit every cell that has the same faulty value as this one."""
        if (cell := self.browser.cell) is None:
            return
        value, count = cell.problems.alike(cell.row, cell.key)
        if value is not None:
            text = cell.problems.sure_for_alike(cell.row, cell.key) or value
            field = self.draft.kind.by_key[cell.key]
            self.editor.edit(cell.row, field, text, alike=value, count=count)

    @property
    def unsaved_input(self) -> Mapping[str, Any] | None:
        """What is typed into the editor or into Find and replace."""
        return self._replacement or self.editor.unsaved

    def show_unsaved(self, unsaved: Mapping[str, Any]) -> bool:
        """Open the editor, or Find and replace, with a text that was not saved."""
        match unsaved:
            case {"row": int(row), "field": str(key), "alike": alike, "text": str(text)}:
                self.browser.show_cell(row, key)
                if self.table.selected_row != row or key not in self.draft.kind.by_key:
                    return False
                if alike is None:
                    self._open_editor(key)
                else:
                    self.action_alike()
                if self.editor.is_open:
                    self.editor.carry_on_with(text)
                return self.editor.is_open
            case {"key": str(key), "find": str(find), "put": str(put), "whole": bool(whole)}:
                self._ask_replacement(key, Replacement(find, put, whole))
                return True
        return False

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
        if self._fix_cell(row, key, change):
            self.keep_unsaved()
        else:
            self.show_unsaved({"row": row, "field": key, "alike": event.alike, "text": event.text})

    @on(CellEditor.Cancelled)
    def cancel_edit(self) -> None:
        """Go back to the table."""
        self.keep_unsaved()
        self.table.focus()

    def action_replace(self) -> None:
        """Find and replace in this column."""
        cell = self.browser.cell
        if cell is not None and cell.key in self.draft.kind.by_key:
            self._ask_replacement(cell.key, Replacement(cell.review.text_to_edit(cell.row, cell.key)))

    def _ask_replacement(self, key: str, start: Replacement) -> None:
        """Ask what to replace in a column, and replace it; the dialog begins with `start`."""
        if (review := self.review) is None:
            return

        def answered(replacement: Replacement | None) -> None:
            self._keep_replacement(key, None)
            change = replacement.change(review, key) if replacement else None
            if change is not None:
                self._fix(change, notice=f"{change.title}. Press u to undo.")
            elif replacement is not None:
                self.notify(NOT_FOUND, severity="warning")

        hidden_rows = review.texts.height - len(self.browser.listed_rows)
        dialog = ReplaceScreen(
            self.draft.kind.label(key), start, hidden_rows, partial(self._keep_replacement, key)
        )
        self.app.push_screen(dialog, answered)

    def _keep_replacement(self, key: str, replacement: Replacement | None) -> None:
        """Keep what is typed into the dialog on disk; None once the dialog is closed."""
        self._replacement = {"key": key, **asdict(replacement)} if replacement else None
        self.keep_unsaved()
