"""How many problems each column has, as bars."""

from textual.content import Content

from backdrop_tui.intake.draft.review import Review
from backdrop_tui.tui.widgets.outcome.bars import bar


def problem_chart(review: Review, width: int) -> Content:
    """Draw a bar for each field that has problems, errors before warnings.

    Args:
        review: The rows, as they were checked last.
        width: The width of the chart in characters.
    """
    counts = {
        (field, level): count
        for field, level, count in review.problems.group_by("field", "level").len().iter_rows()
    }
    keys = [None, *(field.key for field in review.kind.fields)]
    totals = {key: counts.get((key, "error"), 0) + counts.get((key, "warning"), 0) for key in keys}
    shown = [key for key in keys if totals[key]]
    if not shown:
        return Content("No column has a problem.")
    labels = {key: (review.kind.label(key) if key else "Whole row") for key in shown}
    label = max(map(len, labels.values()))
    largest = max(totals.values())
    number = len(f"{largest:,}")
    room = max(width - label - number - 2, 4)
    lines = []
    for key in sorted(shown, key=lambda key: -totals[key]):
        errors = counts.get((key, "error"), 0)
        whole, red = bar(totals[key], largest, room), bar(errors, largest, room) if errors else ""
        lines.append(
            Content.assemble(
                f"{labels[key]:<{label}} {totals[key]:>{number},} ",
                (whole[: len(red)], "$text-error"),
                (whole[len(red) :], "$text-warning"),
            )
        )
    return Content("\n").join(lines)
