"""What an import would do, given whom the rows of a file are about."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

import polars as pl

from backdrop_tui.intake.linking.linkage import Linkage
from backdrop_tui.records.leaving import HAS_LEFT, as_current
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.staff import USER_GROUP

Existing = Literal["update", "fill", "skip"]
"""What to do with people already stored: update them, fill in only what is blank, or leave them as they are."""
EXISTING: tuple[Existing, ...] = ("update", "fill", "skip")


@dataclass(frozen=True)
class Plan:
    """What an import would do. An import removes nobody, and makes nothing blank that is stored."""

    added: pl.DataFrame
    """New people: the fields' keys (String)."""
    added_rows: pl.Series
    """Their rows (UInt32), in the same order."""
    changed: pl.DataFrame
    """People who would change, as they would be: `id` and the kind's `stored_keys` (String). Those who had left are back."""
    before: pl.DataFrame
    """The people in `changed`, in the same order, as they are stored now."""
    unchanged_people: pl.DataFrame
    """People in the file who would stay as they are stored: the same columns."""
    updated: int
    """Rows about someone who would change."""
    unchanged: int
    """Rows about someone already stored who would stay the same."""
    absent: pl.Series
    """The ids of the people at the school whom no row is about (String)."""
    present: int
    """The number of people stored whom a row is about."""

    @property
    def is_whole_school(self) -> bool:
        """Whether the file seems to be of the whole school: at least half of the people at the school are in it."""
        return len(self.absent) <= self.present

    @property
    def missing(self) -> int:
        """The number of people at the school whom no row is about, if the file seems to be of the whole school; otherwise 0."""
        return len(self.absent) if self.is_whole_school else 0

    @property
    def returned(self) -> pl.Series:
        """Boolean, one for each row of `changed`: whether the person had left, and comes back."""
        return self.before.select(HAS_LEFT).to_series()

    @property
    def people_after(self) -> pl.DataFrame:
        """Everyone in the file as they would be stored: the fields' keys (String)."""
        groups = (self.added, self.changed, self.unchanged_people)
        return pl.concat([people.select(self.added.columns) for people in groups])

    def with_changes(self, changed: pl.DataFrame, before: pl.DataFrame) -> "Plan":
        """The plan with changes to more people, who are in no row.

        Args:
            changed: The people as they would be: the columns of `changed`.
            before: The same people in the same order, as they are stored now.
        """
        return replace(
            self,
            changed=pl.concat([self.changed, changed.select(self.changed.columns)]),
            before=pl.concat([self.before, before.select(self.before.columns)]),
        )

    def new_groups(self, existing_groups: Collection[str]) -> tuple[str, ...]:
        """The names of the user groups that carrying out the plan would create, sorted.

        Args:
            existing_groups: The names of the groups that exist now.
        """
        if "user_group" not in self.added.columns:
            return ()
        named = {*self.added["user_group"], *self.changed["user_group"]}
        return tuple(sorted(named - {None, *existing_groups}))


def plan_import(
    kind: RecordKind, ready: pl.DataFrame, linkage: Linkage, stored: pl.DataFrame, existing: Existing
) -> Plan:
    """Work out what importing people would do.

    Args:
        kind: Whether they are students or staff.
        ready: The people without an error: `row` (UInt32) and the fields' keys (String).
        linkage: Whom the rows are about; each person has at most one row among those that are ready.
        stored: The people stored: `id` and the kind's `stored_keys` (String).
        existing: What to do with people already stored.
    """
    values = without_withheld(kind, ready, linkage.withheld)
    added = values.join(linkage.links, on="row", how="anti", maintain_order="left")
    linked = values.join(linkage.links, on="row", how="inner", maintain_order="left")
    known = linked.select("id")
    changed = stored.clear() if existing == "skip" else _changed(kind, linked, stored, existing)
    current = stored.filter(~HAS_LEFT)
    return Plan(
        added=added.select(kind.keys),
        added_rows=added["row"],
        changed=changed,
        before=changed.select("id").join(stored, on="id", how="left", maintain_order="left"),
        unchanged_people=stored.join(known, on="id", how="semi", maintain_order="left").join(
            changed, on="id", how="anti", maintain_order="left"
        ),
        updated=changed.height,
        unchanged=linked.height - changed.height,
        absent=current.join(known, on="id", how="anti", maintain_order="left")["id"],
        present=known.height,
    )


def without_withheld(kind: RecordKind, ready: pl.DataFrame, withheld: pl.DataFrame) -> pl.DataFrame:
    """The rows with blanks in place of what isn't to be stored."""
    if withheld.is_empty():
        return ready
    rows = {str(key): cells["row"] for (key,), cells in withheld.partition_by("field", as_dict=True).items()}
    return ready.with_columns(
        pl.when(~pl.col("row").is_in(rows[key].implode())).then(key).alias(key)
        for key in kind.keys
        if key in rows
    )


def _changed(
    kind: RecordKind, linked: pl.DataFrame, stored: pl.DataFrame, existing: Existing
) -> pl.DataFrame:
    """The people stored who would change, as they would be.

    Args:
        kind: Whether they are students or staff.
        linked: Rows with the `id` of their person: `row`, `id` and the fields' keys.
        stored: The people stored.
        existing: Whether the file's values or the stored ones come first.
    """
    both = linked.join(stored, on="id", how="left", suffix=".stored", maintain_order="left")
    both = both.filter(~(HAS_LEFT & lacks_rights(kind)))
    differs = pl.any_horizontal(
        HAS_LEFT, *(_merged(key, existing).ne_missing(pl.col(f"{key}.stored")) for key in kind.keys)
    )
    changed = both.filter(differs)
    merged = changed.with_columns(_merged(key, existing).alias(key) for key in kind.keys).select(
        stored.columns
    )
    returned = as_current(kind, merged)
    return pl.concat([merged.filter(~HAS_LEFT), returned.filter(merged.select(HAS_LEFT).to_series())])


def lacks_rights(kind: RecordKind) -> pl.Expr:
    """Whether the user group of a row isn't to be stored (Boolean): whoever had left has no rights, and gets none by it."""
    return USER_GROUP.col.is_null() if USER_GROUP.key in kind.keys else pl.lit(value=False)


def _merged(key: str, existing: Existing) -> pl.Expr:
    """The value that a person would have in a field: nothing that is stored becomes blank.

    Whoever had left has no user group any more, and comes back with the file's.
    """
    in_file, in_store = pl.col(key), pl.col(f"{key}.stored")
    if existing == "update":
        return pl.coalesce(in_file, in_store)
    kept = pl.coalesce(in_store, in_file)
    return pl.when(HAS_LEFT).then(in_file).otherwise(kept) if key == USER_GROUP.key else kept
