"""An app that knows how far set-up is, and imports in the background."""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message
from textual.reactive import reactive
from textual.worker import Worker

from backdrop_tui.errors import BackdropError
from backdrop_tui.tui.shell.base_screens import raise_worker_error
from backdrop_tui.tui.shell.host import FinishedImport, RunningImport
from backdrop_tui.tui.shell.idle import ClosesWhenIdle
from backdrop_tui.tui.widgets.plain import plain

if TYPE_CHECKING:
    from backdrop_tui.imports.stages import Stage
    from backdrop_tui.intake.draft.draft import Draft
    from backdrop_tui.intake.draft.review import Review
    from backdrop_tui.intake.linking.plan import Existing
    from backdrop_tui.people.changes import ChangeHistory
    from backdrop_tui.school.import_history import ImportRecord
    from backdrop_tui.school.school import School
    from backdrop_tui.steps.progress import SetUpProgress


class SetUpApp(ClosesWhenIdle[None]):
    """Follows the progress of set-up, and does one import at a time away from the screen."""

    progress: reactive["SetUpProgress | None"] = reactive(None)
    """How far set-up is; None until that is known."""
    running_import: reactive[RunningImport | None] = reactive(None)
    """The import that is being done."""
    finished_import: reactive[FinishedImport | None] = reactive(None)
    """The import that came to its end last, since the app was opened."""

    _recovered = False

    def __init__(self) -> None:
        super().__init__()
        self.unsaved_settings: dict[str, str] = {}
        """What was typed into settings and not saved, by their names."""
        self.changes: dict[str, ChangeHistory] = {}
        """What was done to people in Administration, by their kind."""

    @dataclass
    class HowFar(Message):
        """It is known how far set-up is."""

        set_up: "SetUpProgress"
        """How far."""
        made_good: "tuple[ImportRecord, ...]"
        """Imports that a kill had cut off, and that were made good."""
        idle_minutes: int
        """After how many minutes without a key the app closes."""
        folder: Path | None
        """The folder of the file that was picked last; None where that need not be known."""

    @dataclass
    class LookFailed(Message):
        """It can't be found out how far set-up is."""

        error: BackdropError
        """Why."""

    @dataclass
    class Began(Message):
        """A stage of an import has begun."""

        stage: "Stage"
        """Which."""

    @dataclass
    class CameToEnd(Message):
        """An import came to its end."""

        ended: FinishedImport
        """How."""

    @property
    @abstractmethod
    def school(self) -> "School":
        """The school's data. Not to be asked for on the event loop, since that loads polars."""

    @property
    @abstractmethod
    def today(self) -> date:
        """The day."""

    @property
    def shows_imports(self) -> bool:
        """Whether the screen shows by itself that an import has come to its end."""
        return getattr(self.screen, "SHOWS_IMPORTS", False)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """What breaks away from the screen breaks the app, which says so. Otherwise an import would seem to run for ever."""
        raise_worker_error(event)

    def refresh_progress(self) -> None:
        """Find out how far set-up is."""
        self._refresh_progress(not self._recovered)
        self._recovered = True

    def about_to_close(self) -> None:
        """Look once more: the setting can have been changed by a command."""
        self.refresh_progress()

    @work(thread=True, exclusive=True, group="how-far", exit_on_error=False)
    def _refresh_progress(self, first: bool) -> None:  # noqa: FBT001 - the worker's one argument
        from backdrop_tui.imports.recovery import recover  # noqa: PLC0415
        from backdrop_tui.steps.progress import set_up_progress  # noqa: PLC0415 - loads polars

        try:
            made_good = recover(self.school) if first and self.school.folder.path.exists() else ()
            found = set_up_progress(self.school)
            minutes = self.school.settings.number("idle-minutes") or self.idle_minutes
            folder = self.school.picked_from if first else None
        except BackdropError as error:
            self.post_message(self.LookFailed(error))
        else:
            self.post_message(self.HowFar(found, made_good, minutes, folder))

    @on(HowFar)
    def _show_how_far(self, event: HowFar) -> None:
        self.progress = event.set_up
        self.close_when_idle(event.idle_minutes)
        for record in event.made_good:
            self.notify(
                plain(record.message).plain, title="An import had been cut off", timeout=20, markup=False
            )

    @on(LookFailed)
    def _say_look_failed(self, event: LookFailed) -> None:
        self.notify(
            plain(event.error.message).plain,
            title=event.error.title,
            severity="error",
            timeout=20,
            markup=False,
        )

    def forget_finished_import(self) -> None:
        """Forget the last import, because it has been undone."""
        self.finished_import = None

    def import_in_background(self, draft: "Draft", review: "Review", existing: "Existing") -> None:
        """Begin to import a draft; one at a time."""
        from backdrop_tui.imports.stages import CHECKING  # noqa: PLC0415

        self.finished_import = None
        self.running_import = RunningImport(
            draft.kind.name, draft.facts.file, CHECKING.words, CHECKING.fraction
        )
        self._import(draft, review, existing)

    @work(thread=True, group="import", exit_on_error=False)
    def _import(self, draft: "Draft", review: "Review", existing: "Existing") -> None:
        from backdrop_tui.imports.completion import Terms, as_seen, complete  # noqa: PLC0415

        kind, file, path = draft.kind.name, draft.facts.file, draft.facts.path
        try:
            outcome = complete(
                self.school, review, Terms(as_seen, existing), today=self.today, draft=draft,
                progress=self._tell_stage,
            )  # fmt: skip
        except BackdropError as error:
            draft.close()
            self.post_message(self.CameToEnd(FinishedImport(kind, file, path, None, error)))
        else:
            self.post_message(self.CameToEnd(FinishedImport(kind, file, path, outcome)))

    def _tell_stage(self, stage: "Stage") -> None:
        self.post_message(self.Began(stage))

    @on(Began)
    def _show_stage(self, event: Began) -> None:
        if self.running_import is not None:
            self.running_import = RunningImport(
                self.running_import.kind, self.running_import.file, event.stage.words, event.stage.fraction
            )

    @on(CameToEnd)
    def _show_end(self, event: CameToEnd) -> None:
        self.running_import = None
        self.finished_import = event.ended
        what = plain(event.ended.file or f"{event.ended.kind} typed in", 40).plain
        if event.ended.error is not None:
            message = f"{event.ended.error.message} Nothing was stored; what you had put right is kept."
            self.notify(
                plain(message).plain,
                title=f"Import of {what} failed",
                severity="error",
                timeout=20,
                markup=False,
            )
        elif not self.shows_imports:
            self.notify(f"Import of {what} is complete.", timeout=5, markup=False)
        self.refresh_progress()
