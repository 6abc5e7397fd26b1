"""Who of a file is stored already, and what an import would therefore do."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import polars as pl

from backdrop_tui.records.schema.kind import Recognition, RecordKind

Existing = Literal["update", "fill", "skip"]
"""What to do with somebody already stored: update, fill in only what is blank, or leave alone."""
EXISTING: tuple[Existing, ...] = ("update", "fill", "skip")

_PAIRS = pl.Schema({"row": pl.UInt32(), "id": pl.String()})


@dataclass(frozen=True)
class Plan:
    """What an import would do. Nobody is removed by one, and nothing stored is ever made blank."""

    added: pl.DataFrame
    """New people: the fields' keys (String)."""
    changed: pl.DataFrame
    """People who would change: `id` and the fields' keys (String), as they would be."""
    before: pl.DataFrame
    """The same people as they are stored now."""
    kept: pl.DataFrame
    """People of the file who stay as they are stored: `id` and the fields' keys (String)."""
    updated: int
    """Rows of the file whose person would change."""
    unchanged: int
    """Rows of the file whose person is stored already and stays as it is."""
    absent: pl.Series
    """The ids of those stored whom no row is about (String)."""
    present: int
    """How many of those stored a row is about."""

    @property
    def is_of_all(self) -> bool:
        """Whether the file seems to be of the whole school: at least half of those stored are in it."""
        return len(self.absent) <= self.present

    @property
    def other_first_name(self) -> pl.Series:
        """Boolean, one for each who would change: whether they would get another first name.

        It may be that: or the file has somebody else's UPN or e-mail address in their row.
        """
        before, after = (some["first_name"].str.to_lowercase() for some in (self.before, self.changed))
        return (before != after).fill_null(value=False)

    def new_groups(self, known: Collection[str]) -> tuple[str, ...]:
        """The user groups that storing it makes, sorted.

        Args:
            known: The names of the groups that there are.
        """
        if "user_group" not in self.added.columns:
            return ()
        named = {*self.added["user_group"], *self.changed["user_group"]}
        return tuple(sorted(named - {None, *known}))

    @property
    def people(self) -> pl.DataFrame:
        """Everybody whom the file is about, as they will be stored: the fields' keys (String)."""
        return pl.concat([some.select(self.added.columns) for some in (self.added, self.changed, self.kept)])


def plan_import(kind: RecordKind, ready: pl.DataFrame, stored: pl.DataFrame, existing: Existing) -> Plan:
    """Work out what importing people would do.

    Args:
        kind: What they are.
        ready: `row` (UInt32) and the fields' keys (String): people without an error.
        stored: `id` and the fields' keys (String): the people stored.
        existing: What to do with those who are stored already.
    """
    known = _recognised(kind, ready, stored)
    nobody = stored.clear()
    absent = stored.join(known, on="id", how="anti", maintain_order="left")["id"]
    present = stored.height - len(absent)
    if not known.height:
        return Plan(
            ready.select(kind.keys), nobody, nobody, nobody,
            updated=0, unchanged=0, absent=absent, present=present,
        )  # fmt: skip
    added = ready.join(known, on="row", how="anti", maintain_order="left").select(kind.keys)
    found = stored.join(known, on="id", how="semi", maintain_order="left")
    if existing == "skip":
        return Plan(
            added, nobody, nobody, found,
            updated=0, unchanged=known.height, absent=absent, present=present,
        )  # fmt: skip
    pairs = _by_person(kind, ready.join(known, on="row", how="inner", maintain_order="left"), existing)
    merged = pairs.join(stored, on="id", how="left", suffix=".stored", maintain_order="left").select(
        "id",
        "rows",
        *(_merged(key, existing) for key in kind.keys),
        *(pl.col(f"{key}.stored") for key in kind.keys),
    )
    differs = pl.any_horizontal(pl.col(key).ne_missing(pl.col(f"{key}.stored")) for key in kind.keys)
    changing = merged.filter(differs)
    changed = changing.select("id", *kind.keys)
    before = changed.select("id").join(stored, on="id", how="left", maintain_order="left")
    updated = int(changing["rows"].sum())
    return Plan(
        added,
        changed,
        before,
        found.join(changed, on="id", how="anti", maintain_order="left"),
        updated=updated,
        unchanged=known.height - updated,
        absent=absent,
        present=present,
    )


def _by_person(kind: RecordKind, pairs: pl.DataFrame, existing: Existing) -> pl.DataFrame:
    """One line for each person recognised: `id`, the fields' keys, `rows` (how many rows are about them).

    Of several rows about one person the last that says something counts, or the first where only blanks are filled.
    """
    if pairs["id"].n_unique() == pairs.height:
        return pairs.select("id", *kind.keys, rows=pl.lit(1, pl.UInt32))
    said = [pl.col(key).drop_nulls() for key in kind.keys]
    one = [values.last() if existing == "update" else values.first() for values in said]
    return pairs.group_by("id", maintain_order=True).agg(*one, rows=pl.len())


def _merged(key: str, existing: Existing) -> pl.Expr:
    theirs, ours = pl.col(key), pl.col(f"{key}.stored")
    return (pl.coalesce(theirs, ours) if existing == "update" else pl.coalesce(ours, theirs)).alias(key)


def _recognised(kind: RecordKind, ready: pl.DataFrame, stored: pl.DataFrame) -> pl.DataFrame:
    """`row` and `id` of the rows whose person is stored already."""
    known = pl.DataFrame(schema=_PAIRS)
    if not stored.height:
        return known
    for way in kind.recognised_by:
        rest = ready.join(known, on="row", how="anti", maintain_order="left") if known.height else ready
        if way.and_one_of:
            found = _by_one_key(way, rest, stored)
        else:
            takers = known.join(ready.select("row", *_folded(list(way.same))), on="row", how="inner")
            found = _by_turns(way, kind.recognised_by[0].same[0], rest, stored, takers)
        known = pl.concat([known, found])
    return known


def _by_one_key(way: Recognition, ready: pl.DataFrame, stored: pl.DataFrame) -> pl.DataFrame:
    """Pairs whose `same` agree, and one of the others too."""
    keys = [*way.same, *way.and_one_of]
    theirs = ready.select("row", *_folded(keys)).drop_nulls(list(way.same))
    ours = stored.select("id", *_folded(keys))
    pairs = theirs.join(ours, on=way.same, how="inner", suffix=".stored", maintain_order="left_right")
    agrees = pl.any_horizontal(pl.col(key) == pl.col(f"{key}.stored") for key in way.and_one_of)
    return pairs.filter(agrees).unique("row", keep="first", maintain_order=True).select("row", "id")


def _by_turns(
    way: Recognition, mark: str, ready: pl.DataFrame, stored: pl.DataFrame, takers: pl.DataFrame
) -> pl.DataFrame:
    """Pairs whose `same` agree. Of several alike, the first row goes with the first person, and so on.

    People whom another row is about already come last. A row goes with one of them only where nothing shows that it
    is about somebody else: two different UPNs are two students, whatever their names, and so is somebody whose UPN
    stands in the row of a brother or sister.

    Args:
        way: What is compared.
        mark: The key of the field by which people alike are told apart.
        ready: Rows that are not recognised yet.
        stored: The people stored.
        takers: `id` and the `same` keys, in small letters, of the rows that are.
    """
    alike = list(way.same)
    ours = (
        stored.select("id", *_folded(alike), mark=_lower(mark))
        .drop_nulls(alike)
        .with_columns(taken=pl.col("id").is_in(takers["id"].implode()))
        .sort("taken", maintain_order=True)
    )
    # Most rows of a file are about nobody who is stored: they need not be told apart from each other.
    theirs = (
        ready.select("row", *_folded(alike), mark=_lower(mark))
        .drop_nulls(alike)
        .join(ours, on=alike, how="semi", maintain_order="left")
    )
    turn = pl.int_range(pl.len()).over(alike)
    several = ours.group_by(alike).agg(pl.len().cast(pl.Int64).alias("several"))
    pairs = (
        theirs.with_columns(place=turn)
        .join(several, on=alike, how="inner", maintain_order="left")
        .with_columns(turn=pl.min_horizontal("place", pl.col("several") - 1))
        .join(
            ours.with_columns(turn=turn),
            on=[*alike, "turn"],
            how="inner",
            suffix=".stored",
            maintain_order="left",
        )
    )
    late = pl.col("taken") | (pl.col("place") >= pl.col("several"))
    first = pairs.filter(~late)
    theirs_now = first.select("id", now=pl.coalesce("mark", "mark.stored"))
    others = (
        pairs.filter(late)
        .join(theirs_now, on="id", how="left", maintain_order="left")
        .filter((pl.col("mark") == pl.coalesce("now", "mark.stored")).fill_null(value=True))
    )
    others = pl.concat(
        [others.filter(~pl.col("taken")), others.filter("taken").join(takers, on=["id", *alike], how="semi")]
    )
    return pl.concat([first.select("row", "id"), others.select("row", "id")])


def _folded(keys: list[str]) -> list[pl.Expr]:
    return [_lower(key) for key in keys]


def _lower(key: str) -> pl.Expr:
    return pl.col(key).str.to_lowercase()
