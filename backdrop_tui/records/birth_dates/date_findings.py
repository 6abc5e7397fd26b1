"""Findings about how the birth dates of a file were written."""

import polars as pl

from backdrop_tui.records.birth_dates.certainty import can_be_swapped_together
from backdrop_tui.records.birth_dates.evidence import (
    CAN_BE_SWAPPED_BACK,
    IS_OPEN,
    IS_SWAPPED,
    OFFSET_1904,
    DateEvidence,
)
from backdrop_tui.records.birth_dates.file_dates import FileDates
from backdrop_tui.records.birth_dates.finding_types import (
    DATES_1904,
    DATES_MIXED,
    DATES_MONTH_FIRST,
    DATES_SWAPPED,
    STORED_DATES_SWAPPED,
)
from backdrop_tui.records.fields.date_of_birth import DATE_OF_BIRTH
from backdrop_tui.records.fields.dates import shown
from backdrop_tui.records.schema.findings import Finding, Remedy
from backdrop_tui.wording import counted

_FEWEST_ROWS = 3
_MIXED_ROWS = 10
_MIXED_SHARE = 0.05
_NEARLY_ALL = 0.95


def date_findings(dates: FileDates) -> list[Finding]:
    """What a file's birth dates say about how they were written."""
    of_verdict = {"swapped": _swapped, "month-first": _month_first, "cell-by-cell": _mixed}
    findings = (of_verdict[dates.evidence.verdict](dates), _from_1904(dates), _stored_swapped(dates))
    return [finding for finding in findings if finding is not None]


def _swapped(dates: FileDates) -> Finding:
    evidence = dates.evidence
    is_day_first = evidence.day_first >= max(_FEWEST_ROWS, _NEARLY_ALL * evidence.unmistakable)
    if evidence.date_order == "mdy" and is_day_first:
        return _day_first(dates)
    rows = dates.rows_where(CAN_BE_SWAPPED_BACK)
    return Finding(
        DATES_SWAPPED,
        f"Day and month are swapped in {counted(rows.height, 'date')}, as happens when Excel reads dates in American "
        f"order. {_what_settles(evidence)} Swap them back, or have the file exported again.",
        rows["row"],
        evidence.swapped,
        evidence.as_written,
        (Remedy(f"Swap day and month in {counted(rows.height, 'date')}", cells=_cells(rows, "swapped")),),
    )


def _day_first(dates: FileDates) -> Finding:
    """The finding that the user has chosen to read dates month-first that have the day first."""
    evidence = dates.evidence
    rows = dates.rows_where(pl.col("swapped").is_not_null() | (pl.col("only") == "dmy"))
    return Finding(
        DATES_SWAPPED,
        f"Read with the month first, {evidence.swapped:,} of {counted(evidence.settled, 'date')} that the year group settles "
        "have day and month swapped. So the whole column seems to have the day first. Read it that way.",
        rows["row"],
        evidence.swapped,
        evidence.as_written,
        (Remedy("Read all dates with the day first", date_order="dmy"),),
    )


def _what_settles(evidence: DateEvidence) -> str:
    """A sentence about what settles the dates, and how many are right only when swapped back."""
    settled, swapped = counted(evidence.settled, "date"), f"{evidence.swapped:,}"
    if evidence.as_written:
        right = f"{swapped} fit only when swapped back, and {evidence.as_written:,} only as written."
    else:
        right = "all of them fit only when swapped back."
    if not evidence.settled_by_year:
        return (
            f"The dates stored for these students settle {settled}: {right} "
            "Either side may be wrong, so check a few of them first."
        )
    by_store = evidence.settled_by_year < evidence.settled
    what = "Year groups and stored dates settle" if by_store else "The year groups settle"
    return f"{what} {settled}: {right}"


def _month_first(dates: FileDates) -> Finding:
    evidence = dates.evidence
    rows = dates.rows_where(pl.col("swapped").is_not_null() | (pl.col("only") == "mdy"))
    against = f", and {evidence.day_first:,} the day" if evidence.day_first else ""
    return Finding(
        DATES_MONTH_FIRST,
        f"{counted(evidence.month_first, 'date')} can only have the month first{against}. "
        "So the whole column seems to have the month first. Read it that way, or have the file exported again.",
        rows["row"],
        evidence.month_first,
        evidence.day_first,
        (Remedy("Read all dates with the month first", date_order="mdy"),),
    )


def _mixed(dates: FileDates) -> Finding | None:
    evidence = dates.evidence
    wrong = evidence.in_other_order + evidence.swapped
    if wrong < _MIXED_ROWS or wrong <= _MIXED_SHARE * len(dates.row):
        return None
    right = evidence.unmistakable - evidence.in_other_order + evidence.as_written
    other_order = pl.col("only") == ("dmy" if evidence.date_order == "mdy" else "mdy")
    rows = dates.rows_where(IS_SWAPPED | IS_OPEN | other_order)
    to_swap = rows.filter(can_be_swapped_together(evidence))
    unclear = rows.filter(IS_OPEN).height
    remedies: tuple[Remedy, ...] = ()
    if to_swap.height:
        which = "certain" if evidence.settled_by_year else "stored so"
        title = f"Swap day and month in the {counted(to_swap.height, 'date')} that are {which}"
        remedies = (Remedy(title, cells=_cells(to_swap, "swapped")),)
    return Finding(
        DATES_MIXED,
        f"Day and month are the wrong way round in {counted(wrong, 'date')}{_in_parts(evidence)} and right in {right:,}; "
        f"{unclear:,} could be either.{_what_weakens(evidence)} It is best to have the file exported again.",
        rows["row"],
        wrong,
        right,
        remedies,
    )


def _in_parts(evidence: DateEvidence) -> str:
    """How many dates can only be read in the other order, and how many are swapped by what else is known; empty if there is one kind."""
    if not (evidence.in_other_order and evidence.swapped):
        return ""
    first = "day" if evidence.date_order == "mdy" else "month"
    return f" ({evidence.in_other_order:,} can only have the {first} first, {evidence.swapped:,} fit only when swapped)"


def _what_weakens(evidence: DateEvidence) -> str:
    """A sentence about why dates that fit only when swapped may be right all the same; empty if hardly any are."""
    if evidence.swapped and not evidence.settled_by_year:
        return " Only the dates stored for these students say which are swapped, so either side may be wrong."
    if evidence.hardly_mistakes_any or not evidence.unswappable:
        return ""
    others = counted(evidence.unswappable, "date")
    return (
        f" But {evidence.misfits:,} of {others} that can't be the wrong way round don't fit the year group either, "
        "so the year group may be what is wrong."
    )


def _from_1904(dates: FileDates) -> Finding | None:
    rows = dates.rows_where(pl.col("is_1904"))
    if rows.height < _FEWEST_ROWS:
        return None
    return Finding(
        DATES_1904,
        f"{counted(rows.height, 'day number')} are {OFFSET_1904:,} days too early: the file was saved by Excel for Mac, "
        "which counts the days from 1904. With these days added, they fit the year groups.",
        rows["row"],
        rows.height,
        0,
        (Remedy(f"Add {OFFSET_1904:,} days to {counted(rows.height, 'date')}", cells=_cells(rows, "born")),),
    )


def _stored_swapped(dates: FileDates) -> Finding | None:
    evidence = dates.evidence
    if not evidence.stored_contradicts:
        return None
    rows = dates.rows_where(pl.col("by_year") != pl.col("by_store"))
    why = "compared with the date that fits the year group."
    if rows.height < _FEWEST_ROWS:
        rows = dates.rows_where(pl.col("by_year").is_null() & (pl.col("by_store") == "swapped"))
        right = f"{evidence.as_written_by_year:,}"
        if evidence.as_written_by_year == evidence.settled_by_year:
            right = "all"
        settled = counted(evidence.settled_by_year, "date")
        why = f"compared with this file. Its year groups settle {settled}, {right} of them as they are."
    if rows.height < _FEWEST_ROWS:
        return None
    return Finding(
        STORED_DATES_SWAPPED,
        f"For {counted(rows.height, 'student')}, the stored date of birth has day and month swapped, {why} "
        "So it is the stored dates that look wrong. Check a few of them.",
        rows["row"],
        rows.height,
        0,
    )


def _cells(rows: pl.DataFrame, column: str) -> pl.DataFrame:
    """Cells of a remedy: dates of birth, from one of the columns of `FileDates.rows_where`."""
    return rows.select("row", field=pl.lit(DATE_OF_BIRTH.key), text=shown(pl.col(column)))
