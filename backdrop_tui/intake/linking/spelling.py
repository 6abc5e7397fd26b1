"""Spellings of one name: which of two is stored if they differ only in what folding ignores."""

import polars as pl

_ACCENTS = r"\p{M}|[ßøłđðþæœħŧıŋ]"
_APOSTROPHES = "['’‘ʼʻ`´]"
_HYPHENS = "[-‐‑‒–]"
_OTHER_SCRIPTS = r"[\p{L}--\p{Latin}]|[\x{ff41}-\x{ff5a}]"


def keeps_stored(file: str, stored: str) -> pl.Expr:
    """Whether the stored spelling of a name stays, because the file's says less (Boolean).

    A spelling says less if it is in capitals or in small letters throughout, or lacks an accent, an apostrophe or a hyphen that the
    other has, or has letters of another script that only look like the other's.

    Args:
        file: The column of the file's names (String).
        stored: The column of the stored names (String); they are the same as the file's, folded.
    """
    ours, theirs = pl.col(file), pl.col(stored)
    is_capital, is_small = ours == ours.str.to_uppercase(), ours == ours.str.to_lowercase()
    lacks = [_count(ours, marks) < _count(theirs, marks) for marks in (_ACCENTS, _APOSTROPHES, _HYPHENS)]
    is_foreign = _count(ours, _OTHER_SCRIPTS) > _count(theirs, _OTHER_SCRIPTS)
    return (ours != theirs) & pl.any_horizontal(is_capital, is_small, is_foreign, *lacks)


def _count(name: pl.Expr, marks: str) -> pl.Expr:
    return name.str.to_lowercase().str.normalize("NFD").str.count_matches(marks)
