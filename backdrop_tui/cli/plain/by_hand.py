"""Adding people by hand: one person after the other, each field asked in turn and checked as it is given."""

from collections.abc import Sequence
from functools import partial

import polars as pl

from backdrop_tui.cli.plain.dialogue import BLANK, HYPHEN, Action
from backdrop_tui.cli.plain.fixing.rows import about, edit_row, go_through, row_text
from backdrop_tui.cli.plain.state import Session
from backdrop_tui.intake.checking.examine import examine
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.problem_index import ProblemIndex
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.problems import REQUIRED
from backdrop_tui.school.text_input import quoted
from backdrop_tui.wording import listed


def type_in(session: Session, draft: Draft) -> bool:
    """Ask for one person after the other until everyone is typed in. Returns whether to go on, and not back."""
    dialogue, kind = session.dialogue, draft.kind
    dialogue.say(
        "",
        f"Add {kind.plural} by hand, one at a time.",
        "Each answer is checked and kept as soon as you give it. Nobody is stored before you choose Complete.",
    )
    if not draft.edits.added:
        _ask_person(session, draft)
        if not draft.edits.added:
            return False
    while True:
        seen = session.checked(draft, quietly=True)
        dialogue.say("", f"{kind.counted(seen.texts.height)} typed in so far.")
        action = dialogue.choose_action(
            "What now?", _actions(session, draft, seen), back="Go back, and keep what is typed in"
        )
        if action is None:
            return False
        with session.telling_errors():
            if action() is True:
                return True


def _actions(session: Session, draft: Draft, seen: Review) -> list[Action]:
    """What can be done with those who are typed in, each with its label."""
    unfinished = _unfinished(draft, seen)
    actions: list[Action] = []
    if unfinished:
        row, fields = unfinished
        label = f"Carry on with row {row}. Next: {fields[0].label}"
        actions.append((label, partial(_ask_fields, session, draft, row, fields)))
    actions.append((f"Add the next {draft.kind.singular}", partial(_ask_person, session, draft)))
    if draft.edits.added:
        actions += [
            ("Everyone is typed in: go on", lambda: True),
            ("Hear who is typed in", partial(_tell, session, seen)),
            ("Change a row, or leave it out", partial(_change_row, session, draft, seen)),
        ]
    if draft.edits.done:
        actions.append((f"Undo: {draft.edits.done[-1].title}", partial(session.undo, draft)))
    if draft.edits.undone:
        actions.append((f"Redo: {draft.edits.undone[-1].title}", partial(session.redo, draft)))
    return actions


def _unfinished(draft: Draft, seen: Review) -> tuple[int, Sequence[Field]] | None:
    """The last row and the fields that were not asked for any more, if it broke off; None if it is whole."""
    row = max(draft.edits.added, default=0)
    fields = [field for field in seen.fields if (row, field.key) not in draft.edits.cells]
    return (row, fields) if row and fields else None


def _ask_person(session: Session, draft: Draft) -> None:
    """Ask for all fields of another person."""
    row = max(draft.edits.added, default=0) + 1
    _ask_fields(session, draft, row, session.checked(draft, quietly=True).fields)


def _ask_fields(session: Session, draft: Draft, row: int, fields: Sequence[Field]) -> None:
    """Ask for fields of a person one after the other, then about what is wrong with the whole of it."""
    context = session.school.context(session.today)
    for field in fields:
        is_new = row not in draft.edits.added
        change = _ask_field(session, draft, row, field, context)
        if change is None and is_new:
            return
        draft.do(change or _blank(row, field))
    _check_row(session, draft, row)


def _ask_field(session: Session, draft: Draft, row: int, field: Field, context: Context) -> Change | None:
    """Ask for one field until it can be used. Returns the change that fills it in; None to leave it blank."""
    question, leaving, suggestion = _question(draft, row, field, context)
    while True:
        typed = session.dialogue.text(question, str, leaving=leaving)
        text = suggestion if typed is None else typed
        if not text or (text == BLANK and row in draft.edits.added):
            return None
        answer = _settled(session, field, text, context)
        if answer is not None:
            text, codes = answer
            return Change(
                title=_title(row, field),
                cells=((row, field.key, text),),
                accepted=tuple((row, field.key, code) for code in codes),
                added=() if row in draft.edits.added else (row,),
            )


def _question(draft: Draft, row: int, field: Field, context: Context) -> tuple[str, str, str]:
    """What to ask for a field, what typing nothing does, and the text that the other fields suggest, if they do."""
    is_first = row not in draft.edits.added
    values = {
        key: draft.kind.by_key[key].typed(text)
        for (of_row, key), text in draft.edits.cells.items()
        if of_row == row
    }
    suggestion = field.suggestion(values, context)
    if is_first:
        leaving = "Press Enter alone if there is nobody to add."
    elif suggestion:
        source = f", from {field.worked_out_from}" if field.worked_out_from else ""
        leaving = (
            f"Press Enter alone to take {field.to_say(suggestion)}{source}. Type {HYPHEN} to leave it blank."
        )
    elif field.needed:
        leaving = "Needed. Press Enter alone to fill it in later."
    else:
        leaving = "Press Enter alone to leave it blank."
    return (
        f"Row {row}. {about(field, context)}",
        leaving,
        field.to_show(suggestion) if suggestion else "",
    )


def _settled(
    session: Session, field: Field, text: str, context: Context
) -> tuple[str, tuple[str, ...]] | None:
    """A text that can be used, after asking about what is wrong with it.

    Returns:
        The text, or what was suggested for it, and the codes of the warnings that the user has accepted; None to ask again.
    """
    dialogue = session.dialogue
    accepted: list[str] = []
    problems = examine(field, pl.Series([field.typed(text)]), context).problems
    for problem in problems.iter_rows(named=True):
        dialogue.say(problem["message"])
        if problem["suggestion"]:
            suggestion = field.to_show(problem["suggestion"])
            question = "Should it be {}?" if problem["sure"] else "It may be {}. Is that what it should be?"
            if dialogue.confirm(question.format(quoted(suggestion))):
                return _settled(session, field, suggestion, context)
        if problem["level"] == "error" or not dialogue.confirm(f"Is {quoted(text)} right?"):
            return None
        accepted.append(problem["code"])
    return text, tuple(accepted)


def _check_row(session: Session, draft: Draft, row: int) -> None:
    """Say what a row is, and ask about what is wrong with it, but for what the user has just left blank."""
    is_missing = pl.col("code") == REQUIRED.code
    seen = session.checked(draft, quietly=True)
    missing = seen.problems_in([row]).filter(is_missing)["field"].drop_nulls()
    labels = listed(draft.kind.label(key) for key in missing)
    session.dialogue.say(
        "",
        row_text(seen, row),
        *([f"Still missing: {labels}. You can fill that in later."] if labels else []),
    )
    go_through(session, draft, lambda latest: latest.problems_in([row]).filter(~is_missing))


def _tell(session: Session, seen: Review) -> None:
    """Read out everyone who is typed in, each with what is wrong."""
    index = ProblemIndex(seen)
    lines = []
    for row in seen.texts["row"].to_list():
        out = ["It is left out."] if row in seen.left_out else []
        lines.append(
            " ".join([row_text(seen, row), *out, *(problem.message for problem in index.in_row(row))])
        )
    session.dialogue.say("", *lines)


def _change_row(session: Session, draft: Draft, seen: Review) -> None:
    """Ask for a row, then what to change in it."""
    rows = seen.texts["row"].to_list()
    choice = session.dialogue.choose("Which row?", [row_text(seen, row) for row in rows])
    if choice is not None:
        edit_row(session, draft, rows[choice])


def _blank(row: int, field: Field) -> Change:
    """The change that notes that a field was left blank, so that it isn't asked for again."""
    return Change(title=_title(row, field), cells=((row, field.key, ""),))


def _title(row: int, field: Field) -> str:
    return f"{field.label} in row {row}"
