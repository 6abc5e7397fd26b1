"""How certain it is that a date which fits only with day and month swapped has really been swapped."""

import polars as pl

from backdrop_tui.records.birth_dates.evidence import IS_SWAPPED, DateEvidence, Settled

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
    return _is_settled("by_year", "swapped") & _is_stored(evidence, "swapped")


def _is_undisputed(evidence: DateEvidence) -> pl.Expr:
    """Whether a date only fits swapped, and the stored date says so, or says nothing where hardly any date fits so by chance."""
    hardly_any = pl.lit(evidence.hardly_mistakes_any) & ~_is_stored(evidence, "as-written")
    return IS_SWAPPED & (_is_stored(evidence, "swapped") | hardly_any)


def _is_stored(evidence: DateEvidence, reading: Settled) -> pl.Expr:
    """Whether a reading of a date is the stored one, if stored dates settle anything."""
    return _is_settled("by_store", reading) & pl.lit(not evidence.stored_contradicts)


def _is_settled(column: str, reading: Settled) -> pl.Expr:
    return (pl.col(column) == reading).fill_null(value=False)
