"""Names folded for comparison: without case, accents, hyphens, apostrophes, full stops and spaces."""

import polars as pl

from backdrop_tui.records.schema.text import as_it_looks

_LETTERS = {
    "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ŧ": "t", "ı": "i", "ŋ": "n",
}  # fmt: skip
"""Letters that are no base letter with an accent, and what they are taken for."""
_DROPPED = r"[\p{M}\-‐‑‒–—'’‘ʼʻ`´.·\s]"


_PLAIN = r"^[a-z]*$"


def folded(names: pl.Series) -> pl.Series:
    """Names (String) folded: Zoë is `zoe`, Mc Donald is `mcdonald`, Strauß is `strauss`. Null stays null.

    Letters of other scripts are the Latin ones that they look like. A name with nothing else in it than what is dropped
    stays as it is.
    """
    lower = names.str.to_lowercase()
    special = names.filter(~lower.str.contains(_PLAIN)).unique()
    if special.is_empty():
        return lower
    written = as_it_looks(pl.col(special.name))
    letters = written.str.normalize("NFD").str.replace_all(_DROPPED, "").str.replace_many(_LETTERS)
    bare = special.to_frame().select(pl.when(letters != "").then(letters).otherwise(written)).to_series()
    return names.replace(special, bare).str.to_lowercase()
