"""Cleaning of text from schools' files: white space, zero-width and control characters, headings."""

import unicodedata

import polars as pl

CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\u{fff9}-\u{fffb}]"
"""Pattern of characters that could control a terminal or reverse text; a cell that has one is a problem."""
ZERO_WIDTH = r"\u00ad\u061c\u180e\u200b-\u200f\u2060-\u2064\u{feff}"
"""Invisible characters, for use in a character class; they are removed from both ends of a cell."""

_SPACES = r"[\s\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+"
_ENDS = rf"^[ {ZERO_WIDTH}]+|[ {ZERO_WIDTH}]+$"
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def cleaned(text: pl.Expr) -> pl.Expr:
    """A cell's text without what nobody typed on purpose (String).

    White space and zero-width characters at either end are removed, each run of white space inside becomes one space,
    control characters become U+FFFD, and Unicode is normalised to NFC. Null becomes empty.
    """
    return (
        text.fill_null("")
        .str.replace_all(CONTROL, REPLACEMENT)
        .str.replace_all(_SPACES, " ")
        .str.replace_all(_ENDS, "")
        .str.normalize("NFC")
    )


def clean(text: str) -> str:
    """One text, cleaned as `cleaned` does it."""
    return str(pl.select(cleaned(pl.lit(text))).item())


def has_control(text: pl.Expr) -> pl.Expr:
    """Whether a raw cell (String) has characters that must not reach the screen or the store (Boolean).

    U+FFFD counts too: it replaces such a character, for example in our own errors file, or a letter that was lost.
    """
    return text.str.contains(CONTROL) | text.str.contains(REPLACEMENT, literal=True)


def fold_heading(heading: str) -> str:
    """A heading in the form of known headings: case-folded, with only its letters and digits."""
    folded = heading if heading.isascii() else unicodedata.normalize("NFKC", heading)
    return "".join(filter(str.isalnum, folded.casefold()))
