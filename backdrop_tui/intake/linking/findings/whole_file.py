"""What comparing a whole file with the people stored shows."""

import polars as pl

from backdrop_tui.intake.linking.decide import Decided
from backdrop_tui.intake.linking.findings.another_school import another_school
from backdrop_tui.intake.linking.findings.name_columns import (
    first_names_alike,
    names_exchanged,
    spellings_kept,
)
from backdrop_tui.intake.linking.findings.slipped_columns import slipped_columns
from backdrop_tui.intake.linking.identities import Identity
from backdrop_tui.records.schema.columns import FilePeople
from backdrop_tui.records.schema.findings import Finding


def whole_file_findings(  # noqa: PLR0913, PLR0917 - the file and the people stored, in the forms in which they are compared
    identity: Identity,
    people: FilePeople,
    rows: pl.DataFrame,
    known: pl.DataFrame,
    decided: Decided,
    spellings: pl.DataFrame,
    *,
    is_whole: bool,
) -> list[Finding]:
    """All findings about the names, birth dates and identifiers of a file, answered or not.

    Args:
        identity: What people are recognised by.
        people: The file's people, checked.
        rows: What `Identity.rows` returns.
        known: What `Identity.people` returns.
        decided: Who the rows are about.
        spellings: The names whose stored spelling stays (`row`, `field`).
        is_whole: Whether these are all rows of the file. If not, hardly anyone in it is stored, and no row is beside its neighbour.
    """
    return [
        *(slipped_columns(identity, rows, known, decided) if is_whole else []),
        *names_exchanged(people, decided),
        *first_names_alike(decided),
        *another_school(identity, people, known.filter(~pl.col("has_left")), decided),
        *spellings_kept(spellings),
    ]
