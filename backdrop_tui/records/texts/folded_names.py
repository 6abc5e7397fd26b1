"""Names folded for comparison: without case, accents, hyphens, apostrophes, full stops and spaces."""

import polars as pl

_LETTERS = {
    "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ŧ": "t", "ı": "i", "ŋ": "n",
}  # fmt: skip
"""Letters that are no base letter with an accent, and what they are taken for."""
_DROPPED = r"[\p{M}\-‐‑‒–—'’‘ʼʻ`´.·\s]"


_PLAIN = r"^[a-z]*$"


def folded(names: pl.Series) -> pl.Series:
    """Names (String) folded: Zoë is `zoe`, Mc Donald is `mcdonald`, Strauß is `strauss`. Null stays null.

    A name with nothing else in it than what is dropped stays as it is.
    """
    lower = names.str.to_lowercase()
    special = lower.filter(~lower.str.contains(_PLAIN)).unique()
    if special.is_empty():
        return lower
    letters = (
        pl.col(special.name).str.normalize("NFD").str.replace_all(_DROPPED, "").str.replace_many(_LETTERS)
    )
    bare = special.to_frame().select(pl.when(letters != "").then(letters).otherwise(special.name)).to_series()
    return lower.replace(special, bare)
