"""The move to a new school year without a file: everybody moves up a year."""

from dataclasses import replace
from datetime import date

import pytest

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.imports.turn.in_words import new_last_year
from backdrop_tui.imports.turn.movements import Movement
from backdrop_tui.imports.turn.moving_up import plan_moving_up
from tests.support.made_up import CONTEXT, STUDENTS, stored
from tests.support.turning import counts, names, pupil

PRIMARY = replace(CONTEXT, phase="primary")


@pytest.mark.parametrize(
    ("year", "group", "new_year", "new_group"),
    [
        ("7", "7A", "8", "8A"),
        ("9", "9-1", "10", "10-1"),
        ("7", "07A", "8", "08A"),
        ("7", "Oak", "8", "Oak"),
        ("7", "1A", "8", "1A"),
        ("7", "71", "8", "71"),
        ("N1", "N1", "N2", "N1"),
        ("N2", None, "R", None),
        ("R", "RH", "1", "RH"),
        ("X", "7A", "X", "7A"),
        (None, "7A", None, "7A"),
    ],
)
def test_year_and_registration_group_move(
    year: str | None, group: str | None, new_year: str | None, new_group: str | None
) -> None:
    person = pupil(1, 7) | {"year_group": year, "registration_group": group}
    turn = plan_moving_up(stored(STUDENTS, person), CONTEXT)
    after = turn.plan.people_after if year in {"X", None} else turn.plan.changed
    assert after.select("year_group", "registration_group").row(0) == (new_year, new_group)


def test_the_last_year_of_the_phase_leaves_and_the_academic_year_is_the_next_one() -> None:
    turn = plan_moving_up(stored(STUDENTS, *(pupil(n, n) for n in range(8))), PRIMARY)
    assert counts(turn) == {"moving_up": 6, "leaving": 2}
    assert turn.academic_year == 2026


def test_a_year_group_that_is_new_is_pointed_out() -> None:
    school = stored(STUDENTS, *(pupil(n, n) for n in range(1, 7)))
    assert new_last_year(plan_moving_up(school, CONTEXT)).startswith("Year 7 is new: nobody is in it now.")
    assert not new_last_year(plan_moving_up(school, PRIMARY))


def test_anyone_in_another_year_than_their_age_suggests_keeps_that_difference() -> None:
    people = [*(pupil(n, 3) for n in range(8)), pupil(9, 4, year_group="3")]
    turn = plan_moving_up(stored(STUDENTS, *people), PRIMARY)
    assert turn.plan.changed["year_group"].to_list() == ["4"] * 9


def test_those_whose_registration_group_stays_come_first() -> None:
    people = [pupil(1, 5), pupil(2, 6, registration_group="Oak"), pupil(3, 2)]
    turn = plan_moving_up(stored(STUDENTS, *people), CONTEXT)
    first = turn.moved(Movement.MOVING_UP).row(0, named=True)
    assert (first["before"], first["note"]) == ("6", "registration group stays Oak")


def test_those_who_have_left_stay_away() -> None:
    turn = plan_moving_up(stored(STUDENTS, pupil(1, 5), pupil(2, 6, status="left")), CONTEXT)
    assert names(turn, Movement.MOVING_UP) == [pupil(1, 5)["surname"]]
    assert turn.people.height == 1


def test_if_the_setting_is_a_year_ahead_of_the_year_groups_it_stays() -> None:
    people = stored(STUDENTS, *(pupil(n, n % 6, 2024) for n in range(12)))
    assert plan_moving_up(people, CONTEXT).academic_year == 2025


def test_nobody_moves_up_twice() -> None:
    context = replace(CONTEXT, academic_year=2026, today=date(2026, 7, 20))
    people = stored(STUDENTS, *(pupil(n, n % 6, 2026) for n in range(12)))
    with pytest.raises(UnusableChoiceError, match="2026/27"):
        plan_moving_up(people, context)
