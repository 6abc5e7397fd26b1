"""The Action Plan: the steps of set-up, what to do next, and the imports."""

from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, ProgressBar, Static
from textual.widgets.option_list import Option

from backdrop_tui.errors import BackdropError
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.steps.listing import ADD_STAFF, SIGN_UP
from backdrop_tui.steps.locks import LockedError
from backdrop_tui.steps.marks import skip_staff
from backdrop_tui.steps.progress import SetUpProgress, StepStatus
from backdrop_tui.tui.screens.dialogs.steps import ADMINISTRATION
from backdrop_tui.tui.screens.shared.imports_screen import IMPORT_MARKS, ImportsScreen
from backdrop_tui.tui.screens.shared.school_profile import SchoolProfile
from backdrop_tui.tui.screens.wizard.report import ReportScreen
from backdrop_tui.tui.screens.wizard.summary import SummaryScreen
from backdrop_tui.tui.shell.base_screens import Failed
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.breadcrumb import Breadcrumb
from backdrop_tui.tui.widgets.footer import Footer
from backdrop_tui.tui.widgets.lists.list_in_text import ListInText
from backdrop_tui.tui.widgets.panels.panel import titled
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.tui.widgets.progress_menu import step_line

_STEP_WIDTH = 33
_MOST_IMPORTS = 20


class ActionPlanScreen(ImportsScreen[str]):
    """The steps with their states, and the imports. It is dismissed with the step to go to."""

    CSS_PATH = stylesheet("action_plan")
    TITLE = "Action Plan"
    SHOWS_IMPORTS = True
    HELP = (
        "Every step of set-up, and what to do next. Press Enter to go to a step.\n"
        "Below are the imports: the one that is running, with its progress, and earlier ones, with their results. "
        "Press u to undo the whole of the last import, or p for the page for the head."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "skip", "Skip staff", id="plan.skip", tooltip="Leave staff for later"),
        Binding("a", "administration", "Administration", id="plan.administration", tooltip="Everything you can look up and change"),
        Binding("p", "report", "Page for the head", id="plan.report", tooltip="One page to read, print or pass on"),
        Binding("b", "summary", "Last import", id="plan.summary", tooltip="What the last import did, with bars for each group"),
    ]  # fmt: skip

    steps = getters.query_one("#steps", OptionList)
    bar = getters.query_one("#bar", ProgressBar)
    running = getters.query_one("#running", Static)
    history = getters.query_one("#history", Static)

    class Skipped(Message):
        """The step for staff has been skipped."""

    def __init__(self) -> None:
        super().__init__()
        self._next_key = ""

    def compose(self) -> ComposeResult:
        """Lay out the steps, the running import and earlier ones."""
        yield Breadcrumb("Action Plan")
        with VerticalScroll(can_focus=False):
            yield titled(ListInText(id="steps", compact=True, markup=False), "Steps")
            yield Static(id="running")
            yield ProgressBar(total=100, show_eta=False, id="bar")
            yield titled(Static(id="history"), "Imports")
            yield SchoolProfile()
        yield Footer()

    def on_mount(self) -> None:
        """Follow set-up progress and the imports."""
        self.steps.focus()
        self.watch(self.app, "progress", self.show_steps)
        self.watch(self.app, "running_import", self.show_running)
        self.watch(self.app, "finished_import", self.show_finished, init=False)

    def on_screen_resume(self) -> None:
        """Read set-up progress and the imports again."""
        self.host.refresh_progress()
        self.load()
        self.call_after_refresh(self.query_one(SchoolProfile).reload)

    def show_imports(self) -> None:
        """Show the latest of the imports that have ended."""
        past = [record for record in self.records if not record.is_unfinished]
        lines = [
            plain(f"{IMPORT_MARKS.get(record.state, '!')} {record.summary}")
            for record in past[:_MOST_IMPORTS]
        ]
        self.history.update(Content("\n").join(lines) if lines else "Nothing has been imported yet.")

    def show_steps(self, progress: SetUpProgress | None) -> None:
        """Show the state of each step, and what to do in it. Until it is moved, the cursor stays on the next step."""
        if progress is None:
            return
        highlighted = self.steps.highlighted_option
        follows = highlighted is None or highlighted.id == self._next_key
        self.steps.clear_options()
        self.steps.add_options(Option(_with_hint(status), id=status.step.key) for status in progress.steps)
        is_complete = all(status.state == "done" for status in progress.steps)
        self.steps.border_title = "Steps: all done" if is_complete else "Steps"
        self._next_key = progress.next_step.key if progress.next_step else ""
        key = self._next_key if follows or highlighted is None else highlighted.id
        self.steps.highlighted = self.steps.get_option_index(key) if key else 0
        self.refresh_bindings()

    def show_running(self) -> None:
        """Show the import that is in progress, or look up what it did once it has ended."""
        running = self.host.running_import
        self.bar.display = running is not None
        if running is None:
            self.running.update("")
            self.load()
            return
        name = plain(running.name, 50).plain
        self.running.update(
            Content.assemble(("~ Import running: ", "bold $text-warning"), f"{name}. {running.stage} …")
        )
        self.bar.update(progress=running.fraction * 100)

    def show_finished(self) -> None:
        """Show what an import did as soon as it has ended, unless the user has left this screen."""
        if self.app.screen is self:
            self.action_summary()

    def action_administration(self) -> None:
        """Go to Administration."""
        self.dismiss(ADMINISTRATION)

    def action_report(self) -> None:
        """Show the page for the head."""
        self.app.push_screen(ReportScreen())

    def action_summary(self) -> None:
        """Show what the last import did, if it succeeded."""
        finished = self.host.finished_import
        if finished is not None and finished.outcome is not None:
            self.app.push_screen(SummaryScreen(KINDS[finished.kind], finished.outcome, finished.paths))

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
    def refresh_keys(self) -> None:
        """Update the footer for the step that the cursor is on."""
        self.refresh_bindings()

    def action_skip(self) -> None:
        """Skip the step for staff."""
        self.skip()

    @work(thread=True, exclusive=True, group="skip", exit_on_error=False)
    def skip(self) -> None:
        """Mark the step for staff as skipped, in a worker."""
        try:
            skip_staff(self.host.school)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Skipped())

    @on(Skipped)
    def show_skipped(self) -> None:
        """Show that the step for staff has been skipped."""
        self.host.refresh_progress()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Grey out what can't be done now."""
        if not self.is_mounted:
            return True
        progress, finished = self.host.progress, self.host.finished_import
        staff = progress.status_of(ADD_STAFF.key) if progress else None
        sign_up = progress.status_of(SIGN_UP.key) if progress else None
        possible = {
            "report": sign_up is not None and sign_up.state == "done",
            "skip": staff is not None and staff.is_open and staff.state == "to-do",
            "undo": self.can_undo,
            "summary": finished is not None and finished.outcome is not None,
        }
        return True if possible.get(action, True) else None


def _with_hint(status: StepStatus) -> Content:
    """The line of a step, followed by what to do there or what to complete first."""
    hint = status.remark
    if not status.is_open:
        hint = f"First: {status.blockers[0].title}"
    elif status.check_failed:
        hint = "Could not be checked."
    elif status.state in ("to-do", "skipped"):
        hint = status.step.hint
    return Content.assemble(step_line(status, _STEP_WIDTH), (f"  {hint}", "$text-muted"))
