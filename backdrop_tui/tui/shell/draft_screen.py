"""What every screen that works on a draft has in common."""

from dataclasses import dataclass

from textual import on, work
from textual.message import Message

from backdrop_tui.errors import BackdropError
from backdrop_tui.imports.pipeline import basis_of
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.edits import Edits
from backdrop_tui.intake.draft.review import Review, review
from backdrop_tui.steps.listing import step_adding
from backdrop_tui.tui.shell.base_screens import Failed, Result, StepScreen
from backdrop_tui.tui.widgets.breadcrumb import HAND_STEPS, IMPORT_STEPS, Breadcrumb


class DraftScreen(StepScreen[Result]):
    """One step on a draft's way from the file to the store."""

    @dataclass
    class Reviewed(Message):
        """The rows have been checked."""

        review: Review
        """What was found."""
        number: int
        """What the check was asked for with."""
        turn: int
        """Which check of this screen it was."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self.draft = draft
        """The file, and what has been done to it."""
        self._turn = 0

    @property
    def step_key(self) -> str:
        """The key of the step in which people of the draft's kind are added."""
        return step_adding(self.draft.kind).key

    def breadcrumb(self, here: int) -> Breadcrumb:
        """The line at the top of the screen.

        Args:
            here: Which of `IMPORT_STEPS` this is; of people typed in by hand, picking and matching are one.
        """
        many = self.draft.kind.many.capitalize()
        if self.draft.facts.by_hand:
            return Breadcrumb(f"{many} by hand", HAND_STEPS, max(here - 1, 0))
        return Breadcrumb(many, IMPORT_STEPS, here)

    def release(self) -> None:
        """Let go of the draft; it stays on disk."""
        self.draft.close()

    def look(self, number: int = 0) -> None:
        """Check every row as it stands now, away from the screen; `reviewed` is told what was found.

        Args:
            number: Comes back with what was found.
        """
        self._turn += 1
        self._look(self.draft.edits.copy(), number, self._turn)

    def reviewed(self, review: Review, number: int) -> None:
        """Show what was found. Not called where another check has been begun since."""

    @on(Reviewed)
    def _take_review(self, event: Reviewed) -> None:
        if event.turn == self._turn:
            self.reviewed(event.review, event.number)

    @work(thread=True, exclusive=True, group="review", exit_on_error=False)
    def _look(self, edits: Edits, number: int, turn: int) -> None:
        host = self.host  # asked for first: a screen that has been left has no app
        try:
            basis = basis_of(host.school, self.draft.kind, host.today)
            found = review(self.draft.intake(edits), basis)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Reviewed(found, number, turn))
