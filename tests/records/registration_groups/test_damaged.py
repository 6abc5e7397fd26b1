import pytest

from backdrop_tui.records.students import STUDENTS
from tests.records.registration_groups.test_variants import in_groups
from tests.support.cells import checked


def suggestions(
    *written: str, years: tuple[str, ...] = (), stored: tuple[tuple[str, str], ...] = ()
) -> dict[int, str | None]:
    """The suggestions for damaged groups by row. None is sure.

    Args:
        written: The groups of rows 2, 3, …
        years: Their year groups; Year 10 unless given.
        stored: Pairs of a group and a year group that people stored have.
    """
    rows = [row | {"year_group": year} for row, year in zip(in_groups(*written), years or ["10"] * len(written), strict=True)]  # fmt: skip
    people: list[dict[str, str | None]] = [{"registration_group": group, "year_group": year} for group, year in stored]  # fmt: skip
    problems = checked(STUDENTS, rows, people).problems.filter(code="group-damaged")
    assert set(problems["level"]) <= {"warning"}
    assert not problems["sure"].any()
    return dict(problems.select("row", "suggestion").iter_rows())


@pytest.mark.parametrize(
    ("original", "damaged"),
    [
        ("1E1", "1.00E+01"), ("1E1", "1E+01"), ("1e1", "1.00E+01"), ("2-1", "02-Jan"), ("2/1", "02-Jan"), ("1-2", "02-Jan"),
        ("2-1", "Jan-02"), ("2-1", "44198"), ("2-1", "02/01/2026"), ("2-1", "2026-01-02"), ("7MAR", "07-Mar"), ("MAR7", "07-Mar"),
        ("7-MAR", "07-Mar"), ("10-10", "10-Oct"), ("9-10", "Sep-10"), ("02-01", "02-Jan"),
    ],
)  # fmt: skip
def test_a_damaged_group_suggests_the_group_of_other_rows_that_it_may_have_been(
    original: str, damaged: str
) -> None:
    assert suggestions(original, damaged) == {3: original}


def test_a_damaged_group_suggests_a_group_that_people_stored_have() -> None:
    assert suggestions("02-Jan", stored=(("2-1", "10"),)) == {2: "2-1"}


def test_a_damaged_group_suggests_nothing_that_nobody_has() -> None:
    assert suggestions("02-Jan", "1.00E+01", "44197", "10A", stored=(("10B", "10"),)) == {
        2: None,
        3: None,
        4: None,
    }


def test_the_year_group_decides_between_two_groups() -> None:
    written = ("2-1", "1-2", "02-Jan", "02-Jan")
    assert suggestions(*written, years=("2", "1", "2", "1")) == {4: "2-1", 5: "1-2"}


def test_two_groups_of_one_year_group_are_no_suggestion() -> None:
    assert suggestions("2-1", "1-2", "02-Jan") == {4: None}
    assert suggestions("2-1", "2/1", "02-Jan") == {4: None}


def test_a_group_of_another_year_group_is_no_suggestion() -> None:
    assert suggestions("2-1", "02-Jan", years=("2", "1")) == {3: None}
    assert suggestions("02-Jan", years=("1",), stored=(("2-1", "2"),)) == {2: None}


def test_a_group_fits_if_its_year_group_or_the_rows_is_not_known() -> None:
    assert suggestions("2-1", "02-Jan", years=("X", "1")) == {3: "2-1"}
    assert suggestions("2-1", "02-Jan", years=("2", "")) == {3: "2-1"}


def test_a_damaged_group_is_no_suggestion_for_another() -> None:
    assert suggestions("02-Jan", "44198", "02/01/2026") == {2: None, 3: None, 4: None}


def test_the_most_frequent_spelling_of_the_group_is_suggested() -> None:
    assert suggestions("7MAR", "7Mar", "7Mar", "07-Mar") == {5: "7Mar"}


def test_five_digit_numbers_are_names_where_some_stand_for_no_recent_day() -> None:
    assert suggestions("44197", "44198", "99120") == {}
    assert suggestions("44197", "44198") == {2: None, 3: None}


@pytest.mark.parametrize("group", ["7", "71", "701", "1-1A", "11A", "7-MAR", "10/1"])
def test_short_numbers_and_ordinary_groups_are_not_damaged(group: str) -> None:
    assert suggestions(group, group) == {}


def test_the_message_says_what_a_spreadsheet_does() -> None:
    problems = checked(STUDENTS, in_groups("02-Jan", "1.00E+01")).problems.filter(code="group-damaged")
    assert problems["message"].to_list() == [
        "“02-Jan” looks like a group that a spreadsheet has turned into a date, as it does with 2-1. Check what it should be.",
        "“1.00E+01” looks like a group that a spreadsheet has turned into a number, as it does with 1E1. Check what it should be.",
    ]
