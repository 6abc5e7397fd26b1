"""The combinations of values that the rows of a file have in several columns."""

from collections.abc import Sequence
from math import prod

import polars as pl

from backdrop_tui.intake.checking.examine import Examined
from backdrop_tui.records.schema.columns import Combinations, PeopleColumn

_TOO_MANY = 1 << 32
"""Numbers of combinations for which 32 bits are too few."""


def find_combinations(columns: Sequence[tuple[PeopleColumn, Examined]], row_count: int) -> Combinations:
    """Tell the combinations of values in some columns apart.

    Args:
        columns: Each column with the result for the field that it comes from.
        row_count: The number of rows in the file.

    Raises:
        ValueError: One of the fields was sifted with a fast path, so its texts have no codes.
    """
    # Columns of one field share its codes.
    of_fields = {id(examined): examined for _, examined in columns}
    of_rows = _combined_codes(list(of_fields.values()), row_count)
    # Sorted first, so that equal numbers are neighbours: that takes half the time of grouping.
    counts = of_rows.sort(multithreaded=False).rle().struct.unnest()
    codes = _codes_in(counts["value"], {key: len(examined.texts) for key, examined in of_fields.items()})
    values = (
        examined.by_code(column)[codes[id(examined)]].alias(column.column_name)
        for column, examined in columns
    )
    different = pl.DataFrame([counts["value"].alias("combination"), counts["len"], *values])
    return Combinations(of_rows, different)


def _combined_codes(of_fields: Sequence[Examined], row_count: int) -> pl.Series:
    """A number for each row (UInt32, or UInt64 if there may be too many) that stands for its codes in several fields."""
    # With room for as many new numbers as there are rows.
    is_small = prod(len(examined.texts) for examined in of_fields) + row_count < _TOO_MANY
    numbers = pl.Series([], dtype=pl.UInt32 if is_small else pl.UInt64)
    for examined in of_fields:
        if examined.codes is None:
            raise ValueError("a field with a fast path has no codes")
        codes = examined.codes.cast(numbers.dtype)
        numbers = codes if numbers.is_empty() else numbers * len(examined.texts) + codes
    return numbers


def _codes_in(numbers: pl.Series, sizes: dict[int, int]) -> dict[int, pl.Series]:
    """The codes that numbers stand for, by field.

    Args:
        numbers: Some of the numbers that `_combined_codes` gives.
        sizes: How many codes each field has, in the same order.
    """
    codes = {}
    for key, size in reversed(sizes.items()):
        codes[key] = numbers % size
        numbers //= size
    return codes
