"""Headings between the rows of a report, such as `Registration Group: 10A`, found in a file."""

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from backdrop_tui.intake.matching.section_texts import values_in
from backdrop_tui.intake.reading.sheet import Sheet
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.schema.text import cell_text

SAMPLE = 1_000
"""Rows among which there is such a heading if there are any: the first is above the first people."""
_MOST_CELLS = 4
_BETWEEN_CELLS = "\n"
"""What no cleaned cell has in it."""
_MAY_BE_HEADING = (
    r"(?i)^(?:[^\n]*:|(?:[^\n]* )?(?:class|form|dosbarth|group)\b|[^\n]*\d|reception\b|nursery\b)"
)
"""What stands in front in such a row, so that few others are looked at closely."""


def sectioned_fields(sheet: Sheet, kind: RecordKind) -> frozenset[str]:
    """The keys of the fields that a file has headings between its rows for."""
    headings = thin_rows(replace(sheet, cells=sheet.cells.head(SAMPLE)), kind)
    return frozenset(key for key in section_keys(kind) if (headings[key] != "").any())


def section_keys(kind: RecordKind) -> list[str]:
    """The keys of the fields by which reports group people."""
    return [field.key for field in kind.fields if field.heads_sections]


def thin_rows(sheet: Sheet, kind: RecordKind) -> pl.DataFrame:
    """The rows of a file that have few cells, and those above its headings, with what they say if they are headings of sections.

    Args:
        sheet: The file.
        kind: The kind of people in its rows.

    Returns:
        `row` (UInt32, ascending), `cells` (String: its cells that aren't blank, a line each), and by the keys of
        `section_keys` the value (String) that the row gives to the people below it: null where it says nothing about that
        field, empty where what it says is no value.
    """
    columns = [pl.col(name) for name in sheet.columns]
    is_thin = pl.sum_horizontal(column != "" for column in columns) <= _MOST_CELLS
    thin = sheet.cells.lazy().filter(is_thin).collect()
    keys = section_keys(kind)
    if thin.is_empty() and not sheet.above:
        return thin.select("row", *(pl.lit("").alias(name) for name in ("cells", *keys)))
    filled = pl.concat_list(map(cell_text, columns)).list.filter(pl.element() != "")
    below = thin.select("row", cells=filled.list.join(_BETWEEN_CELLS))
    above = pl.DataFrame(
        {"row": [row for row, _ in sheet.above], "cells": [list(cells) for _, cells in sheet.above]},
        schema={"row": pl.UInt32, "cells": pl.List(pl.String)},
    )
    cleaned_above = pl.col("cells").list.eval(cell_text(pl.element())).list.filter(pl.element() != "")
    rows = pl.concat([above.select("row", cleaned_above.list.join(_BETWEEN_CELLS)), below]).sort("row")
    distinct = rows.select(pl.col("cells").unique()).filter(pl.col("cells").str.contains(_MAY_BE_HEADING))
    values = [_values(kind, cells) for cells in distinct["cells"]]
    by_key = {key: pl.Series([value.get(key) for value in values], dtype=pl.String) for key in keys}
    return rows.join(distinct.with_columns(**by_key), on="cells", how="left", maintain_order="left")


def _values(kind: RecordKind, cells: str) -> Mapping[str, str]:
    return values_in(kind, cells.split(_BETWEEN_CELLS))
