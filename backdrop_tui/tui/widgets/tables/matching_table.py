"""The columns of a file with the fields that they go to, followed by the fields that no column goes to."""

from collections.abc import Mapping, Sequence
from functools import partial

import polars as pl
from rich.text import Text

from backdrop_tui.intake.matching.matching import Column, Matching
from backdrop_tui.records.schema.field import Field
from backdrop_tui.tui.widgets.plain import cell
from backdrop_tui.tui.widgets.tables.narrowing import narrow
from backdrop_tui.tui.widgets.tables.window_table import Cells, TableColumn, WindowTable

_ORIGINS = {"remembered": "as before", "similarity": "alike", "chosen": "chosen"}


_LABELS = {"heading": " Column in your file", "target": " Goes to", "samples": " First values"}
_LEAST = {"target": len(" ✓ Registration Group (as before) ")}
"""The width of columns that would otherwise change while the user matches them, by their keys."""
_WIDEST_GAP = 4
"""The most characters that are left free after a column."""


def _columns(needed: Mapping[str, int], width: int) -> list[TableColumn]:
    """Lay out the columns: each as wide as it needs to be, if there is room, or else no wider than its share.

    Args:
        needed: The width in which no text is cut, by the columns' keys.
        width: The width of the table.
    """
    widths, shares = dict(needed), {"heading": width * 26 // 100, "target": width * 39 // 100}
    shares["samples"] = width - sum(shares.values())
    narrow(widths, shares, width)
    gap = min(max(0, width - sum(widths.values())) // len(widths), _WIDEST_GAP)
    return [TableColumn(key, label, widths[key] + gap) for key, label in _LABELS.items()]


class MatchingTable(WindowTable):
    """A line for each column of a file, then one for each field that no column goes to."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self.cursor_type = "row"
        self._matching: Matching | None = None

    def show_matching(self, matching: Matching) -> None:
        """Show where columns go, and what rows get in the other fields."""
        self._matching = matching
        rows = range(len(matching.columns) + len(fields_to_show(matching)))
        lines = self._lines(rows)
        needed = {
            key: max(_LEAST.get(key, 0), len(label), *(len(line[place]) for line in lines), 0)
            for place, (key, label) in enumerate(_LABELS.items())
        }
        self.show(pl.Series("row", rows, dtype=pl.UInt32), self._lines, partial(_columns, needed))

    @property
    def selected_column(self) -> int | None:
        """The index of the column that the cursor is on; None if it is on a field."""
        row = self.selected_row
        return row if self._matching and row is not None and row < len(self._matching.columns) else None

    @property
    def selected_field(self) -> Field | None:
        """The field without a column that the cursor is on; None if it is on a column."""
        row = self.selected_row
        if self._matching is None or row is None or row < len(self._matching.columns):
            return None
        return fields_to_show(self._matching)[row - len(self._matching.columns)]

    def _lines(self, rows: Sequence[int]) -> list[Cells]:
        matching = self._matching
        if matching is None:
            return []
        fields, count = fields_to_show(matching), len(matching.columns)
        return [
            _of_column(matching, matching.columns[row])
            if row < count
            else _of_field(matching, fields[row - count])
            for row in rows
        ]


def fields_to_show(matching: Matching) -> tuple[Field, ...]:
    """The fields that no column goes to and that a template has."""
    return tuple(field for field in matching.without_column if field.in_template)


def _of_column(matching: Matching, column: Column) -> Cells:
    samples = " · ".join(column.samples)
    return [cell(f" {column.heading}"), _target(matching, column), cell(f" {samples}", "muted")]


def _target(matching: Matching, column: Column) -> Text:
    """The field that a column goes to or could go to, with a mark."""
    if column.target in matching.duplicates:
        return cell(f" ! {matching.label(column.target)} (twice)", "error")
    if column.target:
        origin = _ORIGINS.get(column.how, "")
        label = matching.label(column.target)
        return cell(f" ✓ {label} ({origin})" if origin else f" ✓ {label}", "success")
    if near := column.suggestion:
        return cell(f" ? [{matching.label(near.target)}, {near.similarity}%]", "warning")
    return cell(f" – {column.note or 'not used'}", "muted")


def _of_field(matching: Matching, field: Field) -> Cells:
    """A field that no column goes to: what rows get in it, or could get."""
    no_column = cell(" (no column)", "muted")
    if fill := matching.fills.get(field.key):
        return [no_column, cell(f" ✓ {field.label}", "success"), cell(f" {fill.in_words(field)}")]
    if field.key in matching.sectioned:
        return [no_column, cell(f" ✓ {field.label}", "success"), cell(" in headings above the rows")]
    if offer := matching.open_offers.get(field.key):
        words = f" last time: {offer.in_words(field)}"
        return [no_column, cell(f" ? [{field.label}]", "warning"), cell(words, "muted")]
    if not field.needed:
        return [no_column, cell(f" – {field.label}", "muted"), cell(" left blank", "muted")]
    if not field.column_needed:
        return [no_column, cell(f" – {field.label}", "muted"), cell(" to be filled in row by row", "muted")]
    return [no_column, cell(f" ! {field.label} (needed)", "error"), cell(" press Enter to choose", "muted")]
