"""The different values of a column, each with the number of its rows and what is stored for it."""

from dataclasses import dataclass

import polars as pl

from backdrop_tui.intake.draft.review import Review
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.schema.text import cell_text
from backdrop_tui.records.searching import sort_key
from backdrop_tui.wording import listed

_COLUMNS = ("gender", "year_group", "registration_group", "user_group")
_MOST_STORED, _MOST_SUGGESTED = 3, 2


@dataclass(frozen=True)
class ValueCount:
    """One value of a column."""

    text: str
    """The value as the cells have it; empty for blank cells."""
    count: int
    """The number of rows that have it."""
    stored: tuple[str, ...]
    """What is stored for it; several if that depends on the row, empty if the rows have an error or nothing is stored."""
    suggested: tuple[str, ...]
    """The suggestions for its cells."""
    level: str
    """The worst level of the problems in its cells: `error` or `warning`; empty if there are none."""


def in_words(field: Field, value: ValueCount, *, blank: str) -> str:
    """What is stored for a value, or why nothing is.

    Args:
        field: The field.
        value: The value.
        blank: What is said where a blank is stored.
    """
    if value.stored:
        words = listed((field.to_show(stored) for stored in value.stored), at_most=_MOST_STORED)
    elif value.level == "error":
        words = "not known" if value.text or value.suggested else "missing"
    else:
        words = blank
    suggested = listed(value.suggested, at_most=_MOST_SUGGESTED)
    return f"{words}; suggested: {suggested}" if suggested else words


def counted_fields(kind: RecordKind) -> tuple[Field, ...]:
    """The fields with few different values."""
    return tuple(kind.by_key[key] for key in _COLUMNS if key in kind.by_key)


def value_counts(review: Review, key: str) -> tuple[ValueCount, ...]:
    """The different values of a field in all rows that are not left out, sorted: those with errors first, then those with warnings."""
    text = cell_text(pl.col(key)).fill_null("") if key in review.texts.columns else pl.lit("")
    left_out = pl.Series(sorted(review.left_out), dtype=pl.UInt32)
    rows = review.texts.filter(~pl.col("row").is_in(left_out.implode())).select("row", text=text)
    stored = review.checked.people.select("row", stored=pl.col(key))
    problems = review.problems.filter(pl.col("field") == key).group_by("row")
    of_row = problems.agg(pl.col("level").sort().first(), pl.col("suggestion").drop_nulls().first())
    counts = (
        rows.join(stored, on="row", how="left", maintain_order="left")
        .join(of_row, on="row", how="left", maintain_order="left")
        .group_by("text", maintain_order=True)
        .agg(
            pl.len().alias("count"),
            pl.col("stored", "suggestion").drop_nulls().unique(maintain_order=True),
            pl.col("level").sort(nulls_last=True).first(),
        )
        .with_columns(pl.coalesce(pl.col("stored").list.first(), "text").alias(key))
        .sort("level", sort_key(key), "text", nulls_last=True)
    )
    return tuple(
        ValueCount(
            row["text"], row["count"], tuple(row["stored"]), tuple(row["suggestion"]), row["level"] or ""
        )
        for row in counts.iter_rows(named=True)
    )
