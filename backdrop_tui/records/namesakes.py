"""Rows of one file with the same name and birth date, whatever the spelling of the name: Zoë and Zoe are one name."""

import polars as pl

from backdrop_tui.records.fields.date_of_birth import DATE_OF_BIRTH
from backdrop_tui.records.fields.names import FIRST_NAME, FIRST_NAME_KEY, SURNAME, SURNAME_START
from backdrop_tui.records.linkage_problems import DUPLICATE_IN_FILE
from backdrop_tui.records.schema.columns import FilePeople
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.folded_names import folded
from backdrop_tui.records.schema.hashing import combined_keys, is_repeated, key_of
from backdrop_tui.records.schema.kind import AcrossRule, breaches
from backdrop_tui.records.schema.rules import row_list, sentence

_BIRTH_KEY = key_of(DATE_OF_BIRTH)


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
