"""A first name or a surname that stands alone in a text."""

import pytest

from backdrop_tui.care.traces.data_subject import DataSubject
from backdrop_tui.records.students import STUDENTS

PERSON = DataSubject(
    STUDENTS,
    "bd-1",
    (
        {"first_name": "April", "surname": "Vanterpöol"},
        {"first_name": "Ada", "surname": "de la Roche"},
        {"first_name": "Jacintha", "surname": "Lee"},
    ),
    shared=frozenset({"jacintha"}),
)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("see Mrs Vanterpöol", "see Mrs X"),
        ("VANTERPOOL's file; the Vanterpöol-family", "X file; the Vanterpöol-family"),
        ("(Vanterpool)", "(X)"),
        ("lives with the Vanterpools", "lives with the X"),
        ("the Jacinthas and the Aprils", "the Jacinthas and the Aprils"),
        ("the De La Roche twins", "the X twins"),
        ("with Smith-Vanterpöol", "with Smith-Vanterpöol"),
        ("vanterpool, in small letters", "vanterpool, in small letters"),
        ("Lee stays until April, Ada, Jacintha", "Lee stays until April, Ada, Jacintha"),
        ("Vanterpoole", "Vanterpoole"),
    ],
)
def test_a_text_loses_the_names_that_can_only_be_theirs(text: str, after: str) -> None:
    assert PERSON.redacted(text, "X") == after
    assert PERSON.redacted(text, "X", "value") == text


@pytest.mark.parametrize(
    ("name", "after"),
    [
        ("vanterpool_year 7.csv", "X_year 7.csv"),
        ("Pupils-Vanterpöol.csv", "Pupils-X.csv"),
        ("april.csv", "april.csv"),
        ("jacintha lee.csv", "X.csv"),
    ],
)
def test_the_name_of_a_file_loses_them_in_small_letters_too(name: str, after: str) -> None:
    assert PERSON.redacted(name, "X", "file-name") == after


def test_nobody_has_lone_names_of_whom_none_is_known() -> None:
    assert DataSubject(STUDENTS, "bd-1", ()).redacted("Vanterpool.csv", "X", "file-name") == "Vanterpool.csv"
    assert DataSubject(STUDENTS, "bd-1", ()).redacted("Vanterpool", "X") == "Vanterpool"
