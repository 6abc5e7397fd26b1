"""What the user wants a move to a new school year to do."""

from dataclasses import dataclass
from datetime import date

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.imports.turn.movements import Turn
from backdrop_tui.imports.turn.with_file import plan_turn
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.intake.linking.plan import Plan


@dataclass(frozen=True)
class TurnTerms:
    """What the user wants a move to a new school year to do."""

    left_on: date
    """The day on which people leave."""
    part_may_leave: bool = False
    """Whether people leave even if the file has only part of the school in it."""
    seen: Turn | None = None
    """What the user has been shown; None to do whatever the file and the people stored come to."""

    def planned(self, review: Review, plan: Plan) -> Turn:
        """What the turn does, given what importing the rows would do.

        Raises:
            UnusableChoiceError: It isn't what the user has been shown.
        """
        turn = plan_turn(review, plan, part_may_leave=self.part_may_leave)
        self.require_seen(turn)
        return turn

    def require_seen(self, turn: Turn) -> None:
        """Raise `UnusableChoiceError` if a turn isn't what the user has been shown."""
        if self.seen is not None and not turn.people.equals(self.seen.people):
            raise UnusableChoiceError(
                "The people stored have changed since you looked at who leaves. Look at it again."
            )
