"""What an import would do, in sentences: counts, new user groups and samples, as “Does this look right?” shows them."""

import polars as pl
from textual.content import Content

from backdrop_tui.intake.draft.review import Review
from backdrop_tui.intake.linking.plan import Existing, Plan
from backdrop_tui.printable import printable
from backdrop_tui.records.leaving import current_people
from backdrop_tui.records.rights.user_groups import PATTERN_GROUP
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.tui.widgets.fitted_text import hanging
from backdrop_tui.tui.widgets.outcome.count_charts import count_bars
from backdrop_tui.tui.widgets.outcome.import_diff import change_notes
from backdrop_tui.tui.widgets.plain import shortened
from backdrop_tui.wording import counted

_SAMPLES = 5
_NARROWEST = 6
"""The fewest characters of a column of the samples."""
_EXISTING = {
    "update": "what differs is updated from the file",
    "fill": "only blanks are filled in",
    "skip": "nothing of theirs is changed",
}
_COUNTED_FIELDS = ("year_group", "registration_group", "user_group")


def complete_label(plan: Plan, review: Review) -> str:
    """The label of the button that carries out a plan."""
    if plan.updated:
        return f"Complete: add {plan.added.height:,}, update {plan.updated:,}"
    if plan.unchanged and not plan.added.height:
        return "Complete: nothing changes"
    if plan.unchanged:
        return f"Complete: add {review.kind.counted(plan.added.height)}"
    return f"Complete: store {review.kind.counted(review.ready.height)}"


def describe_plan(
    plan: Plan, review: Review, existing: Existing, groups: tuple[str, ...], width: int
) -> Content:
    """Describe what an import would do.

    Args:
        plan: What it would do.
        review: The rows, as they were checked.
        existing: What happens to people already stored.
        groups: The user groups that it would create.
        width: The width of the text in characters.
    """
    parts = [
        _counts(plan, review, existing, width),
        _new_groups(groups, width),
        _samples(plan, review, width),
        *(_chart(plan, review, field, width) for field in review.kind.fields if field.key in _COUNTED_FIELDS),
    ]
    return Content("\n\n").join(part for part in parts if part.plain)


def _chart(plan: Plan, review: Review, field: Field, width: int) -> Content:
    """The people at the school by one field, before and after the import, as bars."""
    stored = current_people(review.basis.stored)
    before = stored[field.key]
    staying = stored.filter(~pl.col("id").is_in(plan.before["id"].implode()))[field.key]
    after = pl.concat([staying, plan.changed[field.key], plan.added[field.key]])
    return count_bars(f"By {field.label.lower()}", after, width, before)


def _counts(plan: Plan, review: Review, existing: Existing, width: int) -> Content:
    left_out = review.texts.height - review.ready.height
    lines = [
        _count_line(plan.added.height, "will be added", width),
        _count_line(plan.updated, "will be updated", width),
        _count_line(plan.unchanged, "stay as they are", width),
        _count_line(left_out, f"{'is' if left_out == 1 else 'are'} left out{_why(review, left_out)}", width),
        *_warnings(plan, review, width),
    ]
    if review.intake.path is not None and plan.missing:
        lines.append(_absent(review.kind, plan.missing, rows_left_out=left_out > 0))
    if matched := plan.updated + plan.unchanged:
        is_stored = f"{'is' if matched == 1 else 'are'} already stored: {_EXISTING[existing]}"
        lines.append(
            Content(f"{matched:,} of these {review.kind.plural} {is_stored}. Press e to change that.")
        )
    return Content("\n").join(lines)


def _count_line(number: int, text: str, width: int) -> Content:
    """A number and what happens to so many people, with less weight if it is nobody."""
    lead = Content.styled(f"{number:>8,}  ", "bold" if number else "")
    return hanging(lead, text, width).stylize("" if number else "$text-muted")


def _why(review: Review, left_out: int) -> str:
    """Whether rows are left out because they have errors, and how many are kept in a file: totals and the like are not."""
    errors, kept = len(review.error_rows), review.to_fix_later.height
    have = "it has an error" if left_out == 1 else f"{'it has' if errors == 1 else 'they have'} errors"
    which = "" if errors == left_out else f", {errors:,}"
    because = f"{which} because {have}" if errors else ""
    if kept == left_out:
        return f"{because}, and kept in a file" if kept else because
    if kept == errors and kept:
        return f"{because} (kept in a file)"
    return f"{because}; {kept:,} of them {'is' if kept == 1 else 'are'} kept in a file" if kept else because


def _warnings(plan: Plan, review: Review, width: int) -> list[Content]:
    sentences = list(change_notes(review, plan))
    if sentences:
        sentences[-1] += " Press w to see more."
    if warnings := len(review.problem_rows) - len(review.error_rows):
        rows = counted(warnings, "row still has", "rows still have")
        sentences.append(f"{rows} something to check. Press Esc to see {'it' if warnings == 1 else 'them'}.")
    if findings := len(review.findings):
        sentences.append(
            f"{counted(findings, 'finding')} not answered. Press Esc to see {'it' if findings == 1 else 'them'}."
        )
    return [
        hanging(Content("       ?  "), sentence, width).stylize("$text-warning") for sentence in sentences
    ]


def _absent(kind: RecordKind, number: int, *, rows_left_out: bool) -> Content:
    """Say how many people stored are not in the file, as far as it can be imported."""
    person = kind.singular if number == 1 else kind.plural
    is_not = "isn't" if number == 1 else "aren't"
    where = "among these rows" if rows_left_out else "in this file"
    return Content(
        f"{number:,} stored {person} {is_not} {where}. Complete leaves them as they are. If they may have left, press t for the "
        "new school year."
    )


def _new_groups(groups: tuple[str, ...], width: int) -> Content:
    if not groups:
        return Content("")
    return Content.assemble(
        (f"User groups that will be created, with the rights of {PATTERN_GROUP}:\n", "bold $text-warning"),
        hanging(Content("  "), ", ".join(groups), width),
    )


def _samples(plan: Plan, review: Review, width: int) -> Content:
    """Show some people as they will be stored, or as they are stored if nothing changes, in a table."""
    if not review.ready.height:
        return Content("Nobody is ready to be stored. Press Esc to go back to the rows.")
    changing = plan.people_after.head(plan.added.height + plan.changed.height)
    if changing.height > _SAMPLES:
        heading = "Five of them, as they will be stored"
    elif changing.height:
        heading = "As they will be stored"
    else:
        heading = "Nothing changes. As they are stored"
    people = _evenly(changing if changing.height else plan.people_after)
    return Content("\n").join([Content.styled(heading, "bold $accent"), *_table(review, people, width)])


def _table(review: Review, people: pl.DataFrame, width: int) -> list[Content]:
    """The values of people in words, a field a column; names give way if there is too little room."""
    fields = [field for field in review.kind.fields if people[field.key].drop_nulls().len()]
    texts = {
        field: [printable(field.to_say(value)) if value else "" for value in people[field.key]]
        for field in fields
    }
    labels = {field: field.short or field.label for field in fields}
    widths = {field: max(map(len, (labels[field], *texts[field]))) for field in fields}
    gap = 2 if sum(widths.values()) + 2 * (len(fields) - 1) <= width else 1
    room = width - gap * (len(fields) - 1)
    for field in fields:  # A heading may be cut before a value is.
        missing = sum(widths.values()) - room
        longest = max(map(len, texts[field]))
        widths[field] -= min(max(missing, 0), max(widths[field] - longest, 0))
    while sum(widths.values()) > room and (widest := max(fields, key=widths.__getitem__)):
        if widths[widest] <= _NARROWEST:
            break
        widths[widest] -= 1
    header = (" " * gap).join(f"{labels[field][: widths[field]]:<{widths[field]}}" for field in fields)
    lines = [Content.styled(header[:width], "$text-muted")]
    for n in range(people.height):
        cells = (f"{shortened(texts[field][n], widths[field]):<{widths[field]}}" for field in fields)
        lines.append(Content((" " * gap).join(cells).rstrip()))
    return lines


def _evenly(people: pl.DataFrame) -> pl.DataFrame:
    """Take a few people, evenly spread over all."""
    return people.gather_every(max(1, people.height // _SAMPLES)).head(_SAMPLES)
