"""The different registration groups of a file and of the people stored, as they are written."""

from dataclasses import dataclass

import polars as pl

from backdrop_tui.records.fields.registration_group import REGISTRATION_GROUP, alike
from backdrop_tui.records.fields.year_group import NUMBERS, YEAR_GROUP, YEAR_NUMBER
from backdrop_tui.records.schema.columns import DerivedColumn, FilePeople
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.rules import STORED

_HASH = DerivedColumn(REGISTRATION_GROUP, "hash", lambda _context: STORED.hash())


@dataclass(frozen=True)
class WrittenGroups:
    """The different registration groups of a file and of the people stored."""

    people: FilePeople
    """The file's people."""
    stored: pl.DataFrame
    """The people stored."""
    hashes: pl.Series
    """UInt64, one for each row of the file: the hash of its group."""
    groups: pl.DataFrame
    """`group` (String), `hash` (UInt64; null if it is only stored), `count` (UInt32: rows and people stored) and `alike` (String:
    shared by spellings of one group); the most frequent group first."""

    def rows_of(self, groups: pl.Series) -> pl.DataFrame:
        """The rows of the file with one of some groups: `row`, `group` (String) and `year` (Int16; see `YEAR_NUMBER`)."""
        hashes = self.groups.filter(pl.col("group").is_in(groups.implode()))["hash"].drop_nulls()
        where = self.hashes.is_in(hashes.implode())
        rows = self.people.frame(REGISTRATION_GROUP, YEAR_NUMBER, where=where)
        return rows.select("row", group=REGISTRATION_GROUP.col, year=YEAR_NUMBER.col)

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
        years = self.people.values(YEAR_NUMBER)
        # Single numbers are told apart several times as fast as pairs.
        pairs = pl.DataFrame({"hash": self.hashes, "year": years}).filter(
            (self.hashes ^ years.hash()).is_first_distinct()
        )
        return pairs.join(groups, on="hash").select("group", "year")

    def _years_in_store(self, groups: pl.DataFrame) -> pl.DataFrame:
        """Pairs of a `group` and a `year` that people stored have."""
        number = YEAR_GROUP.col.replace_strict(NUMBERS, default=None, return_dtype=pl.Int16)
        pairs = self.stored.select(group=REGISTRATION_GROUP.col, year=number)
        return pairs.join(groups, on="group", how="semi").unique()


def written_groups(people: FilePeople, stored: pl.DataFrame, _context: Context) -> WrittenGroups:
    """The registration groups of a file and of the people stored; see `FilePeople.shared`."""
    # Numbers are counted three times as fast as texts.
    hashes = people.values(_HASH)
    in_file = (
        hashes.to_frame("hash").with_row_index("at").group_by("hash").agg(pl.first("at"), count=pl.len())
    )
    is_first = pl.repeat(False, len(hashes), eager=True).scatter(in_file["at"], True)
    written = people.frame(REGISTRATION_GROUP, _HASH, where=is_first)
    counts = pl.concat([
        written.select(group=REGISTRATION_GROUP.col, hash=_HASH.col).join(in_file.drop("at"), on="hash"),
        stored.group_by(group=REGISTRATION_GROUP.col).agg(pl.lit(None, pl.UInt64).alias("hash"), count=pl.len()),
    ])  # fmt: skip
    groups = (
        counts.drop_nulls("group")
        .group_by("group")
        .agg(pl.col("hash").drop_nulls().first(), pl.col("count").sum())
        .with_columns(alike=alike(pl.col("group")))
        .sort("count", "group", descending=[True, False])
    )
    return WrittenGroups(people, stored, hashes, groups)
