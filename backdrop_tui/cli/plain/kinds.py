"""Fixing the problems of one kind: all at once, or one by one."""

from functools import partial

import polars as pl

from backdrop_tui.cli.files.problems_text import lines_of_kind, row_names
from backdrop_tui.cli.plain.dialogue import Action
from backdrop_tui.cli.plain.state import Session
from backdrop_tui.cli.plain.who import ask_alike, ask_who
from backdrop_tui.intake.draft import fixes
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.problem_index import Problem, ProblemIndex
from backdrop_tui.intake.draft.review import ProblemKind, Review
from backdrop_tui.intake.questions.groups import groups_of
from backdrop_tui.intake.questions.question import ASKING, question_about
from backdrop_tui.intake.questions.row_texts import shown_texts
from backdrop_tui.records.linkage_problems import PERSON_NEAR
from backdrop_tui.school.text_input import quoted
from backdrop_tui.wording import counted

BLANK = "-"
"""What is typed to make a cell blank."""


def fix_kind(session: Session, draft: Draft, seen: Review, kind: ProblemKind) -> None:
    """List the problems of a kind with all their rows, and fix them as the user wants."""
    session.dialogue.say("", *lines_of_kind(seen, kind))
    rows = seen.problems_of(kind)["row"].unique().sort().to_list()
    do = partial(_do, session, draft)
    actions: list[Action] = []
    if asked := fixes.confirmation(kind):
        label = f"Hear {asked.what} for {counted(kind.suggestions, 'person', 'people')}, and take them"
        actions.append((label, partial(_take_confirmed, session, draft, seen, kind, asked)))
    elif kind.sure:
        label = f"Take all {kind.sure:,} sure suggestions" if kind.sure > 1 else "Take the sure suggestion"
        actions.append((label, lambda: do(fixes.take_suggestions(seen, kind))))
    actions.append(("Go through them one by one", partial(_one_by_one, session, draft, kind)))
    if kind.code == PERSON_NEAR.code:
        actions += [
            (
                f"Answer all {group.pairs.height:,} with another {group.difference} at once",
                partial(ask_alike, session, draft, seen, group),
            )
            for group in groups_of(seen)
            if group.pairs.height > 1
        ]
    if kind.can_be_accepted:
        actions.append(
            (f"Accept all {kind.count:,}: they are right", lambda: do(fixes.accept(seen.problems_of(kind))))
        )
    actions.append((f"Leave out {counted(len(rows), 'row')}", lambda: do(fixes.leave_out(seen, rows))))
    if action := session.dialogue.choose_action("What do you want to do?", actions):
        action()


def _do(session: Session, draft: Draft, change: Change | None) -> None:
    """Make a change, and say so."""
    if change is not None:
        draft.do(change)
        session.dialogue.say(f"Done: {change.title}.")


def _take_confirmed(
    session: Session, draft: Draft, seen: Review, kind: ProblemKind, asked: fixes.Confirmation
) -> None:
    """Say which text becomes what, and take these suggestions if they are right."""
    replacements = fixes.suggested_replacements(seen, kind)
    lines = [
        f"{quoted(text)} becomes {suggestion}, {counted(count, 'person', 'people')}."
        for text, suggestion, count in replacements
    ]
    session.dialogue.say("", *asked.why, *lines)
    if session.dialogue.confirm(asked.question):
        _do(session, draft, fixes.take_suggestions(seen, kind, possible_too=True))


def _one_by_one(session: Session, draft: Draft, kind: ProblemKind) -> None:
    """Ask about each problem of a kind, until there are no more or the user goes back."""
    skipped: set[int] = set()
    while True:
        seen = session.checked(draft, quietly=True)
        problems = seen.problems_of(kind).filter(~pl.col("row").is_in(list(skipped)))
        if problems.is_empty():
            session.dialogue.say("That was the last one of these.")
            return
        problem = Problem(*problems.row(0))
        before = len(draft.edits.done)
        if not _fix_one(session, draft, seen, problem):
            return
        if len(draft.edits.done) == before:
            skipped.add(problem.row)


def _fix_one(session: Session, draft: Draft, seen: Review, problem: Problem) -> bool:
    """Ask what is to be done about one problem. Returns whether to go on with the next one."""
    if problem.code in ASKING and (question := question_about(seen, problem.row)):
        answer = ask_who(session, draft, seen, question)
        if answer != "edit":
            return answer == "next"
    session.dialogue.say("", _row(seen, problem.row), problem.message)
    actions = _fixes_of(session, seen, problem)
    action = session.dialogue.choose_action("What do you want to do?", actions, back="Go back to the list")
    if action is None:
        return False
    with session.telling_errors():
        change = action()
        if isinstance(change, Change):
            _do(session, draft, change)
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
            label = f"Type it in once for all {count:,} rows with {quoted(value)}"
            actions.append((label, partial(_type, session, seen, row, key, value)))
    else:
        actions.append(("Change a cell of this row", partial(_change_cell, session, seen, row)))
    if problem.can_be_accepted:
        acceptable = seen.problems_in([row]).filter(
            pl.col("field").eq_missing(problem.field), pl.col("code") == problem.code
        )
        actions.append(("Accept it: it is right", lambda: fixes.accept(acceptable)))
    actions.append(("Leave this row out", lambda: fixes.leave_out(seen, [row])))
    actions.append(("Leave it for now, and go to the next one", lambda: None))
    return actions


def _type(session: Session, seen: Review, row: int, key: str, alike: str | None = None) -> Change | None:
    """Ask for a cell's text, or for that of all cells with the same value."""
    field, text = seen.kind.by_key[key], seen.text_to_edit(row, key)
    now = f"Now it is {quoted(text)}." if text else "Now it is blank."
    choices = f" One of {', '.join(field.choices(seen.context))}." if field.choices else ""
    typed = session.dialogue.text(
        f"{field.label}: {field.hint}.{choices} {now} Type {BLANK} to make it blank.", str
    )
    if typed is None:
        return None
    new_text = "" if typed == BLANK else typed
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


def _row(seen: Review, row: int) -> str:
    """A row as a person hears it, such as `Row 12. First Name Ann, Surname Lee.`, with all of its fields."""
    texts = shown_texts(seen, [row]).get(row, {})
    cells = [f"{seen.kind.label(key)} {text or 'blank'}" for key, text in texts.items()]
    return f"{row_names(seen, [row])[:1].upper()}{row_names(seen, [row])[1:]}. {', '.join(cells)}."
