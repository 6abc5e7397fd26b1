"""What would be stored if a row is about someone stored, or about someone new: for one row, before the user answers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import polars as pl

from backdrop_tui.intake.draft.review import Review
from backdrop_tui.intake.linking.answers import Answers
from backdrop_tui.intake.linking.decide import decide
from backdrop_tui.intake.linking.identities import IDENTITIES
from backdrop_tui.intake.linking.linkage import NOTHING_LINKED
from backdrop_tui.intake.linking.plan import Existing, plan_import
from backdrop_tui.intake.linking.withheld import withheld_identifiers, withheld_spellings

Values = Mapping[str, str | None]
"""The stored forms of a person, by the fields' keys."""


@dataclass(frozen=True)
class Outcome:
    """What an import would store for one row."""

    before: Values
    """The person as stored now; empty for someone new."""
    after: Values
    """The person as they would be stored."""
    identifier_of_another: bool
    """Whether the row's UPN or e-mail address isn't stored, because it is stored for someone else."""
    identifier_is_temporary: bool
    """Whether the row's UPN isn't stored, because it is temporary and the stored one is permanent."""


def outcome_of(review: Review, row: int, person: str | None, existing: Existing) -> Outcome:
    """Work out what an import would store for a row; it is linked and planned like the whole file, but alone.

    Args:
        review: The rows, checked.
        row: The row.
        person: The id of the person stored whom it is about; None for someone new.
        existing: What happens to people already stored.
    """
    kind, identity, columns = review.kind, IDENTITIES[review.kind.name], review.checked.columns
    where = columns.raw["row"] == row
    identifier = columns.frame(identity.identifier, where=where)[identity.identifier.key].item()
    has_identifier = (
        identity.identifier.col.str.to_lowercase() == (identifier or "").lower()
        if identifier
        else pl.lit(value=False)
    )
    stored = review.basis.stored.filter((pl.col("id") == (person or "")) | has_identifier)
    answers = Answers(same={row: person}) if person else Answers(new=frozenset({row}))
    decided = decide(identity, identity.rows(columns, where), identity.people(stored), answers)
    of_another, temporary = withheld_identifiers(identity, decided, answers)
    identifiers = pl.concat([of_another, temporary]).select("row", field=pl.lit(identity.identifier.key))
    withheld = pl.concat([identifiers, withheld_spellings(decided)])
    linkage = replace(NOTHING_LINKED, links=decided.links, withheld=withheld)
    ready = columns.frame(*kind.fields, where=where)
    plan = plan_import(kind, ready, linkage, stored, existing)
    before = stored.filter(pl.col("id") == person).select(kind.keys) if person else stored.clear()
    return Outcome(
        before=next(before.iter_rows(named=True), {}),
        after=next(plan.people_after.iter_rows(named=True), {}),
        identifier_of_another=of_another.height > 0,
        identifier_is_temporary=temporary.height > 0,
    )
