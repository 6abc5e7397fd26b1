"""Record linkage: which rows of a file are about people already stored, and what an import would therefore do."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import polars as pl

from backdrop_tui.records.leaving import HAS_LEFT, as_current, current_people
from backdrop_tui.records.schema.kind import Recognition, RecordKind

Existing = Literal["update", "fill", "skip"]
"""What to do with people already stored: update them, fill in only what is blank, or leave them as they are."""
EXISTING: tuple[Existing, ...] = ("update", "fill", "skip")

_LINKS = pl.Schema({"row": pl.UInt32(), "id": pl.String()})


@dataclass(frozen=True)
class Plan:
    """What an import would do. An import removes nobody, and makes nothing blank that is stored."""

    added: pl.DataFrame
    """New people: the fields' keys (String)."""
    changed: pl.DataFrame
    """People who would change, as they would be: `id` and the kind's `stored_keys` (String)."""
    before: pl.DataFrame
    """The same people in the same order, as they are stored now: `id` and the kind's `stored_keys` (String)."""
    unchanged_people: pl.DataFrame
    """People in the file who would stay as they are stored: `id` and the kind's `stored_keys` (String)."""
    updated: int
    """Rows about someone who would change."""
    unchanged: int
    """Rows about someone already stored who would stay the same."""
    absent: pl.Series
    """The ids of the people stored that no row is about (String). Those who have left are not among them."""
    present: int
    """The number of people stored that a row is about."""

    @property
    def is_whole_school(self) -> bool:
        """Whether the file seems to be of the whole school: at least half of the people stored are in it."""
        return len(self.absent) <= self.present

    @property
    def changes_first_name(self) -> pl.Series:
        """Boolean, one for each row of `changed`: whether the person would get a different first name.

        If so, the row may have someone else's UPN or e-mail address.
        """
        before, after = (people["first_name"].str.to_lowercase() for people in (self.before, self.changed))
        return (before != after).fill_null(value=False)

    @property
    def people_after(self) -> pl.DataFrame:
        """Everyone in the file as they would be stored: the fields' keys (String)."""
        groups = (self.added, self.changed, self.unchanged_people)
        return pl.concat([people.select(self.added.columns) for people in groups])

    def new_groups(self, existing_groups: Collection[str]) -> tuple[str, ...]:
        """The names of the user groups that carrying out the plan would create, sorted.

        Args:
            existing_groups: The names of the groups that exist now.
        """
        if "user_group" not in self.added.columns:
            return ()
        named = {*self.added["user_group"], *self.changed["user_group"]}
        return tuple(sorted(named - {None, *existing_groups}))


def plan_import(kind: RecordKind, ready: pl.DataFrame, stored: pl.DataFrame, existing: Existing) -> Plan:
    """Work out what importing people would do.

    Args:
        kind: Whether they are students or staff.
        ready: The people without an error: `row` (UInt32) and the fields' keys (String).
        stored: Everyone stored, including those who have left: `id` and the kind's `stored_keys` (String).
        existing: What to do with people already stored.
    """
    links = _link(kind, ready, stored)
    absent = current_people(stored).join(links, on="id", how="anti", maintain_order="left")["id"]
    added = ready.join(links, on="row", how="anti", maintain_order="left").select(kind.keys)
    matched = stored.join(links, on="id", how="semi", maintain_order="left")
    if links.height and existing != "skip":
        merged = _merge(
            kind, ready.join(links, on="row", how="inner", maintain_order="left"), stored, existing
        )
    else:
        merged = _Merged(stored.clear(), 0)
    changed = merged.changed
    return Plan(
        added=added,
        changed=changed,
        before=changed.select("id").join(stored, on="id", how="left", maintain_order="left"),
        unchanged_people=matched.join(changed, on="id", how="anti", maintain_order="left"),
        updated=merged.rows,
        unchanged=links.height - merged.rows,
        absent=absent,
        present=matched.height,
    )


@dataclass(frozen=True)
class _Merged:
    """People already stored, merged with their rows."""

    changed: pl.DataFrame
    """Those who differ from what is stored: `id` and the kind's `stored_keys` (String)."""
    rows: int
    """The number of rows about them."""


def _merge(kind: RecordKind, linked: pl.DataFrame, stored: pl.DataFrame, existing: Existing) -> _Merged:
    """Merge rows with the people stored that they are about. Anyone who has left has come back.

    Args:
        kind: Whether they are students or staff.
        linked: Rows with the `id` of their person: `row`, `id` and the fields' keys.
        stored: The people stored.
        existing: Whether the file's values or the stored ones come first.
    """
    merged = (
        _one_row_each(kind, linked, existing)
        .join(stored, on="id", how="left", suffix=".stored", maintain_order="left")
        .select(
            "id",
            "rows",
            *(_merged_value(key, existing) for key in kind.keys),
            *(pl.col(f"{key}.stored") for key in kind.keys),
            has_come_back=HAS_LEFT,
        )
    )
    differs = pl.any_horizontal(pl.col(key).ne_missing(pl.col(f"{key}.stored")) for key in kind.keys)
    changed = as_current(kind, merged.filter(differs | pl.col("has_come_back")))
    return _Merged(changed.select("id", *kind.stored_keys), int(changed["rows"].sum()))


def _one_row_each(kind: RecordKind, linked: pl.DataFrame, existing: Existing) -> pl.DataFrame:
    """One row for each person: `id`, the fields' keys, and `rows`, the number of rows about them.

    If several rows are about one person, the last value that is filled in counts, or the first if only blanks are filled.
    """
    if linked["id"].n_unique() == linked.height:
        return linked.select("id", *kind.keys, rows=pl.lit(1, pl.UInt32))
    filled_in = [pl.col(key).drop_nulls() for key in kind.keys]
    chosen = [values.last() if existing == "update" else values.first() for values in filled_in]
    return linked.group_by("id", maintain_order=True).agg(*chosen, rows=pl.len())


def _merged_value(key: str, existing: Existing) -> pl.Expr:
    in_file, in_store = pl.col(key), pl.col(f"{key}.stored")
    both = (in_file, in_store) if existing == "update" else (in_store, in_file)
    return pl.coalesce(both).alias(key)


def _link(kind: RecordKind, ready: pl.DataFrame, stored: pl.DataFrame) -> pl.DataFrame:
    """`row` and `id` of the rows that are about someone stored."""
    links = pl.DataFrame(schema=_LINKS)
    if not stored.height:
        return links
    for way in kind.recognised_by:
        unlinked = ready.join(links, on="row", how="anti", maintain_order="left") if links.height else ready
        if way.and_one_of:
            new_links = _link_by_key(way, unlinked, stored)
        else:
            linked = links.join(ready.select("row", *_lower_case(way.same)), on="row", how="inner")
            new_links = _link_in_order(way, kind.recognised_by[0].same[0], unlinked, stored, linked)
        links = pl.concat([links, new_links])
    return links


def _link_by_key(way: Recognition, unlinked: pl.DataFrame, stored: pl.DataFrame) -> pl.DataFrame:
    """Links between rows and people whose `same` fields agree, and at least one of the others too."""
    keys = [*way.same, *way.and_one_of]
    rows = unlinked.select("row", *_lower_case(keys)).drop_nulls(list(way.same))
    people = stored.select("id", *_lower_case(keys))
    pairs = rows.join(people, on=way.same, how="inner", suffix=".stored", maintain_order="left_right")
    agrees = pl.any_horizontal(pl.col(key) == pl.col(f"{key}.stored") for key in way.and_one_of)
    return pairs.filter(agrees).unique("row", keep="first", maintain_order=True).select("row", "id")


def _link_in_order(
    way: Recognition, identifier: str, unlinked: pl.DataFrame, stored: pl.DataFrame, linked: pl.DataFrame
) -> pl.DataFrame:
    """Links between rows and people whose `same` fields agree, which several of them can share.

    The first such row goes with the first such person, and so on; people who are linked already come last. A row beyond
    those goes with a person only if nothing shows that it is about someone else: two UPNs are two students, whatever
    their names, and a row with a brother's or sister's UPN is not about the brother or sister.

    Args:
        way: The fields that must agree.
        identifier: The key of the field that tells people with the same name apart.
        unlinked: Rows that have no link yet.
        stored: The people stored.
        linked: `row`, `id` and the `same` keys, in lower case, of the rows that have one.
    """
    same = list(way.same)
    people = (
        stored.select("id", *_lower_case(same), identifier=_lower(identifier))
        .drop_nulls(same)
        .with_columns(is_linked=pl.col("id").is_in(linked["id"].implode()))
        .sort("is_linked", maintain_order=True)
    )
    # Most rows of a file are about nobody stored, so they are dropped before the rest is put in order.
    rows = (
        unlinked.select("row", *_lower_case(same), identifier=_lower(identifier))
        .drop_nulls(same)
        .join(people, on=same, how="semi", maintain_order="left")
    )
    pairs = _pairs_in_order(rows, people, same)
    is_extra = pl.col("is_linked") | (pl.col("place") >= pl.col("namesakes"))
    first = pairs.filter(~is_extra)
    identifiers = first.select("id", identifier_after=pl.coalesce("identifier", "identifier.stored"))
    own_identifier = pl.coalesce("identifier_after", "identifier.stored")
    extra = (
        pairs.filter(is_extra)
        .join(identifiers, on="id", how="left", maintain_order="left")
        .filter((pl.col("identifier") == own_identifier).fill_null(value=True))
    )
    of_linked = extra.filter("is_linked").join(linked, on=["id", *same], how="semi")
    links = (first, extra.filter(~pl.col("is_linked")), of_linked)
    return pl.concat([pairs.select("row", "id") for pairs in links])


def _pairs_in_order(rows: pl.DataFrame, people: pl.DataFrame, same: list[str]) -> pl.DataFrame:
    """Each row with a person of the same name: the first with the first, and so on; all further rows with the last.

    Args:
        rows: `row`, the keys in `same`, and more.
        people: `id`, the keys in `same`, and more.
        same: The keys that must agree.

    Returns:
        The columns of both (those of `people` that are in `rows` too as `NAME.stored`), `place` (the row's place among the
        rows of its name, from 0) and `namesakes` (how many people have that name).
    """
    place = pl.int_range(pl.len()).over(same)
    namesakes = people.group_by(same).agg(pl.len().cast(pl.Int64).alias("namesakes"))
    return (
        rows.with_columns(place=place)
        .join(namesakes, on=same, how="inner", maintain_order="left")
        .with_columns(turn=pl.min_horizontal("place", pl.col("namesakes") - 1))
        .join(
            people.with_columns(turn=place),
            on=[*same, "turn"],
            how="inner",
            suffix=".stored",
            maintain_order="left",
        )
    )


def _lower_case(keys: Collection[str]) -> list[pl.Expr]:
    return [_lower(key) for key in keys]


def _lower(key: str) -> pl.Expr:
    return pl.col(key).str.to_lowercase()
