"""Columns of tables in which people's fields are edited: one for each field, and a pencil at the end of the row."""

from collections.abc import Collection, Mapping, Sequence

import polars as pl

from backdrop_tui.intake.questions.row_texts import ARROW
from backdrop_tui.records.schema.field import Field
from backdrop_tui.tui.widgets.tables.narrowing import narrow
from backdrop_tui.tui.widgets.tables.window_table import TableColumn

PENCIL = "pencil"
"""The key of the last column, which is for editing the row as a whole."""
PENCIL_COLUMN = TableColumn(PENCIL, " ✎", 2)
_SIGN = 1
"""The room for a sign before a text; where there is no sign, it is the gap to the column before it."""
_GAP, _GAPS = 1, 3
"""The room before a sign, and the number of columns for which other texts of any length give way to it."""
_NARROW, _NARROWEST = 11, 8
"""The fewest characters of a column whose texts may be of any length, while others can give way, and at all."""
_WIDE_TEXT = 15
"""The width of each of two texts side by side in a column without a width of its own."""
_WIDEST_GAP = 6
"""The most characters that are left free between two columns."""


def longest_texts(people: pl.DataFrame, keys: Collection[str]) -> dict[str, int]:
    """The length of the longest text in each column that a frame of people (String by key) has; 0 without any."""
    lengths = people.select(pl.col(key).str.len_chars().max() for key in keys if key in people.columns)
    return {key: length or 0 for key, length in zip(lengths.columns, lengths.row(0), strict=True)}


def field_columns(
    fields: Sequence[Field],
    width: int,
    longest: Mapping[str, int],
    widened: Collection[str] = (),
    signed: Sequence[str] = (),
) -> list[TableColumn]:
    """Lay out a column for each field, with room for a sign before its text. Nothing is cut while there is room.

    Args:
        fields: The fields.
        width: The width in characters that the columns should fill together; they are wider if they don't fit.
        longest: The length of the longest text of each field, by its key.
        widened: The keys of fields whose columns have room for two texts side by side.
        signed: The keys of fields with signs, those first that most need a gap before their signs.
    """
    widths = {field.key: _needed(field, longest.get(field.key, 0), field.key in widened) for field in fields}
    fixed = [field for field in fields if field.width and field.key not in widened]
    elastic = [field.key for field in fields if not field.width and field.key not in widened]
    room = width - _GAP * min(len(signed), _GAPS)
    narrow(widths, dict.fromkeys(elastic, _NARROW), room)
    narrow(widths, {field.key: _needed(field, field.width) for field in fixed}, room)
    narrow(widths, dict.fromkeys(elastic, _NARROWEST), width)
    leads = {key: _SIGN + (_GAP if key in widened else 0) for key in widths}
    spare = max(0, width - sum(widths.values()))
    gap = min(spare // max(len(fields), 1), _WIDEST_GAP)
    for key in [key for key in signed if key not in widened][: spare if gap < _GAP else 0]:
        leads[key] += _GAP
        widths[key] += _GAP
    return [
        TableColumn(
            field.key,
            " " * leads[field.key] + (field.short or field.label),
            widths[field.key] + gap,
            leads[field.key],
        )
        for field in fields
    ]


def _needed(field: Field, longest: int, is_widened: bool = False) -> int:  # noqa: FBT001, FBT002 - whether a field is among them
    """The width in which no text of a field is cut, nor its heading."""
    if is_widened:
        return 2 * (field.width or _WIDE_TEXT) + _GAP + 2 * _SIGN + len(ARROW)
    return max(longest, len(field.short or field.label)) + _SIGN
