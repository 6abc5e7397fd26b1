"""The audit log, and whether it is as it was written."""

from dataclasses import dataclass
from textwrap import fill

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Static

from backdrop_tui.care.log_text import log_lines
from backdrop_tui.errors import BackdropError
from backdrop_tui.tui.shell.base_screens import Failed, StepScreen
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.breadcrumb import Breadcrumb
from backdrop_tui.tui.widgets.fitted_text import FittedText
from backdrop_tui.tui.widgets.footer import Footer
from backdrop_tui.tui.widgets.plain import plain, plain_lines
from backdrop_tui.wording import counted

_INDENT = "    "
"""In front of what doesn't fit into the first line of an entry."""
_MOST_LINES = 500
"""The number of lines that are shown: more of them make scrolling slow."""


class AuditLogScreen(StepScreen[None]):
    """The lines of the audit log, the newest first."""

    CSS_PATH = stylesheet("data_care")
    TITLE = "Audit log"
    HELP = (
        "Who did what and when, newest first. It says nothing about any student or member of staff.\n"
        "Each line is linked to the one before, so the top line says if any has been removed or changed."
    )

    state = getters.query_one("#outcome", Static)
    lines = getters.query_one("#lines", FittedText)

    @dataclass
    class Loaded(Message):
        """The log has been read."""

        newest: list[str]
        """The newest lines, the latest first."""
        number: int
        """The number of all lines."""
        faults: list[str]
        """What is missing, changed or cut off, a sentence each."""

    def compose(self) -> ComposeResult:
        """Lay out the state of the log, and its lines."""
        yield Breadcrumb("Administration: data care: audit log")
        with VerticalScroll():
            yield Static(id="outcome")
            yield FittedText(id="lines")
        yield Footer()

    def on_mount(self) -> None:
        """Read the log."""
        self.load()

    @work(thread=True, exclusive=True, group="care", exit_on_error=False)
    def load(self) -> None:
        """Read the log, in a worker."""
        store = self.host.school.store
        try:
            entries = store.logged()
            newest = log_lines(entries[: -_MOST_LINES - 1 : -1])
            self.post_message(self.Loaded(newest, len(entries), store.log_faults()))
        except BackdropError as error:
            self.post_message(Failed(error))

    @on(Loaded)
    def show_log(self, event: Loaded) -> None:
        """Show the log."""
        state = "\n".join(event.faults) or "No lines are missing, and none have been changed."
        self.state.set_class(bool(event.faults), "-error")
        self.state.update(plain_lines(f"{counted(event.number, 'line')}. {state}"))
        left_out = event.number - len(event.newest)
        more = [f"{counted(left_out, 'older line')}: “backdrop log” shows all."] if left_out else []
        lines = [*event.newest, *more]
        self.lines.show(
            lambda width: plain_lines(
                "\n".join(fill(line, width, subsequent_indent=_INDENT) for line in lines)
            )
        )

    def show_failure(self, error: BackdropError) -> None:
        """Show why the log can't be read."""
        self.state.add_class("-error")
        self.state.update(plain(error.message))
