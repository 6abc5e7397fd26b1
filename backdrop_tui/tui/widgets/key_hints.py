"""The keys that lead on from where the cursor is, with what each would do."""

from collections.abc import Iterator

from textual.content import Content

from backdrop_tui.intake.draft.encoding_finding import asks_about_encoding
from backdrop_tui.intake.draft.fixes import confirmation
from backdrop_tui.intake.draft.problem_index import Problem, ProblemIndex
from backdrop_tui.intake.draft.review import ProblemKind, Review
from backdrop_tui.intake.questions.question import ASKING, is_left_blank
from backdrop_tui.records.linkage_problems import PERSON_CHANGED
from backdrop_tui.records.schema.findings import Finding
from backdrop_tui.records.staff import EMAIL
from backdrop_tui.tui.widgets.panels.key_line import key_line
from backdrop_tui.tui.widgets.plain import shortened
from backdrop_tui.tui.widgets.work_order import is_for_information
from backdrop_tui.wording import all_of

_LONGEST_VALUE = 20
_TYPE = ("Enter", "edits it; so does a capital or a figure")


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


def cell_hints(
    index: ProblemIndex, row: int, key: str, kind: ProblemKind | None, *, one_by_one: bool = False
) -> Content:
    """The keys that lead on from a cell, the one that fixes the most first; if nothing is left to fix, the key that goes on.

    Args:
        index: The problems of all cells.
        row: The row of the cell.
        key: The key of the cell's field, or another column.
        kind: The kind of problem that is being worked on.
        one_by_one: Whether the user wants to look at the suggestions of this kind one by one.
    """
    review = index.review
    if not review.problems.height and not review.findings:
        return key_line([("c", "shows what will be imported")])
    if row in review.left_out:
        return key_line([("l", "puts it back"), ("n", "goes to the next problem")])
    if not index.in_row(row):
        return key_line([("n", "goes to the next problem")])
    problem = next(iter(index.in_cell(row, key)), None)
    hints = list(_hints_for_suggestions(index, row, problem, kind, one_by_one=one_by_one))
    if problem is not None:
        hints += _hints_for_texts(index, problem, kind, is_first=not hints)
        if problem.code == PERSON_CHANGED.code:
            hints.append(("i", "compares them side by side"))
    elif not hints:
        hints.append(("n", "goes to the next problem"))
    if not len(review.error_rows) and not review.unanswered:
        hints.append(("c", "shows what will be imported"))
    return key_line(hints)


def _hints_for_suggestions(
    index: ProblemIndex, row: int, problem: Problem | None, kind: ProblemKind | None, *, one_by_one: bool
) -> Iterator[tuple[str, str]]:
    """The keys that take what is suggested, for all problems of a kind or only for this one."""
    if any(asking.code in ASKING for asking in index.in_row(row)):
        yield "i", "compares them side by side"
    if kind is not None and kind.suggestions > 1 and confirmation(kind) and not one_by_one:
        yield "t", f"shows {all_of(kind.suggestions)} suggestions"
    elif kind is not None and kind.sure > 1:
        which = all_of(kind.sure) if kind.sure == kind.suggestions else f"the {kind.sure:,} sure"
        yield "t", f"takes {which} suggestions"
    elif problem is not None and problem.suggestion:
        yield "y", "takes the suggestion" if problem.sure else "takes the suggestion if it is right"


def _hints_for_texts(
    index: ProblemIndex, problem: Problem, kind: ProblemKind | None, *, is_first: bool
) -> Iterator[tuple[str, str]]:
    """The keys that accept a problem, leave cells blank or begin to type.

    Args:
        index: The problems of all cells.
        problem: The problem under the cursor.
        kind: The kind of problem that is being worked on.
        is_first: Whether no other key has been named.
    """
    value, count = index.alike(problem.row, problem.key)
    is_alike = count > 1 and index.suggests_one_text(problem.key, value or "")
    all_alike = []
    if is_alike and value:
        all_alike.append(("f", f"fixes {all_of(count)} that say “{shortened(value, _LONGEST_VALUE)}”"))
    if problem.level == "error":
        yield from all_alike
        if is_first:
            yield from _hints_for_error(index.review, problem, kind)
            if is_alike and not value:
                yield "f", f"fills in {all_of(count)} alike"
        return
    if index.review.kind.problem_types[problem.code].is_damage:
        yield from all_alike
        yield from () if problem.suggestion else (_TYPE, ("a", "accepts it"))
        return
    accepting = (
        ("A", f"accepts {all_of(kind.count)}") if kind is not None and kind.count > 1 else ("a", "accepts it")
    )
    accepts = [accepting] if is_first or accepting[0] == "A" else []
    yield from (*all_alike, *accepts) if problem.suggestion else (*accepts, *all_alike)


def _hints_for_error(review: Review, problem: Problem, kind: ProblemKind | None) -> Iterator[tuple[str, str]]:
    """The keys for an error that has no suggestion. Those that accept many errors aren't advertised: each needs a look."""
    if problem.suggestion or problem.code in ASKING:
        return
    if problem.field is None:
        yield "a", "accepts it"
        yield "l", "leaves the row out"
        return
    if kind is not None and is_left_blank(review, kind) and not kind.sure:
        yield "b", f"leaves {all_of(kind.count)} blank" if kind.count > 1 else "leaves it blank"
    yield ("Enter", "edits it") if problem.field == EMAIL.key else _TYPE
