"""Checking that everything is as it was stored."""

from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message

from backdrop_tui.care.backups.backup import last_backup
from backdrop_tui.care.backups.holdings import Holdings, stored_holdings
from backdrop_tui.care.checking import accept_data, problems_of
from backdrop_tui.errors import BackdropError
from backdrop_tui.school.school import School
from backdrop_tui.store.errors import NewerFormatError
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen, ask
from backdrop_tui.tui.shell.base_screens import Failed, StepScreen
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.breadcrumb import Breadcrumb
from backdrop_tui.tui.widgets.fitted_text import FittedText, hanging
from backdrop_tui.tui.widgets.footer import Footer
from backdrop_tui.tui.widgets.panels.panel import titled
from backdrop_tui.wording import counted

_SOUND = "Everything is as it was stored, so there is nothing to do."
_RESTORE = (
    "A backup may have more, so restoring one is usually better: press Esc and choose “Restore a backup”."
)
_GAP = "      "
_ACCEPT = "Press a to go on with what can be read."


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

    holdings = getters.query_one("#holdings", FittedText)
    outcome = getters.query_one("#outcome", FittedText)

    @dataclass
    class Checked(Message):
        """Everything has been read."""

        problems: list[str]
        """What isn't as it was stored, a sentence each."""
        holdings: Holdings | None = None
        """What is stored; None if it can't be read."""
        backup: str = ""
        """When the last backup was made, in a sentence; empty if there are problems."""
        remark: str = ""
        """What came of accepting it; empty if it wasn't accepted."""

        @classmethod
        def now(cls, school: School, remark: str = "") -> "CheckDataScreen.Checked":
            """Read everything. Raises `DataFolderError` if not even that can be done."""
            problems, holdings = problems_of(school), None
            with suppress(NewerFormatError):  # which is one of the problems
                holdings = stored_holdings(school)
            return cls(problems, holdings, "" if problems else last_backup(school), remark)

    def __init__(self) -> None:
        super().__init__()
        self._problems: list[str] = []

    def compose(self) -> ComposeResult:
        """Lay out what was read, and the result."""
        yield Breadcrumb("Administration: data care: check the data")
        yield titled(FittedText(id="holdings"), "What is stored")
        with titled(VerticalScroll(id="result"), "Result"):
            yield FittedText(id="outcome")
        yield Footer()

    def on_mount(self) -> None:
        """Read everything."""
        self.check()

    @work(thread=True, exclusive=True, group="care", exit_on_error=False)
    def check(self) -> None:
        """Read everything, in a worker."""
        school = self.host.school
        try:
            self.post_message(self.Checked.now(school))
        except BackdropError as error:
            self.post_message(Failed(error))

    @work(thread=True, exclusive=True, group="care", exit_on_error=False)
    def accept(self, number: int) -> None:
        """Take what is there as it is, in a worker."""
        school = self.host.school
        try:
            remark = accept_data(school, number) or "From now on, what is stored counts as right."
            self.post_message(self.Checked.now(school, remark))
        except BackdropError as error:
            self.post_message(Failed(error))

    @on(Checked)
    def show_checked(self, event: Checked) -> None:
        """Show what is stored, and what isn't as it was stored."""
        self._problems = event.problems
        self.holdings.show(partial(_holdings, event.holdings))
        self.outcome.show(partial(_result, event))
        self.refresh_bindings()

    def show_failure(self, error: BackdropError) -> None:
        """Show why it could not be checked."""
        self.outcome.show(partial(_problem, error.message))

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


def _holdings(holdings: Holdings | None, width: int) -> Content:
    """What is stored, in numbers; in two columns if there is room for them."""
    if holdings is None:
        return Content("It can't be read.")
    label = max(len(what) for what, _ in holdings.numbers)
    digits = max(len(f"{number:,}") for _, number in holdings.numbers)
    cells = [
        Content.assemble((f"{what:<{label}}", "$text-muted"), f"  {number:>{digits},}")
        for what, number in holdings.numbers
    ]
    columns = 2 if 2 * cells[0].cell_length + len(_GAP) <= width else 1
    lines = [Content(_GAP).join(cells[place : place + columns]) for place in range(0, len(cells), columns)]
    return Content("\n").join(lines)


def _result(event: CheckDataScreen.Checked, width: int) -> Content:
    """What isn't as it was stored, and what to do about it."""
    remark = [hanging(Content(), event.remark, width)] if event.remark else []
    if not event.problems:
        sound = hanging(Content.styled("✓ ", "bold $text-success"), _SOUND, width)
        return Content("\n\n").join([*remark, sound, hanging(Content(), event.backup, width)])
    number = Content.styled(counted(len(event.problems), "problem"), "bold $text-error")
    advice = [hanging(Content(), text, width) for text in (_RESTORE, _ACCEPT)]
    return Content("\n\n").join(
        [*remark, number, *(_problem(each, width) for each in event.problems), *advice]
    )


def _problem(text: str, width: int) -> Content:
    return hanging(Content.styled("! ", "bold $text-error"), text, width)
