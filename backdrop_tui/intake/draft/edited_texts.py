"""A file's texts with the user's edits."""

from collections.abc import Mapping, Sequence

import polars as pl

from backdrop_tui.intake.draft.edits import CellKey
from backdrop_tui.records.schema.kind import RecordKind


def apply_edits(
    kind: RecordKind, texts: pl.DataFrame, cells: Mapping[CellKey, str], added: Sequence[int]
) -> pl.DataFrame:
    """Apply edits to texts, and add the rows typed in by hand.

    Edits of rows that do not exist, because the file is now read with other options, are kept but have no effect.

    Returns:
        `row` (UInt32, ascending) and raw text (String) by key.
    """
    if added:
        rows = pl.DataFrame({"row": pl.Series(sorted(set(added)), dtype=pl.UInt32)})
        texts = pl.concat([texts, rows.join(texts, on="row", how="anti")], how="diagonal").sort("row")
    by_field: dict[str, tuple[list[int], list[str]]] = {}
    for (row, key), text in cells.items():
        rows_of, texts_of = by_field.setdefault(key, ([], []))
        rows_of.append(row)
        texts_of.append(kind.by_key[key].typed(text))
    columns = []
    for key, (rows_of, texts_of) in by_field.items():
        column = texts[key] if key in texts.columns else pl.repeat("", texts.height, eager=True).alias(key)
        new = pl.DataFrame(
            {"row": pl.Series(rows_of, dtype=pl.UInt32), "new": pl.Series(texts_of, dtype=pl.String)}
        )
        placed = texts.select("row").with_row_index("place").join(new, on="row", how="inner")
        columns.append(column.scatter(placed["place"], placed["new"]).alias(key))
    return texts.with_columns(columns)
