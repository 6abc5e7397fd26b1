"""Headings in two rows."""

import pytest

from backdrop_tui.records.students import STUDENTS
from tests.support.exports import written
from tests.support.made_up import read

PUPIL = ["Ada", "Okoro", "14/03/2012", "10", "10B", "Mary Okoro", "07700 900001"]


@pytest.mark.parametrize(
    ("upper", "lower", "headings"),
    [
        (
            ["Pupil", "", "", "School", "", "Contact 1", ""],
            ["Forename", "Surname", "DOB", "Year", "Reg", "Name", "Phone"],
            ("Forename", "Surname", "DOB", "Year", "Reg", "Contact 1 Name", "Contact 1 Phone"),
        ),
        (
            ["Legal", "Legal", "Date of", "Year", "Reg", "Mother", "Mother"],
            ["Forename", "Surname", "Birth", "Group", "Group", "Name", "Phone"],
            ("Forename", "Surname", "Date of Birth", "Year Group", "Reg Group", "Mother Name", "Mother Phone"),
        ),
        (
            ["Child's name", "", "DOB", "Year", "Form", "Emergency contact", ""],
            ["First name", "Last name", "", "", "", "Name", "Telephone"],
            ("First name", "Last name", "DOB", "Year", "Form", "Emergency contact Name", "Emergency contact Telephone"),
        ),
        (
            ["Child", "", "", "", "", "Parent", ""],
            ["Forename", "Surname", "DOB", "Year", "Form", "Surname", "Mobile"],
            ("Forename", "Child Surname", "DOB", "Year", "Form", "Parent Surname", "Parent Mobile"),
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("titles", [[], [["Hill School"], []]])
@pytest.mark.parametrize("count", [1, 3, 40])
def test_the_upper_row_is_added_where_the_lower_one_alone_would_be_ambiguous(
    upper: list[str], lower: list[str], headings: tuple[str, ...], titles: list[list[str]], count: int
) -> None:
    rows = [[f"Ada{chr(97 + n % 26)}", *PUPIL[1:]] for n in range(count)]
    sheet = read(written([*titles, upper, lower, *rows]), STUDENTS)
    assert sheet.headings == headings
    assert (sheet.header_row, sheet.cells.height) == (len(titles) + 2, count)
    assert f"The headings are in rows {len(titles) + 1} and {len(titles) + 2}." in sheet.notes[0]


def test_a_chosen_row_of_headings_is_read_with_the_band_above_it() -> None:
    upper, lower = ["Pupil", "", "Parent", ""], ["Name", "DOB", "Name", "Phone"]
    text = written([upper, lower, ["Ada Okoro", "14/03/2012", "Mary Okoro", "07700 900001"]])
    assert read(text).headings == read(text, header_row=2).headings
    assert read(text).headings == ("Pupil Name", "DOB", "Parent Name", "Parent Phone")


def test_both_rows_are_skipped_where_a_report_repeats_them() -> None:
    upper, lower = ["Pupil", "", "Parent"], ["Name", "DOB", "Name"]
    page = [upper, lower, ["Ada Okoro", "14/03/2012", "Mary Okoro"]]
    sheet = read(written([*page, [], *page]))
    assert sheet.cells["row"].to_list() == [3, 7]


@pytest.mark.parametrize(
    "title",
    [
        ["School", "Hill School", "Printed by", "J Smith", ""],
        ["Class", "10B", "Tutor", "Mr Lee", ""],
        ["Pupil list", "", "", "", ""],
    ],
)
def test_titles_that_fill_several_cells_leave_the_headings_alone(title: list[str]) -> None:
    lower = ["Forename", "Surname", "DOB", "Year", "Reg"]
    sheet = read(written([title, lower, PUPIL[:5]]))
    assert sheet.headings == tuple(lower)


@pytest.mark.parametrize("person", [["Reg", "Post", "", "", ""], ["Reg", "Post", "14/03/2012", "R", "Class"]])
def test_a_person_below_the_headings_is_no_second_row_of_headings(person: list[str]) -> None:
    sheet = read(written([["Forename", "Surname", "DOB", "Year", "Form"], person, PUPIL[:5]]))
    assert (sheet.header_row, sheet.cells.height) == (1, 2)
