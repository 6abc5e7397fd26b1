"""Rows that repeat another in every matched column, as in a report with one row for each contact: each person is taken once."""

import polars as pl

from backdrop_tui.records.schema.findings import Finding, FindingType
from backdrop_tui.records.schema.hashing import is_repeated_in_threads
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.schema.text import cleaned
from backdrop_tui.wording import counted

ROWS_REPEATED = FindingType("rows-repeated", "Rows that repeat another", "note", is_remembered=False)


_ENOUGH = 3
"""Cells from which a row is a person: in a column of full names, a line of text is two of them."""
_FIRST_FEW = 1_000
NO_REPEATS = pl.DataFrame(schema={"row": pl.UInt32, "repeats": pl.UInt32})
"""Rows that repeat another, and the row that each repeats, where there are none."""


def without_repeats(kind: RecordKind, texts: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Take each person once.

    Args:
        kind: The kind of people.
        texts: `row` (UInt32, ascending) and raw text (String) by the fields' keys.

    Returns:
        The same without the rows that repeat an earlier one in every column; and these rows, as `row` (UInt32, ascending)
        and `repeats` (UInt32: the first row that is the same). Rows that say next to nothing, such as a total on each page, repeat nothing.
    """
    likely = texts
    for fields in ((kind.identifier,), kind.identity):
        if all(field.key in texts.columns for field in fields) and likely.height:
            # Few rows are left for the next fields, and next to none for the comparison of whole texts.
            likely = likely.filter(
                is_repeated_in_threads(*(likely[field.key].fill_null("") for field in fields))
            )
    columns = [pl.col(key) for key in texts.columns if key != "row"]
    if not likely.height or not columns:
        return texts, NO_REPEATS
    cells = likely.select("row", *map(cleaned, columns))
    is_later = ~pl.struct(columns).is_first_distinct() & _says_enough(texts)
    first = pl.col("row").first().over(columns).alias("repeats")
    repeated = cells.with_columns(first).filter(is_later).select("row", "repeats")
    if not repeated.height:
        return texts, NO_REPEATS
    return texts.filter(~pl.col("row").is_in(repeated["row"].implode())), repeated


def _says_enough(texts: pl.DataFrame) -> pl.Expr:
    """Whether a row has enough cells that tell it from others to be a person (Boolean), over cleaned texts by key."""
    different = [key for key in texts.columns if key != "row" and _has_different(texts[key])]
    filled = pl.sum_horizontal(pl.col(key) != "" for key in different or texts.columns[1:])
    return filled >= max(min(_ENOUGH, len(different)), 1)


def _has_different(texts: pl.Series) -> bool:
    """Whether not all of a column's texts are the same. The first few nearly always tell."""
    return any(not (part == texts[0]).all() for part in (texts.head(_FIRST_FEW), texts))


def repeats_finding(rows: pl.Series) -> list[Finding]:
    """The finding about rows that repeat another (UInt32, ascending); none if there are none."""
    if not len(rows):
        return []
    repeat = "repeats" if len(rows) == 1 else "repeat"
    message = f"{counted(len(rows), 'row')} {repeat} another in every column that is used. Each person will be imported once."
    return [Finding(ROWS_REPEATED, message, rows, evidence_for=len(rows))]
