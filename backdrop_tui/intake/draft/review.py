"""A draft as it stands: its texts with the edits in them, checked, and what is left to put right."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import polars as pl

from backdrop_tui.intake.checking.check import Checked, Counts, check
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.edits import CellKey, Edits, ProblemKey
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.schema.text import cleaned


@dataclass(frozen=True)
class ProblemKind:
    """Problems of one kind in one field."""

    field: str | None
    """The field's key; None for the whole row."""
    code: str
    """The problem's code."""
    level: str
    """`error` or `warning`."""
    title: str
    """What they are called in a list."""
    count: int
    """How many there are."""
    suggestions: int
    """How many of them have a suggestion."""


@dataclass(frozen=True)
class Review:
    """A draft as it stands at one moment."""

    kind: RecordKind
    """What its rows are."""
    context: Context
    """What it was checked with."""
    texts: pl.DataFrame
    """`row` (UInt32) and raw text (String) by key, with edits; rows left out are in it."""
    checked: Checked
    """The check of all rows but those left out."""
    problems: pl.DataFrame
    """The problems that are open: those found, without those accepted. See `records.problems.SCHEMA`."""
    left_out: frozenset[int]
    """Rows that will not be imported."""
    extra: Mapping[int, tuple[str, ...]]
    """Cells beyond the file's last column, by row."""

    @cached_property
    def problem_rows(self) -> pl.Series:
        """Rows with an open problem (UInt32, ascending)."""
        return self.problems["row"].unique().sort()

    @cached_property
    def error_rows(self) -> pl.Series:
        """Rows with an open error (UInt32, ascending)."""
        return self.problems.filter(pl.col("level") == "error")["row"].unique().sort()

    @cached_property
    def ready(self) -> pl.DataFrame:
        """The people that Complete imports."""
        if not len(self.error_rows):
            return self.checked.people
        return self.checked.people.filter(~pl.col("row").is_in(self.error_rows.implode()))

    @cached_property
    def counts(self) -> Counts:
        """How many rows are ready, have open errors, have open warnings only; without those left out."""
        errors = len(self.error_rows)
        return Counts(
            ready=self.checked.people.height - errors,
            errors=errors,
            warnings=len(self.problem_rows) - errors,
        )

    @cached_property
    def kinds(self) -> tuple[ProblemKind, ...]:
        """The kinds of open problems: errors first, then the most frequent."""
        found = (
            self.problems.group_by("field", "code", "level", maintain_order=True)
            .agg(pl.len().alias("count"), pl.col("suggestion").is_not_null().sum().alias("suggestions"))
            .sort("level", "count", descending=[False, True], maintain_order=True)
        )
        return tuple(
            ProblemKind(
                field=row["field"],
                code=row["code"],
                level=row["level"],
                title=self.kind.problem_title(row["field"], row["code"]),
                count=row["count"],
                suggestions=row["suggestions"],
            )
            for row in found.iter_rows(named=True)
        )

    def of_kind(self, problem_kind: ProblemKind) -> pl.DataFrame:
        """The open problems of one kind."""
        return self.problems.filter(
            pl.col("field").eq_missing(problem_kind.field), pl.col("code") == problem_kind.code
        )

    def of_rows(self, rows: Iterable[int]) -> pl.DataFrame:
        """The open problems of some rows."""
        return self.problems.filter(pl.col("row").is_in(list(rows)))


def review(draft: Draft, context: Context, stored: pl.DataFrame, edits: Edits | None = None) -> Review:
    """Check a draft as it stands; takes about as long as checking its file.

    Args:
        draft: The draft.
        context: What the rules need to know besides; how dates are read is the draft's own.
        stored: The people stored: `id` and the fields' keys (String).
        edits: The edits as they were at one moment, where the draft's own go on changing meanwhile.
    """
    kind, sheet, edits = draft.kind, draft.sheet, edits or draft.edits
    context = replace(context, date_order=edits.date_order, month_first_seen=draft.month_first_seen)
    texts = edited(kind, draft.texts, edits.cells, edits.added)
    left_out = pl.Series(sorted(edits.left_out), dtype=pl.UInt32)
    kept = texts.filter(~pl.col("row").is_in(left_out.implode())) if len(left_out) else texts
    faults = sheet.faults.filter(~pl.col("row").is_in(left_out.implode()))
    context = replace(context, new_groups=_new_groups(texts, edits.accepted))
    checked = check(kind, kept, context, stored, faults, sheet.width)
    return Review(
        kind=kind,
        context=context,
        texts=texts,
        checked=checked,
        problems=_without(checked.problems, edits.accepted),
        left_out=frozenset(edits.left_out),
        extra=sheet.extra,
    )


def _new_groups(texts: pl.DataFrame, accepted: set[ProblemKey]) -> frozenset[str]:
    """The user groups that a person has said to be new ones."""
    rows = [row for row, key, code in accepted if key == "user_group" and code == "group-near"]
    if not rows or "user_group" not in texts.columns:
        return frozenset()
    found = texts.filter(pl.col("row").is_in(rows)).select(cleaned(pl.col("user_group")))
    return frozenset(found.to_series().to_list())


def edited(
    kind: RecordKind, texts: pl.DataFrame, cells: Mapping[CellKey, str], added: Sequence[int]
) -> pl.DataFrame:
    """Texts with edits in them: `row` (UInt32, ascending) and raw text (String) by key.

    Edits of rows that are not there, because the file is now read in another way, wait until they are.
    """
    if added:
        rows = pl.DataFrame({"row": pl.Series(sorted(set(added)), dtype=pl.UInt32)})
        texts = pl.concat([texts, rows.join(texts, on="row", how="anti")], how="diagonal").sort("row")
    by_field: dict[str, tuple[list[int], list[str]]] = {}
    for (row, key), text in cells.items():
        rows_of, texts_of = by_field.setdefault(key, ([], []))
        rows_of.append(row)
        texts_of.append(kind.by_key[key].typed(text))
    columns = []
    for key, (rows_of, texts_of) in by_field.items():
        column = texts[key] if key in texts.columns else pl.repeat("", texts.height, eager=True).alias(key)
        new = pl.DataFrame(
            {"row": pl.Series(rows_of, dtype=pl.UInt32), "new": pl.Series(texts_of, dtype=pl.String)}
        )
        placed = texts.select("row").with_row_index("place").join(new, on="row", how="inner")
        columns.append(column.scatter(placed["place"], placed["new"]).alias(key))
    return texts.with_columns(columns)


def _without(problems: pl.DataFrame, accepted: Collection[ProblemKey]) -> pl.DataFrame:
    """Problems without those that were accepted."""
    if not accepted:
        return problems
    rows, fields, codes = zip(*accepted, strict=True)
    gone = pl.DataFrame(
        {"row": rows, "field": fields, "code": codes},
        schema={"row": pl.UInt32, "field": pl.String, "code": pl.String},
    )
    return problems.join(
        gone, on=["row", "field", "code"], how="anti", nulls_equal=True, maintain_order="left"
    )
