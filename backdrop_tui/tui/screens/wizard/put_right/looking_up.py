"""The part of Put right in which rows are found, sorted and gone to, and a column's values are looked at together."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from textual import getters, on

from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.tui.screens.dialogs.ask_text import AskTextScreen
from backdrop_tui.tui.screens.wizard.put_right.asking import AskingScreen
from backdrop_tui.tui.screens.wizard.put_right.values import TypedValue, ValuesScreen
from backdrop_tui.tui.widgets.find_line import FindLine
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.tui.widgets.tables.window_table import WindowTable


class LookingUpScreen(AskingScreen):
    """Finds and sorts rows with the same keys as the lists in Administration."""

    find_line = getters.query_one(FindLine)

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self._typed_value: TypedValue | None = None

    def action_find(self) -> None:
        """Type what to find."""
        self.find_line.open()

    @on(FindLine.Changed)
    def list_rows_found(self) -> None:
        """List the rows that have the words typed so far."""
        self.browser.find(self.find_line.text)
        self.find_line.show_count(len(self.browser.listed_rows))

    @on(FindLine.Submitted)
    def go_to_rows_found(self) -> None:
        """Go to the rows found, or end the search if nothing is typed."""
        if not self.find_line.text:
            self.end_search()
        self.table.focus()

    @on(WindowTable.CursorMoved)
    def close_finished_search(self) -> None:
        """Close the line once something else is listed, such as a kind of problem that the user has chosen."""
        if self.find_line.text and not self.browser.is_searching:
            self.find_line.close()

    @property
    def is_searching(self) -> bool:
        """Whether only rows with certain words are listed, or such words are being typed."""
        return self.find_line.is_open

    def end_search(self) -> None:
        """List what was listed before the search."""
        self.find_line.close()
        self.browser.end_search()
        self.table.focus()

    def action_sort(self) -> None:
        """Sort by the column of the cursor; then the other way round; then as in the file again."""
        self.browser.sort_by(self.table.selected_key)

    def action_go_to_row(self, text: str = "", error: str = "") -> None:
        """Ask for the number of a row, and go there."""
        if (review := self.review) is None:
            return
        names = review.context.row_names

        def answered(answer: str | None) -> None:
            row = names.row_named(answer.strip()) if answer else None
            if row is not None and row in review.texts["row"]:
                self.browser.show_cell(row, self.table.selected_key)
            elif answer:
                self.action_go_to_row(answer, f"There is no row {plain(answer, 30).plain}.")

        rows = review.texts["row"]
        note = f"The rows are {names.name(rows[0])} to {names.name(rows[-1])}." if len(rows) else ""
        self.app.push_screen(AskTextScreen("Go to row", note, "Go there", text, error), answered)

    def action_values(self) -> None:
        """Show every different value of a column with few of them."""
        self._show_values(self.table.selected_key)

    def _show_values(self, key: str, typed: TypedValue | None = None) -> None:
        """Show every different value of a column, and carry on with what was typed earlier."""
        if self.review is not None:
            self._typed_value = typed
            screen = ValuesScreen(self.draft, self.review, key, self._keep_typed_value, typed)
            self.app.push_screen(screen, lambda _: self._check(self.browser.stay))

    def _keep_typed_value(self, typed: TypedValue | None) -> None:
        """Keep what is typed for a value on disk; None once it is saved or no longer wanted."""
        self._typed_value = typed
        self.keep_unsaved()

    @property
    def unsaved_input(self) -> Mapping[str, Any] | None:
        """What is typed for a value, into the editor or into Find and replace."""
        return asdict(self._typed_value) if self._typed_value else super().unsaved_input

    def show_unsaved(self, unsaved: Mapping[str, Any]) -> bool:
        """Open the values, the editor, or Find and replace, with a text that was not saved."""
        match unsaved:
            case {"column": str(column), "value": str(value), "becomes": str(becomes)}:
                self._show_values(column, TypedValue(column, value, becomes))
                return True
        return super().show_unsaved(unsaved)
