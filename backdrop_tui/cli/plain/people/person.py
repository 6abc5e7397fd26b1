"""Someone who is stored: their fields are heard, and changed one at a time, with the rules of a file."""

from functools import partial
from typing import TYPE_CHECKING, Any

from backdrop_tui.cli.plain.fixing.rows import asking_for
from backdrop_tui.cli.plain.people.care import care_actions
from backdrop_tui.cli.plain.people.changing import change_actions, choose_group
from backdrop_tui.cli.plain.people.history import history_actions, keep
from backdrop_tui.cli.plain.state import Session
from backdrop_tui.people.changes import change_people
from backdrop_tui.people.directory import name_of
from backdrop_tui.people.person_check import check_person_change
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.staff import USER_GROUP
from backdrop_tui.school.text_input import quoted

if TYPE_CHECKING:
    from backdrop_tui.cli.plain.dialogue import Action


def change_person(session: Session, kind: RecordKind, person_id: str) -> None:
    """Read out someone's fields, and change them, until the user goes back or the person is no longer at the school."""
    while True:
        everyone = session.school.current(kind)
        person = next(everyone.filter(everyone["id"] == person_id).iter_rows(named=True), None)
        if person is None:
            return
        actions: list[Action] = [
            (
                f"{field.label}: {field.to_say(person[field.key] or '') or 'blank'}",
                partial(_change, session, kind, person, field),
            )
            for field in kind.fields_in(everyone)
        ]
        actions += change_actions(session, kind, [person_id], name_of(person))
        actions += [*care_actions(session, person_id), *history_actions(session, kind)]
        title = f"{name_of(person)}. Choose a field to change it, or what to do."
        action = session.dialogue.choose_action(title, actions)
        if action is None:
            return
        with session.telling_errors():
            action()


def _change(session: Session, kind: RecordKind, person: dict[str, Any], field: Field) -> None:
    """Ask for the new value of a field until it can be stored, and store it."""
    if field.key == USER_GROUP.key:
        choose_group(session, [person["id"]], name_of(person), person[field.key] or "")
        return
    stored = field.to_show(person[field.key] or "")
    now = f"Now it is {quoted(stored)}." if stored else "Now it is blank."
    question = f"{asking_for(field, session.school.context(session.today))} {now}"
    while (text := session.dialogue.text_or_blank(question)) is not None:
        if _store(session, kind, person, field, text):
            return


def _store(session: Session, kind: RecordKind, person: dict[str, Any], field: Field, text: str) -> bool:
    """Check a text, ask about what is wrong with it, and store it. Returns whether it is stored."""
    dialogue = session.dialogue
    check = check_person_change(session.school, kind, person, {field.key: text}, session.today)
    for problem in check.problems:
        dialogue.say(problem.message)
    suggestion = check.problems[0].suggestion if check.problems else None
    if suggestion and dialogue.confirm(f"It may be {quoted(suggestion)}. Is that what it should be?"):
        return _store(session, kind, person, field, suggestion)
    if check.has_errors or (
        check.problems and not dialogue.confirm(f"Is {quoted(text) if text else 'blank'} right?")
    ):
        return False
    value = check.person[field.key]
    change = change_people(session.school, kind, [person["id"]], {field.key: value})
    keep(
        session,
        change,
        f"Stored: {field.label} of {name_of(person)} is now {field.to_say(value or '') or 'blank'}.",
    )
    return True
