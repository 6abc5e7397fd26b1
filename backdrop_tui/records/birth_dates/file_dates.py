"""The birth dates of a file, row by row, with the evidence about them."""

from dataclasses import dataclass

import polars as pl

from backdrop_tui.records.birth_dates.evidence import DateEvidence, weigh_dates
from backdrop_tui.records.birth_dates.finding_types import DATES_1904
from backdrop_tui.records.birth_dates.stored_dates import stored_birth_dates
from backdrop_tui.records.fields.date_of_birth import (
    DAY_NUMBERS,
    WRITTEN,
    day_number,
    day_of_number,
    written_parts,
)
from backdrop_tui.records.fields.year_group import YEAR_BITS, YEARS_MEANT
from backdrop_tui.records.schema.columns import FilePeople
from backdrop_tui.records.schema.context import Context

_YEARS = 1 << len(YEAR_BITS)
"""More than any set of year groups."""
_WITHOUT_STORED = _YEARS * 8 * DAY_NUMBERS
"""More than any combination without a stored date."""


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
        """Those of some rows of the file (`row`, `born`) whose date is still what the file has."""
        if self.as_read is self.current:
            return rows
        current = self.current.rows_where(pl.lit(value=True)).select("row", "born")
        return rows.join(current, on=["row", "born"], how="semi", maintain_order="left")


def weighed_dates(people: FilePeople, stored: pl.DataFrame, context: Context) -> WeighedDates:
    """Weigh the birth dates of a file; for `FilePeople.shared`.

    A year group is evidence only if the file has it: one that was filled in since may have been worked out from the date. If
    the file only has several to choose from (`Year 5/6`), those stay the evidence.
    """
    before = people.as_read
    years = people.values(YEARS_MEANT)
    if before is people:
        dates = _file_dates(people, years, stored, context)
        return WeighedDates(dates, dates)
    in_file = pl.col("in_file")
    is_choice = in_file & (in_file - 1) != 0
    years = (
        pl.DataFrame([years.alias("years"), before.values(YEARS_MEANT).alias("in_file")])
        .select(pl.when(is_choice).then(in_file).when(in_file.is_not_null()).then("years"))
        .to_series()
    )
    return WeighedDates(
        _file_dates(people, years, stored, context), _file_dates(before, years, stored, context)
    )


def _file_dates(people: FilePeople, years: pl.Series, stored: pl.DataFrame, context: Context) -> FileDates:
    frame = people.frame(WRITTEN).with_columns(years=years)
    number = WRITTEN.col.cast(pl.Int64) * _YEARS + pl.col("years").fill_null(0)
    births = stored_birth_dates(people, stored, context)
    combination = _with_stored(frame.select(number).to_series(), frame["row"], births)
    # Sorted first, so that equal numbers are neighbours: that takes half the time of grouping.
    counts = combination.drop_nulls().sort(multithreaded=False).rle().struct.unnest()
    dates = counts.select("len", combination="value").with_columns(**_parts(pl.col("combination")))
    may_be_1904 = DATES_1904.code not in context.dismissed
    evidence = weigh_dates(dates, context.cutoff, context.date_order, may_be_1904=may_be_1904)
    return FileDates(frame["row"], combination, evidence)


def _with_stored(combination: pl.Series, rows: pl.Series, births: pl.DataFrame) -> pl.Series:
    """Combinations with the stored dates of a few of the rows.

    Args:
        combination: Date and year group, one number (Int64) for each row; null without a date.
        rows: The rows (UInt32, ascending).
        births: What `stored_birth_dates` returns.
    """
    days = day_number(pl.col("stored")).cast(pl.Int64)
    possible = births.select("row", days=days).filter(pl.col("days").is_between(1, DAY_NUMBERS - 1))
    places = rows.search_sorted(possible["row"])
    return combination.scatter(places, combination.gather(places) + possible["days"] * _WITHOUT_STORED)


def _parts(combination: pl.Expr) -> dict[str, pl.Expr]:
    """What combinations stand for: the columns that `weigh_dates` takes."""
    number, days = combination % _WITHOUT_STORED, combination // _WITHOUT_STORED
    years = number % _YEARS
    return {
        **written_parts(number // _YEARS),
        "years": pl.when(years > 0).then(years).cast(pl.Int32),
        "stored": pl.when(days > 0).then(day_of_number(days)),
    }
