import polars as pl
import pytest

from backdrop_tui.records.staff import JOB_ROLE, STAFF
from tests.support.cells import cell, checked, rows_with

JANE = {"first_name": "Jane", "surname": "Smith", "email": "jane@school.org.uk"}


def test_the_example_of_a_member_of_staff_has_no_problem() -> None:
    result = checked(STAFF, [{}])
    assert result.problems.rows() == []
    stored = {
        "first_name": "Amira", "surname": "O'Neill", "job_role": "Class Teacher", "user_group": "Teachers",
        "email": "a.khan@school.org.uk",
    }  # fmt: skip
    assert result.people.row(0, named=True).items() >= stored.items()


@pytest.mark.parametrize(("text", "code"), [("", "required"), ("-", "required"), ("x" * 101, "too-long")])
def test_a_job_role_is_needed_and_has_room_for_100_characters(text: str, code: str) -> None:
    assert cell(JOB_ROLE, text).errors == [code]
    assert not cell(JOB_ROLE, "x" * 100).problems


@pytest.mark.parametrize(
    ("role", "suggestion"),
    [("Headteacher", "SLTs"), ("Class Teacher", "Teachers"), ("HLTA", "TAs"), ("Business Manager", "School Business Manager"),
     ("Receptionist", "Admin Team"), ("Designated Safeguarding Lead", "DSLs"), ("Caretaker", None), ("", None)],
)  # fmt: skip
@pytest.mark.parametrize("blank", ["", "N/A", " "])
def test_a_missing_group_is_an_error_with_a_suggestion_from_the_job_role(
    role: str, suggestion: str | None, blank: str
) -> None:
    result = checked(STAFF, [{"user_group": blank, "job_role": role}]).problems.filter(
        pl.col("field") == "user_group"
    )
    assert result.select("level", "code", "suggestion").rows() == [("error", "required", suggestion)]
    assert result["message"].to_list() == ["User Group is missing. Choose one of the groups, like Teachers."]
    assert result["value"].to_list() == [blank.strip()]


@pytest.mark.parametrize(("text", "code"), [("Teachrs", "group-near"), ("DS\x00Ls", "control-character")])
def test_a_group_that_is_wrong_is_not_missing_too(text: str, code: str) -> None:
    assert checked(STAFF, [{"user_group": text}]).problems["code"].to_list() == [code]


def test_a_job_role_never_puts_anyone_in_the_dsls() -> None:
    result = checked(STAFF, [{"user_group": "", "job_role": "DSL"}])
    assert result.people["user_group"].to_list() == [None]
    assert result.ready.height == 0


def test_every_row_that_shares_an_address_is_named_ignoring_case() -> None:
    emails = ["a@x.uk", "b@x.uk", "A@X.UK", "", "", "a@X.uk "]
    result = checked(
        STAFF, [{"email": email, "surname": f"K{'abcdef'[n]}"} for n, email in enumerate(emails)]
    )
    assert rows_with(result, "email-duplicate") == [2, 4, 7]
    assert set(result.problems["code"]) == {"email-duplicate"}
    assert result.problems["message"][0] == (
        "Email a@x.uk appears in rows 2, 4 and 7. Each member of staff needs their own address."
    )


def test_one_person_in_two_rows_with_two_roles_is_told_what_to_do() -> None:
    rows = [
        JANE | {"job_role": "Teacher"},
        JANE | {"first_name": "JANE", "job_role": "DSL", "user_group": "DSLs"},
    ]
    problems = checked(STAFF, rows).problems
    assert problems["code"].to_list() == ["email-duplicate"] * 2
    assert problems["message"][0] == (
        "Jane Smith appears in rows 2 and 3 with the same e-mail address but another job role or user group. "
        "Keep the row with the user group that they need, and leave out the rest."
    )


def test_two_people_with_one_address_each_need_their_own() -> None:
    problems = checked(STAFF, [JANE, JANE | {"first_name": "Bob"}, JANE]).problems
    assert problems["code"].to_list() == ["email-duplicate"] * 3
    assert all("Each member of staff needs their own address." in message for message in problems["message"])
