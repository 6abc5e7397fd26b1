"""A file that isn't a list of the people it was given for ends with 2 and a sentence that says what it appears to be."""

from pathlib import Path

import pytest

from tests.cli import Run


@pytest.mark.parametrize(
    ("headings", "kind", "sentence"),
    [
        (
            "Name,Reg,Authorised Absences,Unauthorised Absences",
            "students",
            "This looks like an attendance report",
        ),
        ("Pupil,Incident,Location,Points", "students", "This looks like a report of incidents"),
        ("First Name,Last Name,Job Role", "students", "To import it as staff, use --kind staff."),
        ("Forename,Surname,DOB,UPN", "staff", "To import it as students, use --kind students."),
        (
            "Parent Name,Parent Email,Child",
            "students",
            "This looks like a list of parents and other contacts",
        ),
    ],
)
def test_a_file_of_another_kind_is_recognised(backdrop: Run, headings: str, kind: str, sentence: str) -> None:
    cells = ",".join(f"{n}12/3" for n, _ in enumerate(headings.split(",")))
    Path("file.csv").write_text(f"{headings}\n{cells}\n{cells}2\n")
    ran = backdrop("check", "--kind", kind, "file.csv")
    assert (ran.status, ran.out) == (2, "")
    assert sentence in ran.error_line
    assert "No column" not in ran.error_line


def test_a_file_whose_columns_the_user_matches_is_taken_for_what_they_say(backdrop: Run) -> None:
    Path("file.csv").write_text("Name,Reg,Authorised Absences,Unauthorised Absences\nJo Lee,7A,3,4\n")
    recognised = backdrop("check", "file.csv").error_line
    assert 'If it is a list of students after all, match its columns: --map "' in recognised
    overridden = backdrop("check", "file.csv", "--map", "Name=Full Name").error_line
    assert "looks like" not in overridden
    assert "No column goes to Date of Birth" in overridden


def test_a_list_that_lacks_a_column_is_called_nothing_else(backdrop: Run) -> None:
    Path("file.csv").write_text("Forename,Surname,Year,Reg\nAda,Okoro,9,9B\nBilal,Khan,9,9B\n")
    assert "looks like" not in backdrop("check", "file.csv").error_line
