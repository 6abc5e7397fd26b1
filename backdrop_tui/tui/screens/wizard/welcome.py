"""Getting started: what will be asked for, and where to begin or go on."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from backdrop_tui.errors import BackdropError
from backdrop_tui.steps.listing import SIGN_UP
from backdrop_tui.steps.step import Step
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen
from backdrop_tui.tui.shell.base_screens import Failed, StepScreen
from backdrop_tui.tui.widgets.breadcrumb import Breadcrumb
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.wording import counted

if TYPE_CHECKING:
    from backdrop_tui.intake.draft.draft_facts import DraftFacts
    from backdrop_tui.steps.progress import SetUpProgress

_INTRO = (
    "Bring your students and staff into Back:drop from the CSV file that you have. "
    "Columns are matched for you, and mistakes are shown row by row, to be put right here. "
    "Nothing is stored until you say so, and nothing is lost if you stop: you can go on later."
)
_CHOICES = (
    ("students.csv", "Import students from a CSV file"),
    ("students.hand", "Add students by hand"),
    ("staff.csv", "Import staff from a CSV file"),
    ("staff.hand", "Add staff by hand"),
    ("plan", "Action Plan: what is done, and what is next"),
    ("administration", "Administration: look people up, change, remove; rights; settings"),
    ("columns", "Which columns to ask for, and how to get the file here"),
    ("students.template", "Save an empty file for students"),
    ("staff.template", "Save an empty file for staff"),
)
_LONGEST_NAME = 30
"""Characters of the school's name that leave room for the counts behind it."""


class WelcomeScreen(StepScreen[None]):
    """Where set-up begins, and goes on."""

    TITLE = "Getting started"
    HELP = "Choose with the arrow keys and Enter.\nWhat you began and did not complete stands at the top: go on with it, or press d to discard it."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape",
            "stay",
            "Stay",
            show=False,
            id="welcome.stay",
            tooltip="This is the first screen: stay here",
        ),
        Binding("q", "app.quit", "Quit", id="welcome.quit", tooltip="Close; the next start goes on here"),
        Binding(
            "d",
            "discard",
            "Discard",
            id="welcome.discard",
            tooltip="Discard what was begun and not completed",
        ),
    ]

    choices = getters.query_one("#choices", OptionList)
    standing = getters.query_one("#standing", Static)

    def __init__(self) -> None:
        super().__init__()
        self._drafts: tuple[DraftFacts, ...] = ()
        # What was begun comes first in the list: a key pressed before it is there would choose something else.
        self.holds_keys = True

    @dataclass
    class Found(Message):
        """What was begun and not completed has been found out."""

        drafts: "tuple[DraftFacts, ...]"
        """They, the newest first."""

    @dataclass
    class Chosen(Message):
        """The user has chosen where to go."""

        choice: str
        """A step such as `settings`, a way to add people such as `students.csv`, or `draft:ID`."""

    @dataclass
    class Discarded(Message):
        """A draft has been removed, or could not be."""

        error: BackdropError | None
        """Why it could not be removed; None if it was."""

    def compose(self) -> ComposeResult:
        """What this is, how far it is, and the choices."""
        yield Breadcrumb("Getting started")
        with VerticalScroll(can_focus=False):
            yield Static(plain(_INTRO), id="intro")
            yield Static(id="standing")
            yield OptionList(
                *(Option(text, id=name) for name, text in _CHOICES), id="choices", compact=True, markup=False
            )
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Be ready for a key, and follow the progress."""
        self.choices.focus()
        self.choices.highlighted = 0
        self.watch(self.app, "progress", self.show, init=False)

    def on_screen_resume(self) -> None:
        """Look again how far it is, once this screen is drawn."""
        self.call_after_refresh(self.look)

    def look(self) -> None:
        """Find out how far set-up is, and what was begun."""
        self.host.refresh_progress()
        self.look_for_drafts()

    @work(thread=True, exclusive=True, group="drafts", exit_on_error=False)
    def look_for_drafts(self) -> None:
        """Find out what was begun, away from the screen."""
        folder = self.host.folder
        from backdrop_tui.intake.draft.draft import open_drafts  # noqa: PLC0415 - loads polars

        try:
            found = tuple(open_drafts(folder))
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Found(found))

    def show_failure(self, error: BackdropError) -> None:
        """Say what can't be done."""
        self.standing.update(plain(error.message))
        self.standing.add_class("-error")

    @on(Found)
    def take_drafts(self, event: Found) -> None:
        """Offer to go on."""
        self._drafts = event.drafts
        self.holds_keys = False
        self.show()

    def show(self) -> None:
        """Show how far it is, and what can be done."""
        progress = self.host.progress
        if progress is not None:
            self.standing.remove_class("-error")
            students = counted(progress.students, "student")
            school = f"{plain(progress.organisation, _LONGEST_NAME).plain}. " if progress.organisation else ""
            self.standing.update(Content(f"{school}Stored so far: {students}, {progress.staff:,} staff."))
        here, was = self.choices.highlighted_option, self.choices.highlighted
        choices = list(self._offered(progress))
        ids = [option.id for option in choices]
        self.choices.clear_options()
        self.choices.add_options(choices)
        # Until a key has moved it, the cursor stays on what is best done first.
        self.choices.highlighted = ids.index(here.id) if was and here is not None and here.id in ids else 0
        self.refresh_bindings()

    def _offered(self, progress: "SetUpProgress | None") -> Iterator[Option]:
        """What can be done: what was begun, what comes first, then the rest."""
        for draft in self._drafts:
            yield Option(_going_on(draft), id=f"draft:{draft.id}")
        blockers = self._blockers("students.csv")
        if blockers:
            yield Option(Content.styled(blockers[0].title, "bold"), id=blockers[0].key)
        for name, text in _CHOICES:
            locked = self._blockers(name)
            yield Option(Content.styled(f"{text} (locked)", "dim") if locked else text, id=name)
        if progress is not None and SIGN_UP not in blockers:
            yield Option("Change your name, your e-mail address or the school's name", id=SIGN_UP.key)

    def _blockers(self, choice: str) -> tuple[Step, ...]:
        """The steps to complete before a choice is unlocked, in order; empty if it is open."""
        progress = self.host.progress
        kind, _, how = choice.partition(".")
        if progress is None or how not in {"csv", "hand"}:
            return ()
        return next(status.blockers for status in progress.steps if status.step.kind == kind)

    def action_stay(self) -> None:
        """There is no step before this one."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what was begun can be discarded."""
        if action == "discard":
            option = self.choices.highlighted_option if self.is_mounted else None
            return option is not None and (option.id or "").startswith("draft:")
        return super().check_action(action, parameters)

    @on(OptionList.OptionHighlighted)
    def renew_keys(self) -> None:
        """Show the keys that do something here."""
        self.refresh_bindings()

    @on(OptionList.OptionSelected)
    def begin(self, event: OptionList.OptionSelected) -> None:
        """Go where the choice leads."""
        choice = event.option.id or ""
        if choice.endswith((".csv", ".hand")) and not self._blockers(choice):
            # What is begun now will stand at the top when the user comes back.
            self.choices.highlighted = 0
        self.post_message(self.Chosen(choice))

    def action_discard(self) -> None:
        """Ask, then discard what was begun."""
        option = self.choices.highlighted_option
        if option is None or not option.id:
            return
        draft_id = option.id.removeprefix("draft:")

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - a screen's result
            if yes:
                self.discard(draft_id)

        question = "What you have put right or typed in is lost. The CSV file, where there is one, and what is stored stay as they are."
        self.app.push_screen(ConfirmScreen("Discard what was begun?", question, "Discard", "Keep"), answered)

    @work(thread=True, group="discard", exit_on_error=False)
    def discard(self, draft_id: str) -> None:
        """Remove a draft, in a worker."""
        folder = self.host.folder
        from backdrop_tui.intake.draft.draft import Draft  # noqa: PLC0415 - loads polars

        error = None
        try:
            Draft.open(folder, draft_id).discard()
        except BackdropError as reason:
            error = reason
        self.post_message(self.Discarded(error))

    @on(Discarded)
    def show_what_is_left(self, event: Discarded) -> None:
        """Show the drafts that are left; say why one could not be removed."""
        if event.error is not None:
            self.show_error(event.error)
        self.look()


def _going_on(draft: "DraftFacts") -> Content:
    """The words that offer to go on with a draft."""
    from backdrop_tui.school.import_history import date_time_in_words  # noqa: PLC0415 - loads polars

    began = f"begun {date_time_in_words(draft.started)}"
    what = f"the {draft.kind} typed in by hand" if draft.by_hand else plain(draft.file, 40).plain
    return Content.assemble(
        (f"Go on with {what}", "bold"), f"  ({draft.kind}, {began})" if not draft.by_hand else f"  ({began})"
    )
