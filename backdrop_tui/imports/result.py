"""The result of an import, in numbers."""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Self

from backdrop_tui.imports.turn.movements import Turn
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.intake.linking.plan import Plan


class RightsRaised(NamedTuple):
    """A row that gave someone stored more rights."""

    row: int
    """The row."""
    before: str
    """The user group that they had."""
    after: str
    """The user group that they got."""


@dataclass(frozen=True)
class ImportResult:
    """What an import did, or would have done if errors had not stopped it."""

    added: int
    """People added."""
    updated: int
    """Rows that changed someone already stored."""
    unchanged: int
    """Rows about someone already stored who stayed the same."""
    left_out: int
    """Rows that were not imported."""
    errors_file: Path | None = None
    """The file that those rows were saved in; None if there are none."""
    groups: tuple[str, ...] = ()
    """The user groups that were created."""
    rights_raised: tuple[RightsRaised, ...] = ()
    """Staff who got more rights."""
    warnings: int = 0
    """Rows that have warnings, but no errors."""
    repeated: int = 0
    """Rows that repeat another, and were taken only once."""
    missing: int = 0
    """After a plain import of a file that seems to be of the whole school, the people at the school who are not in it."""
    turn: Turn | None = None
    """What a move to a new school year did besides; None if it was a plain import."""

    @classmethod
    def of(
        cls,
        plan: Plan,
        review: Review,
        errors_file: Path | None = None,
        groups: tuple[str, ...] = (),
        turn: Turn | None = None,
    ) -> Self:
        """The result of carrying out a plan.

        Args:
            plan: What to do with the rows that are ready.
            review: All rows, checked.
            errors_file: The file that the other rows were saved in.
            groups: The user groups that were created.
            turn: What a move to a new school year did besides.
        """
        return cls(
            added=plan.added.height,
            updated=plan.updated,
            unchanged=plan.unchanged,
            left_out=review.unready.height,
            errors_file=errors_file,
            groups=groups,
            rights_raised=_rights_raised(plan, review),
            warnings=review.counts.warnings,
            repeated=review.counts.repeated,
            missing=plan.missing if turn is None else 0,
            turn=turn,
        )


def _rights_raised(plan: Plan, review: Review) -> tuple[RightsRaised, ...]:
    """The rows that give someone more rights, as far as the plan changes that person's user group."""
    linkage = review.linkage
    if linkage.raised.is_empty():
        return ()
    moved = plan.changed.filter(plan.changed["user_group"].ne_missing(plan.before["user_group"]))
    rows = linkage.links.join(moved, on="id", how="semi")["row"]
    raised = linkage.raised.filter(linkage.raised["row"].is_in(rows.implode())).select("row", "from", "to")
    return tuple(RightsRaised(*values) for values in raised.iter_rows())
