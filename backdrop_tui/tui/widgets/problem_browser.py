"""The rows that have problems: listed, filtered by kind of problem, and gone through from one problem to the next."""

from dataclasses import dataclass

import polars as pl
from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.widgets import OptionList, Static

from backdrop_tui.intake.draft.problem_index import ProblemIndex
from backdrop_tui.intake.draft.review import ProblemKind, Review
from backdrop_tui.tui.widgets.problem_list import ProblemList
from backdrop_tui.tui.widgets.review_text import describe_cell
from backdrop_tui.tui.widgets.tables.review_table import ReviewTable
from backdrop_tui.tui.widgets.tables.window_table import WindowTable


@dataclass(frozen=True)
class SelectedCell:
    """The cell under the cursor."""

    problems: ProblemIndex
    """The problems of all cells, as checked last."""
    row: int
    """The row's number."""
    key: str
    """The column: a field's key, `WHOLE_ROW` or `PENCIL`."""

    @property
    def review(self) -> Review:
        """The review that the cell belongs to."""
        return self.problems.review


class ProblemBrowser(Container):
    """The kinds of problems, the rows that have them, and what is wrong with the cell under the cursor.

    `WindowTable.CursorMoved` tells that the cursor is on another cell; it also comes when the cell has changed.
    """

    kinds = getters.query_one("#kinds", ProblemList)
    table = getters.query_one("#rows", ReviewTable)
    problem = getters.query_one("#problem", Static)

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self.every_row = False
        """Whether rows without problems are listed too."""
        self.listed_rows = pl.Series("row", [], dtype=pl.UInt32)
        """The rows that are listed (UInt32, ascending)."""
        self._problems: ProblemIndex | None = None

    def compose(self) -> ComposeResult:
        """Lay out the kinds of problems, the rows, and the problem under the cursor."""
        yield ProblemList(id="kinds")
        with Vertical(id="side"):
            yield ReviewTable(id="rows")
            yield Static(id="problem")

    def show_review(self, review: Review) -> None:
        """Show the result of a check. Rows that have been fixed since the last one stay listed until the filter changes."""
        listed_before = self.listed_rows
        self._problems = ProblemIndex(review)
        self.kinds.show(review.problem_kinds, review.problems.height)
        rows = pl.concat([listed_before, self._rows_to_list(review)]).unique().sort()
        # A row that was added by hand is gone once its adding is undone.
        self._list(review, rows.filter(rows.is_in(review.texts["row"].implode())))

    def _rows_to_list(self, review: Review) -> pl.Series:
        """The rows that the filter lets through (UInt32, ascending)."""
        if self.every_row and self.kinds.chosen is None:
            return review.texts["row"]
        return review.rows_to_fix(self.kinds.chosen)

    def _list(self, review: Review, rows: pl.Series) -> None:
        self.listed_rows = rows
        self.table.show_review(review, rows)
        self._show_problem()

    @on(WindowTable.CursorMoved)
    def _show_problem(self) -> None:
        """Say what is wrong with the cell under the cursor."""
        if (cell := self.cell) is not None:
            self.problem.update(describe_cell(cell.problems, cell.row, cell.key))
        elif self._problems is not None:
            self.problem.update("Nothing is left to fix. Press c to look at what will be imported.")

    @property
    def cell(self) -> SelectedCell | None:
        """The cell under the cursor; None in an empty table, and before the first check."""
        row = self.table.selected_row
        if self._problems is None or row is None:
            return None
        return SelectedCell(self._problems, row, self.table.selected_key)

    @property
    def kind(self) -> ProblemKind | None:
        """The kind of problem chosen in the list, or else that of the problem under the cursor."""
        if self.kinds.chosen is not None or (cell := self.cell) is None:
            return self.kinds.chosen
        return cell.problems.kind_at(cell.row, cell.key)

    @property
    def listed_error_rows(self) -> pl.Series:
        """The listed rows that have an error (UInt32, ascending)."""
        if self._problems is None:
            return self.listed_rows.clear()
        errors = self._problems.review.error_rows
        return errors.filter(errors.is_in(self.listed_rows.implode()))

    @on(ProblemList.Chosen)
    def filter_rows(self) -> None:
        """List the rows that the chosen kind lets through, and go to the first problem."""
        if self._problems is not None:
            review = self._problems.review
            self._list(review, self._rows_to_list(review))
            self.go_to_problem(0, 1)

    @on(OptionList.OptionSelected, "#kinds")
    def go_to_rows(self) -> None:
        """Go to the rows when Enter is pressed in the list of kinds."""
        self.table.focus()

    def toggle_every_row(self) -> None:
        """Show all rows, or only those with problems."""
        self.every_row = not self.every_row
        self.kinds.highlighted = 0
        self.filter_rows()

    def go_to_next_problem(self, step: int = 1) -> None:
        """Go to the next (1) or previous (-1) problem, seen from the cursor."""
        self.go_to_problem(self.table.selected_row or 0, step, self.table.selected_key)

    def go_to_problem(self, row: int, step: int, key: str | None = None) -> None:
        """Go to the next or previous problem, seen from a cell or, without a key, from the end of a row."""
        if self._problems is not None:
            place = self._problems.next_problem(self.kinds.chosen, row, key, step)
            if place is not None:
                self.table.go_to(*place)

    def go_on_from(self, row: int, key: str) -> None:
        """Go to the problem after a cell that was edited, unless the cell still has an error."""
        if self._problems is not None and not self._problems.has_error(row, key):
            self.go_to_problem(row, 1, key)
