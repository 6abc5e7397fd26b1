"""The birth dates that a school has stored for the children of a file."""

import polars as pl

from backdrop_tui.records.fields.date_of_birth import DATE_OF_BIRTH, WRITTEN, written_parts
from backdrop_tui.records.fields.names import FIRST_NAME, FIRST_NAME_KEY, SURNAME, SURNAME_START
from backdrop_tui.records.fields.upn import UPN
from backdrop_tui.records.schema.columns import FilePeople
from backdrop_tui.records.schema.folded_names import folded, folded_starts
from backdrop_tui.records.schema.hashing import combined_keys, hash_keys, key_of

_UPN_KEY = key_of(UPN)
_NOBODY = pl.DataFrame(schema={"row": pl.UInt32, "stored": pl.Date})
_NAME = ("first", "last")


def stored_birth_dates(people: FilePeople, stored: pl.DataFrame) -> pl.DataFrame:
    """The stored birth dates of the children in some rows, for dates of which day and month could be swapped.

    A child is recognised by the UPN, or else by a name that only one stored child has.

    Returns:
        `row` (UInt32) and `stored` (Date), without rows in which nobody is recognised, or the date can't be swapped.
    """
    stored = stored.filter(DATE_OF_BIRTH.col.is_not_null())
    if stored.is_empty():
        return _NOBODY
    rows = people.frame(UPN, FIRST_NAME, SURNAME, WRITTEN, where=_may_be_stored(people, stored))
    birth = written_parts(WRITTEN.col)["born"]
    rows = rows.filter((birth.dt.day() <= 12) & (birth.dt.day() != birth.dt.month()))
    if rows.is_empty():
        return _NOBODY
    born = _with_folded_names(stored).with_columns(
        stored=DATE_OF_BIRTH.col.str.to_date("%Y-%m-%d", strict=False)
    )
    by_upn = _births(rows, born, [UPN.key], unique=False)
    by_name = _births(_with_folded_names(rows), born, list(_NAME), unique=True)
    return pl.concat([by_upn, by_name]).unique("row", keep="first", maintain_order=True)


def _with_folded_names(people: pl.DataFrame) -> pl.DataFrame:
    """People with their names folded, as `first` and `last` (String)."""
    names = people[FIRST_NAME.key], people[SURNAME.key]
    return people.with_columns(folded(name).alias(column) for name, column in zip(names, _NAME, strict=True))


def _may_be_stored(people: FilePeople, stored: pl.DataFrame) -> pl.Series:
    """Boolean, one for each row: whether its UPN, or its first name and the start of its surname, are those of someone stored.

    Numbers are compared first, because looking up a million texts takes much longer.
    """
    names = stored.select(FIRST_NAME.col, SURNAME.col).drop_nulls()
    starts = folded_starts(names[SURNAME.key])
    file_starts = people.values(SURNAME_START)
    if len(starts) > len(file_starts):  # as when one person is typed in: few names need folding
        is_likely = starts.is_in(file_starts.implode())
        names, starts = names.filter(is_likely), starts.filter(is_likely)
    stored_names = combined_keys(hash_keys(folded(names[FIRST_NAME.key])), starts)
    file_names = combined_keys(people.values(FIRST_NAME_KEY), file_starts)
    by_upn = people.values(_UPN_KEY).is_in(hash_keys(stored[UPN.key].drop_nulls()).implode())
    by_name = file_names.is_in(stored_names.implode())
    return by_upn.fill_null(value=False) | by_name.fill_null(value=False)


def _births(rows: pl.DataFrame, born: pl.DataFrame, identity: list[str], *, unique: bool) -> pl.DataFrame:
    """`row` and `stored`: the birth date of the stored child with a row's UPN, or with its name.

    Args:
        rows: `row`, UPN and names.
        born: The children stored, with `stored` (Date).
        identity: The columns that must agree.
        unique: Whether to leave out values that several stored children have.
    """
    children = born.select(*identity, "stored").drop_nulls()
    if unique:
        children = children.filter(pl.len().over(identity) == 1)
    matches = rows.select("row", *identity).join(children, on=identity, maintain_order="left")
    return matches.select("row", "stored").unique("row", keep="first", maintain_order=True)
