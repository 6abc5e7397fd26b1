"""Look-ups in a review's open problems by row and cell, for a cursor that moves over its table."""

from functools import cached_property
from typing import NamedTuple

import polars as pl

from backdrop_tui.intake.draft.review import ACCEPTABLE_ERRORS, ProblemKind, Review

WHOLE_ROW = "row"
"""The key under which problems of a whole row are looked up, where those of a cell have its field's key."""


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
        self._by_kind: dict[ProblemKind | None, pl.DataFrame] = {}

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

    def alike(self, row: int, key: str) -> tuple[str | None, int]:
        """The faulty value of a cell, and the number of rows with the same one in that field; (None, 0) if it has none."""
        value = next((problem.value for problem in self.in_cell(row, key) if problem.field), None)
        return (None, 0) if value is None else (value, self._value_counts.get((key, value.lower()), 0))

    @cached_property
    def _value_counts(self) -> dict[tuple[str, str], int]:
        counts = (
            self.review.problems.drop_nulls(["field", "value"])
            .group_by("field", pl.col("value").str.to_lowercase())
            .agg(pl.col("row").n_unique())
        )
        return {(key, value): count for key, value, count in counts.iter_rows()}

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

    def next_problem(
        self, kind: ProblemKind | None, row: int, key: str | None, step: int
    ) -> tuple[int, str] | None:
        """Find the next or previous problem, continuing at the other end of the table.

        Args:
            kind: Look only for problems of this kind; for all if it is None.
            row: The row to start from.
            key: The column to start from; the end of the row if it is None.
            step: 1 for the next problem, -1 for the previous one.

        Returns:
            Its row and column; None if there are no problems.
        """
        if kind not in self._by_kind:
            self._by_kind[kind] = self.review.problems_of(kind)
        problems = self._by_kind[kind]
        if not problems.height:
            return None
        start = len(self._columns) if key is None else self._column(key)
        first = int(problems["row"].search_sorted(row, side="left"))
        last = int(problems["row"].search_sorted(row, side="right"))
        columns = [self._column(field) for field in problems["field"].slice(first, last - first)]
        if step > 0:
            place = next((first + n for n, column in enumerate(columns) if column > start), last)
        else:
            place = first + max((n for n, column in enumerate(columns) if column < start), default=-1)
        next_row, field = problems.select("row", "field").row(place % problems.height)
        return int(next_row), field or WHOLE_ROW

    def _column(self, key: str | None) -> int:
        """The place of a column from left to right; that of the row's number is the first."""
        return -1 if key in (None, WHOLE_ROW) else self._columns.get(key or "", len(self._columns))
