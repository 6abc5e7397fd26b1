"""Adding people by hand: a form, saved row by row, with the list so far."""

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar

import polars as pl
from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, Static

from backdrop_tui.errors import BackdropError
from backdrop_tui.intake.checking.examine import examine
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.problem_index import ProblemIndex
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.tui.screens.shared.person_form import PersonForm
from backdrop_tui.tui.shell.draft_screen import DraftScreen
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.fitted_text import FittedText
from backdrop_tui.tui.widgets.footer import Footer
from backdrop_tui.tui.widgets.panels.panel import titled
from backdrop_tui.tui.widgets.problem_list import problem_texts
from backdrop_tui.tui.widgets.tables.review_table import ReviewTable

_NOBODY = "Nobody yet. Each person is listed here once the row is saved."
_MOST_PROBLEMS = 4
"""The number of problems of one row that are shown below the form."""


class ByHandScreen(DraftScreen[bool]):
    """A form for one person at a time. Enter goes to the next field, and in the last one saves the row."""

    CSS_PATH = stylesheet("by_hand")
    TITLE = "Add by hand"
    HELP = (
        "Type in one person at a time. Enter goes to the next field; in the last one it saves the row.\n"
        "Press ↓ to choose from a list where there is one.\n"
        "Each field is checked as you leave it, and the whole row as it is saved. Go to a row in the list and press Enter to change it.\n"
        "When everyone is typed in, press Ctrl+N to go on to what still needs fixing."
    )
    NEXT_KEYS = (("Enter", "goes to the next field"), ("Ctrl+N", "goes on once everyone is typed in"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save row", id="hand.save", tooltip="Save this person, and begin the next"),
        Binding("ctrl+n", "next", "Next", id="hand.next", tooltip="Everyone is typed in: go on"),
        Binding("ctrl+z", "undo", "Undo", id="hand.undo", tooltip="Clear what you have typed, or undo the last row"),
        Binding("f2", "to_list", "List", id="hand.list", tooltip="Go to the list so far, or back to the form"),
    ]  # fmt: skip

    table = getters.query_one("#rows", ReviewTable)
    message = getters.query_one("#message", FittedText)
    form = getters.query_one(PersonForm)

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self.row = 0
        """The number of the row in the form; 0 for a new one."""
        self._problems: ProblemIndex | None = None
        self._field_problems: dict[str, list[tuple[str, str]]] = {}

    def compose(self) -> ComposeResult:
        """Lay out the form, the problems of the last row, and the list."""
        yield self.breadcrumb(0)
        yield titled(PersonForm(self.draft.kind), f"New {self.draft.kind.singular}")
        yield FittedText(id="message")
        yield titled(Static(_NOBODY, id="nobody"), "So far")
        yield titled(ReviewTable(id="rows", has_pencil=False), "So far")
        yield Footer("next")

    def on_mount(self) -> None:
        """Begin with a new row."""
        self.table.cursor_type = "row"
        self._open_row()
        self.restore_unsaved()
        self.check_rows()

    def _open_row(self, row: int = 0) -> None:
        """Put a saved row into the form, or empty the form for a new one."""
        self.row = row
        self._field_problems.clear()
        self.form.begin(self._saved_values())

    def _saved_values(self) -> dict[str, str] | None:
        """The values of the row in the form as they are saved; None if it is a new one, or hasn't been checked yet."""
        if self._problems is None or self.row not in (review := self._problems.review).texts["row"]:
            return None
        return {key: review.text_to_edit(self.row, key) for key in self.draft.kind.keys}

    @on(PersonForm.Filled)
    def action_save(self) -> None:
        """Save the row, unless nothing is typed in."""
        values = self.form.values
        if not any(values.values()):
            self.message.update("You haven't typed anything in yet. Press Ctrl+N once everyone is typed in.")
            return
        if (row := self._save_row(values)) is not None:
            self._open_row()
            self.check_rows(row)

    def _save_row(self, values: dict[str, str]) -> int | None:
        """Save a row, and return its number; None if it can't be saved."""
        row = self.row or max(self.draft.edits.added, default=0) + 1
        change = Change(
            title=f"Row {row}",
            cells=tuple((row, key, text) for key, text in values.items()),
            added=() if self.row else (row,),
        )
        try:
            self.draft.do(change)
        except BackdropError as error:
            self.show_error(error)
            return None
        self.forget_unsaved()
        return row

    def _save_form(self) -> bool:
        """Save what is in the form if it isn't saved yet; return False if that fails."""
        values = self.form.values
        if self._is_saved(values):
            return True
        row = self._save_row(values)
        self.row = row or self.row
        return row is not None

    def _is_saved(self, values: dict[str, str]) -> bool:
        """Tell whether the form is empty, or the same as its saved row."""
        return not any(values.values()) or values == self._saved_values()

    @property
    def unsaved_input(self) -> Mapping[str, Any] | None:
        """The row in the form, unless it is saved."""
        values = self.form.values
        return None if self._is_saved(values) else {"row": self.row, "values": values}

    def show_unsaved(self, unsaved: Mapping[str, Any]) -> bool:
        """Put a row that was not saved back into the form."""
        match unsaved:
            case {"row": int(row), "values": dict(values)} if values.keys() == set(self.draft.kind.keys):
                self.row = row if row in self.draft.edits.added else 0
                self.form.carry_on_with(values)
                return True
        return False

    def action_back(self) -> None:
        """Go one step back; a row that is not finished is saved as it is."""
        if self._save_form():
            self.dismiss(None)

    def show_review(self, review: Review, row: int) -> None:
        """Show the list, and the problems of this row; 0 for none."""
        self._problems = ProblemIndex(review)
        self.form.context = review.context
        self.form.show_fields(review.fields)
        self.table.show_review(review, review.texts["row"])
        self.set_class(review.texts.height > 0, "-has-rows")
        if row:
            self.table.go_to(row)
        self._show_problems(self._problems, row)

    def _show_problems(self, index: ProblemIndex, row: int) -> None:
        count = index.review.texts.height
        counted = f"{self.draft.kind.counted(count)} so far." if count else ""
        saved = f" Row {row} is saved." if row else ""
        problems = index.in_row(row)[:_MOST_PROBLEMS] if row else []
        texts = [(problem.level, problem.message) for problem in problems]
        line = f"{counted}{saved}\n" if texts else f"{counted}{saved}"
        self.message.show(lambda width: line + problem_texts(texts, width))
        self.refresh_bindings()

    @on(PersonForm.Left)
    def check_field(self, event: PersonForm.Left) -> None:
        """Say what is wrong with a field that the user has left, unless nothing at all is typed in."""
        field, context = event.field, self.form.context
        if context is None or not any(self.form.values.values()):
            return
        before = dict(self._field_problems)
        problems = examine(field, pl.Series([field.typed(event.text)]), context).problems
        self._field_problems[field.key] = [
            (level, f"{message} Suggested: {suggestion}." if suggestion else message)
            for level, message, suggestion in problems.select("level", "message", "suggestion").iter_rows()
        ]
        if self._field_problems[field.key] != before.get(field.key, []):
            lines = [line for key in self.draft.kind.keys for line in self._field_problems.get(key, [])]
            self.message.show(partial(problem_texts, lines[-_MOST_PROBLEMS:]))

    @on(DataTable.RowSelected)
    def edit_row(self) -> None:
        """Put the row under the cursor into the form."""
        if (row := self.table.selected_row) is not None:
            self._open_row(row)

    def action_to_list(self) -> None:
        """Go to the list, or back to the form."""
        if self.table.has_focus:
            self.form.input_of(self.draft.kind.keys[0]).focus()
        else:
            self.table.focus()

    def action_undo(self) -> None:
        """Clear what is in the form and not saved; if nothing is, undo the last row."""
        if not self._is_saved(self.form.values):
            self._open_row(self.row)
            self.message.update("What you typed has been cleared. Press Ctrl+Z again to undo the last row.")
            return
        try:
            change = self.draft.undo()
        except BackdropError as error:
            self.show_error(error)
            return
        if change is not None:
            if self.row not in self.draft.edits.added:
                # The row in the form is gone: saving the form adds a new one.
                self.row = 0
            self.notify(f"Undone: {change.title}", timeout=3)
            self.check_rows()

    def action_next(self) -> None:
        """Save what is in the form, and go on if at least one person has been added."""
        if not self._save_form():
            return
        if self.draft.edits.added:
            self.dismiss(True)
        else:
            self.message.update("Nobody has been typed in yet.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Grey the keys that can't be used now."""
        if action == "undo" and self.is_mounted and self._is_saved(self.form.values):
            return True if self.draft.edits.done else None
        if action == "to_list":
            return True if self.draft.edits.added else None
        return True
