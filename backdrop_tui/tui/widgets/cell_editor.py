"""The editor for cells of a table."""

from typing import Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from backdrop_tui.printable import printable
from backdrop_tui.records.schema.field import Field
from backdrop_tui.tui.widgets.editor import Editor
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.wording import counted


class CellEditor(Editor):
    """Edits one cell, or all cells with the same value. Enter to save, Esc to cancel."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "down",
            "suggest",
            "Take suggestion",
            show=False,
            id="editor.suggest",
            tooltip="Take the suggestion",
        ),
    ]

    class Saved(Message):
        """Enter has been pressed, and the text is to be saved."""

        def __init__(self, row: int, field: Field, text: str, alike: str | None) -> None:
            super().__init__()
            self.row = row
            """The row."""
            self.field = field
            """The field."""
            self.text = text
            """The new text."""
            self.alike = alike
            """The old value of all cells that get the new text; None for just the one cell."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._edited: tuple[int, Field, str | None] | None = None
        self._suggestion = ""

    @property
    def unsaved(self) -> dict[str, Any] | None:
        """The row, the field's key, the value of all cells that are edited alike, and the text; None if it hasn't been changed."""
        if self._edited is None or not self.is_changed:
            return None
        row, field, alike = self._edited
        return {"row": row, "field": field.key, "alike": alike, "text": self.text.value}

    def edit(  # noqa: PLR0913 - one cell, or many alike
        self,
        row: int,
        field: Field,
        text: str,
        suggestion: str = "",
        *,
        alike: str | None = None,
        count: int = 1,
        where: str = "",
    ) -> None:
        """Begin to edit.

        Args:
            row: The row.
            field: The field.
            text: The text to begin with.
            suggestion: The suggestion; empty if there is none.
            alike: The old value of all cells that will get the new text; None to edit one cell.
            count: The number of these cells.
            where: Whose cell it is, or in which row, if it is one cell.
        """
        self._edited = (row, field, alike)
        self._suggestion = suggestion
        if alike:
            where = f"{counted(count, 'cell that says', 'cells that say')} “{printable(alike)}”"
        elif alike is not None:
            where = f"the same in {counted(count, 'blank cell')}"
        self.label.update(plain(f" {field.label}, {where}: ", 60))
        hint = f"{field.hint[0].upper()}{field.hint[1:]}. " if field.hint else ""
        suggested = f"↓ fills in {suggestion}. " if suggestion else ""
        self.hint.update(plain(f"{suggested}{hint}Enter to save, Esc to cancel."))
        self.open_with(printable(text))

    @on(Input.Submitted, "#text")
    def save(self, event: Input.Submitted) -> None:
        """Report the text, and close the editor."""
        event.stop()
        if self._edited is not None and self.is_open:
            row, field, alike = self._edited
            self.close()
            self.post_message(self.Saved(row, field, event.value.strip(), alike))

    def action_suggest(self) -> None:
        """Replace the text with the suggestion."""
        if self._suggestion:
            self.replace_text(self._suggestion)
