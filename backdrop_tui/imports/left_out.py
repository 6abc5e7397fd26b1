"""Why rows were not imported, in the program's own words: nothing about anybody in them."""

from collections import Counter

import polars as pl

from backdrop_tui.intake.checking.not_people import NOT_PEOPLE
from backdrop_tui.intake.draft.file_findings import STATUS_COLUMN
from backdrop_tui.intake.draft.review import Review

BY_HAND = "Left out by the person who imported the file"
"""The reason for a row that has no error."""


def reasons(latest: Review) -> tuple[tuple[str, int], ...]:
    """Why the rows of `latest.unready` are not imported, the most frequent reason first.

    Each row counts once: for its first error, or else for the finding that left it out.

    Args:
        latest: The rows, checked.

    Returns:
        Each reason with its number of rows.
    """
    errors = latest.problems.filter(pl.col("level") == "error").unique(
        "row", keep="first", maintain_order=True
    )
    counts = Counter(
        latest.kind.problem_title(field, code) for field, code in errors.select("field", "code").iter_rows()
    )
    titles = {
        kind.code: kind.title for kind in (NOT_PEOPLE, STATUS_COLUMN, *latest.kind.finding_types.values())
    }
    edits, counted = latest.intake.edits, set(errors["row"])
    for code, title in titles.items():
        rows = edits.left_out_by(code) - counted
        counts[title] += len(rows)
        counted |= rows
    counts[BY_HAND] += latest.unready.filter(~pl.col("row").is_in(list(counted))).height
    return tuple((reason, number) for reason, number in counts.most_common() if number)
