"""Files as spreadsheets and databases leave them: error values, formulas round values, garbled names, titles."""

import polars as pl
import pytest

from backdrop_tui.intake.checking.check import Checked, check
from backdrop_tui.intake.matching.match import match_columns
from backdrop_tui.records.schema.kind import RecordKind
from tests.support.cells import SCHOOL
from tests.support.made_up import STAFF, STUDENTS, read, stored

HEADINGS = "Forename,Surname,DOB,Gender,Year,Reg,UPN\n"


def checked(text: str, kind: RecordKind = STUDENTS) -> Checked:
    sheet = read(text)
    return check(kind, match_columns(sheet, kind).texts(sheet), SCHOOL, stored(kind))


def codes(result: Checked) -> list[tuple[int, str | None, str]]:
    return result.problems.select("row", "field", "code").rows()


def test_error_values_of_a_spreadsheet_are_blank_in_every_field() -> None:
    rows = [
        "Ada,Okoro,14/03/2012,F,10,#N/A,", "Bo,Khan,02/09/2011,F,10,#REF!,", "#N/A,Price,13/01/2012,F,10,10B,", "Di,#VALUE!,14/01/2012,F,10,10B,",
        "Ed,Fox,17/01/2012,F,10,10B,#NAME?", "Flo,Gray,16/01/2012,#DIV/0!,10,10B,", "Gus,Hall,16/01/2012,F,#NULL!,10B,", "Ida,Ito,#NUM!,F,10,10B,",
    ]  # fmt: skip
    assert codes(checked(HEADINGS + "\n".join(rows))) == [
        (2, "registration_group", "required"),
        (3, "registration_group", "required"),
        (4, "first_name", "required"),
        (5, "surname", "required"),
        (8, "year_group", "required"),
        (9, "date_of_birth", "required"),
    ]


@pytest.mark.parametrize(
    "row",
    [
        '"=""Ada""","=""Okoro""","=""14/03/2012""",F,"=""10""","=""10B""","=""H801200001001"""',
        '="Ada",="Okoro",="14/03/2012",F,="10",="10B",="H801200001001"',
        "'Ada,'Okoro,'14/03/2012,'F,'10,'10B,'H801200001001",
        "'Ada','Okoro','14/03/2012','F','10','10B','H801200001001'",
        "“Ada”,“Okoro”,“14/03/2012”,“F”,“10”,“10B”,“H801200001001”",
        "Ada,Okoro,'14/03/2012,F,'10,'10B,H801200001001",
    ],
)
def test_what_a_spreadsheet_puts_round_values_is_removed(row: str) -> None:
    result = checked(HEADINGS + row)
    assert codes(result) == []
    assert result.people.row(0)[1:8] == ("Ada", "Okoro", "2012-03-14", "F", "10", "10B", "H801200001001")


def test_an_apostrophe_in_front_of_any_value_but_a_name_is_removed() -> None:
    rows = [f"Ada,Okoro,1{n}/03/2012,F,10,10B," for n in range(9)]
    rows.append("Bo,Khan,'14 March 2012,'Male,'Year 10,' 'RD,'H801200001001")
    result = checked(HEADINGS + "\n".join(rows))
    assert [problem for problem in codes(result) if problem[0] == 11] == []
    assert result.people.row(9)[3:8] == ("2012-03-14", "M", "10", "RD", "H801200001001")


def test_html_in_names_is_repaired() -> None:
    result = checked(
        HEADINGS
        + "Zo&euml;,M&uuml;ller,13/03/2012,,10,10B,\nSean,O&#39;Neill,14/03/2012,,10,10B,\nRhys,O&apos;Brien,15/03/2012,,10,10B,\n"
    )
    assert result.problems.select("row", "suggestion", "sure").rows() == [
        (2, "Zoë", True),
        (2, "Müller", True),
        (3, "O'Neill", True),
        (4, "O'Brien", True),
    ]
    assert set(result.problems["code"]) == {"text-garbled"}
    assert [finding.code for finding in result.findings] == ["text-garbled"]


@pytest.mark.parametrize(
    ("name", "first_name", "suggestion"),
    [
        ("Mr J Smith", "Mr J", "J"),
        ('"Smith, Mr John"', "Mr John", "John"),
        ("Dr. A. Khan", "Dr. A.", "A."),
        ('"Khan, A (Dr)"', "A (Dr)", "A"),
        ("John Smith (Mr)", "John (Mr)", "John"),
        ("Sir Alan Gray", "Sir Alan", "Alan"),
        ("Fr Dominic Hall", "Fr Dominic", "Dominic"),
        ("Prof A B Stone", "Prof A B", "A B"),
    ],
)
def test_a_title_in_a_full_name_is_reported(name: str, first_name: str, suggestion: str) -> None:
    result = checked(f"Name,Job Role,User Group,Email\n{name},Class Teacher,Teachers,\n", STAFF)
    assert result.problems.select("field", "code", "value", "suggestion").rows() == [
        ("first_name", "title-in-name", first_name, suggestion)
    ]


@pytest.mark.parametrize("name", ["Mr Smith", "Miss O'Neill", "Mr. & Mrs. Hall", "Mr van der Berg"])
def test_a_full_name_of_a_title_and_a_surname_has_no_first_name(name: str) -> None:
    result = checked(f"Name,Job Role,User Group,Email\n{name},Class Teacher,Teachers,\n", STAFF)
    assert result.problems.select("field", "code").rows() == [("first_name", "required")]


def test_a_garbled_full_name_is_still_garbled_in_its_parts() -> None:
    names = ["JosÃ© GarcÃ\u00ada", '"Å\u00a0imon, Ã\u0081lvaro"', "Zo&euml; MÃ¼ller", "Zoë\u00a0Müller"]
    lines = "".join(f"{name},Class Teacher,Teachers,\n" for name in names)
    problems = checked(f"Name,Job Role,User Group,Email\n{lines}", STAFF).problems
    garbled = problems.filter(pl.col("code") == "text-garbled")
    assert garbled.select("row", "suggestion").rows() == [
        (2, "José"), (2, "García"), (3, "Álvaro"), (3, "Šimon"), (4, "Zoë"), (4, "Müller")
    ]  # fmt: skip


def test_invisible_characters_never_make_two_people_or_two_groups_look_different() -> None:
    text = HEADINGS + "Ada,Okoro,14/03/2012,F,10,10B,\nAd\u200ba,Okoro\u3164,14/03/2012,F,10,10\U000e0042B,\n"
    result = checked(text)
    assert codes(result) == [(2, None, "duplicate-person"), (3, None, "duplicate-person")]
    assert result.people["registration_group"].to_list() == ["10B", "10B"]
