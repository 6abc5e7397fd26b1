"""Cleaning of text from schools' files: white space, invisible and control characters, what spreadsheets add, headings."""

import re
import unicodedata

import polars as pl

from backdrop_tui.printable import INVISIBLE
from backdrop_tui.records.rights.lookalikes import CONFUSABLES
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

ERROR_VALUES = frozenset({
    "#n/a", "#ref!", "#name?", "#value!", "#div/0!", "#null!", "#num!", "#spill!", "#calc!", "#field!", "#error!", "#unknown!",
    "#getting_data",
})  # fmt: skip
"""What spreadsheets put in place of a result that they can't work out, in lower case; it counts as blank in every field."""
BLANK_WORDS = ERROR_VALUES | {
    "n/a", "none", "nil", "null", "tbc", "tba", "pending", "unknown", "not known", "not specified", "not given", "not recorded",
    "not applicable", "-", "–", "—", "?",
}  # fmt: skip
"""Texts in lower case that count as blank on their own, in fields other than names."""

_SPACES = r"[\s\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+"
_FORMULA_GUARD = r"^['’]+([=+\-@0-9])"
_TEXT_GUARD = r"^(?:['’]\s*)+"
_TEXT_FORMULA = r"""^="\s*(.*?)\s*"$"""
_INVISIBLE = re.compile(f"[{INVISIBLE}]")


def cleaned(text: pl.Expr) -> pl.Expr:
    """A cell's text without what nobody typed on purpose (String).

    Invisible characters are removed, and white space at either end; each run of white space inside becomes one space, control
    characters and broken bytes become U+FFFD, and Unicode is normalised to NFC. Null becomes empty.
    """
    return _tidied(text.fill_null("").str.replace_all(CONTROL, REPLACEMENT))


def with_broken_bytes_read(text: pl.Expr) -> pl.Expr:
    """A raw text (String) with each broken byte that is a letter in Windows-1252 read as that letter."""
    return text.str.replace_many(LETTERS)


def _tidied(text: pl.Expr) -> pl.Expr:
    visible = text.str.replace_all(_INVISIBLE.pattern, "")
    return visible.str.replace_all(_SPACES, " ").str.strip_chars(" ").str.normalize("NFC")


def as_it_looks(text: pl.Expr) -> pl.Expr:
    """A text (String) in lower case, with Latin letters in place of those of other scripts that look the same."""
    return text.str.normalize("NFKC").str.replace_many(CONFUSABLES).str.to_lowercase()


def cell_text(raw: pl.Expr) -> pl.Expr:
    """A raw cell (String) as a person reads it: cleaned, and without what a spreadsheet puts round a value.

    That is the `'` that keeps it from reading a formula or a number, and the formula that makes a text of it: `="0042"`.
    """
    return _bare(cleaned(raw))


def without_apostrophe(text: pl.Expr) -> pl.Expr:
    """A cell's text (String) without the `'` with which a spreadsheet marks any text: `'7A`, `'F`."""
    return text.str.replace(_TEXT_GUARD, "")


def cell_text_but_for_broken_bytes(raw: pl.Expr) -> pl.Expr:
    """A raw cell (String) as in `cell_text`, except that broken bytes stay what they are."""
    return _bare(_tidied(raw.fill_null("").str.replace_all(f"[{_CONTROLS}]", REPLACEMENT)))


def _bare(text: pl.Expr) -> pl.Expr:
    return text.str.replace(_FORMULA_GUARD, "$1").str.replace(_TEXT_FORMULA, "$1")


def clean(text: str) -> str:
    """One text, cleaned as `cleaned` does it."""
    return str(pl.select(cleaned(pl.lit(text))).item())


def cell_text_of(raw: str) -> str:
    """One raw cell as a person reads it, see `cell_text`."""
    return str(pl.select(cell_text(pl.lit(raw))).item())


def has_control(text: pl.Expr) -> pl.Expr:
    """Whether a raw cell (String) has characters that must not reach the screen or the store (Boolean).

    U+FFFD counts too: it replaces such a character, for example in our own errors file, or a letter that was lost.
    """
    return text.str.contains(CONTROL) | text.str.contains(REPLACEMENT, literal=True)


def fold_heading(heading: str) -> str:
    """A heading in the form of known headings: case-folded, with only its letters and digits."""
    folded = heading if heading.isascii() else unicodedata.normalize("NFKC", _INVISIBLE.sub("", heading))
    return "".join(filter(str.isalnum, folded.casefold()))
