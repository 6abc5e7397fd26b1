"""Putting a file right: findings about the whole file, then problems kind by kind."""

from functools import partial

from backdrop_tui.cli.files.check_text import counts_line
from backdrop_tui.cli.files.problems_text import row_names
from backdrop_tui.cli.plain.dialogue import Action
from backdrop_tui.cli.plain.fixing.finding import find_and_replace, find_rows
from backdrop_tui.cli.plain.fixing.kinds import fix_kind
from backdrop_tui.cli.plain.fixing.values import change_values
from backdrop_tui.cli.plain.reading import change_encoding
from backdrop_tui.cli.plain.state import Session
from backdrop_tui.imports.errors_saving import save_errors
from backdrop_tui.intake.draft import fixes
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.encoding_finding import asks_about_encoding
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.intake.matching.row_lengths import obstacles_to
from backdrop_tui.intake.overview.value_counts import counted_fields
from backdrop_tui.records.schema.findings import Finding
from backdrop_tui.wording import counted, listed

_MOST_ROWS = 20
"""The most rows that are read out without being asked for."""
_NOBODY_READY = "No row is ready to be stored. Fix at least one before you go on."
_LEVELS = {"error": "Decide first", "warning": "Warning", "note": "Note"}


def put_right(session: Session, draft: Draft) -> bool:
    """Go through what is wrong with a file until the user goes on. Returns whether to go on, and not back."""
    dialogue = session.dialogue
    while True:
        if obstacles_to(draft.sheet, draft.matching):
            dialogue.say("The columns have changed. Check where they go.")
            return False
        seen = session.checked(draft)
        dialogue.say("", "Put right.", counts_line(seen.counts), *_next(seen))
        before = "typing people in" if draft.facts.by_hand else "the columns"
        action = dialogue.choose_action(
            "What is there:", _actions(session, draft, seen), back=f"Go back to {before}"
        )
        if action is None:
            return False
        with session.telling_errors():
            if action() is True:
                return True


def _next(seen: Review) -> list[str]:
    """What is best done next."""
    if seen.unanswered:
        return ["Decide first what the whole file says."]
    if not seen.ready.height:
        return [_NOBODY_READY]
    if seen.counts.errors:
        return ["Fix the errors, or go on: the rows that have some are left out and kept in a file."]
    return ["Nothing stops the import. Go on to Check."]


def _actions(session: Session, draft: Draft, seen: Review) -> list[Action]:
    """What can be done now, each with its label."""
    actions: list[Action] = [
        (
            f"{_LEVELS[finding.type.level]}: {finding.type.title}",
            partial(_answer, session, draft, seen, finding),
        )
        for finding in seen.findings
    ]
    actions += [
        (
            f"{kind.level.capitalize()}: {kind.title}, {kind.count:,}",
            partial(fix_kind, session, draft, seen, kind),
        )
        for kind in seen.problem_kinds
    ]
    actions.append(("Go on to Check", partial(_go_on, session, seen)))
    columns = listed(field.label for field in counted_fields(seen.kind))
    actions += [
        (
            f"Every different value of {columns}: change one in all of its rows",
            partial(change_values, session, draft),
        ),
        ("Find a row, and change it", partial(find_rows, session, draft, seen)),
        ("Find and replace in a column", partial(find_and_replace, session, draft, seen)),
    ]
    if seen.left_out:
        actions.append(
            (
                f"Put back {counted(len(seen.left_out), 'row')} left out",
                partial(_take_back, session, draft, seen),
            )
        )
    if draft.edits.done:
        actions.append((f"Undo: {draft.edits.done[-1].title}", partial(session.undo, draft)))
    if draft.edits.undone:
        actions.append((f"Redo: {draft.edits.undone[-1].title}", partial(session.redo, draft)))
    if seen.counts.errors:
        actions.append(("Save the rows with errors in a file", partial(_save_errors, session, seen)))
    return actions


def _go_on(session: Session, seen: Review) -> bool:
    """Whether the user can go on; if not, say why."""
    if seen.unanswered:
        titles = listed(finding.type.title for finding in seen.unanswered)
        session.dialogue.say(f"Decide this before you go on: {titles}.")
        return False
    if not seen.ready.height:
        session.dialogue.say(_NOBODY_READY)
        return False
    return True


def _answer(session: Session, draft: Draft, seen: Review, finding: Finding) -> None:
    """Say what a finding says, and do what the user wants about it."""
    rows = seen.rows_of(finding).to_list()
    session.dialogue.say("", finding.message, *_about(seen, rows))
    actions: list[Action] = [
        (remedy.title, partial(session.do, draft, fixes.apply_remedy(finding, remedy)))
        for remedy in finding.remedies
    ]
    if asks_about_encoding(finding):
        actions.append(("Choose another encoding", partial(_choose_encoding, session, draft, finding)))
    dismissing = finding.type.dismissing or "Go on without changing anything"
    actions.append((dismissing, partial(session.do, draft, fixes.dismiss(finding))))
    if len(rows) > _MOST_ROWS:
        actions.append(
            ("Hear all of its rows", lambda: session.dialogue.say("", f"{row_names(seen, rows)}."))
        )
    if action := session.dialogue.choose_action("What do you want to do?", actions, back="Decide later"):
        action()


def _about(seen: Review, rows: list[int]) -> list[str]:
    """Which rows a finding is about; of many, how many they are."""
    if not rows:
        return []
    if len(rows) <= _MOST_ROWS:
        return [f"It is about {row_names(seen, rows)}."]
    return [f"It is about {counted(len(rows), 'row')}, the first of which is {row_names(seen, rows[:1])}."]


def _choose_encoding(session: Session, draft: Draft, finding: Finding) -> None:
    """Ask for another encoding. If the chosen one is as much of a guess, the finding has been answered by looking."""
    if change_encoding(session, draft) and draft.sheet.guess:
        draft.do(fixes.dismiss(finding))


def _take_back(session: Session, draft: Draft, seen: Review) -> None:
    """Take all rows back that are left out, after saying which they are."""
    rows = sorted(seen.left_out)
    if session.dialogue.confirm(f"Put back {row_names(seen, rows)}?") and (
        change := fixes.take_back(seen, rows)
    ):
        session.do(draft, change)


def _save_errors(session: Session, seen: Review) -> None:
    path = save_errors(session.school, seen)
    session.dialogue.say(f"Saved in {path}" if path else "There is nothing left to save.")
