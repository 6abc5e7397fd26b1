"""Taking every suggestion of a kind of problem: at once if they are sure, after a question if each needs a look."""

from collections.abc import Callable, Sequence

from textual.app import App

from backdrop_tui.intake.draft import fixes
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.review import ProblemKind, Review
from backdrop_tui.intake.questions.question import ASKING, is_left_blank
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen, ask
from backdrop_tui.wording import counted, listed


def take_all(
    app: App[object],
    review: Review,
    kind: ProblemKind | None,
    fix: Callable[[Change | None], object],
    one_by_one: Callable[[ProblemKind], object],
) -> None:
    """Take the suggestions of a kind of problem, or tell the user why that can't be done.

    Args:
        app: The app, which shows the question or the reason.
        review: The rows, checked.
        kind: The kind of problem; None if there is no problem under the cursor.
        fix: Makes the change.
        one_by_one: Called if the user wants to look at the suggestions one by one.
    """
    if kind is not None and (asked := fixes.confirmation(kind)):
        change = fixes.take_suggestions(review, kind, possible_too=True)
        question = _question(asked, fixes.suggested_replacements(review, kind))
        ask(app, question, yes=lambda: fix(change), no=lambda: one_by_one(kind))
    elif kind is not None and kind.sure:
        fix(fixes.take_suggestions(review, kind))
    elif kind is not None and kind.suggestions and kind.code not in ASKING:
        reason = "Each of these suggestions may be wrong. Check them one by one, and press y to take one."
        app.notify(reason, severity="warning", markup=False)
    else:
        app.notify(why_nothing_is_suggested(review, kind), severity="warning", markup=False)


def why_nothing_is_suggested(review: Review, kind: ProblemKind | None) -> str:
    """Say that there is no suggestion for a problem of this kind, and which keys help; None if there is no problem."""
    if kind is None:
        return "There is nothing to fix here."
    if kind.code in ASKING:
        return "Press i to compare them side by side."
    ways = []
    if kind.field is None:
        ways = ["l to leave the row out", *(["a to accept it"] if kind.can_be_accepted else [])]
        return f"There is no suggestion here. Press {listed(ways, conjunction='or')}."
    if kind.level == "warning":
        ways.append("A to accept all of these" if kind.count > 1 else "a to accept it")
    elif is_left_blank(review, kind):
        ways.append("b to leave all of these blank" if kind.count > 1 else "b to leave it blank")
    ways.append("Enter to edit the cell")
    return f"There is no suggestion here. Press {listed(ways, conjunction='or')}."


def _question(asked: fixes.Confirmation, replacements: Sequence[tuple[str, str, int]]) -> ConfirmScreen:
    """Ask whether texts stand for what is suggested for them.

    Args:
        asked: What is asked, and why.
        replacements: Text in the file, suggestion, number of people.
    """
    lines = [
        f"“{text}” becomes {suggestion} ({counted(count, 'person', 'people')})"
        for text, suggestion, count in replacements
    ]
    why = [*asked.why, ""] if asked.why else []
    return ConfirmScreen(asked.question, "\n".join([*why, *lines]), "Take all", "Check one by one")
