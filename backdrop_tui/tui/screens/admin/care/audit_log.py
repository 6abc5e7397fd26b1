"""The audit log, and whether it is as it was written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static
from textual.widgets.option_list import Option

from backdrop_tui.care.log_text import event_in_words, moment_of, numbers_of, user_of
from backdrop_tui.errors import BackdropError
from backdrop_tui.tui.shell.base_screens import Failed, StepScreen
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.breadcrumb import Breadcrumb
from backdrop_tui.tui.widgets.fitted_text import FittedText, beside_labels
from backdrop_tui.tui.widgets.footer import Footer
from backdrop_tui.tui.widgets.lists.options import Options
from backdrop_tui.tui.widgets.panels.panel import titled
from backdrop_tui.tui.widgets.plain import plain, plain_lines
from backdrop_tui.wording import counted

_MOST_LINES = 500
"""The number of lines that are shown: more of them take too long to lay out."""
_LABELS = ("When", "Who", "What", "Numbers")
_GAP = "  "


class AuditLogScreen(StepScreen[None]):
    """The lines of the audit log, the newest first, and everything that the selected one says."""

    CSS_PATH = stylesheet("data_care")
    TITLE = "Audit log"
    HELP = (
        "Who did what and when, newest first. It says nothing about any student or member of staff.\n"
        "Each line is linked to the one before, so the last line of the screen says if any has been removed or changed."
    )

    headings = getters.query_one("#headings", Static)
    lines = getters.query_one("#lines", Options)
    about = getters.query_one("#about", FittedText)
    state = getters.query_one("#outcome", Static)

    @dataclass
    class Loaded(Message):
        """The log has been read."""

        newest: Sequence[Mapping[str, Any]]
        """The newest entries, the latest first."""
        number: int
        """The number of all entries."""
        faults: list[str]
        """What is missing, changed or cut off, a sentence each."""

    def __init__(self) -> None:
        super().__init__()
        self._newest: Sequence[Mapping[str, Any]] = ()

    def compose(self) -> ComposeResult:
        """Lay out the lines, what the selected one says, and the state of the log."""
        yield Breadcrumb("Administration: data care: audit log")
        with Container(classes="beside"):
            with titled(Vertical(id="list"), "Audit log, newest first"):
                yield Static(id="headings")
                yield Options(id="lines", compact=True, markup=False)
            with titled(VerticalScroll(id="more", can_focus=False, classes="about"), "This line"):
                yield FittedText(id="about")
        yield Static("Reading …", id="outcome")
        yield Footer()

    def on_mount(self) -> None:
        """Read the log."""
        self.lines.focus()
        self.load()

    @work(thread=True, exclusive=True, group="care", exit_on_error=False)
    def load(self) -> None:
        """Read the log, in a worker."""
        store = self.host.school.store
        try:
            entries = store.logged()
            newest = list(entries[: -_MOST_LINES - 1 : -1])
            self.post_message(self.Loaded(newest, len(entries), store.log_faults()))
        except BackdropError as error:
            self.post_message(Failed(error))

    @on(Loaded)
    def keep_log(self, event: Loaded) -> None:
        """Show the log, and say whether it is whole."""
        self._newest = event.newest
        self.show_log()
        count = counted(event.number, "line")
        left_out = event.number - len(event.newest)
        older = f" {counted(left_out, 'older line')}: “backdrop log” shows all." if left_out else ""
        whole = f"✓ {count}. No lines are missing, and none have been changed.{older}"
        self.show_state("\n".join([f"! {fault}" for fault in event.faults] or [whole]), bool(event.faults))

    def on_resize(self) -> None:
        """Use the new width."""
        self.call_after_refresh(self.show_log)

    def show_log(self) -> None:
        """Show the lines; the cursor stays on its line."""
        if not self._newest:
            self.about.show(lambda _: Content("Nothing has been logged yet."))
            return
        room = self.lines.size.width - self.lines.styles.scrollbar_size_vertical
        selected = self.lines.highlighted
        headings, *lines = _lines(self._newest, room)
        self.headings.update(headings)
        self.lines.clear_options()
        self.lines.add_options(Option(line) for line in lines)
        self.lines.highlighted = min(selected or 0, len(lines) - 1)

    @on(Options.OptionHighlighted)
    def show_details(self, event: Options.OptionHighlighted) -> None:
        """Show everything that the selected line says."""
        self.about.show(partial(_details, self._newest[event.option_index]))

    def show_state(self, text: str, is_wrong: bool) -> None:  # noqa: FBT001 - whether it is wrong
        """Say what state the log is in."""
        self.state.set_class(is_wrong, "-error")
        self.state.update(plain_lines(text))

    def show_failure(self, error: BackdropError) -> None:
        """Show why the log can't be read."""
        self.show_state(f"! {error.message}", True)


def _lines(entries: Sequence[Mapping[str, Any]], width: int) -> list[Content]:
    """The headings of the list, and a line for each entry; numbers are cut if the lines are too short for them."""
    rows = [
        (_when(each), user_of(each), event_in_words(each), ", ".join(numbers_of(each, zeros=False)))
        for each in entries
    ]
    when, who, what, _ = (max(map(len, column)) for column in zip(_LABELS, *rows, strict=True))
    numbers = max(width - when - who - what - 3 * len(_GAP), 0)
    return [
        Content.assemble(
            plain(f"{first:<{when}}{_GAP}{second:<{who}}{_GAP}{third:<{what}}{_GAP}"),
            (plain(fourth, numbers).plain, "$text-muted"),
        )
        for first, second, third, fourth in (_LABELS, *rows)
    ]


def _when(entry: Mapping[str, Any], form: str = "%d/%m/%Y %H:%M") -> str:
    moment = moment_of(entry)
    return f"{moment:{form}}" if moment else "?"


def _details(entry: Mapping[str, Any], width: int) -> Content:
    """What an entry says, each part beside its label."""
    values = {
        "When": _when(entry, "%d/%m/%Y at %H:%M:%S"),
        "Who": f"{user_of(entry)} ({entry.get('account') or 'no account'})",
        "What": event_in_words(entry),
        "Numbers": ", ".join(numbers_of(entry)),
    }
    return beside_labels(values, width)
