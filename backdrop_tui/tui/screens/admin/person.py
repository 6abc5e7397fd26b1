"""Adding people to those who are stored: a form for one person at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from backdrop_tui.errors import BackdropError
from backdrop_tui.people.changes import PeopleChange, add_person
from backdrop_tui.people.directory import name_of
from backdrop_tui.people.person_check import PersonCheck, check_person
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen, ask
from backdrop_tui.tui.screens.shared.person_form import PersonForm
from backdrop_tui.tui.shell.base_screens import Failed, StepScreen
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.breadcrumb import Breadcrumb
from backdrop_tui.tui.widgets.fitted_text import FittedText
from backdrop_tui.tui.widgets.footer import Footer
from backdrop_tui.tui.widgets.panels.panel import titled
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.tui.widgets.problem_list import problem_texts


class PersonScreen(StepScreen[tuple[PeopleChange, ...]]):
    """A form for new people, who are stored at once. It is dismissed with the people added."""

    CSS_PATH = stylesheet("people")
    TITLE = "Add someone"
    HELP = (
        "Type in one person. Enter goes to the next field, and in the last one stores the person. Press ↓ to choose from a list where there is one.\n"
        "The same rules apply as in an import. If something is unusual but right, press Ctrl+S a second time to store it."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Store", id="person.save", tooltip="Store this person, and begin the next"),
    ]

    message = getters.query_one("#message", FittedText)
    form = getters.query_one(PersonForm)

    @dataclass
    class Checked(Message):
        """A person has been checked, and stored unless there are problems."""

        texts: dict[str, str]
        """The texts as typed, by the fields' keys."""
        check: PersonCheck
        """The result of the check."""
        change: PeopleChange | None
        """The person as stored; None if they were not."""

    def __init__(self, kind: RecordKind, fields: Sequence[Field], context: Context | None) -> None:
        """Set up the form for these fields; `context` is what the choices for them depend on, if it is known."""
        super().__init__()
        self.kind = kind
        """Whether the people are students or staff."""
        self.added: list[PeopleChange] = []
        """The people added so far."""
        self._fields = fields
        self._choices_context = context
        self._checked: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """Lay out the form, and the problems of the person in it."""
        yield Breadcrumb(f"Administration: add a {self.kind.singular}")
        yield titled(PersonForm(self.kind), f"New {self.kind.singular}")
        yield FittedText(id="message")
        yield Footer("save")

    def on_mount(self) -> None:
        """Begin with the first field."""
        self.form.context = self._choices_context
        self.form.show_fields(self._fields)
        self.form.begin()
        self.restore_unsaved()

    @property
    def unsaved_input(self) -> Mapping[str, Any] | None:
        """The person in the form, if anything is typed in."""
        values = self.form.values
        return values if any(values.values()) else None

    @property
    def unsaved_place(self) -> tuple[Path, str]:
        """The folder and the name of the file that keeps unsaved input: students and staff have one each."""
        folder, name = super().unsaved_place
        return folder, f"{name}-{self.kind.name}"

    def show_unsaved(self, unsaved: Mapping[str, Any]) -> bool:
        """Put a person who was not stored back into the form."""
        is_person = unsaved.keys() == set(self.kind.keys)
        if is_person:
            self.form.carry_on_with(unsaved)
        return is_person

    @property
    def leave_warning(self) -> str:
        """A sentence about someone who is typed in but not stored; empty if there is nobody."""
        is_typed = any(self.form.values.values())
        return "What you have typed in isn't stored yet. Press Ctrl+S to store it." if is_typed else ""

    @on(PersonForm.Filled)
    def action_save(self) -> None:
        """Check the person, and store them unless there are problems."""
        texts = self.form.values
        if not any(texts.values()):
            self.message.update("You haven't typed anything in yet.")
            return
        self.holds_keys = True
        self.check_and_store(texts, despite_warnings=texts == self._checked)

    @work(thread=True, exclusive=True, group="store", exit_on_error=False)
    def check_and_store(self, texts: dict[str, str], *, despite_warnings: bool) -> None:
        """Check a person and store them, in a worker; warnings prevent that unless the user has seen them."""
        host = self.host  # asked for first: a screen that has been left has no app
        school, today = host.school, host.today
        change = None
        try:
            check = check_person(school, self.kind, texts, today)
            if not check.problems or (despite_warnings and not check.has_errors):
                change = add_person(school, self.kind, check.person)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Checked(texts, check, change))

    @on(Checked)
    def show_result(self, event: Checked) -> None:
        """Begin the next person, or show the problems of this one."""
        self.holds_keys = False
        self._checked = event.texts
        if event.change is not None:
            self._begin_next(event.change)
            return
        problems = event.check.problems
        note = "" if event.check.has_errors else "\nIf that is right, press Ctrl+S again."
        texts = [(problem.level, problem.message) for problem in problems]
        self.message.show(lambda width: problem_texts(texts, width) + note)
        faulty = next((problem.field for problem in problems if problem.field), self.kind.keys[0])
        self.form.input_of(faulty).focus()

    def _begin_next(self, change: PeopleChange) -> None:
        self.added.append(change)
        person = change.after.row(0, named=True)
        self.message.update(plain(f"✓ {name_of(person)} is stored. Type in the next, or press Esc."))
        self.form.begin()

    def action_back(self) -> None:
        """Go one step back; ask first if someone is typed in but not stored."""
        leave = partial(self.dismiss, tuple(self.added))
        if warning := self.leave_warning:
            ask(self.app, ConfirmScreen("Leave without storing?", warning, "Leave", "Stay"), yes=leave)
        else:
            leave()
