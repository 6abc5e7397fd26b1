"""Administration of the people stored: edited in place, added, moved to another group, removed, and all of that undone."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

import polars as pl
from textual import on, work
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import DataTable

from backdrop_tui.errors import BackdropError
from backdrop_tui.people.changes import (
    ChangeHistory,
    PeopleChange,
    change_people,
    remove_people,
    undo_change,
)
from backdrop_tui.people.directory import Order, name_of
from backdrop_tui.people.person_check import PersonCheck, check_person_change
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school.school import School
from backdrop_tui.steps.listing import step_adding
from backdrop_tui.steps.locks import LockedError
from backdrop_tui.store.people import Person
from backdrop_tui.tui.screens.admin.people_list import PeopleListScreen, Wanted
from backdrop_tui.tui.screens.admin.person import PersonScreen
from backdrop_tui.tui.screens.dialogs.choose import ChooseScreen
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen
from backdrop_tui.tui.shell.base_screens import Failed
from backdrop_tui.tui.widgets.cell_editor import CellEditor
from backdrop_tui.tui.widgets.editable_columns import PENCIL
from backdrop_tui.tui.widgets.people_lines import MARK
from backdrop_tui.tui.widgets.plain import plain, plain_lines
from backdrop_tui.wording import counted, listed

_NAMED = 5
_GROUP = "user_group"


class PeopleScreen(PeopleListScreen):
    """Everybody of one kind, and the keys that change them. Every change is stored at once."""

    TITLE = "People"
    HELP = (
        "Everybody who is stored. / searches in all columns; s sorts by the column that you are in, and s again the other way round.\n"
        "Enter edits the cell that you are on. It is checked by the same rules as an import, and stored at once.\n"
        "Space marks people: g and d then apply to everyone who is marked and in the list.\n"
        "l shows who may have left: they are stored, but were not in the last file of the whole school.\n"
        "u takes the last change back, until you close the app."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", show=False, id="people.back", tooltip="End the search, then one step back"),
        Binding("e", "edit", "Edit", id="people.edit", key_display="Enter", tooltip="Edit this cell"),
        Binding("slash", "search", "Search", id="people.search", key_display="/", tooltip="Search in all columns"),
        Binding("a", "add", "Add", id="people.add", tooltip="Add somebody"),
        Binding("g", "group", "Group", id="people.group", tooltip="Move this person, or all who are marked, to another user group"),
        Binding("space", "mark", "Mark", id="people.mark", tooltip="Mark this person, or take the mark away"),
        Binding("m", "mark_all", "Mark all", id="people.mark_all", show=False, tooltip="Mark everyone who is listed, or remove their marks"),
        Binding("d,delete", "remove", "Remove", id="people.remove", tooltip="Remove this person, or all who are marked"),
        Binding("s", "sort", "Sort", id="people.sort", show=False, tooltip="Sort by this column; again: the other way round"),
        Binding("l", "leavers", "Leavers", id="people.leavers", tooltip="Show only those who were not in the last whole file, or everybody"),
        Binding("u,ctrl+z", "undo", "Undo", id="people.undo", tooltip="Take the last change back"),
        Binding("r,ctrl+y", "redo", "Redo", id="people.redo", show=False, tooltip="Make it again"),
    ]  # fmt: skip

    @dataclass
    class LookedOver(Message):
        """What was typed into a cell has been looked over."""

        person: dict[str, str | None]
        """Whose cell it is, as they are stored."""
        field: Field
        """Which cell."""
        text: str
        """What was typed."""
        entry: PersonCheck
        """What was found."""

    @dataclass
    class Done(Message):
        """Something was stored."""

        change: PeopleChange
        """What."""
        note: Callable[[PeopleChange], None]
        """Keeps it in the history."""
        words: str
        """What to say."""

    def __init__(self, kind: RecordKind, history: ChangeHistory | None = None) -> None:
        super().__init__(kind)
        self.history = history or ChangeHistory()
        """What has been done to these people since the app was opened."""

    def action_search(self) -> None:
        """Type what to search for."""
        self.search.focus()

    def action_back(self) -> None:
        """End the search, then go back."""
        if self.search.has_focus or self.wanted.words:
            self.search.value = ""
            self.table.focus()
        else:
            self.dismiss(None)

    def action_sort(self) -> None:
        """Sort by the column that the cursor is in; again, the other way round."""
        key = self.table.key_here if self.table.key_here in self.kind.keys else "surname"
        before = self.wanted.order
        order = Order(key, descending=key == before.key and not before.descending)
        self.look(Wanted(self.wanted.words, order, self.wanted.leavers))

    def action_leavers(self) -> None:
        """Show only those who may have left, or everybody."""
        if not self.wanted.leavers and self.leavers is None:
            self.notify(
                "After the next import of a file of the whole school, this shows who is stored and was not in it.",
                severity="warning",
            )
            return
        self.look(Wanted(self.wanted.words, self.wanted.order, not self.wanted.leavers))

    def action_mark(self) -> None:
        """Mark this person, or take the mark away; go on to the next."""
        if (here := self.id_here) is not None:
            self.marked ^= {here}
            self.draw()
            self.table.action_cursor_down()
            self.refresh_bindings()

    def action_mark_all(self) -> None:
        """Mark everyone who is listed, or remove their marks if all of them are marked."""
        everyone = set(self.people["id"])
        self.marked = self.marked - everyone if everyone <= self.marked else self.marked | everyone
        self.draw()
        self.refresh_bindings()

    @property
    def affected_people(self) -> pl.DataFrame:
        """The people to whom an action applies: those listed who are marked, or else the one under the cursor.

        People who are marked but hidden by the search are never among them: an action applies only to those in view.
        """
        ids = self.listed_marks or {self.id_here or ""}
        return self.people.filter(self.people["id"].is_in(list(ids)))

    @on(DataTable.CellSelected)
    def cell_selected(self) -> None:
        """Enter on a cell."""
        self.action_edit()

    def action_edit(self) -> None:
        """Edit this cell; a user group is chosen from those that there are."""
        person, key = self.person_here, self.table.key_here
        if person is None:
            return
        if key in (MARK, PENCIL):
            key = self.kind.keys[0]
            self.table.go_to(self.table.row_here or 0, key)
        if key == _GROUP:
            self._choose_group(self.people.filter(self.people["id"] == person["id"]))
            return
        field = self.kind.by_key[key]
        self._edit(person, field, field.to_show(person[key] or ""))

    def _edit(self, person: dict[str, str | None], field: Field, text: str, suggestion: str = "") -> None:
        self._edited = person
        self.editor.edit(self.table.row_here or 0, field, text, suggestion, whose=name_of(person))

    @on(CellEditor.Cancelled)
    def cancelled(self) -> None:
        """Back to the table."""
        self.message.update("")
        self.table.focus()

    @on(CellEditor.Saved)
    def saved(self, event: CellEditor.Saved) -> None:
        """Look over what was typed."""
        self.table.focus()
        person, field = self._edited, event.field
        if event.text == field.to_show(person[field.key] or ""):
            self.message.update("")
            return
        self.holds_keys = True
        self.check_person(person, field, event.text)

    @work(thread=True, exclusive=True, group="look-over", exit_on_error=False)
    def check_person(self, person: dict[str, str | None], field: Field, text: str) -> None:
        """Look over what was typed, away from the screen."""
        host = self.host  # asked for first: a screen that has been left has no app
        school, today = host.school, host.today
        try:
            entry = check_person_change(school, self.kind, person, {field.key: text}, today)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.LookedOver(person, field, text, entry))

    @on(LookedOver)
    def take_or_ask(self, event: LookedOver) -> None:
        """Store what is right; ask about what is odd; let what is wrong be typed again."""
        self.holds_keys = False
        person, field, entry = event.person, event.field, event.entry
        if entry.has_errors:
            problem = entry.problems[0]
            self.message.update(plain(f" ! {problem.message}"))
            self._edit(person, field, event.text, problem.suggestion or "")
            return
        store = partial(
            self._change, [person["id"] or ""], {field.key: entry.person[field.key]}, name_of(person)
        )
        if not entry.problems:
            store()
            return
        self.message.update("")
        said = "\n".join(problem.message for problem in entry.problems)

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - a screen's result
            if yes:
                store()
            else:
                self._edit(person, field, event.text, entry.problems[0].suggestion or "")

        self.app.push_screen(ConfirmScreen("Is this right?", said, "Store it", "Change it"), answered)

    def action_group(self) -> None:
        """Choose another user group for this person, or for all who are marked."""
        self._choose_group(self.affected_people, self._hidden_marks_note())

    def _choose_group(self, people: pl.DataFrame, note: str = "") -> None:
        field = self.kind.by_key.get(_GROUP)
        if field is None or field.choices is None or self.context is None or not people.height:
            return
        choices = field.choices(self.context)
        person = self.person_here
        start = choices.index(person[_GROUP]) if person and person[_GROUP] in choices else 0
        names = _names(people)

        def chosen(place: int | None) -> None:
            if place is not None:
                self._change(people["id"].to_list(), {_GROUP: choices[place]}, names)

        title = f"User group of {self.kind.counted(people.height)}"
        self.app.push_screen(
            ChooseScreen(title, choices, start, note="\n".join(filter(None, (names, note)))), chosen
        )

    def _change(self, ids: Collection[str], values: Person, names: str) -> None:
        self._do(lambda school: change_people(school, self.kind, ids, values), f"Changed: {names}.")

    def action_remove(self) -> None:
        """Ask, then remove this person, or all who are marked."""
        people = self.affected_people
        if not people.height:
            return
        ids, names = people["id"].to_list(), _names(people)
        effect = "This takes effect straight away. Press u to undo it, until you close the app."
        question = "\n\n".join(filter(None, (names, effect, self._hidden_marks_note())))

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - a screen's result
            if yes:
                self._do(lambda school: remove_people(school, self.kind, ids), f"Removed: {names}.")

        title = f"Remove {self.kind.counted(people.height)}?"
        self.app.push_screen(ConfirmScreen(title, question, "Remove", "Keep"), answered)

    def _hidden_marks_note(self) -> str:
        """A sentence about people who are marked but not listed; empty if there are none."""
        if not self.hidden_marks:
            return ""
        people = counted(self.hidden_marks, "marked person isn't", "marked people aren't")
        return f"{people} in this list and won't be changed."

    def action_undo(self) -> None:
        """Take the last change back."""
        if self.history.done:
            last = self.history.done[-1]
            self._do(lambda school: undo_change(school, last), "Taken back.", self.history.mark_undone)

    def action_redo(self) -> None:
        """Make the change again that was taken back last."""
        if self.history.undone:
            last = self.history.undone[-1]
            self._do(lambda school: undo_change(school, last), "Done again.", self.history.mark_redone)

    def _do(
        self,
        change: Callable[[School], PeopleChange],
        words: str,
        note: Callable[[PeopleChange], None] | None = None,
    ) -> None:
        self.holds_keys = True
        self.do(change, words, note or self.history.add)

    @work(thread=True, group="do", exit_on_error=False)
    def do(
        self, change: Callable[[School], PeopleChange], words: str, note: Callable[[PeopleChange], None]
    ) -> None:
        """Store a change, away from the screen."""
        try:
            done = change(self.host.school)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Done(done, note, words))

    @on(Done)
    def show_done(self, event: Done) -> None:
        """Say what was done, and look again."""
        event.note(event.change)
        if event.change.verb == "removed":
            self.marked -= set(event.change.before["id"])
        self.message.update(plain_lines(f" ✓ {event.words}"))
        self.look()
        self.host.refresh_progress()

    def action_add(self) -> None:
        """Add somebody."""
        progress = self.host.progress
        status = progress.status_of(step_adding(self.kind).key) if progress else None
        if status is not None and not status.is_open:
            self.show_error(LockedError(status.step.title, status.blockers))
            return
        self.app.push_screen(PersonScreen(self.kind, self.context), self._added)

    def _added(self, changes: tuple[PeopleChange, ...] | None) -> None:
        for change in changes or ():
            self.history.add(change)
        if changes:
            self.message.update(f" ✓ {self.kind.counted(len(changes))} added.")
            self.look()
            self.host.refresh_progress()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grey what can't be done now."""
        if not self.is_mounted:
            return True
        if action in ("undo", "redo", "search") and self.is_typing:
            return False
        if action == "group":
            return _GROUP in self.kind.keys
        anybody = self.people.height > 0
        possible = {
            "edit": anybody, "mark": anybody, "mark_all": anybody, "remove": anybody, "sort": anybody,
            "undo": bool(self.history.done), "redo": bool(self.history.undone),
        }  # fmt: skip
        return (
            (True if possible[action] else None)
            if action in possible
            else super().check_action(action, parameters)
        )


def _names(people: pl.DataFrame) -> str:
    """People's names as a list in a sentence, at most five of them."""
    return listed((name_of(person) for person in people.iter_rows(named=True)), at_most=_NAMED)
