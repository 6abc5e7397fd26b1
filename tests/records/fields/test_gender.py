import pytest

from backdrop_tui.records.fields.gender import GENDER
from tests.support.cells import cell, column


@pytest.mark.parametrize(
    ("text", "stored"),
    [("Male", "M"), ("male", "M"), ("MALE", "M"), ("M", "M"), ("m", "M"), ("Female", "F"), ("FEMALE", "F"), ("f", "F"), (" F\u00a0", "F"),
     ("", None), ("N/A", None), ("U", None), ("u", None), ("Unknown", None), (None, None)],
)  # fmt: skip
def test_what_is_accepted_is_stored_as_one_letter(text: str | None, stored: str | None) -> None:
    result = cell(GENDER, text)
    assert result.stored == stored
    assert not result.problems


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [("Boy", "M"), ("BOY", "M"), ("Girl", "F"), ("B", "M"), ("G", "F"), ("1", "M"), ("2", "F"), ("Femal", "F"), ("Mr", "M"), ("3", None), ("0", None),
     ("m.", "M"), ("Female.", "F"), ("Man", "M"), ("Merch", "F"), ("Bachgen", "M"), ("gwryw", "M"), ("benyw", "F"),
     ("9", None), ("Other", None), ("X", None), ("Non-binary", None), ("М", None), ("1.0", None), ("12", None), (".", None)],
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


@pytest.mark.parametrize(
    ("text", "is_sure"), [("Boy", True), ("girl", True), ("m.", True), ("Merch", True), ("1", False), ("2", False),
     ("B", False), ("g", False)]
)  # fmt: skip
def test_a_suggestion_is_sure_unless_it_is_for_a_number_or_an_initial_alone(text: str, is_sure: bool) -> None:  # noqa: FBT001 - a case
    assert cell(GENDER, text).is_sure("gender-unknown") == is_sure


@pytest.mark.parametrize("word", ["Boy", "girls", "Male", "FEMALE"])
def test_b_and_g_are_boy_and_girl_for_sure_beside_an_english_word(word: str) -> None:
    b, g, _ = column(GENDER, ["B", "g", word])
    assert (b.suggestion("gender-unknown"), g.suggestion("gender-unknown")) == ("M", "F")
    assert b.is_sure("gender-unknown")
    assert g.is_sure("gender-unknown")


@pytest.mark.parametrize("welsh", ["Benyw", "gwryw", "Merch"])
def test_b_and_g_have_no_suggestion_beside_welsh_words(welsh: str) -> None:
    b, g, word, boy = column(GENDER, ["B", "g", welsh, "Boy"])
    assert b.suggestion("gender-unknown") is None
    assert g.suggestion("gender-unknown") is None
    assert word.suggestion("gender-unknown") in {"M", "F"}
    assert boy.suggestion("gender-unknown") == "M"
