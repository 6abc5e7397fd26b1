"""Checking that everything is as it was stored."""

from dataclasses import dataclass
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Static

from backdrop_tui.care.checking import accept_data, problems_of
from backdrop_tui.errors import BackdropError
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen, ask
from backdrop_tui.tui.shell.base_screens import Failed, StepScreen
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.breadcrumb import Breadcrumb
from backdrop_tui.tui.widgets.footer import Footer
from backdrop_tui.tui.widgets.plain import plain_lines


class CheckDataScreen(StepScreen[None]):
    """Reads everything that is stored, and says what isn't as it was stored."""

    CSS_PATH = stylesheet("data_care")
    TITLE = "Check the data"
    HELP = (
        "This reads everything that is stored, and lists anything that is missing, out of date, cut short or changed.\n"
        "Press a to go on with what can be read. Copies of the files are kept first."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "accept", "Accept", id="check.accept", tooltip="Go on with what can be read"),
    ]

    outcome = getters.query_one("#outcome", Static)

    @dataclass
    class Checked(Message):
        """Everything has been read."""

        problems: list[str]
        """What isn't as it was stored, a sentence each."""
        remark: str = ""
        """What came of accepting it; empty if it wasn't accepted."""

    def __init__(self) -> None:
        super().__init__()
        self._problems: list[str] = []

    def compose(self) -> ComposeResult:
        """Lay out the outcome."""
        yield Breadcrumb("Administration: data care: check the data")
        with VerticalScroll():
            yield Static("Reading everything …", id="outcome")
        yield Footer()

    def on_mount(self) -> None:
        """Read everything."""
        self.check()

    @work(thread=True, exclusive=True, group="care", exit_on_error=False)
    def check(self) -> None:
        """Read everything, in a worker."""
        school = self.host.school
        try:
            self.post_message(self.Checked(problems_of(school)))
        except BackdropError as error:
            self.post_message(Failed(error))

    @work(thread=True, exclusive=True, group="care", exit_on_error=False)
    def accept(self, number: int) -> None:
        """Take what is there as it is, in a worker."""
        school = self.host.school
        try:
            remark = accept_data(school, number) or "From now on, what is stored counts as right."
            self.post_message(self.Checked(problems_of(school), remark))
        except BackdropError as error:
            self.post_message(Failed(error))

    @on(Checked)
    def show_checked(self, event: Checked) -> None:
        """Show what isn't as it was stored."""
        self._problems = event.problems
        sound = [] if event.problems else ["Everything is as it was stored."]
        self.outcome.set_class(bool(event.problems), "-error")
        self.outcome.update(plain_lines("\n\n".join(filter(None, [event.remark, *event.problems, *sound]))))
        self.refresh_bindings()

    def show_failure(self, error: BackdropError) -> None:
        """Show why it could not be checked."""
        self.outcome.add_class("-error")
        self.outcome.update(plain_lines(error.message))

    def action_accept(self) -> None:
        """Ask, then take what is there as it is."""
        number = len(self._problems)
        question = (
            "Anything that can't be read will be lost, and anything that was changed will count as right. Copies of the files as they are "
            "now are kept. A backup may have more, so restoring one is usually better."
        )
        ask(
            self.app,
            ConfirmScreen("Go on with what can be read?", question, "Go on", "Leave it"),
            yes=lambda: self.accept(number),
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grey the key that can't be used now."""
        if action == "accept":
            return True if self._problems else None
        return super().check_action(action, parameters)
