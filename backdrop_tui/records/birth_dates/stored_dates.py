"""The birth dates that a school has stored for the children of a file."""

import polars as pl

from backdrop_tui.records.fields.date_of_birth import DATE_OF_BIRTH, WRITTEN, written_parts
from backdrop_tui.records.fields.names import FIRST_NAME, SURNAME, start_of
from backdrop_tui.records.fields.upn import UPN
from backdrop_tui.records.schema.columns import FilePeople
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.hashing import combined_keys, folded_key_of, hash_keys, key_of

_UPN_KEY = key_of(UPN)
_FIRST_NAME_KEY = folded_key_of(FIRST_NAME)
_SURNAME_START = start_of(SURNAME)
_NOBODY = pl.DataFrame(schema={"row": pl.UInt32, "stored": pl.Date})
_NAME = (FIRST_NAME.col.str.to_lowercase(), SURNAME.col.str.to_lowercase())


def stored_birth_dates(people: FilePeople, stored: pl.DataFrame, context: Context) -> pl.DataFrame:
    """The stored birth dates of the children in some rows, for dates of which day and month could be swapped.

    A child is recognised by the UPN, or else by a name that only one stored child has.

    Returns:
        `row` (UInt32) and `stored` (Date), without rows in which nobody is recognised, or the date can't be swapped.
    """
    stored = stored.filter(DATE_OF_BIRTH.col.is_not_null())
    if stored.is_empty():
        return _NOBODY
    rows = people.frame(UPN, FIRST_NAME, SURNAME, WRITTEN, where=_may_be_stored(people, stored, context))
    birth = written_parts(WRITTEN.col)["born"]
    rows = rows.filter((birth.dt.day() <= 12) & (birth.dt.day() != birth.dt.month()))
    if rows.is_empty():
        return _NOBODY
    born = stored.select(*_NAME, UPN.col, stored=DATE_OF_BIRTH.col.str.to_date("%Y-%m-%d", strict=False))
    by_upn = _births(rows, born, (UPN.col,), unique=False)
    by_name = _births(rows, born, _NAME, unique=True)
    return pl.concat([by_upn, by_name]).unique("row", keep="first", maintain_order=True)


def _may_be_stored(people: FilePeople, stored: pl.DataFrame, context: Context) -> pl.Series:
    """Boolean, one for each row: whether its UPN, or its first name and the start of its surname, are those of someone stored.

    Numbers are compared first, because looking up a million texts takes much longer.
    """
    names = stored.select(FIRST_NAME.col.str.to_lowercase(), stored=SURNAME.col).drop_nulls()
    starts = names.select(_SURNAME_START.values(context)).to_series()
    stored_names = combined_keys(hash_keys(names[FIRST_NAME.key]), starts)
    file_names = combined_keys(people.values(_FIRST_NAME_KEY), people.values(_SURNAME_START))
    by_upn = people.values(_UPN_KEY).is_in(hash_keys(stored[UPN.key].drop_nulls()).implode())
    by_name = file_names.is_in(stored_names.implode())
    return by_upn.fill_null(value=False) | by_name.fill_null(value=False)


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
