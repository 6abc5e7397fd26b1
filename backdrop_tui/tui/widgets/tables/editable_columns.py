"""Columns of tables in which people's fields are edited: one for each field, and a pencil at the end of the row."""

from collections.abc import Collection, Sequence

from backdrop_tui.intake.questions.row_texts import ARROW
from backdrop_tui.records.schema.field import Field
from backdrop_tui.tui.widgets.tables.window_table import TableColumn

PENCIL = "pencil"
"""The key of the last column, which is for editing the row as a whole."""
PENCIL_COLUMN = TableColumn(PENCIL, "✎", 2)
_SIGN_AND_GAP = 2
_WIDEST = 26
_NARROWEST = 10
_WIDE_TEXT = 15
"""The width of each of two texts side by side in a column without a width of its own."""


def field_columns(fields: Sequence[Field], width: int, widened: Collection[str] = ()) -> list[TableColumn]:
    """Lay out a column for each field, with room for a sign before its text.

    Args:
        fields: The fields.
        width: The width in characters that the columns should fill together; they are wider if they don't fit.
        widened: The keys of fields whose columns have room for two texts side by side.
    """
    fixed = {
        field.key: max(field.width, len(field.short or field.label)) + _SIGN_AND_GAP
        for field in fields
        if field.width
    } | {
        field.key: 2 * (field.width or _WIDE_TEXT) + _SIGN_AND_GAP + len(ARROW)
        for field in fields
        if field.key in widened
    }
    flexible = len(fields) - len(fixed)
    share = max(_NARROWEST, (width - sum(fixed.values())) // max(flexible, 1))
    return [
        TableColumn(field.key, f" {field.short or field.label}", fixed.get(field.key, min(share, _WIDEST)))
        for field in fields
    ]
