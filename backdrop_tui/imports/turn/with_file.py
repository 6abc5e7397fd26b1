"""The move to a new school year with a file: what it does with everyone stored, and with everyone in the file."""

from dataclasses import replace

import polars as pl

from backdrop_tui.imports.turn.movements import MOVED, Movement, Turn, group_key
from backdrop_tui.imports.turn.part_of_school import PartOfSchool, part_of_school
from backdrop_tui.imports.turn.unclear import maybe_behind_rows
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.intake.linking.plan import Plan, without_withheld
from backdrop_tui.records.fields.year_group import NUMBERS
from backdrop_tui.records.leaving import HAS_LEFT, as_current
from backdrop_tui.records.staff import USER_GROUP

_NOT_IN_FILE = "not in the file"


def plan_turn(review: Review, plan: Plan, *, part_may_leave: bool = False) -> Turn:
    """Work out what a turn with a file would do.

    Args:
        review: The rows, checked.
        plan: What importing them would do.
        part_may_leave: Whether the user has said that people leave even if the file has only part of the school in it.
    """
    plan = _with_returned(review, plan)
    current = review.basis.stored.filter(~HAS_LEFT)
    absent = current.filter(pl.col("id").is_in(plan.absent.implode()))
    unclear = maybe_behind_rows(review, absent)
    part = part_of_school(review, current)
    if part_may_leave:
        part = PartOfSchool(part.ids.clear(), ())
    without = absent.join(unclear, on="id", how="anti", maintain_order="left")
    is_part = pl.col("id").is_in(part.ids.implode())
    leavers = without.filter(~is_part)
    return Turn(
        kind=review.kind,
        people=pl.concat([
            _in_file(review, plan),
            _joining(review, plan),
            _absent(review, without.filter(is_part), Movement.STAYING, pl.lit(_NOT_IN_FILE)),
            _absent(review, leavers, Movement.LEAVING, pl.lit(None)),
            _unclear(review, absent, unclear),
        ]),
        plan=plan,
        leavers=leavers,
        findings=part.findings if without.height > leavers.height else (),
        academic_year=review.intake.edits.academic_year,
    )  # fmt: skip


def _with_returned(review: Review, plan: Plan) -> Plan:
    """The plan in which everybody in the file is at the school, even if people already stored are left as they are.

    Staff come back with the user group that the file gives them, or not at all if that isn't to be stored.
    """
    away = plan.unchanged_people.filter(HAS_LEFT)
    if USER_GROUP.key in review.kind.keys:
        linkage = review.linkage
        given = without_withheld(review.kind, review.ready, linkage.withheld).select("row", USER_GROUP.key)
        groups = given.join(linkage.links, on="row").drop_nulls().select("id", USER_GROUP.key)
        away = away.drop(USER_GROUP.key).join(groups, on="id", maintain_order="left").select(away.columns)
    if away.is_empty():
        return plan
    returned = replace(
        plan,
        unchanged_people=plan.unchanged_people.join(away, on="id", how="anti", maintain_order="left"),
        updated=plan.updated + away.height,
        unchanged=plan.unchanged - away.height,
    )
    stored = away.select("id").join(review.basis.stored, on="id", how="left", maintain_order="left")
    return returned.with_changes(as_current(review.kind, away), stored)


def _in_file(review: Review, plan: Plan) -> pl.DataFrame:
    """Those in the file who are stored: they stay, move up or come back."""
    group = group_key(review.kind)
    here = plan.unchanged_people.filter(~HAS_LEFT)
    after = pl.concat([plan.changed, here.select(plan.changed.columns)])
    before = review.basis.stored.select("id", before=group, had_left=HAS_LEFT)
    both = after.with_columns(after=group).join(before, on="id", how="left", maintain_order="left")
    numbers = [
        pl.col(column).replace_strict(NUMBERS, default=None, return_dtype=pl.Int16)
        for column in ("before", "after")
    ]
    movement = (
        pl.when("had_left")
        .then(pl.lit(Movement.RETURNING))
        .when(numbers[1] > numbers[0])
        .then(pl.lit(Movement.MOVING_UP))
        .otherwise(pl.lit(Movement.STAYING))
    )
    return both.select("id", "first_name", "surname", "before", "after", movement=movement, note=None).cast(
        MOVED
    )


def _joining(review: Review, plan: Plan) -> pl.DataFrame:
    """Those in the file who are new."""
    return plan.added.select(
        "first_name",
        "surname",
        id=None,
        before=None,
        after=group_key(review.kind),
        movement=pl.lit(Movement.JOINING),
        note=None,
    ).select(pl.col(key).cast(dtype) for key, dtype in MOVED.items())


def _absent(review: Review, people: pl.DataFrame, movement: Movement, note: pl.Expr) -> pl.DataFrame:
    """People at the school whom no row is about; the note is an expression over their columns."""
    group = pl.col(group_key(review.kind))
    after = pl.lit(None) if movement == Movement.LEAVING else group
    return people.select(
        "id", "first_name", "surname", before=group, after=after, movement=pl.lit(movement), note=note
    ).cast(MOVED)


def _unclear(review: Review, absent: pl.DataFrame, unclear: pl.DataFrame) -> pl.DataFrame:
    """People who may be behind a row that is not imported."""
    names = review.context.row_names.names(pl.col("row"))
    people = absent.join(unclear, on="id", how="inner", maintain_order="left")
    return _absent(review, people, Movement.UNCLEAR, pl.format("may be in row {}", names))
