"""The text that `check` prints."""

from backdrop_tui.cli.files.fills_text import fill_lines
from backdrop_tui.cli.files.findings_text import finding_lines
from backdrop_tui.cli.files.fixing_options import option_lines
from backdrop_tui.cli.files.problems_text import error_lines, warning_lines
from backdrop_tui.intake.checking.check import Counts
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.intake.linking.plan import Plan
from backdrop_tui.intake.matching.matching import Column, Matching
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.wording import counted


def check_text(review: Review, plan: Plan | None = None) -> str:
    """How the file was read and matched, how many rows are ready, what the whole file says, its problems, and what would fix them.

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
        counts_line(counts),
        *(_plan_lines(review.kind, plan) if plan else []),
        *(missing_lines(review, plan.missing) if plan else []),
    ]
    for part in (
        finding_lines(review.findings),
        [*error_lines(review)],
        [*warning_lines(review)],
        option_lines(review),
    ):
        lines += ["", *part] if part else []
    return "\n".join(lines)


def counts_line(counts: Counts) -> str:
    """Counts of rows by state in a sentence, such as `3 ready (1 with warnings), 2 with errors`."""
    warnings = f" ({counts.warnings:,} with warnings)" if counts.warnings else ""
    others = [
        f", {number:,} {name}"
        for number, name in ((counts.repeated, "repeated"), (counts.left_out, "left out"))
        if number
    ]
    return f"{counts.ready:,} ready{warnings}, {counts.errors:,} with errors{''.join(others)}."


def missing_lines(review: Review, number: int) -> list[str]:
    """How many people stored are not in a file of the whole school, and what to do about them; none if `number` is 0."""
    if not number:
        return []
    kind = review.kind
    people = (
        f"{number:,} stored {kind.singular if number == 1 else kind.plural} {'is' if number == 1 else 'are'}"
    )
    if review.to_fix_later.height:
        return [
            f"{people} not among the rows that are ready. Put the other rows right first: they may be in these."
        ]
    option = "" if kind is STUDENTS else f" --kind {kind.name}"
    command = f"“backdrop turn FILE{option}”: it moves the school to the new school year"
    return [
        f"{people} not in this file. An import leaves them as they are. If they may have left, run {command}."
    ]


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
