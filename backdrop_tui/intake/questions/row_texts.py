"""The texts of a review's rows as tables show them, and how bad the problems of their cells are."""

from collections.abc import Sequence

import polars as pl

from backdrop_tui.intake.draft.review import Review
from backdrop_tui.records.schema.text import cell_text

ARROW = " → "
"""Stands between the text of a cell and the text that would replace it."""
Levels = dict[str | None, str]
"""The worst level of the problems in a row, by field's key; under None that of the row itself."""


def cell_levels(review: Review, rows: Sequence[int]) -> dict[int, Levels]:
    """The levels of the open problems in rows, by row."""
    levels: dict[int, Levels] = {row: {} for row in rows}
    for row, key, level in review.problems_in(rows).select("row", "field", "level").iter_rows():
        if levels[row].get(key) != "error":
            levels[row][key] = level
    return levels


def shown_texts(review: Review, rows: Sequence[int]) -> dict[int, dict[str, str]]:
    """The texts of rows by row and field's key: as they will be stored, or as written if something is wrong with them.

    A row that is left out is shown as it is written.
    """
    in_rows = pl.col("row").is_in(list(rows))
    levels = cell_levels(review, rows)
    keys = [key for key in review.kind.keys if key in review.texts.columns]
    written = review.texts.filter(in_rows).select("row", *(cell_text(pl.col(key)) for key in keys))
    people = {person["row"]: person for person in review.checked.people.filter(in_rows).iter_rows(named=True)}
    texts: dict[int, dict[str, str]] = {}
    for row_as_written in written.iter_rows(named=True):
        row = row_as_written["row"]
        person = people.get(row, {})
        texts[row] = {}
        for field in review.fields:
            value = person.get(field.key)
            is_as_written = value is None or (field.key in levels[row] and review.reads_as_typed(field))
            text = row_as_written.get(field.key) or ""
            texts[row][field.key] = text if is_as_written else field.to_show(str(value))
    return texts
