"""One row of a file in full: every cell of its line, what is wrong with it, and what is stored of that person."""

import polars as pl
from textual.content import Content

from backdrop_tui.intake.draft.problem_index import ProblemIndex
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.intake.questions.row_texts import ARROW, shown_texts
from backdrop_tui.printable import printable
from backdrop_tui.tui.widgets.panels.detail_pane import BLANK, heading, labelled, wrapped
from backdrop_tui.tui.widgets.plain import shortened
from backdrop_tui.tui.widgets.problem_list import MARKS

_WIDEST_LABEL = 22


def describe_row(index: ProblemIndex, row: int, width: int) -> Content:
    """Describe a row.

    Args:
        index: The problems of all rows, as checked last.
        row: The row's number.
        width: The width of the text in characters.
    """
    parts = [
        _line_of_file(index, row, width),
        _problems(index, row, width),
        _stored(index.review, row, width),
    ]
    return Content("\n\n").join(part for part in parts if part.plain)


def _line_of_file(index: ProblemIndex, row: int, width: int) -> Content:
    """Every cell of the row as the file has it, with the columns that aren't used; empty if there is no file."""
    review = index.review
    sheet, columns = review.intake.sheet, review.intake.matching.columns
    place = int(sheet.cells["row"].search_sorted(row))
    if place >= sheet.cells.height or sheet.cells["row"][place] != row:
        return Content("")
    levels = {problem.field: problem.level for problem in reversed(index.in_row(row))}
    names = [printable(name) for name in sheet.column_names]
    label = min(max(map(len, names), default=0), _WIDEST_LABEL, width // 2)
    lines: list[Content] = []
    for name, column, text in zip(names, columns, sheet.cells.row(place)[1:], strict=True):
        sign, style = MARKS[levels[column.target]] if column.target in levels else (" ", "")
        if column.target is None:
            sign, style = "·", "$text-muted"
        lines += labelled(f"{sign} {shortened(name, label):<{label}}", text or "", width, style=style)
    title = heading("In the file")
    note = Content.styled("  · not used", "$text-muted")
    return Content("\n").join([Content("").join([title, note]), *lines])


def _problems(index: ProblemIndex, row: int, width: int) -> Content:
    """What is wrong with the row, with the suggestions; empty if nothing is. Why is said below the table, for each cell."""
    lines: list[Content] = []
    for problem in index.in_row(row):
        sign, style = MARKS[problem.level]
        title = index.review.kind.problem_title(problem.field, problem.code)
        likely = "" if problem.sure else "possibly "
        suggestion = f" ({likely}{problem.suggestion})" if problem.suggestion else ""
        lines += [line.stylize(style) for line in wrapped(f"{sign} {title}{suggestion}", width)]
    if not lines:
        return Content("")
    return Content("\n").join([heading("What is wrong"), *lines])


def _stored(review: Review, row: int, width: int) -> Content:
    """What is stored of the person whom the row is about, where the file says something else."""
    if review.basis.stored.is_empty() or row in review.left_out:
        return Content("")
    title = heading("In Back:drop")
    links = review.linkage.links.filter(pl.col("row") == row)
    if links.is_empty():
        offered = review.linkage.offered.filter(pl.col("row") == row).height
        text = "It isn't clear yet who this is. Press i to compare." if offered else "Not stored yet."
        return Content("\n").join([title, *wrapped(text, width)])
    stored = review.basis.stored.filter(pl.col("id") == links["id"][0]).row(0, named=True)
    texts = shown_texts(review, [row]).get(row, {})
    label = max(len(field.label) for field in review.fields)
    lines: list[Content] = []
    for field in review.fields:
        before, after = field.to_show(stored.get(field.key) or ""), texts.get(field.key, "")
        if after and before != after:
            lines += labelled(
                f"  {field.label:<{label}}", f"{before or BLANK}{ARROW}{after}", width, style="bold"
            )
    said = "Stored, but different in the file:" if lines else "Stored, and the same as in the file."
    return Content("\n").join([title, *wrapped(said, width), *lines])
