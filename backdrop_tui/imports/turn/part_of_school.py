"""The note that a file has only part of the school in it, so that nobody missing from it counts as having left."""

from dataclasses import dataclass

import polars as pl

from backdrop_tui.intake.draft.review import Review
from backdrop_tui.intake.linking.finding_types import PART_OF_SCHOOL
from backdrop_tui.intake.linking.findings.another_school import age_group
from backdrop_tui.records.fields.date_of_birth import DATE_OF_BIRTH
from backdrop_tui.records.fields.year_group import NUMBERS, YEAR_GROUP, YEAR_GROUPS, in_words, last_year_of
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.findings import Finding
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.wording import counted, listed

_FEWEST = 10
"""The number of people stored from which an age group counts by itself; smaller ones count together."""
_SMALL = -1
"""What stands for the age groups that are too small to count by themselves."""
_MOST_YEARS = 6
"""The number of year groups that the note names before it counts the others."""


@dataclass(frozen=True)
class PartOfSchool:
    """The people whom a file says nothing about, because it has only part of the school in it."""

    ids: pl.Series
    """Their ids (String)."""
    findings: tuple[Finding, ...]
    """The note that says so; none if there is nobody."""


def part_of_school(review: Review, current: pl.DataFrame) -> PartOfSchool:
    """The people whom a file says nothing about: those in an age group of which it has hardly anyone.

    If the file has only one year group in it, it says nothing about anybody.

    Args:
        review: The rows, checked.
        current: The people at the school: `id` and the kind's `stored_keys` (String).
    """
    kind = review.kind
    only_year = _only_year(review, current)
    missing = current if only_year else current.join(_missing(review, current), on="id", how="semi")
    if missing.is_empty():
        return PartOfSchool(missing["id"], ())
    rows = review.texts["row"]
    nobody = "Nobody" if only_year or YEAR_GROUP not in kind.fields else "Nobody of that age"
    where = f"only {in_words(only_year)} in it" if only_year else _where(kind, missing)
    message = (
        f"This file has {counted(len(rows), 'row')}, and {kind.counted(current.height)} "
        f"{'is' if current.height == 1 else 'are'} stored. It has {where}. {nobody} counts as having left."
    )
    return PartOfSchool(missing["id"], (Finding(PART_OF_SCHOOL, message, rows, missing.height, len(rows)),))


def _only_year(review: Review, current: pl.DataFrame) -> str | None:
    """The only year group that a file has, of a school that has several; None if it has more than one."""
    if YEAR_GROUP not in review.kind.fields or current[YEAR_GROUP.key].drop_nulls().n_unique() < 2:
        return None
    years = review.checked.columns.values(YEAR_GROUP).drop_nulls().unique()
    return years.item() if len(years) == 1 else None


def _missing(review: Review, current: pl.DataFrame) -> pl.DataFrame:
    """The ids of the people in age groups of which the file has fewer than half as many rows."""
    stored, rows = _stored_groups(review.kind, current, review.context), _groups_of_rows(review)
    sizes = (
        stored.group_by("group")
        .len("stored")
        .join(rows.group_by("group").len("rows"), on="group", how="left", nulls_equal=True)
        .with_columns(pl.col("rows").fill_null(0))
        .with_columns(
            part=pl.when(pl.col("stored") < _FEWEST).then(pl.lit(_SMALL, pl.Int32)).otherwise("group")
        )
    )
    is_missing = (pl.col("stored").sum().over("part") >= _FEWEST) & (
        pl.col("rows").sum().over("part") * 2 < pl.col("stored").sum().over("part")
    )
    return stored.join(sizes.filter(is_missing), on="group", how="semi", nulls_equal=True).select("id")


def _groups_of_rows(review: Review) -> pl.DataFrame:
    """The age groups of the file's rows: `row` (UInt32) and `group` (Int32). Staff are one group."""
    if DATE_OF_BIRTH not in review.kind.fields:
        return review.texts.select("row", group=pl.lit(0, pl.Int32))
    return review.checked.columns.frame(DATE_OF_BIRTH).select("row", group=_age_group())


def _stored_groups(kind: RecordKind, current: pl.DataFrame, context: Context) -> pl.DataFrame:
    """The age groups of the people at the school who have not passed its last year: `id` (String) and `group` (Int32)."""
    if DATE_OF_BIRTH not in kind.fields:
        return current.select("id", group=pl.lit(0, pl.Int32))
    # Children born from September 2010 are 15 on 31 August 2026, and in Year 11 from then on.
    number = context.academic_year - pl.col("group") - 5
    groups = current.select("id", group=_age_group())
    return groups.filter((number <= NUMBERS[last_year_of(context.phase)]).fill_null(value=True))


def _age_group() -> pl.Expr:
    return age_group(DATE_OF_BIRTH.col.str.to_date("%Y-%m-%d", strict=False))


def _where(kind: RecordKind, missing: pl.DataFrame) -> str:
    """Which part of the school a file lacks, as the end of a sentence that begins with "It has"."""
    if YEAR_GROUP not in kind.fields:
        return "fewer than half of them"
    years = sorted(missing[YEAR_GROUP.key].drop_nulls().unique(), key=YEAR_GROUPS.index)
    names = listed(map(in_words, years), at_most=_MOST_YEARS)
    return f"fewer than half of an age group that is stored in {names}"
