"""Rows with the wrong number of cells, seen beside what their columns are used for."""

import pytest

from backdrop_tui.intake.matching.match import match_columns
from backdrop_tui.intake.matching.row_lengths import faults_of_rows, misaligned
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.staff import STAFF
from backdrop_tui.records.students import STUDENTS
from tests.support.made_up import read

STUDENT = "Ann,Lee,14/03/2012,10,10A"
STUDENT_HEADINGS = "Forename,Surname,DOB,Year,Reg"


def faulty_rows(text: str, kind: RecordKind = STUDENTS) -> list[int]:
    sheet = read(text, kind)
    return faults_of_rows(sheet, match_columns(sheet, kind))["row"].to_list()


@pytest.mark.parametrize(
    ("kind", "headings", "short"),
    [
        (STUDENTS, f"{STUDENT_HEADINGS},UPN", STUDENT),
        (STUDENTS, f"{STUDENT_HEADINGS},UPN,Gender,Notes", STUDENT),
        (STUDENTS, f"{STUDENT_HEADINGS},Notes,House", f"{STUDENT},late"),
        (STUDENTS, "DOB,Year,Reg,Name,UPN", '14/03/2012,10,10A,"Lee, Ann"'),
        (STAFF, "Forename,Surname,Role,User Group,Email", "Jane,Smith,Teacher,Teachers"),
        (STAFF, "Forename,Surname,Role,User Group,Phone,Email", "Jane,Smith,Teacher,Teachers,01234 567890"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_row_is_not_short_if_only_cells_that_may_be_blank_are_missing(
    kind: RecordKind, headings: str, short: str, delimiter: str
) -> None:
    whole = short + "," * (headings.count(",") - short.count(",") + short.count('"') // 2)
    text = f"{headings}\n{whole}\n{short}\n{whole}"
    text = text.replace(", ", "\0").replace(",", delimiter).replace("\0", ", ")
    assert faulty_rows(text, kind) == []


@pytest.mark.parametrize(
    ("headings", "row"),
    [
        (f"{STUDENT_HEADINGS},UPN", "Ann,Lee,14/03/2012,10"),
        ("UPN,Forename,Surname,DOB,Year,Reg", ",Ann,Lee,14/03/2012,10"),
        ("DOB,Year,Reg,Name,UPN", "14/03/2012,10,10A"),
        (f"{STUDENT_HEADINGS},UPN", f"{STUDENT},,,x"),
        (STUDENT_HEADINGS, f"{STUDENT},"),
    ],
)
def test_any_other_wrong_length_is_a_fault_of_the_row(headings: str, row: str) -> None:
    whole = f"{STUDENT}{',' * (headings.count(',') - 4)}"
    assert faulty_rows(f"{headings}\n{whole}\n{row}\n{whole}") == [3]


@pytest.mark.parametrize(
    ("wrong", "right", "refused"), [(100, 11, True), (100, 12, False), (99, 0, False), (900, 100, True)]
)
def test_a_file_in_which_nearly_every_row_has_the_wrong_length_is_refused(
    wrong: int,
    right: int,
    refused: bool,  # noqa: FBT001
) -> None:
    text = "\n".join([STUDENT_HEADINGS, *["Ann,Lee,14/03/2012,10"] * wrong, *[STUDENT] * right])
    sheet = read(text)
    sentence = misaligned(sheet, match_columns(sheet, STUDENTS))
    assert bool(sentence) == refused
    if refused:
        assert sentence.startswith(f"{wrong:,} of {wrong + right:,} rows have more or fewer cells")


def test_a_long_file_whose_rows_are_only_short_of_blank_cells_is_not_refused() -> None:
    sheet = read("\n".join([f"{STUDENT_HEADINGS},UPN", *[STUDENT] * 500]))
    assert misaligned(sheet, match_columns(sheet, STUDENTS)) == ""
