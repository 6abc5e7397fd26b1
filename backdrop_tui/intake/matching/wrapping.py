"""What a spreadsheet or a database puts round the values of a whole column: a `'` in front of each, or a pair of quotes."""

import polars as pl

_SAMPLE = 1_000
_LEAST_SHARE = 0.5
_PAIR = r"""^\s*(?:'(.*)'|[‘’](.*)’|“(.*)”|"(.*)")\s*$"""
_APOSTROPHE = r"^\s*['’]"
_MARK = r"""^\s*['‘’“"]"""
"""The beginning of every value that has something round it."""
_DUTCH = r"(?i)^\s*['’][nst](?:[ \-]|$)"
"""The beginning of surnames such as 't Hooft."""


def unwrapped(cells: pl.DataFrame, name: str) -> pl.Expr:
    """One column (String), without what is round its values if at least half of those that aren't blank have it.

    Args:
        cells: The cells of the file.
        name: The column's name in it.
    """
    column = pl.col(name)
    # Hardly any file has it, so a few rows are looked at first.
    if not (_is_wrapped(cells[name].head(_SAMPLE)) and _is_wrapped(cells[name])):
        return column
    inside = pl.coalesce(column.str.extract(_PAIR, group) for group in range(1, 5))
    bare = pl.when(column.str.contains(_DUTCH)).then(column).otherwise(column.str.replace(_APOSTROPHE, ""))
    return pl.coalesce(inside, bare)


def _is_wrapped(values: pl.Series) -> bool:
    if not values.str.contains(_MARK).any():
        return False
    filled = values.filter(values.str.contains(r"\S")).to_frame("value")
    value = pl.col("value")
    has_it = value.str.contains(_PAIR) | (value.str.contains(_APOSTROPHE) & ~value.str.contains(_DUTCH))
    share = filled.select(has_it.mean()).item()
    return share is not None and share >= _LEAST_SHARE
