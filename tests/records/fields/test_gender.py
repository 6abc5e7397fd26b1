import pytest

from backdrop_tui.records.students import GENDER
from tests.support.cells import cell


@pytest.mark.parametrize(
    ("text", "stored"),
    [("Male", "M"), ("male", "M"), ("MALE", "M"), ("M", "M"), ("m", "M"), ("Female", "F"), ("FEMALE", "F"), ("f", "F"), (" F\u00a0", "F"),
     ("", None), ("N/A", None), (None, None)],
)  # fmt: skip
def test_what_is_accepted_is_stored_as_one_letter(text: str | None, stored: str | None) -> None:
    found = cell(GENDER, text)
    assert found.stored == stored
    assert not found.problems


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [("Boy", "M"), ("BOY", "M"), ("Girl", "F"), ("B", "M"), ("G", "F"), ("1", "M"), ("2", "F"), ("Femal", "F"), ("Mr", "M"), ("3", None), ("0", None),
     ("9", None), ("Other", None), ("X", None), ("U", None), ("Non-binary", None), ("М", None)],
)  # fmt: skip
def test_anything_else_is_an_error_with_what_it_may_mean(text: str, suggestion: str | None) -> None:
    found = cell(GENDER, text)
    assert found.errors == ["gender-unknown"]
    assert found.stored is None
    assert found.suggestion("gender-unknown") == suggestion


def test_the_message_says_what_was_found_and_what_is_wanted() -> None:
    message = cell(GENDER, "Boy").message("gender-unknown")
    assert message == "“Boy” is not a gender that can be stored. Use Male, Female, or leave it blank."


def test_a_long_text_is_cut_short_in_the_message() -> None:
    assert "x" * 40 + "…" in cell(GENDER, "x" * 5000).message("gender-unknown")
