"""Undoing and redoing what was changed about people who are stored, since the dialogue began."""

from functools import partial

from backdrop_tui.cli.plain.dialogue import Action
from backdrop_tui.cli.plain.state import Session
from backdrop_tui.people.changes import PeopleChange, undo_change
from backdrop_tui.people.people_search import names_in_sentence
from backdrop_tui.records.leaving import LEFT, STATUS
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.wording import listed


def keep(session: Session, change: PeopleChange, what: str) -> None:
    """Keep a change that was stored, so that it can be undone, and say what was done. One that changed nothing isn't kept."""
    if change.before.equals(change.after):
        session.dialogue.say("That is what is stored already.")
        return
    session.changes_of(change.kind).add(change)
    session.dialogue.say(f"{what} You can undo this until you quit.")


def history_actions(session: Session, kind: RecordKind) -> list[Action]:
    """Undoing the last change to people of a kind, and redoing the one that was undone last, if there is one."""
    history = session.changes_of(kind)
    actions: list[Action] = []
    if history.done:
        actions.append((f"Undo: {_title(history.done[-1])}", partial(_undo, session, kind)))
    if history.undone:
        actions.append((f"Redo: {_title(history.undone[-1], undone=True)}", partial(_redo, session, kind)))
    return actions


def _undo(session: Session, kind: RecordKind) -> None:
    history = session.changes_of(kind)
    title = _title(history.done[-1])
    history.mark_undone(undo_change(session.school, history.done[-1]))
    session.dialogue.say(f"Undone: {title}.")


def _redo(session: Session, kind: RecordKind) -> None:
    history = session.changes_of(kind)
    title = _title(history.undone[-1], undone=True)
    history.mark_redone(undo_change(session.school, history.undone[-1]))
    session.dialogue.say(f"Redone: {title}.")


def _title(change: PeopleChange, *, undone: bool = False) -> str:
    """A change in a few words: `Gender of Zoë Khan`. One that was undone is kept the other way round."""
    before, after = (change.after, change.before) if undone else (change.before, change.after)
    names = names_in_sentence(after if after.height else before)
    if not (before.height and after.height):
        return f"{names} {'removed' if before.height else 'added'}"
    differing = {key for key in change.kind.stored_keys if not before[key].equals(after[key])}
    if STATUS in differing:
        return f"{names} {'marked as having left' if (after[STATUS] == LEFT).all() else 'brought back'}"
    labels = listed(field.label for field in change.kind.fields if field.key in differing)
    return f"{labels or 'what is noted about the leaving'} of {names}"
