"""Look-ups in a review's open problems by row and cell, for a cursor that moves over its table."""

from functools import cached_property
from typing import NamedTuple

import polars as pl

from backdrop_tui.intake.draft.review import ACCEPTABLE_ERRORS, ProblemKind, Review

WHOLE_ROW = "row"
"""The key under which problems of a whole row are looked up, where those of a cell have its field's key."""

Place = tuple[int, str]
"""A row, and a column: a field's key or `WHOLE_ROW`."""


class Problem(NamedTuple):
    """One open problem; the columns of `records.schema.problems.SCHEMA`."""

    row: int
    field: str | None
    value: str | None
    level: str
    code: str
    message: str
    suggestion: str | None
    sure: bool | None

    @property
    def key(self) -> str:
        """The field's key, or `WHOLE_ROW`."""
        return self.field or WHOLE_ROW

    @property
    def can_be_accepted(self) -> bool:
        """Whether the user may accept it as correct."""
        return self.level == "warning" or self.code in ACCEPTABLE_ERRORS


class ProblemIndex:
    """The open problems of a review, by row and cell. A look-up costs the same whatever the number of problems."""

    def __init__(self, review: Review) -> None:
        self.review = review
        """The review whose problems are indexed."""
        self._rows = review.problems["row"]
        self._columns = {key: n for n, key in enumerate(review.kind.keys)}
        self._by_kind: dict[ProblemKind, pl.DataFrame] = {}

    def in_row(self, row: int) -> list[Problem]:
        """The problems of a row, in the order of its fields."""
        first = int(self._rows.search_sorted(row, side="left"))
        last = int(self._rows.search_sorted(row, side="right"))
        return [Problem(*values) for values in self.review.problems.slice(first, last - first).iter_rows()]

    def in_cell(self, row: int, key: str) -> list[Problem]:
        """The problems of a cell."""
        return [problem for problem in self.in_row(row) if problem.key == key]

    def has_error(self, row: int, key: str) -> bool:
        """Tell whether a cell has an error."""
        return any(problem.level == "error" for problem in self.in_cell(row, key))

    def first_faulty_field(self, row: int) -> str | None:
        """The key of the first field in a row that has a problem; None if no field has."""
        return next((problem.field for problem in self.in_row(row) if problem.field), None)

    def suggestion(self, row: int, key: str) -> str:
        """The suggestion for a cell; empty if there is none."""
        return next((problem.suggestion for problem in self.in_cell(row, key) if problem.suggestion), "")

    def sure_for_alike(self, row: int, key: str) -> str:
        """The sure suggestion that every cell with the same faulty value as this one has; empty if there is none."""
        value, _ = self.alike(row, key)
        same_value = pl.col("value").str.to_lowercase() == (value or "").lower()
        alike = self.review.problems.filter(pl.col("field") == key, same_value)
        suggestions = alike.group_by("row").agg(pl.col("suggestion").filter("sure").first())["suggestion"]
        return str(suggestions.first() or "") if suggestions.n_unique() == 1 else ""

    def alike(self, row: int, key: str) -> tuple[str | None, int]:
        """The faulty value of a cell, and the number of rows with the same one in that field.

        It is (None, 0) if the cell has none, or one that only one person can have: what is right in one row is wrong in the others.
        """
        problem = next((problem for problem in self.in_cell(row, key) if problem.field), None)
        if problem is None or problem.value is None:
            return (None, 0)
        if self.review.kind.problem_types[problem.code].is_about_identity:
            return (None, 0)
        return (problem.value, self._value_counts.get((key, problem.value.lower()), (0, 0))[0])

    def suggests_one_text(self, key: str, value: str) -> bool:
        """Tell whether all cells of a field with the same faulty value have the same suggestion, or none."""
        return self._value_counts.get((key, value.lower()), (0, 0))[1] <= 1

    @cached_property
    def _value_counts(self) -> dict[tuple[str, str], tuple[int, int]]:
        """The number of rows, and of different suggestions, for each faulty value of a field."""
        counts = (
            self.review.problems.drop_nulls(["field", "value"])
            .group_by("field", pl.col("value").str.to_lowercase())
            .agg(pl.col("row").n_unique(), pl.col("suggestion").drop_nulls().n_unique())
        )
        return {(key, value): (rows, texts) for key, value, rows, texts in counts.iter_rows()}

    def kind_at(self, row: int, key: str) -> ProblemKind | None:
        """The kind of a cell's first problem, or of its row's if the cell has none."""
        problems = self.in_cell(row, key) or self.in_row(row)
        return self._kinds.get((problems[0].field, problems[0].code)) if problems else None

    @cached_property
    def _kinds(self) -> dict[tuple[str | None, str], ProblemKind]:
        return {(kind.field, kind.code): kind for kind in self.review.problem_kinds}

    def acceptable(self, row: int, key: str) -> pl.DataFrame:
        """The problems of a cell that can be accepted, or of its row if the cell has no problem at all."""
        problems = self.in_cell(row, key) or self.in_row(row)
        return pl.DataFrame(
            [problem for problem in problems if problem.can_be_accepted],
            schema=self.review.problems.schema,
            orient="row",
        )

    def next_of_kind(self, kind: ProblemKind, row: int, key: str | None, step: int) -> Place | None:
        """Find the next (step 1) or previous (-1) problem of one kind, seen from a cell.

        Args:
            kind: The kind of problem.
            row: The row to start from.
            key: The column to start from; the end of the row if it is None.
            step: 1 for the next problem, -1 for the previous one.

        Returns:
            Its row and column; None if there is none in this direction.
        """
        return self._next_in(self._problems_of(kind), row, key, step)

    def first_of_kind(self, kind: ProblemKind, step: int = 1) -> Place | None:
        """The place of the first (step 1) or last (-1) problem of one kind; None if there is none."""
        return _end_of(self._problems_of(kind), step)

    def next_problem(self, row: int, key: str | None, step: int) -> Place | None:
        """Find the next (step 1) or previous (-1) problem of any kind: errors come first, then warnings, then errors again.

        Args:
            row: The row to start from.
            key: The column to start from; the end of the row if it is None.
            step: 1 for the next problem, -1 for the previous one.

        Returns:
            Its row and column; None if there are no problems.
        """
        levels = [problem.level for problem in self.in_cell(row, key or "")]
        errors, warnings = self._by_level
        first, second = (errors, warnings) if "error" in levels or not levels else (warnings, errors)
        if (place := self._next_in(first, row, key, step)) is not None:
            return place
        # A cell without a problem is between two errors, so the search for errors starts again at the other end.
        ends = (second, first) if levels else (first, second)
        return _end_of(ends[0], step) or _end_of(ends[1], step)

    def _problems_of(self, kind: ProblemKind) -> pl.DataFrame:
        if kind not in self._by_kind:
            self._by_kind[kind] = self.review.problems_of(kind)
        return self._by_kind[kind]

    @cached_property
    def _by_level(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The errors, and the warnings."""
        is_error = pl.col("level") == "error"
        return self.review.problems.filter(is_error), self.review.problems.filter(~is_error)

    def _next_in(self, problems: pl.DataFrame, row: int, key: str | None, step: int) -> Place | None:
        """The place of the next or previous of some problems, which are in order; None if there is none."""
        start = len(self._columns) if key is None else self._column(key)
        first = int(problems["row"].search_sorted(row, side="left"))
        last = int(problems["row"].search_sorted(row, side="right"))
        columns = [self._column(field) for field in problems["field"].slice(first, last - first)]
        if step > 0:
            number = next((first + n for n, column in enumerate(columns) if column > start), last)
        else:
            number = first + max((n for n, column in enumerate(columns) if column < start), default=-1)
        return _place_of(problems, number) if 0 <= number < problems.height else None

    def _column(self, key: str | None) -> int:
        """The place of a column from left to right; that of the row's number is the first."""
        return -1 if key in (None, WHOLE_ROW) else self._columns.get(key or "", len(self._columns))


def _end_of(problems: pl.DataFrame, step: int) -> Place | None:
    """The place of the first problem if the step is 1, of the last if it is -1; None if there are no problems."""
    return _place_of(problems, 0 if step > 0 else -1) if problems.height else None


def _place_of(problems: pl.DataFrame, number: int) -> Place:
    row, field = problems.select("row", "field").row(number)
    return int(row), field or WHOLE_ROW
