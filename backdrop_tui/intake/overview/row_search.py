"""Search and sort the rows of a review, whether there is something wrong with them or not."""

from functools import cached_property

import polars as pl

from backdrop_tui.intake.draft.review import Review
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.text import cell_text
from backdrop_tui.records.searching import displayed, search_form, search_form_of, sort_key

_BETWEEN = "\n"


class RowSearch:
    """Finds and sorts rows. What it works out about all rows is kept for the next search."""

    def __init__(self, review: Review) -> None:
        self._review = review

    def find(self, words: str) -> pl.Series:
        """The rows (UInt32, ascending) in which every word occurs, ignoring case and accents.

        A row is searched as it is shown: as it will be stored, or as it is written where something is wrong with it. Its name
        is searched too.
        """
        rows, texts = self._texts
        for word in search_form(words).split():
            has_word = texts.str.contains(word, literal=True)
            rows, texts = rows.filter(has_word), texts.filter(has_word)
        return rows

    def in_order(self, rows: pl.Series, key: str, *, descending: bool = False) -> pl.Series:
        """Sort rows (UInt32, ascending) by a field; those with the same value stay in their order, blank ones come last.

        Year groups are sorted as in a school; texts that are no year group come last, too.
        """
        if key not in self._review.kind.by_key:
            return rows.reverse() if descending else rows
        values = self._values.filter(pl.col("row").is_in(rows.implode())).select(
            "row", pl.col(key).replace("", None)
        )
        return values.sort(sort_key(key), descending=descending, nulls_last=True, maintain_order=True)["row"]

    @cached_property
    def _values(self) -> pl.DataFrame:
        """`row` (UInt32) and each field's stored form, or its text where there is none (String)."""
        review = self._review
        keys = [field.key for field in review.fields]
        people = review.checked.people.select(
            "row", *(pl.col(key).alias(_stored(key)) for key in keys if key in review.checked.people.columns)
        )
        rows = review.texts.join(people, on="row", how="left", maintain_order="left")
        return rows.select("row", *(_stored_or_written(rows, key) for key in keys))

    @cached_property
    def _texts(self) -> tuple[pl.Series, pl.Series]:
        """The rows, and the text to search in of each."""
        review = self._review
        name = review.context.row_names.names(pl.col("row"))
        shown = [_shown(field) for field in review.fields]
        text = search_form_of(pl.concat_str(name, *shown, separator=_BETWEEN))
        return self._values["row"], self._values.select(text.alias("text")).to_series()


def _stored(key: str) -> str:
    """The name of the column with a field's stored forms."""
    return f"stored {key}"


def _stored_or_written(rows: pl.DataFrame, key: str) -> pl.Expr:
    written = cell_text(pl.col(key)) if key in rows.columns else pl.lit("")
    stored = [pl.col(_stored(key))] if _stored(key) in rows.columns else []
    return pl.coalesce(*stored, written).fill_null("").alias(key)


def _shown(field: Field) -> pl.Expr:
    """A field's value as it is shown; a date that can't be read as it is written."""
    if not field.is_date:
        return pl.col(field.key)
    is_stored = pl.col(field.key).str.contains(r"^\d{4}-\d\d-\d\d$")
    return pl.when(is_stored).then(displayed(field)).otherwise(pl.col(field.key))
