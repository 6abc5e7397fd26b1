"""The part of Put right in which questions about who rows are come up one after the other."""

from functools import partial

from textual import on
from textual.widgets import DataTable

from backdrop_tui.intake.draft.problem_index import WHOLE_ROW
from backdrop_tui.intake.questions.question import (
    SHARED_IDENTIFIERS,
    Question,
    question_about,
    rows_with_questions,
)
from backdrop_tui.tui.screens.wizard.put_right.editing import EditingScreen
from backdrop_tui.tui.screens.wizard.put_right.who_is_who import Reply, WhoIsWhoScreen
from backdrop_tui.tui.widgets.problem_browser import SelectedCell
from backdrop_tui.tui.widgets.tables.editable_columns import PENCIL


class AskingScreen(EditingScreen):
    """Asks about one row after the other until no question is left, or the user has had enough."""

    @on(DataTable.CellSelected)
    def open_cell(self) -> None:
        """Ask the question that the cell is about, or edit the cell if it is about none."""
        cell = self.browser.cell
        question = None if cell is None else question_about(cell.review, cell.row)
        if cell is not None and question is not None and self._is_about(question, cell):
            self._ask(question)
        else:
            self.action_edit()

    def _is_about(self, question: Question, cell: SelectedCell) -> bool:
        """Whether a question is what is wrong with a cell, or what the list of rows is about and the cell has nothing else."""
        if (question.key or WHOLE_ROW) == cell.key:
            return True
        if cell.key in {WHOLE_ROW, PENCIL}:
            return question.is_error and question.code not in SHARED_IDENTIFIERS
        kind = self.browser.kind
        is_listed = kind is not None and kind.code == question.code
        return is_listed and question.key is None and not cell.problems.in_cell(cell.row, cell.key)

    def action_who_is_who(self) -> None:
        """Ask whether the row under the cursor is about someone stored, or about the same person as another row."""
        cell = self.browser.cell
        if cell is not None and (question := question_about(cell.review, cell.row)) is not None:
            self._ask(question)

    def _ask(self, question: Question) -> None:
        """Ask a question, and go on from its row."""
        if (review := self.review) is None:
            return
        rows = rows_with_questions(review)
        place, count = int(rows.search_sorted(question.row)) + 1, len(rows)
        existing = self.draft.facts.existing or self.host.school.existing
        progress = f"{place:,} of {count:,}" if question.is_error else "only to be sure"
        self.browser.go_back_to(question.row, question.key or WHOLE_ROW)
        screen = WhoIsWhoScreen(review, question, existing, progress)
        self.app.push_screen(screen, partial(self._act_on, question))

    def _act_on(self, question: Question, reply: Reply | None) -> None:
        """Do what the user wants done about a question."""
        if reply is None:
            return
        if reply.undo:
            self.undo_and_ask_again()
        elif reply.edit:
            self._open_editor(question.key or self.draft.kind.keys[0])
        elif reply.step:
            self._ask_next(question.row, reply.step)
        elif reply.change is not None:
            self._fix(reply.change, partial(self._go_on_asking, question, reply.change.title))

    def undo_and_ask_again(self) -> None:
        """Undo the last change, and ask again what it has answered."""

    def _go_on_asking(self, question: Question, done: str) -> None:
        """Ask the next question, unless the answer has raised something about the whole file, or this was the last one.

        Args:
            question: The question that has been answered.
            done: What the answer did, in a few words.
        """
        if self.review is None:
            return
        if not question.is_error or self.review.unanswered or not len(rows_with_questions(self.review)):
            self.notify(f"{done}. Press u to undo.", markup=False)
            self.browser.go_on()
        else:
            self._ask_next(question.row, 1)

    def _ask_next(self, row: int, step: int) -> None:
        """Ask the next (1) or previous (-1) question, seen from a row; after the last one, the first again."""
        if self.review is None:
            return
        rows = rows_with_questions(self.review)
        beyond = rows.filter(rows > row) if step > 0 else rows.filter(rows < row)
        following = beyond if len(beyond) else rows
        if len(following):
            self._ask_about(following[0 if step > 0 else -1])

    def _ask_about(self, row: int) -> None:
        """Ask the question about a row, if there still is one."""
        question = question_about(self.review, row) if self.review is not None else None
        if question is not None:
            self._ask(question)
