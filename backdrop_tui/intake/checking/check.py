"""A whole file checked: every field, then the rules that look across rows, at the people stored, and at the file as a whole."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from backdrop_tui.intake.checking.columns import ExaminedColumns
from backdrop_tui.records.schema.columns import FilePeople
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.findings import Finding
from backdrop_tui.records.schema.kind import AcrossRule, RecordKind, SuggestionRule
from backdrop_tui.records.schema.problems import CELL_COUNT, STRAY_QUOTE, no_problems
from backdrop_tui.records.schema.rules import NO_SUGGESTION, POSSIBLE

_Across = Sequence[tuple[AcrossRule, Future[pl.DataFrame]]]
"""Rules across rows, in the order in which they count, each with what it finds; asking for that waits for it."""


@dataclass(frozen=True)
class Counts:
    """Counts of rows by state. Those that are ready, have errors, repeat another or are left out are all rows of the file."""

    ready: int
    """Rows without an error."""
    errors: int
    """Rows with an error."""
    warnings: int
    """Rows that are ready but have warnings."""
    repeated: int = 0
    """Rows that repeat another in every matched column, and are taken only once."""
    left_out: int = 0
    """Other rows that are left out."""

    @property
    def rows(self) -> int:
        """All rows of the file, without blank ones."""
        return self.ready + self.errors + self.repeated + self.left_out


@dataclass(frozen=True)
class Checked:
    """The result of checking a file."""

    columns: ExaminedColumns
    """The file's columns, examined."""
    problems: pl.DataFrame
    """See `records.schema.problems.SCHEMA`; in the order of rows, fields, and errors before warnings. Warnings that a
    finding explains are not among them."""
    findings: tuple[Finding, ...] = ()
    """What the whole file says, without what the user has answered."""

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
    before_changes: pl.DataFrame | None = None,
    alongside: Callable[[FilePeople], object] | None = None,
) -> Checked:
    """Check the people of a file.

    Args:
        kind: The kind of people.
        raw: `row` (UInt32, ascending) and raw text (String) under the keys of the fields that the file has.
        context: What the rules need to know besides.
        stored: The people stored already: `id` and the fields' keys (String).
        faults: Faults of whole rows, as in `Sheet.faults`.
        width: The number of columns in the file, for the message about a wrong number of cells.
        before_changes: Fields that are evidence and that the user has changed, as the file has them: raw text (String) by
            key, in the same order of rows.
        alongside: Something else to do with the file's people in the meantime, called in a thread. Whatever it raises is raised.
    """
    # The same few threads throughout, because each keeps memory to itself; one more than processors, because a rule that
    # waits for a column keeps its thread.
    with ThreadPoolExecutor((os.cpu_count() or 1) + 1) as pool:
        columns = ExaminedColumns.of(kind, raw, context, pool, before_changes)
        other_work = pool.submit(alongside, columns) if alongside else None
        whole_file = [pool.submit(rule.find, columns, stored, context) for rule in kind.findings]
        across = _begin_across(kind, columns, stored, pool)
        of_fields = [
            pool.submit(_of_field, field, kind, columns, across, stored) for field in kind.file_fields
        ]
        of_rows = [*_of_across(None, across, columns), _of_whole_rows(faults, width)]
        problems = pl.concat([*(of_field.result() for of_field in of_fields), *of_rows])
        findings = [finding for result in whole_file for finding in result.result()]
        if other_work is not None:
            other_work.result()
    unanswered = tuple(finding for finding in findings if not context.has_answered(finding.code))
    return Checked(columns, in_order(kind, _without_explained(problems, unanswered)), unanswered)


def _without_explained(problems: pl.DataFrame, findings: Sequence[Finding]) -> pl.DataFrame:
    """Drop the warnings that findings explain in their rows."""
    for finding in findings:
        codes = [problem.code for problem in finding.type.explains]
        if codes:
            is_explained = pl.col("code").is_in(codes) & pl.col("row").is_in(finding.rows.implode())
            problems = problems.filter(~(is_explained & (pl.col("level") == "warning")))
    return problems


def _begin_across(
    kind: RecordKind, columns: ExaminedColumns, stored: pl.DataFrame, pool: Executor
) -> _Across:
    """Begin the rules that look at other cells, other rows, or the people stored.

    Each rule waits for the columns that it looks at, in the threads that examine them; nothing deadlocks, because all the
    columns were begun before. Rules about whole rows, which look at most columns, go first.
    """
    rules = [rule for rule in kind.across if rule.field is None or rule.field.key in columns.raw.columns]
    in_turn = sorted(rules, key=lambda rule: rule.field is not None)
    results = {rule: pool.submit(rule.find, columns, stored, columns.context) for rule in in_turn}
    return [(rule, results[rule]) for rule in rules]


def _of_field(
    field: Field, kind: RecordKind, columns: ExaminedColumns, across: _Across, stored: pl.DataFrame
) -> pl.DataFrame:
    """All problems of one field's cells, with what other cells, other rows or the people stored suggest.

    It waits for the rules across rows that are about this field; nothing deadlocks, because they were begun before.
    """
    problems = pl.concat([columns.problems(field), *_of_across(field, across, columns)])
    for rule in kind.suggestions:
        if rule.field is field:
            problems = _judged(rule, problems, columns, stored)
    return problems


def _judged(
    rule: SuggestionRule, problems: pl.DataFrame, columns: ExaminedColumns, stored: pl.DataFrame
) -> pl.DataFrame:
    """The problems of one field with what a rule suggests for them."""
    if problems.is_empty():
        return problems
    concerned = pl.col("code").is_in([problem.code for problem in rule.problems])
    faulty = problems.filter(concerned)
    if not faulty.height:
        return problems
    suggested = rule.suggest(faulty, columns, stored, columns.context).with_columns(is_judged=True)
    judged = problems.join(suggested, on="row", how="left", suffix=".judged", maintain_order="left")
    takes = concerned & pl.col("is_judged").is_not_null()
    return judged.with_columns(
        pl.when(takes).then(f"{name}.judged").otherwise(name).alias(name) for name in ("suggestion", "sure")
    ).select(problems.columns)


def _of_across(field: Field | None, across: _Across, columns: ExaminedColumns) -> list[pl.DataFrame]:
    """The problems that rules across rows report in one field, or in whole rows (None)."""
    problems: list[pl.DataFrame] = []
    settled: pl.Series | None = None
    for rule, result in across:
        if rule.field is not field:
            continue
        breaches = result.result()
        if field is not None and rule.problem.level == "error" and breaches.height:
            # A cell reports only its first error.
            rows = columns.rows_with_errors(field) if settled is None else settled
            breaches = breaches.filter(~pl.col("row").is_in(rows.implode()))
            settled = pl.concat([rows, breaches["row"]])
        if breaches.height:
            problems.append(_of_rule(rule, breaches, columns))
    return problems


def _of_rule(rule: AcrossRule, breaches: pl.DataFrame, columns: ExaminedColumns) -> pl.DataFrame:
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
        "sure",
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
            POSSIBLE.alias("sure"),
        )
        for problem, message in messages.items()
    )


def in_order(kind: RecordKind, problems: pl.DataFrame) -> pl.DataFrame:
    """Problems in the order of rows and fields, with errors before warnings; `sure` is null without a suggestion."""
    place = pl.col("field").replace_strict(
        {key: n for n, key in enumerate(kind.file_keys)}, default=-1, return_dtype=pl.Int8
    )
    sure = pl.when(pl.col("suggestion").is_not_null()).then("sure")
    return problems.with_columns(sure=sure).sort(pl.col("row"), place, pl.col("level"), maintain_order=True)
