"""Text as schools' files have it, made clean: white space, zero-width characters, control characters, headings."""

import unicodedata

import polars as pl

CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\u{fff9}-\u{fffb}]"
"""Characters that could drive a terminal or turn text round; a cell that has one is a problem."""
ZERO_WIDTH = r"\u00ad\u061c\u180e\u200b-\u200f\u2060-\u2064\u{feff}"
"""Characters that show nothing: taken off both ends of a cell."""

_SPACES = r"[\s\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+"
_ENDS = rf"^[ {ZERO_WIDTH}]+|[ {ZERO_WIDTH}]+$"
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def cleaned(text: pl.Expr) -> pl.Expr:
    """A cell's text without what nobody typed on purpose.

    White space at the ends and zero-width characters there are taken off, inner runs of white space become one space,
    control characters become U+FFFD, and the rest is put in Unicode's normal form C. Takes and gives String; null
    becomes empty.
    """
    return (
        text.fill_null("")
        .str.replace_all(CONTROL, REPLACEMENT)
        .str.replace_all(_SPACES, " ")
        .str.replace_all(_ENDS, "")
        .str.normalize("NFC")
    )


def clean(text: str) -> str:
    """The same as `cleaned`, for one text."""
    return str(pl.select(cleaned(pl.lit(text))).item())


def has_control(text: pl.Expr) -> pl.Expr:
    """Whether a raw cell has characters that must reach neither screen nor store. Takes String, gives Boolean.

    U+FFFD counts too: it stands where such a character was, as in our own errors file, or where letters were lost.
    """
    return text.str.contains(CONTROL) | text.str.contains(REPLACEMENT, literal=True)


def fold_heading(heading: str) -> str:
    """A heading as known headings are written: case-folded, with all but letters and digits dropped."""
    folded = heading if heading.isascii() else unicodedata.normalize("NFKC", heading)
    return "".join(filter(str.isalnum, folded.casefold()))
