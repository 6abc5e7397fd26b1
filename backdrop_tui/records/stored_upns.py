"""Suggestions for faulty UPNs: the stored UPN of the same child, if it is one mistake away."""

import polars as pl

from backdrop_tui.records.fields.date_of_birth import DATE_OF_BIRTH
from backdrop_tui.records.fields.names import FIRST_NAME, SURNAME
from backdrop_tui.records.fields.upn import UPN, UPN_CHECK_LETTER, UPN_FORMAT, UPN_LENGTH, without_separators
from backdrop_tui.records.leaving import current_people
from backdrop_tui.records.schema.columns import FilePeople
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.hashing import hash_keys, key_of
from backdrop_tui.records.schema.kind import SuggestionRule
from backdrop_tui.records.schema.rules import POSSIBLE

_UPN_KEY = key_of(UPN)
_NAME = {
    "first_name": FIRST_NAME.col.str.to_lowercase(),
    "surname": SURNAME.col.str.to_lowercase(),
}


def _of_namesakes(
    faulty: pl.DataFrame, people: FilePeople, stored: pl.DataFrame, _context: Context
) -> pl.DataFrame:
    """The UPN of the child at the school with a row's name, if the row's faulty UPN has no suggestion and is one mistake away from it.

    If several stored children of that name have such a UPN, the date of birth decides; if it doesn't, there is none. Nor is
    there one if another row of the file has that UPN.
    """
    faulty = faulty.filter(pl.col("suggestion").is_null())
    if stored.is_empty() or faulty.is_empty():
        return faulty.select("row", "suggestion", "sure").clear()
    rows = people.frame_at(faulty["row"], FIRST_NAME, SURNAME, DATE_OF_BIRTH)
    rows = rows.select("row", **_NAME, born=DATE_OF_BIRTH.col).join(faulty.select("row", "value"), on="row")
    children = current_people(stored).select(**_NAME, stored_upn=UPN.col, stored_born=DATE_OF_BIRTH.col)
    namesakes = rows.join(children.drop_nulls("stored_upn"), on=list(_NAME))
    close = namesakes.filter(_one_mistake_away(namesakes)).with_columns(
        same_birth=(pl.col("born") == pl.col("stored_born")).fill_null(value=False)
    )
    likeliest = close.filter(pl.col("same_birth") | ~pl.col("same_birth").any().over("row"))
    only_ones = likeliest.filter(pl.len().over("row") == 1).select(
        "row", suggestion="stored_upn", sure=POSSIBLE
    )
    return only_ones.join(_in_file(people, only_ones["suggestion"]), on="suggestion", how="anti")


def _in_file(people: FilePeople, upns: pl.Series) -> pl.DataFrame:
    """`suggestion` (String): those of some UPNs that rows of the file have."""
    likely = people.values(_UPN_KEY).is_in(hash_keys(upns).implode())
    return people.frame(UPN, where=likely).select(suggestion=UPN.col)


def _one_mistake_away(pairs: pl.DataFrame) -> pl.Series:
    """Whether each `value` is at most one mistake away from its `stored_upn` (Boolean).

    A mistake is a character replaced, left out or added, or two neighbours swapped.
    """
    from rapidfuzz import distance  # noqa: PLC0415 - most files have no faulty UPN

    texts = pairs.select(without_separators(pl.col("value").str.to_uppercase()), "stored_upn")
    return pl.Series(
        [distance.OSA.distance(*pair, score_cutoff=1) <= 1 for pair in texts.iter_rows()], dtype=pl.Boolean
    )


STORED_UPN = SuggestionRule(UPN, frozenset({UPN_LENGTH, UPN_FORMAT, UPN_CHECK_LETTER}), _of_namesakes)
"""Suggests the UPN that the same child is stored with, if the faulty one is one mistake away from it."""
