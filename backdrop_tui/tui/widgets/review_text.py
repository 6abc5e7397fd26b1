"""A review in sentences: what is wrong with a cell, and counts of rows by state."""

from collections.abc import Sequence

from textual.content import Content

from backdrop_tui.intake.draft.problem_index import Problem, ProblemIndex
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.records.schema.findings import by_level
from backdrop_tui.records.schema.problems import CELL_COUNT
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.tui.widgets.problem_list import MARKS, problem_text
from backdrop_tui.wording import counted

_LONGEST = 150


def describe_cell(index: ProblemIndex, row: int, key: str, width: int) -> Content:
    """Say what is wrong with a cell, or with its row if the cell has no problem, in so many characters a line."""
    review = index.review
    name = review.context.row_names.name(row)
    if row in review.left_out:
        is_kept = bool((review.to_fix_later["row"] == row).any())
        kept = " It will be kept in a file." if is_kept else ""
        return plain(f"Row {name} is left out.{kept} Press l to put it back.")
    if problems := index.in_cell(row, key):
        lines = [problem_text(problem.level, _sentences(problem), width) for problem in problems]
        return Content("\n").join([*lines, *_surplus_cells(review, row, problems)])
    if not (problems := index.in_row(row)):
        return Content.assemble(("✓ ", "bold $text-success"), f"Row {name} is all right.")
    faulty = dict.fromkeys(review.kind.label(problem.field) or "the row" for problem in problems)
    return plain(f"Nothing is wrong in this cell. In row {name}, look at: {', '.join(faulty)}.")


def _sentences(problem: Problem) -> str:
    accept = " a accepts it." if problem.can_be_accepted else ""
    return f"{problem.message}{_suggestion(problem)}{accept}"


def _suggestion(problem: Problem) -> str:
    """The suggestion in a sentence, which says whether it is sure; empty if there is none."""
    if not problem.suggestion:
        return ""
    if problem.sure:
        return f" Suggested: {problem.suggestion} (y takes it)."
    return f" Possibly {problem.suggestion} (check it; y takes it)."


def _surplus_cells(review: Review, row: int, problems: Sequence[Problem]) -> list[Content]:
    """Quote the cells beyond the file's last column, if the row has too many."""
    texts = [text for text in review.extra.get(row, ()) if text.strip()]
    if not texts or not any(problem.code == CELL_COUNT.code for problem in problems):
        return []
    return [plain("Beyond the last column: " + ", ".join(f"“{text}”" for text in texts), _LONGEST)]


def describe_counts(review: Review, width: int) -> Content:
    """Say how many findings are to be answered, and how many rows are ready, have errors, and are left out.

    Args:
        review: The rows, checked.
        width: The cells of a line. The number of all rows is only said if it fits.
    """
    errors = len(review.error_rows)
    warnings = len(review.problem_rows) - errors
    ready = Content.assemble(
        (f"{review.ready.height:,} ready", "bold $text-success"),
        (f" (? {warnings:,} to look at)" if warnings else "", "bold $text-warning"),
    )
    parts = [
        ready,
        Content.styled(f"! {errors:,} with errors", "bold $text-error" if errors else "$text-muted"),
    ]
    if findings := review.findings:
        sign, style = MARKS[by_level(findings)[0].type.level]
        parts.insert(0, Content.styled(f"{sign} {counted(len(findings), 'finding')}", f"bold {style}"))
    if review.left_out:
        parts.append(Content(f"– {len(review.left_out):,} left out"))
    counts = Content("  ").join(parts)
    with_all = Content.assemble(f" {counted(review.texts.height, 'row')}: ", counts)
    return with_all if with_all.cell_length <= width else Content.assemble(" ", counts)
