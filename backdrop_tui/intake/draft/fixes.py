"""Ways of putting many cells right at once. Each gives a change for the draft, or None where it would change nothing."""

from collections.abc import Collection

import polars as pl

from backdrop_tui.intake.checking.examine import examine
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.review import ProblemKind, Review
from backdrop_tui.records.schema.text import cleaned

ACCEPTABLE = ("cell-count", "stray-quote", "group-near")
"""Errors that a person can say to be all right: rows that were looked at, and groups that are new."""


def set_cell(review: Review, row: int, key: str, text: str) -> Change:
    """One cell gets a new text."""
    return Change(title=f"{review.kind.label(key)} in row {row}", cells=((row, key, _storable(text)),))


def fix_alike(review: Review, key: str, value: str, text: str) -> Change | None:
    """Every cell of a field with the same faulty value, in capitals or not, gets the same new text."""
    alike = (
        review.problems.filter(pl.col("field") == key, pl.col("value").str.to_lowercase() == value.lower())[
            "row"
        ]
        .unique()
        .sort()
    )
    if not len(alike):
        return None
    new = _storable(text)
    return Change(
        title=f"{review.kind.label(key)} in {_rows(len(alike))}",
        cells=tuple((row, key, new) for row in alike.to_list()),
    )


def take_suggestions(review: Review, problem_kind: ProblemKind) -> Change | None:
    """Every problem of a kind that has a suggestion takes it."""
    key = problem_kind.field
    found = review.of_kind(problem_kind).drop_nulls("suggestion").select("row", "suggestion")
    if key is None or not found.height:
        return None
    return Change(
        title=f"Suggestions for {review.kind.label(key)} in {_rows(found.height)}",
        cells=tuple((row, key, text) for row, text in found.iter_rows()),
    )


def suggested(review: Review, problem_kind: ProblemKind) -> list[tuple[str, str, int]]:
    """What the suggestions of a kind would make of what: value, suggestion, how often; as they first stand in the file."""
    found = review.of_kind(problem_kind).drop_nulls("suggestion")
    return list(found.group_by("value", "suggestion", maintain_order=True).len().iter_rows())


def find_and_replace(review: Review, key: str, find: str, put: str, *, whole: bool) -> Change | None:
    """In one column, put one text in place of another, in whole cells or in parts of them."""
    if key not in review.texts.columns or not find:
        return None
    text, put = cleaned(pl.col(key)), _storable(put)
    hit = text == find if whole else text.str.contains(find, literal=True)
    new = pl.lit(put) if whole else text.str.replace_all(find, put, literal=True)
    left_out = pl.Series(sorted(review.left_out), dtype=pl.UInt32)
    found = (
        review.texts.filter(hit, ~pl.col("row").is_in(left_out.implode()))
        .select("row", old=text, new=new)
        .filter(pl.col("new") != pl.col("old"))
    )
    if not found.height:
        return None
    texts = found["new"] if whole else _as_typed(review, key, found["new"])
    return Change(
        title=f"Replaced in {review.kind.label(key)}, {_rows(found.height)}",
        cells=tuple(
            (row, key, new_text)
            for row, new_text in zip(found["row"].to_list(), texts.to_list(), strict=True)
        ),
    )


def leave_out(review: Review, rows: Collection[int]) -> Change | None:
    """Rows will not be imported."""
    fresh = sorted(set(rows) - review.left_out)
    return Change(title=f"Left out {_rows(len(fresh))}", left_out=tuple(fresh)) if fresh else None


def take_back(review: Review, rows: Collection[int]) -> Change | None:
    """Rows that were left out will be imported after all."""
    gone = sorted(set(rows) & review.left_out)
    return Change(title=f"Took back {_rows(len(gone))}", taken_back=tuple(gone)) if gone else None


def accept(problems: pl.DataFrame) -> Change | None:
    """Warnings, and faults of whole rows, that were looked at and are all right."""
    may = problems.filter((pl.col("level") == "warning") | pl.col("code").is_in(ACCEPTABLE))
    if not may.height:
        return None
    keys = tuple((row, key, code) for row, key, code in may.select("row", "field", "code").iter_rows())
    return Change(
        title=f"Accepted {len(keys):,} {'problem' if len(keys) == 1 else 'problems'}", accepted=keys
    )


def _as_typed(review: Review, key: str, texts: pl.Series) -> pl.Series:
    """Texts in which a part was replaced, written as they would be typed: a date of the file's own order day first."""
    field = review.kind.by_key[key]
    if review.context.date_order == "dmy" or field.typed is str:
        return texts
    stored = examine(field, texts, review.context).stored
    return pl.Series(
        [text if value is None else field.to_show(value) for text, value in zip(texts, stored, strict=True)],
        dtype=pl.String,
    )


def _storable(text: str) -> str:
    """A text without halves of characters, which no file can hold."""
    return text.encode(errors="replace").decode()


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"
