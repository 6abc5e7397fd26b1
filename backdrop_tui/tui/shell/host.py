"""What the screens need of the app that shows them.

Screens know this protocol and not the app, so that the app can import its screens without a circle.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.shell.background_import import FinishedImport, RunningImport

if TYPE_CHECKING:
    from backdrop_tui.school.school import School
    from backdrop_tui.steps.progress import SetUpProgress


class Host(Protocol):
    """The app as its screens see it."""

    @property
    def folder(self) -> DataFolder:
        """The data folder."""

    @property
    def school(self) -> "School":
        """The school's data. Use it in workers only: it loads polars and may wait for a lock."""

    @property
    def now(self) -> datetime:
        """The current moment in this computer's time zone."""

    @property
    def today(self) -> date:
        """The current date."""

    @property
    def progress(self) -> "SetUpProgress | None":
        """Set-up progress; None until it has been read."""

    @property
    def running_import(self) -> RunningImport | None:
        """The import that is in progress, if there is one."""

    @property
    def finished_import(self) -> FinishedImport | None:
        """The last import that ended since the app was opened and hasn't been undone."""

    @property
    def unsaved_settings(self) -> dict[str, str]:
        """Text that was typed into settings but not saved, by the settings' names."""

    def refresh_progress(self) -> None:
        """Read set-up progress again, in a worker."""

    def forget_finished_import(self) -> None:
        """Forget the last import, because it has been undone."""

    def look_for_restore(self) -> None:
        """Start again if a backup has been restored."""
