"""Who of a file is stored already, and what an import would therefore do."""

from dataclasses import dataclass
from typing import Literal

import polars as pl

from backdrop_tui.records.kind import RecordKind, Recognition

Existing = Literal["update", "fill", "skip"]
"""What to do with somebody already stored: update, fill in only what is blank, or leave alone."""
EXISTING: tuple[Existing, ...] = ("update", "fill", "skip")


@dataclass(frozen=True)
class Plan:
    """What an import would do. Nobody is removed by one, and nothing stored is ever made blank."""

    added: pl.DataFrame
    """New people: the fields' keys (String)."""
    changed: pl.DataFrame
    """People who would change: `id` and the fields' keys (String), as they would be."""
    before: pl.DataFrame
    """The same people as they are stored now."""
    updated: int
    """Rows of the file that change somebody stored."""
    unchanged: int
    """Rows of the file whose person is stored already and stays as it is."""


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
    if not known.height:
        return Plan(ready.select(kind.keys), nobody, nobody, updated=0, unchanged=0)
    added = ready.join(known, on="row", how="anti", maintain_order="left").select(kind.keys)
    if existing == "skip":
        return Plan(added, nobody, nobody, updated=0, unchanged=known.height)
    pairs = (
        ready.join(known, on="row", how="inner", maintain_order="left")
        .join(stored, on="id", how="left", suffix=".stored")
        .select("id", *(_merged(key, existing) for key in kind.keys), *(pl.col(f"{key}.stored") for key in kind.keys))
    )
    differs = pl.any_horizontal(pl.col(key).ne_missing(pl.col(f"{key}.stored")) for key in kind.keys)
    changing = pairs.filter(differs)
    changed = changing.select("id", *kind.keys).unique("id", keep="last", maintain_order=True)
    before = changed.select("id").join(stored, on="id", how="left", maintain_order="left")
    return Plan(added, changed, before, updated=changing.height, unchanged=known.height - changing.height)


def _merged(key: str, existing: Existing) -> pl.Expr:
    theirs, ours = pl.col(key), pl.col(f"{key}.stored")
    return (pl.coalesce(theirs, ours) if existing == "update" else pl.coalesce(ours, theirs)).alias(key)


def _recognised(kind: RecordKind, ready: pl.DataFrame, stored: pl.DataFrame) -> pl.DataFrame:
    """`row` and `id` of the rows whose person is stored already."""
    known = pl.DataFrame(schema={"row": pl.UInt32, "id": pl.String})
    if not stored.height:
        return known
    for way in kind.recognised_by:
        rest = ready.join(known, on="row", how="anti", maintain_order="left") if known.height else ready
        known = pl.concat([known, _recognised_by(way, rest, stored)])
    return known


def _recognised_by(way: Recognition, ready: pl.DataFrame, stored: pl.DataFrame) -> pl.DataFrame:
    """Pairs found in one way. Of several alike, the first row goes with the first person, and so on."""
    keys = [*way.same, *way.and_one_of]
    folded = [pl.col(key).str.to_lowercase() for key in keys]
    theirs = _numbered(ready.select("row", *folded), way)
    ours = _numbered(stored.select("id", *folded), way)
    several = ours.group_by(way.same).agg(pl.len().cast(pl.Int64).alias("several"))
    pairs = (
        theirs.join(several, on=way.same, how="inner")
        .with_columns(turn=pl.min_horizontal("turn", pl.col("several") - 1))
        .join(ours, on=[*way.same, "turn"], how="inner", suffix=".stored")
    )
    if way.and_one_of:
        pairs = pairs.filter(pl.any_horizontal(pl.col(key) == pl.col(f"{key}.stored") for key in way.and_one_of))
    return pairs.select("row", "id")


def _numbered(people: pl.DataFrame, way: Recognition) -> pl.DataFrame:
    """People who have all that is compared, with `turn`: which of those alike each is, from 0."""
    return people.drop_nulls(list(way.same)).with_columns(turn=pl.int_range(pl.len()).over(way.same))
