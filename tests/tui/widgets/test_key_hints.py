"""The keys that are named where the cursor is."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from backdrop_tui.imports.pipeline import from_file
from backdrop_tui.intake.draft.inputs import Basis
from backdrop_tui.intake.draft.problem_index import WHOLE_ROW, ProblemIndex
from backdrop_tui.intake.draft.review import review
from backdrop_tui.intake.matching.match import match_columns
from backdrop_tui.records.staff import STAFF
from backdrop_tui.tui.widgets.key_hints import cell_hints
from backdrop_tui.tui.widgets.panels.key_line import key_line
from tests.support.made_up import CONTEXT, STUDENTS, read, stored, student, table

BOYS = [student(n, gender="Boy") for n in range(3)]
ZEBRAS = [student(n, gender="Zebra") for n in range(3)]
POWERS = [student(n, registration_group="1.00E+01", year_group=str(7 + n)) for n in range(3)]
NURSERIES = [
    student(0, year_group="Nursery", date_of_birth="14/03/2023"),
    student(1, year_group="Nursery", date_of_birth="20/11/2021"),
]
TYPE = "Enter edits it; so does a capital or a figure"


def hints(data: bytes, row: int, key: str) -> str:
    """The line of hints for a cell of a file of students."""
    sheet = read(data)
    intake = from_file(Path("pupils.csv"), sheet, match_columns(sheet, STUDENTS))
    index = ProblemIndex(review(intake, Basis(CONTEXT, stored(STUDENTS))))
    return cell_hints(index, row, key, index.kind_at(row, key)).plain


@pytest.mark.parametrize(
    ("rows", "key", "expected"),
    [
        (BOYS, "gender", "t takes all 3 suggestions   f fixes all 3 that say “Boy”"),
        (BOYS, "upn", "t takes all 3 suggestions"),
        (BOYS[:1], "gender", "y takes the suggestion"),
        (ZEBRAS, "gender", f"f fixes all 3 that say “Zebra”   b leaves all 3 blank   {TYPE}"),
        ([student(0, upn="A1")], "upn", f"b leaves it blank   {TYPE}"),
        ([student(0, year_group="0x")], "year_group", TYPE),
        ([student(n, registration_group="") for n in range(2)], "registration_group", f"{TYPE}   f fills in both alike"),
        ([student(0, year_group="0x")], "upn", "n goes to the next problem"),
        ([student(0, surname="Sm1th")], "surname", "a accepts it   c shows what will be imported"),
        (POWERS, "registration_group", f"f fixes all 3 that say “1.00E+01”   {TYPE}   a accepts it   c shows what will be imported"),
        (POWERS[:1], "registration_group", f"{TYPE}   a accepts it   c shows what will be imported"),
        ([student(0)], "surname", "c shows what will be imported"),
    ],
)  # fmt: skip
def test_the_first_key_is_the_one_that_fixes_the_most(
    rows: Sequence[dict[str, str]], key: str, expected: str
) -> None:
    assert hints(table(rows), 2, key) == expected


def test_cells_that_should_not_all_become_the_same_are_not_offered_to_be_fixed_alike() -> None:
    line = hints(table(NURSERIES), 2, "year_group")
    assert "that say" not in line
    assert line[0] in "ty"


def test_typing_is_not_advertised_for_e_mail_addresses_whose_first_letter_would_be_a_key() -> None:
    sheet = read(b"First Name,Surname,Job Role,User Group,Email\nAmy,Lee,Teacher,Teachers,a.lee at x.org\n")
    intake = from_file(Path("staff.csv"), sheet, match_columns(sheet, STAFF))
    index = ProblemIndex(review(intake, Basis(CONTEXT, stored(STAFF))))
    line = cell_hints(index, 2, "email", index.kind_at(2, "email")).plain
    assert line == "b leaves it blank   Enter edits it"


def test_a_row_that_may_be_wrong_as_a_whole_is_accepted_or_left_out() -> None:
    lines = table([student(n) for n in range(3)]).decode().splitlines()
    lines[2] += ",surplus"
    assert hints("\n".join(lines).encode(), 3, WHOLE_ROW) == "a accepts it   l leaves the row out"


def test_no_key_is_cut_off_from_what_it_does() -> None:
    keys = [("1", "keeps row 72"), ("n", "two people"), ("←→", "other questions")]
    assert key_line(keys).plain == "1 keeps row 72   n two people   ←→ other questions"
    assert key_line(keys, 40).plain == "1 keeps row 72   n two people\n←→ other questions"
    assert key_line(keys, 5).plain == "1 keeps row 72\nn two people\n←→ other questions"
