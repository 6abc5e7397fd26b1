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
_LATIN = r"^[\x00-\u024f\u1e00-\u1eff‘’]*$"
"""Pattern of names with letters of European languages only, which look like nothing else."""
_BEGINNING = 8
"""The letters of a name among which its first two are that folding keeps."""


def folded(names: pl.Series) -> pl.Series:
    """Names (String) folded: Zoë is `zoe`, Mc Donald is `mcdonald`, Strauß is `strauss`. Null stays null.

    Letters of other scripts are the Latin ones that they look like. A name with nothing else in it than what is dropped
    stays as it is.
    """
    if names.is_empty():
        return names
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
    name = pl.col(different.name)
    other_letters = different.filter(~different.str.contains(_LATIN))
    written = name
    if len(other_letters):
        as_latin = other_letters.to_frame().select(as_it_looks(name)).to_series()
        written = name.replace(other_letters, as_latin)
    letters = written.str.normalize("NFD").str.replace_all(_DROPPED, "").str.replace_many(_LETTERS)
    bare = different.to_frame().select(
        pl.when(letters != "").then(letters).otherwise(written).str.to_lowercase()
    )
    return names.replace_strict(different, bare.to_series(), return_dtype=pl.String)


def folded_starts(names: pl.Series) -> pl.Series:
    """Numbers (UInt32) for the first two letters of names, folded: names that are the same folded have the same number.

    Most names begin with two letters of ASCII. Of the others only the beginning is folded, and each beginning once.
    """
    coded = names.cast(pl.Binary).bin
    first, second = (coded.get(place, null_on_oob=True) | 0x20 for place in (0, 1))
    # The numbers wrap, so anything in front of a is beyond z, too.
    are_letters = (first - ord("a") < 26) & (second - ord("a") < 26)
    starts = first.cast(pl.UInt32) * 256 + second.cast(pl.UInt32)
    others = (~are_letters.fill_null(value=False)).arg_true()
    beginnings = names[others].str.slice(0, _BEGINNING)
    different = beginnings.unique()
    letters = folded(different).fill_null("").str.slice(0, 2)
    numbers = [int.from_bytes(start.encode()[:4], "big") for start in letters]
    of_others = beginnings.replace_strict(
        different, pl.Series(numbers, dtype=pl.UInt32), return_dtype=pl.UInt32
    )
    return starts.scatter(others, of_others) if len(others) else starts
