"""Registration groups: free text, held against how the school mostly writes the same group."""

import polars as pl

from backdrop_tui.records.schema.text import ZERO_WIDTH


def alike(group: pl.Expr) -> pl.Expr:
    """What two ways of writing one registration group share: `7A`, `7a`, `7 A` and `7-A`, but not `71` and `7-1`."""
    return (
        group.str.replace_all(f"[{ZERO_WIDTH}]", "")
        .str.to_lowercase()
        .str.replace_all(r"(\d)[\s\-./]+(\p{L})", "$1$2")
        .str.replace_all(r"(\p{L})[\s\-./]+(\d)", "$1$2")
        .str.replace_all(r"\s+", "")
    )
