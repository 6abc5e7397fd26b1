"""What is wrong with whole rows: the wrong number of cells, a stray quote, a cell that is too long."""

from collections.abc import Mapping, Sequence

import polars as pl

from backdrop_tui.errors import UnusableFileError
from backdrop_tui.intake.reading.quoting import LONGEST_CELL, is_blank
from backdrop_tui.intake.reading.records import Records
from backdrop_tui.intake.reading.shape import FileShape
from backdrop_tui.intake.reading.sheet import FAULTS
from backdrop_tui.records.schema.problems import CELL_COUNT, STRAY_QUOTE

Extra = dict[int, tuple[str, ...]]
"""Cells beyond the last column, by spreadsheet row."""


def refuse_long_cells(records: Records, cells: pl.DataFrame) -> None:
    """Refuse a file in which a cell is too long. Only the cells of long records need a look.

    Args:
        records: The records.
        cells: The rows: `row` (UInt32) and the columns (String).

    Raises:
        UnusableFileError: A cell is too long.
    """
    if not records.long:
        return
    rows = records.rows[records.long].implode()
    length = pl.max_horizontal(pl.exclude("row").str.len_chars())
    too_long = cells.filter(pl.col("row").is_in(rows)).filter(length > LONGEST_CELL)
    if not too_long.is_empty():
        raise UnusableFileError(
            f"Row {too_long['row'][0]} has a cell with more than {LONGEST_CELL:,} characters. "
            "Shorten that cell, or take its column out of the report, and choose the file again."
        )


def cells_beyond(cells: pl.DataFrame, width: int) -> Extra:
    """What rows have in columns that aren't columns of the table, without blank cells at the end.

    Args:
        cells: The rows: `row` (UInt32) and all columns (String).
        width: How many columns the table has.
    """
    names, extra = cells.columns[width + 1 :], Extra()
    if not names:
        return extra
    for row, *values in cells.select("row", *names).iter_rows():
        filled = [n for n, value in enumerate(values, start=1) if value and not is_blank(value)]
        if filled:
            extra[row] = tuple(value or "" for value in values[: filled[-1]])
    return extra


def find_faults(
    records: Records, shape: FileShape, dropped: pl.Series, width: int, beyond: Mapping[int, tuple[str, ...]]
) -> tuple[pl.DataFrame, Extra]:
    """The faults of rows (see `Sheet.faults`), and their cells beyond the last column.

    Args:
        records: The records.
        shape: The shape of the file.
        dropped: The indices of the records that aren't rows (UInt32).
        width: How many columns the table has.
        beyond: What `cells_beyond` returns.
    """
    most = shape.rows.width
    fewest = shape.named if shape.headings and most == len(shape.headings) else width
    counts = records.counts.alias("cell_count").to_frame().with_row_index("index")
    wrong = counts.filter((pl.col("cell_count") < fewest) | (pl.col("cell_count") > most))
    wrong = wrong.filter(~pl.col("index").is_in(dropped.implode()))
    wide = {
        records.rows[index]: records.wide[index][width:] for index in wrong["index"] if index in records.wide
    }
    extra = {**beyond, **wide}
    hidden = {row: width + len(cells) for row, cells in beyond.items() if row not in wide}
    gone = set(dropped)
    stray = [records.rows[index] for index in records.stray if index not in gone]
    faults = pl.concat(
        [
            wrong.select(
                row=records.rows[wrong["index"]], code=pl.lit(CELL_COUNT.code), cell_count="cell_count"
            ),
            _faults(list(hidden), CELL_COUNT.code, list(hidden.values())),
            _faults(stray, STRAY_QUOTE.code, [None] * len(stray)),
        ]
    )
    return faults.sort("row", maintain_order=True), extra


def _faults(rows: list[int], code: str, cell_counts: Sequence[int | None]) -> pl.DataFrame:
    return pl.DataFrame({"row": rows, "code": [code] * len(rows), "cell_count": cell_counts}, schema=FAULTS)
