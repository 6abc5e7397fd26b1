"""A base class for screens that work on a draft."""

from dataclasses import dataclass
from pathlib import Path

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
    """A screen that works on a draft, and can check its rows in a worker."""

    @dataclass
    class Reviewed(Message):
        """The rows of the draft have been checked."""

        review: Review
        """The rows, and what is wrong with them."""
        row: int
        """The row number that the check was started with."""
        check_number: int
        """The number of this check among the checks of this screen."""

    def __init__(self, draft: Draft) -> None:
        """Create the screen.

        Args:
            draft: The draft; it must be open.
        """
        super().__init__()
        self.draft = draft
        """The draft: a file or people typed in, and the edits made so far."""
        self._checks_started = 0

    @property
    def step_key(self) -> str:
        """The key of the step in which people of the draft's kind are added."""
        return step_adding(self.draft.kind).key

    def breadcrumb(self, current: int) -> Breadcrumb:
        """The line at the top of the screen.

        Args:
            current: The index of this screen's step in `IMPORT_STEPS`. For people typed in by hand, the first two steps
                are one.
        """
        many = self.draft.kind.plural.capitalize()
        if self.draft.facts.by_hand:
            return Breadcrumb(f"{many} by hand", HAND_STEPS, max(current - 1, 0))
        return Breadcrumb(many, IMPORT_STEPS, current)

    @property
    def unsaved_place(self) -> tuple[Path, str]:
        """The folder of the draft, with which unsaved input is discarded, and the name of the file."""
        return self.draft.folder, f"unsaved-{type(self).__name__}"

    def leave_on_purpose(self) -> None:
        """Keep unsaved input, which is part of the draft: the next start carries on with it."""

    def release(self) -> None:
        """Close the draft, which stays on disk."""
        super().release()
        self.draft.close()

    def check_rows(self, row: int = 0) -> None:
        """Start to check every row with the edits made so far; `show_review` is called with the review.

        Args:
            row: A row number that `show_review` is to get; 0 if it needs none.
        """
        self._checks_started += 1
        self._check_rows(self.draft.edits.copy(), row, self._checks_started)

    def show_review(self, review: Review, row: int) -> None:
        """Show a review of the rows. It isn't called if another check has been started since.

        Args:
            review: The rows, and what is wrong with them.
            row: The row number that `check_rows` was called with.
        """

    @on(Reviewed)
    def _show_review_if_latest(self, event: Reviewed) -> None:
        if event.check_number == self._checks_started:
            self.show_review(event.review, event.row)

    @work(thread=True, exclusive=True, group="review", exit_on_error=False)
    def _check_rows(self, edits: Edits, row: int, check_number: int) -> None:
        host = self.host  # asked for first: a screen that has been left has no app
        try:
            basis = basis_of(host.school, self.draft.kind, host.today)
            rows = review(self.draft.intake(edits), basis)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Reviewed(rows, row, check_number))
