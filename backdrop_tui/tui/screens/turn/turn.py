"""The move to a new school year: the school as it is stored beside the school afterwards, and who joins, moves up and leaves."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from backdrop_tui.errors import BackdropError, UnusableChoiceError
from backdrop_tui.imports.turn.in_words import new_last_year, what_will_happen
from backdrop_tui.imports.turn.movements import TITLES, Movement, Turn
from backdrop_tui.imports.turn.terms import TurnTerms
from backdrop_tui.people.leaver_changes import past_day
from backdrop_tui.records.fields.dates import in_words as date_in_words
from backdrop_tui.records.schema.context import academic_year_in_words
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school.school import School
from backdrop_tui.steps.listing import step_adding
from backdrop_tui.tui.screens.dialogs.ask_text import AskTextScreen
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen, ask
from backdrop_tui.tui.screens.dialogs.show_text import ShowTextScreen
from backdrop_tui.tui.shell.base_screens import Failed, StepScreen
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.breadcrumb import Breadcrumb
from backdrop_tui.tui.widgets.fitted_text import FittedText
from backdrop_tui.tui.widgets.footer import Footer
from backdrop_tui.tui.widgets.lists.list_in_text import ListInText
from backdrop_tui.tui.widgets.outcome.turn_chart import count_line, names_of, turn_chart
from backdrop_tui.tui.widgets.panels.panel import titled
from backdrop_tui.tui.widgets.plain import plain

Planner = Callable[[School, date, bool], Turn]
"""Works out a turn, in a worker: given the school, the current date, and whether people leave even if the file has only part of it."""

_MARGIN = 3
"""Columns that are left free on the right."""


class TurnScreen(StepScreen[TurnTerms | Literal["file"]]):
    """What a move to a new school year would do. It is dismissed with the user's terms, or with `file` to do it with a file instead."""

    CSS_PATH = stylesheet("turn")
    TITLE = "New school year"
    HELP = (
        "The school as it is now, and as it would be afterwards, by year group. Press Enter on a number to see who it counts.\n"
        "People who leave are marked with a date but stay stored, so that they are recognised if they come back. Anyone who may be "
        "in a row that isn't imported is not marked.\n"
        "Press d to change the date of leaving, and c to store all of it (you are asked first). You can undo all of it with u on the Action Plan."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "complete", "Complete", id="turn.complete", tooltip="Store all of this (you are asked first)"),
        Binding("d", "date", "Date of leaving", id="turn.date", tooltip="Change the day on which people leave"),
        Binding("p", "part", "Let them leave", id="turn.part", tooltip="Mark anyone who isn't in the file as having left, although it has only part of the school in it; or don't"),
        Binding("f", "file", "With a file", id="turn.file", tooltip="Pick this year's file of the whole school, which also says who joins and leaves"),
    ]  # fmt: skip

    counts = getters.query_one("#counts", OptionList)
    note = getters.query_one("#note", Static)
    chart = getters.query_one("#chart", FittedText)
    button = getters.query_one("#complete", Button)

    @dataclass
    class Planned(Message):
        """What the turn would do has been worked out."""

        turn: Turn
        """What it would do."""

    def __init__(self, kind: RecordKind, plan: Planner, source: str = "") -> None:
        """Create the screen.

        Args:
            kind: The kind of people.
            plan: Works out what the turn would do.
            source: The file's name; empty to move everybody up without a file.
        """
        super().__init__()
        self.kind = kind
        """The kind of people."""
        self.plan = plan
        """Works out what the turn would do."""
        self.source = source
        """The file's name; empty without a file."""
        self.turn: Turn | None = None
        """What the turn would do; None until it has been worked out."""
        self.left_on: date | None = None
        """The day on which people leave; None for today."""
        self.part_may_leave = False
        """Whether people leave even if the file has only part of the school in it."""
        self._only_part = False

    @property
    def step_key(self) -> str:
        """The key of the step in which people of this kind are added."""
        return step_adding(self.kind).key

    @property
    def day(self) -> date:
        """The day on which people leave."""
        return self.left_on or self.host.today

    def compose(self) -> ComposeResult:
        """Lay out the numbers, what to know, the chart and the button."""
        yield Breadcrumb(f"New school year: {self.kind.plural}")
        with VerticalScroll(can_focus=False):
            yield titled(ListInText(id="counts", compact=True, markup=False), "What happens")
            yield Static("Working out who joins, moves up and leaves …", id="note")
            yield titled(FittedText(id="chart"), "Before and after")
        yield Button(
            "Complete",
            variant="primary",
            id="complete",
            compact=True,
            action="screen.complete",
            disabled=True,
        )
        yield Footer("complete")

    def on_mount(self) -> None:
        """Work out what the turn would do."""
        self._work_out()

    def _work_out(self) -> None:
        self.holds_keys = True
        self.work_out(self.part_may_leave)

    @work(thread=True, exclusive=True, group="plan", exit_on_error=False)
    def work_out(self, part_may_leave: bool) -> None:  # noqa: FBT001 - a worker's argument
        """Work out what the turn would do, in a worker."""
        host = self.host  # asked for first: a screen that has been left has no app
        try:
            turn = self.plan(host.school, host.today, part_may_leave)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Planned(turn))

    def show_failure(self, error: BackdropError) -> None:
        """Show why the turn can't be made."""
        self.note.update(plain(error.message))

    @on(Planned)
    def show_turn(self, event: Planned) -> None:
        """Show what the turn would do."""
        self.holds_keys = False
        self.turn = turn = event.turn
        self._only_part = self._only_part or bool(turn.findings)
        selected = self.counts.highlighted or 0
        self.counts.clear_options()
        self.counts.add_options(Option(count_line(turn, movement), id=movement) for movement in TITLES)
        self.counts.highlighted = selected
        if not self.button.has_focus:
            self.counts.focus()
        self.button.disabled = False
        self._show_note()
        self.chart.show(lambda width: turn_chart(turn, width - _MARGIN))

    def _show_note(self) -> None:
        """Say when people leave, what speaks against it, and what else changes."""
        if (turn := self.turn) is None:
            return
        lines = [Content(f"Leaving on {date_in_words(self.day)}. Press d to change that.")]
        if turn.academic_year is not None:
            year = academic_year_in_words(turn.academic_year)
            lines.append(Content(f"The school's academic year will be {year}."))
        lines += [
            Content.styled(f"? {finding.message} If they have really left, press p.", "$text-warning")
            for finding in turn.findings
        ]
        if note := new_last_year(turn):
            lines.append(Content.styled(f"? {note}", "$text-warning"))
        if self.part_may_leave:
            lines.append(
                Content.styled(
                    "? Anyone who isn't in the file will leave. Press p to change that.", "$text-warning"
                )
            )
        if not self.source:
            lines.append(
                Content(
                    "This moves everyone up without a file. Press f to use this year's file of the whole school instead."
                )
            )
        self.note.update(Content("\n").join(lines))
        leaving = turn.counts[Movement.LEAVING]
        leave = f"{leaving:,} {'leaves' if leaving == 1 else 'leave'}" if leaving else "nobody leaves"
        self.button.label = f"Complete: {leave}"
        self.button.refresh(layout=True)  # A longer label needs a wider button.
        self.refresh_bindings()

    @on(OptionList.OptionSelected)
    def show_names(self, event: OptionList.OptionSelected) -> None:
        """Show who is behind a number."""
        if self.turn is not None and event.option.id is not None:
            movement = Movement(event.option.id)
            title = f"{TITLES[movement]}: {self.kind.counted(self.turn.counts[movement])}"
            self.app.push_screen(ShowTextScreen(title, names_of(self.turn, movement)))

    def action_date(self) -> None:
        """Ask for the date of leaving."""
        self._ask_date(f"{self.day:%d/%m/%Y}")

    def _ask_date(self, text: str, error: str = "") -> None:
        note = "The day on which those who leave have left the school."
        self.app.push_screen(AskTextScreen("Date of leaving", note, "Use it", text, error), self._use_date)

    def _use_date(self, text: str | None) -> None:
        if text is None or self.turn is None:
            return
        try:
            day = past_day(text, self.host.today, what="The date of leaving")
            self.turn.carried_out(day)
        except UnusableChoiceError as error:
            self._ask_date(text, error.message)
            return
        self.left_on = day
        self._show_note()

    def action_part(self) -> None:
        """Let people leave although the file has only part of the school in it, or not."""
        self.part_may_leave = not self.part_may_leave
        self._work_out()

    def action_file(self) -> None:
        """Leave, to do it with a file."""
        self.dismiss("file")

    def action_complete(self) -> None:
        """Ask, then leave with what the user wants, unless an import is running."""
        if (turn := self.turn) is None:
            return
        if self.host.running_import is not None:
            self.notify(
                "Another import is running. Wait until it has finished, then complete this.",
                severity="warning",
            )
            return
        terms = TurnTerms(self.day, self.part_may_leave, turn)
        question = "\n".join(
            [*what_will_happen(turn, self.day), "You can undo all of it with u on the Action Plan."]
        )
        title = "Start the new school year?"
        ask(self.app, ConfirmScreen(title, question, "Complete", "Not yet"), yes=lambda: self.dismiss(terms))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Grey or hide the keys that can't be used now."""
        if action == "file":
            return not self.source
        if action == "part":
            return self._only_part
        if action in {"complete", "date"}:
            return True if self.turn is not None else None
        return True
