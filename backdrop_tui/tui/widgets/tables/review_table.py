"""The table of a draft's rows, with a sign and a colour for what is wrong with each cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl
from rich.text import Text

from backdrop_tui.intake.draft.problem_index import WHOLE_ROW
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.text import cleaned
from backdrop_tui.tui.widgets.plain import cell
from backdrop_tui.tui.widgets.problem_list import MARKS
from backdrop_tui.tui.widgets.tables.editable_columns import ARROW, PENCIL_COLUMN, field_columns
from backdrop_tui.tui.widgets.tables.window_table import Cells, TableColumn, WindowTable

Levels = Mapping[str | None, str]
"""The worst level of the problems in a row, by field; None for the whole row."""
_ROW_COLUMN = TableColumn(WHOLE_ROW, "    Row", 7)
_STYLES = {"error": "bold red", "warning": "bold yellow"}


class ReviewTable(WindowTable):
    """Shows rows of a review: as they will be stored, or as they were written if something is wrong with them."""

    def __init__(self, *, id: str, has_pencil: bool = True) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._pencil = [PENCIL_COLUMN] if has_pencil else []

    def show_review(self, review: Review, rows: pl.Series, changes: pl.DataFrame | None = None) -> None:
        """Show some rows of a review; the cursor stays on its row, or near where that was.

        Args:
            review: The review.
            rows: The numbers of the rows (UInt32, ascending).
            changes: Cells to show with the text that would replace theirs, as in `Remedy.cells`; None for none.
        """
        width = _ROW_COLUMN.width + sum(column.width for column in self._pencil)
        widened = () if changes is None else changes["field"].unique().to_list()
        self.set_columns(
            lambda room: [_ROW_COLUMN, *field_columns(review.fields, room - width, widened), *self._pencil]
        )
        self.show(rows, lambda window: self._draw_rows(review, window, changes))

    def _draw_rows(self, review: Review, rows: Sequence[int], changes: pl.DataFrame | None) -> list[Cells]:
        in_window = pl.col("row").is_in(list(rows))
        keys = [key for key in review.kind.keys if key in review.texts.columns]
        texts = review.texts.filter(in_window).select("row", *(cleaned(pl.col(key)) for key in keys))
        text_by_row = {text["row"]: text for text in texts.iter_rows(named=True)}
        people = review.checked.people.filter(in_window)
        person_by_row = {person["row"]: person for person in people.iter_rows(named=True)}
        levels: dict[int, dict[str | None, str]] = {row: {} for row in rows}
        for row, key, level in review.problems_in(rows).select("row", "field", "level").iter_rows():
            if levels[row].get(key) != "error":
                levels[row][key] = level
        new_texts: dict[int, dict[str, str]] = {row: {} for row in rows}
        if changes is not None:
            for row, key, text in changes.filter(in_window).select("row", "field", "text").iter_rows():
                new_texts[row][key] = text
        return [
            _draw_row(
                review,
                row,
                _RowTexts(text_by_row[row], person_by_row.get(row), new_texts[row]),
                levels[row],
                self._pencil,
            )
            for row in rows
        ]


@dataclass(frozen=True)
class _RowTexts:
    """The texts of one row by key: as written, as they will be stored, and as a remedy would change them."""

    written: Mapping[str, str | None]
    """The texts of the file, with the edits made so far."""
    person: Mapping[str, str | None] | None
    """The stored forms; None if the row is left out."""
    new: Mapping[str, str]
    """The texts that a remedy would put in their place."""

    def of(self, field: Field, *, as_written: bool) -> str:
        """The text to show for a field."""
        text = self.written.get(field.key) or ""
        value = self.person[field.key] if self.person is not None else None
        if value is not None and not as_written:
            text = field.to_show(value)
        return f"{text}{ARROW}{self.new[field.key]}" if field.key in self.new else text


def _draw_row(
    review: Review, row: int, texts: _RowTexts, levels: Levels, pencil: Sequence[TableColumn]
) -> Cells:
    """Draw one row."""
    left_out = texts.person is None
    cells = [_draw_row_number(row, levels, left_out=left_out)]
    for field in review.fields:
        level = levels.get(field.key)
        text = texts.of(field, as_written=level is not None and review.reads_as_typed(field))
        style = "dim strike" if left_out else _STYLES.get(level or "", "")
        cells.append(cell(f"{MARKS[level][0] if level else ' '}{text}", style))
    return [*cells, *(cell(column.label, "dim") for column in pencil)]


def _draw_row_number(row: int, levels: Levels, *, left_out: bool) -> Text:
    """Draw the row's number, with the sign of its state."""
    if left_out:
        return cell(f"–{row:>6}", "dim strike")
    if "error" in levels.values():
        return cell(f"!{row:>6}", _STYLES["error"])
    return cell(f"?{row:>6}", _STYLES["warning"]) if levels else cell(f"✓{row:>6}", "green")
