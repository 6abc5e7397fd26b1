"""Cells of rows that aren't stored, because what is stored is better, or because someone else has it."""

import polars as pl

from backdrop_tui.intake.linking.answers import Answers
from backdrop_tui.intake.linking.decide import Decided, holders_of
from backdrop_tui.intake.linking.identities import Identity
from backdrop_tui.intake.linking.row_problems import problems_of
from backdrop_tui.intake.linking.spelling import keeps_stored
from backdrop_tui.records.fields.names import FIRST_NAME, SURNAME
from backdrop_tui.records.linkage_problems import EMAIL_KEPT, UPN_KEPT
from backdrop_tui.records.schema.rules import sentence


def withheld_identifiers(
    identity: Identity, decided: Decided, answers: Answers
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows whose identifier isn't stored: because someone else has it, or because it is temporary and theirs is permanent.

    Returns:
        For each reason `row` (UInt32), and `identifier` and `identifier.stored` (String).
    """
    columns = ["row", "identifier", "identifier.stored"]
    holders = holders_of(decided.pairs)
    linked = decided.links.join(holders, on="row", suffix=".holder").filter(
        pl.col("id") != pl.col("id.holder")
    )
    new = holders.filter(pl.col("row").is_in(sorted(answers.new))).join(decided.links, on="row", how="anti")
    of_holders = decided.pairs.filter(pl.col("identifier") == pl.col("identifier.stored"))
    foreign = of_holders.join(pl.concat([linked["row"], new["row"]]).to_frame(), on="row", how="semi")
    is_kept = identity.is_temporary("identifier") & ~identity.is_temporary("identifier.stored")
    temporary = decided.linked_pairs.filter(is_kept).join(foreign, on="row", how="anti")
    return foreign.select(columns), temporary.select(columns)


def kept_identifiers(
    identity: Identity, foreign: pl.DataFrame, temporary: pl.DataFrame
) -> list[pl.DataFrame]:
    """What is reported about rows whose identifier isn't stored."""
    field, singular = identity.identifier, identity.kind.singular
    problem = UPN_KEPT if field.key == "upn" else EMAIL_KEPT
    key, value = pl.lit(field.key), pl.col("identifier")
    of_another = f"This {identity.identifier_in_words} is stored for another {singular}, so it will not be stored for this one."
    is_permanent = sentence(
        f"This UPN is temporary. It will not be stored, because the {singular} has the permanent one {{}}.",
        pl.col("identifier.stored"),
    )
    return [
        problems_of(foreign.unique("row", maintain_order=True), problem, pl.lit(of_another), key, value),
        problems_of(temporary, problem, is_permanent, key, value),
    ]


def withheld_spellings(decided: Decided) -> pl.DataFrame:
    """The names whose stored spelling stays: `row` (UInt32) and `field` (String)."""
    names = ((FIRST_NAME.key, "first"), (SURNAME.key, "last"))
    return pl.concat(
        decided.linked_pairs.filter(
            pl.col(folded) == pl.col(f"{folded}.stored"), pl.col(key) != pl.col(f"{key}.stored")
        )
        .filter(keeps_stored(key, f"{key}.stored"))
        .select("row", field=pl.lit(key))
        for key, folded in names
    )
