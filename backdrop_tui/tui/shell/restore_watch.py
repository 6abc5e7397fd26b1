"""Noticing that a backup has been restored, by this app or by another process, while the app is open."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.message import Message

from backdrop_tui.errors import BackdropError

if TYPE_CHECKING:
    from collections.abc import Callable

    from backdrop_tui.school.school import School

_SECONDS = 3.0
"""Seconds between two looks. A look costs well under a millisecond unless something has been stored."""


class RestoreWatch:
    """Looks now and then whether a backup has been restored, and posts it to the app."""

    @dataclass
    class Replaced(Message):
        """Everything that is stored has been replaced by a backup."""

        words: str
        """What has happened, in sentences."""

    def __init__(self, app: App[Any], school: "Callable[[], School]") -> None:
        """Create the watch; `start` starts it.

        Args:
            app: The app that runs the worker and gets the messages.
            school: Returns the school's data. Called in the worker.
        """
        self._app = app
        self._school = school
        self._last: str | None = None

    def start(self) -> None:
        """Take what is stored now as known, and look for changes from now on."""
        if self._last is None:
            self._last = ""
            self._app.set_interval(_SECONDS, self.look)
            self._run_worker(is_first=True)

    def look(self) -> None:
        """Look now, in a worker."""
        self._run_worker(is_first=False)

    def _run_worker(self, *, is_first: bool) -> None:
        self._app.run_worker(
            lambda: self._run(is_first=is_first), thread=True, group="restore-watch", exit_on_error=False
        )

    def _run(self, *, is_first: bool) -> None:
        from backdrop_tui.care.backups.restore_marks import RestoreMark  # noqa: PLC0415 - loads polars

        try:
            school = self._school()
            mark = RestoreMark.last(school)
        except BackdropError:
            return  # it is said where something is read
        if mark is None or not mark.is_done or mark.kept_as == self._last:
            return
        self._last = mark.kept_as
        if not is_first:
            self._app.post_message(self.Replaced(mark.in_words(school)))
