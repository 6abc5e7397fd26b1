"""Names folded for comparison: without case, accents, hyphens, apostrophes, full stops and spaces."""

import polars as pl

from backdrop_tui.records.schema.text import as_it_looks

_LETTERS = {
    "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ŧ": "t", "ı": "i", "ŋ": "n",
}  # fmt: skip
"""Letters that are no base letter with an accent, and what they are taken for."""
_DROPPED = r"[\p{M}\-‐‑‒–—'’‘ʼʻ`´.·\s]"
_DROPPED_ASCII = r"[\-'`.\s]"
_PLAIN = r"^[a-z]*$"
_ASCII = r"^[\x00-\x7f]*$"
_PREFIX = 5
"""The characters of a name whose first two letters are its start; what folding drops is rarely more than one of them."""


def folded(names: pl.Series) -> pl.Series:
    """Names (String) folded: Zoë is `zoe`, Mc Donald is `mcdonald`, Strauß is `strauss`. Null stays null.

    Letters of other scripts are the Latin ones that they look like. A name with nothing else in it than what is dropped
    stays as it is.
    """
    lower = names.str.to_lowercase()
    is_special = ~lower.str.contains(_PLAIN)
    special = names.filter(is_special)
    if special.is_empty():
        return lower
    # ASCII takes a tenth of the time, and hardly any name has anything else.
    is_ascii = special.str.contains(_ASCII)
    ascii_names = lower.filter(is_special).filter(is_ascii)
    bare = ascii_names.str.replace_all(_DROPPED_ASCII, "")
    folded_special = pl.Series(names.name, [None], dtype=pl.String).new_from_index(0, len(special))
    folded_special = folded_special.scatter(
        is_ascii.arg_true(), bare.zip_with(bare != "", ascii_names)
    ).scatter((~is_ascii).arg_true(), _folded_letters(special.filter(~is_ascii)))
    return lower.scatter(is_special.arg_true(), folded_special)


def _folded_letters(names: pl.Series) -> pl.Series:
    """Names with letters beyond ASCII folded, each different one once."""
    different = names.unique()
    written = as_it_looks(pl.col(different.name))
    letters = written.str.normalize("NFD").str.replace_all(_DROPPED, "").str.replace_many(_LETTERS)
    bare = different.to_frame().select(
        pl.when(letters != "").then(letters).otherwise(written).str.to_lowercase()
    )
    return names.replace_strict(different, bare.to_series(), return_dtype=pl.String)


def folded_starts(names: pl.Series) -> pl.Series:
    """The first two letters of names, folded, as a number (UInt32) that names have in common which are the same folded.

    Only the names whose first two bytes aren't letters of ASCII are folded, and of those only the beginning.
    """
    coded = names.cast(pl.Binary).bin
    two = pl.DataFrame([coded.get(place, null_on_oob=True).alias(str(place)) for place in (0, 1)])
    lower = [pl.col(name) | 0x20 for name in two.columns]
    are_letters = pl.all_horizontal(letter.is_between(ord("a"), ord("z")) for letter in lower)
    starts = two.select(
        pl.when(are_letters).then(lower[0].cast(pl.UInt32) * 256 + lower[1].cast(pl.UInt32)).otherwise(0)
    ).to_series()
    others = (starts == 0).fill_null(value=True).arg_true()
    if not len(others):
        return starts
    beginnings = names.gather(others).str.slice(0, _PREFIX)
    different = beginnings.unique()
    numbers = _numbered(folded(different).str.slice(0, 2))
    return starts.scatter(others, beginnings.replace_strict(different, numbers, return_dtype=pl.UInt32))


def _numbered(starts: pl.Series) -> pl.Series:
    """Texts of at most two letters as numbers (UInt32): for two letters of ASCII, the number that their bytes give."""
    two = starts.fill_null("").cast(pl.Binary).bin
    size = two.size()
    is_two_bytes = (size == 2).fill_null(value=False)
    first = two.get(0, null_on_oob=True).cast(pl.UInt32)
    second = two.get(1, null_on_oob=True).cast(pl.UInt32)
    other = starts.fill_null("").hash().cast(pl.UInt32, wrap_numerical=True)
    return (first * 256 + second).zip_with(is_two_bytes, other)
