"""Administration of people who have left: what is to be done for them, answered for one or many at a time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, ClassVar, cast, get_args

import polars as pl
from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message

from backdrop_tui.errors import BackdropError
from backdrop_tui.people.changes import ChangeHistory, PeopleChange
from backdrop_tui.people.leaver_changes import (
    FileAnswer,
    answer_about_files,
    bring_back,
    confirm_departures,
    mark_as_left,
    set_destination,
)
from backdrop_tui.people.leaver_list import (
    CONFIRM,
    Leavers,
    View,
    leavers_of,
    leaving_in_words,
    number_to_confirm,
    task_in_words,
)
from backdrop_tui.people.people_search import names_in_sentence
from backdrop_tui.records.fields.dates import in_words
from backdrop_tui.records.leaving import NO_FILE, RECEIVED, SENT, TO_SEND, FileState
from backdrop_tui.records.outstanding import IS_LATE, TASK
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school.school import School
from backdrop_tui.tui.screens.admin.leaver_keys import BINDINGS, HELP, OF_STAFF, OF_STUDENTS
from backdrop_tui.tui.screens.admin.people_list import PeopleListScreen
from backdrop_tui.tui.screens.dialogs.ask_day import AskDayScreen
from backdrop_tui.tui.screens.dialogs.ask_text import AskTextScreen
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen, ask
from backdrop_tui.tui.shell.base_screens import Failed
from backdrop_tui.tui.widgets.breadcrumb import Breadcrumb
from backdrop_tui.tui.widgets.fitted_text import FittedText
from backdrop_tui.tui.widgets.footer import Footer
from backdrop_tui.tui.widgets.tables.leaver_table import VIEW_TITLES, LeaverTable
from backdrop_tui.wording import counted


class LeaversScreen(PeopleListScreen):
    """Everyone of one kind who has left, and the keys that note what has been done. Every change is stored at once."""

    @dataclass
    class Listed(Message):
        """The leavers have been looked up."""

        number: int
        """The number of the search, counted on this screen."""
        leavers: Leavers
        """Everyone of the kind who has left."""
        people: pl.DataFrame
        """Those to list: rows of `leavers.people`."""
        to_confirm: int
        """The number of staff who left with child-protection rights, and who haven't been confirmed."""

    @dataclass
    class Confirmed(Message):
        """Staff have been confirmed to have no access any more."""

        names: str
        """Their names in a sentence."""

    TITLE = "Leavers"
    HELP = HELP
    NEED_SOMEONE = frozenset({"mark", "mark_all", "bring_back", "day", *OF_STUDENTS, *OF_STAFF})
    BINDINGS: ClassVar[list[BindingType]] = BINDINGS

    table = getters.query_one("#people", LeaverTable)

    def __init__(self, kind: RecordKind, history: ChangeHistory | None = None) -> None:
        super().__init__(kind, history)
        self.view: View = "everyone"
        """Which of them are listed."""
        self.listing: LeaversScreen.Listed | None = None
        """What was looked up last; None until that has ended for the first time."""
        self._words = ""

    def compose(self) -> ComposeResult:
        """Lay out the counts, the search and the table."""
        name = "leavers" if self.kind is STUDENTS else "former staff"
        yield Breadcrumb(f"Administration: {name}")
        yield from self.compose_search("a name, a school, a date: press / and type")
        yield from self.compose_list(LeaverTable(self.kind, id="people"))
        yield FittedText(id="message")
        yield Footer()

    def on_mount(self) -> None:
        """Show everyone who has left."""
        self.list_again()

    def values_of(self, person: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Every field of someone who has left, and what is known about their leaving."""
        fields = [(field.label, field.to_say(person.get(field.key) or "")) for field in self.kind.fields]
        return [("To do", task_in_words(person)), ("Left", leaving_in_words(person)), *fields]

    @property
    def words(self) -> str:
        """The words that the list is searched for."""
        return self._words

    def search_words(self, words: str) -> None:
        """List only the people with these words."""
        self._words = words
        self.list_again()

    def list_again(self) -> None:
        """List the people as they are now."""
        self._searches += 1
        self.find_leavers(self.view, self._words, self._searches)

    @work(thread=True, exclusive=True, group="look", exit_on_error=False)
    def find_leavers(self, view: View, words: str, number: int) -> None:
        """Look up the leavers, in a worker."""
        host = self.host  # asked for first: a screen that has been left has no app
        try:
            leavers = leavers_of(host.school, self.kind, host.today)
            people = leavers.viewed(view, words)
            self.post_message(self.Listed(number, leavers, people, number_to_confirm(host.school)))
        except BackdropError as error:
            self.post_message(Failed(error))

    @on(Listed)
    def show_leavers(self, event: Listed) -> None:
        """Show the leavers, unless they have been looked up again since."""
        if event.number == self._searches:
            self.holds_keys = False
            self.listing = event
            self.table.show_leavers(event.leavers, event.people)
            self.show_counts()

    def show_counts(self) -> None:
        """Say how many people have left, how many there is something to do for, and how many are listed and marked."""
        if self.listing is not None:
            parts = _counts(self.listing)
            if self.view != "everyone" or self._words:
                parts.insert(1, f"{self.listing.people.height:,} listed{VIEW_TITLES[self.view]}")
            parts += filter(None, [self.table.marks_in_words])
            self.state.update(Content(f" {' · '.join(parts)}"))
            self.refresh_bindings()

    def action_view(self) -> None:
        """List only those with something to do, then those whose new school isn't known, then everyone."""
        views: tuple[View, ...] = get_args(View) if self.kind is STUDENTS else ("everyone", "outstanding")
        self.view = views[(views.index(self.view) + 1) % len(views)]
        self.list_again()

    def action_no_file(self) -> None:
        """Note that there is no file for this student, or for everyone marked in the list."""
        self._answer(self.table.affected_people, FileAnswer(NO_FILE), "No file")

    def action_to_send(self) -> None:
        """Note that there is a file to send for this student, or for everyone marked in the list."""
        self._answer(self.table.affected_people, FileAnswer(TO_SEND), "File to send")

    def action_sent(self) -> None:
        """Ask for the day on which the file was sent."""
        self._ask_day("When was the file sent?", partial(self._answer_on, SENT, "File sent"))

    def action_receipt(self) -> None:
        """Ask for the day on which the new school confirmed that it has the file."""
        self._ask_day(
            "When was the receipt confirmed?", partial(self._answer_on, RECEIVED, "Receipt confirmed")
        )

    def action_day(self) -> None:
        """Ask for the right day of leaving."""
        self._ask_day("When did they leave?", self._correct_day)

    def action_destination(self) -> None:
        """Ask for the school that this student, or everyone marked in the list, has gone to."""
        people = self.table.affected_people
        if not people.height:
            return
        names, ids = names_in_sentence(people), people["id"].to_list()

        def store(text: str | None) -> None:
            if text is not None:
                self._store(partial(set_destination, ids=ids, text=text), f"New school noted: {names}.")

        present = people["destination"][0] if people["destination"].n_unique() == 1 else None
        note = f"{names}\nLeave it blank if it isn't known."
        self.app.push_screen(
            AskTextScreen("Which school have they gone to?", note, "Store", present or ""), store
        )

    def action_bring_back(self) -> None:
        """Ask, then bring back this person, or everyone marked in the list."""
        people = self.table.affected_people
        if not people.height:
            return
        names, ids = names_in_sentence(people), people["id"].to_list()
        effect = (
            "They are at the school again. What is noted about their leaving is removed; press u to undo."
        )
        dialog = ConfirmScreen(
            f"Bring back {self.kind.counted(len(ids))}?",
            f"{names}\n\n{effect}",
            "Bring back",
            "Leave as they are",
        )
        back = partial(bring_back, kind=self.kind, ids=ids)
        ask(self.app, dialog, yes=partial(self._store, back, f"Brought back: {names}."))

    def action_confirm(self) -> None:
        """Ask, then note that this person, or everyone marked in the list, has no access any more."""
        people = self.table.affected_people.filter(pl.col(TASK) == CONFIRM)
        if not people.height:
            return
        names, ids = names_in_sentence(people), people["id"].to_list()
        question = (
            f"{names}\n\nThey held child-protection rights. Confirm that they can no longer sign in anywhere."
        )
        dialog = ConfirmScreen("Has their access been removed?", question, "Confirm", "Not yet")
        ask(self.app, dialog, yes=partial(self.confirm, ids, names))

    @work(thread=True, group="do", exit_on_error=False)
    def confirm(self, ids: list[str], names: str) -> None:
        """Store that staff have no access any more, in a worker."""
        try:
            confirm_departures(self.host.school, ids)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Confirmed(names))

    @on(Confirmed)
    def show_confirmed(self, event: Confirmed) -> None:
        """Say who has been confirmed."""
        self.table.marked.clear()
        self.show_change(f"Confirmed: {event.names}.")

    def _answer(self, people: pl.DataFrame, answer: FileAnswer, words: str) -> None:
        """Note where people's files are."""
        if people.height:
            change = partial(answer_about_files, ids=people["id"].to_list(), answer=answer)
            self._store(change, f"{words}: {names_in_sentence(people)}.")

    def _answer_on(self, state: FileState, words: str, people: pl.DataFrame, day: date) -> None:
        """Note that people's files were sent or received on a day."""
        self._answer(people, FileAnswer(state, day), f"{words} on {in_words(day)}")

    def _correct_day(self, people: pl.DataFrame, day: date) -> None:
        """Note that people left on another day."""
        change = partial(mark_as_left, kind=self.kind, ids=people["id"].to_list(), left_on=day)
        self._store(change, f"Left on {in_words(day)}: {names_in_sentence(people)}.")

    def _ask_day(self, title: str, use: Callable[[pl.DataFrame, date], None]) -> None:
        """Ask for a day, and use it for those concerned, whom the dialog names."""
        people = self.table.affected_people
        if not people.height:
            return
        note = "\n".join(filter(None, (names_in_sentence(people), self.table.hidden_marks_note)))

        def answered(day: str | None) -> None:
            if day is not None:
                use(people, date.fromisoformat(day))

        self.app.push_screen(AskDayScreen(title, note, self.host.today), answered)

    def _store(self, change: Callable[[School], PeopleChange], notice: str) -> None:
        """Store a change. Marks go, so that the next key doesn't concern people who have been dealt with."""
        self.table.marked.clear()
        self.start_storing(change, notice)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grey or hide the keys that can't be used now, or not for these people."""
        if action in (OF_STAFF if self.kind is STUDENTS else OF_STUDENTS):
            return False
        return super().check_action(action, parameters)


def _counts(listing: LeaversScreen.Listed) -> list[str]:
    """How many people have left, and how many there is something to do for."""
    everyone = listing.leavers
    if everyone.kind is not STUDENTS:
        parts = [f"{everyone.people.height:,} former staff"]
        return [*parts, f"! {listing.to_confirm:,} to confirm"] if listing.to_confirm else parts
    parts = [counted(everyone.people.height, "leaver")]
    if late := int(cast("int", everyone.people[IS_LATE].sum())):
        parts.append(f"! {late:,} late")
    if outstanding := everyone.outstanding.height:
        parts.append(f"{outstanding:,} to do")
    if listing.to_confirm:
        parts.append(f"! {listing.to_confirm:,} former staff to confirm")
    return parts
