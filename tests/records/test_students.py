import polars as pl
import pytest

from backdrop_tui.records.fields.other_identifiers import ADMISSION_NUMBER
from backdrop_tui.records.fields.registration_group import REGISTRATION_GROUP
from backdrop_tui.records.students import STUDENTS
from tests.support.cells import cell, checked, rows_with

AMIRA = {
    "first_name": "Amira",
    "surname": "Khan",
    "date_of_birth": "14/03/2012",
    "year_group": "10",
    "upn": "",
}
STORED_AMIRA: dict[str, str | None] = {**AMIRA, "date_of_birth": "2012-03-14", "upn": "H801200001001"}


def test_the_example_of_a_student_has_no_problem() -> None:
    result = checked(STUDENTS, [{}])
    assert result.problems.rows() == []
    stored = {
        "first_name": "Amira", "surname": "O'Neill", "date_of_birth": "2012-03-14", "gender": "F", "year_group": "10",
        "registration_group": "10B", "upn": "H801200001001", "admission_number": None,
    }  # fmt: skip
    assert result.people.row(0, named=True).items() >= stored.items()


@pytest.mark.parametrize("text", ["7A", "Miss Smith's class", "9-1", "Ωmega", "x" * 30])
def test_a_registration_group_is_free_text(text: str) -> None:
    assert cell(REGISTRATION_GROUP, text).stored == text
    assert not cell(REGISTRATION_GROUP, text).problems


@pytest.mark.parametrize(("text", "code"), [("", "required"), ("none", "required"), ("x" * 31, "too-long")])
def test_a_registration_group_is_needed_and_has_room_for_30_characters(text: str, code: str) -> None:
    assert cell(REGISTRATION_GROUP, text).errors == [code]


UPN, OTHER = "H801200001001", "R201100018042"


def test_every_row_that_shares_a_upn_is_named() -> None:
    upns = [UPN, OTHER, UPN.lower(), "", "", f" {UPN}"]
    result = checked(STUDENTS, [{"upn": upn, "surname": f"Khan{'abcdef'[n]}"} for n, upn in enumerate(upns)])
    assert rows_with(result, "upn-duplicate") == [2, 4, 7]
    problems = result.problems.filter(pl.col("code") == "upn-duplicate")
    assert set(problems["level"]) == {"error"}
    assert problems["message"][0] == f"UPN {UPN} appears in rows 2, 4 and 7. Check which one is right."
    assert problems["value"].to_list() == [UPN, UPN.lower(), UPN]


def test_a_long_list_of_rows_is_cut_short() -> None:
    result = checked(STUDENTS, [{"surname": f"K{'abcdefgh'[n]}"} for n in range(8)])
    assert (
        "2, 3, 4, 5, 6 and 3 more." in result.problems.filter(pl.col("code") == "upn-duplicate")["message"][0]
    )


@pytest.mark.parametrize("text", ["004217", "0", "A/17", "x" * 20])
def test_an_admission_number_is_stored_unchanged(text: str) -> None:
    assert cell(ADMISSION_NUMBER, text).stored == text
    assert not cell(ADMISSION_NUMBER, text).problems


@pytest.mark.parametrize("text", ["", "n/a", "-", None])
def test_an_admission_number_can_be_blank(text: str | None) -> None:
    assert cell(ADMISSION_NUMBER, text).stored is None
    assert not cell(ADMISSION_NUMBER, text).problems


def test_an_admission_number_has_room_for_20_characters() -> None:
    assert cell(ADMISSION_NUMBER, "x" * 21).errors == ["too-long"]


def test_every_row_that_shares_an_admission_number_is_named() -> None:
    numbers = ["004217", "4217", "004217", "", "", "004218"]
    rows = [
        {"admission_number": number, "upn": "", "surname": f"Khan{'abcdef'[n]}"}
        for n, number in enumerate(numbers)
    ]
    result = checked(STUDENTS, rows)
    assert rows_with(result, "admission-duplicate") == [2, 4]
    assert result.problems.select("level", "field", "value").unique().rows() == [
        ("error", "admission_number", "004217")
    ]
    assert result.problems["message"][0] == (
        "Admission Number 004217 appears in rows 2 and 4. Check which one is right."
    )


def test_wrong_upns_are_no_duplicates_of_each_other() -> None:
    result = checked(STUDENTS, [{"upn": "A801200005001"}, {"upn": "A801200005001", "surname": "Khan"}])
    assert result.problems.filter(pl.col("level") == "error")["code"].to_list() == ["upn-check-letter"] * 2


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({}, [2, 4]),
        ({"first_name": "AMIRA", "surname": "khan"}, [2, 4]),
        ({"date_of_birth": "14 Mar 2012"}, [2, 4]),
        ({"first_name": " Amira\u00a0"}, [2, 4]),
        ({"first_name": "Khan", "surname": "Amira"}, []),
        ({"first_name": "Zoe"}, []),
        ({"surname": "Oak"}, []),
        ({"date_of_birth": "15/03/2012"}, []),
        ({"date_of_birth": ""}, []),
        ({"surname": ""}, []),
    ],
)
def test_the_same_name_and_date_of_birth_twice_is_a_warning(change: dict[str, str], same: list[int]) -> None:
    result = checked(STUDENTS, [AMIRA, AMIRA | {"surname": "Elm"}, AMIRA | change])
    assert rows_with(result, "duplicate-person") == same


def test_two_rows_with_the_same_blanks_are_not_the_same_person() -> None:
    rows = [AMIRA | {"surname": "", "date_of_birth": ""}] * 2
    assert rows_with(checked(STUDENTS, rows), "duplicate-person") == []


def test_a_duplicate_person_is_a_problem_of_the_row() -> None:
    result = checked(STUDENTS, [AMIRA, AMIRA]).problems
    assert result.select("row", "field", "value", "level", "suggestion").rows() == [
        (2, None, None, "warning", None),
        (3, None, None, "warning", None),
    ]
    assert (
        result["message"][0]
        == "Rows 2 and 3 have the same name and date of birth. Check whether they are the same student."
    )
