"""The birth dates of a file, row by row, with the evidence about them."""

from dataclasses import dataclass

import polars as pl

from backdrop_tui.records.birth_dates.evidence import DateEvidence, weigh_dates
from backdrop_tui.records.birth_dates.finding_types import DATES_1904
from backdrop_tui.records.birth_dates.stored_dates import stored_birth_dates
from backdrop_tui.records.fields.date_of_birth import BORN, IS_SERIAL, ONLY_ORDER
from backdrop_tui.records.fields.year_group import YEAR_NUMBER
from backdrop_tui.records.schema.columns import FilePeople
from backdrop_tui.records.schema.context import Context

_LONG_AGO = 1_000_000
"""Days from any date that can be written with four digits to 1 January 1970, at most."""
_ORDERS = (None, "dmy", "mdy")


@dataclass(frozen=True)
class FileDates:
    """The birth dates of a file as they are, or as the file has them."""

    row: pl.Series
    """The rows of the file (UInt32)."""
    combination: pl.Series
    """For each row, the combination of date, year group and so on that it has (Int64); null without a date."""
    evidence: DateEvidence
    """What the dates say together; its `dates` have `combination`."""

    def rows_where(self, condition: pl.Expr) -> pl.DataFrame:
        """The rows whose date meets a condition over `DateEvidence.dates`: `row` (UInt32) and those columns."""
        dates = self.evidence.dates.filter(condition)
        if dates.is_empty():
            return dates.clear().select(pl.lit(None, pl.UInt32).alias("row"), pl.all())
        places = self.combination.is_in(dates["combination"].implode()).arg_true()
        rows = pl.DataFrame({"row": self.row.gather(places), "combination": self.combination.gather(places)})
        return rows.join(dates, on="combination", how="left", maintain_order="left")


@dataclass(frozen=True)
class WeighedDates:
    """The birth dates of a file, before and after the user's changes."""

    current: FileDates
    """The dates as they are now."""
    as_read: FileDates
    """The dates as the file has them. What they proved about the file stays true when some have been put right."""

    def unchanged(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Those of some rows (`row`, `born`) whose date is still what the file has."""
        if self.as_read is self.current:
            return rows
        before = self.as_read.rows_where(pl.lit(value=True)).select("row", "born")
        return rows.join(before, on=["row", "born"], how="semi", maintain_order="left")


def weighed_dates(people: FilePeople, stored: pl.DataFrame, context: Context) -> WeighedDates:
    """Weigh the birth dates of a file; for `FilePeople.shared`.

    A year group is evidence only if the file has it: one that was filled in since may have been worked out from the date.
    """
    before = people.as_read
    if before is people:
        dates = _file_dates(people, people.values(YEAR_NUMBER), stored, context)
        return WeighedDates(dates, dates)
    years = people.frame(YEAR_NUMBER).select(
        pl.when(before.values(YEAR_NUMBER).is_not_null()).then(YEAR_NUMBER.col)
    ).to_series()  # fmt: skip
    return WeighedDates(
        _file_dates(people, years, stored, context), _file_dates(before, years, stored, context)
    )


def _file_dates(people: FilePeople, years: pl.Series, stored: pl.DataFrame, context: Context) -> FileDates:
    frame = people.frame(BORN, ONLY_ORDER, IS_SERIAL).with_columns(year=years)
    born_before = stored_birth_dates(people, stored)
    if born_before is not None:
        frame = frame.with_columns(stored=born_before)
    combination = frame.select(_combination(with_stored=born_before is not None)).to_series()
    counts = combination.to_frame("combination").drop_nulls().group_by("combination").len()
    dates = counts.select("combination", "len", **_parts(pl.col("combination")))
    may_be_1904 = DATES_1904.code not in context.dismissed
    return FileDates(
        frame["row"],
        combination,
        weigh_dates(dates, context.cutoff, context.date_order, may_be_1904=may_be_1904),
    )


def _combination(*, with_stored: bool) -> pl.Expr:
    """One number (Int64) for what is to be weighed in a row; null without a date. Grouping by one number is quickest."""
    order = pl.coalesce(
        pl.when(ONLY_ORDER.col == order).then(place) for place, order in enumerate(_ORDERS) if order
    )
    number = _days(BORN.col).cast(pl.Int64)
    if with_stored:
        number = number * (2 * _LONG_AGO) + _days(pl.col("stored")).fill_null(0)
    else:
        number = number * (2 * _LONG_AGO)
    number = number * 32 + (pl.col("year").cast(pl.Int64) + 3).fill_null(0)
    return number * 8 + order.fill_null(0) * 2 + IS_SERIAL.col.fill_null(value=False)


def _parts(combination: pl.Expr) -> dict[str, pl.Expr]:
    """What combinations stand for: the columns that `weigh_dates` takes."""
    flags, rest = combination % 8, combination // 8
    year, rest = rest % 32, rest // 32
    stored, born = rest % (2 * _LONG_AGO), rest // (2 * _LONG_AGO)
    return {
        "born": _date(born),
        "stored": pl.when(stored > 0).then(_date(stored)),
        "year": pl.when(year > 0).then(year - 3).cast(pl.Int16),
        "only": (flags // 2).replace_strict(dict(enumerate(_ORDERS)), return_dtype=pl.String),
        "is_serial": flags % 2 == 1,
    }


def _days(day: pl.Expr) -> pl.Expr:
    return day.cast(pl.Int32) + _LONG_AGO


def _date(days: pl.Expr) -> pl.Expr:
    return (days - _LONG_AGO).cast(pl.Int32).cast(pl.Date)
