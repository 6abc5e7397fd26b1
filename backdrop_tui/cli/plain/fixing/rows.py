"""Fixing single rows: their problems one after the other, or any of their cells."""

from collections.abc import Callable
from functools import partial

import polars as pl

from backdrop_tui.cli.files.problems_text import row_names
from backdrop_tui.cli.plain.dialogue import Action
from backdrop_tui.cli.plain.fixing.who import ask_who
from backdrop_tui.cli.plain.state import Session
from backdrop_tui.intake.draft import fixes
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.problem_index import Problem, ProblemIndex
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.intake.questions.question import COMPARED, question_about
from backdrop_tui.intake.questions.row_texts import shown_texts
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import Field
from backdrop_tui.school.text_input import quoted
from backdrop_tui.wording import all_of, listed

_MOST_CHOICES = 12
"""The most values of a field that are read out; the hint is shorter than more of them."""


def go_through(session: Session, draft: Draft, problems_in: Callable[[Review], pl.DataFrame]) -> bool:
    """Ask about problems one after the other. Returns False if the user goes back before the last one.

    Args:
        session: The session.
        draft: The draft.
        problems_in: Gets the rows as they are checked after each answer, and returns the problems to ask about.
    """
    skipped: set[tuple[int, str | None, str]] = set()
    while True:
        seen = session.checked(draft, quietly=True)
        problems = [Problem(*values) for values in problems_in(seen).iter_rows()]
        problems = [each for each in problems if (each.row, each.field, each.code) not in skipped]
        if not problems:
            return True
        problem, before = problems[0], len(draft.edits.done)
        if not _fix_one(session, draft, seen, problem, is_last=len(problems) == 1):
            return False
        if len(draft.edits.done) == before:
            skipped.add((problem.row, problem.field, problem.code))


def edit_row(session: Session, draft: Draft, row: int) -> None:
    """Read out a row with its problems, and change its cells or leave it out, until the user goes back."""
    while True:
        seen = session.checked(draft, quietly=True)
        problems = [problem.message for problem in ProblemIndex(seen).in_row(row)]
        is_out = row in seen.left_out
        session.dialogue.say("", row_text(seen, row), *(["It is left out."] if is_out else problems))
        actions: list[Action] = [("Change a cell of this row", partial(_change_cell, session, seen, row))]
        if is_out:
            actions.append(("Put this row back", lambda: fixes.take_back(seen, [row])))  # noqa: B023 - called at once
        else:
            actions.append(("Leave this row out", lambda: fixes.leave_out(seen, [row])))  # noqa: B023 - called at once
        action = session.dialogue.choose_action("What do you want to do?", actions)
        if action is None:
            return
        with session.telling_errors():
            change = action()
            if isinstance(change, Change):
                session.do(draft, change)


def row_text(seen: Review, row: int) -> str:
    """A row as a person hears it, such as `Row 12. First Name Ann, Surname Lee.`, with all of its fields."""
    texts = shown_texts(seen, [row]).get(row, {})
    cells = [f"{seen.kind.label(key)} {text or 'blank'}" for key, text in texts.items()]
    return f"{row_names(seen, [row])[:1].upper()}{row_names(seen, [row])[1:]}. {', '.join(cells)}."


def about(field: Field, context: Context) -> str:
    """A field with how it is written: `UPN: 13 characters, or blank.` or `Gender: M or F.`."""
    return f"{field.label}: {_how_written(field, context)}."


def asking_for(field: Field, context: Context) -> str:
    """A question for the new value of a field, with how it is written: `What should the Gender be? M or F.`."""
    how = _how_written(field, context)
    return f"What should the {field.label} be? {how[:1].upper()}{how[1:]}."


def _how_written(field: Field, context: Context) -> str:
    choices = field.choices(context) if field.choices is not None else ()
    return listed(choices, conjunction="or") if 0 < len(choices) <= _MOST_CHOICES else field.hint


def _fix_one(session: Session, draft: Draft, seen: Review, problem: Problem, *, is_last: bool) -> bool:
    """Ask what is to be done about one problem. Returns whether to go on with the next one."""
    if problem.code in COMPARED and (question := question_about(seen, problem.row)):
        answer = ask_who(session, draft, seen, question)
        if answer != "edit":
            return answer == "next"
    session.dialogue.say("", row_text(seen, problem.row), problem.message)
    actions = _fixes_of(session, seen, problem)
    if not is_last:
        actions.append(("Leave it for now, and go to the next one", lambda: None))
    action = session.dialogue.choose_action("What do you want to do?", actions, back="Go back to the list")
    if action is None:
        return False
    with session.telling_errors():
        change = action()
        if isinstance(change, Change):
            session.do(draft, change)
    return True


def _fixes_of(session: Session, seen: Review, problem: Problem) -> list[Action]:
    """What can be done about a problem, each with its label."""
    actions: list[Action] = []
    index, row, key = ProblemIndex(seen), problem.row, problem.field
    if key and problem.suggestion:
        how = "Take the suggestion" if problem.sure else "Take what it may be"
        suggestion = problem.suggestion
        actions.append((f"{how}: {suggestion}", lambda: fixes.set_cell(seen, row, key, suggestion)))
    if key:
        actions.append((f"Type in the {seen.kind.label(key)}", partial(_type, session, seen, row, key)))
        value, count = index.alike(row, key)
        if value is not None and count > 1:
            label = f"Type it in once for {all_of(count)} rows with {quoted(value)}"
            actions.append((label, partial(_type, session, seen, row, key, value)))
    else:
        actions.append(("Change a cell of this row", partial(_change_cell, session, seen, row)))
    if problem.can_be_accepted:
        acceptable = seen.problems_in([row]).filter(
            pl.col("field").eq_missing(problem.field), pl.col("code") == problem.code
        )
        actions.append(("Accept it: it is right", lambda: fixes.accept(acceptable)))
    actions.append(("Leave this row out", lambda: fixes.leave_out(seen, [row])))
    return actions


def _type(session: Session, seen: Review, row: int, key: str, alike: str | None = None) -> Change | None:
    """Ask for a cell's text, or for that of all cells with the same value."""
    field, text = seen.kind.by_key[key], seen.text_to_edit(row, key)
    now = f"Now it is {quoted(text)}." if text else "Now it is blank."
    new_text = session.dialogue.text_or_blank(f"{asking_for(field, seen.context)} {now}")
    if new_text is None:
        return None
    return (
        fixes.set_cell(seen, row, key, new_text)
        if alike is None
        else fixes.fix_alike(seen, key, alike, new_text)
    )


def _change_cell(session: Session, seen: Review, row: int) -> Change | None:
    """Ask for a field, then for its text in a row."""
    fields = [field for field in seen.fields if field.key in seen.texts.columns]
    choice = session.dialogue.choose("Which field?", [field.label for field in fields])
    return None if choice is None else _type(session, seen, row, fields[choice].key)
