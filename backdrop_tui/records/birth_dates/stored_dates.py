"""The birth dates that a school has stored for the children of a file."""

import polars as pl

from backdrop_tui.records.fields.date_of_birth import DATE_OF_BIRTH, WRITTEN, written_parts
from backdrop_tui.records.fields.names import FIRST_NAME, SURNAME
from backdrop_tui.records.fields.upn import UPN
from backdrop_tui.records.schema.columns import FilePeople
from backdrop_tui.records.schema.hashing import folded_key_of, hash_keys, key_of

_UPN_KEY = key_of(UPN)
_FIRST_NAME_KEY = folded_key_of(FIRST_NAME)
_NAME = (FIRST_NAME.col.str.to_lowercase(), SURNAME.col.str.to_lowercase())


def stored_birth_dates(people: FilePeople, stored: pl.DataFrame) -> pl.Series | None:
    """The stored birth date of the child in each row (Date), for dates of which day and month could be swapped.

    A child is recognised by the UPN, or else by a name that only one stored child has.

    Returns:
        Null where nobody is recognised, or the date can't be swapped; None if that is so in every row.
    """
    born = stored.select(*_NAME, UPN.col, stored=DATE_OF_BIRTH.col.str.to_date("%Y-%m-%d", strict=False))
    born = born.filter(pl.col("stored").is_not_null())
    if born.is_empty():
        return None
    rows = people.frame(UPN, FIRST_NAME, SURNAME, where=_may_be_stored(people, born))
    by_upn = _births(rows, born, (UPN.col,), unique=False)
    by_name = _births(rows, born, _NAME, unique=True)
    births = pl.concat([by_upn, by_name]).unique("row", keep="first", maintain_order=True)
    if births.is_empty():
        return None
    return people.frame().join(births, on="row", how="left", maintain_order="left")["stored"]


def _may_be_stored(people: FilePeople, born: pl.DataFrame) -> pl.Series:
    """Boolean, one for each row: whether its date can be swapped, and its UPN or name looks like that of someone stored.

    Numbers are compared first, because looking up a million texts takes much longer.
    """
    birth = written_parts(WRITTEN.col)["born"]
    day, month = birth.dt.day(), birth.dt.month()
    name_keys = hash_keys(born[FIRST_NAME.key].drop_nulls())
    return people.frame(WRITTEN, _UPN_KEY, _FIRST_NAME_KEY).select(
        (day <= 12)
        & (day != month)
        & (
            _UPN_KEY.col.is_in(hash_keys(born[UPN.key].drop_nulls()).implode())
            | _FIRST_NAME_KEY.col.is_in(name_keys.implode())
        )
    ).to_series()  # fmt: skip


def _births(
    rows: pl.DataFrame, born: pl.DataFrame, identity: tuple[pl.Expr, ...], *, unique: bool
) -> pl.DataFrame:
    """`row` and `stored`: the birth date of the stored child with a row's UPN, or with its name.

    Args:
        rows: `row` and the fields' stored forms.
        born: The children stored, with `stored` (Date), and names in lower case.
        identity: The values that must agree.
        unique: Whether to leave out values that several stored children have.
    """
    children = born.select(*identity, "stored").drop_nulls()
    keys = children.columns[:-1]
    if unique:
        children = children.filter(pl.len().over(keys) == 1)
    matches = rows.select("row", *identity).join(children, on=keys, maintain_order="left")
    return matches.select("row", "stored").unique("row", keep="first", maintain_order=True)
