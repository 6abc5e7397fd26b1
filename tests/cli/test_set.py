"""`--set`: the same value in every row, or one that is worked out, in fields that the file has no column for."""

from pathlib import Path

import pytest

from backdrop_tui.school.school import School
from tests.cli import Run
from tests.support.made_up import upn

CLASS = f"Forename,Surname,DOB,Gender,UPN\nAda,Okoro,14/03/2012,F,{upn(1)}\nBilal,Khan,02/09/2012,M,\n"
STAFF = (
    "First Name,Last Name,Email Address,Job Role\nJane,Smith,j@school.org,Teacher\nPat,Jones,p@school.org,SLT\n"
    "Lee,Fox,l@school.org,Midday Supervisor\n"
)
SET = ("--set", "Year Group=8", "--set", "Registration Group=8B")


@pytest.fixture(autouse=True)
def files() -> None:
    Path("class.csv").write_text(CLASS)
    Path("staff.csv").write_text(STAFF)


def test_every_row_gets_the_same_value(backdrop: Run) -> None:
    ran = backdrop("check", "class.csv", *SET)
    assert ran.status == 0
    assert "No column for Year Group: 8 in every row." in ran.out
    assert "2 ready" in ran.out


def test_a_needed_field_without_column_or_value_ends_with_2_and_says_how_to_set_it(backdrop: Run) -> None:
    ran = backdrop("check", "class.csv")
    assert (ran.status, ran.out) == (2, "")
    assert "No column goes to Registration Group, which every student needs." in ran.error_line
    for option in ("Year Group=10", "Year Group=by-age", "Registration Group=10B"):
        assert f'--set "{option}"' in ran.error_line


@pytest.mark.usefixtures("signed_up")
def test_a_year_group_is_worked_out_from_the_date_of_birth(backdrop: Run, school: School) -> None:
    ran = backdrop("import", "class.csv", "--set", "year group=by-age", "--set", "Registration Group=8B")
    assert ran.status == 0
    assert "No column for Year Group: worked out from the date of birth." in ran.out
    assert school.store.people("students").frame()["year_group"].to_list() == ["9", "8"]


def test_a_year_group_follows_the_academic_year_that_is_asked_for(backdrop: Run) -> None:
    options = ("--set", "Year Group=by-age", "--set", "Registration Group=8B", "--academic-year", "2023")
    Path("class.csv").write_text(CLASS.replace("02/09/2012", "02/09/2023"))
    ran = backdrop("check", "class.csv", *options, "--format", "json")
    assert {(p["row"], p["code"]) for p in ran.json["problems"]} >= {(3, "required")}


def test_a_year_group_that_was_worked_out_says_nothing_about_the_dates(backdrop: Run) -> None:
    dates = ["03/14/2012", "04/15/2012", "05/16/2012", *(f"09/{day:02}/2012" for day in range(1, 9))]
    rows = [f"{'ABCDEFGHIJKL'[n]}nn,Lee,{date},F," for n, date in enumerate(dates)]
    Path("class.csv").write_text("\n".join(["Forename,Surname,DOB,Gender,UPN", *rows, ""]))
    ran = backdrop("check", "class.csv", "--set", "Year Group=by-age", *SET[2:], "--format", "json")
    assert [finding["code"] for finding in ran.json["findings"]] == ["dates-month-first"]


def test_staff_without_a_column_of_user_groups_are_asked_row_by_row(backdrop: Run) -> None:
    ran = backdrop("check", "--kind", "staff", "staff.csv", "--format", "json")
    assert ran.status == 1
    assert [(p["row"], p["code"], p["suggestion"], p["sure"]) for p in ran.json["problems"]] == [
        (2, "required", "Teachers", False),
        (3, "required", "SLTs", False),
        (4, "required", None, None),
    ]
    text = backdrop("check", "--kind", "staff", "staff.csv").out
    assert '--set "User Group=by-role": 2 cells' in text


def test_user_groups_can_be_suggested_from_the_job_role_and_the_rest_stays_open(backdrop: Run) -> None:
    ran = backdrop("check", "--kind", "staff", "staff.csv", "--set", "User Group=by-role")
    assert ran.status == 1
    assert "    Teachers: Teacher (1)" in ran.out
    assert "2 ready, 1 with errors." in ran.out


def test_a_value_replaces_a_column(backdrop: Run) -> None:
    Path("class.csv").write_text("Forename,Surname,DOB,Year,Reg\nAda,Okoro,14/03/2012,7,8B\n")
    ran = backdrop("check", "class.csv", "--set", "Year Group=9", "--format", "json")
    assert (ran.status, ran.json["columns"][3]["field"]) == (0, None)


@pytest.mark.usefixtures("signed_up")
def test_what_was_worked_out_is_done_again_but_a_value_is_only_offered(backdrop: Run) -> None:
    assert backdrop("import", "class.csv", "--set", "Year Group=by-age", *SET[2:]).status == 0
    ran = backdrop("check", "class.csv")
    assert ran.status == 2
    assert "Year Group" not in ran.error_line
    assert "Last time it was 8B in every row." in ran.error_line
    assert '--set "Registration Group=8B"' in ran.error_line


@pytest.mark.usefixtures("signed_up")
def test_user_groups_are_never_worked_out_again_without_being_asked(backdrop: Run) -> None:
    options = ("--kind", "staff", "staff.csv")
    assert backdrop("import", *options, "--set", "User Group=by-role", "--skip-errors").status == 0
    assert backdrop("check", *options).status == 1


@pytest.mark.usefixtures("signed_up")
def test_an_errors_file_has_what_every_row_got(backdrop: Run) -> None:
    Path("class.csv").write_text(CLASS + "Cy,,03/01/2012,F,\n")
    options = ("--set", "Year Group=by-age", "--set", "Registration Group=8B", "--skip-errors")
    assert backdrop("import", "class.csv", *options).status == 0
    rest = Path("class_errors.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rest[0] == "Forename,Surname,DOB,Gender,UPN,Year Group,Registration Group,Errors"
    assert rest[1].startswith("Cy,,03/01/2012,F,,9,8B,")
    again = backdrop("check", "class_errors.csv", "--format", "json")
    assert [problem["field"] for problem in again.json["problems"]] == ["Surname"]


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        ("Year Group=77", "“77” is not a year group."),
        ("Year Group=by-role", "“by-role” is not a year group."),
        ("Registration Group=by-age", "Registration Group can't be set to “by-age”."),
        ("UPN=H801200001001", "UPN can't be the same in every row."),
        ("Surname=Lee", "Surname can't be the same in every row."),
        ("Shoe size=9", "“Shoe size” is not a field of students."),
        ("Year Group", "Write --set as “Our Field=VALUE”"),
        ("Year Group=", "Write --set as “Our Field=VALUE”"),
        ("=9", "Write --set as “Our Field=VALUE”"),
    ],
)
def test_a_value_that_cannot_be_is_refused(backdrop: Run, option: str, sentence: str) -> None:
    ran = backdrop("check", "class.csv", "--set", option)
    assert (ran.status, ran.out) == (2, "")
    assert sentence in ran.error_line


def test_a_field_is_either_mapped_or_set(backdrop: Run) -> None:
    ran = backdrop("check", "class.csv", "--map", "Gender=Year Group", "--set", "Year Group=9")
    assert ran.status == 2
    assert "Use either --map or --set for Year Group, not both." in ran.error_line
