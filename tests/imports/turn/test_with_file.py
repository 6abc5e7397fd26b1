"""The move to a new school year with a file: who stays, moves up, joins, returns, leaves, or is unclear."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.imports.turn.movements import Movement
from backdrop_tui.records.leaving import LEFT
from tests.support.made_up import STAFF, upn
from tests.support.turning import counts, names, older, pupil, turned

SCHOOL = [pupil(n, n % 6) for n in range(18)]
LAST_YEAR = [pupil(n, n % 6, 2024) for n in range(18)]
LEAVER = pupil(3, 3, status="left", left_on="2026-01-05")
STAFF_STORED = [
    {"first_name": name, "surname": "Lee", "job_role": "Teacher", "user_group": "Teachers", "email": f"{name.lower()}@example.org"}
    for name in ("Ada", "Bilal", "Cerys", "Dylan")
]  # fmt: skip


def changed(number: int, **changes: str) -> dict[str, str]:
    """Someone of the school with other values."""
    return SCHOOL[number] | changes


@pytest.mark.parametrize(
    ("rows", "people", "expected"),
    [
        (SCHOOL, SCHOOL, {"staying": 18}),
        (SCHOOL, (), {"joining": 18}),
        (SCHOOL[1:], SCHOOL, {"staying": 17, "leaving": 1}),
        ([*map(older, LAST_YEAR[1:])], LAST_YEAR, {"moving_up": 17, "leaving": 1}),
        ([*SCHOOL, pupil(40, 0)], SCHOOL, {"staying": 18, "joining": 1}),
        (SCHOOL, [*SCHOOL[:3], LEAVER, *SCHOOL[4:]], {"staying": 17, "returning": 1}),
        (SCHOOL[:3] + SCHOOL[4:], [*SCHOOL[:3], LEAVER, *SCHOOL[4:]], {"staying": 17}),
        ([changed(0, gender="Boy"), *SCHOOL[1:]], SCHOOL, {"staying": 17, "unclear": 1}),
    ],
    ids=[
        "nothing changes",
        "the first file",
        "one leaves",
        "a new school year",
        "one joins",
        "one comes back",
        "one who has left stays away",
        "an error in a row",
    ],
)
def test_everybody_moves_as_the_file_says(
    rows: list[dict[str, str]], people: list[dict[str, str]], expected: Mapping[str, int]
) -> None:
    assert counts(turned(rows, *people)) == expected


@pytest.mark.parametrize(
    "row",
    [
        changed(0, gender="Boy"),
        changed(0, year_group="77", date_of_birth="31/02/2020"),
        changed(0, gender="Boy", surname="Quite Another"),
        changed(0, gender="Boy", surname="Quite Another", first_name="Adah"),
        changed(0, gender="Boy", first_name="", surname="Another", upn=upn(1)),
        changed(0, surname=""),
        changed(0, surname=changed(0)["surname"].upper(), gender="Boy", date_of_birth=""),
        changed(0, first_name=""),
        changed(0, first_name=f"{changed(0)['first_name']}-May", date_of_birth="31/02/2020"),
    ],
    ids=[
        "all the same",
        "name",
        "birth date",
        "similar first name",
        "UPN",
        "no surname",
        "name in capitals",
        "no first name",
        "short first name, no birth date",
    ],
)
def test_nobody_leaves_who_may_be_behind_a_row_with_an_error(row: dict[str, str]) -> None:
    people = [changed(0, upn=upn(1)), *SCHOOL[1:]]
    rows = [row | {"upn": row.get("upn", "")}, *({**each, "upn": ""} for each in SCHOOL[1:])]
    turn = turned(rows, *people)
    assert names(turn, Movement.UNCLEAR) == [SCHOOL[0]["surname"]]
    assert turn.moved(Movement.UNCLEAR)["note"].to_list() == ["may be in row 2"]
    assert turn.counts[Movement.LEAVING] == 0


def test_nobody_leaves_who_may_be_behind_a_row_that_is_left_out() -> None:
    turn = turned(SCHOOL, *SCHOOL, left_out=[2, 3])
    assert counts(turn) == {"staying": 16, "unclear": 2}


def test_nobody_leaves_about_whom_there_is_an_open_question() -> None:
    turn = turned([changed(0, surname="Married"), *SCHOOL[1:]], *SCHOOL)
    assert counts(turn) == {"staying": 17, "unclear": 1}


def test_an_error_in_someone_elses_row_lets_people_leave() -> None:
    turn = turned([pupil(40, 2, gender="Boy"), *SCHOOL[1:]], *SCHOOL)
    assert counts(turn) == {"staying": 17, "leaving": 1}


def test_those_who_come_back_keep_their_id_and_lose_what_was_noted_about_leaving() -> None:
    people = [*SCHOOL[:3], LEAVER, *SCHOOL[4:]]
    for existing in ("update", "fill", "skip"):
        turn = turned(SCHOOL, *people, existing=existing)
        (back,) = turn.plan.changed.rows(named=True)
        assert (back["id"], back["status"], back["left_on"]) == ("bd-4", "current", None)


def test_those_who_leave_are_marked_and_nothing_else_about_them_changes() -> None:
    turn = turned(SCHOOL[1:], *SCHOOL)
    plan = turn.carried_out(date(2026, 2, 13))
    (after,), (before,) = plan.changed.rows(named=True), plan.before.rows(named=True)
    assert after == before | {"status": LEFT, "left_on": "2026-02-13"}
    assert turn.moved(Movement.LEAVING)["after"].to_list() == [None]


def test_nobody_leaves_before_they_were_born() -> None:
    with pytest.raises(UnusableChoiceError):
        turned(SCHOOL[1:], *SCHOOL).carried_out(date(2010, 1, 1))


def test_counts_by_year_group_add_up() -> None:
    rows = [*map(older, LAST_YEAR[1:]), {**pupil(40, 0)}, {**pupil(3, 4, gender="Boy")}]
    turn = turned(rows, *LAST_YEAR)
    by_group = turn.by_group
    assert list(by_group) == ["R", "1", "2", "3", "4", "5", "6"]
    for movement in Movement:
        assert sum(group.movements[movement] for group in by_group.values()) == turn.counts[movement]
    assert (by_group["R"].before, by_group["R"].after) == (3, 1)
    assert (by_group["1"].before, by_group["1"].after) == (3, 2)
    assert sum(group.before for group in by_group.values()) == len(LAST_YEAR)


def test_someone_put_into_a_lower_year_group_stays() -> None:
    turn = turned([changed(5, year_group="4"), *SCHOOL[:5], *SCHOOL[6:]], *SCHOOL)
    assert counts(turn) == {"staying": 18}


@pytest.mark.parametrize("choose", [lambda rows: rows[1:], lambda rows: rows[:2]])
def test_staff_leave_in_the_same_way(choose: Callable[[list[Any]], list[Any]]) -> None:
    rows = choose(STAFF_STORED)
    turn = turned(rows, *STAFF_STORED, kind=STAFF)
    assert counts(turn) == {"staying": len(rows), "leaving": 4 - len(rows)}
    assert list(turn.by_group) == ["Teachers"]
