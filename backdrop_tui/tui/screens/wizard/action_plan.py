"""The Action Plan: every step, what to do next, and the imports, running and finished."""

from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Footer, OptionList, ProgressBar, Static
from textual.widgets.option_list import Option

from backdrop_tui.errors import BackdropError
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.steps.listing import ADD_STAFF
from backdrop_tui.steps.locks import LockedError
from backdrop_tui.steps.marks import skip_staff
from backdrop_tui.steps.progress import SetUpProgress, StepStatus
from backdrop_tui.tui.screens.dialogs.steps import ADMINISTRATION
from backdrop_tui.tui.screens.shared.imports_screen import IMPORT_MARKS, ImportsScreen
from backdrop_tui.tui.screens.wizard.summary import SummaryScreen
from backdrop_tui.tui.shell.base_screens import Failed
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.breadcrumb import Breadcrumb
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.tui.widgets.progress_menu import step_line

_WIDTH = 33
_MOST = 20


class ActionPlanScreen(ImportsScreen[str]):
    """Where Complete leads: how set-up stands, and what comes next. It is left with the step to go to."""

    CSS_PATH = stylesheet("action_plan")
    TITLE = "Action Plan"
    SHOWS_IMPORTS = True
    HELP = (
        "Every step of the set-up, with what to do next. Enter goes to a step.\n"
        "Below stand the imports: the one that is running with its progress, and those before it with what they did. "
        "u takes the last import back as a whole."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "skip", "Skip staff", id="plan.skip", tooltip="Leave staff for later"),
        Binding("a", "administration", "Administration", id="plan.administration", tooltip="Everything that can be looked up and changed"),
        Binding("b", "summary", "Last import", id="plan.summary", tooltip="What the last import did, with bars for each group"),
    ]  # fmt: skip

    steps = getters.query_one("#steps", OptionList)
    bar = getters.query_one("#bar", ProgressBar)
    now_running = getters.query_one("#running", Static)
    history = getters.query_one("#history", Static)

    class Skipped(Message):
        """Staff are left for later."""

    def compose(self) -> ComposeResult:
        """The steps, the running import, those before it."""
        yield Breadcrumb("Action Plan")
        with VerticalScroll(can_focus=False):
            yield OptionList(id="steps", compact=True, markup=False)
            yield Static(id="running")
            yield ProgressBar(total=100, show_eta=False, id="bar")
            yield Static(id="history")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Follow the progress."""
        self.steps.focus()
        self.watch(self.app, "progress", self.show_steps)
        self.watch(self.app, "running_import", self.show_running)
        self.watch(self.app, "finished_import", self.show_ended, init=False)

    def on_screen_resume(self) -> None:
        """Look again how it stands."""
        self.host.refresh_progress()
        self.load()

    def show_imports(self) -> None:
        """Show the imports before."""
        past = [record for record in self.records if not record.is_unfinished]
        lines = [plain(f"{IMPORT_MARKS.get(record.state, '!')} {record.summary}") for record in past[:_MOST]]
        self.history.update(
            Content("\n").join([Content.styled("Imports", "bold"), *lines]) if lines else Content("")
        )

    def show_steps(self, progress: SetUpProgress | None) -> None:
        """Show the state of each step, and what to do in it."""
        if progress is None:
            return
        before = self.steps.highlighted
        self.steps.clear_options()
        self.steps.add_options(Option(_with_hint(status), id=status.step.key) for status in progress.steps)
        following = progress.next_step
        start = self.steps.get_option_index(following.key) if following else 0
        self.steps.highlighted = start if before is None else before
        self.refresh_bindings()

    def show_running(self) -> None:
        """Show the import that is being done."""
        running = self.host.running_import
        self.bar.display = running is not None
        if running is None:
            self.now_running.update("")
            self.load()
            return
        what = plain(running.file or f"{running.kind} typed in by hand", 50).plain
        self.now_running.update(
            Content.assemble(("~ Import running: ", "bold $text-warning"), f"{what}. {running.stage} …")
        )
        self.bar.update(progress=running.fraction * 100)

    def show_ended(self) -> None:
        """Show what an import did, as soon as it is done, unless the user has gone on."""
        ended = self.host.finished_import
        if ended is not None and ended.outcome is not None and self.app.screen is self:
            self.action_summary()

    def action_administration(self) -> None:
        """Go to Administration."""
        self.dismiss(ADMINISTRATION)

    def action_summary(self) -> None:
        """Show what the last import did."""
        ended = self.host.finished_import
        if ended is not None and ended.outcome is not None:
            self.app.push_screen(SummaryScreen(KINDS[ended.kind], ended.outcome, ended.path))

    @on(OptionList.OptionSelected)
    def go(self, event: OptionList.OptionSelected) -> None:
        """Go to a step, if it is open."""
        progress = self.host.progress
        status = progress.status_of(event.option.id or "") if progress else None
        if status is None:
            return
        if status.is_open:
            self.dismiss(status.step.key)
        else:
            self.show_error(LockedError(status.step.title, status.blockers))

    @on(OptionList.OptionHighlighted)
    def renew_keys(self) -> None:
        """Show the keys that do something here."""
        self.refresh_bindings()

    def action_skip(self) -> None:
        """Leave staff for later."""
        self.skip()

    @work(thread=True, exclusive=True, group="skip", exit_on_error=False)
    def skip(self) -> None:
        """Note that staff are left for later, away from the screen."""
        try:
            skip_staff(self.host.school)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Skipped())

    @on(Skipped)
    def show_skipped(self) -> None:
        """Show that staff are left for later."""
        self.host.refresh_progress()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Grey what can't be done now."""
        if not self.is_mounted:
            return True
        progress = self.host.progress
        staff = progress.status_of(ADD_STAFF.key) if progress else None
        possible = {
            "skip": staff is not None and staff.is_open and staff.state == "to-do",
            "undo": self.can_undo,
            "summary": self.host.finished_import is not None
            and self.host.finished_import.outcome is not None,
        }
        return True if possible.get(action, True) else None


def _with_hint(status: StepStatus) -> Content:
    """The line of a step, and behind it what to do there or what to complete first."""
    hint = ""
    if not status.is_open:
        hint = f"First: {status.blockers[0].title.lower()}"
    elif status.check_failed:
        hint = "Could not be checked."
    elif status.state in ("to-do", "skipped"):
        hint = status.step.hint
    return Content.assemble(step_line(status, _WIDTH), (f"  {hint}", "dim"))
