"""Which dates of a file are in doubt because of what others prove."""

import polars as pl

from backdrop_tui.records.birth_dates.evidence import IS_AS_WRITTEN, IS_OPEN, DateEvidence
from backdrop_tui.records.birth_dates.finding_types import DATES_MONTH_FIRST, DATES_SWAPPED
from backdrop_tui.records.schema.context import Context

_NO_DATES = pl.lit(value=False)


def doubtful_dates(evidence: DateEvidence, context: Context) -> pl.Expr:
    """Boolean over `DateEvidence.dates`: the dates that may be the wrong way round, as others in the file are.

    If nearly all dates were swapped, it is the few that are right as written that are in doubt.
    """
    if evidence.verdict == "swapped" and DATES_SWAPPED.code not in context.dismissed:
        return IS_AS_WRITTEN
    if evidence.verdict == "month-first" and DATES_MONTH_FIRST.code not in context.dismissed:
        return _NO_DATES
    return IS_OPEN if _some_are_wrong(evidence) else _NO_DATES


def may_be_swapped(evidence: DateEvidence) -> bool:
    """Whether a date of the file that can be swapped may well have been."""
    return evidence.verdict != "cell-by-cell" or _some_are_wrong(evidence)


def _some_are_wrong(evidence: DateEvidence) -> bool:
    """Whether enough dates are the wrong way round for others to be in doubt."""
    swapped, settled, in_other_order = evidence.swapped, evidence.settled, evidence.in_other_order
    return (
        (swapped >= 4 and swapped >= 0.03 * settled)
        or (swapped >= 2 and swapped >= 0.5 * settled)
        or (in_other_order >= 4 and in_other_order >= 0.05 * evidence.unmistakable)
    )
