"""One cell, one column or a few people examined, for tests."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from backdrop_tui.intake.checking.check import Checked, check
from backdrop_tui.intake.checking.examine import examine
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import RecordKind

TODAY = date(2026, 11, 23)
SCHOOL = Context.of(TODAY)


@dataclass(frozen=True)
class Cell:
    """What was found in one cell."""

    stored: str | None
    problems: tuple[dict[str, str | None], ...]

    def codes(self, level: str) -> list[str | None]:
        """The codes of one level, in order."""
        return [problem["code"] for problem in self.problems if problem["level"] == level]

    @property
    def errors(self) -> list[str | None]:
        """The codes of its errors."""
        return self.codes("error")

    @property
    def warnings(self) -> list[str | None]:
        """The codes of its warnings."""
        return self.codes("warning")

    def problem(self, code: str) -> dict[str, str | None]:
        """The only problem of that code."""
        (found,) = [problem for problem in self.problems if problem["code"] == code]
        return found

    def suggestion(self, code: str) -> str | None:
        """What that problem suggests."""
        return self.problem(code)["suggestion"]

    def message(self, code: str) -> str:
        """What that problem says."""
        return str(self.problem(code)["message"])


def column(field: Field, texts: Sequence[str | None], context: Context = SCHOOL) -> list[Cell]:
    """Each cell of a column."""
    raw = pl.Series(field.key, texts, dtype=pl.String)
    found = examine(field, raw, context)
    by_place: dict[int, list[dict[str, str | None]]] = {}
    for problem in found.problems.iter_rows(named=True):
        by_place.setdefault(problem.pop("at"), []).append(problem)
    return [
        Cell(stored, tuple(by_place.get(place, ()))) for place, stored in enumerate(found.stored.to_list())
    ]


def cell(field: Field, text: str | None, context: Context = SCHOOL) -> Cell:
    """The only cell of a column."""
    return column(field, [text], context)[0]


def people(kind: RecordKind, rows: Sequence[dict[str, str]]) -> pl.DataFrame:
    """People as they stand in a file, from row 2 on: examples of the template's fields where nothing else is said."""
    example = {field.key: field.example for field in kind.template_fields}
    filled = [{"row": place, **example, **row} for place, row in enumerate(rows, start=2)]
    return pl.DataFrame(filled, schema={"row": pl.UInt32} | dict.fromkeys(kind.keys, pl.String))


def stored_people(kind: RecordKind, rows: Sequence[dict[str, str | None]] = ()) -> pl.DataFrame:
    """People as they are stored; null where nothing else is said."""
    numbered = [{"id": f"id{place}", **row} for place, row in enumerate(rows)]
    return pl.DataFrame(numbered, schema={"id": pl.String} | dict.fromkeys(kind.keys, pl.String))


def checked(
    kind: RecordKind,
    rows: Sequence[dict[str, str]],
    stored: Sequence[dict[str, str | None]] = (),
    context: Context = SCHOOL,
) -> Checked:
    """A few people checked."""
    return check(kind, people(kind, rows), context, stored_people(kind, stored))


def rows_with(found: Checked, code: str) -> list[int]:
    """The rows that have a problem, in order."""
    return found.problems.filter(pl.col("code") == code)["row"].to_list()
