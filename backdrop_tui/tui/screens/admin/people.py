"""Administration of the people stored: searched, edited in place, added, moved to another group, removed, and undone."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import polars as pl
from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import DataTable, Input, Label, Static

from backdrop_tui.errors import BackdropError
from backdrop_tui.people.changes import ChangeHistory, PeopleChange, change_people, remove_people, undo_change
from backdrop_tui.people.directory import Order, name_of
from backdrop_tui.people.people_search import PeopleQuery, SearchResult, names_in_sentence, search_people
from backdrop_tui.people.person_check import check_person_change
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school.school import School
from backdrop_tui.steps.listing import step_adding
from backdrop_tui.steps.locks import LockedError
from backdrop_tui.store.port import Person
from backdrop_tui.tui.screens.admin.people_keys import BINDINGS, HELP
from backdrop_tui.tui.screens.admin.people_messages import Checked, Searched, Stored
from backdrop_tui.tui.screens.admin.person import PersonScreen
from backdrop_tui.tui.screens.dialogs.choose import ChooseScreen
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen, ask
from backdrop_tui.tui.shell.base_screens import Failed, StepScreen
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.breadcrumb import Breadcrumb
from backdrop_tui.tui.widgets.cell_editor import CellEditor
from backdrop_tui.tui.widgets.footer import Footer
from backdrop_tui.tui.widgets.plain import plain, plain_lines
from backdrop_tui.tui.widgets.tables.editable_columns import PENCIL
from backdrop_tui.tui.widgets.tables.people_table import MARK, PeopleTable, describe_list

_GROUP = "user_group"


class PeopleScreen(StepScreen[str]):
    """Everyone of one kind, and the keys that change them. Every change is stored at once."""

    CSS_PATH = stylesheet("people")
    AUTO_FOCUS = "#people"  # The search is above it, and would take letters that are meant as keys.
    TITLE = "People"
    HELP = HELP
    BINDINGS: ClassVar[list[BindingType]] = BINDINGS

    table = getters.query_one("#people", PeopleTable)
    search = getters.query_one("#search", Input)
    state = getters.query_one("#state", Static)
    message = getters.query_one("#message", Static)
    editor = getters.query_one("#editor", CellEditor)

    def __init__(self, kind: RecordKind, history: ChangeHistory | None = None) -> None:
        super().__init__()
        self.kind = kind
        """Whether the people are students or staff."""
        self.history = history or ChangeHistory()
        """The changes to these people since the app was opened."""
        self.people_query = PeopleQuery()
        """What the list is to show."""
        self.search_result: SearchResult | None = None
        """The result of the last search; None until the first one has ended."""
        self.holds_keys = True
        self._searches = 0
        self._edited: dict[str, str | None] = {}

    def compose(self) -> ComposeResult:
        """Lay out the counts, the search, the table, and the editor."""
        yield Breadcrumb(f"Administration: {self.kind.plural}")
        yield Static("Looking …", id="state")
        with Horizontal(id="find"):
            yield Label(" / Search: ")
            yield Input(id="search", compact=True, placeholder="a name, a group, a date: press / and type")
        yield PeopleTable(self.kind, id="people")
        yield Static(id="message")
        yield CellEditor(id="editor")
        yield Footer()

    def on_mount(self) -> None:
        """Show everyone."""
        self._search(self.people_query)

    def _search(self, query: PeopleQuery) -> None:
        self.people_query = query
        self._searches += 1
        self.find_people(query, self.search_result, self._searches)

    @work(thread=True, exclusive=True, group="look", exit_on_error=False)
    def find_people(self, query: PeopleQuery, previous: SearchResult | None, number: int) -> None:
        """Find the people to show, in a worker."""
        host = self.host  # asked for first: a screen that has been left has no app
        try:
            result = search_people(host.school, self.kind, query, host.today, previous)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(Searched(number, result))

    @on(Searched)
    def show_people(self, event: Searched) -> None:
        """Show the people found, unless another search has been started since."""
        if event.number == self._searches:
            self.holds_keys = False
            is_first = self.search_result is None
            self.search_result = event.result
            self.table.show_people(event.result, self.people_query.order)
            self._show_counts()
            if is_first:
                self.restore_unsaved()

    def _show_counts(self) -> None:
        if self.search_result is not None:
            self.state.update(describe_list(self.table, self.search_result, self.people_query))
            self.refresh_bindings()

    @on(Input.Changed, "#search")
    def search_for(self, event: Input.Changed) -> None:
        """Search while the user types."""
        words = event.value.strip()
        if words != self.people_query.words:
            self._search(replace(self.people_query, words=words))

    @on(Input.Submitted, "#search")
    def go_to_table(self) -> None:
        """Go to the people found when Enter is pressed in the search."""
        self.table.focus()

    def action_search(self) -> None:
        """Go to the search."""
        self.search.focus()

    def action_back(self) -> None:
        """End the search, or go one step back."""
        if self.search.has_focus or self.people_query.words:
            self.search.value = ""
            self.table.focus()
        else:
            self.dismiss(None)

    def action_sort(self) -> None:
        """Sort by the column that the cursor is in; the other way round if the list is sorted by it already."""
        key = self.table.selected_key if self.table.selected_key in self.kind.keys else "surname"
        order = self.people_query.order
        descending = key == order.key and not order.descending
        self._search(replace(self.people_query, order=Order(key, descending=descending)))

    def action_leavers(self) -> None:
        """Show only people who may have left, or everyone."""
        if not self.people_query.leavers_only and (
            self.search_result is None or self.search_result.leavers is None
        ):
            self.notify(
                "After the next import of a file of the whole school, this shows who is stored and was not in it.",
                severity="warning",
            )
        else:
            self._search(replace(self.people_query, leavers_only=not self.people_query.leavers_only))

    def action_mark(self) -> None:
        """Mark this person, or remove the mark; go on to the next."""
        self.table.toggle_mark()
        self._show_counts()

    def action_mark_all(self) -> None:
        """Mark everyone who is listed, or remove their marks if all of them are marked."""
        self.table.toggle_all_marks()
        self._show_counts()

    @on(DataTable.CellSelected)
    def action_edit(self) -> None:
        """Edit this cell; a user group is chosen from a list."""
        person, key = self.table.selected_person, self.table.selected_key
        if person is None:
            return
        if key in {MARK, PENCIL}:
            key = self.kind.keys[0]
            self.table.go_to(self.table.selected_row or 0, key)
        if key == _GROUP:
            self._choose_group(self.table.people.filter(self.table.people["id"] == person["id"]))
        else:
            self._edit(person, self.kind.by_key[key])

    def _edit(
        self, person: dict[str, str | None], field: Field, text: str | None = None, suggestion: str = ""
    ) -> None:
        """Edit a cell, with a text that could not be stored instead of the one that is stored, if there is one."""
        self._edited = person
        stored = field.to_show(person[field.key] or "")
        self.editor.edit(self.table.selected_row or 0, field, stored, suggestion, where=name_of(person))
        if text is not None:
            self.editor.replace_text(text)

    @property
    def leave_warning(self) -> str:
        """A sentence about text that is not stored; empty if there is none."""
        return "What you are typing in has not been stored yet." if self.editor.is_changed else ""

    @property
    def unsaved_place(self) -> tuple[Path, str]:
        """The folder and the name of the file that keeps unsaved input: students and staff have one each."""
        folder, name = super().unsaved_place
        return folder, f"{name}-{self.kind.name}"

    @property
    def unsaved_input(self) -> Mapping[str, Any] | None:
        """What is typed into the editor, and whose cell it is for."""
        unsaved = self.editor.unsaved
        return unsaved and {"id": self._edited["id"], "field": unsaved["field"], "text": unsaved["text"]}

    def show_unsaved(self, unsaved: Mapping[str, Any]) -> bool:
        """Edit a cell with a text that was not stored, if the person still is."""
        match unsaved:
            case {"id": str(person), "field": str(key), "text": str(text)} if key in self.kind.by_key:
                place = self.table.people["id"].index_of(person)
                if place is not None:
                    self.table.go_to(place, key)
                    self._edit(self.table.people.row(place, named=True), self.kind.by_key[key])
                    self.editor.carry_on_with(text)
                    return True
        return False

    @on(CellEditor.Cancelled)
    def cancel_edit(self) -> None:
        """Go back to the table."""
        self.keep_unsaved()
        self.message.update("")
        self.table.focus()

    @on(CellEditor.Saved)
    def save_edit(self, event: CellEditor.Saved) -> None:
        """Check the text, unless it has not changed."""
        self.table.focus()
        person, field = self._edited, event.field
        self.message.update("")
        if event.text != field.to_show(person[field.key] or ""):
            self.holds_keys = True
            self.check_text(person, field, event.text)  # it stays on disk until it is stored
        else:
            self.keep_unsaved()

    @work(thread=True, exclusive=True, group="look-over", exit_on_error=False)
    def check_text(self, person: dict[str, str | None], field: Field, text: str) -> None:
        """Check a text typed into a cell, in a worker."""
        host = self.host  # asked for first: a screen that has been left has no app
        try:
            check = check_person_change(host.school, self.kind, person, {field.key: text}, host.today)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(Checked(person, field, text, check))

    @on(Checked)
    def store_or_ask(self, event: Checked) -> None:
        """Store the text if it has no problems; ask about warnings; let the user change what has errors."""
        self.holds_keys = False
        person, field, check = event.person, event.field, event.check
        values = {field.key: check.person[field.key]}
        store = partial(self._change, [person["id"] or ""], values, name_of(person))
        if not check.problems:
            store()
            return
        problem = check.problems[0]
        edit = partial(self._edit, person, field, event.text, problem.suggestion or "")
        if check.has_errors:
            self.message.update(plain(f" ! {problem.message}"))
            edit()
            return
        question = "\n".join(warning.message for warning in check.problems)
        ask(self.app, ConfirmScreen("Is this right?", question, "Store it", "Change it"), yes=store, no=edit)

    def show_failure(self, error: BackdropError) -> None:
        """Show an error, and edit again what could not be stored."""
        super().show_failure(error)
        self.show_kept_again()

    def action_group(self) -> None:
        """Choose another user group for this person, or for everyone marked in the list."""
        self._choose_group(self.table.affected_people, self.table.hidden_marks_note)

    def _choose_group(self, people: pl.DataFrame, note: str = "") -> None:
        field = self.kind.by_key.get(_GROUP)
        if field is None or field.choices is None or self.search_result is None or not people.height:
            return
        choices = field.choices(self.search_result.context)
        person = self.table.selected_person
        start = choices.index(person[_GROUP]) if person and person[_GROUP] in choices else 0
        names = names_in_sentence(people)

        def change_group(choice: int | None) -> None:
            if choice is not None:
                self._change(people["id"].to_list(), {_GROUP: choices[choice]}, names)

        title = f"User group of {self.kind.counted(people.height)}"
        text = "\n".join(filter(None, (names, note)))
        self.app.push_screen(ChooseScreen(title, choices, start, note=text), change_group)

    def action_remove(self) -> None:
        """Ask, then remove this person, or everyone marked in the list."""
        people = self.table.affected_people
        if not people.height:
            return
        ids, names = people["id"].to_list(), names_in_sentence(people)
        effect = "This takes effect straight away. Press u to undo it, until you close the app."
        question = "\n\n".join(filter(None, (names, effect, self.table.hidden_marks_note)))
        dialog = ConfirmScreen(f"Remove {self.kind.counted(len(ids))}?", question, "Remove", "Keep")
        remove = partial(remove_people, kind=self.kind, ids=ids)
        ask(self.app, dialog, yes=partial(self._store, remove, f"Removed: {names}."))

    def _change(self, ids: Collection[str], values: Person, names: str) -> None:
        self._store(partial(change_people, kind=self.kind, ids=ids, values=values), f"Changed: {names}.")

    def action_undo(self) -> None:
        """Undo the last change."""
        if self.history.done:
            self._store(
                partial(undo_change, change=self.history.done[-1]), "Undone.", self.history.mark_undone
            )

    def action_redo(self) -> None:
        """Redo the change that was undone last."""
        if self.history.undone:
            self._store(
                partial(undo_change, change=self.history.undone[-1]), "Redone.", self.history.mark_redone
            )

    def _store(
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
        self._show_change(event.notice)

    def _show_change(self, notice: str) -> None:
        """Say what was done, and show the people as they are now."""
        self.message.update(plain_lines(f" ✓ {notice}"))
        self._search(self.people_query)
        self.host.refresh_progress()

    def action_add(self) -> None:
        """Add people, if the step that adds them is open."""
        progress = self.host.progress
        status = progress.status_of(step_adding(self.kind).key) if progress else None
        if status is not None and not status.is_open:
            self.show_error(LockedError(status.step.title, status.blockers))
        elif (result := self.search_result) is not None:
            form = PersonScreen(self.kind, result.directory.fields, result.context)
            self.app.push_screen(form, self._show_added)

    def _show_added(self, changes: tuple[PeopleChange, ...] | None) -> None:
        for change in changes or ():
            self.history.add(change)
        if changes:
            self._show_change(f"{self.kind.counted(len(changes))} added.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Grey or hide the keys that can't be used now."""
        if not self.is_mounted:
            return True
        if action in {"undo", "redo", "search"} and self.is_typing:
            return False
        if action == "group":
            return _GROUP in self.kind.keys
        possible = {
            "undo": bool(self.history.done),
            "redo": bool(self.history.undone),
            **dict.fromkeys(("edit", "mark", "mark_all", "remove", "sort"), self.table.people.height > 0),
        }
        return True if possible.get(action, True) else None
