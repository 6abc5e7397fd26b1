"""A finding in sentences: what it says, and what its remedy would change."""

from itertools import accumulate

import polars as pl
from textual.content import Content

from backdrop_tui.intake.draft.review import Review
from backdrop_tui.intake.questions.row_texts import ARROW, shown_texts
from backdrop_tui.records.schema.findings import Finding
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.tui.widgets.problem_list import problem_text
from backdrop_tui.wording import listed

_FIRST_CELLS = 50
"""The number of cells in which examples are looked for."""
_LINE = 64
"""The number of characters for examples in a line at 80 columns."""


def describe_finding(review: Review, finding: Finding, row: int, width: int) -> Content:
    """Say what was found, with some of the texts that its remedy would change from a row on, in so many characters a line."""
    lines = [problem_text(finding.type.level, finding.message, width)]
    cells = changed_cells(finding)
    if cells is not None and (examples := _examples(review, cells.filter(pl.col("row") >= row))):
        lines.append(plain(f"From here on: {listed(examples)}."))
    return Content("\n").join(lines)


def changed_cells(finding: Finding | None) -> pl.DataFrame | None:
    """The cells that the only remedy of a finding would change, as in `Remedy.cells`; None if it has several or changes none."""
    if finding is None or len(finding.remedies) != 1:
        return None
    cells = finding.remedies[0].cells
    return cells if cells is not None and cells.height else None


def first_change(review: Review, finding: Finding) -> tuple[int, str] | None:
    """The row and key of the first shown cell that the only remedy of a finding would change; None if it changes none."""
    cells = changed_cells(finding)
    if cells is None:
        return None
    shown = cells.filter(pl.col("field").is_in([field.key for field in review.fields]))
    row, key = shown.select("row", "field").sort("row").row(0) if shown.height else (None, None)
    return (row, key) if row is not None else None


def _examples(review: Review, cells: pl.DataFrame) -> list[str]:
    """The first different changes, as many as fit into a line, but at least one: `SMITH → Smith`."""
    few = cells.sort("row", maintain_order=True).head(_FIRST_CELLS)
    texts = shown_texts(review, few["row"].unique().to_list())
    changes = dict.fromkeys(
        f"{texts[row].get(key) or f'blank {review.kind.label(key)}'}{ARROW}{new_text}"
        for row, key, new_text in few.select("row", "field", "text").iter_rows()
        if row in texts
    )
    lengths = accumulate(len(change) + len(", ") for change in changes)
    fitting = sum(length <= _LINE for length in lengths)
    return list(changes)[: max(fitting, 1)]
