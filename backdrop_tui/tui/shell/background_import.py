"""An import that runs in a worker while the user carries on."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.message import Message

from backdrop_tui.errors import BackdropError
from backdrop_tui.store.errors import UnknownOutcomeError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from backdrop_tui.imports.result import ImportResult
    from backdrop_tui.imports.stages import Progress, Stage
    from backdrop_tui.imports.turn.terms import TurnTerms
    from backdrop_tui.intake.draft.draft import Draft
    from backdrop_tui.intake.draft.review import Review
    from backdrop_tui.intake.linking.plan import Existing
    from backdrop_tui.school.school import School


@dataclass(frozen=True)
class RunningImport:
    """An import that is in progress."""

    kind: str
    """`students` or `staff`."""
    file: str
    """Name of the file that is being imported; empty if people were typed in."""
    stage: str
    """The current stage, in words for the user."""
    fraction: float
    """How much of the import is done, from 0 to 1."""
    is_turn: bool = False
    """Whether it is a move to a new school year."""

    @property
    def name(self) -> str:
        """What is being imported, in a few words."""
        if self.is_turn:
            return f"new school year, {self.file or 'without a file'}"
        return self.file or f"{self.kind} typed in by hand"


@dataclass(frozen=True)
class FinishedImport:
    """An import that has ended, successfully or not."""

    kind: str
    """`students` or `staff`."""
    file: str
    """Name of the file that was imported; empty if people were typed in."""
    paths: tuple[str, ...]
    """The paths of the files that were imported; empty if people were typed in or cells were pasted."""
    outcome: "ImportResult | None"
    """What the import did; None if it failed."""
    error: BackdropError | None = None
    """Why the import failed; None if it succeeded."""
    is_turn: bool = False
    """Whether it was a move to a new school year."""

    @property
    def title(self) -> str:
        """What it was, as the beginning of a sentence."""
        if self.is_turn:
            return "The move to a new school year"
        return f"Import of {self.file or f'{self.kind} typed in'}"

    @property
    def failure(self) -> str:
        """Why it failed and what is kept, in sentences; empty if it succeeded. It never says twice that nothing was stored."""
        if self.error is None:
            return ""
        is_said = "Nothing was stored" in self.error.message
        nothing = "" if is_said or isinstance(self.error, UnknownOutcomeError) else "nothing was stored"
        kept = "" if self.is_turn and not self.file else "what you had fixed is kept"
        rest = "; ".join(filter(None, (nothing, kept)))
        return f"{self.error.message} {rest[:1].upper()}{rest[1:]}." if rest else self.error.message


class BackgroundImport:
    """Imports a draft in a worker, and posts messages to the app as it goes on. The app runs one at a time."""

    @dataclass
    class Progressed(Message):
        """An import has started or has reached its next stage."""

        running: RunningImport
        """The import as it is now."""

    @dataclass
    class Ended(Message):
        """An import has ended, successfully or not."""

        finished: FinishedImport
        """The import and its outcome."""

    def __init__(self, app: App[Any], school: "Callable[[], School]", today: "Callable[[], date]") -> None:
        """Create the importer.

        Args:
            app: The app that runs the worker and gets the messages.
            school: Returns the school's data. Called in the worker.
            today: Returns the current date. Called in the worker.
        """
        self._app = app
        self._school = school
        self._today = today

    def start(
        self, draft: "Draft", review: "Review", existing: "Existing", turn: "TurnTerms | None" = None
    ) -> RunningImport:
        """Start to import a draft.

        Args:
            draft: The draft. It is discarded when it has been imported, and closed if the import fails.
            review: The rows as they were last checked.
            existing: What happens to people who are already stored.
            turn: What the user wants for the move to a new school year; None for a plain import.

        Returns:
            The import as it begins.
        """

        def store(progress: "Progress") -> "ImportResult":
            from backdrop_tui.imports.completion import Terms, complete  # noqa: PLC0415 - loads polars
            from backdrop_tui.imports.consent import as_seen  # noqa: PLC0415 - loads polars

            terms = Terms(as_seen, existing, turn=turn)
            try:
                return complete(
                    self._school(), review, terms, today=self._today(), draft=draft, progress=progress
                )
            except BackdropError:
                draft.close()
                raise

        facts = draft.facts
        return self._start(_Source(draft.kind.name, facts.file, facts.paths, turn is not None), store)

    def start_moving_up(self, terms: "TurnTerms") -> RunningImport:
        """Start to move everybody up a year without a file.

        Args:
            terms: What the user wants.

        Returns:
            The import as it begins.
        """

        def store(progress: "Progress") -> "ImportResult":
            from backdrop_tui.imports.move_up import move_up  # noqa: PLC0415 - loads polars

            return move_up(self._school(), terms, today=self._today(), progress=progress)

        return self._start(_Source("students", "", (), is_turn=True), store)

    def _start(self, source: "_Source", store: "Callable[[Progress], ImportResult]") -> RunningImport:
        from backdrop_tui.imports.stages import CHECKING  # noqa: PLC0415 - after the first screen is drawn

        self._app.run_worker(
            lambda: self._run(source, store), thread=True, group="import", exit_on_error=False
        )
        return source.running(CHECKING)

    def _run(self, source: "_Source", store: "Callable[[Progress], ImportResult]") -> None:
        def report_stage(stage: "Stage") -> None:
            self._app.post_message(self.Progressed(source.running(stage)))

        outcome, failure = None, None
        try:
            outcome = store(report_stage)
        except BackdropError as error:
            failure = error
        self._app.post_message(self.Ended(source.finished(outcome, failure)))


@dataclass(frozen=True)
class _Source:
    """What is imported."""

    kind: str
    file: str
    paths: tuple[str, ...]
    is_turn: bool

    def running(self, stage: "Stage") -> RunningImport:
        return RunningImport(self.kind, self.file, stage.label, stage.fraction, self.is_turn)

    def finished(self, outcome: "ImportResult | None", error: BackdropError | None) -> FinishedImport:
        return FinishedImport(self.kind, self.file, self.paths, outcome, error, self.is_turn)
