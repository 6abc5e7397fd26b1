"""The text that `check` prints; `import` prints parts of it too."""

import polars as pl

from backdrop_tui.cli.files.fills_text import fill_lines, fill_options
from backdrop_tui.cli.files.findings_text import finding_lines
from backdrop_tui.cli.files.questions_text import group_options, with_row_options
from backdrop_tui.intake.checking.check import Counts
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.intake.linking.plan import Plan
from backdrop_tui.intake.matching.matching import Column, Matching
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.wording import counted

_MOST_PROBLEMS = 200


def check_text(review: Review, plan: Plan | None = None) -> str:
    """How the file was read and matched, how many rows are ready, what the whole file says, and each problem on a line.

    Args:
        review: The file, checked.
        plan: What an import would do; None if nobody is stored yet.
    """
    intake, counts = review.intake, review.counts
    lines = [
        f"{intake.file} ({review.kind.name}): {counted(counts.rows, 'row')}. {intake.sheet.how_read}",
        *intake.sheet.notes,
        *_column_lines(intake.matching),
        *fill_lines(review),
        *(f"Done as you asked: {change.title}." for change in intake.edits.done),
        _counts_line(counts),
        *(_plan_lines(review.kind, plan) if plan else []),
    ]
    if review.findings:
        lines += ["", *finding_lines(review.findings)]
    if review.problems.height:
        lines += ["", *_kind_lines(review), "", *problem_lines(review, review.problems)]
    if options := [*fill_options(review), *_fixing_options(review), *group_options(review)]:
        lines += ["", "Options that fix many at once:", *options]
    return "\n".join(lines)


def _counts_line(counts: Counts) -> str:
    """Counts of rows by state in a sentence, such as `3 ready (1 with warnings), 2 with errors`."""
    warnings = f" ({counts.warnings:,} with warnings)" if counts.warnings else ""
    others = [
        f", {number:,} {name}"
        for number, name in ((counts.repeated, "repeated"), (counts.left_out, "left out"))
        if number
    ]
    return f"{counts.ready:,} ready{warnings}, {counts.errors:,} with errors{''.join(others)}."


def problem_lines(review: Review, problems: pl.DataFrame) -> list[str]:
    """A line for each problem, up to 200 of them: `Row 3, Gender: “Boy” is not a gender. Suggested: M`."""
    lines = []
    shown = with_row_options(review, problems.head(_MOST_PROBLEMS))
    for number, key, _, level, _, message, suggestion, sure in shown.iter_rows():
        row = f"Row {review.context.row_names.name(number)}"
        place = f"{row}, {review.kind.label(key)}" if key else row
        hint = f" {'Suggested' if sure else 'Possibly'}: {suggestion}" if suggestion else ""
        lines.append(f"{place}: {'' if level == 'error' else 'Warning: '}{message}{hint}")
    if problems.height > _MOST_PROBLEMS:
        lines.append(f"… and {problems.height - _MOST_PROBLEMS:,} more. To list them all, use --format json.")
    return lines


def unused_columns(matching: Matching) -> list[str]:
    """The headings of the columns that are not used, each with the field that it could be."""
    return [_unused(matching, column) for column in matching.columns if not column.target]


def _plan_lines(kind: RecordKind, plan: Plan) -> list[str]:
    """What an import would do; nothing if nobody in the file is stored already."""
    if not plan.present:
        return []
    added = kind.counted(plan.added.height)
    return [f"An import would add {added}, update {plan.updated:,} and leave {plan.unchanged:,} unchanged."]


def _column_lines(matching: Matching) -> list[str]:
    """Which columns go where, which are not used, and what the user should know about them."""
    columns = matching.columns
    lines = [f"Columns: {', '.join(_used(matching, column) for column in columns if column.target)}."]
    if unused := unused_columns(matching):
        lines.append(f"Not used: {', '.join(unused)}.")
    return [*lines, *(f"{column.heading}: {column.note}" for column in columns if column.note)]


def _used(matching: Matching, column: Column) -> str:
    how = {
        "remembered": " (as last time)",
        "similarity": f" ({column.near_miss.similarity}% similar)" if column.near_miss else "",
    }
    return f"{column.heading} → {matching.label(column.target)}{how.get(column.how, '')}"


def _unused(matching: Matching, column: Column) -> str:
    if column.near_miss is None:
        return column.heading
    evidence = "similar" if column.near_miss.by == "heading" else "of its values fit"
    return f"{column.heading} (could be {matching.label(column.near_miss.target)}: {column.near_miss.similarity}% {evidence})"


def _fixing_options(review: Review) -> list[str]:
    """A line for each kind of problem whose suggestions `--apply` takes."""
    numbers: dict[str, int] = {}
    for kind in review.problem_kinds:
        takes_all = review.kind.problem_types[kind.code].applies_possible
        numbers[kind.code] = numbers.get(kind.code, 0) + (kind.suggestions if takes_all else kind.sure)
    return [f"    --apply {code}: {counted(number, 'cell')}" for code, number in numbers.items() if number]


def _kind_lines(review: Review) -> list[str]:
    """Each kind of problem with its count, errors first, then by frequency."""
    return [f"{kind.count:>7,}  {kind.level:<7}  {kind.title}" for kind in review.problem_kinds]
