"""An errors file picked again: its own column is passed over, and cells that stand behind it are still a fault.

An errors file has the columns of the file that it came from and one more, "Errors". What a row had beyond the last
heading stands behind that column, so that it is neither lost nor taken for a value.
"""

from collections.abc import Sequence
from functools import lru_cache

import polars as pl

from backdrop_tui.intake.reading.sheet import Sheet
from backdrop_tui.records.schema.text import cleaned, fold_heading

ERRORS_HEADING = "Errors"
"""The column in which an errors file says what is wrong with a row."""


def own_columns(headings: Sequence[str]) -> frozenset[int]:
    """The places of the columns that only an errors file has: "Errors", and those without a heading behind it."""
    return _own_columns(tuple(headings))


@lru_cache(maxsize=4)
def _own_columns(headings: tuple[str, ...]) -> frozenset[int]:
    """The same, found once for a file: each of its rows may ask for it."""
    folded = [fold_heading(heading) for heading in headings]
    own = [n for n, name in enumerate(folded) if name == fold_heading(ERRORS_HEADING)]
    behind = [n for n in range(own[-1], len(headings)) if not headings[n]] if own else []
    return frozenset(own + behind)


def faults(sheet: Sheet) -> pl.DataFrame:
    """The sheet's faults, and a `cell-count` for each row with something behind the Errors column."""
    behind = [n for n in sorted(own_columns(sheet.headings)) if not sheet.headings[n]]
    if not behind:
        return sheet.faults
    names = [sheet.columns[n] for n in behind]
    filled = pl.concat_list(
        pl.when(cleaned(pl.col(name)) != "").then(n + 1) for n, name in zip(behind, names, strict=True)
    )
    found = (
        sheet.cells.lazy()
        .select("row", code=pl.lit("cell-count"), found=filled.list.max().cast(pl.UInt32))
        .drop_nulls("found")
        .collect()
    )
    fresh = found.join(sheet.faults.filter(pl.col("code") == "cell-count"), on="row", how="anti")
    return pl.concat([sheet.faults, fresh]).sort("row", maintain_order=True)


def width(sheet: Sheet) -> int:
    """How many cells a row should have."""
    behind = [n for n in own_columns(sheet.headings) if not sheet.headings[n]]
    return min(behind, default=len(sheet.headings))


def behind_errors(sheet: Sheet, row: int, values: Sequence[str]) -> list[str]:
    """A row's cells beyond the last heading, without blank ones at the end."""
    extra = [values[n] for n in sorted(own_columns(sheet.headings)) if not sheet.headings[n]]
    extra += sheet.extra.get(row, ())
    while extra and not extra[-1].strip():
        extra.pop()
    return extra
