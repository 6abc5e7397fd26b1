"""Files in which the registration group or the year group is only in headings above the rows."""

from pathlib import Path
from typing import Any

import pytest

from backdrop_tui.school.school import School
from tests.cli import Run
from tests.support.exports import written
from tests.support.made_up import STAFF, STUDENTS

pytestmark = pytest.mark.usefixtures("signed_up")

HEADINGS = ["Surname", "Forename", "DOB", "Gender"]
PEOPLE = [
    ["Okoro", "Ada", "14/03/2014", "F"], ["Khan", "Bilal", "02/10/2013", "M"], ["Price", "Carys", "03/01/2014", "F"],
    ["Jones", "Dee", "24/04/2014", "F"], ["Nowak", "Ewa", "17/05/2014", "F"], ["Pope", "Finlay", "28/06/2014", "M"],
]  # fmt: skip
YEAR = ("--set", "Year Group=7")


def check(backdrop: Run, lines: list[list[str]], *options: str) -> dict[str, Any]:
    Path("p.csv").write_text(written(lines))
    result: dict[str, Any] = backdrop("check", "p.csv", "--format", "json", *options).json
    return result


def between(*headings: str, width: int = 4) -> list[list[str]]:
    """Two people below each heading, with the row of headings on top."""
    lines = [HEADINGS]
    for n, heading in enumerate(headings):
        lines += [[*heading.split("|"), *[""] * width][:width], *PEOPLE[2 * n : 2 * n + 2]]
    return lines


def groups(school: School, key: str = "registration_group") -> list[str]:
    """What the people stored have in a field, in the order of their surnames."""
    people = school.stored(STUDENTS).sort("surname")
    return people[key].to_list()


@pytest.mark.parametrize(
    "headings",
    [
        ("Registration Group: 7A", "Registration Group: 7B", "Registration Group: 7C"),
        ("Form:|7A", "Form:|7B", "Form:|7C"),
        ("Class 7A – Mrs Smith", "Class 7B – Mr Lee", "Class 7C – Miss Day"),
        ("7A", "7B", "7C"),
        ("|||Tutor Group: 7A", "|||Tutor Group: 7B", "|||Tutor Group: 7C"),
    ],
)
def test_the_rows_below_each_heading_get_its_value(
    backdrop: Run, school: School, headings: tuple[str, ...]
) -> None:
    checked = check(backdrop, between(*headings), *YEAR)
    by_code = {finding["code"]: finding for finding in checked["findings"]}
    assert by_code["section-headings"]["row_numbers"] == [3, 4, 6, 7, 9, 10]
    assert by_code["section-headings"]["message"].startswith("Registration Group is missing beside 6 people")
    assert by_code["not-people"]["row_numbers"] == [2, 5, 8]
    ran = backdrop("import", "p.csv", *YEAR, "--apply", "section-headings", "--apply", "not-people")
    assert ran.status == 0
    assert groups(school) == ["7B", "7A", "7C", "7A", "7C", "7B"]


def test_the_answers_can_come_in_any_order(backdrop: Run, school: School) -> None:
    check(backdrop, between("Form: 7A", "Form: 7B"), *YEAR)
    assert (
        backdrop("import", "p.csv", *YEAR, "--apply", "not-people", "--apply", "section-headings").status == 0
    )
    assert groups(school) == ["7B", "7A", "7A", "7B"]


def test_only_blank_cells_are_filled_in(backdrop: Run) -> None:
    lines = [
        [*line, form]
        for line, form in zip(
            between("Form: 7A", "Form: 7B"), ["Form", "", "", "7C", "", "n/a", "7B"], strict=True
        )
    ]
    finding = next(f for f in check(backdrop, lines, *YEAR)["findings"] if f["code"] == "section-headings")
    assert finding["row_numbers"] == [3, 6]


def test_a_new_year_group_ends_the_form_above_it(backdrop: Run) -> None:
    lines = between("Year 7", "Year 8")
    lines[2:2] = [["Form 7A", "", "", ""]]
    checked = check(backdrop, lines, "--apply", "section-headings", "--apply", "not-people")
    missing = [
        (problem["row"], problem["field"]) for problem in checked["problems"] if problem["code"] == "required"
    ]
    assert missing == [(7, "Registration Group"), (8, "Registration Group")]


def test_the_year_group_above_a_page_again_ends_nothing(backdrop: Run) -> None:
    lines = between("Year 7", "Year 7")
    lines[2:2] = [["Form 7A", "", "", ""]]
    checked = check(backdrop, lines, "--apply", "section-headings", "--apply", "not-people")
    assert checked["counts"]["ready"] == 4


@pytest.mark.parametrize("line", ["Oak", "Form: ", "Tutor group unknown", "Nurture"])
def test_a_line_that_cannot_be_read_ends_the_section_above_it(backdrop: Run, line: str) -> None:
    checked = check(backdrop, between("Form: 7A", line), *YEAR)
    finding = next(f for f in checked["findings"] if f["code"] == "section-headings")
    assert finding["row_numbers"] == [3, 4]


@pytest.mark.parametrize("line", ["Total: 2", "Page 1 of 2", "Printed on 26/11/2026", "House: Drake", "2"])
def test_other_lines_of_a_report_end_nothing(backdrop: Run, line: str) -> None:
    checked = check(backdrop, between("Form: 7A", line), *YEAR)
    finding = next(f for f in checked["findings"] if f["code"] == "section-headings")
    assert finding["row_numbers"] == [3, 4, 6, 7]


def test_the_first_heading_may_be_above_the_row_of_headings(backdrop: Run, school: School) -> None:
    lines = [
        ["Form: 7A", "", "", ""],
        HEADINGS,
        *PEOPLE[:2],
        ["Form: 7B", "", "", ""],
        HEADINGS,
        *PEOPLE[2:4],
    ]
    Path("p.csv").write_text(written(lines))
    assert (
        backdrop("import", "p.csv", *YEAR, "--apply", "section-headings", "--apply", "not-people").status == 0
    )
    assert groups(school) == ["7B", "7A", "7A", "7B"]


def test_the_row_above_the_headings_is_no_second_row_of_headings(backdrop: Run) -> None:
    lines = []
    for n, form in enumerate(("7A", "7B")):
        lines += [[f"Registration Group : {form}", "", "", "Registration Tutor : Mr Lee"], HEADINGS]
        lines += [*PEOPLE[2 * n : 2 * n + 2], ["Number of pupils : 2", "", "", ""]]
    checked = check(backdrop, lines, *YEAR, "--apply", "section-headings", "--apply", "not-people")
    assert checked["counts"]["ready"] == 4
    assert [column["field"] for column in checked["columns"]] == [
        "Surname",
        "First Name",
        "Date of Birth",
        "Gender",
    ]


def test_each_of_several_files_has_its_own_heading(backdrop: Run, school: School) -> None:
    for n, form in enumerate(("7A", "7B", "")):
        title = [[f"Form: {form}", "", "", ""]] if form else []
        Path(f"{n}.csv").write_text(written([*title, HEADINGS, *PEOPLE[2 * n : 2 * n + 2]]))
    ran = backdrop(
        "import",
        "0.csv",
        "1.csv",
        "2.csv",
        *YEAR,
        "--apply",
        "section-headings",
        "--skip-errors",
        "--format",
        "json",
    )
    assert (ran.json["added"], ran.json["left_out"]) == (4, 2)
    assert groups(school) == ["7B", "7A", "7A", "7B"]


def test_a_value_alone_in_its_own_column_is_a_heading_too(backdrop: Run, school: School) -> None:
    lines = [["Class", *HEADINGS]]
    for n, name in enumerate(("Oak", "Elm")):
        lines += [[name, "", "", "", ""], *(["", *person] for person in PEOPLE[2 * n : 2 * n + 2])]
    check(backdrop, lines, *YEAR)
    assert (
        backdrop("import", "p.csv", *YEAR, "--apply", "section-headings", "--apply", "not-people").status == 0
    )
    assert groups(school) == ["Elm", "Oak", "Oak", "Elm"]


def test_a_year_group_alone_in_its_own_column_may_be_a_number_but_a_class_may_not(backdrop: Run) -> None:
    for heading, form in (("Year", "7A"), ("Class", "")):
        lines = [[heading, "Form", *HEADINGS], ["7", "", "", "", "", ""]]
        lines += [["", form, *person] for person in PEOPLE[:2]]
        result = check(backdrop, lines, *(() if heading == "Year" else ("--map", "Form=not used", *YEAR)))
        codes = [finding["code"] for finding in result["findings"]]
        assert ("section-headings" in codes) == (heading == "Year")


def test_a_list_of_names_alone_may_have_headings(backdrop: Run) -> None:
    dates = {"Ada Okoro": "14/03/2018", "Bilal Khan": "02/10/2017", "Dee Jones": "24/04/2018"}
    names = ["Class 3B", "Ada Okoro", "Bilal Khan", "Class 4A", "Dee Jones"]
    ran = check(backdrop, [["Name", "DOB"], *([name, dates.get(name, "")] for name in names)], *YEAR)
    finding = next(f for f in ran["findings"] if f["code"] == "section-headings")
    assert finding["row_numbers"] == [3, 4, 6]


def filled_rows(result: dict[str, Any]) -> list[int]:
    """The rows that a heading gives something to; none without the finding."""
    findings = [finding for finding in result["findings"] if finding["code"] == "section-headings"]
    return findings[0]["row_numbers"] if findings else []


def test_a_line_below_a_heading_counts_for_the_form_but_not_for_the_year(backdrop: Run) -> None:
    form_only = [HEADINGS, ["Form: 7A", "", "", ""], ["Unclassified", "", "", ""], *PEOPLE[:2]]
    assert filled_rows(check(backdrop, form_only, *YEAR)) == []
    both = between("Year 7", "Year 8")
    both[2:2] = [["Oak", "", "", ""]]
    both[6:6] = [["Class 8A", "", "", ""]]
    result = check(backdrop, both, "--apply", "section-headings", "--apply", "not-people")
    missing = [(p["row"], p["field"]) for p in result["problems"] if p["code"] == "required"]
    assert [(row, field) for row, field in missing if row in {4, 5}] == [
        (4, "Registration Group"),
        (5, "Registration Group"),
    ]


def test_the_name_of_a_teacher_below_a_heading_ends_nothing(backdrop: Run) -> None:
    lines = [HEADINGS, ["Form: 7A", "", "", ""], ["Mrs Smith", "", "", ""], *PEOPLE[:2]]
    assert filled_rows(check(backdrop, lines, *YEAR))[-2:] == [4, 5]


def test_a_line_that_cannot_be_read_ends_a_section_in_a_list_of_two_columns_too(backdrop: Run) -> None:
    lines = [["Name", "DOB"], ["Year 1 - Oak Class", ""], ["Ada Okoro", "14/03/2020"], ["Year 1/2 (Elm)", ""]]
    ran = check(backdrop, [*lines, ["Dee Jones", "24/04/2020"]])
    finding = next(f for f in ran["findings"] if f["code"] == "section-headings")
    assert finding["row_numbers"] == [3]


def test_a_value_for_every_row_is_not_overwritten(backdrop: Run) -> None:
    checked = check(backdrop, between("Form: 7A", "Form: 7B"), *YEAR, "--set", "Registration Group=7C")
    assert [finding["code"] for finding in checked["findings"]] == ["not-people"]


def test_staff_get_their_job_role_from_a_heading_but_no_department(backdrop: Run, school: School) -> None:
    lines = [["Name", "Email", "User Group"], ["Department: Maths", "", ""], ["Job Title: Teacher", "", ""]]
    lines += [
        ["Jane Smith", "j.smith@example.com", "Teachers"],
        ["Job Title: Cook", "", ""],
        ["Pat Jones", "", "Admin Team"],
    ]
    check(backdrop, lines, "--kind", "staff")
    ran = backdrop(
        "import", "p.csv", "--kind", "staff", "--apply", "section-headings", "--apply", "not-people"
    )
    assert ran.status == 0
    assert school.stored(STAFF).sort("surname")["job_role"].to_list() == ["Cook", "Teacher"]


def test_check_says_where_the_values_are(backdrop: Run) -> None:
    Path("p.csv").write_text(written(between("Form: 7A", "Form: 7B")))
    text = backdrop("check", "p.csv", *YEAR).out
    assert "No column for Registration Group: given in headings above the rows." in text
