"""Registration groups: free text, held against how the school mostly writes the same group."""

import polars as pl

from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import STORED, TEXT, Checks, required, too_long
from backdrop_tui.records.schema.text import ZERO_WIDTH

LONGEST = 30
"""Characters that a registration group has room for."""


def alike(group: pl.Expr) -> pl.Expr:
    """What two ways of writing one registration group share: `7A`, `7a`, `7 A` and `7-A`, but not `71` and `7-1`."""
    return (
        group.str.replace_all(f"[{ZERO_WIDTH}]", "")
        .str.to_lowercase()
        .str.replace_all(r"(\d)[\s\-./]+(\p{L})", "$1$2")
        .str.replace_all(r"(\p{L})[\s\-./]+(\d)", "$1$2")
        .str.replace_all(r"\s+", "")
    )


def registration_checks(_context: Context) -> Checks:
    """The rules of a registration group: `required`, `too-long`."""
    return Checks(
        stored=pl.when(TEXT != "").then(TEXT),
        rules=(
            required("Registration Group", "Type it in, like 7A."),
            too_long("Registration Group", LONGEST),
        ),
        derived={"hash": STORED.hash()},
    )
