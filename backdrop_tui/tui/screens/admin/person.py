"""Adding somebody to those who are stored: a form, one person at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Footer, Static

from backdrop_tui.errors import BackdropError
from backdrop_tui.people.changes import PeopleChange, add_person
from backdrop_tui.people.directory import name_of
from backdrop_tui.people.person_check import PersonCheck, check_person
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen
from backdrop_tui.tui.screens.shared.person_form import PersonForm
from backdrop_tui.tui.shell.base_screens import Failed, StepScreen
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.breadcrumb import Breadcrumb
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.tui.widgets.problem_list import problem_line


class PersonScreen(StepScreen[tuple[PeopleChange, ...]]):
    """A form for somebody new, stored at once. It is left with those who were added."""

    CSS_PATH = stylesheet("people")
    TITLE = "Add somebody"
    HELP = (
        "Type in one person. Enter goes to the next field, and in the last one stores them. Where there is something to choose from, ↓ shows it.\n"
        "The same rules hold as in an import. What is odd but possible is stored when you press Ctrl+S a second time."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Store", id="person.save", tooltip="Store this person, and begin the next"),
    ]

    message = getters.query_one("#message", Static)
    form = getters.query_one(PersonForm)

    @dataclass
    class LookedOver(Message):
        """What was typed has been looked over, and stored where nothing was wrong."""

        texts: dict[str, str]
        """What was typed."""
        entry: PersonCheck
        """What was found."""
        change: PeopleChange | None
        """What was stored."""

    def __init__(self, kind: RecordKind, fields: Sequence[Field], context: Context | None) -> None:
        super().__init__()
        self._fields = fields
        self._choices_from = context
        self.kind = kind
        """What they are."""
        self.added: list[PeopleChange] = []
        """Who was added."""
        self._seen: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """The form, and what is wrong with it."""
        yield Breadcrumb(f"Administration: add a {self.kind.one}")
        yield PersonForm(self.kind)
        yield Static(id="message")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Begin with the first field."""
        self.form.context = self._choices_from
        self.form.show_fields(self._fields)
        self.form.begin()

    @property
    def leave_warning(self) -> str:
        """Somebody is typed in and not stored."""
        return (
            "What is typed in is not stored yet. Ctrl+S stores it." if any(self.form.values.values()) else ""
        )

    @on(PersonForm.Filled)
    def action_save(self) -> None:
        """Look over what was typed, and store it."""
        texts = self.form.values
        if not any(texts.values()):
            self.message.update(" Nothing is typed in yet.")
            return
        self.holds_keys = True
        self.look_over_and_store(texts, warned=texts == self._seen)

    @work(thread=True, exclusive=True, group="store", exit_on_error=False)
    def look_over_and_store(self, texts: dict[str, str], *, warned: bool) -> None:
        """Store what is right, and what is odd where the user has been told; away from the screen."""
        host = self.host  # asked for first: a screen that has been left has no app
        school, today = host.school, host.today
        change = None
        try:
            entry = check_person(school, self.kind, texts, today)
            if not entry.problems or (warned and not entry.has_errors):
                change = add_person(school, self.kind, entry.person)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.LookedOver(texts, entry, change))

    @on(LookedOver)
    def show(self, event: LookedOver) -> None:
        """Begin the next person, or say what is wrong with this one."""
        self.holds_keys = False
        self._seen = event.texts
        if event.change is not None:
            self._begin_next(event.change)
            return
        self.message.update(Content("\n").join(self._said(event.entry)))
        wrong = next((problem.field for problem in event.entry.problems if problem.field), self.kind.keys[0])
        self.form.line(wrong).focus()

    @staticmethod
    def _said(entry: PersonCheck) -> list[Content]:
        lines = [Content.assemble(" ", problem_line(p.level, p.message)) for p in entry.problems]
        return lines if entry.has_errors else [*lines, Content(" If that is right, press Ctrl+S again.")]

    def _begin_next(self, change: PeopleChange) -> None:
        self.added.append(change)
        person = change.after.row(0, named=True)
        self.message.update(plain(f" ✓ {name_of(person)} is stored. Type in the next, or press Esc."))
        self.form.begin()

    def action_back(self) -> None:
        """Go back; ask first where somebody is typed in and not stored."""
        if not (why := self.leave_warning):
            self.dismiss(tuple(self.added))
            return

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - a screen's result
            if yes:
                self.dismiss(tuple(self.added))

        self.app.push_screen(ConfirmScreen("Leave without storing?", why, "Leave", "Stay"), answered)
