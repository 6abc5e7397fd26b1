"""Putting a file right: its faulty rows in a table, edited cell by cell or many cells at once."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Key, Resize
from textual.message import Message
from textual.widgets import Static

from backdrop_tui.errors import BackdropError
from backdrop_tui.intake.draft import fixes
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.encoding_finding import asks_about_encoding
from backdrop_tui.intake.draft.problem_index import WHOLE_ROW
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen, ask
from backdrop_tui.tui.screens.wizard.put_right import finding_answers
from backdrop_tui.tui.screens.wizard.put_right.bulk_suggestions import take_all, why_nothing_is_suggested
from backdrop_tui.tui.screens.wizard.put_right.keys import (
    BINDINGS,
    CELL_FIXES,
    HELP,
    month_first_finding,
    possible_actions,
)
from backdrop_tui.tui.screens.wizard.put_right.looking_up import LookingUpScreen
from backdrop_tui.tui.screens.wizard.reading_options import change_reading
from backdrop_tui.tui.shell.base_screens import Failed
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.cell_editor import CellEditor
from backdrop_tui.tui.widgets.find_line import FindLine
from backdrop_tui.tui.widgets.footer import Footer
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.tui.widgets.problem_browser import ProblemBrowser
from backdrop_tui.tui.widgets.problem_list import ProblemList
from backdrop_tui.tui.widgets.review_text import describe_counts
from backdrop_tui.tui.widgets.tables.window_table import WindowTable


class PutRightScreen(LookingUpScreen):
    """Findings and kinds of problems, the rows that they are about, and the keys that fix them."""

    CSS_PATH = stylesheet("put_right")
    TITLE = "Put right"
    HELP = HELP
    BINDINGS: ClassVar[list[BindingType]] = BINDINGS

    kinds = getters.query_one("#kinds", ProblemList)
    state = getters.query_one("#state", Static)

    @dataclass
    class ErrorsSaved(Message):
        """The rows that are left have been saved."""

        path: Path | None
        """The file that they are in; None if no rows are left."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self._possible: dict[str, bool] = {}

    def compose(self) -> ComposeResult:
        """Lay out the counts, the rows with their problems, and the editor."""
        yield self.breadcrumb(2)
        yield Static("Checking every row …", id="state")
        yield ProblemBrowser(id="work")
        yield FindLine()
        yield CellEditor(id="editor")
        yield Footer("complete")

    def on_mount(self) -> None:
        """Check every row."""
        self.table.focus()
        self._check()

    def show_review(self, review: Review, row: int) -> None:  # noqa: ARG002 - this screen asks for one check at a time
        """Show the result of a check."""
        self.holds_keys = False
        is_first = self.review is None
        self.review = review
        self.browser.show_review(review)
        self.show_counts()
        if is_first:
            self._start()
        then, self._after_check = self._after_check, None
        if then is not None:
            then()
        self._refresh_keys()

    @on(Resize)
    def show_counts(self) -> None:
        """Show how many rows are ready, in one line."""
        if self.review is not None:
            self.state.update(describe_counts(self.review, self.size.width))

    def _start(self) -> None:
        """Begin with the findings or the problems, or where the user left off, be that on the next screen."""
        self.browser.open_at(self.draft.facts.row)
        if self.restore_unsaved():
            return
        if self.draft.facts.stage == "preview":
            self.action_complete()

    @on(WindowTable.CursorMoved)
    def _refresh_keys(self) -> None:
        """Grey the keys that can't be used now. Drawing the footer takes longer than all else that a cursor key does."""
        if self.review is None:
            return
        if (possible := possible_actions(self.draft, self.review, self.browser)) != self._possible:
            self._possible = possible
            self.refresh_bindings()

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

    def action_fix_cell(self, name: str) -> None:
        """Apply one of the fixes for a single cell to the cell under the cursor."""
        if cell := self.browser.cell:
            change = CELL_FIXES[name](cell.problems, cell.row, cell.key)
            self._fix_cell(cell.row, cell.key, change)

    def on_key(self, event: Key) -> None:
        """Say why there is no suggestion to take, if the key for it can't be used now."""
        binding = self.active_bindings.get(event.key)
        is_wanted = binding is not None and binding.binding.id == "fix.suggestion" and not binding.enabled
        if not is_wanted or self.review is None or not self.table.has_focus:
            return
        if (finding := self.browser.finding) is not None:
            reason = finding_answers.how_to_answer(finding)
        else:
            reason = why_nothing_is_suggested(self.review, self.browser.kind)
        self.notify(reason, severity="warning", markup=False)

    def action_all_suggestions(self) -> None:
        """Put the chosen finding right, or take every suggestion of this kind of problem that can be taken at once."""
        if self.review is None:
            return
        if asks_about_encoding(finding := self.browser.finding):
            self.action_reading()
        elif finding is not None:
            finding_answers.apply_remedy(self.app, finding, self._answer)
        else:
            browser = self.browser
            take_all(self.app, self.review, browser.kind, self._fix_many, browser.go_one_by_one)

    def action_dismiss_finding(self) -> None:
        """Say that the chosen finding doesn't apply to the file."""
        if (finding := self.browser.finding) is not None:
            self._answer(fixes.dismiss(finding))

    def _answer(self, change: Change) -> None:
        """Make the change that answers a finding, and say how to undo it."""
        self._fix(change, self.browser.go_on, finding_answers.done_notice(change))

    def action_date_order(self) -> None:
        """Read all dates with the day first again, or with the month first if a finding says so."""
        if self.review is None:
            return
        if self.draft.edits.date_order != "dmy":
            change = fixes.read_dates("dmy")
            self._fix(change, self.browser.go_on, f"{change.title}: 03/04/2012 is 3 April. Press u to undo.")
        elif (finding := month_first_finding(self.review)) is not None:
            self.browser.choose(finding)
            self.action_all_suggestions()

    def action_reading(self) -> None:
        """Change how the file is read, above all its encoding."""
        headings, finding = self.draft.sheet.headings, self.browser.finding

        def reread() -> None:
            if self.draft.sheet.headings != headings or self.draft.matching.obstacles():
                self.notify("The columns have changed. Check where they go.", markup=False)
                self.action_back()
            elif finding is not None and self.draft.sheet.guess and asks_about_encoding(finding):
                self._answer(fixes.dismiss(finding))  # the user has looked, and left it as it was
            else:
                self._check(self.browser.go_on)

        change_reading(self, reread)

    def action_leave_blank(self) -> None:
        """Empty every cell that has this kind of problem."""
        if self.review is not None and (kind := self.browser.kind) is not None:
            self._fix_many(fixes.leave_blank(self.review, kind))

    def action_accept_all(self) -> None:
        """Accept every warning of this kind, after asking if the key may be the beginning of a text for the cell."""
        if self.review is None or (kind := self.browser.kind) is None:
            return
        accept = partial(self._fix_many, fixes.accept(self.review.problems_of(kind)))
        field = self.draft.kind.by_key.get(kind.field or "")
        if field is None or field.choices is not None or field.is_date:
            accept()
            return
        question = "To type something that begins with A, press Enter on the cell first."
        ask(self.app, ConfirmScreen(f"Accept all {kind.count:,}?", question, "Accept all"), yes=accept)

    def action_leave_out(self) -> None:
        """Leave this row out and go on, or take it back."""
        if (cell := self.browser.cell) is None:
            return
        if cell.row in cell.review.left_out:
            self._fix(fixes.take_back(cell.review, [cell.row]))
        else:
            name = cell.review.context.row_names.name(cell.row)
            change = fixes.leave_out(cell.review, [cell.row])
            self._fix(change, self.browser.go_on, f"Row {name} is left out. Press u to undo.")

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

    def action_undo(self) -> None:
        """Undo the last change."""
        self._step_in_history(self.draft.undo, "Undone")

    def action_redo(self) -> None:
        """Redo the change that was undone last."""
        self._step_in_history(self.draft.redo, "Redone")

    def undo_and_ask_again(self) -> None:
        """Undo the last change, and ask again what it has answered."""
        self._step_in_history(self.draft.undo, "Undone", ask_again=True)

    def _step_in_history(
        self, step: Callable[[], Change | None], done: str, *, ask_again: bool = False
    ) -> None:
        try:
            change = step()
        except BackdropError as error:
            self.show_error(error)
            return
        if change is not None:
            self.app.clear_notifications()  # A notice about an earlier change may not be true any more.
            self.notify(plain(f"{done}: {change.title}").plain, timeout=3, markup=False)
            then = partial(self._show_undone, change, ask_again=ask_again)
            self._check(then if done == "Undone" else self.browser.go_on)

    def _show_undone(self, change: Change, *, ask_again: bool) -> None:
        """Go to the finding or the first cell that a change was about which has been undone."""
        findings = self.review.findings if self.review is not None else ()
        codes = {*change.applied, change.dismissed}
        if (finding := next((finding for finding in findings if finding.code in codes), None)) is not None:
            self.browser.choose(finding)
        elif cells := change.cells or change.accepted:
            row, key, _ = cells[0]
            self.browser.go_back_to(row, key or WHOLE_ROW)
        elif rows := (*(row for row, _ in change.same), *change.new):
            self.browser.go_back_to(rows[0], WHOLE_ROW)
        elif rows := change.left_out or change.taken_back:
            self.browser.go_back_to_row(rows[0])
        if ask_again and (rows := (*(row for row, _ in change.same), *change.new, *change.left_out)):
            self._ask_about(rows[0])

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
        message = f"Saved in {event.path}" if event.path else "There is nothing left to save."
        self.notify(plain(message).plain, timeout=15, markup=False)

    def action_complete(self) -> None:
        """Go on to what will be imported, or to the first finding that has to be answered before that."""
        if self.review is None:
            return
        if self.review.unanswered:
            finding = self.review.unanswered[0]
            self.browser.choose(finding)
            self.table.focus()
            self.notify(
                f"Answer this before you go on. {finding_answers.how_to_answer(finding)}", severity="warning"
            )
            return
        self.app.clear_notifications()  # On the next screen, u undoes nothing.
        self.save_state()
        self.dismiss(self.review)

    def action_back(self) -> None:
        """Close the editor, or end the search, or leave the list of kinds for the rows, or go one step back."""
        if self.editor.is_open:
            self.editor.action_cancel()
        elif self.is_searching:
            self.end_search()
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
