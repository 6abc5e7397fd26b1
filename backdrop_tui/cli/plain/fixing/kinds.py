"""Fixing the problems of one kind: all at once, or one by one."""

from functools import partial
from typing import TYPE_CHECKING

from backdrop_tui.cli.files.problems_text import lines_of_kind, row_names
from backdrop_tui.cli.plain.fixing.rows import go_through
from backdrop_tui.cli.plain.fixing.who import ask_alike
from backdrop_tui.cli.plain.state import Session
from backdrop_tui.intake.draft import fixes
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.review import ProblemKind, Review
from backdrop_tui.intake.questions.groups import groups_of
from backdrop_tui.intake.questions.question import is_left_blank
from backdrop_tui.records.linkage_problems import PERSON_NEAR
from backdrop_tui.school.text_input import quoted
from backdrop_tui.wording import all_of, counted

if TYPE_CHECKING:
    from backdrop_tui.cli.plain.dialogue import Action


def fix_kind(session: Session, draft: Draft, seen: Review, kind: ProblemKind) -> None:
    """List the problems of a kind with all their rows, and fix them as the user wants; a single one is asked about at once."""
    if kind.count == 1 and not fixes.confirmation(kind):
        go_through(session, draft, lambda latest: latest.problems_of(kind))
        return
    session.dialogue.say("", *lines_of_kind(seen, kind))
    rows = seen.problems_of(kind)["row"].unique().sort().to_list()
    do = partial(session.do, draft)
    actions: list[Action] = []
    if asked := fixes.confirmation(kind):
        label = f"Hear {asked.what} for {counted(kind.suggestions, 'person', 'people')}, and take them"
        actions.append((label, partial(_take_confirmed, session, draft, seen, kind, asked)))
    elif kind.sure:
        label = f"Take {all_of(kind.sure)} sure suggestions" if kind.sure > 1 else "Take the sure suggestion"
        actions.append((label, lambda: do(fixes.take_suggestions(seen, kind))))
    actions.append(("Go through them one by one", partial(_one_by_one, session, draft, kind)))
    if kind.code == PERSON_NEAR.code:
        actions += [
            (
                f"Answer {all_of(group.pairs.height)} with another {group.difference} at once",
                partial(ask_alike, session, draft, seen, group),
            )
            for group in groups_of(seen)
            if group.pairs.height > 1
        ]
    if is_left_blank(seen, kind):
        actions.append(
            (
                f"Leave {all_of(kind.count)} blank" if kind.count > 1 else "Leave it blank",
                lambda: do(fixes.leave_blank(seen, kind)),
            )
        )
    if kind.can_be_accepted:
        actions.append(
            (
                f"Accept {all_of(kind.count)}: they are right"
                if kind.count > 1
                else "Accept it: it is right",
                lambda: do(fixes.accept(seen.problems_of(kind))),
            )
        )
    actions.append(
        (f"Leave out {counted(len(rows), 'row')}", partial(_leave_out, session, draft, seen, rows))
    )
    if action := session.dialogue.choose_action("What do you want to do?", actions):
        action()


def _leave_out(session: Session, draft: Draft, seen: Review, rows: list[int]) -> None:
    """Leave rows out, after a question if they are several."""
    if len(rows) == 1 or session.dialogue.confirm(
        f"Leave out {row_names(seen, rows)}? They won't be stored."
    ):
        session.do(draft, fixes.leave_out(seen, rows))


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
        session.do(draft, fixes.take_suggestions(seen, kind, possible_too=True))


def _one_by_one(session: Session, draft: Draft, kind: ProblemKind) -> None:
    """Ask about each problem of a kind, until there are no more or the user goes back."""
    if go_through(session, draft, lambda seen: seen.problems_of(kind)):
        left = session.checked(draft, quietly=True).problems_of(kind).height
        note = f" {left:,} {'is as it was' if left == 1 else 'are as they were'}." if left else ""
        session.dialogue.say(f"That was the last one of these.{note}")
