"""The first screen: where to start, and what to resume."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from backdrop_tui.errors import BackdropError
from backdrop_tui.steps.listing import SIGN_UP
from backdrop_tui.steps.step import Step
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen
from backdrop_tui.tui.shell.base_screens import Failed, StepScreen
from backdrop_tui.tui.widgets.breadcrumb import IMPORT_STEPS, Breadcrumb
from backdrop_tui.tui.widgets.footer import Footer
from backdrop_tui.tui.widgets.lists.options import Options
from backdrop_tui.tui.widgets.panels.panel import titled
from backdrop_tui.tui.widgets.plain import plain

if TYPE_CHECKING:
    from backdrop_tui.intake.draft.draft_listing import ListedDraft
    from backdrop_tui.steps.progress import SetUpProgress

_INTRO = (
    "Bring your students and staff into Back:drop from the CSV file that you have. Columns are matched for you, and mistakes "
    "are shown row by row. Nothing is stored until you say so, and nothing is lost if you stop."
)
_NEXT = "Next step"
_CHOICES = (
    ("plan", _NEXT, "Action Plan", "what is done, and what is next"),
    ("students.csv", "Students", "Import students from a CSV file", ""),
    ("students.hand", "Students", "Add students by hand", ""),
    ("students.template", "Students", "Save an empty file for students", "to fill in and import"),
    ("staff.csv", "Staff", "Import staff from a CSV file", ""),
    ("staff.hand", "Staff", "Add staff by hand", ""),
    ("staff.template", "Staff", "Save an empty file for staff", "to fill in and import"),
    ("administration", "Administration and help", "Administration", "people, user groups and settings"),
    (SIGN_UP.key, "Administration and help", "Your account", "your name, e-mail, the school's name"),
    ("columns", "Administration and help", "Which columns to ask for", "and how to get the file here"),
)  # fmt: skip
"""The choices: key, heading, title, and what it is about."""
_TITLE_WIDTH = 32
_GUIDE = (
    "a CSV file from your MIS; press F1 there for help",
    "which of its columns is which; most are recognised",
    "mistakes, one by one or hundreds with one key",
    "see what will be added and changed before it is",
    "stored; rows left out are kept in a file for later",
)
"""What happens in each step of an import."""
_LONGEST_NAME = 30
"""Characters of the school's name that are shown, so that the counts after it fit."""


class WelcomeScreen(StepScreen[None]):
    """The first screen: what is stored so far, drafts to resume, and where else to go."""

    TITLE = "Getting started"
    HELP = "Choose with the arrow keys and Enter.\nAnything you started and haven't finished is at the top: carry on with it, or press d to discard it."
    NEXT_KEYS = (("Enter", "opens the selected line"), ("↑ ↓", "select another"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape",
            "stay",
            "Stay",
            show=False,
            id="welcome.stay",
            tooltip="This is the first screen: stay here",
        ),
        Binding("q", "app.quit", "Quit", id="welcome.quit", tooltip="Close; next time, you carry on here"),
        Binding(
            "d",
            "discard",
            "Discard",
            id="welcome.discard",
            tooltip="Discard what was started and not finished",
        ),
    ]

    choices = getters.query_one("#choices", OptionList)
    summary = getters.query_one("#summary", Static)

    def __init__(self) -> None:
        super().__init__()
        self._drafts: tuple[ListedDraft, ...] = ()
        # Drafts come first in the list: a key pressed before they are there would choose something else.
        self.holds_keys = True

    @dataclass
    class DraftsListed(Message):
        """The drafts have been read from the data folder."""

        drafts: "tuple[ListedDraft, ...]"
        """The drafts, newest first."""

    @dataclass
    class Chosen(Message):
        """The user has chosen where to go."""

        choice: str
        """A step such as `settings`, a way to add people such as `students.csv`, or `draft:ID`."""

    @dataclass
    class Discarded(Message):
        """A draft has been discarded, or could not be."""

        error: BackdropError | None
        """Why the draft could not be discarded; None if it was."""

    def compose(self) -> ComposeResult:
        """Lay out the introduction, the summary and the choices."""
        yield Breadcrumb("Getting started")
        with VerticalScroll(can_focus=False):
            yield Static(plain(_INTRO), id="intro")
            yield Static(id="summary")
            yield Options(*self._options(None), id="choices", compact=True, markup=False)
            yield Static(_guide(), id="guide")
        yield Footer()

    def on_mount(self) -> None:
        """Focus the choices, and follow set-up progress."""
        self.choices.focus()
        titled(self.choices, "Where to go")
        titled(self.query_one("#guide", Static), "How an import goes")
        self.choices.highlighted = 1
        self.watch(self.app, "progress", self.show_progress, init=False)

    def on_screen_resume(self) -> None:
        """Read set-up progress and the drafts again, once this screen is drawn."""
        self.call_after_refresh(self.reload)

    def reload(self) -> None:
        """Read set-up progress and the drafts, in workers."""
        self.host.refresh_progress()
        self.list_drafts()

    def show_progress(self) -> None:
        """Show set-up progress. The drafts are read again, because the first time old ones have been removed before that."""
        self.refresh_choices()
        if self.is_current:
            self.list_drafts()

    @work(thread=True, exclusive=True, group="drafts", exit_on_error=False)
    def list_drafts(self) -> None:
        """Read the drafts from the data folder, in a worker."""
        folder, worker = self.host.folder, get_current_worker()
        from backdrop_tui.intake.draft.draft_listing import open_drafts  # noqa: PLC0415 - loads polars

        try:
            drafts = tuple(open_drafts(folder))
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            if not worker.is_cancelled:
                self.post_message(self.DraftsListed(drafts))

    def show_failure(self, error: BackdropError) -> None:
        """Show an error in place of the summary."""
        self.summary.update(plain(error.message))
        self.summary.add_class("-error")

    @on(DraftsListed)
    def show_drafts(self, event: DraftsListed) -> None:
        """Offer the drafts, and let keys through."""
        self._drafts = event.drafts
        self.holds_keys = False
        self.refresh_choices()

    def refresh_choices(self) -> None:
        """Show what is stored so far, and the choices that there are now."""
        progress = self.host.progress
        if progress is not None:
            self.summary.remove_class("-error")
            school = f"{plain(progress.organisation, _LONGEST_NAME).plain}. " if progress.organisation else ""
            self.summary.update(Content(f"{school}Stored so far: {progress.stored}."))
        highlighted, index = self.choices.highlighted_option, self.choices.highlighted
        options = list(self._options(progress))
        ids = [option.id for option in options]
        self.choices.clear_options()
        self.choices.add_options(options)
        # Until a key has moved it, the cursor stays on the first option below its heading, which is best done first.
        stays = (index or 0) > 1 and highlighted is not None and highlighted.id in ids
        self.choices.highlighted = ids.index(highlighted.id) if highlighted and stays else 1
        self.refresh_bindings()

    def _options(self, progress: "SetUpProgress | None") -> Iterator[Option]:
        """The options of the list, each below its heading: first drafts and the step that is best done next."""
        next_key = self._next_choice(progress)
        yield _heading(_NEXT)
        for draft in self._drafts:
            yield Option(_resume_label(draft), id=f"draft:{draft.id}")
        if next_key and next_key not in {key for key, *_ in _CHOICES} and progress and progress.next_step:
            yield Option(_choice_label(progress.next_step.title, progress.next_step.hint), id=next_key)
        for step in self._blocking(next_key):
            yield Option(_choice_label(step.title, step.hint), id=step.key)
        ordered = sorted(_CHOICES, key=lambda choice: choice[0] != next_key)
        shown = _NEXT
        for key, heading, title, about in ordered:
            if key == SIGN_UP.key and progress is None:
                continue
            if key != next_key and heading != shown:
                shown = heading
                yield _heading(heading)
            is_locked = bool(self._blockers(key))
            if key == next_key == SIGN_UP.key:
                yield Option(_choice_label(SIGN_UP.title, SIGN_UP.hint), id=key)
            else:
                label = _choice_label(title, "(locked)" if is_locked else about, is_muted=is_locked)
                yield Option(label, id=key)

    @staticmethod
    def _next_choice(progress: "SetUpProgress | None") -> str:
        """The key of the choice that is best taken next; empty if there is none."""
        step = progress.next_step if progress is not None else None
        if step is None:
            return "" if progress is not None else "students.csv"
        return f"{step.kind}.csv" if step.kind else step.key

    def _blocking(self, next_key: str) -> list[Step]:
        """The steps that have to come before people can be added, apart from the one that is best done next."""
        first = (self._blockers(key)[:1] for key, *_ in _CHOICES)
        steps = {step.key: step for blockers in first for step in blockers}
        return [step for key, step in steps.items() if key not in {next_key, *(key for key, *_ in _CHOICES)}]

    def _blockers(self, choice: str) -> tuple[Step, ...]:
        """The steps to complete before a choice is unlocked, in order; empty if it is open."""
        progress = self.host.progress
        kind, _, method = choice.partition(".")
        if progress is None or method not in {"csv", "hand"}:
            return ()
        return next(status.blockers for status in progress.steps if status.step.kind == kind)

    def action_stay(self) -> None:
        """Do nothing on Escape: no screen comes before this one."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide Discard unless the cursor is on a draft."""
        if action == "discard":
            option = self.choices.highlighted_option if self.is_mounted else None
            return option is not None and (option.id or "").startswith("draft:")
        return super().check_action(action, parameters)

    @on(OptionList.OptionHighlighted)
    def refresh_keys(self) -> None:
        """Update the footer: Discard is shown for drafts only."""
        self.refresh_bindings()

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Tell the app what was chosen."""
        choice = event.option.id or ""
        if choice.endswith((".csv", ".hand")) and not self._blockers(choice):
            # The new draft will be the first option when the user comes back.
            self.choices.highlighted = 1
        self.post_message(self.Chosen(choice))

    def action_discard(self) -> None:
        """Discard the draft that the cursor is on, after asking."""
        option = self.choices.highlighted_option
        if option is None or not option.id:
            return
        draft_id = option.id.removeprefix("draft:")

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - a screen's result
            if yes:
                self.discard(draft_id)

        question = (
            "Anything that you have fixed or typed in here will be lost. The CSV file and the people already stored stay as "
            "they are."
        )
        self.app.push_screen(ConfirmScreen("Discard this draft?", question, "Discard", "Keep"), answered)

    @work(thread=True, group="discard", exit_on_error=False)
    def discard(self, draft_id: str) -> None:
        """Discard a draft, in a worker."""
        folder = self.host.folder
        from backdrop_tui.intake.draft.draft_folder import discard_draft  # noqa: PLC0415 - after the first screen is drawn

        failure = None
        try:
            discard_draft(folder, draft_id)
        except BackdropError as error:
            failure = error
        self.post_message(self.Discarded(failure))

    @on(Discarded)
    def show_remaining_drafts(self, event: Discarded) -> None:
        """Show the drafts that are left, and why a draft could not be discarded."""
        if event.error is not None:
            self.show_error(event.error)
        self.reload()


def _guide() -> Content:
    """The steps of an import, each with what happens in it."""
    return Content("\n").join(
        Content.assemble((f"  {n} {name:<13}", "bold"), (about, "$text-muted"))
        for n, (name, about) in enumerate(zip(IMPORT_STEPS, _GUIDE, strict=True), start=1)
    )


def _heading(title: str) -> Option:
    """The heading of a group of choices, which can't be chosen."""
    return Option(Content.styled(title, "bold $accent"), disabled=True)


def _choice_label(title: str, about: str, *, is_muted: bool = False) -> Content:
    """A choice with what it is about beside it."""
    style = "$text-muted" if is_muted else ""
    return Content.assemble(
        (f"  {title:<{_TITLE_WIDTH}}", style), (f"  {about}" if about else "", "$text-muted")
    )


def _resume_label(draft: "ListedDraft") -> Content:
    """The option that resumes a draft: what it imports, when it was started, and whether it is damaged."""
    from backdrop_tui.school.import_history import date_time_in_words  # noqa: PLC0415 - loads polars

    notes = [f"started {date_time_in_words(draft.started)}", *(["damaged"] if draft.is_damaged else [])]
    if draft.facts is None:
        what = "Carry on with part of a draft"
    elif draft.facts.by_hand:
        what = f"Carry on with {draft.facts.kind} by hand"
    else:
        what = f"Carry on with {plain(draft.facts.file, 40).plain}"
        notes.insert(0, draft.facts.kind)
    return Content.assemble((f"  {what}", "bold"), (f"  ({', '.join(notes)})", "$text-muted"))
