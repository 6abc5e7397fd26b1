"""What all parts of `backdrop --plain` need: the dialogue, the school, and the day."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from backdrop_tui.cli.plain.dialogue import Dialogue
from backdrop_tui.cli.working_folder import working_folder_with_files
from backdrop_tui.errors import BackdropError
from backdrop_tui.imports.pipeline import basis_of, is_up_to_date
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.review import Review, review
from backdrop_tui.people.changes import ChangeHistory
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school.school import School


@dataclass(frozen=True)
class Session:
    """One run of `backdrop --plain`."""

    school: School
    """The school."""
    dialogue: Dialogue = field(default_factory=Dialogue)
    """Asks and answers."""
    _changes: dict[str, ChangeHistory] = field(default_factory=dict, repr=False)
    """What has been changed about people who are stored, by kind."""
    _reviews: list[Review] = field(default_factory=list, repr=False)
    """The rows as they were checked last; empty at first."""

    @property
    def now(self) -> datetime:
        """The current moment in this computer's time zone."""
        return datetime.now().astimezone()

    @property
    def today(self) -> date:
        """The current date."""
        return self.now.date()

    @property
    def folder(self) -> Path:
        """The folder whose files are offered: the working directory if it has any, or else the one that was picked from last."""
        return working_folder_with_files() or self.school.last_folder or Path.home()

    def changes_of(self, kind: RecordKind) -> ChangeHistory:
        """What has been changed about people of a kind since the dialogue began."""
        return self._changes.setdefault(kind.name, ChangeHistory())

    def checked(self, draft: Draft, *, quietly: bool = False) -> Review:
        """Check all rows of a draft against what is stored now, unless nothing has changed since the last time.

        Args:
            draft: The draft.
            quietly: Whether not to say that it is being checked.
        """
        if self._reviews and self._is_up_to_date(draft, self._reviews[0]):
            return self._reviews[0]
        if not quietly:
            self.dialogue.say("", "Checking every row.")
        self._reviews[:] = [review(draft.intake(), basis_of(self.school, draft.kind, self.today))]
        return self._reviews[0]

    def _is_up_to_date(self, draft: Draft, seen: Review) -> bool:
        """Whether neither a draft nor what is stored has changed since the draft was checked."""
        intake = seen.intake
        is_same_file = intake.sheet is draft.sheet and intake.matching is draft.matching
        is_same = is_same_file and intake.edits.done == draft.edits.done
        return is_same and is_up_to_date(self.school, seen, self.today)

    def do(self, draft: Draft, change: Change | None) -> None:
        """Make a change in a draft, and say so; None changes nothing."""
        if change is not None:
            draft.do(change)
            self.dialogue.say(f"Done: {change.title}.")

    def undo(self, draft: Draft) -> None:
        """Undo the last change in a draft, and say so."""
        if change := draft.undo():
            self.dialogue.say(f"Undone: {change.title}.")

    def redo(self, draft: Draft) -> None:
        """Redo the change in a draft that was undone last, and say so."""
        if change := draft.redo():
            self.dialogue.say(f"Redone: {change.title}.")

    @contextmanager
    def telling_errors(self) -> Iterator[None]:
        """Say what an error says, and go on after the block."""
        try:
            yield
        except BackdropError as error:
            self.dialogue.say("", f"{error.title}. {error.message}")
