"""People who have left: what is outstanding for them, noting that it is done, and bringing them back."""

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from backdrop_tui.cli.plain.dialogue import GOING_BACK
from backdrop_tui.cli.plain.people.care import care_actions
from backdrop_tui.cli.plain.people.changing import mark_left
from backdrop_tui.cli.plain.people.history import history_actions, keep
from backdrop_tui.cli.plain.state import Session
from backdrop_tui.people.changes import PeopleChange
from backdrop_tui.people.directory import name_of
from backdrop_tui.people.leaver_changes import (
    FileAnswer,
    answer_about_files,
    bring_back,
    confirm_departures,
    past_day,
    set_destination,
    withdraw_confirmations,
)
from backdrop_tui.people.leaver_list import (
    CONFIRM,
    DAYS_NOTE,
    leavers_of,
    leaving_in_words,
    place_of,
    task_in_words,
)
from backdrop_tui.people.people_search import names_in_sentence
from backdrop_tui.records.leaving import NO_FILE, RECEIVED, SENT, TO_SEND, FileState
from backdrop_tui.records.outstanding import NEEDS_DESTINATION, TASK
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.staff import STAFF
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school.leaver_notes import confirmed_departures
from backdrop_tui.school.text_input import quoted
from backdrop_tui.wording import counted

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


_Confirmed = list[tuple[list[str], str]]
"""The staff who were confirmed to have no access any more, the last to be undone first: their ids, and their names."""


def go_through_leavers(session: Session) -> None:
    """Say what is outstanding for people who have left, and note what the user says, until they go back."""
    confirmed: _Confirmed = []
    while True:
        everyone = {kind: leavers_of(session.school, kind, session.today) for kind in (STUDENTS, STAFF)}
        students, staff = (everyone[kind].outstanding for kind in (STUDENTS, STAFF))
        counts = (
            f"{counted(students.height, 'student')} with something to do, {staff.height:,} staff to confirm."
        )
        session.dialogue.say("", f"People who have left. {counts}")
        actions: list[Action] = []
        if students.height:
            actions.append(("Students, the most urgent first", partial(_ask_students, session, students)))
        if staff.height:
            actions.append(
                ("Staff who held child-protection rights", partial(_ask_staff, session, staff, confirmed))
            )
        actions += [
            (f"Find {kind.plural} who have left", partial(_find, session, kind))
            for kind, leavers in everyone.items()
            if leavers.people.height
        ]
        if confirmed:
            label = f"Undo: {confirmed[-1][1]} confirmed"
            actions.append((label, partial(_undo_confirmation, session, confirmed)))
        actions += [*history_actions(session, STUDENTS), *history_actions(session, STAFF)]
        title = "Who is it about?" if students.height or staff.height else "Nothing is outstanding."
        action = session.dialogue.choose_action(title, actions)
        if action is None:
            return
        with session.telling_errors():
            action()


def _find(session: Session, kind: RecordKind) -> None:
    """Ask for words, list who of those who have left has all of them, and note something for one or several."""
    dialogue = session.dialogue
    words = dialogue.text(
        "Who is it? Type a name, a group, a school, or any other words.", str, leaving=GOING_BACK
    )
    if words is None:
        return
    people = leavers_of(session.school, kind, session.today).viewed("everyone", words)
    if not people.height:
        dialogue.say(f"Nobody who has left has {quoted(words)}.")
        return
    labels = [_label(kind, person) for person in people.iter_rows(named=True)]
    if people.height == 1:
        dialogue.say("", f"{labels[0]}.")
        _note(session, kind, people)
    elif chosen := dialogue.choose_several(
        f"{kind.counted(people.height)} who left, with {quoted(words)}.", labels
    ):
        _note(session, kind, people[chosen])


def _ask_students(session: Session, students: pl.DataFrame) -> None:
    """Ask about which students something is to be noted, and what."""
    session.dialogue.say("", DAYS_NOTE)
    labels = [_label(STUDENTS, person) for person in students.iter_rows(named=True)]
    if chosen := session.dialogue.choose_several("Students with something to do.", labels):
        _note(session, STUDENTS, students[chosen])


def _note(session: Session, kind: RecordKind, people: pl.DataFrame) -> None:
    """Ask what is to be noted for people who have left, and note it."""
    ids, names = people["id"].to_list(), names_in_sentence(people)
    actions: list[Action] = []
    if kind is STUDENTS:
        actions += [(each.label, partial(_answer, session, ids, each)) for each in _ANSWERS]
        actions.append(("The school that they have gone to", partial(_ask_school, session, ids)))
    elif confirmed_departures(session.school).keys() & set(ids):
        label = "They may still have access: take back that it was confirmed"
        actions.append((label, partial(_withdraw, session, ids, names)))
    actions += [
        ("Correct the day of leaving", partial(mark_left, session, kind, ids, names)),
        ("Bring them back to the school", partial(_bring_back, session, kind, ids, names)),
    ]
    if len(ids) == 1:
        actions += care_actions(session, ids[0])
    if action := session.dialogue.choose_action(f"What do you want to note for {names}?", actions):
        action()


def _bring_back(session: Session, kind: RecordKind, ids: list[str], names: str) -> None:
    """Bring people back after a question."""
    question = (
        f"Bring back {names}? They are at the school again, and what is noted about their leaving is removed."
    )
    if session.dialogue.confirm(question):
        keep(session, bring_back(session.school, kind, ids), f"Brought back: {names}.")


def _label(kind: RecordKind, person: dict[str, Any]) -> str:
    """Someone who has left, with what is to be done."""
    tasks = [task_in_words(person)] if person[TASK] else []
    tasks += ["new school not known"] if person.get(NEEDS_DESTINATION) else []
    to_do = f"To do: {'; '.join(tasks)}" if tasks else ""
    return ". ".join(filter(None, (_leaver(kind, person), to_do)))


def _leaver(kind: RecordKind, person: dict[str, Any]) -> str:
    """Someone who has left, with where they belonged and when they left."""
    return ", ".join(filter(None, (name_of(person), place_of(kind, person), leaving_in_words(person))))


def _answer(session: Session, ids: list[str], answer: _Answer) -> None:
    """Note where students' files are, after asking for the day if there is one."""
    dialogue, school, today = session.dialogue, session.school, session.today

    def store(text: str = "") -> PeopleChange:
        on = past_day(text, today, what=answer.day) if answer.day else None
        return answer_about_files(school, ids, FileAnswer(answer.state, on))

    question = f"On which day? Type a date like {today:%d/%m/%Y}."
    change = dialogue.text(question, store, leaving=GOING_BACK) if answer.day else store()
    if change is not None:
        _keep_note(session, change, answer.noted)


def _ask_school(session: Session, ids: list[str]) -> None:
    """Ask for the school that students have gone to, and note it."""
    change = session.dialogue.text(
        "Which school have they gone to?",
        lambda text: set_destination(session.school, ids, text),
        leaving=GOING_BACK,
    )
    if change is not None:
        _keep_note(session, change, "their new school")


def _keep_note(session: Session, change: PeopleChange, what: str) -> None:
    keep(session, change, f"Noted for {counted(change.count, 'student')}: {what}.")


def _ask_staff(session: Session, staff: pl.DataFrame, confirmed: _Confirmed) -> None:
    """Ask which staff have no access any more, and note that."""
    dialogue = session.dialogue
    people = staff.filter(pl.col(TASK) == CONFIRM)
    labels = [_leaver(STAFF, person) for person in people.iter_rows(named=True)]
    chosen = dialogue.choose_several("Staff who held child-protection rights and have left.", labels)
    if not chosen:
        return
    ids, names = people[chosen]["id"].to_list(), names_in_sentence(people[chosen])
    if dialogue.confirm(
        f"Has all access of {names} been removed, so that they can no longer sign in anywhere?"
    ):
        confirm_departures(session.school, ids)
        confirmed.append((ids, names))
        dialogue.say(f"Confirmed: {names}.")


def _undo_confirmation(session: Session, confirmed: _Confirmed) -> None:
    """Undo the last confirmation."""
    _withdraw(session, *confirmed[-1])
    confirmed.pop()


def _withdraw(session: Session, ids: list[str], names: str) -> None:
    """Note that staff may still have access."""
    withdraw_confirmations(session.school, ids)
    session.dialogue.say(f"No longer confirmed: {names}.")
