"""The Action Plan: every step, what to do next, and the imports, running and finished."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

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
from backdrop_tui.screens.confirm import ConfirmScreen
from backdrop_tui.screens.summary import SummaryScreen
from backdrop_tui.setup.history import ImportRecord, imports
from backdrop_tui.setup.progress import LockedError, SetUp, StepNow, skip_staff
from backdrop_tui.setup.undo import Undoable, Undone, undo, undoable
from backdrop_tui.widgets.plain import plain
from backdrop_tui.widgets.setup_menu import marked
from backdrop_tui.widgets.step import Failed, StepScreen
from backdrop_tui.widgets.style import sheet
from backdrop_tui.widgets.trail import Trail

if TYPE_CHECKING:
    from backdrop_tui.app import BackdropApp

_WIDTH = 40
_MOST = 20
_NAMED = 10
_MARKS = {"succeeded": "✓", "undone": "-"}
_NEXT = {
    "sign-up": "Say who you are.",
    "verify-email": "Type in the code that was sent to you.",
    "students": "Import a CSV, or add by hand.",
    "staff": "Import a CSV, add by hand, or s: skip.",
    "settings": "Not part of this version yet.",
    "groups": "Not part of this version yet.",
    "invite": "Send them their welcome e-mails.",
}


class ActionPlanScreen(StepScreen[str]):
    """Where Complete leads: how set-up stands, and what comes next. It is left with the step to go to."""

    CSS_PATH = sheet("action_plan")
    TITLE = "Action Plan"
    SHOWS_IMPORTS = True
    HELP = (
        "Every step of the set-up, with what to do next. Enter goes to a step.\n"
        "Below stand the imports: the one that is running with its progress, and those before it with what they did. "
        "u takes the last import back as a whole."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "skip", "Skip staff", id="plan.skip", tooltip="Leave staff for later"),
        Binding("u", "undo", "Undo last import", id="plan.undo", tooltip="Take the last import back as a whole"),
        Binding("b", "summary", "Last import", id="plan.summary", tooltip="What the last import did, with bars for each group"),
    ]  # fmt: skip

    app: "BackdropApp"
    steps = getters.query_one("#steps", OptionList)
    bar = getters.query_one("#bar", ProgressBar)
    now_running = getters.query_one("#running", Static)
    history = getters.query_one("#history", Static)

    @dataclass
    class Found(Message):
        """The imports have been looked up."""

        records: tuple[ImportRecord, ...]
        """They, the newest first."""

    @dataclass
    class ToUndo(Message):
        """It is known what undoing would do."""

        found: Undoable | None
        """What."""

    @dataclass
    class WasUndone(Message):
        """An import has been taken back."""

        undone: Undone
        """What that did."""

    def __init__(self) -> None:
        super().__init__()
        self._records: tuple[ImportRecord, ...] = ()

    def compose(self) -> ComposeResult:
        """The steps, the running import, those before it."""
        yield Trail("Action Plan")
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
        self.watch(self.app, "running", self.show_running)
        self.watch(self.app, "ended", self.show_ended, init=False)

    def on_screen_resume(self) -> None:
        """Look again how it stands."""
        self.app.look_how_far()
        self.look()

    @work(thread=True, exclusive=True, group="look", exit_on_error=False)
    def look(self) -> None:
        """Look the imports up, away from the screen."""
        try:
            found = tuple(imports(self.app.school))
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Found(found))

    @on(Found)
    def show_history(self, event: Found) -> None:
        """Show the imports before."""
        self._records = event.records
        past = [record for record in event.records if not record.is_open]
        lines = [plain(f"{_MARKS.get(record.state, '!')} {record.in_words}") for record in past[:_MOST]]
        self.history.update(
            Content("\n").join([Content.styled("Imports", "bold"), *lines]) if lines else Content("")
        )
        self.refresh_bindings()

    def show_steps(self, set_up: SetUp | None) -> None:
        """Show how each step stands."""
        if set_up is None:
            return
        before = self.steps.highlighted
        self.steps.clear_options()
        self.steps.add_options(Option(self._said(now), id=now.step.key) for now in set_up.steps)
        following = set_up.next_step
        start = self.steps.get_option_index(following.key) if following else 0
        self.steps.highlighted = start if before is None else before
        self.refresh_bindings()

    @staticmethod
    def _said(now: StepNow) -> Content:
        hint = ""
        if not now.is_open:
            hint = "First: " + ", then ".join(step.title.lower() for step in now.opens_after)
        elif now.state in ("to-do", "skipped"):
            hint = _NEXT[now.step.key]
        return Content.assemble(marked(now, now.state, _WIDTH), (f"  {hint}", "dim"))

    def show_running(self) -> None:
        """Show the import that is being done."""
        running = self.app.running
        self.bar.display = running is not None
        if running is None:
            self.now_running.update("")
            self.look()
            return
        what = plain(running.file or f"{running.kind} typed in by hand", 50).plain
        self.now_running.update(
            Content.assemble(("~ Import running: ", "bold $text-warning"), f"{what}. {running.words} …")
        )
        self.bar.update(progress=running.fraction * 100)

    def show_ended(self) -> None:
        """Show what an import did, as soon as it is done, unless the user has gone on."""
        ended = self.app.ended
        if ended is not None and ended.outcome is not None and self.app.screen is self:
            self.action_summary()

    def action_summary(self) -> None:
        """Show what the last import did."""
        ended = self.app.ended
        if ended is not None and ended.outcome is not None:
            self.app.push_screen(SummaryScreen(KINDS[ended.kind], ended.outcome, ended.path))

    @on(OptionList.OptionSelected)
    def go(self, event: OptionList.OptionSelected) -> None:
        """Go to a step, if it is open."""
        set_up = self.app.progress
        now = next((now for now in set_up.steps if now.step.key == event.option.id), None) if set_up else None
        if now is None:
            return
        if now.is_open:
            self.dismiss(now.step.key)
        else:
            self.say(LockedError(now.step, now.opens_after))

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
            skip_staff(self.app.school)
        except BackdropError as error:
            self.post_message(Failed(error))
        self.app.call_from_thread(self.app.look_how_far)

    def action_undo(self) -> None:
        """Look what undoing would do, then ask."""
        self.look_what_to_undo()

    @work(thread=True, exclusive=True, group="undo", exit_on_error=False)
    def look_what_to_undo(self) -> None:
        """Look what undoing would do, away from the screen."""
        try:
            found = undoable(self.app.school)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.ToUndo(found))

    @on(ToUndo)
    def ask(self, event: ToUndo) -> None:
        """Ask before an import is taken back; name who was edited since."""
        found = event.found
        if found is None:
            self.notify("There is no import to take back.", severity="warning")
            return

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - a screen's result
            if yes:
                self.take_back(found.record.id, bool(found.edited))

        lines = [f"The import of {found.record.what} is taken back as a whole.",
                 f"{KINDS[found.record.kind].counted(found.removed)} will be removed, {found.restored:,} set back to what they were."]  # fmt: skip
        if found.edited:
            names = ", ".join(person.name for person in found.edited[:_NAMED])
            more = f" and {len(found.edited) - _NAMED} more" if len(found.edited) > _NAMED else ""
            lines.append(f"Edited since, and that would be lost: {names}{more}.")
        self.app.push_screen(
            ConfirmScreen("Undo the last import?", "\n".join(lines), "Undo it", "Keep it"), answered
        )

    @work(thread=True, exclusive=True, group="undo", exit_on_error=False)
    def take_back(self, record_id: str, force: bool) -> None:  # noqa: FBT001 - a worker's argument
        """Take an import back, away from the screen."""
        try:
            undone = undo(self.app.school, force=force, only=record_id)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.WasUndone(undone))

    @on(WasUndone)
    def say_undone(self, event: WasUndone) -> None:
        """Say what was taken back."""
        undone = event.undone
        self.app.ended = None
        self.notify(f"Taken back: {undone.removed:,} removed, {undone.restored:,} set back.")
        self.app.look_how_far()
        self.look()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Grey what can't be done now."""
        if not self.is_mounted:
            return True
        set_up = self.app.progress
        staff = next((now for now in set_up.steps if now.step.key == "staff"), None) if set_up else None
        possible = {
            "skip": staff is not None and staff.is_open and staff.state == "to-do",
            "undo": self.app.running is None and any(record.can_be_undone for record in self._records),
            "summary": self.app.ended is not None and self.app.ended.outcome is not None,
        }
        return True if possible.get(action, True) else None
