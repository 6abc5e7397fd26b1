"""Registration groups: which texts are different spellings of one group."""

import polars as pl

from backdrop_tui.records.schema.text import ZERO_WIDTH


def alike(group: pl.Expr) -> pl.Expr:
    """A form (String) that different spellings of one registration group share: `7A`, `7a`, `7 A`, `7-A`; not `71` and `7-1`."""
    return (
        group.str.replace_all(f"[{ZERO_WIDTH}]", "")
        .str.to_lowercase()
        .str.replace_all(r"(\d)[\s\-./]+(\p{L})", "$1$2")
        .str.replace_all(r"(\p{L})[\s\-./]+(\d)", "$1$2")
        .str.replace_all(r"\s+", "")
    )
