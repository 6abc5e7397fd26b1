"""What is still to be done for students who have left, and how urgent it is."""

from datetime import date

import polars as pl
import pytest

from backdrop_tui.records.outstanding import (
    ASK_ABOUT_FILE,
    GET_RECEIPT,
    SEND_FILE,
    by_urgency,
    is_of_compulsory_school_age,
    is_outstanding,
)
from tests.support.made_up import STUDENTS, by_key, stored, student

DAY = date(2026, 9, 8)
SETTLED = {"file_state": "none", "destination": "Hill School"}


def leaver(number: int = 0, **state: str | None) -> dict[str, str | None]:
    """A made-up student of twelve who has left."""
    return (
        by_key(student(number))
        | {"status": "left", "left_on": "2026-07-17", "date_of_birth": "2014-05-06"}
        | state
    )


def urgent(*people: dict[str, str | None], day: date = DAY) -> pl.DataFrame:
    return by_urgency(stored(STUDENTS, *people), day)


@pytest.mark.parametrize(
    ("left_on", "due_on"),
    [
        ("2026-02-09", date(2026, 2, 16)),  # a Monday
        ("2026-02-13", date(2026, 2, 20)),  # a Friday
        ("2026-02-14", date(2026, 2, 20)),  # a Saturday
        ("2026-06-30", date(2026, 7, 7)),
        ("2026-07-01", date(2026, 9, 7)),  # 1 September is a Tuesday
        ("2026-08-31", date(2026, 9, 7)),
        ("2024-07-19", date(2024, 9, 6)),  # 1 September is a Sunday
        ("2026-09-01", date(2026, 9, 8)),
        ("2025-12-19", date(2025, 12, 26)),
    ],
)  # fmt: skip
def test_a_file_is_due_5_weekdays_after_leaving_or_in_the_first_5_of_september(
    left_on: str, due_on: date
) -> None:
    assert urgent(leaver(left_on=left_on, file_state="to-send"))["due_on"].to_list() == [due_on]


@pytest.mark.parametrize("state", [None, "to-send"])
def test_a_file_is_late_from_the_day_after_it_is_due(state: str | None) -> None:
    person = leaver(file_state=state)
    assert urgent(person, day=date(2026, 9, 7))["is_late"].to_list() == [False]
    assert urgent(person, day=date(2026, 9, 8))["is_late"].to_list() == [True]


def test_without_a_leaving_date_the_file_counts_as_late() -> None:
    row = urgent(leaver(left_on=None)).row(0, named=True)
    assert (row["task"], row["due_on"], row["is_late"]) == (ASK_ABOUT_FILE, None, True)


@pytest.mark.parametrize(
    ("state", "task"),
    [
        (None, ASK_ABOUT_FILE),
        ("to-send", SEND_FILE),
        ("sent", GET_RECEIPT),
        ("none", None),
        ("received", None),
    ],
)
def test_each_state_of_a_file_has_its_task(state: str | None, task: str | None) -> None:
    people = urgent(leaver(file_state=state, destination="Hill School"))
    assert people["task"].to_list() == [task]
    assert people.select(is_outstanding()).to_series().to_list() == [task is not None]


def test_a_file_that_was_sent_is_never_late_nor_due() -> None:
    row = urgent(leaver(file_state="sent", file_sent_on="2025-01-10", left_on="2025-01-03")).row(
        0, named=True
    )
    assert (row["due_on"], row["is_late"]) == (None, False)


def test_the_most_urgent_comes_first() -> None:
    in_order = [
        leaver(0, file_state="to-send", left_on="2026-02-13"),
        leaver(1, file_state="to-send"),
        leaver(2, left_on="2026-02-13"),
        leaver(3),
        leaver(4, file_state="to-send", left_on="2026-09-04"),
        leaver(5, file_state="sent", file_sent_on="2026-07-20"),
        leaver(6, file_state="sent", file_sent_on="2026-09-02"),
        leaver(7, left_on="2026-09-04"),
        leaver(8, file_state="none"),
        leaver(9, **SETTLED),
    ]
    expected = [person["first_name"] for person in in_order]
    assert urgent(*reversed(in_order))["first_name"].to_list() == expected


@pytest.mark.parametrize(
    ("born", "day", "is_of_age"),
    [
        ("2021-03-31", "2026-03-30", False),
        ("2021-03-31", "2026-03-31", True),
        ("2021-04-01", "2026-08-30", False),
        ("2021-04-01", "2026-08-31", True),
        ("2020-09-01", "2025-12-30", False),
        ("2020-09-01", "2025-12-31", True),
        ("2010-08-31", "2026-06-26", True),  # the last Friday in June
        ("2010-08-31", "2026-06-27", False),
        ("2010-09-01", "2027-06-25", True),
        ("2010-09-01", "2027-06-26", False),
    ],
)
def test_compulsory_school_age_begins_and_ends_on_the_days_in_the_law(
    born: str,
    day: str,
    is_of_age: bool,  # noqa: FBT001 - a case
) -> None:
    birth = pl.DataFrame({"born": [date.fromisoformat(born)]})
    judged = birth.select(is_of_compulsory_school_age(pl.col("born"), date.fromisoformat(day)))
    assert judged.to_series().to_list() == [is_of_age]


@pytest.mark.parametrize(
    ("state", "needed"),
    [
        ({}, True),
        ({"destination": "Hill School"}, False),
        ({"date_of_birth": None}, True),
        ({"date_of_birth": "2009-05-06"}, False),
    ],
)
def test_a_child_of_school_age_needs_a_destination(state: dict[str, str | None], needed: bool) -> None:  # noqa: FBT001 - a case
    assert urgent(leaver() | state)["needs_destination"].to_list() == [needed]


def test_nobody_has_nothing_to_be_done() -> None:
    assert by_urgency(stored(STUDENTS), DAY).height == 0
