"""Rows of one file that may be one person: they are about the same person stored, or have the same name and birth date."""

import polars as pl

from backdrop_tui.intake.linking.decide import Decided
from backdrop_tui.intake.linking.identities import Identity, with_folded_names
from backdrop_tui.records.schema.hashing import hash_keys, is_repeated


def duplicate_rows(
    identity: Identity, rows: pl.DataFrame, decided: Decided, new: frozenset[int]
) -> pl.DataFrame:
    """Rows that can't all be stored, because they seem to be one person.

    Args:
        identity: What people are recognised by.
        rows: What `Identity.rows` returns.
        decided: Who the rows are about.
        new: Rows about someone who isn't stored, as the user has said.

    Returns:
        `row` (UInt32) and `rows` (List of UInt32: all rows of that person, ascending).
    """
    linked = decided.links.filter(is_repeated(hash_keys(decided.links["id"]))).filter(
        pl.col("id").is_duplicated()
    )
    of_one = linked.group_by("id").agg(rows=pl.col("row").sort())
    by_link = linked.join(of_one, on="id").select("row", "rows")
    settled = pl.concat([by_link["row"], pl.Series(sorted(new), dtype=pl.UInt32)])
    names = ["first", "last", "born"]
    if identity.birth_date is not None:  # otherwise, the name alone is enough
        exact = decided.pairs.filter("is_exact")
        of_them = decided.links.join(exact, on="id", how="semi")
        rows = rows.filter(pl.col("row").is_in(pl.concat([exact["row"], of_them["row"]]).unique().implode()))
    namesakes = (
        with_folded_names(rows)
        .filter(~pl.col("row").is_in(settled.implode()))
        .join(decided.links, on="row", how="left")
        .filter(pl.len().over(names) > 1)
        # Rows about different people stored are different people.
        .filter(pl.col("id").is_null().any().over(names))
    )
    of_name = namesakes.group_by(names).agg(rows=pl.col("row").sort())
    # A row about which there is another question is asked about only once.
    asked = pl.col("row").is_in(decided.offered["row"].implode())
    by_name = namesakes.filter(~asked).join(of_name, on=names).select("row", "rows")
    return pl.concat([by_link, by_name]).sort("row")
