"""The rows of a file that have problems: shown, filtered, and gone through."""

from collections.abc import Callable

import polars as pl
from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.widgets import Footer, OptionList, Static

from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.review import ProblemKind, Review
from backdrop_tui.tui.shell.draft_screen import DraftScreen
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.cell_editor import CellEditor
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.tui.widgets.problem_list import ProblemList
from backdrop_tui.tui.widgets.review_lines import ReviewLines
from backdrop_tui.tui.widgets.window_table import WindowTable


class ProblemRowsScreen(DraftScreen[Review]):
    """A table of the rows with problems, the kinds of problems to filter it by, and what is wrong with the cell here."""

    CSS_PATH = stylesheet("put_right")
    table = getters.query_one("#rows", WindowTable)
    kinds = getters.query_one("#kinds", ProblemList)
    state = getters.query_one("#state", Static)
    problem = getters.query_one("#problem", Static)
    editor = getters.query_one("#editor", CellEditor)

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self.review: Review | None = None
        """What was found; None until it has been checked for the first time."""
        self.lines: ReviewLines | None = None
        """The rows as lines of the table."""
        self.every_row = False
        """Whether all rows are shown, and not only those with problems."""
        self._rows = pl.Series("row", [], dtype=pl.UInt32)
        self._then: Callable[[], None] | None = None
        self._possible: dict[str, bool] = {}

    def compose(self) -> ComposeResult:
        """How it stands, kinds of problems, the rows, the problem here, and the editor."""
        yield self.breadcrumb(2)
        yield Static("Checking every row …", id="state")
        with Container(id="work"):
            yield ProblemList(id="kinds")
            with Vertical(id="side"):
                yield WindowTable(id="rows")
                yield Static(id="problem")
                yield CellEditor(id="editor")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Check every row."""
        self.table.focus()
        self.check()

    def check(self, then: Callable[[], None] | None = None) -> None:
        """Check every row as it stands now, then do something more."""
        self._then = then
        self.holds_keys = self.review is not None
        self.look()

    def reviewed(self, review: Review, number: int) -> None:  # noqa: ARG002 - nothing comes back with it
        """Show what was found."""
        self.holds_keys = False
        first = self.review is None
        self.review = review
        self.lines = ReviewLines(review)
        self.kinds.show(review.kinds, review.problems.height)
        self.table.set_columns(self.lines.columns)
        rows = self._listed() if first else pl.concat([self._rows, self._listed()]).unique().sort()
        # A line that was typed in by hand is gone once its typing is taken back.
        self._rows = rows.filter(rows.is_in(review.texts["row"].implode()))
        self._show()
        if first:
            self._start()
        then, self._then = self._then, None
        if then is not None:
            then()

    def _start(self) -> None:
        """Put the cursor on the first problem, or where the user was."""
        if self.review is not None and self.review.problems.height:
            self._to_problem(max(self.draft.facts.row - 1, 0), 1)

    def _listed(self) -> pl.Series:
        """The rows that the filter lets through."""
        assert self.review is not None  # noqa: S101 - for the type checker
        chosen = self.kinds.chosen
        if chosen is not None:
            return self.review.of_kind(chosen)["row"].unique().sort()
        if self.every_row:
            return self.review.texts["row"]
        left_out = pl.Series("row", sorted(self.review.left_out), dtype=pl.UInt32)
        return pl.concat([self.review.problem_rows, left_out]).unique().sort()

    def _show(self) -> None:
        """Show the rows, and how it stands."""
        if self.review is None or self.lines is None:
            return
        self.table.show(self._rows, self.lines)
        self.state.update(self.lines.standing())
        self._show_problem()

    @on(WindowTable.Moved)
    def _show_problem(self) -> None:
        """Say what is wrong with the cell here."""
        if self.lines is not None and (row := self.table.row_here) is not None:
            self.problem.update(self.lines.said(row, self.table.key_here))
        elif self.lines is not None:
            self.problem.update(
                plain("Nothing is left to put right. Press c to look at what will be imported.")
            )
        self._renew_keys()

    def _renew_keys(self) -> None:
        """Grey other keys, where others can be used now. Drawing the footer anew takes longer than all the rest of a step."""
        possible = self.possible()
        if possible != self._possible:
            self._possible = possible
            self.refresh_bindings()

    def possible(self) -> dict[str, bool]:
        """Actions, and whether each can do something here; those that always can are not in it."""
        return {}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Grey what can't be done now."""
        if action in ("undo", "redo") and self.is_typing:
            return False
        return True if self._possible.get(action, True) else None

    @on(ProblemList.Chosen)
    def filtered(self) -> None:
        """Show only the rows with problems of one kind."""
        if self.review is not None:
            self._rows = self._listed()
            self._show()
            self._to_problem(0, 1)

    @on(OptionList.OptionSelected, "#kinds")
    def to_the_rows(self) -> None:
        """Enter in the list of kinds goes on to the rows."""
        self.table.focus()

    def action_kinds(self) -> None:
        """Go to the list of kinds."""
        self.kinds.focus()

    def action_every_row(self) -> None:
        """Show all rows, or only those with problems."""
        self.every_row = not self.every_row
        self.kinds.highlighted = 0
        self.filtered()

    def action_next_problem(self, step: int) -> None:
        """Go to the next or previous problem."""
        self._to_problem(self.table.row_here or 0, step, self.table.key_here)

    def _to_problem(self, row: int, step: int, key: str | None = None) -> None:
        """Go to the first problem behind, or before, a cell; round the end if need be."""
        if self.lines is None:
            return
        found = self.lines.next_problem(self.kinds.chosen, row, key, step)
        if found is not None:
            self.table.go_to(*found)

    @property
    def _here(self) -> tuple[Review, int, str] | None:
        """What was found, the row and the column that the cursor is on."""
        row = self.table.row_here
        return (
            (self.review, row, self.table.key_here) if self.review is not None and row is not None else None
        )

    @property
    def _kind_here(self) -> ProblemKind | None:
        """The kind that is chosen in the list, or else that of the problem here."""
        if self.kinds.chosen is not None or self._here is None or self.lines is None:
            return self.kinds.chosen
        return self.lines.kind_of(*self._here[1:])
