"""Fixes for one cell, or for many at once: each returns a change for the draft, or None if it would change nothing."""

from collections.abc import Collection
from dataclasses import dataclass

import polars as pl

from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.problem_index import ProblemIndex
from backdrop_tui.intake.draft.review import ACCEPTABLE_ERRORS, ProblemKind, Review
from backdrop_tui.records.fields.titles import TITLE_IN_NAME
from backdrop_tui.records.fields.user_group import GROUP_NEAR
from backdrop_tui.records.schema.context import DateOrder
from backdrop_tui.records.schema.findings import Finding, Remedy
from backdrop_tui.records.schema.problems import REQUIRED
from backdrop_tui.records.schema.text import cell_text
from backdrop_tui.wording import counted

_CONFIRMED_GROUPS = {GROUP_NEAR.code, REQUIRED.code}


@dataclass(frozen=True)
class Confirmation:
    """What is asked before suggestions that are only possible are taken together, with the list of them."""

    question: str
    """The question."""
    what: str
    """What the list shows, after “Hear”."""
    why: tuple[str, ...] = ()
    """Sentences that say why each needs a look."""


_GROUPS = Confirmation(
    "Is each group the right one?",
    "which groups are suggested",
    ("Everyone gets the rights of their group.",),
)
_NAMES = Confirmation("Is each name right without its title?", "the names without their titles")


def confirmation(kind: ProblemKind) -> Confirmation | None:
    """What to ask before all suggestions of a kind are taken; None if those that aren't sure have to be taken one by one."""
    if not kind.suggestions:
        return None
    if kind.field == "user_group" and kind.code in _CONFIRMED_GROUPS:
        return _GROUPS
    return _NAMES if kind.code == TITLE_IN_NAME.code else None


def set_cell(review: Review, row: int, key: str, text: str) -> Change:
    """Give one cell a new text."""
    return Change(
        title=f"{review.kind.label(key)} in row {review.context.row_names.name(row)}",
        cells=((row, key, _storable(text)),),
    )


def take_suggestion(problems: ProblemIndex, row: int, key: str) -> Change | None:
    """Replace a cell with the suggestion for it."""
    text = problems.suggestion(row, key)
    return set_cell(problems.review, row, key, text) if text else None


def accept_cell(problems: ProblemIndex, row: int, key: str) -> Change | None:
    """Accept the problems of a cell as correct, or those of its row if the cell has none."""
    return accept(problems.acceptable(row, key))


def fix_alike(review: Review, key: str, value: str, text: str) -> Change | None:
    """Give every cell of a field with the same faulty value a new text, whatever the value's capitals."""
    rows = (
        review.problems.filter(pl.col("field") == key, pl.col("value").str.to_lowercase() == value.lower())
        .get_column("row")
        .unique()
        .sort()
    )
    if not len(rows):
        return None
    new_text = _storable(text)
    return Change(
        title=f"{review.kind.label(key)} in {counted(len(rows), 'row')}",
        cells=tuple((row, key, new_text) for row in rows.to_list()),
    )


def take_suggestions(
    review: Review, problem_kind: ProblemKind, *, possible_too: bool = False
) -> Change | None:
    """Replace every cell that has a problem of one kind with its sure suggestion, if it has one.

    Args:
        review: The rows, checked.
        problem_kind: The kind of problem.
        possible_too: Whether to take suggestions that are only possible as well.
    """
    key = problem_kind.field
    suggestions = _suggestions(review, problem_kind, possible_too=possible_too)
    if key is None or not suggestions.height:
        return None
    nouns = "suggestion" if suggestions.height == 1 else "suggestions"
    return Change(
        title=f"Took the {nouns} for {review.kind.label(key)} in {counted(suggestions.height, 'row')}",
        cells=tuple((row, key, text) for row, text in suggestions.select("row", "suggestion").iter_rows()),
    )


def can_be_blank(review: Review, problem_kind: ProblemKind) -> bool:
    """Tell whether problems of a kind are gone once their cells are empty, because the field may be blank."""
    field = review.kind.by_key.get(problem_kind.field or "")
    return field is not None and not field.needed


def leave_blank(review: Review, problem_kind: ProblemKind) -> Change | None:
    """Empty every cell that has a problem of one kind; None if cells of that field can't stay blank."""
    key = problem_kind.field
    if key is None or not can_be_blank(review, problem_kind):
        return None
    rows = review.problems_of(problem_kind)["row"].unique().sort()
    return Change(
        title=f"{review.kind.label(key)} left blank in {counted(len(rows), 'row')}",
        cells=tuple((row, key, "") for row in rows),
    )


def suggested_replacements(review: Review, problem_kind: ProblemKind) -> list[tuple[str, str, int]]:
    """List every suggestion, sure or not, in order of first appearance.

    Args:
        review: The rows, checked.
        problem_kind: The kind of problem.

    Returns:
        Text, suggestion, number of rows. The text is the faulty value, or if the cell is blank, what the suggestion was worked
        out from: the job role, for a user group.
    """
    suggestions = _suggestions(review, problem_kind, possible_too=True)
    field = review.kind.by_key.get(problem_kind.field or "")
    if problem_kind.code == REQUIRED.code and field is not None and field.suggested is not None:
        sources = [
            cell_text(pl.col(key)) for key in dict.fromkeys(field.suggested(review.context).meta.root_names())
        ]
        texts = review.texts.select("row", value=pl.concat_str(sources, separator=", "))
        suggestions = suggestions.drop("value").join(texts, on="row", maintain_order="left")
    return list(suggestions.group_by("value", "suggestion", maintain_order=True).len().iter_rows())


def _suggestions(review: Review, problem_kind: ProblemKind, *, possible_too: bool = False) -> pl.DataFrame:
    """The problems of a kind whose suggestion is sure, or at least possible."""
    wanted = pl.col("suggestion").is_not_null() if possible_too else pl.col("sure")
    return review.problems_of(problem_kind).filter(wanted)


def apply_remedy(finding: Finding, remedy: Remedy) -> Change:
    """Put right what a finding reports."""
    cells = () if remedy.cells is None else remedy.cells.select("row", "field", "text").iter_rows()
    return Change(
        title=remedy.title,
        cells=tuple((row, key, _storable(text)) for row, key, text in cells),
        left_out=() if remedy.left_out is None else tuple(remedy.left_out),
        date_order=remedy.date_order or "",
        academic_year=remedy.academic_year or 0,
        accepted=remedy.accepted,
        applied=(finding.code, *remedy.also_applies),
    )


def dismiss(finding: Finding) -> Change:
    """Say that a finding doesn't apply to this file."""
    return Change(title=f"Dismissed: {finding.type.title}", dismissed=finding.code)


def find_and_replace(review: Review, key: str, find: str, put: str, *, whole: bool) -> Change | None:
    """Replace a text in one column, in every row that is not left out.

    Args:
        review: The draft as it stands.
        key: The field's key.
        find: The text to find, with capitals as typed; must not be empty.
        put: The text to put in its place.
        whole: Replace only cells that consist of nothing but `find`.
    """
    if key not in review.texts.columns or not find:
        return None
    text, put = cell_text(pl.col(key)), _storable(put)
    matches = text == find if whole else text.str.contains(find, literal=True)
    replaced = pl.lit(put) if whole else text.str.replace_all(find, put, literal=True)
    left_out = pl.Series(sorted(review.left_out), dtype=pl.UInt32)
    changes = (
        review.texts.filter(matches, ~pl.col("row").is_in(left_out.implode()))
        .select("row", old=text, new=replaced)
        .filter(pl.col("new") != pl.col("old"))
    )
    if not changes.height:
        return None
    texts = changes["new"] if whole else review.as_typed(key, changes["new"])
    return Change(
        title=f"Replaced in {review.kind.label(key)}, {counted(changes.height, 'row')}",
        cells=tuple(
            (row, key, new_text)
            for row, new_text in zip(changes["row"].to_list(), texts.to_list(), strict=True)
        ),
    )


def replace_value(review: Review, key: str, value: str, text: str) -> Change | None:
    """Give every row that is not left out and has a certain value of a field another text; None if that changes nothing.

    Args:
        review: The draft as it stands.
        key: The field's key.
        value: The value as the cells have it, with its capitals; empty for blank cells.
        text: The new text, as a person would type it.
    """
    if value:
        return find_and_replace(review, key, value, text, whole=True)
    is_blank = (
        cell_text(pl.col(key)).fill_null("") == "" if key in review.texts.columns else pl.lit(value=True)
    )
    left_out = pl.Series(sorted(review.left_out), dtype=pl.UInt32)
    rows = review.texts.filter(is_blank, ~pl.col("row").is_in(left_out.implode()))["row"]
    if not text or not len(rows):
        return None
    new_text = _storable(text)
    return Change(
        title=f"Filled in {review.kind.label(key)} in {counted(len(rows), 'row')}",
        cells=tuple((row, key, new_text) for row in rows),
    )


def read_dates(order: DateOrder) -> Change:
    """Read all dates of the file in one order: `dmy`, `mdy` or `ymd`."""
    first = {"dmy": "day", "mdy": "month", "ymd": "year"}[order]
    return Change(title=f"Dates read with the {first} first", date_order=order)


def leave_out(review: Review, rows: Collection[int]) -> Change | None:
    """Leave rows out of the import."""
    included = sorted(set(rows) - review.left_out)
    if not included:
        return None
    return Change(title=f"Left out {counted(len(included), 'row')}", left_out=tuple(included))


def take_back(review: Review, rows: Collection[int]) -> Change | None:
    """Take left-out rows back into the import."""
    left_out = sorted(set(rows) & review.left_out)
    if not left_out:
        return None
    return Change(title=f"Put back {counted(len(left_out), 'row')}", taken_back=tuple(left_out))


def accept(problems: pl.DataFrame) -> Change | None:
    """Accept warnings, and errors in `ACCEPTABLE_ERRORS`, as correct. Other errors in the table are ignored."""
    accepted = problems.filter((pl.col("level") == "warning") | pl.col("code").is_in(ACCEPTABLE_ERRORS))
    if not accepted.height:
        return None
    keys = tuple((row, key, code) for row, key, code in accepted.select("row", "field", "code").iter_rows())
    return Change(title=f"Accepted {counted(len(keys), 'problem')}", accepted=keys)


def _storable(text: str) -> str:
    """Replace lone surrogates, which no file can store, with a question mark."""
    return text.encode(errors="replace").decode()
