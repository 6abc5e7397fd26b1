"""Who is at the school, as bars: students by year group, staff by user group."""

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import polars as pl
from textual import on, work
from textual.content import Content
from textual.message import Message

from backdrop_tui.errors import BackdropError
from backdrop_tui.records.fields.year_group import YEAR_GROUP
from backdrop_tui.records.staff import STAFF
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.tui.widgets.fitted_text import FittedText
from backdrop_tui.tui.widgets.outcome.count_charts import count_bars
from backdrop_tui.tui.widgets.panels.panel import titled

if TYPE_CHECKING:
    from backdrop_tui.tui.shell.host import Host

_EMPTY = "Nobody is stored yet. Import a CSV file, or add people by hand: press F3."


class SchoolProfile(FittedText):
    """A panel with bars of everyone who is at the school."""

    @dataclass
    class Read(Message):
        """The people have been read."""

        years: pl.Series
        """The year group of each student (String)."""
        groups: pl.Series
        """The user group of each member of staff (String)."""

    def __init__(self) -> None:
        super().__init__(id="profile")
        titled(self, "The school")
        self._is_read = False

    def reload(self) -> None:
        """Read who is at the school now, or later if there is no room to show it."""
        self._is_read = self.size.width > 0
        if self._is_read:
            self.read()

    def on_resize(self) -> None:
        """Use the new width; read who is at the school if there was no room before."""
        super().on_resize()
        if not self._is_read:
            self.reload()

    @work(thread=True, exclusive=True, group="profile", exit_on_error=False)
    def read(self) -> None:
        """Read who is at the school, in a worker. If that fails, the panel stays as it is."""
        school = cast("Host", self.app).school
        with suppress(BackdropError):
            years, groups = school.current(STUDENTS)[YEAR_GROUP.key], school.current(STAFF)["user_group"]
            self.post_message(self.Read(years, groups))

    @on(Read)
    def show_people(self, event: Read) -> None:
        """Draw the bars."""
        event.stop()

        def draw(width: int) -> Content:
            charts = (
                count_bars(f"{len(event.years):,} students", event.years, width),
                count_bars(f"{len(event.groups):,} staff", event.groups, width),
            )
            return Content("\n\n").join([chart for chart in charts if chart.plain] or [Content(_EMPTY)])

        self.show(draw)
