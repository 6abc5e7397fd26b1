"""Administration of the people stored: searched, edited in place, added, moved to another group, removed, and undone."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import polars as pl
from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable

from backdrop_tui.errors import BackdropError
from backdrop_tui.people.changes import ChangeHistory, PeopleChange, change_people, remove_people
from backdrop_tui.people.directory import Order, name_of
from backdrop_tui.people.leaver_changes import mark_as_left
from backdrop_tui.people.people_search import PeopleQuery, SearchResult, names_in_sentence, search_people
from backdrop_tui.people.person_check import check_person_change
from backdrop_tui.records.fields.dates import in_words
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.steps.listing import step_adding
from backdrop_tui.steps.locks import LockedError
from backdrop_tui.store.port import Person
from backdrop_tui.tui.screens.admin.people_keys import BINDINGS, HELP
from backdrop_tui.tui.screens.admin.people_list import PeopleListScreen
from backdrop_tui.tui.screens.admin.people_messages import Checked, Searched
from backdrop_tui.tui.screens.admin.person import PersonScreen
from backdrop_tui.tui.screens.dialogs.ask_day import AskDayScreen
from backdrop_tui.tui.screens.dialogs.choose import ChooseScreen
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen, ask
from backdrop_tui.tui.shell.base_screens import Failed
from backdrop_tui.tui.widgets.breadcrumb import Breadcrumb
from backdrop_tui.tui.widgets.cell_editor import CellEditor
from backdrop_tui.tui.widgets.fitted_text import FittedText
from backdrop_tui.tui.widgets.footer import Footer
from backdrop_tui.tui.widgets.problem_list import problem_text
from backdrop_tui.tui.widgets.tables.editable_columns import PENCIL
from backdrop_tui.tui.widgets.tables.markable_table import MARK
from backdrop_tui.tui.widgets.tables.people_table import PeopleTable, describe_list

_GROUP = "user_group"


class PeopleScreen(PeopleListScreen):
    """Everyone of one kind, and the keys that change them. Every change is stored at once."""

    TITLE = "People"
    HELP = HELP
    NEED_SOMEONE = frozenset({"edit", "mark", "mark_all", "remove", "sort", "left"})
    BINDINGS: ClassVar[list[BindingType]] = BINDINGS

    table = getters.query_one("#people", PeopleTable)
    editor = getters.query_one("#editor", CellEditor)

    def __init__(self, kind: RecordKind, history: ChangeHistory | None = None) -> None:
        super().__init__(kind, history)
        self.people_query = PeopleQuery()
        """What the list is to show."""
        self.search_result: SearchResult | None = None
        """The result of the last search; None until the first one has ended."""
        self._edited: dict[str, str | None] = {}

    def compose(self) -> ComposeResult:
        """Lay out the counts, the search, the table, and the editor."""
        yield Breadcrumb(f"Administration: {self.kind.plural}")
        yield from self.compose_search("a name, a group, a date: press / and type")
        yield from self.compose_list(PeopleTable(self.kind, id="people"))
        yield FittedText(id="message")
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
            self.show_counts()
            if is_first:
                self.restore_unsaved()

    def show_counts(self) -> None:
        """Say how many people there are, are listed, and are marked."""
        if self.search_result is not None:
            self.state.update(describe_list(self.table, self.search_result, self.people_query))
            self.refresh_bindings()

    def values_of(self, person: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Every field of a person, in words, and the id by which an export names them."""
        fields = [(field.label, field.to_say(person.get(field.key) or "")) for field in self.kind.fields]
        return [*fields, ("Back:drop ID", person["id"])]

    @property
    def words(self) -> str:
        """The words that the list is searched for."""
        return self.people_query.words

    def search_words(self, words: str) -> None:
        """List only the people with these words."""
        self._search(replace(self.people_query, words=words))

    def list_again(self) -> None:
        """List the people as they are now."""
        self._search(self.people_query)

    def action_sort(self) -> None:
        """Sort by the column that the cursor is in; the other way round if the list is sorted by it already."""
        key = self.table.selected_key if self.table.selected_key in self.kind.keys else "surname"
        order = self.people_query.order
        descending = key == order.key and not order.descending
        self._search(replace(self.people_query, order=Order(key, descending=descending)))

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
        return "What you have typed hasn't been stored yet." if self.editor.is_changed else ""

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
        store = partial(self._change, [person["id"] or ""], values, name_of(check.person))
        if not check.problems:
            store()
            return
        problem = check.problems[0]
        edit = partial(self._edit, person, field, event.text, problem.suggestion or "")
        if check.has_errors:
            self.message.show(partial(problem_text, "error", problem.message))
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
        ask(self.app, dialog, yes=partial(self.start_storing, remove, f"Removed: {names}."))

    def action_left(self) -> None:
        """Ask for the day, then mark this person, or everyone marked in the list, as having left."""
        people = self.table.affected_people
        if not people.height:
            return
        ids, names = people["id"].to_list(), names_in_sentence(people)
        effect = "They stay stored, and are listed in Administration under "
        effect += "Leavers." if self.kind is STUDENTS else "Former staff. They lose their rights at once."
        note = "\n".join(filter(None, (names, effect, self.table.hidden_marks_note)))

        def leave(day: str | None) -> None:
            if day is not None:
                left_on = date.fromisoformat(day)
                mark = partial(mark_as_left, kind=self.kind, ids=ids, left_on=left_on)
                self.start_storing(mark, f"Left on {in_words(left_on)}: {names}.")

        title = f"When did {self.kind.counted(len(ids))} leave?"
        self.app.push_screen(AskDayScreen(title, note, self.host.today), leave)

    def _change(self, ids: Collection[str], values: Person, names: str) -> None:
        self.start_storing(
            partial(change_people, kind=self.kind, ids=ids, values=values), f"Changed: {names}."
        )

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
            self.show_change(f"{self.kind.counted(len(changes))} added.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grey or hide the keys that can't be used now."""
        if action == "group":
            return _GROUP in self.kind.keys
        return super().check_action(action, parameters)
