"""The move to a new school year without a file: everybody moves up a year, and the last year of the school's phase leaves."""

import polars as pl

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.imports.turn.movements import MOVED, Movement, Turn
from backdrop_tui.intake.linking.plan import Plan
from backdrop_tui.records.fields.date_of_birth import DATE_OF_BIRTH, age_of_iso
from backdrop_tui.records.fields.registration_group import REGISTRATION_GROUP, moved_up
from backdrop_tui.records.fields.year_group import NUMBERS, YEAR_GROUP, code_of_number, last_year_of
from backdrop_tui.records.leaving import current_people
from backdrop_tui.records.schema.context import Context, academic_year_in_words, academic_year_of
from backdrop_tui.records.students import STUDENTS

_NUMBER = YEAR_GROUP.col.replace_strict(NUMBERS, default=None, return_dtype=pl.Int16)
"""The number of a stored year group (Int16); null for `X` and where there is none."""
_FEWEST = 6
"""The number of students from which their year groups show which academic year they are for."""


def plan_moving_up(stored: pl.DataFrame, context: Context) -> Turn:
    """Work out what moving everybody up a year would do.

    Anyone in another year group than their age suggests keeps that difference, and `X` stays. A registration group that begins with
    the year's number moves with it; those who keep theirs are noted.

    Args:
        stored: Everyone stored: `id` and the `stored_keys` of students (String).
        context: The school's academic year and phase, and the day.

    Raises:
        UnusableChoiceError: They have been moved up already, for an academic year that is too far away.
    """
    current = current_people(stored)
    year = _next_year(current, context)
    last = NUMBERS[last_year_of(context.phase)]
    is_leaving = (last <= _NUMBER).fill_null(value=False)
    moving = current.filter(~is_leaving, _NUMBER.is_not_null())
    group = moved_up(REGISTRATION_GROUP.col, _NUMBER)
    changed = moving.with_columns(
        code_of_number(_NUMBER + 1).alias(YEAR_GROUP.key),
        pl.coalesce(group, REGISTRATION_GROUP.col).alias(REGISTRATION_GROUP.key),
    )
    stays = (
        pl.when(group.is_null(), REGISTRATION_GROUP.col.is_not_null())
        .then(pl.format("registration group stays {}", REGISTRATION_GROUP.col))
    )  # fmt: skip
    leavers, staying = current.filter(is_leaving), current.filter(_NUMBER.is_null())
    return Turn(
        kind=STUDENTS,
        people=pl.concat([
            _moved(staying, Movement.STAYING, YEAR_GROUP.col),
            _moved(moving, Movement.MOVING_UP, code_of_number(_NUMBER + 1), stays),
            _moved(leavers, Movement.LEAVING, pl.lit(None)),
        ]),
        plan=_plan(changed, moving, staying),
        leavers=leavers,
        academic_year=year,
    )  # fmt: skip


def _moved(
    people: pl.DataFrame, movement: Movement, after: pl.Expr, note: pl.Expr | None = None
) -> pl.DataFrame:
    return people.select(
        "id",
        "first_name",
        "surname",
        before=YEAR_GROUP.col,
        after=after,
        movement=pl.lit(movement),
        note=pl.lit(None) if note is None else note,
    ).cast(MOVED)


def _plan(changed: pl.DataFrame, before: pl.DataFrame, staying: pl.DataFrame) -> Plan:
    """The plan that moves people up."""
    nobody = pl.Series("id", [], dtype=pl.String)
    return Plan(
        added=changed.select(STUDENTS.keys).clear(),
        added_rows=pl.Series([], dtype=pl.UInt32),
        changed=changed,
        before=before,
        unchanged_people=staying,
        updated=changed.height,
        unchanged=staying.height,
        absent=nobody,
        present=0,
    )


def _next_year(current: pl.DataFrame, context: Context) -> int:
    """The year in which the academic year starts that people move up to.

    That is the one after the school's. If the setting was changed before anyone was moved up, or has no value and follows the calendar,
    the year groups are still those of the year before: then it is the school's academic year itself.

    Raises:
        UnusableChoiceError: It is later than the one after the current one.
    """
    year = context.academic_year
    age = age_of_iso(DATE_OF_BIRTH.col, context)
    fits, fits_before = (int(current.select((age - 4 - offset == _NUMBER).sum()).item()) for offset in (0, 1))
    following = year if fits_before >= _FEWEST and fits_before > 2 * fits else year + 1
    if following > academic_year_of(context.today) + 1:
        raise UnusableChoiceError(
            f"The school's academic year is {academic_year_in_words(year)} already, so everyone has been moved up. "
            "To undo that, use “backdrop undo”."
        )
    return following
