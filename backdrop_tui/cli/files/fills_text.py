"""What rows get in fields that the file has no column for, as `check` and `import` print it."""

from collections.abc import Iterator

import polars as pl

from backdrop_tui.intake.draft.review import Review
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.problems import REQUIRED
from backdrop_tui.wording import counted, listed

_MOST_ROLES = 5


def fill_lines(review: Review) -> list[str]:
    """A line for each field without a column that rows get a value in, and one for each user group that is worked out."""
    matching = review.intake.matching
    lines = []
    for key, fill in matching.fills.items():
        field = review.kind.by_key[key]
        lines.append(f"No column for {field.label}: {fill.in_words(field)}.")
        if fill.is_worked_out and not field.column_needed:
            lines += _groups(review, field)
    lines += [
        f"No column for {field.label}: given in headings above the rows."
        for field in matching.without_column
        if field.key in matching.sectioned and field.key not in matching.fills
    ]
    return lines


def fill_options(review: Review) -> list[str]:
    """A line for each field without a column that `--set` can work out for rows that lack a value."""
    return [
        f'    --set "{field.label}={field.worked_out_as}": {counted(number, "cell")}'
        for field in review.intake.matching.without_column
        if field.worked_out_as
        and field.key not in review.intake.matching.fills
        and (number := _suggested(review, field))
    ]


def _suggested(review: Review, field: Field) -> int:
    """The number of rows that lack a value and have a suggestion."""
    return review.problems.filter(
        pl.col("field") == field.key, pl.col("code") == REQUIRED.code, pl.col("suggestion").is_not_null()
    ).height


def _groups(review: Review, field: Field) -> Iterator[str]:
    """Which job roles get which group, so that nobody gets rights unseen."""
    source, *_ = field.sources(review.context)
    roles = (
        review.texts.group_by(group=field.key, role=source)
        .len()
        .filter(pl.col("group") != "")
        .sort("group", "len", "role", descending=[False, True, False])
    )
    for (group,), of_group in roles.group_by("group", maintain_order=True):
        names = listed(
            (f"{role} ({count:,})" for _, role, count in of_group.iter_rows()), at_most=_MOST_ROLES
        )
        yield f"    {group}: {names}"
