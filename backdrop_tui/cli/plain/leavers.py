"""People who have left: what is outstanding for them, and noting that it is done."""

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from backdrop_tui.cli.plain.dialogue import GOING_BACK
from backdrop_tui.cli.plain.state import Session
from backdrop_tui.people.changes import PeopleChange, undo_change
from backdrop_tui.people.directory import name_of
from backdrop_tui.people.leaver_changes import (
    FileAnswer,
    answer_about_files,
    confirm_departures,
    past_day,
    set_destination,
)
from backdrop_tui.people.leaver_list import (
    CONFIRM,
    DAYS_NOTE,
    leavers_of,
    leaving_in_words,
    place_of,
    task_in_words,
)
from backdrop_tui.records.leaving import NO_FILE, RECEIVED, SENT, TO_SEND, FileState
from backdrop_tui.records.outstanding import NEEDS_DESTINATION, TASK
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.staff import STAFF
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.wording import counted, listed

if TYPE_CHECKING:
    from backdrop_tui.cli.plain.dialogue import Action


class _Answer(NamedTuple):
    """Something that can be noted about a safeguarding file."""

    label: str
    """The choice."""
    state: FileState
    """Where the file is."""
    noted: str
    """What has been noted, inside a sentence."""
    day: str = ""
    """What the day is that is asked for, as the beginning of a sentence; empty if none is."""


_ANSWERS = (
    _Answer("There is no safeguarding file", NO_FILE, "no safeguarding file"),
    _Answer("There is a file, still to be sent", TO_SEND, "a file to send"),
    _Answer("The file was sent", SENT, "the file was sent", "The date of sending"),
    _Answer(
        "The new school has confirmed that it has the file",
        RECEIVED,
        "the new school has the file",
        "The date of the receipt",
    ),
)


@dataclass
class _Notes:
    """What has been noted about students, so that it can be undone."""

    session: Session
    """The session."""
    done: list[PeopleChange] = field(default_factory=list)
    """The changes, the last one to be undone first."""

    def keep(self, change: PeopleChange, what: str) -> None:
        """Keep a change that was stored, and say so."""
        self.done.append(change)
        self.session.dialogue.say(f"Noted for {counted(change.count, 'student')}: {what}.")

    def undo(self) -> None:
        """Undo the last change."""
        change = undo_change(self.session.school, self.done[-1])
        self.done.pop()
        self.session.dialogue.say(f"Undone, for {counted(change.count, 'student')}.")


def go_through_leavers(session: Session) -> None:
    """Say what is outstanding for people who have left, and note what the user says, until they go back."""
    notes = _Notes(session)
    while True:
        students, staff = (_outstanding(session, kind) for kind in (STUDENTS, STAFF))
        session.dialogue.say(
            "",
            f"People who have left. {counted(students.height, 'student')} with something to do, {staff.height:,} staff to confirm.",
        )
        actions: list[Action] = []
        if students.height:
            actions.append(
                ("Students, the most urgent first", partial(_ask_students, session, notes, students))
            )
        if staff.height:
            actions.append(("Staff who held child-protection rights", partial(_ask_staff, session, staff)))
        if notes.done:
            actions.append(("Undo what was noted last", notes.undo))
        title = "Who is it about?" if actions else "Nothing is outstanding."
        action = session.dialogue.choose_action(title, actions)
        if action is None:
            return
        with session.telling_errors():
            action()


def _outstanding(session: Session, kind: RecordKind) -> pl.DataFrame:
    return leavers_of(session.school, kind, session.today).outstanding


def _ask_students(session: Session, notes: _Notes, students: pl.DataFrame) -> None:
    """Ask about which students something is to be noted, and what."""
    dialogue = session.dialogue
    people = students.rows(named=True)
    dialogue.say("", DAYS_NOTE)
    chosen = dialogue.choose_several(
        "Students with something to do.", [_student(person) for person in people]
    )
    if not chosen:
        return
    ids = [people[place]["id"] for place in chosen]
    actions: list[Action] = [(each.label, partial(_answer, notes, ids, each)) for each in _ANSWERS]
    actions.append(("The school that they have gone to", partial(_ask_school, notes, ids)))
    who = listed((name_of(people[place]) for place in chosen), at_most=10)
    if action := dialogue.choose_action(f"What do you want to note for {who}?", actions):
        action()


def _student(person: dict[str, Any]) -> str:
    """A student who has left, with what is to be done."""
    tasks = [task_in_words(person)] if person[TASK] else []
    tasks += ["new school not known"] if person[NEEDS_DESTINATION] else []
    return f"{_leaver(STUDENTS, person)}. To do: {'; '.join(tasks)}"


def _leaver(kind: RecordKind, person: dict[str, Any]) -> str:
    """Someone who has left, with where they belonged and when they left."""
    return ", ".join(filter(None, (name_of(person), place_of(kind, person), leaving_in_words(person))))


def _answer(notes: _Notes, ids: list[str], answer: _Answer) -> None:
    """Note where students' files are, after asking for the day if there is one."""
    dialogue, school, today = notes.session.dialogue, notes.session.school, notes.session.today

    def store(text: str = "") -> PeopleChange:
        on = past_day(text, today, what=answer.day) if answer.day else None
        return answer_about_files(school, ids, FileAnswer(answer.state, on))

    question = f"On which day? Type a date like {today:%d/%m/%Y}."
    change = dialogue.text(question, store, leaving=GOING_BACK) if answer.day else store()
    if change is not None:
        notes.keep(change, answer.noted)


def _ask_school(notes: _Notes, ids: list[str]) -> None:
    """Ask for the school that students have gone to, and note it."""
    school = notes.session.school
    change = notes.session.dialogue.text(
        "Which school have they gone to?", lambda text: set_destination(school, ids, text), leaving=GOING_BACK
    )
    if change is not None:
        notes.keep(change, "their new school")


def _ask_staff(session: Session, staff: pl.DataFrame) -> None:
    """Ask which staff have no access any more, and note that."""
    dialogue = session.dialogue
    people = staff.filter(pl.col(TASK) == CONFIRM).rows(named=True)
    chosen = dialogue.choose_several(
        "Staff who held child-protection rights and have left.", [_leaver(STAFF, person) for person in people]
    )
    if not chosen:
        return
    names = listed((name_of(people[place]) for place in chosen), at_most=10)
    if dialogue.confirm(f"Can {names} no longer sign in anywhere?"):
        confirm_departures(session.school, [people[place]["id"] for place in chosen])
        dialogue.say(f"Confirmed: {names}.")
