"""What all lists of people in Administration share: search, marks, and changes that are stored at once and can be undone."""

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.widgets import Input, Label, Static

from backdrop_tui.errors import BackdropError
from backdrop_tui.people.changes import ChangeHistory, PeopleChange, undo_change
from backdrop_tui.people.directory import name_of
from backdrop_tui.people.people_search import names_in_sentence
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school.school import School
from backdrop_tui.tui.screens.admin.people_messages import Stored
from backdrop_tui.tui.screens.admin.person_care import PersonCareScreen
from backdrop_tui.tui.shell.base_screens import Failed
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.fitted_text import FittedText, hanging
from backdrop_tui.tui.widgets.panels.detail_pane import DetailPane, describe_values
from backdrop_tui.tui.widgets.panels.panel import titled
from backdrop_tui.tui.widgets.tables.markable_table import MarkableTable
from backdrop_tui.tui.widgets.tables.window_table import WindowTable


class PeopleListScreen(PersonCareScreen):
    """People of one kind in a table with the id `people`, and the keys that change them. Every change is stored at once."""

    CSS_PATH = stylesheet("people")
    AUTO_FOCUS = "#people"  # The search is above it, and would take letters that are meant as keys.
    NEED_SOMEONE: ClassVar[frozenset[str]] = frozenset()
    """The actions that are greyed out while nobody is listed."""

    # Only a concrete table is ever there, which mypy can't know.
    listed = getters.query_one("#people", MarkableTable)  # type: ignore[type-abstract]
    search = getters.query_one("#search", Input)
    state = getters.query_one("#state", Static)
    message = getters.query_one("#message", FittedText)
    details = getters.query_one(DetailPane)

    def __init__(self, kind: RecordKind, history: ChangeHistory | None = None) -> None:
        super().__init__()
        self.kind = kind
        """Whether the people are students or staff."""
        self.history = history or ChangeHistory()
        """The changes to these people since the app was opened."""
        self.holds_keys = True
        self._searches = 0

    def compose_search(self, placeholder: str) -> ComposeResult:
        """Lay out the counts and the search."""
        yield Static("Loading …", id="state")
        with Horizontal(id="find"):
            yield Label(" / Search: ")
            yield Input(id="search", compact=True, placeholder=placeholder)

    def compose_list(self, table: MarkableTable) -> ComposeResult:
        """Lay out the table, and everything about the person under the cursor beside it."""
        with Container(classes="beside"):
            yield titled(table, "People")
            yield DetailPane("This person")

    @on(WindowTable.CursorMoved)
    def show_details(self) -> None:
        """Show everything about the person under the cursor."""
        person = self.listed.selected_person
        if person is not None:
            values = self.values_of(person)
            self.details.show(partial(describe_values, name_of(person), values))

    @abstractmethod
    def values_of(self, person: Mapping[str, Any]) -> list[tuple[str, str]]:
        """What is stored of a person: labels and texts."""

    @property
    @abstractmethod
    def words(self) -> str:
        """The words that the list is searched for."""

    @abstractmethod
    def search_words(self, words: str) -> None:
        """List only the people with these words."""

    @abstractmethod
    def list_again(self) -> None:
        """List the people as they are now."""

    @abstractmethod
    def show_counts(self) -> None:
        """Say how many people there are, are listed, and are marked."""

    @on(Input.Changed, "#search")
    def search_for(self, event: Input.Changed) -> None:
        """Search while the user types."""
        words = event.value.strip()
        if words != self.words:
            self.search_words(words)

    @on(Input.Submitted, "#search")
    def go_to_table(self) -> None:
        """Go to the people found when Enter is pressed in the search."""
        self.listed.focus()

    def action_search(self) -> None:
        """Go to the search."""
        self.search.focus()

    def action_back(self) -> None:
        """End the search, or go one step back."""
        if self.search.has_focus or self.words:
            self.search.value = ""
            self.listed.focus()
        else:
            self.dismiss(None)

    def action_mark(self) -> None:
        """Mark this person, or remove the mark; go on to the next."""
        self.listed.toggle_mark()
        self.show_counts()

    def action_mark_all(self) -> None:
        """Mark everyone who is listed, or remove their marks if all of them are marked."""
        self.listed.toggle_all_marks()
        self.show_counts()

    def action_undo(self) -> None:
        """Undo the last change."""
        if self.history.done:
            change = self.history.done[-1]
            notice = f"Undone: {_undone_whom(change)} {change.verb}."
            self.start_storing(partial(undo_change, change=change), notice, self.history.mark_undone)

    def action_redo(self) -> None:
        """Redo the change that was undone last."""
        if self.history.undone:
            change = self.history.undone[-1]
            redone = replace(change, before=change.after, after=change.before)
            notice = f"Redone: {_undone_whom(change)} {redone.verb}."
            self.start_storing(partial(undo_change, change=change), notice, self.history.mark_redone)

    def start_storing(
        self,
        change: Callable[[School], PeopleChange],
        notice: str,
        record: Callable[[PeopleChange], None] | None = None,
    ) -> None:
        """Store a change, say so in a notice, and record it in the history: as a new change by default."""
        self.holds_keys = True
        self.store(change, notice, record or self.history.add)

    @work(thread=True, group="do", exit_on_error=False)
    def store(
        self, change: Callable[[School], PeopleChange], notice: str, record: Callable[[PeopleChange], None]
    ) -> None:
        """Store a change, in a worker."""
        try:
            stored = change(self.host.school)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(Stored(stored, record, notice))

    @on(Stored)
    def show_stored(self, event: Stored) -> None:
        """Record the change in the history, and show it."""
        self.keep_unsaved()
        event.record(event.change)
        self.show_change(event.notice)

    def show_change(self, notice: str) -> None:
        """Say what was done, and show the people as they are now."""
        self.message.show(partial(hanging, Content("✓ "), notice))
        self.list_again()
        self.host.refresh_progress()

    @property
    def person_id(self) -> str | None:
        """The id of the person under the cursor; None if nobody is listed."""
        return self.listed.selected_id

    def show_erased(self, receipt: Sequence[str]) -> None:
        """Say what was erased, and list who is left."""
        self.listed.marked.clear()
        self.keep_unsaved()
        self.show_change(" ".join(receipt))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Grey or hide the keys that can't be used now."""
        if not self.is_mounted:
            return True
        if action in {"undo", "redo", "search", "erase", "held"} and self.is_typing:
            return False
        possible = {
            "undo": bool(self.history.done),
            "redo": bool(self.history.undone),
            **dict.fromkeys(self.NEED_SOMEONE | {"erase", "held"}, self.listed.people.height > 0),
        }
        return True if possible.get(action, True) else None


def _undone_whom(change: PeopleChange) -> str:
    """The people of a change that is undone, by the names that they have then: `Amy Lee and Bo Ray were`."""
    people = change.before if change.before.height else change.after
    return f"{names_in_sentence(people)} {'was' if change.count == 1 else 'were'}"
