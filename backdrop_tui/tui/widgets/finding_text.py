"""A finding in sentences: what it says, and what its remedy would change."""

import polars as pl
from textual.content import Content

from backdrop_tui.intake.draft.review import Review
from backdrop_tui.records.schema.findings import Finding
from backdrop_tui.records.schema.text import cleaned
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.tui.widgets.problem_list import problem_line
from backdrop_tui.wording import listed

_EXAMPLES = 3
_LONGEST_EXAMPLES = 150


def describe_finding(review: Review, finding: Finding) -> Content:
    """Say what was found, with some of the texts that its remedy would change."""
    lines = [problem_line(finding.type.level, finding.message)]
    cells = changed_cells(finding)
    if cells is not None and (examples := _examples(review, cells)):
        lines.append(plain(f"For example: {listed(examples)}.", _LONGEST_EXAMPLES))
    return Content("\n").join(lines)


def changed_cells(finding: Finding | None) -> pl.DataFrame | None:
    """The cells that the only remedy of a finding would change, as in `Remedy.cells`; None if it has several or changes none."""
    if finding is None or len(finding.remedies) != 1:
        return None
    cells = finding.remedies[0].cells
    return cells if cells is not None and cells.height else None


def first_changed_field(review: Review, finding: Finding) -> str | None:
    """The key of the first shown field that the only remedy of a finding would change; None if it changes none."""
    cells = changed_cells(finding)
    changed = set() if cells is None else set(cells["field"].unique())
    return next((field.key for field in review.fields if field.key in changed), None)


def _examples(review: Review, cells: pl.DataFrame) -> list[str]:
    """A few different changes: `SMITH → Smith`."""
    few = cells.head(_EXAMPLES * 20)
    rows = review.texts.filter(pl.col("row").is_in(few["row"].implode()))
    changes = [
        f"{old or '(blank)'} → {new}"
        for (key,), changed in few.group_by("field", maintain_order=True)
        if key in rows.columns
        for old, new in changed.join(rows.select("row", old=cleaned(pl.col(str(key)))), on="row")
        .select("old", "text")
        .iter_rows()
    ]
    return list(dict.fromkeys(changes))[:_EXAMPLES]
