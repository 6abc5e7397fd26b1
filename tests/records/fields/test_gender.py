import pytest

from backdrop_tui.records.fields.gender import GENDER
from tests.support.cells import cell


@pytest.mark.parametrize(
    ("text", "stored"),
    [("Male", "M"), ("male", "M"), ("MALE", "M"), ("M", "M"), ("m", "M"), ("Female", "F"), ("FEMALE", "F"), ("f", "F"), (" F\u00a0", "F"),
     ("", None), ("N/A", None), (None, None)],
)  # fmt: skip
def test_what_is_accepted_is_stored_as_one_letter(text: str | None, stored: str | None) -> None:
    result = cell(GENDER, text)
    assert result.stored == stored
    assert not result.problems


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [("Boy", "M"), ("BOY", "M"), ("Girl", "F"), ("B", "M"), ("G", "F"), ("1", "M"), ("2", "F"), ("Femal", "F"), ("Mr", "M"), ("3", None), ("0", None),
     ("9", None), ("Other", None), ("X", None), ("U", None), ("Non-binary", None), ("М", None)],
)  # fmt: skip
def test_any_other_gender_is_an_error_with_a_suggestion_if_its_meaning_is_clear(
    text: str, suggestion: str | None
) -> None:
    result = cell(GENDER, text)
    assert result.errors == ["gender-unknown"]
    assert result.stored is None
    assert result.suggestion("gender-unknown") == suggestion


def test_the_message_says_what_was_found_and_what_is_wanted() -> None:
    message = cell(GENDER, "Boy").message("gender-unknown")
    assert message == "“Boy” can't be stored as a gender. Use Male or Female, or leave it blank."


def test_a_long_text_is_cut_short_in_the_message() -> None:
    assert "x" * 40 + "…" in cell(GENDER, "x" * 5000).message("gender-unknown")
