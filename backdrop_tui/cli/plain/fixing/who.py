"""“Is this the same child?”: a row compared with the people stored, or with other rows, field by field."""

from typing import Literal

from backdrop_tui.cli.plain.state import Session
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.intake.questions.answers import keep_row, new_person, same_people, same_person
from backdrop_tui.intake.questions.comparison import (
    Column,
    differences,
    noun_for,
    outcome_column,
    row_column,
    stored_column,
    title_of,
)
from backdrop_tui.intake.questions.groups import Group
from backdrop_tui.intake.questions.outcome import outcome_of
from backdrop_tui.intake.questions.question import SHARED_IDENTIFIERS, Question

Answer = Literal["next", "back", "edit"]
"""What to do after a question: go to the next one, go back to the list, or edit the row."""


def ask_who(session: Session, draft: Draft, seen: Review, question: Question) -> Answer:
    """Ask who a row is about, and keep the answer."""
    dialogue = session.dialogue
    dialogue.say("", title_of(seen, question), question.message, *_comparison(session, seen, question))
    rows = (question.row, *question.others)
    names = [seen.context.row_names.name(row) for row in rows]
    if question.others:
        rest = "other" if len(names) == 2 else "others"
        same = [f"The same {noun_for(seen)}: keep row {name}, and leave the {rest} out" for name in names]
    else:
        many = len(question.people) > 1
        same = [
            f"The same {noun_for(seen)} as {f'number {n}' if many else 'the one stored'}"
            for n, _ in enumerate(question.people, 1)
        ]
    is_shared = question.code in SHARED_IDENTIFIERS
    different = [] if is_shared else ["Two different people"]
    correct = f"Two different people: correct the {seen.kind.label(question.key)}"
    edit = correct if is_shared else "Change a cell or leave the row out"
    others = [edit, "Leave it open, and go to the next one"]
    choice = dialogue.choose("What is right?", [*same, *different, *others], back="Go back to the list")
    if choice is None:
        return "back"
    if choice < len(same):
        change = (
            keep_row(seen, question, rows[choice])
            if question.others
            else same_person(seen, question, question.people[choice])
        )
    elif choice < len(same) + len(different):
        new = new_person(seen, question)
        assert new is not None  # noqa: S101 - offered only where saying so is enough
        change = new
    else:
        return "edit" if choice == len(same) + len(different) else "next"
    with session.telling_errors():
        draft.do(change)
        dialogue.say(f"Done: {change.title}.")
    return "next"


def ask_alike(session: Session, draft: Draft, seen: Review, group: Group) -> None:
    """List the rows that differ in the same way from the people stored, and ask about all of them at once."""
    heading = f"Another {group.difference}, as stored, then as in the file:"
    session.dialogue.say("", heading, *differences(seen, group))
    if session.dialogue.confirm(f"Is each of these the same {noun_for(seen)}?"):
        change = same_people(seen, group)
        draft.do(change)
        session.dialogue.say(f"Done: {change.title}.")


def _comparison(session: Session, seen: Review, question: Question) -> list[str]:
    """The row, and each of those whom it is compared with, field by field."""
    ours = row_column(seen, question.row)
    lines = _fields(seen, ours)
    if question.others:
        for row in question.others:
            lines += _fields(seen, row_column(seen, row), ours)
        for person in question.people:
            lines += _fields(seen, stored_column(seen, person), ours)
        return lines
    for number, person in enumerate(question.people, start=1):
        stored = stored_column(seen, person)
        lines += _fields(seen, stored, ours, f"Number {number}: " if len(question.people) > 1 else "")
        outcome = outcome_of(seen, question.row, person, session.school.existing)
        if len(question.people) == 1:
            lines += _fields(seen, outcome_column(seen, outcome), stored, "If it is the same: ")
    return lines


def _fields(seen: Review, column: Column, other: Column | None = None, start: str = "") -> list[str]:
    """One person in a line: what is different from another first."""
    said = [
        f"{field.label} {column.texts.get(field.key) or 'blank'}"
        for field in seen.kind.fields
        if field in seen.fields or column.texts.get(field.key)
    ]
    different = [
        field.label
        for field in seen.kind.fields
        if other is not None and (column.texts.get(field.key) or "") != (other.texts.get(field.key) or "")
    ]
    what = (
        f" Different: {', '.join(different)}." if different else (" Nothing is different." if other else "")
    )
    return [f"{start}{column.heading}. {', '.join(said)}.{what}"]
