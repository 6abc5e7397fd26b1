"""A whole file checked: every field, then the rules that look across rows and at the people stored."""

import os
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import polars as pl

from backdrop_tui.intake.checking.examine import Examined, absent, cell_text, examine
from backdrop_tui.records.schema import problems as problem_table
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import AcrossRule, RecordKind

_ROW_MESSAGES = {
    "cell-count": "This row has {} cells, but there are {} columns. Look whether each value is in the right column.",
    "stray-quote": "A quotation mark in this row opens or closes nothing. Look whether each value is in the right column.",
}


@dataclass(frozen=True)
class Counts:
    """How many rows are how."""

    ready: int
    """Rows without an error."""
    errors: int
    """Rows with an error."""
    warnings: int
    """Rows with warnings only."""


@dataclass(frozen=True)
class Checked:
    """What checking a file gave."""

    columns: "_Columns"
    """The file's columns, examined."""
    problems: pl.DataFrame
    """See `records.problems.SCHEMA`; in the order of rows, fields, and errors before warnings."""

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
        """How many rows are ready, have errors, have warnings only."""
        errors = len(self.error_rows)
        return Counts(
            ready=self.columns.raw.height - errors,
            errors=errors,
            warnings=self.problems["row"].n_unique() - errors,
        )


def check(  # noqa: PLR0913, PLR0917 - what the file, the school and the store have to say
    kind: RecordKind,
    raw: pl.DataFrame,
    context: Context,
    stored: pl.DataFrame,
    faults: pl.DataFrame | None = None,
    width: int = 0,
) -> Checked:
    """Check people as they stand in a file.

    Args:
        kind: What the people are.
        raw: `row` (UInt32, ascending) and raw text (String) under the keys of the fields that the file has.
        context: What the rules need to know besides.
        stored: The people stored already: `id` and the fields' keys (String).
        faults: Faults of whole rows, as in `Sheet.faults`.
        width: How many columns the file has, for the message of a wrong count of cells.
    """
    # No more at once than can be worked on, and in the same threads throughout: each keeps memory to itself.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        columns = _Columns.of(kind, raw, context, pool)
        across = _across(kind, columns, context, stored, pool)
        found = [*map(columns.problems, kind.keys), *across]
    found.append(_of_rows(faults, width))
    return Checked(columns, _in_order(kind, pl.concat(found)))


@dataclass(frozen=True)
class _Columns:
    """A file's columns, examined."""

    raw: pl.DataFrame
    """`row`, and the raw text of the fields that the file has, by key."""
    examined: dict[str, Future[Examined]]
    """What examining gives, for every field of the kind. Who asks for one that is not done yet waits for it."""

    @classmethod
    def of(cls, kind: RecordKind, raw: pl.DataFrame, context: Context, pool: Executor) -> Self:
        """Examine each field's column, several at a time."""

        def one(field: Field) -> Examined:
            if field.key in raw.columns:
                return examine(field, raw[field.key], context)
            return absent(field, raw.height, context)

        # The columns that take longest go first.
        in_turn = sorted(kind.fields, key=lambda field: field.plain is None)
        examined = {field.key: pool.submit(one, field) for field in in_turn}
        return cls(raw, {key: examined[key] for key in kind.keys})

    @cached_property
    def people(self) -> pl.DataFrame:
        """`row` and the stored form of each field under its key."""
        stored = (column.result().stored.alias(key) for key, column in self.examined.items())
        return pl.DataFrame([self.raw["row"], *stored])

    def frame(self, *names: str, where: pl.Series | None = None) -> pl.DataFrame:
        """Some columns for a rule. See `FilePeople`."""
        places = None if where is None else where.arg_true()
        return pl.DataFrame([self._values(name, places).alias(name) for name in names])

    def _values(self, name: str, places: pl.Series | None) -> pl.Series:
        """`row`, a field's stored form by its key, or what it derives by `key.name`; all of them or in some places."""
        key, _, derived = name.partition(".")
        if key not in self.examined:
            return self.raw[name] if places is None else self.raw[name].gather(places)
        column = self.examined[key].result()
        if derived:
            return column.derived(derived) if places is None else column.derived_at(derived, places)
        return column.stored if places is None else column.stored_at(places)

    def problems(self, key: str) -> pl.DataFrame:
        """The problems of one column's cells."""
        found = self.examined[key].result().problems
        rows = self.raw["row"].gather(found["at"])
        return found.select(rows.alias("row"), pl.lit(key).alias("field"), pl.exclude("at"))

    def with_errors(self, key: str) -> pl.Series:
        """The rows in which this column's cell has an error, which ends its errors."""
        found = self.examined[key].result().problems
        return self.raw["row"].gather(found.filter(pl.col("level") == "error")["at"])

    def cells(self, key: str, rows: pl.Series) -> pl.Series:
        """What a person reads in some rows' cells (String, in their order)."""
        texts = self.raw[key].gather(self.raw["row"].search_sorted(rows))
        return texts.to_frame("raw").select(cell_text(pl.col("raw"))).to_series()


def _across(
    kind: RecordKind, columns: _Columns, context: Context, stored: pl.DataFrame, pool: Executor
) -> list[pl.DataFrame]:
    """Problems that show only beside other cells, other rows, or the people stored.

    The rules wait for the columns that they look at, in the threads that examine those: all that they can wait for has
    been begun before them. Those of whole rows, which look at most columns, go first.
    """
    rules = [rule for rule in kind.across if rule.field is None or rule.field in columns.raw.columns]
    in_turn = sorted(rules, key=lambda rule: rule.field is not None)
    all_broken = {rule: pool.submit(rule.find, columns, stored, context) for rule in in_turn}
    found: list[pl.DataFrame] = []
    ended: dict[str, pl.Series] = {}
    for rule in rules:
        broken = all_broken[rule].result()
        if rule.level == "error" and rule.field is not None and broken.height:
            over = ended.get(rule.field, columns.with_errors(rule.field))
            broken = broken.filter(~pl.col("row").is_in(over.implode()))
            ended[rule.field] = pl.concat([over, broken["row"]])
        if broken.height:
            found.append(_of_rule(rule, broken, columns))
    return found


def _of_rule(rule: AcrossRule, broken: pl.DataFrame, columns: _Columns) -> pl.DataFrame:
    """What a rule across rows or fields found, as problems."""
    value = (
        pl.lit(None, pl.String) if rule.field is None else pl.lit(columns.cells(rule.field, broken["row"]))
    )
    return broken.select(
        "row",
        pl.lit(rule.field, pl.String).alias("field"),
        value.alias("value"),
        pl.lit(rule.level).alias("level"),
        pl.lit(rule.code).alias("code"),
        "message",
        "suggestion",
    )


def _of_rows(faults: pl.DataFrame | None, width: int) -> pl.DataFrame:
    """Faults of whole rows, as problems."""
    if faults is None or not faults.height:
        return problem_table.none()
    message = pl.when(pl.col("code") == "cell-count").then(
        pl.format(_ROW_MESSAGES["cell-count"], pl.col("found").fill_null(0), pl.lit(width))
    )
    return faults.select(
        "row",
        pl.lit(None, pl.String).alias("field"),
        pl.lit(None, pl.String).alias("value"),
        pl.lit("error").alias("level"),
        "code",
        message.otherwise(pl.lit(_ROW_MESSAGES["stray-quote"])).alias("message"),
        pl.lit(None, pl.String).alias("suggestion"),
    )


def _in_order(kind: RecordKind, problems: pl.DataFrame) -> pl.DataFrame:
    place = pl.col("field").replace_strict(
        {key: n for n, key in enumerate(kind.keys)}, default=-1, return_dtype=pl.Int8
    )
    return problems.sort(pl.col("row"), place, pl.col("level"), maintain_order=True)
