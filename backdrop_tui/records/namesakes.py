"""Rows of one file with the same name and birth date, whatever the spelling of the name: Zoë and Zoe are one name."""

import polars as pl

from backdrop_tui.records.fields.date_of_birth import DATE_OF_BIRTH
from backdrop_tui.records.fields.names import FIRST_NAME, SURNAME, start_of
from backdrop_tui.records.linkage_problems import DUPLICATE_IN_FILE
from backdrop_tui.records.schema.columns import DerivedColumn, FilePeople
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.hashing import combined_keys, hash_key, is_repeated, key_of
from backdrop_tui.records.schema.kind import AcrossRule, breaches
from backdrop_tui.records.schema.rules import STORED, row_list, sentence
from backdrop_tui.records.texts.folded_names import folded

_BIRTH_KEY = key_of(DATE_OF_BIRTH)
_SURNAME_START = start_of(SURNAME)
_LETTERS = range(ord("a"), ord("z") + 1)


def _folded_key(_context: Context) -> pl.Expr:
    return hash_key(STORED.map_batches(folded, return_dtype=pl.String))


_FIRST_NAME_KEY = DerivedColumn(FIRST_NAME, "namesake_key", _folded_key)


def _namesakes(people: FilePeople, _stored: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Rows with the same name and birth date."""
    likely = people.frame(FIRST_NAME, SURNAME, DATE_OF_BIRTH, where=_may_have_namesake(people)).drop_nulls()
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


def _may_have_namesake(people: FilePeople) -> pl.Series:
    """Whether another row has a row's first name, birth date, and the start of its surname (Boolean).

    A start that folding could change (Ö, O') may be the same as any other; few surnames have one.
    """
    first_names, starts, births = map(people.values, (_FIRST_NAME_KEY, _SURNAME_START, _BIRTH_KEY))
    others = combined_keys(first_names, births)
    letters = starts.is_in([first * 256 + second for first in _LETTERS for second in _LETTERS])
    of_unsure = others.filter(~letters).unique()
    return is_repeated(combined_keys(others, starts)) | others.is_in(of_unsure.implode())


NAMESAKES = AcrossRule(DUPLICATE_IN_FILE, None, _namesakes)
"""Rows with the same name and birth date, as a warning: they may be different people."""
