"""Findings and the rows that have problems: listed, filtered, and gone through from one to the next."""

from dataclasses import dataclass
from functools import partial

import polars as pl
from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static

from backdrop_tui.intake.draft.problem_index import WHOLE_ROW, Place, ProblemIndex
from backdrop_tui.intake.draft.review import ProblemKind, Review
from backdrop_tui.intake.overview.row_search import RowSearch
from backdrop_tui.records.schema.findings import Finding
from backdrop_tui.tui.widgets.finding_text import describe_finding, first_change
from backdrop_tui.tui.widgets.fitted_text import FittedText, hanging
from backdrop_tui.tui.widgets.key_hints import cell_hints, finding_hints
from backdrop_tui.tui.widgets.outcome.problem_chart import problem_chart
from backdrop_tui.tui.widgets.panels.detail_pane import DetailPane
from backdrop_tui.tui.widgets.panels.panel import titled
from backdrop_tui.tui.widgets.panels.row_details import describe_row
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.tui.widgets.problem_list import ProblemList
from backdrop_tui.tui.widgets.review_text import describe_cell
from backdrop_tui.tui.widgets.tables.review_table import ReviewTable, RowOrder
from backdrop_tui.tui.widgets.tables.window_table import WindowTable
from backdrop_tui.tui.widgets.work_order import Entry, entry_after, is_same

_NOTHING_LEFT = "Nothing is left to fix. Press c to check what will be imported."


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
    """The findings and kinds of problems, the rows that they are in, and what is wrong, with the keys that fix it.

    `WindowTable.CursorMoved` tells that the cursor is on another cell; it also comes when the cell has changed.
    """

    kinds = getters.query_one("#kinds", ProblemList)
    table = getters.query_one("#rows", ReviewTable)
    problem = getters.query_one("#problem", FittedText)
    hints = getters.query_one("#hints", Static)
    columns = getters.query_one("#columns", FittedText)
    details = getters.query_one(DetailPane)

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self.every_row = False
        """Whether rows without problems are listed too."""
        self.listed_rows = pl.Series("row", [], dtype=pl.UInt32)
        """The rows that are listed (UInt32, ascending)."""
        self.order: RowOrder | None = None
        """The order of the rows; None for that of the file."""
        self._one_by_one: list[ProblemKind] = []
        self._problems: ProblemIndex | None = None
        self._search: RowSearch | None = None
        self._found: pl.Series | None = None
        self._following: Entry | None = None
        self._chosen_before_search: Entry | None = None

    def compose(self) -> ComposeResult:
        """Lay out the findings and kinds of problems, the rows, the problem under the cursor, and the keys that fix it.

        Where there is room for them, the columns with the most problems and the whole row are shown too.
        """
        with Container(id="overview"):
            yield titled(ProblemList(id="kinds"), "To put right")
            yield titled(FittedText(id="columns"), "Problems by column")
            yield DetailPane("This row")
        with Vertical(id="side"):
            yield titled(ReviewTable(id="rows"), "Rows")
            with titled(Vertical(id="explanation"), "What is wrong"):
                yield FittedText(id="problem")
                yield Static(id="hints")

    def show_review(self, review: Review) -> None:
        """Show the result of a check. Rows that have been fixed since the last one stay listed until the filter changes."""
        chosen, entries, listed_before = self.kinds.chosen, self.kinds.entries, self.listed_rows
        self._problems, self._search = ProblemIndex(review), RowSearch(review)
        self.columns.show(lambda width: problem_chart(review, width))
        self.kinds.show(review.findings, review.problem_kinds, review.problems.height)
        is_gone = not is_same(chosen, self.kinds.chosen)
        self._following = entry_after(chosen, entries, self.kinds.entries) if is_gone else None
        rows = pl.concat([listed_before, self._rows_to_list(review)]).unique().sort()
        # A row that was added by hand is gone once its adding is undone.
        self._list(review, rows.filter(rows.is_in(review.texts["row"].implode())))

    def _rows_to_list(self, review: Review) -> pl.Series:
        """The rows that the filter lets through (UInt32, ascending)."""
        if self._found is not None:
            return self._found
        if (finding := self.finding) is not None:
            return review.rows_of(finding)
        if self.every_row and self.kinds.chosen is None:
            return review.texts["row"]
        return review.rows_to_fix(self._chosen_kind)

    def _list(self, review: Review, rows: pl.Series) -> None:
        self.listed_rows = rows
        if self.order is not None and self._search is not None:
            rows = self._search.in_order(rows, self.order.key, descending=self.order.descending)
        self.table.show_review(review, rows, self.finding, self.order)
        self.table.border_title = plain(self._filter_title)
        self._show_problem()

    def find(self, words: str) -> None:
        """List the rows in which every word occurs, whatever is wrong with them; what is left of them after no words, all rows."""
        if self._problems is None or self._search is None:
            return
        if self._found is None:
            self._chosen_before_search = self.kinds.chosen
            self.kinds.choose(None)
        self._found = self._search.find(words)
        self._following = None
        self._list(self._problems.review, self._found)

    @property
    def is_searching(self) -> bool:
        """Whether only rows with certain words are listed."""
        return self._found is not None

    def end_search(self) -> None:
        """List what was listed before the search."""
        if self._found is not None:
            row, key = self.table.selected_row, self.table.selected_key
            self._found = None
            self.choose(self._chosen_before_search)
            if row is not None and row in self.listed_rows:
                self.table.go_to(row, key)

    def sort_by(self, key: str) -> None:
        """Sort the rows by a column; if they are, the other way round; and if they are so, too, as in the file."""
        if self._problems is None:
            return
        if self.order is None or self.order.key != key:
            self.order = RowOrder(key)
        else:
            self.order = None if self.order.descending else RowOrder(key, descending=True)
        self._list(self._problems.review, self.listed_rows)

    @on(WindowTable.CursorMoved)
    def _show_problem(self) -> None:
        """Say what the chosen finding says, or what is wrong with the cell under the cursor, and which keys fix it."""
        if self._problems is None:
            return
        self._show_details(self._problems)
        if (finding := self.finding) is not None:
            review, row = self._problems.review, self.table.selected_row or 0
            self.problem.show(partial(describe_finding, review, finding, row))
            self.hints.update(finding_hints(finding))
        elif (cell := self.cell) is not None:
            self.problem.show(partial(describe_cell, cell.problems, cell.row, cell.key))
            one_by_one = any(is_same(self.kind, kind) for kind in self._one_by_one)
            self.hints.update(cell_hints(cell.problems, cell.row, cell.key, self.kind, one_by_one=one_by_one))
        else:
            nothing = "No row has these words." if self._found is not None else _NOTHING_LEFT
            self.problem.show(partial(hanging, Content(), nothing))
            self.hints.update("")

    def _show_details(self, index: ProblemIndex) -> None:
        """Describe the row under the cursor in full, where there is a pane for that."""
        row = self.table.selected_row
        if row is not None:
            self.details.show(lambda width: describe_row(index, row, width))

    @property
    def _filter_title(self) -> str:
        """What the rows have in common."""
        chosen = self.kinds.chosen
        if self._found is not None:
            return "Rows found"
        if chosen is None:
            return "All rows" if self.every_row else "All problems"
        return chosen.title if isinstance(chosen, ProblemKind) else chosen.type.title

    @property
    def cell(self) -> SelectedCell | None:
        """The cell under the cursor; None in an empty table, and before the first check."""
        row = self.table.selected_row
        if self._problems is None or row is None:
            return None
        return SelectedCell(self._problems, row, self.table.selected_key)

    @property
    def finding(self) -> Finding | None:
        """The finding chosen in the list."""
        chosen = self.kinds.chosen
        return chosen if isinstance(chosen, Finding) else None

    @property
    def _chosen_kind(self) -> ProblemKind | None:
        """The kind of problem chosen in the list."""
        chosen = self.kinds.chosen
        return chosen if isinstance(chosen, ProblemKind) else None

    @property
    def kind(self) -> ProblemKind | None:
        """The kind of problem chosen in the list; if all problems are chosen, that of the problem under the cursor."""
        if self.kinds.chosen is not None or (cell := self.cell) is None:
            return self._chosen_kind
        return cell.problems.kind_at(cell.row, cell.key)

    @property
    def listed_error_rows(self) -> pl.Series:
        """The listed rows that have an error (UInt32, ascending)."""
        if self._problems is None:
            return self.listed_rows.clear()
        errors = self._problems.review.error_rows
        return errors.filter(errors.is_in(self.listed_rows.implode()))

    def go_one_by_one(self, kind: ProblemKind) -> None:
        """Name the key for a single suggestion of a kind, and no longer the one for all of them."""
        self._one_by_one.append(kind)
        self._show_problem()

    def choose(self, entry: Entry | None, step: int = 1) -> None:
        """Filter by a finding or a kind of problem, or by nothing; go to the first place, or for step -1 to the last."""
        self.kinds.choose(entry)
        self.filter_rows(step)

    def open_at(self, row: int) -> None:
        """Begin with the first finding; without one, with the first error in a row or else its first problem, or else with the first kind."""
        if self._problems is None or not self.kinds.entries:
            return
        first = self.kinds.entries[0]
        in_row = sorted(self._problems.in_row(row), key=lambda problem: problem.level != "error")
        begins_there = in_row and not isinstance(first, Finding)
        kind = self._problems.kind_at(row, in_row[0].key) if begins_there else None
        self.choose(kind or first)
        if kind is not None and (place := self._problems.next_of_kind(kind, row - 1, None, 1)) is not None:
            self.table.go_to(*place)

    @on(ProblemList.Chosen)
    def _follow_list(self) -> None:
        self.filter_rows()

    def filter_rows(self, step: int = 1) -> None:
        """List the rows that the chosen entry lets through, and go to the first problem, or for step -1 to the last."""
        if (index := self._problems) is None:
            return
        self._following = None
        if self.kinds.chosen is not None:
            self._found = None
        self._list(index.review, self._rows_to_list(index.review))
        if (finding := self.finding) is not None:
            self.table.go_to(*(first_change(index.review, finding) or (0, None)))
        elif (kind := self._chosen_kind) is not None:
            self._go_to(index.first_of_kind(kind, step))
        else:
            self._go_to(index.next_problem(0, None, 1))

    def _go_to(self, place: Place | None) -> None:
        if place is not None:
            self.table.go_to(*place)

    @on(OptionList.OptionSelected, "#kinds")
    def go_to_rows(self) -> None:
        """Go to the rows when Enter is pressed in the list of kinds."""
        self.table.focus()

    def toggle_every_row(self) -> None:
        """Show all rows, or only those with problems."""
        self.every_row = not self.every_row
        self.choose(None)

    def go_to_next_problem(self, step: int = 1) -> None:
        """Go to the next (1) or previous (-1) problem, seen from the cursor; after the last of a kind, to the next kind."""
        index, row, key = self._problems, self.table.selected_row or 0, self.table.selected_key
        if index is None:
            return
        if self._found is not None or (self.order is not None and self.finding is None):
            place = self._next_as_listed(index, step)
            if place is None and self.kinds.chosen is not None:
                self._choose_next(step)
            else:
                self._go_to(place)
            return
        if self.kinds.chosen is None:
            self._go_to(index.next_problem(row, key, step))
            return
        kind = self._chosen_kind
        place = index.next_of_kind(kind, row, key, step) if kind is not None else None
        if place is not None:
            self.table.go_to(*place)
        else:
            self._choose_next(step)

    def _next_as_listed(self, index: ProblemIndex, step: int) -> Place | None:
        """The first problem of the next (1) or previous (-1) row that has one, in the order of the table.

        After the last one of all problems comes the first again; after the last one of a kind, None.
        """
        kind, rows, cursor = self._chosen_kind, self.table.row_numbers, self.table.cursor_place
        problem_rows = index.review.problems_of(kind)["row"].unique()
        places = rows.is_in(problem_rows.implode()).arg_true()
        beyond = places.filter(places > cursor) if step > 0 else places.filter(places < cursor).reverse()
        all_places = places if step > 0 else places.reverse()
        following = beyond if len(beyond) or kind is not None else all_places
        if not len(following):
            return None
        row = int(rows[int(following[0])])
        return row, (kind.field if kind is not None else index.first_faulty_field(row)) or WHOLE_ROW

    def _choose_next(self, step: int) -> None:
        """Choose the next (1) or previous (-1) entry of the list, continuing at its other end."""
        entries, chosen = self.kinds.entries, self.kinds.chosen
        place = next(place for place, entry in enumerate(entries) if is_same(entry, chosen))
        self.choose(entries[(place + step) % len(entries)], step)

    def go_on_from(self, row: int, key: str) -> None:
        """Go on after a cell was changed, unless it still has an error: then the cursor stays on it."""
        if self._problems is not None and self._problems.has_error(row, key):
            self.go_back_to(row, key)
            return
        if self._following is None:
            self.table.go_to(row, key)
        self.go_on()

    def go_on(self) -> None:
        """Go on after a change: to the next problem or, if that was the last of its kind, to the next entry of the list."""
        if self._found is not None:
            return
        if self._following is not None or not self.kinds.entries:
            self.choose(self._following)
        elif self.finding is None:
            self.go_to_next_problem()

    def stay(self) -> None:
        """Stay after changes that were made elsewhere, unless what is listed is finished: then go on."""
        if self._following is not None:
            self.go_on()

    def go_back_to(self, row: int, key: str) -> None:
        """Go to a cell, and to the kind of its problem if only another kind is listed."""
        kind = self._problems.kind_at(row, key) if self._problems is not None else None
        lists_another_kind = self._chosen_kind is not None and not is_same(kind, self._chosen_kind)
        if kind is not None and (lists_another_kind or self._following is not None):
            self.choose(kind)
        if row in self.listed_rows:
            self.table.go_to(row, key)

    def go_back_to_row(self, row: int) -> None:
        """Go to the first problem of a row."""
        key = self._problems.first_faulty_field(row) if self._problems is not None else None
        self.go_back_to(row, key or WHOLE_ROW)

    def show_cell(self, row: int, key: str) -> None:
        """Go to a cell, among all rows if its row isn't listed otherwise."""
        self.go_back_to(row, key)
        if self.table.selected_row != row:
            self.every_row = True
            self.choose(None)
        self.table.go_to(row, key)
