"""Cleaning of text from schools' files: white space, zero-width and control characters, headings."""

import unicodedata

import polars as pl

from backdrop_tui.records.schema.broken_bytes import BROKEN_BYTES, LETTERS, REPLACEMENT

_CONTROLS = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\u{fff9}-\u{fffb}"
CONTROL = f"[{_CONTROLS}{BROKEN_BYTES}]"
"""Pattern of characters that could control a terminal or reverse text, or that stand for broken bytes; a cell that has one
is a problem."""
LOST_LETTER = f"[{REPLACEMENT}{BROKEN_BYTES}]"
"""Pattern of what stands in a raw cell where a letter was lost: U+FFFD, or a broken byte."""
LOST_LETTER_OF_NAME = rf"[{REPLACEMENT}{BROKEN_BYTES}\x80-\x9f]|\p{{L}}\?\p{{L}}"
"""Pattern of what stands in a raw name where a letter was lost: also a control character from U+0080 on, which comes from a
wrong encoding, or a question mark inside a word, which programs write for a letter that they don't know."""
ZERO_WIDTH = r"\u00ad\u061c\u180e\u200b-\u200f\u2060-\u2064\u{feff}"
"""Invisible characters, for use in a character class; they are removed from both ends of a cell."""

_SPACES = r"[\s\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+"
_ENDS = rf"^[ {ZERO_WIDTH}]+|[ {ZERO_WIDTH}]+$"


def cleaned(text: pl.Expr) -> pl.Expr:
    """A cell's text without what nobody typed on purpose (String).

    White space and zero-width characters at either end are removed, each run of white space inside becomes one space,
    control characters and broken bytes become U+FFFD, and Unicode is normalised to NFC. Null becomes empty.
    """
    return _tidied(text.fill_null("").str.replace_all(CONTROL, REPLACEMENT))


def cleaned_but_for_broken_bytes(text: pl.Expr) -> pl.Expr:
    """A cell's text as in `cleaned`, except that broken bytes stay what they are (String)."""
    return _tidied(text.fill_null("").str.replace_all(f"[{_CONTROLS}]", REPLACEMENT))


def with_broken_bytes_read(text: pl.Expr) -> pl.Expr:
    """A raw text (String) with each broken byte that is a letter in Windows-1252 read as that letter."""
    return text.str.replace_many(LETTERS)


def _tidied(text: pl.Expr) -> pl.Expr:
    return text.str.replace_all(_SPACES, " ").str.replace_all(_ENDS, "").str.normalize("NFC")


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
