"""One line below the table in which a cell is edited."""

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from backdrop_tui.records.schema.field import Field
from backdrop_tui.tui.widgets.editor import Editor
from backdrop_tui.tui.widgets.plain import plain, printable


class CellEditor(Editor):
    """Edits one cell, or all cells with the same value. Enter saves, Esc leaves it as it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "down",
            "suggest",
            "Take suggestion",
            show=False,
            id="editor.suggest",
            tooltip="Put the suggestion in",
        ),
    ]

    class Saved(Message):
        """A text is to be kept."""

        def __init__(self, row: int, field: Field, text: str, alike: str | None) -> None:
            super().__init__()
            self.row = row
            """The row."""
            self.field = field
            """The field."""
            self.text = text
            """The new text."""
            self.alike = alike
            """The value of all cells that get it; None where only this one does."""

    def __init__(self, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._what: tuple[int, Field, str | None] | None = None
        self._suggestion = ""

    def edit(  # noqa: PLR0913 - one cell, or many alike
        self,
        row: int,
        field: Field,
        text: str,
        suggestion: str = "",
        *,
        alike: str | None = None,
        count: int = 1,
        whose: str = "",
    ) -> None:
        """Begin to edit.

        Args:
            row: The row.
            field: The field.
            text: What stands there now.
            suggestion: What could stand there; may be empty.
            alike: The value of all cells that will get the new text; None to edit one cell.
            count: How many cells that is.
            whose: Whose cell it is, where that says more than the row.
        """
        self._what = (row, field, alike)
        self._suggestion = suggestion
        one = whose or f"row {row}"
        cells = "1 cell that says" if count == 1 else f"{count:,} cells that say"
        where = one if alike is None else f"{cells} “{printable(alike)}”"
        self.label.update(plain(f" {field.label}, {where}: ", 60))
        hint = f"{field.hint[0].upper()}{field.hint[1:]}. " if field.hint else ""
        more = f"Suggested: {suggestion} (↓ takes it). " if suggestion else ""
        self.hint.update(plain(f" {more}{hint}Enter saves, Esc cancels."))
        self.open_with(printable(text))

    @on(Input.Submitted, "#text")
    def save(self, event: Input.Submitted) -> None:
        """Hand the text over."""
        event.stop()
        if self._what is not None and self.is_open:
            row, field, alike = self._what
            self.close()
            self.post_message(self.Saved(row, field, event.value.strip(), alike))

    def action_suggest(self) -> None:
        """Put the suggestion in."""
        if self._suggestion:
            self.put_in(self._suggestion)
