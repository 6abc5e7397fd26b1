"""The fields of a kind as columns of a table, made to fit."""

from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.tui.widgets.window_table import TableColumn

_MARK_AND_GAP = 2
_WIDEST = 26
_NARROWEST = 10


def field_columns(kind: RecordKind, width: int) -> list[TableColumn]:
    """A column for each field, all together of a width where that can be; each has room for a sign before its text."""
    fixed = {f.key: max(f.width, len(f.short or f.label)) + _MARK_AND_GAP for f in kind.fields if f.width}
    free = [f for f in kind.fields if not f.width]
    room = max(_NARROWEST, (width - sum(fixed.values())) // max(len(free), 1))
    return [
        TableColumn(f.key, f" {f.short or f.label}", fixed.get(f.key, min(room, _WIDEST)))
        for f in kind.fields
    ]
