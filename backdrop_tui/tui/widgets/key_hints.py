"""The keys that lead on from where the cursor is, with what each would do."""

from collections.abc import Iterable, Iterator, Sequence

from textual.content import Content

from backdrop_tui.intake.draft.encoding_finding import asks_about_encoding
from backdrop_tui.intake.draft.fixes import can_be_blank
from backdrop_tui.intake.draft.problem_index import Problem, ProblemIndex
from backdrop_tui.intake.draft.review import ProblemKind, Review
from backdrop_tui.intake.questions.question import ASKING
from backdrop_tui.records.fields.user_group import GROUP_NEAR
from backdrop_tui.records.schema.findings import Finding
from backdrop_tui.records.schema.problems import REQUIRED
from backdrop_tui.tui.widgets.plain import plain, shortened
from backdrop_tui.tui.widgets.work_order import is_for_information

_LONGEST_VALUE = 20
_CONFIRMED_GROUPS = {GROUP_NEAR.code, REQUIRED.code}


def asks_for_groups(kind: ProblemKind) -> bool:
    """Tell whether the suggestions of a kind are user groups that can all be taken once the user has seen the list."""
    return kind.field == "user_group" and kind.code in _CONFIRMED_GROUPS


def finding_hints(finding: Finding) -> Content:
    """The keys that answer a finding."""
    remedies = finding.remedies
    hints = []
    if len(remedies) == 1:
        hints.append(("t", remedies[0].title))
    elif remedies:
        hints.append(("t", f"Choose one of {len(remedies)} ways to put it right"))
    elif asks_about_encoding(finding):
        hints.append(("o", "Choose another encoding"))
    go_on = "Go on" if is_for_information(finding) else "Change nothing"
    return key_line([*hints, ("d", finding.type.dismissing or go_on)])


def cell_hints(index: ProblemIndex, row: int, key: str, kind: ProblemKind | None) -> Content:
    """The keys that lead on from a cell, the one that fixes the most first; if nothing is left to fix, the key that goes on."""
    review = index.review
    if not review.problems.height and not review.findings:
        return key_line([("c", "shows what will be imported")])
    if row in review.left_out:
        return key_line([("l", "takes it back"), ("n", "goes to the next problem")])
    problems = index.in_cell(row, key)
    if not problems and not index.in_row(row):
        return key_line([("n", "goes to the next problem")])
    hints = list(_hints_for_many(index, row, key, kind))
    hints += _hints_for_one(index, problems, is_only=not hints)
    if not len(review.error_rows) and not review.unanswered:
        hints.append(("c", "shows what will be imported"))
    return key_line(hints)


def _hints_for_many(
    index: ProblemIndex, row: int, key: str, kind: ProblemKind | None
) -> Iterator[tuple[str, str]]:
    """The keys that fix many cells at once, seen from a cell."""
    if any(problem.code in ASKING for problem in index.in_row(row)):
        yield "i", "compares them side by side"
    if kind is not None and kind.suggestions > 1 and asks_for_groups(kind):
        yield "t", f"shows all {kind.suggestions:,} suggestions"
    elif kind is not None and kind.sure > 1:
        which = "all" if kind.sure == kind.suggestions else "the"
        yield "t", f"takes {which} {kind.sure:,}{'' if which == 'all' else ' sure'} suggestions"
    value, count = index.alike(row, key)
    if value and count > 1:
        yield "f", f"fixes all {count:,} that say “{shortened(value, _LONGEST_VALUE)}”"
    is_suggested = any(problem.suggestion for problem in index.in_cell(row, key))
    if kind is not None and is_left_blank(index.review, kind) and not kind.sure and not is_suggested:
        yield "b", f"leaves all {kind.count:,} blank" if kind.count > 1 else "leaves it blank"
    # Errors that can be accepted are not advertised: each of them needs a look.
    if kind is not None and kind.level == "warning" and kind.count > 1:
        yield "A", f"accepts all {kind.count:,}"


def _hints_for_one(
    index: ProblemIndex, problems: Sequence[Problem], *, is_only: bool
) -> Iterator[tuple[str, str]]:
    """The keys that fix a single cell or row.

    Args:
        index: The problems of all cells.
        problems: Those of the cell.
        is_only: Whether no key fixes many cells at once.
    """
    if not problems:
        yield "n", "goes to the next problem"
        return
    problem = problems[0]
    if problem.suggestion or problem.level == "warning" or problem.field is None:
        if problem.suggestion and is_only:
            yield "y", "takes the suggestion" if problem.sure else "takes the suggestion if it is right"
        elif is_only:
            yield "a", "accepts it"
        if problem.field is None and problem.code not in ASKING:
            yield "l", "leaves the row out"
    elif problem.code not in ASKING:
        yield "Enter", "edits it; or just type"
        value, count = index.alike(problem.row, problem.field)
        if value == "" and count > 1:
            yield "f", f"fills in all {count:,} alike"


def is_left_blank(review: Review, kind: ProblemKind) -> bool:
    """Tell whether leaving the cells of a kind blank is a way of fixing them."""
    return kind.level == "error" and kind.code not in ASKING and can_be_blank(review, kind)


def key_line(hints: Iterable[tuple[str, str]]) -> Content:
    """Keys, each with what it does, in a line."""
    return Content("   ").join(
        Content.assemble((key, "bold $footer-key-foreground"), " ", plain(text)) for key, text in hints
    )
