"""Putting the faulty rows right: cells edited in place, and all that mends many at once."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import polars as pl
from textual import on, work
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import DataTable

from backdrop_tui.errors import BackdropError
from backdrop_tui.intake.draft import fixes
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.review import ProblemKind, Review
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen
from backdrop_tui.tui.screens.wizard.problem_rows import ProblemRowsScreen
from backdrop_tui.tui.screens.wizard.replace import Replacement, ReplaceScreen
from backdrop_tui.tui.shell.base_screens import Failed
from backdrop_tui.tui.widgets.cell_editor import CellEditor
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.tui.widgets.review_lines import PENCIL

_PAIRS = 6


class PutRightScreen(ProblemRowsScreen):
    """The rows that have problems, and the keys that put them right."""

    TITLE = "Put right"
    HELP = (
        "Each line is a row of your file with something in it to put right. ! marks an error: the row can't be imported until "
        "it is put right or left out. ? marks a warning: look whether it is right.\n"
        "Enter edits the cell that you are on; the row is checked again as you save it. In the last column (✎) it begins with the first problem of the row.\n"
        "n goes to the next problem. l leaves the row out, or takes it back.\n"
        "Many alike: f puts every cell with the same faulty value right at once; t takes every suggestion of a kind.\n"
        "When you have done what you can, press c. Rows that still have errors are kept in a file for later."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", show=False, id="fix.back", tooltip="One step back; nothing is lost"),
        Binding("e", "edit", "Edit", id="fix.edit", key_display="Enter", tooltip="Edit this cell"),
        Binding("n", "next_problem(1)", "Next", id="fix.next", tooltip="Next problem"),
        Binding("p", "next_problem(-1)", "Previous", id="fix.previous", show=False, tooltip="Previous problem"),
        Binding("s", "suggestion", "Suggest", id="fix.suggestion", tooltip="Take the suggestion for this cell"),
        Binding("t", "all_suggestions", "Take all", show=False, id="fix.all_suggestions", tooltip="Take every suggestion of this kind of problem"),
        Binding("f", "alike", "Alike", id="fix.alike", tooltip="Put every cell with this faulty value right at once"),
        Binding("a", "accept", "Accept", id="fix.accept", tooltip="This warning is all right as it is"),
        Binding("A", "accept_all", "Accept all", id="fix.accept_all", show=False, tooltip="Every warning of this kind is all right as it is"),
        Binding("l", "leave_out", "Leave", id="fix.leave_out", tooltip="Leave this row out of the import, or take it back"),
        Binding("L", "leave_all_out", "Leave all out", id="fix.leave_all_out", show=False, tooltip="Leave out every row listed here that has an error"),
        Binding("u,ctrl+z", "undo", "Undo", id="fix.undo", tooltip="Take the last change back"),
        Binding("r,ctrl+y", "redo", "Redo", id="fix.redo", show=False, tooltip="Make it again"),
        Binding("slash", "replace", "Replace", id="fix.replace", show=False, key_display="/", tooltip="Find and replace in this column"),
        Binding("m", "month_first", "Month first", id="fix.month_first", show=False, tooltip="Read the whole column of dates with the month first, or with the day first again"),
        Binding("v", "every_row", "All rows", id="fix.every_row", show=False, tooltip="Show all rows, or only those with problems"),
        Binding("w", "save_errors", "Save rest", id="fix.save_errors", show=False, tooltip="Save the rows that are left in a file, to go on with it elsewhere"),
        Binding("k", "kinds", "Kinds", id="fix.kinds", show=False, tooltip="Go to the list of kinds of problems, which filters the table"),
        Binding("c", "complete", "Complete", id="fix.complete", tooltip="Look at what will be imported"),
    ]  # fmt: skip

    @dataclass
    class ErrorsSaved(Message):
        """The rows that are left have been saved."""

        path: Path | None
        """Where; None where none are left."""

    def _do(self, change: Change | None, then: Callable[[], None] | None = None) -> None:
        """Keep a change, and check the rows again."""
        if change is None:
            return
        try:
            self.draft.do(change)
        except BackdropError as error:
            self.show_error(error)
            return
        self.check(then)

    @on(DataTable.CellSelected)
    def cell_selected(self) -> None:
        """Enter on a cell."""
        self.action_edit()

    def action_edit(self) -> None:
        """Edit this cell, or in the last column the first cell of the row with a problem."""
        if self._here is None or self.lines is None:
            return
        _, row, key = self._here
        if key in (PENCIL, "row"):
            key = self.lines.first_problem_of(row) or self.draft.kind.keys[0]
            self.table.go_to(row, key)
        self.editor.edit(
            row, self.draft.kind.by_key[key], self.lines.typed(row, key), self.lines.suggestion(row, key)
        )

    @on(CellEditor.Saved)
    def saved(self, event: CellEditor.Saved) -> None:
        """Keep what was typed, and go on to the next problem."""
        self.table.focus()
        if self.review is None:
            return
        row, key = event.row, event.field.key
        if event.alike is not None:
            change = fixes.fix_alike(self.review, key, event.alike, event.text)
        else:
            change = fixes.set_cell(self.review, row, key, event.text)
        self._do(change, lambda: self._after_edit(row, key))

    def _after_edit(self, row: int, key: str) -> None:
        """Stay where something is still wrong; go to the next problem otherwise."""
        if self.lines is not None and not self.lines.is_error(row, key):
            self._to_problem(row, 1, key)

    @on(CellEditor.Cancelled)
    def cancelled(self) -> None:
        """Back to the table."""
        self.table.focus()

    def action_alike(self) -> None:
        """Edit every cell that has the same faulty value as this one."""
        if self._here is None or self.lines is None:
            return
        _, row, key = self._here
        value, count = self.lines.alike(row, key)
        if value is not None:
            field = self.draft.kind.by_key[key]
            self.editor.edit(
                row, field, self.lines.suggestion(row, key) or value, "", alike=value, count=count
            )

    def action_suggestion(self) -> None:
        """Take the suggestion for this cell."""
        if self._here is None or self.lines is None:
            return
        found, row, key = self._here
        text = self.lines.suggestion(row, key)
        if text:
            self._do(fixes.set_cell(found, row, key, text), lambda: self._after_edit(row, key))

    def action_all_suggestions(self) -> None:
        """Take every suggestion of the kind of problem here; where dates have the month first, or groups look alike, ask what is meant."""
        kind = self._kind_here
        if self.review is None or kind is None:
            return
        change = fixes.take_suggestions(self.review, kind)
        if kind.code == "group-near" and change is not None:
            self._take_groups(self.review, kind, change)
            return
        if kind.code != "date-month-first":
            self._do(change, lambda: self.action_next_problem(1))
            return

        def answered(whole: bool | None) -> None:  # noqa: FBT001 - a screen's result
            if whole:
                self.action_month_first()
            elif whole is not None:
                self._do(change, lambda: self.action_next_problem(1))

        dates = "1 date has" if kind.count == 1 else f"{kind.count:,} dates have"
        question = (
            f"{dates} the month first. Then 03/04/2012 may well mean 4 March in this file, not 3 April."
        )
        answers = "Read all dates month first", "Change only these"
        self.app.push_screen(ConfirmScreen("How are the dates meant?", question, *answers), answered)

    def _take_groups(self, found: Review, kind: ProblemKind, change: Change) -> None:
        """Ask first: a group gives its people rights, so it is seen which name is taken for which group."""
        pairs = fixes.suggested(found, kind)
        lines = [f"“{value}” becomes {group} ({count:,})" for value, group, count in pairs[:_PAIRS]]
        if len(pairs) > _PAIRS:
            lines.append(f"and {len(pairs) - _PAIRS:,} more names")

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - a screen's result
            if yes:
                self._do(change, lambda: self.action_next_problem(1))

        said = "\n".join([*lines, "", "Everybody gets the rights of their group."])
        self.app.push_screen(ConfirmScreen("Is each group the right one?", said, "Take all"), answered)

    def action_accept(self) -> None:
        """The warnings of this cell are all right; or those of the row where this cell has none."""
        if self._here is None or self.lines is None:
            return
        _, row, key = self._here
        self._do(fixes.accept(self.lines.acceptable(row, key)), lambda: self._after_edit(row, key))

    def action_accept_all(self) -> None:
        """Every warning of this kind is all right."""
        kind = self._kind_here
        if self.review is not None and kind is not None:
            self._do(fixes.accept(self.review.of_kind(kind)), lambda: self.action_next_problem(1))

    def action_leave_out(self) -> None:
        """Leave this row out, or take it back."""
        if self._here is None:
            return
        found, row, _ = self._here
        change = fixes.take_back if row in found.left_out else fixes.leave_out
        self._do(change(found, [row]))

    def action_leave_all_out(self) -> None:
        """Ask, then leave out every listed row that has an error."""
        if self.review is None:
            return
        found, rows = self.review, self._listed_error_rows.to_list()

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - a screen's result
            if yes:
                self._do(fixes.leave_out(found, rows))

        if rows:
            question = f"{len(rows):,} of the rows listed here have errors. They are left out, and kept in a file. u takes that back."
            self.app.push_screen(ConfirmScreen("Leave these rows out?", question, "Leave out"), answered)

    @property
    def _listed_error_rows(self) -> pl.Series:
        """Listed rows with an error (UInt32, ascending)."""
        errors = self.review.error_rows if self.review is not None else self._rows.clear()
        return errors.filter(errors.is_in(self._rows.implode()))

    def action_replace(self) -> None:
        """Find and replace in this column."""
        if self._here is None or self._here[2] not in self.draft.kind.by_key:
            return
        found, row, key = self._here

        def answered(wanted: Replacement | None) -> None:
            if wanted is None:
                return
            change = fixes.find_and_replace(found, key, wanted.find, wanted.put, whole=wanted.whole)
            if change is None:
                self.notify("Nothing like that is in this column.", severity="warning")
            else:
                self.notify(plain(f"{change.title}. u takes it back.").plain, markup=False)
            self._do(change)

        cell_text = self.lines.typed(row, key) if self.lines else ""
        hidden = found.texts.height - len(self._rows)
        self.app.push_screen(ReplaceScreen(self.draft.kind.by_key[key].label, cell_text, hidden), answered)

    def action_undo(self) -> None:
        """Take the last change back."""
        self._again(self.draft.undo, "Taken back")

    def action_redo(self) -> None:
        """Make it again."""
        self._again(self.draft.redo, "Made again")

    def _again(self, step: Callable[[], Change | None], word: str) -> None:
        try:
            change = step()
        except BackdropError as error:
            self.show_error(error)
            return
        if change is not None:
            self.app.clear_notifications()  # what was said of the change before this one is no longer so
            self.notify(plain(f"{word}: {change.title}").plain, timeout=3, markup=False)
            self.check()

    def action_month_first(self) -> None:
        """Read all dates with the month first, or with the day first again."""
        order = "dmy" if self.draft.edits.date_order == "mdy" else "mdy"
        words = "month first: 03/04/2012 is 4 March" if order == "mdy" else "day first: 03/04/2012 is 3 April"
        self.notify(f"All dates of the file are now read with the {words}. u takes that back.", timeout=5)
        self._do(Change(title=f"Dates read with the {words[:11].rstrip(':')}", date_order=order))

    def action_save_errors(self) -> None:
        """Save the rows that are left."""
        if self.review is not None:
            self.holds_keys = True
            self.save_errors(self.review)

    @work(thread=True, exclusive=True, group="save-errors", exit_on_error=False)
    def save_errors(self, found: Review) -> None:
        """Save the rows that are left, away from the screen."""
        host = self.host  # asked for first: a screen that has been left has no app
        from backdrop_tui.imports.pipeline import save_errors  # noqa: PLC0415 - opens the store

        try:
            path = save_errors(host.school, self.draft, found)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.ErrorsSaved(path))

    @on(ErrorsSaved)
    def say_saved(self, event: ErrorsSaved) -> None:
        """Say where they are."""
        self.holds_keys = False
        said = f"Saved in {event.path}" if event.path else "Nothing is left to save."
        self.notify(plain(said).plain, timeout=15, markup=False)

    def _start(self) -> None:
        """Begin; or go on at once to what will be imported, where the last start had come that far."""
        super()._start()
        if self.draft.facts.stage == "preview":
            self.action_complete()

    def action_complete(self) -> None:
        """Go on to what will be imported."""
        if self.review is not None:
            self.save_state()
            self.dismiss(self.review)

    def action_back(self) -> None:
        """Close the editor, leave the list of kinds for the rows, or go one step back."""
        if self.editor.is_open:
            self.editor.close()
            self.table.focus()
            return
        if self.kinds.has_focus:
            self.table.focus()
            return
        self.save_state()
        self.dismiss(None)

    def save_state(self) -> None:
        """Keep the row that the user is on."""
        try:
            self.draft.note(row=self.table.row_here or 0)
        except BackdropError as error:
            self.show_error(error)

    def possible(self) -> dict[str, bool]:
        """What can be done here."""
        if self.review is None or self.lines is None:
            return {}
        row, key = self.table.row_here, self.table.key_here
        none_here = row is None
        kind = self._kind_here
        return {
            "suggestion": not none_here and bool(self.lines.suggestion(row or 0, key)),
            "alike": not none_here and self.lines.alike(row or 0, key)[1] > 0,
            "accept": not none_here and self.lines.acceptable(row or 0, key).height > 0,
            "accept_all": kind is not None and (kind.level == "warning" or kind.code in fixes.ACCEPTABLE),
            "all_suggestions": kind is not None and kind.suggestions > 0,
            "next_problem": self.review.problems.height > 0,
            "undo": bool(self.draft.edits.done),
            "redo": bool(self.draft.edits.undone),
            "edit": not none_here,
            "month_first": any(field.is_date for field in self.draft.kind.fields),
            "replace": not none_here and key in self.draft.kind.by_key,
            "leave_out": not none_here,
            "leave_all_out": len(self._listed_error_rows) > 0,
            "save_errors": self.review.ready.height < self.review.texts.height,
        }
