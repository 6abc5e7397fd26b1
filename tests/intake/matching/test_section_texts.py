"""What headings between the rows of a report say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backdrop_tui.intake.matching.section_texts import values_in
from backdrop_tui.records.staff import STAFF
from backdrop_tui.records.students import STUDENTS
from tests.support.exports import rows


def students_get(*cells: str) -> tuple[str | None, str | None]:
    """The year group and the registration group that a heading gives; None for one that it says nothing about."""
    values = values_in(STUDENTS, cells)
    return values.get("year_group"), values.get("registration_group")


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Registration Group: 10A", "10A"), ("Reg Group: 7A (28 pupils)", "7A"), ("Form: 7X", "7X"), ("Form = 7X", "7X"),
        ("Class 3B – Mrs Smith", "3B"), ("Class: 3B (Mrs Smith)", "3B"), ("Class 3B - 28 pupils", "3B"), ("Class 3B: 28", "3B"), ("Class 3B (cont.)", "3B"),
        ("CLASS 3B", "3B"), ("Class 4 Oak", "4 Oak"), ("Class 4 Oak 2026-27", "4 Oak"), ("Class: Oak", "Oak"), ("Oak Class", "Oak"), ("Class – Oak", "Oak"),
        ("Class List: 10A", "10A"), ("3B Class List", "3B"), ("Class 3B Register", "3B"), ("Dosbarth: Derwen", "Derwen"),
        ("Registration Group: 10A Tutor: Mrs Smith", "10A"), ("Class: Mrs Smith", "Mrs Smith"), ("Form 7B / Mr Jones", "7B"),
        ("10A", "10A"), ("Form: 7A - Science", "7A - Science"), ("Tutor Group 9.2", "9.2"),
    ],
)  # fmt: skip
def test_a_heading_gives_a_registration_group(text: str, group: str) -> None:
    assert students_get(text) == (None, group)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Year 7", "7"), ("Year Group: 10", "10"), ("Year Group 10", "10"), ("Yr 7", "7"), ("Blwyddyn 7", "7"), ("Reception", "Reception"),
        ("Reception Class", "Reception"), ("N2", "N2"), ("Year 10 (2026/27)", "10"), ("Year 7 Pupils", "7"), ("Year 7: 210", "7"),
    ],
)  # fmt: skip
def test_a_heading_gives_a_year_group(text: str, year: str) -> None:
    assert students_get(text) == (year, None)


@pytest.mark.parametrize(
    "cells",
    [
        ["Year 7, Class 7A"], ["Year 7 - 7A"], ["Year 7 / Form 7A"], ["Year 7 Form 7A (Miss Hill)"], ["Year Group: 7 Reg Group: 7A"],
        ["Year Group:", "7", "Reg Group:", "7A"], ["Year", "7", "Form", "7A"], ["Year 7", "7A", "28"], ["Year 7", "Form 7A", "Room 5"],
    ],
)  # fmt: skip
def test_a_heading_may_give_both(cells: list[str]) -> None:
    assert students_get(*cells) == ("7", "7A")


@pytest.mark.parametrize(
    "text",
    [
        "Year: 2026/27",
        "Year 3B",
        "Year 1/2",
        "Year Groups: 7, 8, 9",
        "Class:",
        "Reg: (none)",
        "Registration Group: Unknown",
        "Form: " + 31 * "x",
    ],
)
def test_a_label_without_a_usable_value_says_that_it_is_unknown(text: str) -> None:
    assert "" in students_get(text)


@pytest.mark.parametrize(
    "cells",
    [
        ["Reg Post"], ["Class Teacher: Mrs Smith"], ["Class Teacher Mrs Smith"], ["Class total 28"], ["House: Drake"], ["7"],
        ["Set 2"], ["Tutor: Mr Lee"], ["Filters: Year 10, on roll"], ["Smith, John"], ["Ada Okoro"], ["30 pupils"], ["Page 1 of 3"],
        ["10A", "Okoro"], ["Mrs Smith", "Year 7"], ["Year 7", "Ada Okoro"], ["R"], [],
    ],
)  # fmt: skip
def test_other_lines_give_nothing(cells: list[str]) -> None:
    assert students_get(*cells) == (None, None)


@pytest.mark.parametrize("text", ["Job Title: Teacher", "Role: Teacher", "Post - Teacher"])
def test_staff_may_be_grouped_by_their_job_role(text: str) -> None:
    assert values_in(STAFF, [text]) == {"job_role": "Teacher"}


@pytest.mark.parametrize(
    "text",
    ["Department: Maths", "User Group: DSLs", "DSLs", "Teachers", "Maths", "Class Teacher", "Form: 7A"],
)
def test_nothing_else_about_staff_is_taken_from_a_heading(text: str) -> None:
    assert not values_in(STAFF, [text])


@pytest.mark.parametrize("text", ["Class: " + 250 * ".", 300 * "Class ", "Form 7A" + 300 * " "])
def test_a_long_text_is_no_heading(text: str) -> None:
    assert students_get(text) == (None, None)


def test_a_person_is_no_heading() -> None:
    layout = "Surname ~ last | Forename ~ first | DOB ~ dob | Year ~ year words | Form ~ form"
    assert not any(values_in(STUDENTS, person) for person in rows(layout, 300))


@given(st.lists(st.text(max_size=40), max_size=4))
def test_any_cells_can_be_looked_at(cells: list[str]) -> None:
    assert values_in(STUDENTS, [" ".join(cell.split()) for cell in cells if cell.split()]).keys() <= {
        "year_group",
        "registration_group",
    }
