"""What the birth dates of a file say together about how they were written.

A program can swap day and month of a date (wherever the day is 12 or less) and format it afterwards, so the form of a
date proves nothing. The year group does: a date whose swapped reading is the only one that fits its row's year group was
swapped. Everything here works on the different dates with their counts, so a million rows cost no more than a few thousand.
"""

from dataclasses import dataclass
from datetime import date
from itertools import product
from math import inf, sqrt
from typing import Literal

import polars as pl

from backdrop_tui.records.fields.dates import age_on
from backdrop_tui.records.fields.year_group import bit_for_age
from backdrop_tui.records.schema.context import DateOrder

OFFSET_1904 = 1462
"""Days by which a day number of Excel for Mac's 1904 date system is too early.

https://support.microsoft.com/office/e7fe7167-48a9-4b96-bb53-5612a800b487
"""

SWAPPABLE = pl.col("swapped").is_not_null()
"""Over `DateEvidence.dates`: whether day and month can be swapped."""
IS_SWAPPED = (pl.col("settled") == "swapped").fill_null(value=False)
"""Over `DateEvidence.dates`: whether only the swapped reading fits."""
IS_AS_WRITTEN = (pl.col("settled") == "as-written").fill_null(value=False)
"""Over `DateEvidence.dates`: whether only the date as written fits, although day and month could be swapped."""
IS_OPEN = SWAPPABLE & pl.col("settled").is_null()
"""Over `DateEvidence.dates`: whether both readings fit, or neither."""
CAN_BE_SWAPPED_BACK = SWAPPABLE & ~IS_AS_WRITTEN
"""Over `DateEvidence.dates`: whether nothing speaks against swapping day and month."""

_YEAR_OFFSETS = (0, -1, 1)
_ENOUGH = 3
_ENOUGH_TO_JUDGE = 6
_FITTING = 0.6
_NEARLY_ALL = 0.95
_MOSTLY_1904 = 0.9
_MOST_CONTRADICTIONS = 0.2
_SURELY_SOME = 5
"""Dates expected to be swapped from which it is hardly chance (less than 1 in 100) that none of them is."""
_MOST_MISTAKES = 0.01

Settled = Literal["as-written", "swapped"]
"""The only reading of a date that its row's year group, or the stored birth date, agrees with."""
Verdict = Literal["month-first", "swapped", "cell-by-cell"]
"""What is right for the whole column: reading it month-first, swapping its dates, or judging each date by itself."""


@dataclass(frozen=True)
class DateEvidence:
    """What the birth dates of a file say together. All counts are of rows."""

    dates: pl.DataFrame
    """The different dates as given to `weigh_dates`, with `swapped` (Date: day and month swapped; null if that is no other
    date), `fits_own_year` (Boolean: whether the date as written belongs to its year group in the school's own year; null
    without a year group), `by_year`, `by_store` and `settled` (String: a `Settled`, by the year group, by the stored date
    and altogether; null if open or not swappable) and `is_1904` (Boolean; `born` is then 1,462 days later than it was given)."""
    date_order: DateOrder
    """The order in which dates of three numbers are read."""
    year_offset: int
    """The file's academic year less the school's: 0, or 1 or -1 if its year groups are those of another year."""
    compared: int
    """Those with a date and a year group."""
    fitting: int
    """Those of them that the best reading fits."""
    as_written: int
    """Those whose date is settled as written."""
    swapped: int
    """Those whose date is settled swapped."""
    settled_by_year: int
    """Those whose date the year group settles."""
    as_written_by_year: int
    """Those whose date the year group settles as written."""
    month_first: int
    """Those whose date can only be read month-first."""
    day_first: int
    """Those whose date can only be read day-first."""
    serials_1904: int
    """Day numbers that fit their year group only 1,462 days later, if nearly all day numbers do; otherwise 0."""
    unswappable: int
    """Those with a year group whose day and month can't be swapped."""
    misfits: int
    """Those of them that don't fit the year group, because it is wrong or the child is taught in another than their own."""
    as_written_by_year_alone: int
    """Those whose date is settled as written by the year group, without a stored date that says anything."""
    swapped_by_year_alone: int
    """Those whose date is settled swapped by the year group, without a stored date that says anything."""
    stored_contradicts: bool
    """Whether stored dates contradict the year groups so often that they settle nothing."""

    @property
    def year_groups_are_evidence(self) -> bool:
        """Whether enough dates fit the year groups for these to settle anything."""
        return _are_evidence(self.fitting, self.compared)

    @property
    def settled(self) -> int:
        """Rows whose date is settled either way."""
        return self.as_written + self.swapped

    @property
    def possible_mistakes(self) -> float:
        """The number of right dates that may well fit the year group only when swapped, if no stored date says otherwise.

        A year group that doesn't match the child's age is next to the one that does, and so makes every second date look swapped
        that would be settled as written otherwise. How many such year groups there are is seen in dates that can't be swapped.
        It may be chance that there are so few of them, so two standard deviations are added, as usual.
        """
        at_risk = self.as_written_by_year_alone / 2
        if not at_risk:
            return 0
        misfits = self.misfits + 2 * sqrt(self.misfits)
        return at_risk * misfits / self.unswappable if self.unswappable else inf

    @property
    def hardly_mistakes_any(self) -> bool:
        """Whether at most 1 in 100 of the dates that the year group alone settles swapped may well be right as written."""
        return self.possible_mistakes <= _MOST_MISTAKES * self.swapped_by_year_alone

    @property
    def unmistakable(self) -> int:
        """Rows whose date can be read in one order only."""
        return self.month_first + self.day_first

    @property
    def in_other_order(self) -> int:
        """Rows whose date can only be read in the other order: month-first, or day-first if dates are read month-first."""
        return self.day_first if self.date_order == "mdy" else self.month_first

    @property
    def verdict(self) -> Verdict:
        """What is right for the whole column."""
        if (
            self.date_order != "mdy"
            and self.unmistakable >= _ENOUGH
            and self.month_first >= _NEARLY_ALL * self.unmistakable
            and (self.settled < _ENOUGH or 2 * self.swapped >= self.settled)
        ):
            return "month-first"
        all_but_one = self.settled >= _ENOUGH_TO_JUDGE and self.as_written <= 1
        if self.swapped >= _ENOUGH and (self.swapped >= _NEARLY_ALL * self.settled or all_but_one):
            return "swapped"
        return "cell-by-cell"


def weigh_dates(
    dates: pl.DataFrame,
    cutoff: date,
    date_order: DateOrder = "dmy",
    *,
    may_be_1904: bool = True,
    stored_contradicts: bool | None = None,
) -> DateEvidence:
    """Weigh the birth dates of a file against the year groups and the stored birth dates.

    Args:
        dates: One row for each different combination: `born` (Date: as it is read, not null), `years` (Int32: the bit of
            the year group, or of those of which one is meant, see `YEAR_BITS`; null if blank, X, or worked out from the
            date), `stored` (Date: the child's stored birth date, or null), `is_serial` (Boolean: an Excel day number),
            `only` (String: `dmy` or `mdy` if it can be read in no other order; otherwise null), `len` (the number of
            rows).
        cutoff: The 31 August before the school's academic year, on which ages are counted.
        date_order: The order in which dates of three numbers were read.
        may_be_1904: Whether day numbers may count from 1904.
        stored_contradicts: See `DateEvidence`; None to tell by these dates.
    """
    is_1904 = _is_1904(dates, cutoff) if may_be_1904 else pl.repeat(value=False, n=dates.height, eager=True)
    born = pl.when("is_1904").then(_later(pl.col("born"))).otherwise("born")
    dates = dates.with_columns(is_1904=is_1904).with_columns(born=born)
    dates = dates.with_columns(swapped=swapped_date(pl.col("born")))
    offset, fitting, compared = _best_reading(dates, cutoff)
    dates = _settle_by_year(dates, cutoff, offset, is_evidence=_are_evidence(fitting, compared))
    if stored_contradicts is None:
        stored_contradicts = _are_often_contradicted(dates) or _are_swapped_where_nothing_else_is(dates)
    by_store = pl.lit(None, pl.String) if stored_contradicts else pl.col("by_store")
    dates = dates.with_columns(settled=pl.coalesce("by_year", by_store))
    is_unswappable = ~SWAPPABLE & pl.col("years").is_not_null()
    by_year_alone = by_store.is_null()
    counts = _counts(
        dates,
        as_written=IS_AS_WRITTEN,
        swapped=IS_SWAPPED,
        settled_by_year=pl.col("by_year").is_not_null(),
        as_written_by_year=pl.col("by_year") == "as-written",
        month_first=pl.col("only") == "mdy",
        day_first=pl.col("only") == "dmy",
        serials_1904=pl.col("is_1904"),
        unswappable=is_unswappable,
        misfits=is_unswappable & ~fits_year_group(pl.col("born"), offset, cutoff),
        as_written_by_year_alone=IS_AS_WRITTEN & by_year_alone,
        swapped_by_year_alone=IS_SWAPPED & by_year_alone,
    )
    return DateEvidence(
        dates=dates,
        date_order=date_order,
        year_offset=offset,
        compared=compared,
        fitting=fitting,
        stored_contradicts=stored_contradicts,
        **counts,
    )


def _are_evidence(fitting: int, compared: int) -> bool:
    return compared < _ENOUGH_TO_JUDGE or fitting >= _FITTING * compared


def _rows(dates: pl.DataFrame) -> int:
    return int(dates["len"].sum())


def _counts(dates: pl.DataFrame, **conditions: pl.Expr) -> dict[str, int]:
    """The number of rows whose date meets each condition, counted in one go."""
    return dates.select(
        pl.col("len").filter(condition).sum().alias(name) for name, condition in conditions.items()
    ).row(0, named=True)


def _later(born: pl.Expr) -> pl.Expr:
    """A Date 1,462 days later."""
    return (born + pl.duration(days=OFFSET_1904)).cast(pl.Date)


def swapped_date(born: pl.Expr) -> pl.Expr:
    """A Date with day and month swapped; null if the day is no month, or both are the same number."""
    day, month = born.dt.day(), born.dt.month()
    swappable = (day <= 12) & (day != month)
    return pl.when(swappable).then(pl.date(born.dt.year(), day, month))


def fits_year_group(born: pl.Expr, offset: int, cutoff: date) -> pl.Expr:
    """Boolean: whether a Date belongs to one of the row's `years` in the academic year `offset` years from the school's.

    Null without a date or a year group.
    """
    return _age_fits(age_on(born, cutoff) + offset)


def _age_fits(age: pl.Expr) -> pl.Expr:
    """Boolean: whether an age on 31 August belongs to one of the row's `years`; null without an age or a year group."""
    return (pl.col("years") & bit_for_age(age)) != 0


def _with_ages(dates: pl.DataFrame, cutoff: date) -> pl.DataFrame:
    """Dates with `age` and `age_swapped` (Int16): the ages on the cutoff as written and swapped, null if not swappable.

    The age on the same day of another year is as many years more, so all comparisons with year groups share these.
    """
    swapped = dates.with_columns(swapped=swapped_date(pl.col("born")))
    return swapped.with_columns(
        age=age_on(pl.col("born"), cutoff), age_swapped=age_on(pl.col("swapped"), cutoff)
    )


def _fits_either_way(dates: pl.DataFrame, offset: int) -> pl.Series:
    """Boolean: whether dates (see `_with_ages`) belong to their year groups as written or swapped, in another year."""
    as_written, swapped = (_age_fits(pl.col(name) + offset) for name in ("age", "age_swapped"))
    return dates.select(as_written | swapped.fill_null(value=False)).to_series()


def _best_reading(dates: pl.DataFrame, cutoff: date) -> tuple[int, int, int]:
    """The reading of all dates that fits the most rows: its year offset, the rows that it fits, the rows compared.

    Of two that fit equally many, the first counts: the school's own year comes before the one before and the one after,
    and as written before swapped. One or two rows say nothing about the year, so they are held against the school's own.
    """
    comparable = _with_ages(dates.filter(pl.col("years").is_not_null()), cutoff)
    readings = list(product(_YEAR_OFFSETS, (pl.col("age"), pl.coalesce("age_swapped", "age"))))
    fitting = comparable.select(
        (_age_fits(age + offset).fill_null(value=False) * pl.col("len")).sum().alias(str(place))
        for place, (offset, age) in enumerate(readings)
    ).row(0)
    in_question = [
        place for place, (offset, _) in enumerate(readings) if not offset or fitting[place] >= _ENOUGH
    ]
    best = max(in_question, key=lambda place: (fitting[place], -place))
    return readings[best][0], int(fitting[best]), _rows(comparable)


def _is_1904(dates: pl.DataFrame, cutoff: date) -> pl.Series:
    """Boolean, one a row: day numbers that fit only 1,462 days later, if nearly all day numbers do; otherwise none.

    Either reading of a date may be the one that fits, because day and month can be swapped as well.
    """
    nowhere = pl.repeat(value=False, n=dates.height, eager=True)
    places = dates.select((pl.col("is_serial") & pl.col("years").is_not_null()).arg_true()).to_series()
    serials = dates[places]
    if _rows(serials) < _ENOUGH_TO_JUDGE:
        return nowhere
    as_given = _with_ages(serials, cutoff)
    later = _with_ages(serials.with_columns(born=_later(pl.col("born"))), cutoff)
    for offset in _YEAR_OFFSETS:
        only_later = _fits_either_way(later, offset) & ~_fits_either_way(as_given, offset)
        if _rows(serials.filter(only_later)) >= _MOSTLY_1904 * _rows(serials):
            return nowhere.scatter(places.filter(only_later), values=True)
    return nowhere


def _settle_by_year(dates: pl.DataFrame, cutoff: date, offset: int, *, is_evidence: bool) -> pl.DataFrame:
    """Dates with `fits_own_year`, `by_year` and `by_store` (see `DateEvidence.dates`)."""
    unknown = pl.lit(None, pl.Boolean)
    as_written, swapped = (
        fits_year_group(pl.col(name), offset, cutoff) if is_evidence else unknown
        for name in ("born", "swapped")
    )
    stored = pl.col("stored")
    return dates.with_columns(
        fits_own_year=fits_year_group(pl.col("born"), 0, cutoff),
        by_year=_settled(as_written, swapped),
        by_store=_settled(stored == pl.col("born"), stored == pl.col("swapped")),
    )


def _are_often_contradicted(dates: pl.DataFrame) -> bool:
    """Whether year groups and stored dates settle too many of the same dates differently.

    They are too many among all that both settle, or among those whose stored date is the other reading: if year groups
    agree with the file there, it is the stored dates that were swapped, however few they are.
    """
    is_both = pl.col("by_year").is_not_null() & pl.col("by_store").is_not_null()
    is_other = is_both & (pl.col("by_store") == "swapped")
    contradicts = pl.col("by_year") != pl.col("by_store")
    counts = _counts(
        dates,
        both=is_both,
        other=is_other,
        against=is_both & contradicts,
        other_against=is_other & contradicts,
    )
    return (
        counts["against"] > _MOST_CONTRADICTIONS * counts["both"]
        or counts["other_against"] > _MOST_CONTRADICTIONS * counts["other"]
    )


def _are_swapped_where_nothing_else_is(dates: pl.DataFrame) -> bool:
    """Whether only stored dates, and no year groups, say that dates of the file are swapped.

    A file swaps the dates that year groups settle as often as those that they leave open. If hardly any of the former are
    swapped, it is the stored dates that are: somebody put right what year groups could settle, and the rest was stored.
    """
    is_settled = pl.col("by_year").is_not_null()
    is_left_open = ~is_settled & pl.col("years").is_not_null() & pl.col("by_store").is_not_null()
    counts = _counts(
        dates,
        left_open=is_left_open,
        left_open_swapped=is_left_open & (pl.col("by_store") == "swapped"),
        settled=is_settled,
        settled_swapped=pl.col("by_year") == "swapped",
    )
    expected = counts["left_open_swapped"] / max(counts["left_open"], 1) * counts["settled"]
    found = counts["settled_swapped"]
    return expected >= _SURELY_SOME and found <= _MOST_CONTRADICTIONS * expected


def _settled(as_written: pl.Expr, swapped: pl.Expr) -> pl.Expr:
    """A `Settled` (String) where exactly one reading fits; null where both or neither do, or nothing can be swapped."""
    return (
        pl.when(pl.col("swapped").is_null())
        .then(None)
        .when(as_written & ~swapped)
        .then(pl.lit("as-written"))
        .when(swapped & ~as_written)
        .then(pl.lit("swapped"))
    )
