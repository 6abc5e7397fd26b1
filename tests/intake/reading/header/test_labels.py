"""Headings that a report repeats in front of the values of every row."""

import pytest

from backdrop_tui.errors import UnusableFileError
from backdrop_tui.intake.matching.match import match_columns
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.staff import STAFF
from backdrop_tui.records.students import STUDENTS
from tests.support.exports import written
from tests.support.made_up import read

PEOPLE = [
    ["Jane", "Smith", "Teacher", "Teachers"],
    ["Pat", "Jones", "Teaching Assistant", "TAs"],
    ["Lee", "Fox", "Bursar", "SBM"],
]
LABELS = ["Forename", "Surname", "Role", "Group"]


def alternating(labels: list[str], person: list[str]) -> list[str]:
    return [text for pair in zip(labels, person, strict=True) for text in pair]


def names(text: str, kind: RecordKind = STAFF, **options: int) -> list[tuple[str, str]]:
    """First names and surnames, as they are matched."""
    sheet = read(text, kind, **options)
    assert sheet.header_row is None
    assert "headings in every row" in sheet.how_read
    return match_columns(sheet, kind).texts(sheet).select("first_name", "surname").rows()


@pytest.mark.parametrize("before", [[], ["Staff list"], ["Hill School", "", "Staff list"]])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_labels_in_front_of_all_values_are_headings(before: list[str], delimiter: str) -> None:
    text = written([[*before, *LABELS, *person] for person in PEOPLE], delimiter)
    assert names(text) == [("Jane", "Smith"), ("Pat", "Jones"), ("Lee", "Fox")]


@pytest.mark.parametrize("colon", ["", ":"])
@pytest.mark.parametrize("before", [[], ["Staff list"]])
def test_labels_in_front_of_their_values_are_headings(before: list[str], colon: str) -> None:
    labels = [f"{label}{colon}" for label in LABELS]
    text = written([[*before, *alternating(labels, person)] for person in PEOPLE])
    assert names(text) == [("Jane", "Smith"), ("Pat", "Jones"), ("Lee", "Fox")]


def test_a_value_that_is_the_same_in_every_row_is_no_label() -> None:
    rows = [["Name:", name, "Job:", "Teacher", "House:", "Red"] for name in ("Jane Smith", "Pat Jones")]
    assert names(written(rows)) == [("Jane", "Smith"), ("Pat", "Jones")]
    rows = [["Year:", "10", "Name:", name] for name in ("Ada Okoro", "Bilal Khan", "Carys Price")]
    sheet = read(written(rows), STUDENTS)
    assert sheet.headings == ("", "Year:", "", "Name:")


def test_labels_are_no_row_of_headings_even_if_the_user_says_that_there_is_none() -> None:
    text = written([[*LABELS, *person] for person in PEOPLE])
    assert names(text, header_row=0) == names(text)


@pytest.mark.parametrize(
    "row",
    [
        lambda person: [*LABELS, *person, "Printed by J Smith"],
        lambda person: [*LABELS, *person[:3]],
        lambda person: ["Forename", "Surname", "Team", *person, "Role", "Group"],
    ],
)
def test_labels_that_cannot_be_told_apart_from_values_are_refused(row) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    with pytest.raises(
        UnusableFileError, match=r"headings are repeated in every row.* one row of headings at the top"
    ):
        read(written([row(person) for person in PEOPLE]), STAFF)


def test_a_class_whose_pupils_share_their_year_and_form_has_no_labels() -> None:
    text = written(
        [["Ada", "Okoro", "14/03/2012", "10", "Form"], ["Bilal", "Khan", "02/09/2011", "10", "Form"]]
    )
    assert read(text).headings == ("", "", "", "", "")
