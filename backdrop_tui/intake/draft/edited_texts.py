"""A file's texts with the user's edits."""

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from backdrop_tui.intake.draft.edits import CellKey, Change
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.wording import counted


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


def with_file_texts(before: pl.DataFrame, after: pl.DataFrame, edited: Iterable[CellKey]) -> Change | None:
    """The change that gives edited cells the text of the file where that is read differently now; None if there are none.

    Args:
        before: The file's texts as they were read when they were edited: `row` (UInt32) and raw text (String) by key.
        after: The file's texts as they are read now.
        edited: The cells that have been edited.
    """
    rows_by_key: dict[str, list[int]] = {}
    for row, key in edited:
        if key in before.columns and key in after.columns:
            rows_by_key.setdefault(key, []).append(row)
    cells: list[tuple[int, str, str]] = []
    for key, rows in rows_by_key.items():
        texts = before.select("row", old=key).join(after.select("row", new=key), on="row")
        is_other = pl.col("row").is_in(rows) & (pl.col("new").fill_null("") != pl.col("old").fill_null(""))
        differing = texts.filter(is_other).select("row", pl.lit(key), pl.col("new").fill_null(""))
        cells.extend(differing.rows())
    if not cells:
        return None
    return Change(title=f"Text of the file in {counted(len(cells), 'edited cell')}", cells=tuple(cells))
