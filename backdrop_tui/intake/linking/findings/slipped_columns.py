"""Columns whose values are a row away from where they belong, or belong to other rows altogether."""

from collections.abc import Sequence
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
_ODD_MULTIPLIER = 0x9E37_79B9_7F4A_7C15
_SHARE, _LEAST = 0.05, 10
"""The share, and the number, of people stored who would get another value, above which the column can't be right."""


@dataclass(frozen=True, eq=False)
class _Column:
    """A column that could have slipped."""

    field: Field
    """Its field."""
    name: str
    """The column with its values in a frame of identities."""
    ways: tuple[tuple[str, ...], ...]
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
    places = (~rows["row"].is_in(decided.unchanged.implode())).arg_true()
    if len(places) < _IN_SUCCESSION:
        return []
    compared = _Compared(rows, people, places)
    slips: dict[Field, _Slip] = {}
    for column in _columns(identity):
        for way in column.ways:
            slip = _slip(column, compared, compared.matched(way))
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
    by_identifier = ("identifier",)
    identifiers = _Column(identity.identifier, "identifier", (("first", "last", "born"),))
    if born is None:
        names = [_Column(FIRST_NAME, "first", (by_identifier,)), _Column(SURNAME, "last", (by_identifier,))]
        return [*names, identifiers]
    return [
        _Column(FIRST_NAME, "first", (by_identifier, ("last", "born"))),
        _Column(SURNAME, "last", (by_identifier, ("first", "born"))),
        _Column(born, "born", (by_identifier, ("first", "last"))),
        identifiers,
    ]


class _Compared:
    """The rows of a file and the people stored, as numbers: comparing those takes a fraction of the time of comparing texts.

    Names are compared in lower case: that is enough for whole columns.
    """

    def __init__(self, rows: pl.DataFrame, people: pl.DataFrame, places: pl.Series) -> None:
        """Get ready to compare.

        Args:
            rows: What `Identity.rows` returns.
            people: What `Identity.people` returns.
            places: Where the rows are that aren't as they are stored.
        """
        self.rows = rows
        self.people = people
        self.places = places
        self.everyone = _numbers(rows)
        """`first`, `last`, `born` and `identifier` of all rows, in order."""
        self.stored = _numbers(people)
        """The same of everyone stored."""
        self.others = self.everyone[places]
        """The same of the rows at `places`."""
        self._matched: dict[tuple[str, ...], pl.Series] = {}

    def matched(self, way: tuple[str, ...]) -> pl.Series:
        """The place in `people` of the one person who has the same values in some columns, for each of `others`; null if nobody is alone in that (UInt32)."""
        if way not in self._matched:
            keys = self.others.select(key=_combined(way))
            known = self.stored.select(key=_combined(way)).with_row_index("place").drop_nulls()
            single = known.join(keys, on="key", how="semi").filter(pl.col("key").is_unique())
            self._matched[way] = keys.join(single, on="key", how="left", maintain_order="left")["place"]
        return self._matched[way]

    def texts(self, matched: pl.Series, where: pl.Series) -> pl.DataFrame:
        """Some of the rows at `places`, with the columns of `rows`, and those of the people matched as `NAME.stored`."""
        theirs = self.people[matched.filter(where)].select(
            pl.col("first_name", "surname", "born", "identifier").name.suffix(".stored")
        )
        return self.rows[self.places.filter(where)].hstack(theirs)


def _numbers(people: pl.DataFrame) -> pl.DataFrame:
    """A number (UInt64) for each value of the columns that are compared here; null where there is no identifier."""
    identifier = pl.col("identifier")
    return people.select(
        first=pl.col("first_name").str.to_lowercase().hash(),
        last=pl.col("surname").str.to_lowercase().hash(),
        born=pl.col("born").hash(),
        identifier=pl.when(identifier.is_not_null()).then(identifier.hash()),
    )


def _combined(columns: Sequence[str]) -> pl.Expr:
    """One number for several columns of numbers (all UInt64); null where one of them is null."""
    combined = pl.col(columns[0])
    for column in columns[1:]:
        combined = combined * _ODD_MULTIPLIER ^ pl.col(column)
    return combined


def _slip(column: _Column, compared: _Compared, matched: pl.Series) -> _Slip | None:
    """What shows that a column has slipped; None if nothing does.

    Args:
        column: The column.
        compared: The rows and the people stored.
        matched: The place of the person who is told without this column, for each row that isn't as it is stored.
    """
    everyone, places = compared.everyone, compared.places
    own_values = compared.stored[column.name][matched]
    people = everyone.height - len(places) + len(matched) - matched.null_count()
    is_different = (compared.others[column.name] != own_values).fill_null(value=False)
    different = places.filter(is_different)
    if len(different) < _IN_SUCCESSION:
        return None
    value = everyone[column.name]
    own_value = value.clone().scatter(places, own_values)  # it changes the series itself
    for neighbours, offset in (("above", -1), ("below", 1)):
        # Few rows are different, so most files need no look at all rows in order.
        beside = (different.cast(pl.Int64) + offset).clip(0, len(own_value) - 1)
        if (value[different] == own_value[beside]).sum() < _IN_SUCCESSION:
            continue
        slipped = _have_neighbours_value(compared.rows["row"], value, own_value, -offset)
        if slipped is not None:
            return _Slip(slipped, people, neighbours)
    if people * 2 < everyone.height or not _are_many(len(different), people):
        return None
    changed = _changed(column, compared.texts(matched, is_different), compared.people)
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


def _changed(column: _Column, different: pl.DataFrame, stored: pl.DataFrame) -> pl.Series:
    """The rows whose value isn't merely another form of what is stored, or a new identifier (UInt32).

    Args:
        column: The column.
        different: The rows with another value than their person; see `_Compared.texts`.
        stored: Everyone stored.
    """
    first, last = (pl.col(name).str.to_lowercase() for name in ("first_name", "surname"))
    exchanged = (first == pl.col("surname.stored").str.to_lowercase()) & (
        last == pl.col("first_name.stored").str.to_lowercase()
    )
    different = different.filter(~exchanged)
    if column.name == "identifier":
        return different.join(stored, on="identifier", how="semi", maintain_order="left")["row"]
    if column.name == "first":
        names = different.with_columns(
            folded(different[name]).alias(to)
            for name, to in (("first_name", "first"), ("first_name.stored", "first.stored"))
        )
        return different.filter(compare_first_names(names) == FirstNames.UNLIKE)["row"]
    if column.name == "born":
        value, own_value = pl.col("born"), pl.col("born.stored")
        swapped = (
            (value.dt.year() == own_value.dt.year())
            & (value.dt.month() == own_value.dt.day())
            & (value.dt.day() == own_value.dt.month())
        )
        return different.filter(~swapped)["row"]
    return different["row"]
