"""A file's columns, examined side by side."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Any, Self, TypeVar

import polars as pl

from backdrop_tui.intake.checking.combinations import find_combinations
from backdrop_tui.intake.checking.examine import Examined, absent, examine
from backdrop_tui.records.schema.columns import (
    Combinations,
    DerivedColumn,
    FilePeople,
    PeopleColumn,
    StepColumn,
)
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.schema.problems import REQUIRED, no_problems
from backdrop_tui.records.schema.rules import POSSIBLE
from backdrop_tui.records.schema.text import cell_text

_Result = TypeVar("_Result")


@dataclass(frozen=True)
class ExaminedColumns:
    """A file's columns, examined. See `FilePeople`."""

    raw: pl.DataFrame
    """`row`, and the raw text of the fields that the file has, by key."""
    context: Context
    """What the columns were examined with."""
    examined: Mapping[str, Future[Examined]]
    """The result for every field of the kind, by key; asking for one that isn't there yet waits for it."""
    before_changes: Mapping[str, Future[Examined]] = field(default_factory=dict)
    """The results for fields that are evidence and that the user has changed, as the file has them."""
    _combinations: dict[tuple[PeopleColumn, ...], Combinations] = field(default_factory=dict, repr=False)
    """The combinations that were asked for, by the columns."""
    _shared: dict[Callable[..., Any], Any] = field(default_factory=dict, repr=False)
    """What `shared` has worked out, by the function."""
    _locks: dict[Callable[..., Any], Lock] = field(default_factory=dict, repr=False)
    """A lock for each of these functions, held while it is called."""
    _lock: Lock = field(default_factory=Lock, repr=False)
    """Held while a lock is added."""

    @classmethod
    def of(
        cls,
        kind: RecordKind,
        raw: pl.DataFrame,
        context: Context,
        pool: Executor,
        before_changes: pl.DataFrame | None = None,
    ) -> Self:
        """Examine each field's column, several at a time."""

        def result(field: Field) -> Examined:
            if field.key in raw.columns:
                return examine(field, raw[field.key], context)
            return absent(field, raw.height, context)

        # The columns that take longest go first.
        in_turn = sorted(kind.file_fields, key=lambda field: field.fast_path is None)
        examined = {field.key: pool.submit(result, field) for field in in_turn}
        before = {} if before_changes is None else before_changes.to_dict()
        changed = {
            key: pool.submit(examine, kind.by_key[key], texts, context) for key, texts in before.items()
        }
        return cls(raw, context, {key: examined[key] for key in kind.file_keys}, changed)

    @cached_property
    def as_read(self) -> "ExaminedColumns":
        """The file's people as they were before the user's changes, as far as the changed fields are evidence."""
        if not self.before_changes:
            return self
        return ExaminedColumns(self.raw, self.context, {**self.examined, **self.before_changes})

    @cached_property
    def people(self) -> pl.DataFrame:
        """`row` and the stored form of each field under its key."""
        stored = (column.result().stored.alias(key) for key, column in self.examined.items())
        return pl.DataFrame([self.raw["row"], *stored])

    def has(self, field: Field) -> bool:
        """Whether the file has a column for a field."""
        return field.key in self.raw.columns

    def values(self, column: PeopleColumn) -> pl.Series:
        """One column, in all rows."""
        examined = self._examined(column)
        if isinstance(column, DerivedColumn):
            return examined.derived(column)
        if isinstance(column, StepColumn):
            return examined.kept_values(column.step)
        return examined.stored

    def _examined(self, column: PeopleColumn) -> Examined:
        """The result for the field that a column comes from."""
        key = column.key if isinstance(column, Field) else column.field.key
        if isinstance(column, StepColumn) and column.is_as_read and key in self.before_changes:
            return self.before_changes[key].result()
        return self.examined[key].result()

    def frame(self, *columns: PeopleColumn, where: pl.Series | None = None) -> pl.DataFrame:
        """`row` and some columns, in all rows or only `where`."""
        if where is not None:
            return self._frame_at(where.arg_true(), columns)
        return _named(columns, [self.raw["row"], *map(self.values, columns)])

    def frame_at(self, rows: pl.Series, *columns: PeopleColumn) -> pl.DataFrame:
        """`row` and some columns, in some rows."""
        return self._frame_at(self.raw["row"].search_sorted(rows), columns)

    def _frame_at(self, places: pl.Series, columns: Sequence[PeopleColumn]) -> pl.DataFrame:
        rows = self.raw["row"][places]
        return _named(columns, [rows, *(self._values_at(column, places) for column in columns)])

    def _values_at(self, column: PeopleColumn, places: pl.Series) -> pl.Series:
        examined = self._examined(column)
        if isinstance(column, DerivedColumn):
            return examined.derived_at(column, places)
        if isinstance(column, StepColumn):
            return examined.kept_values(column.step, places)
        return examined.stored_at(places)

    def combinations(self, *columns: PeopleColumn) -> Combinations:
        """The combinations of values in some columns."""
        if columns not in self._combinations:
            of_fields = [(column, self._examined(column)) for column in columns]
            self._combinations[columns] = find_combinations(of_fields, self.raw.height)
        return self._combinations[columns]

    def problems(self, field: Field) -> pl.DataFrame:
        """The problems of one column's cells."""
        problems = self.examined[field.key].result().problems
        if problems.is_empty():
            return no_problems()
        problems = self._with_suggestions(field, problems)
        rows = self.raw["row"][problems["at"]]
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
            suggestion=pl.when(pl.col("code") == REQUIRED.code).then(by_others).otherwise("suggestion"),
            sure=pl.when(pl.col("code") == REQUIRED.code).then(POSSIBLE).otherwise("sure"),
        )

    def rows_with_errors(self, field: Field) -> pl.Series:
        """The rows in which this column's cell has an error (UInt32)."""
        problems = self.examined[field.key].result().problems
        return self.raw["row"][problems.filter(pl.col("level") == "error")["at"]]

    def cells(self, field: Field, rows: pl.Series) -> pl.Series:
        """One column's cells in some rows, as a person reads them (String, in the order of the rows)."""
        texts = self.raw[field.key][self.raw["row"].search_sorted(rows)]
        return texts.to_frame("raw").select(cell_text(pl.col("raw"))).to_series()

    def shared(
        self,
        work_out: Callable[[FilePeople, pl.DataFrame, Context], _Result],
        stored: pl.DataFrame,
        context: Context,
    ) -> _Result:
        """The result of a function of these columns, called once for all rules, in the thread of the first that asks."""
        with self._lock:
            lock = self._locks.setdefault(work_out, Lock())
        with lock:
            if work_out not in self._shared:
                self._shared[work_out] = work_out(self, stored, context)
        result: _Result = self._shared[work_out]
        return result


def _named(columns: Sequence[PeopleColumn], parts: Sequence[pl.Series]) -> pl.DataFrame:
    """A frame of `row` and some columns, given their values in that order."""
    names = ["row", *(column.column_name for column in columns)]
    return pl.DataFrame([part.alias(name) for part, name in zip(parts, names, strict=True)])
