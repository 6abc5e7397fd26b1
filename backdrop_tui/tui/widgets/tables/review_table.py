"""The table of a draft's rows, with a sign and a colour for what is wrong with each cell."""

from collections.abc import Mapping, Sequence

import polars as pl
from rich.text import Text

from backdrop_tui.intake.draft.problem_index import WHOLE_ROW
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.records.schema.findings import Finding
from backdrop_tui.tui.widgets.finding_text import changed_cells
from backdrop_tui.tui.widgets.plain import cell
from backdrop_tui.tui.widgets.problem_list import MARKS
from backdrop_tui.tui.widgets.row_texts import cell_levels, shown_texts
from backdrop_tui.tui.widgets.tables.editable_columns import ARROW, PENCIL_COLUMN, field_columns
from backdrop_tui.tui.widgets.tables.window_table import Cells, TableColumn, WindowTable

_ROW_COLUMN = TableColumn(WHOLE_ROW, "    Row", 7)
_STYLES = {"error": "bold red", "warning": "bold yellow", "note": "bold cyan"}
"""The style of each level, from the worst."""


class ReviewTable(WindowTable):
    """Shows rows of a review: as they will be stored, or as they were written if something is wrong with them."""

    def __init__(self, *, id: str, has_pencil: bool = True) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._pencil = [PENCIL_COLUMN] if has_pencil else []

    def show_review(self, review: Review, rows: pl.Series, finding: Finding | None = None) -> None:
        """Show some rows of a review; the cursor stays on its row, or near where that was.

        Args:
            review: The review.
            rows: The numbers of the rows (UInt32, ascending).
            finding: The finding that the rows are those of; the texts that its only remedy would put in are shown too.
        """
        width = _ROW_COLUMN.width + sum(column.width for column in self._pencil)
        changes = changed_cells(finding)
        widened = () if changes is None else changes["field"].unique().to_list()
        self.set_columns(
            lambda room: [_ROW_COLUMN, *field_columns(review.fields, room - width, widened), *self._pencil]
        )
        self.show(rows, lambda window: self._draw_rows(review, window, finding))

    def _draw_rows(self, review: Review, rows: Sequence[int], finding: Finding | None) -> list[Cells]:
        texts, levels = shown_texts(review, rows), cell_levels(review, rows)
        if finding is not None:
            _add_finding(finding, texts, levels)
        return [
            [
                *_draw_row(review, row, texts[row], levels[row]),
                *(cell(column.label, "dim") for column in self._pencil),
            ]
            for row in rows
        ]


def _add_finding(
    finding: Finding, texts: Mapping[int, dict[str, str]], levels: Mapping[int, dict[str | None, str]]
) -> None:
    """Mark the rows of a finding with its level, and show what its only remedy would put in their cells."""
    for row_levels in levels.values():
        row_levels.setdefault(None, finding.type.level)
    changes = changed_cells(finding)
    if changes is None:
        return
    in_rows = pl.col("row").is_in(list(texts))
    for row, key, new_text in changes.filter(in_rows).select("row", "field", "text").iter_rows():
        texts[row][key] = f"{texts[row].get(key, '')}{ARROW}{new_text}"
        levels[row].setdefault(key, finding.type.level)


def _draw_row(
    review: Review, row: int, texts: Mapping[str, str], levels: Mapping[str | None, str]
) -> list[Text]:
    """Draw the number of a row and the cells of its fields."""
    left_out = row in review.left_out
    cells = [_draw_row_number(row, levels, left_out=left_out)]
    for field in review.fields:
        level = levels.get(field.key)
        style = "dim strike" if left_out else _STYLES.get(level or "", "")
        cells.append(cell(f"{MARKS[level][0] if level else ' '}{texts[field.key]}", style))
    return cells


def _draw_row_number(row: int, levels: Mapping[str | None, str], *, left_out: bool) -> Text:
    """Draw the row's number, with the sign of its state."""
    if left_out:
        return cell(f"–{row:>6}", "dim strike")
    if not levels:
        return cell(f"✓{row:>6}", "green")
    worst = min(levels.values(), key=list(_STYLES).index)
    return cell(f"{MARKS[worst][0]}{row:>6}", _STYLES[worst])
