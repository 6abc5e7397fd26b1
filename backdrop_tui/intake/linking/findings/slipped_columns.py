"""Columns whose values are a row away from where they belong, or belong to other rows altogether."""

from dataclasses import dataclass

import polars as pl

from backdrop_tui.intake.linking.decide import Decided
from backdrop_tui.intake.linking.finding_types import COLUMN_SLIPPED
from backdrop_tui.intake.linking.identities import Identity
from backdrop_tui.intake.linking.likeness import (
    FirstNames,
    compare_first_names,
)
from backdrop_tui.records.fields.names import FIRST_NAME, SURNAME
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.findings import Finding
from backdrop_tui.records.schema.folded_names import folded
from backdrop_tui.wording import counted, listed

_IN_SUCCESSION = 5
"""Rows one after the other that have their neighbour's value, from which a column has slipped."""
_SHARE, _LEAST = 0.05, 10
"""The share, and the number, of people stored who would get another value, above which the column can't be right."""
_NAMES = ("first_name", "first", "last", "born", "identifier")


@dataclass(frozen=True, eq=False)
class _Column:
    """A column that could have slipped."""

    field: Field
    """Its field."""
    name: str
    """The column with its values in a frame of identities."""
    ways: tuple[list[str], ...]
    """The columns by which a person can be told without it, in one way or another."""


@dataclass(frozen=True)
class _Slip:
    """What shows that a column has slipped."""

    rows: pl.Series
    """The rows with someone else's value (UInt32)."""
    people: int
    """The number of rows about people stored."""
    neighbours: str
    """The neighbour whose values the rows have: `above` or `below`; empty if it is neither."""


def slipped_columns(
    identity: Identity, rows: pl.DataFrame, people: pl.DataFrame, decided: Decided
) -> list[Finding]:
    """The finding that columns have slipped; none if none has.

    A person is told by the identifier, and once more by the other columns if they include a birth date, so that it shows which
    of them has slipped.

    Args:
        identity: What people are recognised by.
        rows: What `Identity.rows` returns.
        people: What `Identity.people` returns.
        decided: Who the rows are about.
    """
    everyone, known = _in_small_letters(rows), _in_small_letters(people)
    places = (~rows["row"].is_in(decided.unchanged.implode())).arg_true()
    if len(places) < _IN_SUCCESSION:
        return []
    others = everyone[places]
    slips: dict[Field, _Slip] = {}
    for column in _columns(identity):
        for way in column.ways:
            slip = _slip(column, everyone, places, _matched(others, known, way), known)
            if slip is not None:
                slips.setdefault(column.field, slip)
    if identity.identifier in slips:  # everything else only seems to belong to other people
        slips = {identity.identifier: slips[identity.identifier]}
    if not slips:
        return []
    affected = pl.concat([slip.rows for slip in slips.values()]).unique().sort()
    slip = max(slips.values(), key=lambda slip: len(slip.rows))
    whose = f"is stored for the row {slip.neighbours}" if slip.neighbours else "isn't the one stored for them"
    labels = listed(field.label for field in slips)
    message = (
        f"{labels}: in {len(slip.rows):,} of {counted(slip.people, 'row')} about people already stored, the value {whose}. "
        "Compare the file with the list that it comes from."
    )
    return [Finding(COLUMN_SLIPPED, message, affected, len(slip.rows), slip.people - len(slip.rows))]


def _columns(identity: Identity) -> list[_Column]:
    """The columns that could have slipped."""
    born = identity.birth_date
    by_identifier = ["identifier"]
    identifiers = _Column(identity.identifier, "identifier", (["first", "last", "born"],))
    if born is None:
        names = [_Column(FIRST_NAME, "first", (by_identifier,)), _Column(SURNAME, "last", (by_identifier,))]
        return [*names, identifiers]
    return [
        _Column(FIRST_NAME, "first", (by_identifier, ["last", "born"])),
        _Column(SURNAME, "last", (by_identifier, ["first", "born"])),
        _Column(born, "born", (by_identifier, ["first", "last"])),
        identifiers,
    ]


def _in_small_letters(people: pl.DataFrame) -> pl.DataFrame:
    """The columns that are compared here, with names in lower case as `first` and `last`: that is enough for whole columns."""
    return people.select(
        *(name for name in ("row", "id") if name in people.columns),
        "first_name",
        "born",
        "identifier",
        first=pl.col("first_name").str.to_lowercase(),
        last=pl.col("surname").str.to_lowercase(),
    )


def _matched(rows: pl.DataFrame, people: pl.DataFrame, way: list[str]) -> pl.DataFrame:
    """Rows with what is stored for the person who alone has the same values in some columns.

    Returns:
        `rows` and the person's columns as `NAME.stored`; null where nobody is the only one.
    """
    possible = people.select(_NAMES).join(rows.select(way), on=way, how="semi")
    single = possible.filter(pl.len().over(way) == 1)
    stored = single.select(*way, *(pl.col(name).alias(f"{name}.stored") for name in _NAMES))
    return rows.join(stored, on=way, how="left", maintain_order="left")


def _slip(
    column: _Column, everyone: pl.DataFrame, places: pl.Series, matched: pl.DataFrame, stored: pl.DataFrame
) -> _Slip | None:
    """What shows that a column has slipped; None if nothing does.

    Args:
        column: The column.
        everyone: All rows, in order.
        places: Where those of them are that aren't as they are stored.
        matched: These rows, with what is stored for each.
        stored: Everyone stored.
    """
    of_person = f"{column.name}.stored"
    people = everyone.height - len(places) + int(matched[of_person].is_not_null().sum())
    different = places.filter(matched[column.name] != matched[of_person])
    if len(different) < _IN_SUCCESSION:
        return None
    value = everyone[column.name]
    own_value = value.clone().scatter(places, matched[of_person])  # it changes the series itself
    for neighbours, offset in (("above", -1), ("below", 1)):
        # Few rows are different, so most files need no look at all rows in order.
        beside = (different.cast(pl.Int64) + offset).clip(0, len(own_value) - 1)
        if (value.gather(different) == own_value.gather(beside)).sum() < _IN_SUCCESSION:
            continue
        slipped = _have_neighbours_value(everyone["row"], value, own_value, -offset)
        if slipped is not None:
            return _Slip(slipped, people, neighbours)
    if people * 2 < everyone.height or not _are_many(len(different), people):
        return None
    changed = _changed(column, matched, stored)
    return _Slip(changed, people, "") if _are_many(len(changed), people) else None


def _are_many(changed: int, people: int) -> bool:
    """Whether so many of the people stored would get another value that the column can't be right."""
    return changed > people * _SHARE and changed >= _LEAST


def _have_neighbours_value(
    rows: pl.Series, value: pl.Series, own_value: pl.Series, offset: int
) -> pl.Series | None:
    """The rows with what is stored for their neighbour (UInt32), if enough of them follow each other; otherwise None.

    Args:
        rows: The rows, in order (UInt32).
        value: What each has in a column.
        own_value: What is stored for each; null where nobody is.
        offset: 1 for the row above, -1 for the row below.
    """
    neighbour = own_value.shift(offset)
    is_slipped = ((value == neighbour) & (value != own_value)).fill_null(value=False)
    counting = pl.DataFrame({"row": rows, "is_slipped": is_slipped}).filter(
        (own_value != neighbour).fill_null(value=False)
    )
    slipped = counting.with_columns(run=pl.col("is_slipped").rle_id()).filter("is_slipped")
    long_enough = slipped.filter(pl.len().over("run") >= _IN_SUCCESSION).height
    return slipped["row"] if long_enough else None


def _changed(column: _Column, matched: pl.DataFrame, stored: pl.DataFrame) -> pl.Series:
    """The rows whose value isn't merely another form of what is stored, or a new identifier (UInt32)."""
    value, own_value = pl.col(column.name), pl.col(f"{column.name}.stored")
    different = matched.filter(value != own_value)
    exchanged = (pl.col("first") == pl.col("last.stored")) & (pl.col("last") == pl.col("first.stored"))
    different = different.filter(~exchanged)
    if column.name == "identifier":
        return different.join(stored, on="identifier", how="semi", maintain_order="left")["row"]
    if column.name == "first":
        names = [different["first_name"], different["first_name.stored"]]
        as_folded = [
            folded(name).alias(column) for name, column in zip(names, ("first", "first.stored"), strict=True)
        ]
        return different.filter(compare_first_names(different.with_columns(as_folded)) == FirstNames.UNLIKE)[
            "row"
        ]
    if column.name == "born":
        swapped = (
            (value.dt.year() == own_value.dt.year())
            & (value.dt.month() == own_value.dt.day())
            & (value.dt.day() == own_value.dt.month())
        )
        return different.filter(~swapped)["row"]
    return different["row"]
