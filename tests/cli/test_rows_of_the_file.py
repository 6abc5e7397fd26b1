"""Rows that are repeated, that are about people who aren't current, or that are filled in only once for each block."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from backdrop_tui.school.school import School
from tests.cli import Ran, Run
from tests.support.made_up import STUDENTS, student, table

pytestmark = pytest.mark.usefixtures("signed_up")


def check(backdrop: Run, *rows: Mapping[str, str], options: tuple[str, ...] = ()) -> Ran:
    Path("pupils.csv").write_bytes(table(rows))
    return backdrop("check", "pupils.csv", "--format", "json", *options)


def finding(result: dict[str, Any], code: str) -> dict[str, Any] | None:
    """The finding with a code; None if there is none."""
    return next((finding for finding in result["findings"] if finding["code"] == code), None)


def contact(number: int, name: str) -> dict[str, str]:
    """A student's row in a report with one row for each contact."""
    return {**student(number), "Contact Name": name}


def test_a_child_with_several_contacts_is_taken_once(backdrop: Run, school: School) -> None:
    rows = [contact(0, "Ann"), contact(1, "Bo"), contact(0, "Cy"), contact(0, "Di")]
    result = check(backdrop, *rows).json
    assert result["rows"] == 4
    assert result["counts"] == {"ready": 2, "errors": 0, "warnings": 0, "repeated": 2, "left_out": 0}
    repeats = finding(result, "rows-repeated")
    assert repeats is not None
    assert (repeats["level"], repeats["row_numbers"], repeats["remedy"]) == ("note", [4, 5], False)
    imported = backdrop("import", "pupils.csv", "--format", "json").json
    assert (imported["added"], imported["repeated"], imported["left_out"]) == (2, 2, 0)
    assert school.stored(STUDENTS).height == 2


def test_repeated_lines_that_are_not_people_are_not_counted_as_people(backdrop: Run) -> None:
    total = dict.fromkeys(contact(0, "Ann"), "") | {"First Name": "Total: 2"}
    rows = [contact(0, "Ann"), contact(0, "Cy"), total, contact(1, "Bo"), total]
    for options in ((), ("--apply", "not-people")):
        repeats = finding(check(backdrop, *rows, options=options).json, "rows-repeated")
        assert repeats is not None
        assert repeats["row_numbers"] == [3]


def test_a_repeated_row_with_an_error_is_one_row_to_fix(backdrop: Run) -> None:
    wrong = student(0, date_of_birth="31/02/2014")
    result = check(backdrop, {**wrong, "Contact Name": "Ann"}, {**wrong, "Contact Name": "Bo"}).json
    assert [problem["row"] for problem in result["problems"]] == [2]
    assert result["counts"]["errors"] == result["counts"]["repeated"] == 1


def test_rows_that_differ_in_a_matched_column_are_not_repeats(backdrop: Run) -> None:
    result = check(backdrop, student(0), student(0, year_group="8")).json
    assert result["counts"]["repeated"] == 0


def test_a_line_on_each_page_of_a_report_is_no_repeated_person(backdrop: Run) -> None:
    rows = [
        "Name,DOB,Year,Form",
        "Ada Okoro,14/03/2014,7,7A",
        "Number of pupils : 1",
        "Dee Jones,24/04/2014,7,7A",
    ]
    Path("pupils.csv").write_text("\n".join([*rows, "Number of pupils : 1", ""]))
    result = backdrop("check", "pupils.csv", "--format", "json").json
    assert result["counts"] == {"ready": 2, "errors": 2, "warnings": 0, "repeated": 0, "left_out": 0}
    assert {problem["code"] for problem in result["problems"]} == {"not-a-person"}


def test_a_repeated_row_with_a_wrong_number_of_cells_is_counted_once(backdrop: Run) -> None:
    people = [*["Ada,Okoro,14/03/2014,7,7A,x,y"] * 3, "Dee,Jones,24/04/2014,7,7A"]
    Path("pupils.csv").write_text("\n".join(["First Name,Surname,DOB,Year,Form", *people, ""]))
    counts = backdrop("check", "pupils.csv", "--format", "json").json["counts"]
    assert (counts["ready"], counts["errors"], counts["repeated"]) == (1, 1, 2)


def test_repeats_are_found_without_upns_and_across_files(backdrop: Run) -> None:
    for name in ("a.csv", "b.csv"):
        Path(name).write_bytes(table([student(0, upn=""), student(len(name), upn="")]))
    result = backdrop("check", "a.csv", "b.csv", "--format", "json").json
    assert result["counts"]["repeated"] == 2
    assert result["findings"][0]["row_numbers"] == ["b.csv:2", "b.csv:3"]


def test_people_whose_status_says_that_they_have_left_can_be_left_out(backdrop: Run) -> None:
    words = ["Current", "Leaver", "Current", "Guest", "Leaver"]
    rows = [{**student(n), "Enrolment Status": word} for n, word in enumerate(words)]
    result = check(backdrop, *rows).json
    status = finding(result, "status-column")
    assert status is not None
    assert status["row_numbers"] == [3, 5, 6]
    assert "Leaver in 2 rows and Guest in 1 row" in status["message"]
    result = check(backdrop, *rows, options=("--apply", "status-column")).json
    assert (result["counts"]["ready"], result["counts"]["left_out"], result["findings"]) == (2, 3, [])


@pytest.mark.parametrize("heading", ["House", "Marital Status"])
def test_other_columns_with_such_words_say_nothing(backdrop: Run, heading: str) -> None:
    rows = [{**student(n), heading: word} for n, word in enumerate(["Current", "Leaver", "Guest"])]
    assert finding(check(backdrop, *rows).json, "status-column") is None


def blocks(*years: str) -> list[dict[str, str]]:
    """Students of Year 7 and Year 8, with these texts in their year groups and forms."""
    return [
        student(n * 5 if n < 3 else n * 5 + 1, year_group=year, registration_group=year and f"{year}A")
        for n, year in enumerate(years)
    ]


def test_cells_that_were_merged_can_be_filled_down(backdrop: Run) -> None:
    rows = blocks("7", "", "", "8", "", "")
    blanks = finding(check(backdrop, *rows).json, "blanks-below")
    assert blanks is not None
    assert blanks["row_numbers"] == [3, 4, 6, 7]
    assert blanks["message"].startswith(
        "Year Group and Registration Group are filled in only in the first row"
    )
    result = check(backdrop, *rows, options=("--apply", "blanks-below")).json
    assert (result["counts"]["ready"], result["problems"]) == (6, [])


def test_a_year_group_that_is_the_same_in_every_block_is_filled_down_with_its_form(backdrop: Run) -> None:
    rows = [student(0), *(student(n, year_group="", registration_group="") for n in (5, 10))]
    rows += [student(15, registration_group="7B"), student(20, year_group="", registration_group="")]
    result = check(backdrop, *rows, options=("--apply", "blanks-below")).json
    assert (result["counts"]["ready"], result["problems"]) == (5, [])


@pytest.mark.parametrize(
    "years",
    [
        ("", "7", "", "", "8", ""),
        ("7", "7", "", "", "8", ""),
        ("7", "7", "7", "8", "8", ""),
        ("7", "", "7", "", "8", ""),
    ],
)
def test_blanks_that_are_only_missing_are_never_filled_down(backdrop: Run, years: tuple[str, ...]) -> None:
    assert finding(check(backdrop, *blocks(*years)).json, "blanks-below") is None
