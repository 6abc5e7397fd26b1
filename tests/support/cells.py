"""Helpers that check one cell, one column or a few people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from backdrop_tui.intake.checking.check import Checked, check
from backdrop_tui.intake.checking.examine import examine
from backdrop_tui.records.leaving import CURRENT, STATUS
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import RecordKind

TODAY = date(2026, 11, 23)
SCHOOL = Context.of(TODAY)


@dataclass(frozen=True)
class Cell:
    """One cell, checked."""

    stored: str | None
    problems: tuple[dict[str, str | None], ...]

    def codes(self, level: str) -> list[str | None]:
        """The codes of the problems of one level, in order."""
        return [problem["code"] for problem in self.problems if problem["level"] == level]

    @property
    def errors(self) -> list[str | None]:
        """The codes of the cell's errors."""
        return self.codes("error")

    @property
    def warnings(self) -> list[str | None]:
        """The codes of the cell's warnings."""
        return self.codes("warning")

    def problem(self, code: str) -> dict[str, str | None]:
        """The cell's only problem with a code."""
        (problem,) = [problem for problem in self.problems if problem["code"] == code]
        return problem

    def suggestion(self, code: str) -> str | None:
        """The suggestion of the cell's problem with a code."""
        return self.problem(code)["suggestion"]

    def is_sure(self, code: str) -> bool:
        """Whether the suggestion of the cell's problem with a code is sure."""
        return bool(self.problem(code)["sure"])

    def message(self, code: str) -> str:
        """The message of the cell's problem with a code."""
        return str(self.problem(code)["message"])


def column(field: Field, texts: Sequence[str | None], context: Context = SCHOOL) -> list[Cell]:
    """The cells of a column, checked together."""
    raw = pl.Series(field.key, texts, dtype=pl.String)
    result = examine(field, raw, context)
    by_place: dict[int, list[dict[str, str | None]]] = {}
    for problem in result.problems.iter_rows(named=True):
        by_place.setdefault(problem.pop("at"), []).append(problem)
    return [
        Cell(stored, tuple(by_place.get(place, ()))) for place, stored in enumerate(result.stored.to_list())
    ]


def cell(field: Field, text: str | None, context: Context = SCHOOL) -> Cell:
    """One cell, checked alone."""
    return column(field, [text], context)[0]


def people(kind: RecordKind, rows: Sequence[dict[str, str]]) -> pl.DataFrame:
    """The raw texts of a file from row 2 on; a field of the template that is not given has its example."""
    example = {field.key: field.example for field in kind.template_fields}
    filled = [{"row": place, **example, **row} for place, row in enumerate(rows, start=2)]
    return pl.DataFrame(filled, schema={"row": pl.UInt32} | dict.fromkeys(kind.keys, pl.String))


def stored_people(kind: RecordKind, rows: Sequence[dict[str, str | None]] = ()) -> pl.DataFrame:
    """People as stored, at the school unless they say otherwise; what else is not given is null."""
    numbered = [{"id": f"id{place}", STATUS: CURRENT, **row} for place, row in enumerate(rows)]
    return pl.DataFrame(numbered, schema=dict.fromkeys(("id", *kind.stored_keys), pl.String))


def checked(
    kind: RecordKind,
    rows: Sequence[dict[str, str]],
    stored: Sequence[dict[str, str | None]] = (),
    context: Context = SCHOOL,
) -> Checked:
    """A file of a few people, checked."""
    return check(kind, people(kind, rows), context, stored_people(kind, stored))


def rows_with(result: Checked, code: str) -> list[int]:
    """The rows that have a problem with a code, in order."""
    return result.problems.filter(pl.col("code") == code)["row"].to_list()
