"""Changes to a frame of people, with TinyDB's number in the column `NUMBER`."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from backdrop_tui.store.errors import PeopleChangedError
from backdrop_tui.store.new_ids import new_ids
from backdrop_tui.store.tinydb.journal import Change
from backdrop_tui.store.tinydb.people_text import NUMBER, documents_frame, people_schema

_PLACE = "_place"
_FEW = 8
"""The number of rows up to which they are put in one by one, which copies nobody else."""
_MOST_CHUNKS = 64
"""The number of pieces from which a frame is made one piece again."""


def with_changes(people: pl.DataFrame, changes: Sequence[Change], keys: Sequence[str]) -> pl.DataFrame:
    """People with changes applied, in the order that the same changes would leave in a dict."""
    dropped: set[int] = set()
    documents: dict[int, dict[str, Any]] = {}
    for change in changes:
        if change.document is None:
            dropped.add(change.number)
            documents.pop(change.number, None)
        else:
            documents[change.number] = change.document
    if dropped:
        people = people.remove(pl.col(NUMBER).is_in(dropped))
    return upsert(people, documents_frame(documents, keys))


def upsert(people: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Replace people by the rows with the same number, in their places; rows with a new number go to the end."""
    if rows.is_empty():
        return people
    if rows.height <= _FEW:
        for row in rows.iter_slices(1):
            people = _with_one(people, row)
        return people.rechunk() if people.n_chunks() > _MOST_CHUNKS else people
    places = people.select(NUMBER).with_row_index(_PLACE)
    placed = rows.join(places, on=NUMBER, how="left", maintain_order="left")
    known = placed.filter(pl.col(_PLACE).is_not_null())
    new = placed.filter(pl.col(_PLACE).is_null()).drop(_PLACE)
    if not known.is_empty():
        kept = people.with_row_index(_PLACE).join(known, on=NUMBER, how="anti", maintain_order="left")
        people = pl.concat([kept, known.select(kept.columns)]).sort(_PLACE).drop(_PLACE)
    return pl.concat([people, new]).rechunk()


def _with_one(people: pl.DataFrame, row: pl.DataFrame) -> pl.DataFrame:
    """Replace one person in their place, or add them at the end."""
    place = place_of(people[NUMBER], row[NUMBER].item())
    # Several times as fast as `concat`, and copying as little.
    if place is None:
        return people.vstack(row)
    return people[:place].vstack(row).vstack(people[place + 1 :])


def place_of(column: pl.Series, value: object) -> int | None:
    """The first place of a value in a column; None if it isn't there. Takes half the time of `index_of`."""
    is_value = column == value
    return is_value.arg_max() if is_value.any() else None


def _gone() -> PeopleChangedError:
    return PeopleChangedError(
        "Someone who was to be changed is no longer stored. Check the list and try again."
    )


def highest_number(people: pl.DataFrame) -> int:
    """The highest of TinyDB's numbers; 0 if there is nobody."""
    highest = people[NUMBER].max()
    return highest if isinstance(highest, int) else 0


def without(people: pl.DataFrame, removed: Sequence[str]) -> pl.DataFrame:
    """The people without those to be removed. Raises `PeopleChangedError` unless all of them are there."""
    if not len(removed):
        return people
    ids = pl.Series("id", removed, dtype=pl.String).unique()
    rest = people.join(ids.to_frame(), on="id", how="anti", maintain_order="left")
    if people.height - rest.height != len(ids):
        raise _gone()
    return rest


def with_changed(people: pl.DataFrame, changed: pl.DataFrame) -> pl.DataFrame:
    """The people with whole rows replaced. Raises `PeopleChangedError` unless all of them are there."""
    if changed["id"].is_duplicated().any():
        raise ValueError("the same person is to be changed twice")
    # An inner join looks up the few among the many, a left one the other way round.
    rows = changed.join(people.select("id", NUMBER), on="id", maintain_order="left")
    if rows.height < changed.height:
        raise _gone()
    return upsert(people, rows.select(people.columns))


def numbered(added: pl.DataFrame | None, keys: Sequence[str], highest: int) -> pl.DataFrame:
    """New people with `people_schema(keys)`: an id for each who has none, and numbers after the highest one."""
    if added is None:
        return people_schema(keys).to_frame()
    ids = added["id"] if "id" in added.columns else new_ids(added.height)
    if ids.null_count():
        ids = ids.fill_null(new_ids(added.height))
    numbers = pl.int_range(highest + 1, highest + 1 + added.height, dtype=pl.Int64).alias(NUMBER)
    return added.with_columns(ids, numbers).select(NUMBER, pl.col(keys).cast(pl.String))


def with_added(people: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """The people followed by new ones. Raises `PeopleChangedError` if one of them is there already."""
    if rows.is_empty():
        return people
    everyone = pl.concat([people, rows])
    if everyone["id"].n_unique() < everyone.height:
        raise PeopleChangedError(
            "Someone who was to be added is already stored. Check the list and try again."
        )
    return everyone
