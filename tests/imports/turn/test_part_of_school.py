"""A file with only part of the school in it makes nobody a leaver."""

from dataclasses import replace

import pytest

from backdrop_tui.imports.turn.movements import Movement
from backdrop_tui.records.schema.context import Phase
from tests.support.made_up import CONTEXT, STAFF
from tests.support.turning import counts, older, pupil, turned

BIG = [pupil(n, n % 6) for n in range(72)]
"""Twelve students in each of six year groups."""
SMALL = [pupil(n, n % 6) for n in range(24)]
"""Four students in each of six year groups."""
PRIMARY = replace(CONTEXT, phase="primary")


def of_years(people: list[dict[str, str]], *years: str) -> list[dict[str, str]]:
    return [person for person in people if person["year_group"] in years]


@pytest.mark.parametrize("people", [BIG, SMALL], ids=["big", "small"])
@pytest.mark.parametrize("years", [("3",), ("1", "2"), ("R", "5")])
def test_a_file_of_some_year_groups_makes_nobody_a_leaver(
    people: list[dict[str, str]], years: tuple[str, ...]
) -> None:
    turn = turned(of_years(people, *years), *people)
    assert counts(turn) == {"staying": len(people)}
    assert [finding.code for finding in turn.findings] == ["part-of-school"]


def test_a_file_of_one_year_group_makes_not_even_those_missing_from_it_leavers() -> None:
    assert counts(turned(of_years(BIG, "3")[1:], *BIG)) == {"staying": 72}


def test_those_missing_leave_if_the_note_is_dismissed() -> None:
    turn = turned(of_years(BIG, "3"), *BIG, part_may_leave=True)
    assert counts(turn) == {"staying": 12, "leaving": 60}
    assert turn.findings == ()


def test_others_leave_all_the_same() -> None:
    rows = [*of_years(BIG, "R", "1", "2", "3", "4")[1:], *of_years(BIG, "5")[:2]]
    turn = turned(rows, *BIG)
    assert counts(turn) == {"staying": 71, "leaving": 1}


def test_a_file_of_the_whole_school_has_no_such_note() -> None:
    turn = turned(BIG[1:], *BIG)
    assert counts(turn) == {"staying": 71, "leaving": 1}
    assert turn.findings == ()


@pytest.mark.parametrize(("phase", "leaving"), [("primary", 12), ("all-through", 0)])
def test_only_an_age_group_that_has_passed_the_last_year_of_the_phase_may_be_missing(
    phase: Phase, leaving: int
) -> None:
    last_year = [pupil(n, 1 + n % 6, 2024) for n in range(72)]
    rows = [older(person) for person in last_year if person["year_group"] != "6"]
    turn = turned(rows, *last_year, context=replace(CONTEXT, phase=phase))
    assert turn.counts[Movement.LEAVING] == leaving
    assert bool(turn.findings) == (leaving == 0)


def test_a_file_with_fewer_than_half_of_the_staff_makes_nobody_a_leaver() -> None:
    people = [
        {"first_name": f"Jo{letter}", "surname": "Lee", "job_role": "Teacher", "user_group": "Teachers"}
        for letter in "bcdfghjklmnp"
    ]
    turn = turned(people[:5], *people, kind=STAFF)
    assert counts(turn) == {"staying": 12}
    assert [finding.code for finding in turn.findings] == ["part-of-school"]
    assert counts(turned(people[:7], *people, kind=STAFF)) == {"staying": 7, "leaving": 5}
