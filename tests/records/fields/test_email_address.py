import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backdrop_tui.records.fields.email_address import PLAIN, normal_address
from backdrop_tui.records.staff import EMAIL
from tests.support.cells import cell


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("a.khan@school.org.uk", "a.khan@school.org.uk"),
        ("A.Khan@School.ORG.UK", "A.Khan@school.org.uk"),
        (" a.khan@school.org.uk\u00a0", "a.khan@school.org.uk"),
        ("o'neill@school.sch.uk", "o'neill@school.sch.uk"),
        ("a+b@school.sch.uk", "a+b@school.sch.uk"),
        ("a@bücher.de", "a@bücher.de"),
        ("a@xn--bcher-kva.de", "a@bücher.de"),
        ("", None),
        ("N/A", None),
        (None, None),
    ],
)
def test_an_address_is_stored_normalised(text: str | None, stored: str | None) -> None:
    result = cell(EMAIL, text)
    assert result.stored == stored
    assert not result.problems


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("a.khan", None),
        ("a.khan@", None),
        ("@school.org.uk", None),
        ("a.khan@school", None),
        ("a.khan@school.local", None),
        ("a.khan@school.invalid", None),
        ("a..khan@school.org.uk", "a.khan@school.org.uk"),
        ("a.khan@@school.org.uk", "a.khan@school.org.uk"),
        ("a.khan @ school.org.uk", "a.khan@school.org.uk"),
        ("a.khan@school,org.uk", "a.khan@school.org.uk"),
        ("mailto:a.khan@school.org.uk", "a.khan@school.org.uk"),
        ("Amira Khan <a.khan@school.org.uk>", "a.khan@school.org.uk"),
        ("a.khan@school.org.uk;", "a.khan@school.org.uk"),
        ("a.khan(at)school.org.uk", "a.khan@school.org.uk"),
        ("a.khan@school.org.uk.", "a.khan@school.org.uk"),
        ("a@school.org.uk; b@school.org.uk", None),
        ("a@b@c.uk", None),
        ("x" * 5000, None),
        ("o’neill@school.org.uk", "o'neill@school.org.uk"),
        ("mailto:o’neill@school.org.uk", "o'neill@school.org.uk"),
        ("a. khan@school.org. uk", "a.khan@school.org.uk"),
        ("a khan@school.org.uk", None),
        ("<a@school.org.uk> <b@school.org.uk>", None),
        ("Amira <a@school.org.uk>, b@school.org.uk", None),
        ("a@school.org.uk <a@school.org.uk>", "a@school.org.uk"),
        ("a@school.org.uk <mailto:a@school.org.uk>", "a@school.org.uk"),
        ("Amira a.khan@school.org.uk", None),
        ("a.khan@school org.uk", None),
        ("a.khan@school.org,uk", "a.khan@school.org.uk"),
        ('"a.khan@school.org.uk"', "a.khan@school.org.uk"),
        ("a.khan school.org.uk", None),
    ],
)
def test_a_text_that_is_not_an_address_is_an_error_with_a_likely_suggestion(
    text: str, suggestion: str | None
) -> None:
    result = cell(EMAIL, text)
    assert result.errors == ["email"]
    assert result.stored is None
    assert result.suggestion("email") == suggestion
    assert "leave it blank" in result.message("email")
    assert len(result.message("email")) < 200


@pytest.mark.parametrize(
    ("text", "is_sure"),
    [
        ("mailto:a.khan@school.org.uk", True),
        ("Amira Khan <a.khan@school.org.uk>", True),
        ("a.khan@school.org.uk.", True),
        ("a.khan @ school.org.uk", True),
        ("a.khan[at]school.org.uk", True),
        ("a..khan@school.org.uk", False),
        ("a.khan@@school.org.uk", False),
        ("a.khan@school,com", False),
        ("a. khan@school.org.uk", False),
        ("o’neill@school.org.uk", False),
        ("<o’neill@school.org.uk>", False),
    ],
)
def test_a_suggestion_is_sure_if_it_only_drops_what_surrounds_the_address(text: str, is_sure: bool) -> None:  # noqa: FBT001 - a case
    assert cell(EMAIL, text).is_sure("email") == is_sure


@pytest.mark.parametrize(("text", "letter"), [("а.khan@school.sch.uk", None), ("khаn@school.sch.uk", "а"), ("a.khan@schооl.sch.uk", "о"),
                                             ("a.khan@школа.com", None), ("a.khan@bücher.de", None)])  # fmt: skip
def test_letters_of_two_alphabets_in_one_word_are_a_warning(text: str, letter: str | None) -> None:
    messages = [problem["message"] for problem in cell(EMAIL, text).problems]
    about_alphabets = (
        f"“{text}” has “{letter}” in it, which is a letter from another alphabet. Check that it is right."
    )
    assert (about_alphabets in messages) == (letter is not None)


letters_and_digits = st.text(alphabet="aZ9’ .,;@<>():-", max_size=12)


@settings(max_examples=60, deadline=None)
@given(letters_and_digits, letters_and_digits)
def test_a_suggestion_invents_no_letter_or_digit(before: str, after: str) -> None:
    text = f"{before}a.khan@school.org.uk{after}"
    for problem in cell(EMAIL, text).problems:
        kept = iter(filter(str.isalnum, text.lower()))
        assert all(c in kept for c in filter(str.isalnum, (problem["suggestion"] or "").lower()))


@pytest.mark.parametrize("text", ["zoë@school.sch.uk", "а.khan@school.sch.uk", "李@school.sch.uk"])
def test_another_letter_than_those_of_english_before_the_at_sign_is_a_warning(text: str) -> None:
    result = cell(EMAIL, text)
    assert result.stored == text
    assert (result.errors, result.warnings) == ([], ["email-unusual"])
    assert f"“{text}” has “{text[0] if text[0] != 'z' else 'ë'}” before the @" in result.message(
        "email-unusual"
    )


def test_the_message_about_two_addresses_in_one_cell_says_so() -> None:
    assert "not a single e-mail address" in cell(EMAIL, "a@school.org.uk; b@school.org.uk").message("email")


@settings(max_examples=60, deadline=None)
@given(st.from_regex(r"[A-Za-z0-9._\-]{1,20}@[a-z0-9.\-]{1,30}\.(uk|com|org|local|test|x1)", fullmatch=True))
def test_the_fast_path_is_sure_only_of_normalised_addresses(text: str) -> None:
    if pl.DataFrame({"text": [text]}).select(PLAIN).item():
        assert normal_address(text) == text
