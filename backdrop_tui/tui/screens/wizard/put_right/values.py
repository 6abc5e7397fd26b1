"""Values at a glance: every different value of a column, with its count and what is stored for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from backdrop_tui.errors import BackdropError
from backdrop_tui.intake.draft import fixes
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.intake.overview.value_counts import ValueCount, counted_fields, in_words, value_counts
from backdrop_tui.records.schema.field import Field
from backdrop_tui.tui.shell.draft_screen import DraftScreen
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.footer import Footer
from backdrop_tui.tui.widgets.line_editor import LineEditor
from backdrop_tui.tui.widgets.lists.options import Options
from backdrop_tui.tui.widgets.panels.key_line import key_line
from backdrop_tui.tui.widgets.panels.panel import titled
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.tui.widgets.problem_list import MARKS
from backdrop_tui.wording import counted

_NARROWEST_VALUE, _WIDEST_VALUE = 32, 60
_BLANK = "(blank)"


@dataclass(frozen=True)
class TypedValue:
    """What is typed for a value, and not saved yet."""

    column: str
    """The key of the column."""
    value: str
    """The value, as it is in the file."""
    becomes: str
    """The text typed so far."""


class ValuesScreen(DraftScreen[None]):
    """The values of one column after the other. What is changed is changed in all rows with that value, and kept in the draft."""

    CSS_PATH = stylesheet("values")
    TITLE = "Values at a glance"
    HELP = (
        "Every different value of a column, with the number of rows that have it, and what is stored for it. "
        "! marks values that can't be stored as they are, ? those to check.\n"
        "Press Enter to change a value in all of its rows; the rows are checked again. ← and → go to another column. u undoes the last change.\n"
        "Esc goes back to the rows."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", id="values.back", tooltip="Back to the rows"),
        Binding("e", "edit", "Change", id="values.edit", key_display="Enter", tooltip="Change this value in all of its rows"),
        Binding("right,g", "column(1)", "Next column", id="values.next", key_display="→", tooltip="To the next column"),
        Binding("left", "column(-1)", "Previous column", id="values.previous", show=False, tooltip="To the column before"),
        Binding("u,ctrl+z", "undo", "Undo", id="values.undo", tooltip="Undo the last change"),
        Binding("r,ctrl+y", "redo", "Redo", id="values.redo", show=False, tooltip="Redo the change that was undone last"),
    ]  # fmt: skip

    columns = getters.query_one("#columns", Static)
    headings = getters.query_one("#headings", Static)
    values = getters.query_one("#values", OptionList)
    message = getters.query_one("#message", Static)
    editor = getters.query_one(LineEditor)

    def __init__(
        self,
        draft: Draft,
        review: Review,
        key: str,
        keep: Callable[[TypedValue | None], None],
        typed: TypedValue | None = None,
    ) -> None:
        """Create the screen.

        Args:
            draft: The draft; it must be open.
            review: Its rows, checked.
            key: The key of the column to begin with, if that is one with few different values.
            keep: Called with what is typed, so that it isn't lost; with None once it is saved or no longer wanted.
            typed: What was typed earlier, to carry on with.
        """
        super().__init__(draft)
        self.review = review
        """The draft as it was checked last."""
        self._fields = counted_fields(draft.kind)
        self.field = next((field for field in self._fields if field.key == key), self._first_faulty())
        """The column that is shown."""
        self._counts: tuple[ValueCount, ...] = ()
        self._notice = ""
        self._keep = keep
        self._typed = typed

    def _first_faulty(self) -> Field:
        """The first column with an error; the first one if none has."""
        faulty = {kind.field for kind in self.review.problem_kinds}
        return next((field for field in self._fields if field.key in faulty), self._fields[0])

    def compose(self) -> ComposeResult:
        """Lay out the columns to choose from, the values, and the editor."""
        yield self.breadcrumb(2)
        yield Static(id="columns")
        with titled(Vertical(id="panel"), "Values"):
            yield Static(id="headings")
            yield Options(id="values", compact=True, markup=False)
        yield Static(id="message")
        yield LineEditor(id="editor")
        yield Footer("back")

    def on_mount(self) -> None:
        """Show the first column, or carry on with what was typed earlier."""
        self.values.focus()
        self._show()
        if self._typed is None:
            return
        places = [place for place, value in enumerate(self._counts) if value.text == self._typed.value]
        if places and self.field.key == self._typed.column:
            self.values.highlighted = places[0]
            self.action_edit()
            self.editor.carry_on_with(self._typed.becomes)
        else:
            self._keep(None)

    def _show(self) -> None:
        """Show the values of the column, with the cursor where it was."""
        tabs = [
            Content.styled(field.label, "bold underline $accent" if field is self.field else "")
            for field in self._fields
        ]
        self.columns.update(Content("   ").join(tabs))
        place = self.values.highlighted or 0
        self._counts = value_counts(self.review, self.field.key)
        longest = max((len(value.text) for value in self._counts), default=0)
        width = min(
            max(longest + 1, _NARROWEST_VALUE), max(self.size.width // 3, _NARROWEST_VALUE), _WIDEST_VALUE
        )
        self.headings.update(f"  {'In the file':<{width}} {'Rows':>7}  What is stored")
        self.values.clear_options()
        self.values.add_options(Option(_line(self.field, value, width)) for value in self._counts)
        self.values.highlighted = min(place, len(self._counts) - 1) if self._counts else None
        hints = key_line(
            [("Enter", "changes a value in all of its rows"), ("← →", "other columns"), ("Esc", "back")]
        )
        self.message.update(Content("\n").join([plain(self._notice), hints]) if self._notice else hints)
        self.refresh_bindings()

    def action_column(self, step: int) -> None:
        """Show the next (1) or previous (-1) column."""
        place = self._fields.index(self.field)
        self.field = self._fields[(place + step) % len(self._fields)]
        self.values.highlighted = 0
        self._notice = ""
        self._show()

    @property
    def selected(self) -> ValueCount | None:
        """The value under the cursor."""
        place = self.values.highlighted
        return self._counts[place] if place is not None and place < len(self._counts) else None

    @on(OptionList.OptionSelected)
    def action_edit(self) -> None:
        """Change the value under the cursor."""
        if (value := self.selected) is not None:
            rows = counted(value.count, "row")
            hint = f"{self.field.label}: {self.field.hint}. Enter to change {rows}, Esc to cancel."
            start = next(iter(value.suggested or map(self.field.to_show, value.stored)), value.text)
            self.editor.edit(self.field.key, f"{value.text or _BLANK} becomes", start, blank="", hint=hint)

    @on(LineEditor.Changed)
    def keep_typed(self, event: LineEditor.Changed) -> None:
        """Keep what is typed, in case the terminal is lost."""
        if (value := self.selected) is not None:
            self._keep(TypedValue(self.field.key, value.text, event.text))

    @on(LineEditor.Submitted)
    def save(self, event: LineEditor.Submitted) -> None:
        """Change the value in all of its rows."""
        value, text = self.selected, event.text.strip()
        if value is None or self._do(fixes.replace_value(self.review, self.field.key, value.text, text)):
            self._close_editor()

    def _do(self, change: Change | None) -> bool:
        """Make a change, and check the rows again. Returns whether it could be saved."""
        if change is None:
            return True
        try:
            self.draft.do(change)
        except BackdropError as error:
            self.show_error(error)
            return False
        self._check(f"{change.title}. Press u to undo.")
        return True

    def _check(self, notice: str) -> None:
        self._notice = notice
        self.holds_keys = True
        self.check_rows()

    def show_review(self, review: Review, row: int) -> None:  # noqa: ARG002 - it is about no single row
        """Show the values after a change."""
        self.holds_keys = False
        self.review = review
        self._show()

    @on(LineEditor.Cancelled)
    def _close_editor(self) -> None:
        self._keep(None)
        self.editor.close()
        self.values.focus()

    def action_undo(self) -> None:
        """Undo the last change."""
        self._step_in_history(undo=True)

    def action_redo(self) -> None:
        """Redo the change that was undone last."""
        self._step_in_history(undo=False)

    def _step_in_history(self, *, undo: bool) -> None:
        try:
            change = self.draft.undo() if undo else self.draft.redo()
        except BackdropError as error:
            self.show_error(error)
            return
        if change is not None:
            self._check(f"{'Undone' if undo else 'Redone'}: {change.title}")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Grey the keys that can't be used now."""
        if action in {"undo", "redo"}:
            if self.is_typing:
                return False
            return True if (self.draft.edits.done if action == "undo" else self.draft.edits.undone) else None
        return True

    def action_back(self) -> None:
        """Close the editor, or go back to the rows."""
        if self.editor.is_open:
            self._close_editor()
        else:
            self.dismiss(None)


def _line(field: Field, value: ValueCount, width: int) -> Content:
    """A value in a certain width, the number of its rows, and what is stored for it."""
    sign, style = MARKS.get(value.level, ("✓", "$text-success"))
    text = plain(value.text, width - 1).plain or _BLANK
    becomes = in_words(field, value, blank=_BLANK)
    return Content.assemble((sign, f"bold {style}"), f" {text:<{width}} {value.count:>7,}  ", plain(becomes))
