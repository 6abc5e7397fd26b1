"""Values at a glance: every different value of a column, with its count and what is stored for it, changed once for all rows."""

from functools import partial
from typing import TYPE_CHECKING

from backdrop_tui.cli.plain.fixing.rows import about
from backdrop_tui.cli.plain.state import Session
from backdrop_tui.intake.draft import fixes
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.intake.overview.value_counts import ValueCount, counted_fields, in_words, value_counts
from backdrop_tui.records.schema.field import Field
from backdrop_tui.school.text_input import quoted
from backdrop_tui.wording import counted

if TYPE_CHECKING:
    from backdrop_tui.cli.plain.dialogue import Action

_MOST_VALUES = 100
"""The most values that are read out; a column with more has something else in it, or is wrong."""
_TO_DO = {"error": "can't be stored", "warning": "to check"}
"""What is to be done about values, by the level of their problems."""


def change_values(session: Session, draft: Draft) -> None:
    """Ask for a column with few different values, if there are several, and change these, until the user goes back."""
    fields = counted_fields(draft.kind)
    if len(fields) == 1:
        _change_in(session, draft, fields[0], back="Go back to what is wrong")
        return
    while True:
        seen = session.checked(draft, quietly=True)
        place = session.dialogue.choose("In which column?", [_column(seen, field) for field in fields])
        if place is None:
            return
        _change_in(session, draft, fields[place], back="Go back to the columns")


def _change_in(session: Session, draft: Draft, field: Field, back: str) -> None:
    """List the values of one column, and change one after the other until the user goes back."""
    while True:
        seen = session.checked(draft, quietly=True)
        values = value_counts(seen, field.key)
        actions: list[Action] = [
            (_line(field, value), partial(_change, session, draft, seen, field, value))
            for value in values[:_MOST_VALUES]
        ]
        if draft.edits.done:
            actions.append((f"Undo: {draft.edits.done[-1].title}", partial(session.undo, draft)))
        which = (
            f" These are the first {_MOST_VALUES} of {len(values):,}, those to be put right before the others."
            if len(values) > _MOST_VALUES
            else ""
        )
        title = f"Values of {field.label}, each stored as it is unless something else is said.{which} Choose one to change it in all of its rows."
        action = session.dialogue.choose_action(title, actions, back=back)
        if action is None:
            return
        with session.telling_errors():
            action()


def _column(seen: Review, field: Field) -> str:
    """A column with the number of its values: `Gender: 4 different values, 2 can't be stored`."""
    values = value_counts(seen, field.key)
    numbers = {level: sum(value.level == level for value in values) for level in _TO_DO}
    to_do = [f"{number:,} {_TO_DO[level]}" for level, number in numbers.items() if number]
    return ", ".join([f"{field.label}: {counted(len(values), 'different value')}", *to_do])


def _line(field: Field, value: ValueCount) -> str:
    """A value with the number of its rows, and what is stored for it if that is something else.

    For example `Error: “Boy”, 12 rows: not known; suggested: M`, or `“Male”, 125 rows: stored as M`.
    """
    level = f"{value.level.capitalize()}: " if value.level else ""
    becomes = in_words(field, value, blank="")
    is_same = becomes == value.text
    stored = "" if is_same else f": {'stored as ' if value.stored else ''}{becomes}"
    return f"{level}{_named(value)}, {counted(value.count, 'row')}{stored}"


def _named(value: ValueCount) -> str:
    return quoted(value.text) if value.text else "blank"


def _change(session: Session, draft: Draft, seen: Review, field: Field, value: ValueCount) -> None:
    """Ask what a value should become, and change it in all of its rows."""
    question = f"What should {_named(value)} become in {counted(value.count, 'row')}?"

    def become(text: str) -> None:
        change = fixes.replace_value(seen, field.key, value.text, text)
        if change is None:
            session.dialogue.say("That changes nothing.")
        session.do(draft, change)

    def type_in() -> None:
        text = session.dialogue.text_or_blank(f"{question} {about(field, seen.context)}")
        if text is not None:
            become(text)

    if not value.suggested:
        type_in()
        return
    actions: list[Action] = [(suggestion, partial(become, suggestion)) for suggestion in value.suggested]
    actions.append(("Type in something else", type_in))
    if action := session.dialogue.choose_action(question, actions, back="Leave it as it is"):
        action()
