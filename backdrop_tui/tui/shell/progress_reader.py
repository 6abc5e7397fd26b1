"""Reading set-up progress in a worker."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.message import Message

from backdrop_tui.errors import BackdropError
from backdrop_tui.school.theme_choices import THEMES
from backdrop_tui.tui.shell.idle_timer import DEFAULT_MINUTES

if TYPE_CHECKING:
    from collections.abc import Callable

    from backdrop_tui.school.import_history import ImportRecord
    from backdrop_tui.school.school import School
    from backdrop_tui.steps.progress import SetUpProgress


class ProgressReader:
    """Reads set-up progress, and posts it to the app. The first time, it recovers interrupted imports before that."""

    @dataclass
    class Read(Message):
        """Set-up progress has been read."""

        progress: "SetUpProgress"
        """Set-up progress."""
        restore_words: str
        """What became of restoring a backup, if the user hasn't been told yet; otherwise empty. Only the first time."""
        recovered: "tuple[ImportRecord, ...]"
        """Imports that had been interrupted and have now been completed or undone."""
        idle_minutes: int
        """The setting for the minutes without a key after which the app closes."""
        theme: str
        """The setting for the app's colours."""
        remarks: list[str]
        """What could not be done after something had been stored, and what isn't as it was stored, once."""
        last_folder: Path | None
        """The folder of the file that was picked last; None if there is none, or if this isn't the first time."""

    @dataclass
    class ReadFailed(Message):
        """Set-up progress could not be read, or what goes with it could not be stored."""

        error: BackdropError
        """Why it could not be."""

    def __init__(self, app: App[Any], school: "Callable[[], School]") -> None:
        """Create the reader.

        Args:
            app: The app that runs the worker and gets the messages.
            school: Returns the school's data. Called in the worker.
        """
        self._app = app
        self._school = school
        self._is_first = True

    def start(self) -> None:
        """Start to read; reading that is still going on is given up."""
        is_first, self._is_first = self._is_first, False
        self._app.run_worker(
            lambda: self._run(is_first=is_first),
            thread=True,
            exclusive=True,
            group="progress",
            exit_on_error=False,
        )

    def _run(self, *, is_first: bool) -> None:
        from backdrop_tui.care.backups.restore_marks import finish_restore  # noqa: PLC0415 - loads polars
        from backdrop_tui.care.retention_removal import remove_due_data  # noqa: PLC0415 - loads polars
        from backdrop_tui.imports.recovery import recover  # noqa: PLC0415 - loads polars
        from backdrop_tui.steps.progress import set_up_progress  # noqa: PLC0415 - loads polars

        try:
            school = self._school()
            puts_in_order = is_first and school.folder.path.exists()
            restore_words = finish_restore(school) if puts_in_order else ""
            recovered = recover(school) if puts_in_order else ()
            removed = remove_due_data(school, datetime.now().astimezone()) if puts_in_order else None
            progress = set_up_progress(school)
            minutes = school.settings.number("idle-minutes") or DEFAULT_MINUTES
            theme = school.settings.text("theme") or THEMES[0]
            folder = school.last_folder if is_first else None
            remarks = [removed.sentence] if removed else []
            remarks += school.remarks()
        except BackdropError as error:
            self._app.post_message(self.ReadFailed(error))
        else:
            read = self.Read(progress, restore_words, recovered, minutes, theme, remarks, folder)
            self._app.post_message(read)
