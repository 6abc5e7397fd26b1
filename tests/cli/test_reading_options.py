"""How `check` reads a file: the row of headings, and rows of the wrong length."""

from pathlib import Path

import pytest

from tests.cli import Run
from tests.support.made_up import student, table


def test_the_row_of_headings_can_be_chosen(backdrop: Run) -> None:
    Path("p.csv").write_bytes(b"Forename,Surname,DOB,Year\r\n" + table([student(2)]))
    ran = backdrop("check", "p.csv", "--header-row", "2", "--format", "json")
    assert (ran.status, ran.json["header_row"], ran.json["rows"]) == (0, 2, 1)


def test_a_file_can_be_read_as_one_without_headings(backdrop: Run) -> None:
    Path("p.csv").write_bytes(table([student(2)]))
    ran = backdrop("check", "p.csv", "--header-row", "0")
    assert ran.status == 2
    assert "no headings" in ran.error_line


@pytest.mark.parametrize(
    ("row", "sentence"), [("9", "Row 9 can't have the headings"), ("-1", "-1"), ("one", "valid row")]
)
def test_a_row_of_headings_that_cannot_be_is_refused(backdrop: Run, row: str, sentence: str) -> None:
    Path("p.csv").write_bytes(table([student(2)]))
    ran = backdrop("check", "p.csv", "--header-row", row)
    assert ran.status == 2
    assert sentence in ran.err


def test_rows_without_their_blank_cells_at_the_end_are_ready(backdrop: Run) -> None:
    rows = table([student(n, upn="") for n in range(3)]).replace(b",\r\n", b"\r\n")
    Path("p.csv").write_bytes(rows)
    ran = backdrop("check", "p.csv", "--format", "json")
    assert (ran.status, ran.json["counts"]["ready"], ran.json["problems"]) == (0, 3, [])


def test_a_file_whose_rows_all_have_too_few_cells_is_refused_in_one_sentence(backdrop: Run) -> None:
    Path("p.csv").write_text("Forename,Surname,DOB,Year,Reg\n" + "Ann,Lee,14/03/2013,8\n" * 120)
    ran = backdrop("check", "p.csv")
    assert (ran.status, ran.out) == (2, "")
    assert "120 of 120 rows have more or fewer cells" in ran.error_line
