"""How certain it is that a date which fits only with day and month swapped has really been swapped."""

import polars as pl

from backdrop_tui.records.birth_dates.evidence import IS_SWAPPED, DateEvidence

_ENOUGH = 6
_SHARE = 0.2


def is_surely_swapped(evidence: DateEvidence) -> pl.Expr:
    """Boolean over `DateEvidence.dates`: whether only one meaning is left of a date, the swapped one.

    That takes two witnesses: its year group and its stored date, or one of these and many other dates of the file. If no
    year group speaks for the stored dates, either side may be wrong.
    """
    are_many = evidence.swapped >= max(_ENOUGH, _SHARE * evidence.settled) and evidence.settled_by_year > 0
    return _has_two_witnesses(evidence) | (_is_undisputed(evidence) & pl.lit(are_many))


def can_be_swapped_together(evidence: DateEvidence) -> pl.Expr:
    """Boolean over `DateEvidence.dates`: whether a date can be swapped along with others, hardly any of them right as written."""
    return _has_two_witnesses(evidence) | _is_undisputed(evidence)


def _has_two_witnesses(evidence: DateEvidence) -> pl.Expr:
    """Whether both the year group and the stored date say that a date was swapped."""
    both = (pl.col("by_year") == "swapped") & (pl.col("by_store") == "swapped")
    return both.fill_null(value=False) & pl.lit(not evidence.stored_contradicts)


def _is_undisputed(evidence: DateEvidence) -> pl.Expr:
    """Whether a date only fits swapped, hardly any such date does so by chance, and the stored date doesn't object."""
    stored_as_written = (pl.col("by_store") == "as-written").fill_null(value=False)
    objects = stored_as_written & pl.lit(not evidence.stored_contradicts)
    return IS_SWAPPED & ~objects & pl.lit(evidence.hardly_mistakes_any)
