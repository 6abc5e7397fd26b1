"""The finding `encoding-guessed`."""

import pytest

from backdrop_tui.intake.draft.encoding_finding import encoding_finding
from backdrop_tui.intake.matching.match import match_columns
from backdrop_tui.intake.reading.encoding.encodings import Encoding, encoding_named
from backdrop_tui.records.schema.findings import Finding
from backdrop_tui.records.students import STUDENTS
from tests.support.made_up import read, student, table

NAMES = [("Zoé", "Möller"), ("Aimée", "Fernández"), ("Ava", "Smith"), ("Siôn", "Ibáñez")]
PEOPLE = table(
    [student(number, first_name=first, surname=surname) for number, (first, surname) in enumerate(NAMES)]
).decode()


def finding_of(data: bytes, encoding: Encoding | None = None) -> Finding | None:
    sheet = read(data, encoding=encoding)
    return encoding_finding(STUDENTS, sheet, match_columns(sheet, STUDENTS).texts(sheet))


@pytest.mark.parametrize(
    ("name", "label"),
    [("cp1252", "Windows-1252"), ("mac-roman", "Mac Roman"), ("cp850", "DOS (cp850)")],
)
def test_a_guessed_encoding_is_a_note_with_three_names_in_both_encodings(name: str, label: str) -> None:
    finding = finding_of(PEOPLE.encode(name))
    assert finding is not None
    assert (finding.code, finding.type.level, finding.remedies) == ("encoding-guessed", "note", ())
    assert finding.rows.to_list() == [2, 3, 5]
    assert finding.message.startswith(f"Read as {label}: ")
    guess = read(PEOPLE.encode(name)).guess
    assert guess is not None
    assert len(guess.names) == 3
    assert all(reading in finding.message for names in guess.names for reading in names)
    assert f"(as {guess.runner_up.label}: " in finding.message


def test_an_encoding_that_is_certain_or_was_chosen_is_no_finding() -> None:
    assert finding_of(PEOPLE.encode()) is None
    assert finding_of(PEOPLE.encode("utf-8-sig")) is None
    assert finding_of(PEOPLE.encode("utf-16")) is None
    assert finding_of(PEOPLE.encode("cp1252"), encoding_named("cp1252")) is None


def test_a_file_without_accented_letters_in_its_fields_is_no_finding() -> None:
    plain = "Forename,Surname,DOB,Gender,Year,Reg,Fee\nAva,Smith,14/03/2012,F,9,9A,£5\n"
    assert finding_of(plain.encode("cp1252")) is None
    assert finding_of(plain.replace("£5", "café").encode("cp1252")) is None


def test_a_file_of_which_no_column_with_names_is_used_is_no_finding() -> None:
    sheet = read("Forename,DOB\nRené,14/03/2012\n".encode("cp1252"))
    assert encoding_finding(STUDENTS, sheet, sheet.cells.select("row", date_of_birth="c1")) is None


def test_one_name_is_enough() -> None:
    finding = finding_of(
        "Forename,Surname,DOB,Gender,Year,Reg\nRené,Lee,14/03/2012,M,9,9A\n".encode("cp1252")
    )
    assert finding is not None
    assert "René (as " in finding.message


def test_what_a_wrong_encoding_makes_of_a_name_is_fit_to_be_shown() -> None:
    finding = finding_of(
        "Forename,Surname,DOB,Gender,Year,Reg\nJürgen,Böß,14/03/2012,M,9,9A\n".encode("cp850")
    )
    assert finding is not None
    assert finding.message.isprintable()
