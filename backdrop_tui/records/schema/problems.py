"""What a problem is, as a row of a table."""

import polars as pl

SCHEMA = pl.Schema(
    {
        "row": pl.UInt32(),
        "field": pl.String(),
        "value": pl.String(),
        "level": pl.String(),
        "code": pl.String(),
        "message": pl.String(),
        "suggestion": pl.String(),
    }
)
"""`row`: as a spreadsheet shows it. `field`: the field's key, null for the whole row. `value`: the cell, cleaned."""


def none() -> pl.DataFrame:
    """No problems."""
    return pl.DataFrame(schema=SCHEMA)


TITLES_OF_ROWS = {
    "cell-count": "Row has too many or too few cells",
    "control-character": "Cell has a control character",
    "stray-quote": "Row has a stray quotation mark",
}
"""What the kinds of problem are called that can befall any row or cell."""
