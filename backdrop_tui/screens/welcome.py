"""Getting started: what will be asked for, and where to begin or go on."""

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
from backdrop_tui.widgets.plain import plain
from backdrop_tui.widgets.step import StepScreen
from backdrop_tui.widgets.trail import Trail

if TYPE_CHECKING:
    from backdrop_tui.app import BackdropApp
    from backdrop_tui.intake.draft import DraftFacts

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
    ("columns", "Which columns to ask for, and how to get the file here"),
    ("students.template", "Save an empty file for students"),
    ("staff.template", "Save an empty file for staff"),
)


@dataclass(frozen=True)
class Standing:
    """How far set-up is."""

    students: int
    """Students stored."""
    staff: int
    """Staff stored."""
    drafts: "tuple[DraftFacts, ...]"
    """Files that were begun and not completed."""


class WelcomeScreen(StepScreen[None]):
    """Where set-up begins, and goes on."""

    TITLE = "Getting started"
    HELP = "Choose with the arrow keys and Enter.\nWhat you began and did not complete stands at the top: go on with it, or press d to discard it."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape", "app.quit", "Quit", id="welcome.quit", tooltip="Close; the next start goes on here"
        ),
        Binding(
            "d",
            "discard",
            "Discard",
            id="welcome.discard",
            tooltip="Discard what was begun and not completed",
        ),
    ]

    app: "BackdropApp"
    choices = getters.query_one("#choices", OptionList)
    standing = getters.query_one("#standing", Static)

    @dataclass
    class Found(Message):
        """How far set-up is has been found out."""

        standing: Standing
        """How far it is."""

    @dataclass
    class Failed(Message):
        """Something can't be done."""

        error: BackdropError
        """Why."""

    def compose(self) -> ComposeResult:
        """What this is, how far it is, and the choices."""
        yield Trail("Getting started")
        with VerticalScroll(can_focus=False):
            yield Static(plain(_INTRO), id="intro")
            yield Static(id="standing")
            yield OptionList(
                *(Option(text, id=name) for name, text in _CHOICES), id="choices", compact=True, markup=False
            )
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Be ready for a key."""
        self.choices.focus()
        self.choices.highlighted = 0

    def on_screen_resume(self) -> None:
        """Look again how far it is, once this screen is drawn."""
        self.call_after_refresh(self.look)

    @work(thread=True, exclusive=True, group="standing", exit_on_error=False)
    def look(self) -> None:
        """Find out what is stored and what was begun."""
        from backdrop_tui.intake.draft import open_drafts  # noqa: PLC0415 - loads polars

        try:
            people = self.app.school.people
            standing = Standing(
                people.count("students"), people.count("staff"), tuple(open_drafts(self.app.folder))
            )
        except BackdropError as error:
            self.post_message(self.Failed(error))
        else:
            self.post_message(self.Found(standing))

    @on(Failed)
    def show_failure(self, event: Failed) -> None:
        """Say what can't be done."""
        self.standing.update(plain(event.error.message))
        self.standing.add_class("-error")

    @on(Found)
    def show_standing(self, event: Found) -> None:
        """Show how far it is, and offer to go on."""
        found = event.standing
        self.standing.remove_class("-error")
        stored = f"Stored so far: {found.students:,} {'student' if found.students == 1 else 'students'}, {found.staff:,} staff."
        self.standing.update(Content(stored))
        here = self.choices.highlighted_option
        self.choices.clear_options()
        for draft in found.drafts:
            self.choices.add_option(Option(_going_on(draft), id=f"draft:{draft.id}"))
        self.choices.add_options(Option(text, id=name) for name, text in _CHOICES)
        ids = [option.id for option in self.choices.options]
        fresh = here is None or here.id not in ids or (here.id == _CHOICES[0][0] and bool(found.drafts))
        self.choices.highlighted = 0 if fresh or here is None else ids.index(here.id)
        self.refresh_bindings()

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
        from backdrop_tui.screens.flow import begin  # noqa: PLC0415 - loads polars

        begin(self.app, event.option.id or "", self.look)

    def action_discard(self) -> None:
        """Ask, then discard what was begun."""
        from backdrop_tui.screens.flow import discard  # noqa: PLC0415 - loads polars

        option = self.choices.highlighted_option
        if option is not None and option.id:
            discard(self.app, option.id.removeprefix("draft:"), self.look)


def _going_on(draft: "DraftFacts") -> Content:
    """The words that offer to go on with a draft."""
    began = f"begun {draft.started[:10]} at {draft.started[11:16]}"
    what = f"the {draft.kind} typed in by hand" if draft.by_hand else plain(draft.file, 40).plain
    return Content.assemble(
        (f"Go on with {what}", "bold"), f"  ({draft.kind}, {began})" if not draft.by_hand else f"  ({began})"
    )
