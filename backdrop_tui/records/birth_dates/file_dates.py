"""The birth dates of a file, row by row, with the evidence about them."""

from dataclasses import dataclass, replace

import polars as pl

from backdrop_tui.records.birth_dates.evidence import DateEvidence, weigh_dates
from backdrop_tui.records.birth_dates.finding_types import DATES_1904
from backdrop_tui.records.birth_dates.stored_dates import stored_birth_dates
from backdrop_tui.records.fields.date_of_birth import (
    DATE_OF_BIRTH,
    WRITTEN,
    age_of_stored,
    written_parts,
)
from backdrop_tui.records.fields.year_group import YEAR_NUMBER, YEARS_MEANT
from backdrop_tui.records.schema.columns import Combinations, DerivedColumn, FilePeople
from backdrop_tui.records.schema.context import Context

AGE = DerivedColumn(DATE_OF_BIRTH, "age", age_of_stored)
"""The age on 31 August before the academic year (Int16), by the stored form of the date of birth."""
_WRITTEN_IN_FILE = replace(WRITTEN, is_as_read=True)
_YEARS_IN_FILE = replace(YEARS_MEANT, is_as_read=True)


@dataclass(frozen=True)
class FileDates:
    """The birth dates of a file as they are, or as the file has them."""

    row: pl.Series
    """The rows of the file (UInt32)."""
    combination: pl.Series
    """For each row, the number of its combination of date, year group and so on (UInt32 or UInt64)."""
    evidence: DateEvidence
    """What the dates say together; its `dates` have `combination`, which rows without a date aren't among."""

    def rows_where(self, condition: pl.Expr) -> pl.DataFrame:
        """The rows whose date meets a condition over `DateEvidence.dates`: `row` (UInt32) and those columns."""
        dates = self.evidence.dates.filter(condition)
        if dates.is_empty():
            return dates.clear().select(pl.lit(None, pl.UInt32).alias("row"), pl.all())
        places = self.combination.is_in(dates["combination"].implode()).arg_true()
        rows = pl.DataFrame({"row": self.row[places], "combination": self.combination[places]})
        return rows.join(dates, on="combination", how="left", maintain_order="left")


@dataclass(frozen=True)
class WeighedDates:
    """The birth dates of a file, before and after the user's changes."""

    current: FileDates
    """The dates as they are now, with `AGE` and `YEAR_NUMBER`."""
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
    if before is people:
        combinations = people.combinations(WRITTEN, YEARS_MEANT, AGE, YEAR_NUMBER)
        dates = _file_dates(combinations, WRITTEN.col, YEARS_MEANT.col, people, stored, context)
        return WeighedDates(dates, dates)
    in_file = _YEARS_IN_FILE.col
    is_choice = in_file & (in_file - 1) != 0
    years = pl.when(is_choice).then(in_file).when(in_file.is_not_null()).then(YEARS_MEANT.col)
    current = people.combinations(WRITTEN, YEARS_MEANT, AGE, YEAR_NUMBER, _YEARS_IN_FILE)
    as_read = people.combinations(_WRITTEN_IN_FILE, YEARS_MEANT, _YEARS_IN_FILE)
    of_file = _file_dates(as_read, _WRITTEN_IN_FILE.col, years, before, stored, context)
    contradicts = of_file.evidence.stored_contradicts
    return WeighedDates(
        _file_dates(current, WRITTEN.col, years, people, stored, context, stored_contradicts=contradicts),
        of_file,
    )


def _file_dates(  # noqa: PLR0913, PLR0917 - where the dates and the year groups are, and what rules get
    combinations: Combinations,
    written: pl.Expr,
    years: pl.Expr,
    people: FilePeople,
    stored: pl.DataFrame,
    context: Context,
    *,
    stored_contradicts: bool | None = None,
) -> FileDates:
    known_years = pl.when(years > 0).then(years)
    dates = combinations.different.with_columns(**written_parts(written), years=known_years)
    rows, births = people.frame()["row"], stored_birth_dates(people, stored)
    combination, dates = _with_stored(combinations.of_rows, dates.drop_nulls("born"), rows, births)
    may_be_1904 = DATES_1904.code not in context.dismissed
    evidence = weigh_dates(
        dates,
        context.cutoff,
        context.date_order,
        may_be_1904=may_be_1904,
        stored_contradicts=stored_contradicts,
    )
    return FileDates(rows, combination, evidence)


def _with_stored(
    combination: pl.Series, dates: pl.DataFrame, rows: pl.Series, births: pl.DataFrame
) -> tuple[pl.Series, pl.DataFrame]:
    """Give the rows for which a date is stored combinations of their own.

    Args:
        combination: The number of each row's combination (unsigned).
        dates: The different combinations: `combination`, `len` (UInt32) and what `written_parts` gives.
        rows: The rows (UInt32, ascending).
        births: What `stored_birth_dates` returns.

    Returns:
        Both with the new combinations, and `dates` with `stored` (Date).
    """
    places = rows.search_sorted(births["row"])
    of_births = births.select("stored", combination=combination[places])
    pairs = of_births.group_by("combination", "stored", maintain_order=True).len()
    number = pl.lit(combination.max(), combination.dtype) + 1 + pl.col("own").cast(combination.dtype)
    pairs = pairs.with_row_index("own").with_columns(own=number)
    numbers = of_births.join(pairs, on=["combination", "stored"], maintain_order="left")["own"]
    moved = pairs.group_by("combination").agg(moved=pl.col("len").sum())
    remaining = pl.col("len") - pl.col("moved").fill_null(0)
    without = dates.join(moved, on="combination", how="left", maintain_order="left").select(
        *dates.drop("len").columns, len=remaining, stored=pl.lit(None, pl.Date)
    )
    apart = pairs.join(dates.drop("len"), on="combination", maintain_order="left").with_columns(
        combination="own"
    )
    different = pl.concat([without.filter(pl.col("len") > 0), apart.select(without.columns)])
    return combination.scatter(places, numbers), different
