"""Adding people by hand: a form, saved line by line, with the list so far."""

from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import DataTable, Footer, Static

from backdrop_tui.errors import BackdropError
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.tui.screens.shared.person_form import PersonForm
from backdrop_tui.tui.shell.draft_screen import DraftScreen
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.problem_list import problem_line
from backdrop_tui.tui.widgets.review_lines import PENCIL, ReviewLines
from backdrop_tui.tui.widgets.window_table import WindowTable

_MOST = 4
"""Problems of a line that are said."""


class ByHandScreen(DraftScreen[bool]):
    """A form for one person at a time. Enter goes to the next field, and in the last one saves the line."""

    CSS_PATH = stylesheet("by_hand")
    TITLE = "Add by hand"
    HELP = (
        "Type in one person at a time. Enter goes to the next field; in the last one it saves the line.\n"
        "Where there is something to choose from, ↓ shows it.\n"
        "The line is checked as it is saved. Go to a line in the list and press Enter to change it.\n"
        "When everybody is typed in, Ctrl+N goes on to what is still to be put right."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+s", "save", "Save line", id="hand.save", tooltip="Save this person, and begin the next"
        ),
        Binding("ctrl+n", "next", "Next", id="hand.next", tooltip="Everybody is typed in: go on"),
        Binding(
            "ctrl+z",
            "undo",
            "Undo",
            id="hand.undo",
            tooltip="Take away what is typed, and then the last line",
        ),
        Binding(
            "f2", "to_list", "List", id="hand.list", tooltip="Go to the list so far, or back to the form"
        ),
    ]

    table = getters.query_one("#rows", WindowTable)
    message = getters.query_one("#message", Static)
    form = getters.query_one(PersonForm)

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self.lines: ReviewLines | None = None
        """The lines as lines of the table."""
        self.row = 0
        """The line that is being changed; 0 for a new one."""

    def compose(self) -> ComposeResult:
        """The form, what is wrong with the last line, and the list."""
        yield self.breadcrumb(0)
        yield PersonForm(self.draft.kind)
        yield Static(id="message")
        yield WindowTable(id="rows")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Begin with a new line."""
        self.table.cursor_type = "row"
        self._begin()
        self.check(0)

    def _begin(self, row: int = 0) -> None:
        """Empty the form, or fill it with a line to be changed."""
        self.row = row
        lines = self.lines if row else None
        self.form.begin({key: lines.typed(row, key) for key in self.draft.kind.keys} if lines else None)

    @on(PersonForm.Filled)
    def action_save(self) -> None:
        """Save the line, unless nothing is typed in."""
        values = self.form.values
        if not any(values.values()):
            self.message.update("Nothing is typed in yet. Ctrl+N goes on when everybody is.")
            return
        if (row := self._keep(values)) is not None:
            self._begin()
            self.check(row)

    def _keep(self, values: dict[str, str]) -> int | None:
        """Keep a line, and give back its number; None where that can't be done."""
        fresh = not self.row
        row = self.row or max(self.draft.edits.added, default=0) + 1
        change = Change(
            title=f"Line {row}",
            cells=tuple((row, key, text) for key, text in values.items()),
            added=(row,) if fresh else (),
        )
        try:
            self.draft.do(change)
        except BackdropError as error:
            self.show_error(error)
            return None
        return row

    def _keep_typed(self) -> bool:
        """Keep what is in the form, if anything is in it that is not kept yet. Says whether all is kept."""
        values = self.form.values
        if self._is_kept(values):
            return True
        row = self._keep(values)
        self.row = row or self.row
        return row is not None

    def _is_kept(self, values: dict[str, str]) -> bool:
        """Whether nothing is in the form that is not kept already."""
        kept = {key: self.lines.typed(self.row, key) for key in values} if self.row and self.lines else {}
        return not any(values.values()) or values == kept

    def save_state(self) -> None:
        """Keep what is in the form, even a line that is not finished."""
        self._keep_typed()

    def action_back(self) -> None:
        """One step back; a line that is not finished is kept as it is."""
        if self._keep_typed():
            self.dismiss(None)

    def check(self, row: int) -> None:
        """Check the lines as they stand."""
        self.look(row)

    def reviewed(self, review: Review, number: int) -> None:
        """Show the list, and what is wrong with the last line."""
        self.lines = lines = ReviewLines(review)
        self.form.context = review.context
        self.table.set_columns(lambda width: [c for c in lines.columns(width) if c.key != PENCIL])
        self.table.show(review.texts["row"], lambda rows: [line[:-1] for line in lines(rows)])
        if number:
            self.table.go_to(number)
        self._say_of(review, number)

    def _say_of(self, found: Review, row: int) -> None:
        count = self.draft.kind.counted(found.texts.height)
        problems = self.lines.of_row(row) if self.lines and row else []
        said = [problem_line(p.level, p.message) for p in problems[:_MOST]]
        so_far = Content(f"{count} so far." + (f" Line {row} is saved." if row else ""))
        self.message.update(Content("\n").join([so_far, *said]))
        self.refresh_bindings()

    @on(DataTable.RowSelected)
    def change_line(self) -> None:
        """Enter on a line of the list changes it."""
        if (row := self.table.row_here) is not None:
            self._begin(row)

    def action_to_list(self) -> None:
        """Go to the list, or back to the form."""
        if self.table.has_focus:
            self.form.line(self.draft.kind.keys[0]).focus()
        else:
            self.table.focus()

    def action_undo(self) -> None:
        """Take away what is in the form and not saved; where that is nothing, take the last line back."""
        if not self._is_kept(self.form.values):
            self._begin(self.row)
            self.message.update("What was typed is taken away. Ctrl+Z takes the last line back.")
            return
        try:
            change = self.draft.undo()
        except BackdropError as error:
            self.show_error(error)
            return
        if change is not None:
            if self.row not in self.draft.edits.added:
                # What is in the form is a line of its own again.
                self.row = 0
            self.notify(f"Taken back: {change.title}", timeout=3)
            self.check(0)

    def action_next(self) -> None:
        """Go on, once there is somebody; what is in the form is saved first."""
        if not self._keep_typed():
            return
        if self.draft.edits.added:
            self.dismiss(True)
        else:
            self.message.update("Nobody is typed in yet.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Grey what can't be done now."""
        if action == "undo" and self.is_mounted and self._is_kept(self.form.values):
            return True if self.draft.edits.done else None
        return True
