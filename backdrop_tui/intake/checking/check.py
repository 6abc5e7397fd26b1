"""A whole file checked: every field, then the rules that look across rows and at the people stored."""

import os
from collections.abc import Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import polars as pl

from backdrop_tui.intake.checking.examine import Examined, absent, cell_text, examine
from backdrop_tui.records.schema.columns import DerivedColumn, PeopleColumn
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import AcrossRule, RecordKind
from backdrop_tui.records.schema.problems import CELL_COUNT, REQUIRED, STRAY_QUOTE, no_problems
from backdrop_tui.records.schema.rules import NO_SUGGESTION


@dataclass(frozen=True)
class Counts:
    """Counts of rows by state: ready, with errors, with warnings only."""

    ready: int
    """Rows without an error."""
    errors: int
    """Rows with an error."""
    warnings: int
    """Rows with warnings only."""


@dataclass(frozen=True)
class Checked:
    """The result of checking a file."""

    columns: "_Columns"
    """The file's columns, examined."""
    problems: pl.DataFrame
    """See `records.schema.problems.SCHEMA`; in the order of rows, fields, and errors before warnings."""

    @property
    def row_count(self) -> int:
        """The number of rows that were checked; unlike `people`, it costs nothing."""
        return self.columns.raw.height

    @property
    def people(self) -> pl.DataFrame:
        """`row` (UInt32) and the stored form of each field under its key (String; null where there is none)."""
        return self.columns.people

    @cached_property
    def error_rows(self) -> pl.Series:
        """The rows that have an error (UInt32, ascending)."""
        return self.problems.filter(pl.col("level") == "error")["row"].unique().sort()

    @property
    def is_faulty(self) -> pl.Expr:
        """Boolean over any frame with `row`: whether that row has an error."""
        return pl.col("row").is_in(self.error_rows.implode())

    @cached_property
    def ready(self) -> pl.DataFrame:
        """The people without an error."""
        if not len(self.error_rows):
            return self.people
        return self.people.filter(~self.is_faulty)

    @cached_property
    def counts(self) -> Counts:
        """Counts of rows by state."""
        errors = len(self.error_rows)
        return Counts(
            ready=self.row_count - errors,
            errors=errors,
            warnings=self.problems["row"].n_unique() - errors,
        )


def check(  # noqa: PLR0913, PLR0917 - the file, the school and the store each have a part in it
    kind: RecordKind,
    raw: pl.DataFrame,
    context: Context,
    stored: pl.DataFrame,
    faults: pl.DataFrame | None = None,
    width: int = 0,
) -> Checked:
    """Check the people of a file.

    Args:
        kind: The kind of people.
        raw: `row` (UInt32, ascending) and raw text (String) under the keys of the fields that the file has.
        context: What the rules need to know besides.
        stored: The people stored already: `id` and the fields' keys (String).
        faults: Faults of whole rows, as in `Sheet.faults`.
        width: The number of columns in the file, for the message about a wrong number of cells.
    """
    # The same few threads throughout, because each keeps memory to itself.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        columns = _Columns.of(kind, raw, context, pool)
        across = _across(kind, columns, context, stored, pool)
        problems = [*map(columns.problems, kind.fields), *across]
    problems.append(_of_whole_rows(faults, width))
    return Checked(columns, _in_order(kind, pl.concat(problems)))


@dataclass(frozen=True)
class _Columns:
    """A file's columns, examined. See `FilePeople`."""

    raw: pl.DataFrame
    """`row`, and the raw text of the fields that the file has, by key."""
    context: Context
    """What the columns were examined with."""
    examined: Mapping[str, Future[Examined]]
    """The result for every field of the kind, by key; asking for one that isn't there yet waits for it."""

    @classmethod
    def of(cls, kind: RecordKind, raw: pl.DataFrame, context: Context, pool: Executor) -> Self:
        """Examine each field's column, several at a time."""

        def result(field: Field) -> Examined:
            if field.key in raw.columns:
                return examine(field, raw[field.key], context)
            return absent(raw.height, context)

        # The columns that take longest go first.
        in_turn = sorted(kind.fields, key=lambda field: field.fast_path is None)
        examined = {field.key: pool.submit(result, field) for field in in_turn}
        return cls(raw, context, {key: examined[key] for key in kind.keys})

    @cached_property
    def people(self) -> pl.DataFrame:
        """`row` and the stored form of each field under its key."""
        stored = (column.result().stored.alias(key) for key, column in self.examined.items())
        return pl.DataFrame([self.raw["row"], *stored])

    def values(self, column: PeopleColumn) -> pl.Series:
        """One column, in all rows."""
        if isinstance(column, DerivedColumn):
            return self.examined[column.field.key].result().derived(column)
        return self.examined[column.key].result().stored

    def frame(self, *columns: PeopleColumn, where: pl.Series | None = None) -> pl.DataFrame:
        """`row` and some columns, in all rows or only `where`."""
        if where is None:
            parts = [self.raw["row"], *map(self.values, columns)]
        else:
            places = where.arg_true()
            parts = [self.raw["row"].gather(places), *(self._values_at(column, places) for column in columns)]
        names = ["row", *(column.column_name for column in columns)]
        return pl.DataFrame([part.alias(name) for part, name in zip(parts, names, strict=True)])

    def _values_at(self, column: PeopleColumn, places: pl.Series) -> pl.Series:
        if isinstance(column, DerivedColumn):
            return self.examined[column.field.key].result().derived_at(column, places)
        return self.examined[column.key].result().stored_at(places)

    def problems(self, field: Field) -> pl.DataFrame:
        """The problems of one column's cells."""
        problems = self._with_suggestions(field, self.examined[field.key].result().problems)
        rows = self.raw["row"].gather(problems["at"])
        return problems.select(rows.alias("row"), pl.lit(field.key).alias("field"), pl.exclude("at"))

    def _with_suggestions(self, field: Field, problems: pl.DataFrame) -> pl.DataFrame:
        """A column's problems, with what the other fields of a row suggest for its blank cell."""
        if field.suggested is None:
            return problems
        suggested = field.suggested(self.context)
        others = {
            key: self.examined[key].result().stored_at(problems["at"]) for key in suggested.meta.root_names()
        }
        by_others = pl.DataFrame(others).select(suggested).to_series()
        return problems.with_columns(
            suggestion=pl.when(pl.col("code") == REQUIRED.code).then(by_others).otherwise("suggestion")
        )

    def rows_with_errors(self, field: Field) -> pl.Series:
        """The rows in which this column's cell has an error (UInt32)."""
        problems = self.examined[field.key].result().problems
        return self.raw["row"].gather(problems.filter(pl.col("level") == "error")["at"])

    def cells(self, field: Field, rows: pl.Series) -> pl.Series:
        """One column's cells in some rows, as a person reads them (String, in the order of the rows)."""
        texts = self.raw[field.key].gather(self.raw["row"].search_sorted(rows))
        return texts.to_frame("raw").select(cell_text(pl.col("raw"))).to_series()


def _across(
    kind: RecordKind, columns: _Columns, context: Context, stored: pl.DataFrame, pool: Executor
) -> list[pl.DataFrame]:
    """Problems that only show beside other cells, other rows, or the people stored.

    Each rule waits for the columns that it looks at, in the threads that examine them; nothing deadlocks, because all the
    columns were begun before. Rules about whole rows, which look at most columns, go first.
    """
    rules = [rule for rule in kind.across if rule.field is None or rule.field.key in columns.raw.columns]
    in_turn = sorted(rules, key=lambda rule: rule.field is not None)
    results = {rule: pool.submit(rule.find, columns, stored, context) for rule in in_turn}
    problems: list[pl.DataFrame] = []
    settled: dict[Field, pl.Series] = {}
    for rule in rules:
        breaches = results[rule].result()
        if rule.problem.level == "error" and rule.field is not None and breaches.height:
            # A cell reports only its first error.
            rows = settled.get(rule.field, columns.rows_with_errors(rule.field))
            breaches = breaches.filter(~pl.col("row").is_in(rows.implode()))
            settled[rule.field] = pl.concat([rows, breaches["row"]])
        if breaches.height:
            problems.append(_of_rule(rule, breaches, columns))
    return problems


def _of_rule(rule: AcrossRule, breaches: pl.DataFrame, columns: _Columns) -> pl.DataFrame:
    """The problems of a rule across rows or fields."""
    key, value = pl.lit(None, pl.String), pl.lit(None, pl.String)
    if rule.field is not None:
        key, value = pl.lit(rule.field.key), pl.lit(columns.cells(rule.field, breaches["row"]))
    return breaches.select(
        "row",
        key.alias("field"),
        value.alias("value"),
        pl.lit(rule.problem.level).alias("level"),
        pl.lit(rule.problem.code).alias("code"),
        "message",
        "suggestion",
    )


_CELL_COUNT_MESSAGE = (
    "This row has {} cells, but there are {} columns. Check that each value is in the right column."
)
_STRAY_QUOTE_MESSAGE = (
    "This row has a quotation mark without its pair. Check that each value is in the right column."
)


def _of_whole_rows(faults: pl.DataFrame | None, width: int) -> pl.DataFrame:
    """The problems of whole rows that reading the file found."""
    if faults is None or not faults.height:
        return no_problems()
    cell_count = pl.format(_CELL_COUNT_MESSAGE, pl.col("cell_count").fill_null(0), pl.lit(width))
    messages = {CELL_COUNT: cell_count, STRAY_QUOTE: pl.lit(_STRAY_QUOTE_MESSAGE)}
    return pl.concat(
        faults.filter(pl.col("code") == problem.code).select(
            "row",
            pl.lit(None, pl.String).alias("field"),
            pl.lit(None, pl.String).alias("value"),
            pl.lit(problem.level).alias("level"),
            "code",
            message.alias("message"),
            NO_SUGGESTION.alias("suggestion"),
        )
        for problem, message in messages.items()
    )


def _in_order(kind: RecordKind, problems: pl.DataFrame) -> pl.DataFrame:
    """Problems in the order of rows and fields, with errors before warnings."""
    place = pl.col("field").replace_strict(
        {key: n for n, key in enumerate(kind.keys)}, default=-1, return_dtype=pl.Int8
    )
    return problems.sort(pl.col("row"), place, pl.col("level"), maintain_order=True)
