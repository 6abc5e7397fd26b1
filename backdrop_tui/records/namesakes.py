"""Rows of one file with the same name and birth date, whatever the spelling of the name: Zoë and Zoe are one name."""

import polars as pl

from backdrop_tui.records.fields.date_of_birth import DATE_OF_BIRTH
from backdrop_tui.records.fields.names import FIRST_NAME, SURNAME
from backdrop_tui.records.linkage_problems import DUPLICATE_IN_FILE
from backdrop_tui.records.schema.columns import DerivedColumn, FilePeople
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.hashing import combined_keys, hash_key, is_repeated, key_of
from backdrop_tui.records.schema.kind import AcrossRule, breaches
from backdrop_tui.records.schema.rules import STORED, row_list, sentence
from backdrop_tui.records.texts.folded_names import folded, folded_starts

_BIRTH_KEY = key_of(DATE_OF_BIRTH)


def _folded_key(_context: Context) -> pl.Expr:
    return hash_key(STORED.map_batches(folded, return_dtype=pl.String))


def _folded_start(_context: Context) -> pl.Expr:
    return STORED.map_batches(folded_starts, return_dtype=pl.UInt32)


FIRST_NAME_KEY = DerivedColumn(FIRST_NAME, "namesake_key", _folded_key)
"""The hash keys of first names, folded."""
SURNAME_START = DerivedColumn(SURNAME, "folded_start", _folded_start)
"""The first two letters of surnames, folded, by which most surnames differ."""


def _namesakes(people: FilePeople, _stored: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Rows with the same name and birth date."""
    # Few rows have all of these in common with another: only their names are folded.
    keys = map(people.values, (FIRST_NAME_KEY, SURNAME_START, _BIRTH_KEY))
    likely = people.frame(
        FIRST_NAME, SURNAME, DATE_OF_BIRTH, where=is_repeated(combined_keys(*keys))
    ).drop_nulls()
    names = likely.select(
        "row",
        folded(likely[FIRST_NAME.key]).alias("first"),
        folded(likely[SURNAME.key]).alias("last"),
        born=DATE_OF_BIRTH.col,
    )
    identity = ("first", "last", "born")
    rows = names.group_by(identity).agg(rows=pl.col("row").sort()).filter(pl.col("rows").list.len() > 1)
    in_words = rows.with_columns(row_list(pl.col("rows"), context.row_names))
    return breaches(
        names.join(in_words, on=list(identity)),
        sentence(
            "Rows {} have the same name and date of birth. Check whether they are the same student.",
            pl.col("rows"),
        ),
    )


NAMESAKES = AcrossRule(DUPLICATE_IN_FILE, None, _namesakes)
"""Rows with the same name and birth date, as a warning: they may be different people."""
