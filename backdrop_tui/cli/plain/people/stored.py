"""People who are stored: found by any of their words, then changed, moved to another user group, marked as left or removed."""

from functools import partial
from typing import TYPE_CHECKING, Any

import polars as pl

from backdrop_tui.cli.plain.dialogue import GOING_BACK
from backdrop_tui.cli.plain.people.changing import change_actions, choose_group
from backdrop_tui.cli.plain.people.history import history_actions
from backdrop_tui.cli.plain.people.person import change_person
from backdrop_tui.cli.plain.state import Session
from backdrop_tui.people.directory import name_of
from backdrop_tui.people.leaver_list import place_of
from backdrop_tui.people.people_search import PeopleQuery, names_in_sentence, search_people
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.staff import STAFF
from backdrop_tui.school.text_input import quoted

if TYPE_CHECKING:
    from backdrop_tui.cli.plain.dialogue import Action

_MOST_PEOPLE = 50
"""The most people who are read out without a question."""


def go_through_people(session: Session, kind: RecordKind) -> None:
    """Find people of one kind and change them, until the user goes back."""
    while True:
        title = f"{kind.counted(session.school.current(kind).height)} at the school. What do you want to do?"
        actions: list[Action] = [
            ("Find someone, and change them", partial(_find, session, kind)),
            ("Hear everyone, by name", partial(_choose_from, session, kind, "")),
            *history_actions(session, kind),
        ]
        action = session.dialogue.choose_action(title, actions)
        if action is None:
            return
        with session.telling_errors():
            action()


def _find(session: Session, kind: RecordKind) -> None:
    """Ask for words, and list who has all of them."""
    question = "Who is it? Type a name, a group, a date, or any other words."
    if words := session.dialogue.text(question, str, leaving=GOING_BACK):
        _choose_from(session, kind, words)


def _choose_from(session: Session, kind: RecordKind, words: str) -> None:
    """List people with all of some words, and change one or several of them, until the user goes back."""
    dialogue = session.dialogue
    heard = False
    while True:
        people = search_people(session.school, kind, PeopleQuery(words), session.today).people
        which = f"{kind.counted(people.height)}{f' with {quoted(words)}' if words else ''}"
        if not people.height:
            dialogue.say(f"Nobody has {quoted(words)}." if words else "Nobody is stored.")
            return
        if not heard and people.height > _MOST_PEOPLE and not dialogue.confirm(f"{which}. Hear all of them?"):
            return
        heard = True
        rows = people.rows(named=True)
        if words and len(rows) == 1:
            change_person(session, kind, rows[0]["id"])
            return
        chosen = dialogue.choose_several(
            f"{which}. Choose who is to be changed.", [label_of(kind, person) for person in rows]
        )
        if not chosen:
            return
        if len(chosen) == 1:
            change_person(session, kind, rows[chosen[0]]["id"])
        else:
            _change_several(session, kind, people[chosen])


def label_of(kind: RecordKind, person: dict[str, Any]) -> str:
    """Someone in a list: `Zoë Khan, Year 7, 7A, born 6 May 2014`."""
    born = [
        f"born {field.to_say(person[field.key])}"
        for field in kind.identity
        if field.is_date and person[field.key]
    ]
    return ", ".join(filter(None, (name_of(person), place_of(kind, person), *born)))


def _change_several(session: Session, kind: RecordKind, people: pl.DataFrame) -> None:
    """Ask what is to be done with several people, and do it."""
    ids = people["id"].to_list()
    names = names_in_sentence(people)
    actions: list[Action] = []
    if kind is STAFF:
        actions.append(("Move them to another user group", partial(choose_group, session, ids, names)))
    actions += change_actions(session, kind, ids, names)
    if action := session.dialogue.choose_action(f"What do you want to do with {names}?", actions):
        with session.telling_errors():
            action()
