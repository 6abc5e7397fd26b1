"""Rows with the wrong number of cells, once it is known which columns are needed."""

import polars as pl

from backdrop_tui.intake.matching.full_name import FULL_NAME
from backdrop_tui.intake.matching.matching import Matching
from backdrop_tui.intake.reading.sheet import Sheet
from backdrop_tui.intake.reading.short_lines import misaligned_rows
from backdrop_tui.records.schema.problems import CELL_COUNT


def faults_of_rows(sheet: Sheet, matching: Matching) -> pl.DataFrame:
    """The faults of whole rows (see `Sheet.faults`), without rows that are short only by cells that may be blank.

    Excel leaves delimiters out at the end of a row if the cells there are blank.

    Args:
        sheet: The file.
        matching: Where its columns go; the cells of columns that go nowhere may be blank.
    """
    needed = {field.key for field in matching.kind.fields if field.needed} | {FULL_NAME}
    fewest = max((n for n, target in enumerate(matching.targets, start=1) if target in needed), default=0)
    is_fine = (pl.col("code") == CELL_COUNT.code) & pl.col("cell_count").is_between(fewest, sheet.width)
    return sheet.faults.filter(~is_fine.fill_null(value=False))


def misaligned(sheet: Sheet, matching: Matching) -> str:
    """Why a file can't be used in which nearly every row has the wrong number of cells; empty if it can.

    Args:
        sheet: The file.
        matching: Where its columns go.
    """
    faults = faults_of_rows(sheet, matching)
    wrong, count = faults.filter(pl.col("code") == CELL_COUNT.code).height, sheet.cells.height
    return misaligned_rows(wrong, count)


def obstacles_to(sheet: Sheet, matching: Matching) -> tuple[str, ...]:
    """Why a file can't be imported as it is matched, a sentence or two each; empty if it can.

    Args:
        sheet: The file.
        matching: Where its columns go.
    """
    sentence = misaligned(sheet, matching)
    return matching.obstacles() or ((sentence,) if sentence else ())
