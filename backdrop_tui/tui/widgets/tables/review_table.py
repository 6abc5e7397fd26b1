"""The table of a draft's rows, with a sign and a colour for what is wrong with each cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl
from rich.text import Text

from backdrop_tui.intake.draft.problem_index import WHOLE_ROW
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.intake.questions.row_texts import ARROW, cell_levels, shown_texts
from backdrop_tui.records.schema.findings import Finding
from backdrop_tui.tui.widgets.finding_text import changed_cells
from backdrop_tui.tui.widgets.plain import cell, indented_cell
from backdrop_tui.tui.widgets.problem_list import MARKS
from backdrop_tui.tui.widgets.tables.editable_columns import PENCIL_COLUMN, field_columns, longest_texts
from backdrop_tui.tui.widgets.tables.window_table import Cells, TableColumn, WindowTable

_NARROWEST = 3
"""The fewest characters of a row's name that there is room for."""
_LEVELS = ("error", "warning", "note")
"""The levels, from the worst."""


@dataclass(frozen=True)
class RowOrder:
    """The order of rows that isn't that of the file."""

    key: str
    """The key of the field that they are sorted by, or `WHOLE_ROW`."""
    descending: bool = False
    """Whether the order is reversed."""


class ReviewTable(WindowTable):
    """Shows rows of a review: as they will be stored, or as they were written if something is wrong with them."""

    def __init__(self, *, id: str, has_pencil: bool = True) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._pencil = [PENCIL_COLUMN] if has_pencil else []

    def show_review(
        self, review: Review, rows: pl.Series, finding: Finding | None = None, order: RowOrder | None = None
    ) -> None:
        """Show some rows of a review; the cursor stays on its row, or near where that was.

        Args:
            review: The review.
            rows: The numbers of the rows (UInt32), in the order in which they are shown.
            finding: The finding that the rows are those of; the texts that its only remedy would put in are shown too.
            order: The column that they are sorted by, if they aren't in the order of the file.
        """
        row_names = review.context.row_names
        longest = max(_NARROWEST, row_names.longest_short_name(review.texts["row"]))
        row_column = TableColumn(WHOLE_ROW, f"{'Row':>{longest + 1}}", longest + 1)
        width = row_column.width + sum(column.width for column in self._pencil)
        changes = changed_cells(finding)
        widened = () if changes is None else changes["field"].unique().to_list()
        longest_shown, signed = _longest_shown(review), _signed_fields(review, widened)

        def lay_out(room: int) -> list[TableColumn]:
            columns = [
                row_column,
                *field_columns(review.fields, room - width, longest_shown, widened, signed),
            ]
            return [*(_with_arrow(column, order) for column in columns), *self._pencil]

        self.show(rows, lambda window: self._draw_rows(review, window, finding, longest), lay_out)

    def _draw_rows(
        self, review: Review, rows: Sequence[int], finding: Finding | None, longest: int
    ) -> list[Cells]:
        texts, levels = shown_texts(review, rows), cell_levels(review, rows)
        if finding is not None:
            _add_finding(finding, texts, levels)
        name_of = review.context.row_names.short_name
        keys = {field.key for field in review.fields}
        leads = {column.key: column.lead for column in self.current_columns if column.key in keys}
        return [
            [
                *_draw_row(
                    f"{name_of(row):>{longest}}",
                    texts[row],
                    levels[row],
                    leads,
                    left_out=row in review.left_out,
                ),
                *(cell(column.label, "muted") for column in self._pencil),
            ]
            for row in rows
        ]


def _with_arrow(column: TableColumn, order: RowOrder | None) -> TableColumn:
    """A column, with an arrow before its heading if the rows are sorted by it."""
    if order is None or column.key != order.key:
        return column
    arrow = "↓" if order.descending else "↑"
    return replace(column, label=f"{arrow:>{column.lead}}{column.label.lstrip()}")


def _longest_shown(review: Review) -> dict[str, int]:
    """The length of the longest text that each field shows: as it will be stored, or as it was written."""
    keys = [field.key for field in review.fields]
    longest = longest_texts(review.checked.people, keys)
    written = review.problems.group_by("field").agg(pl.col("value").str.len_chars().max())
    unchecked = longest_texts(review.texts.filter(pl.col("row").is_in(list(review.left_out))), keys)
    for key, length in (*written.iter_rows(), *unchecked.items()):
        longest[key] = max(longest.get(key, 0), length or 0)
    return longest


def _signed_fields(review: Review, changed: Sequence[str]) -> list[str]:
    """The keys of the fields with signs before their texts: those that a finding changes, then those with the most problems."""
    counts = dict(review.problems.group_by("field").len().iter_rows())
    with_problems = sorted(
        filter(counts.get, [field.key for field in review.fields]), key=lambda key: -counts[key]
    )
    return [*changed, *(key for key in with_problems if key not in changed)]


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
    name: str,
    texts: Mapping[str, str],
    levels: Mapping[str | None, str],
    leads: Mapping[str, int],
    *,
    left_out: bool,
) -> list[Text]:
    """Draw the name of a row, with the sign of its state, and the cells of its fields, each with its lead."""
    worst = min(levels.values(), key=_LEVELS.index, default="")
    sign = "–" if left_out else MARKS[worst][0] if worst else "✓"
    row_style = "left-out" if left_out else worst or "success"
    cells = [cell("").append_text(cell(sign, row_style)).append_text(indented_cell(name, row_style))]
    for key, lead in leads.items():
        level = levels.get(key, "")
        # Before a text, the sign of a note would be taken for a letter.
        sign = MARKS[level][0] if level in {"error", "warning"} else " "
        cells.append(indented_cell(f"{sign:>{lead}}{texts[key]}", "left-out" if left_out else level))
    return cells
