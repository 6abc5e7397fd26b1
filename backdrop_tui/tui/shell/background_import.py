"""An import that runs in a worker while the user carries on."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.message import Message

from backdrop_tui.errors import BackdropError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from backdrop_tui.imports.result import ImportResult
    from backdrop_tui.imports.stages import Stage
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

    def start(self, draft: "Draft", review: "Review", existing: "Existing") -> RunningImport:
        """Start to import a draft.

        Args:
            draft: The draft. It is discarded when it has been imported, and closed if the import fails.
            review: The rows as they were last checked.
            existing: What happens to people who are already stored.

        Returns:
            The import as it begins.
        """
        from backdrop_tui.imports.stages import CHECKING  # noqa: PLC0415 - after the first screen is drawn

        self._app.run_worker(
            lambda: self._run(draft, review, existing), thread=True, group="import", exit_on_error=False
        )
        return _running(draft, CHECKING)

    def _run(self, draft: "Draft", review: "Review", existing: "Existing") -> None:
        from backdrop_tui.imports.completion import Terms, complete  # noqa: PLC0415 - loads polars
        from backdrop_tui.imports.consent import as_seen  # noqa: PLC0415 - loads polars

        def report_stage(stage: "Stage") -> None:
            self._app.post_message(self.Progressed(_running(draft, stage)))

        outcome, failure = None, None
        kind, file, paths = draft.kind.name, draft.facts.file, draft.facts.paths
        try:
            outcome = complete(
                self._school(),
                review,
                Terms(as_seen, existing),
                today=self._today(),
                draft=draft,
                progress=report_stage,
            )
        except BackdropError as error:
            draft.close()
            failure = error
        self._app.post_message(self.Ended(FinishedImport(kind, file, paths, outcome, failure)))


def _running(draft: "Draft", stage: "Stage") -> RunningImport:
    return RunningImport(draft.kind.name, draft.facts.file, stage.label, stage.fraction)
