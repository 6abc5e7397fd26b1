"""A review as lines of a table, and as sentences about its cells."""

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import polars as pl
from rich.text import Text
from textual.content import Content

from backdrop_tui.intake.draft.fixes import ACCEPTABLE
from backdrop_tui.intake.draft.review import ProblemKind, Review
from backdrop_tui.records.schema.text import clean, cleaned
from backdrop_tui.tui.widgets.field_columns import field_columns
from backdrop_tui.tui.widgets.plain import cell, plain
from backdrop_tui.tui.widgets.problem_list import MARKS, problem_line
from backdrop_tui.tui.widgets.window_table import Line, TableColumn

Levels = dict[str | None, str]
"""The worst level of the problems of a row, by field; None for the whole row."""
PENCIL = "pencil"
"""The key of the last column, which stands for editing the row."""
_LONGEST = 150
_ROW_WIDTH = 7
_PENCIL_WIDTH = 2
_ABOUT_ORDER = ("date-month-first", "date-order")
_STYLES = {"error": "bold red", "warning": "bold yellow"}


class Found(NamedTuple):
    """One problem, as the table and the sentences need it."""

    row: int
    field: str | None
    value: str | None
    level: str
    code: str
    message: str
    suggestion: str | None


class ReviewLines:
    """Called with rows, gives their lines."""

    def __init__(self, review: Review) -> None:
        self._review = review
        self._kind = review.kind
        self._rows = review.problems["row"]
        self._places = {key: n for n, key in enumerate(self._kind.keys)}
        self._by_kind: dict[tuple[str | None, str] | None, pl.DataFrame] = {None: review.problems}

    def columns(self, width: int) -> list[TableColumn]:
        """The columns of the table, made to fit a width where that can be."""
        fields = field_columns(self._kind, width - _ROW_WIDTH - _PENCIL_WIDTH)
        return [
            TableColumn("row", "    Row", _ROW_WIDTH),
            *fields,
            TableColumn(PENCIL, "✎", _PENCIL_WIDTH),
        ]

    def __call__(self, rows: Sequence[int]) -> list[Line]:
        """The lines of some rows."""
        wanted = pl.col("row").is_in(list(rows))
        there = [key for key in self._kind.keys if key in self._review.texts.columns]
        shown = self._review.texts.filter(wanted).select("row", *(cleaned(pl.col(key)) for key in there))
        texts = {line["row"]: line for line in shown.iter_rows(named=True)}
        stored = {
            line["row"]: line for line in self._review.checked.people.filter(wanted).iter_rows(named=True)
        }
        levels: dict[int, Levels] = {row: {} for row in rows}
        for row, field, level in self._review.of_rows(rows).select("row", "field", "level").iter_rows():
            if levels[row].get(field) != "error":
                levels[row][field] = level
        return [self._line(row, texts[row], stored.get(row), levels[row]) for row in rows]

    def _line(
        self, row: int, text: dict[str, str | None], stored: dict[str, str | None] | None, levels: Levels
    ) -> Line:
        out = stored is None
        cells = [self._number(row, levels, out=out)]
        for field in self._kind.fields:
            level = levels.get(field.key)
            shown = text.get(field.key) or ""
            if level is None and stored is not None and (value := stored[field.key]) is not None:
                shown = field.to_show(value)
            style = "dim strike" if out else _STYLES.get(level or "", "")
            cells.append(cell(f"{MARKS[level][0] if level else ' '}{shown}", style))
        return [*cells, cell("✎", "dim")]

    @staticmethod
    def _number(row: int, levels: Levels, *, out: bool) -> Text:
        if out:
            return cell(f"–{row:>6}", "dim strike")
        if "error" in levels.values():
            return cell(f"!{row:>6}", _STYLES["error"])
        return cell(f"?{row:>6}", _STYLES["warning"]) if levels else cell(f"✓{row:>6}", "green")

    def of_row(self, row: int) -> list[Found]:
        """The open problems of a row."""
        first = int(self._rows.search_sorted(row, side="left"))
        last = int(self._rows.search_sorted(row, side="right"))
        return [Found(*found) for found in self._review.problems.slice(first, last - first).iter_rows()]

    def _of_cell(self, row: int, key: str) -> list[Found]:
        return [problem for problem in self.of_row(row) if (problem.field or "row") == key]

    def is_error(self, row: int, key: str) -> bool:
        """Whether an error stands in a cell."""
        return any(problem.level == "error" for problem in self._of_cell(row, key))

    def first_problem_of(self, row: int) -> str | None:
        """The key of the first field of a row that has a problem."""
        return next((problem.field for problem in self.of_row(row) if problem.field), None)

    def suggestion(self, row: int, key: str) -> str:
        """What is suggested for a cell; empty where nothing is."""
        return next((problem.suggestion for problem in self._of_cell(row, key) if problem.suggestion), "")

    def typed(self, row: int, key: str) -> str:
        """The text of a cell, as a person would type it."""
        if key not in self._review.texts.columns:
            return ""
        text = self._review.texts["row"].search_sorted(row)
        return self._kind.by_key[key].to_show(clean(self._review.texts[key][int(text)] or ""))

    def alike(self, row: int, key: str) -> tuple[str | None, int]:
        """The faulty value of a cell, and how many cells of that field have it."""
        value = next((problem.value for problem in self._of_cell(row, key) if problem.field), None)
        if value is None:
            return None, 0
        return value, self._values.get((key, value.lower()), 0)

    @cached_property
    def _values(self) -> dict[tuple[str, str], int]:
        counted = (
            self._review.problems.drop_nulls(["field", "value"])
            .group_by("field", pl.col("value").str.to_lowercase())
            .agg(pl.col("row").n_unique())
        )
        return {(key, value): count for key, value, count in counted.iter_rows()}

    def kind_of(self, row: int, key: str) -> ProblemKind | None:
        """The kind of the first problem of a cell; of the row where it has none."""
        problems = self._of_cell(row, key) or self.of_row(row)
        found = {(kind.field, kind.code): kind for kind in self._review.kinds}
        return found.get((problems[0].field, problems[0].code)) if problems else None

    def acceptable(self, row: int, key: str) -> pl.DataFrame:
        """The problems of a cell that can be accepted; those of the row where the cell has no problem at all."""
        of_row = self._review.problems.filter(
            pl.col("row") == row, (pl.col("level") == "warning") | pl.col("code").is_in(ACCEPTABLE)
        )
        if not self._of_cell(row, key):
            return of_row
        return of_row.filter(pl.col("field").eq_missing(pl.lit(None if key == "row" else key, pl.String)))

    def next_problem(
        self, kind: ProblemKind | None, row: int, key: str | None, step: int
    ) -> tuple[int, str] | None:
        """The next (step 1) or previous (step -1) problem of a kind, seen from a cell; round the end if need be.

        Without a key, seen from the end of the row.
        """
        problems = self._problems_of(kind)
        if not problems.height:
            return None
        here = (row, len(self._places)) if key is None else (row, self._place(key))
        first = int(problems["row"].search_sorted(row, side="left"))
        last = int(problems["row"].search_sorted(row, side="right"))
        in_row = [
            (row, self._place(found)) for found in problems["field"].slice(first, last - first).to_list()
        ]
        if step > 0:
            behind = [n for n, place in enumerate(in_row) if place > here]
            at = first + behind[0] if behind else last
        else:
            before = [n for n, place in enumerate(in_row) if place < here]
            at = first + before[-1] if before else first - 1
        found_row, field = problems.select("row", "field").row(at % problems.height)
        return int(found_row), field or "row"

    def _place(self, key: str | None) -> int:
        return -1 if key in (None, "row") else self._places.get(key or "", len(self._places))

    def _problems_of(self, kind: ProblemKind | None) -> pl.DataFrame:
        name = (kind.field, kind.code) if kind else None
        if name not in self._by_kind and kind is not None:
            self._by_kind[name] = self._review.of_kind(kind)
        return self._by_kind[name]

    def said(self, row: int, key: str) -> Content:
        """What is wrong with a cell; or with its row, where the cell is all right."""
        if row in self._review.left_out:
            return plain(f"Row {row} is left out. It will be kept in a file. Press l to take it back.")
        here = self._of_cell(row, key)
        if here:
            return Content("\n").join(
                [*(self._sentence(problem) for problem in here), *self._beyond(row, here)]
            )
        others = [p for p in self.of_row(row) if p.field != key]
        if not others:
            return Content.assemble(("✓ ", "bold $text-success"), f"Row {row} is all right.")
        names = ", ".join(dict.fromkeys(self._kind.label(p.field) or "the row" for p in others))
        return plain(f"Nothing is wrong in this cell. In row {row}, look at: {names}.")

    def _beyond(self, row: int, problems: Sequence[Found]) -> list[Content]:
        """What stands beyond the file's last column, where a row has too many cells."""
        extra = [text for text in self._review.extra.get(row, ()) if text.strip()]
        if not extra or not any(problem.code == "cell-count" for problem in problems):
            return []
        return [plain("Beyond the last column stands: " + ", ".join(f"“{text}”" for text in extra), _LONGEST)]

    @staticmethod
    def _sentence(problem: Found) -> Content:
        suggestion = f" Suggested: {problem.suggestion} (s takes it)." if problem.suggestion else ""
        accept = " a accepts it." if problem.level == "warning" or problem.code in ACCEPTABLE else ""
        order = " m reads all dates month first." if problem.code in _ABOUT_ORDER else ""
        return Content.assemble(
            problem_line(problem.level, problem.message), plain(suggestion), accept, order
        )

    def standing(self) -> Content:
        """How many rows are how."""
        review = self._review
        errors = len(review.error_rows)
        warned = len(review.problem_rows) - errors
        parts = [
            Content.assemble(
                (f"{review.ready.height:,} ready", "bold $text-success"),
                (f" (? {warned:,} to look at)" if warned else "", "bold $text-warning"),
            ),
            Content.styled(f"! {errors:,} with errors", "bold $text-error" if errors else "dim"),
            Content.styled(f"– {len(review.left_out):,} left out", "" if review.left_out else "dim"),
        ]
        return Content(" ").join(
            [Content(f" {self._kind.counted(review.texts.height)}:"), Content("  ").join(parts)]
        )
