"""The different registration groups of a file and of the people at the school, as they are written."""

from dataclasses import dataclass

import polars as pl

from backdrop_tui.records.fields.registration_group import REGISTRATION_GROUP, alike
from backdrop_tui.records.fields.year_group import NUMBERS, YEAR_GROUP, YEAR_NUMBER
from backdrop_tui.records.leaving import current_people
from backdrop_tui.records.schema.columns import Combinations, FilePeople
from backdrop_tui.records.schema.context import Context


@dataclass(frozen=True)
class WrittenGroups:
    """The different registration groups of a file and of the people at the school."""

    people: FilePeople
    """The file's people."""
    current: pl.DataFrame
    """The people at the school."""
    in_file: Combinations
    """The combinations of `REGISTRATION_GROUP` and `YEAR_NUMBER` in the file."""
    groups: pl.DataFrame
    """`group` (String), `count` (UInt32: rows and people at the school) and `alike` (String: shared by spellings of one group); the
    most frequent group first."""

    def rows_of(self, groups: pl.Series) -> pl.DataFrame:
        """The rows of the file with one of some groups: `row`, `group` (String) and `year` (Int16; see `YEAR_NUMBER`)."""
        different = self.in_file.different.select(
            "combination", group=REGISTRATION_GROUP.col, year=YEAR_NUMBER.col
        )
        of_groups = different.filter(pl.col("group").is_in(groups.implode()))
        where = self.in_file.of_rows.is_in(of_groups["combination"].implode())
        rows = self.people.frame(where=where).with_columns(combination=self.in_file.of_rows.filter(where))
        return rows.join(of_groups, on="combination", maintain_order="left").drop("combination")

    def fitting(self, rows: pl.DataFrame, other: str) -> pl.Series:
        """Whether another group has people in the same year group as each row (Boolean); true if either year isn't known.

        Args:
            rows: `year` (Int16), and the other group in a column of its own.
            other: The name of that column.
        """
        groups = self.groups.join(rows.select(group=other).unique(), on="group", how="semi")
        years = pl.concat([self._years_in_file(groups), self._years_in_store(groups)]).drop_nulls()
        by_group = years.group_by(pl.col("group").alias(other)).agg(years=pl.col("year").unique())
        joined = rows.join(by_group, on=other, how="left", maintain_order="left")
        year = pl.col("year")
        fits = year.is_null() | pl.col("years").list.contains(year).fill_null(value=True)
        return joined.select(fits).to_series()

    def _years_in_file(self, groups: pl.DataFrame) -> pl.DataFrame:
        """Pairs of a `group` and a `year` that rows of the file have."""
        pairs = self.in_file.different.select(group=REGISTRATION_GROUP.col, year=YEAR_NUMBER.col)
        return pairs.join(groups, on="group", how="semi").unique()

    def _years_in_store(self, groups: pl.DataFrame) -> pl.DataFrame:
        """Pairs of a `group` and a `year` that people at the school have."""
        number = YEAR_GROUP.col.replace_strict(NUMBERS, default=None, return_dtype=pl.Int16)
        pairs = self.current.select(group=REGISTRATION_GROUP.col, year=number)
        return pairs.join(groups, on="group", how="semi").unique()


def written_groups(people: FilePeople, stored: pl.DataFrame, _context: Context) -> WrittenGroups:
    """The registration groups of a file and of the people at the school; see `FilePeople.shared`."""
    current = current_people(stored)
    in_file = people.combinations(REGISTRATION_GROUP, YEAR_NUMBER)
    counts = pl.concat([
        in_file.different.select(group=REGISTRATION_GROUP.col, count="len"),
        current.group_by(group=REGISTRATION_GROUP.col).agg(count=pl.len()),
    ])  # fmt: skip
    groups = (
        counts.drop_nulls("group")
        .group_by("group")
        .agg(pl.col("count").sum())
        .with_columns(alike=alike(pl.col("group")))
        .sort("count", "group", descending=[True, False])
    )
    return WrittenGroups(people, current, in_file, groups)
