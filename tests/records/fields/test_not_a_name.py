import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backdrop_tui.records.fields.names import FIRST_NAME, SURNAME
from tests.support.cells import cell
from tests.support.real_names import NAMES


@pytest.mark.parametrize(
    "text", ["TBC", "tba", "Test", "TEST", "Unknown", "Leaver", "Leavers", "New", "Student", "Pupil", "New starter", "No name", "Surname", "Not known", "xxx",
             "Test 2", "Pupil A", "student_1", "To be confirmed"]
)  # fmt: skip
def test_a_text_that_stands_in_for_a_name_is_a_warning(text: str) -> None:
    for field in (FIRST_NAME, SURNAME):
        result = cell(field, text)
        assert "not-a-name" in result.warnings
        assert not result.errors
        assert result.suggestion("not-a-name") is None
        assert (
            result.message("not-a-name")
            == f"“{text}” doesn't look like a {field.label.lower()}. Check that it is right."
        )


@pytest.mark.parametrize(
    "text",
    [
        "Newton",
        "Testino",
        "Childs",
        "Guest",
        "Null",
        "None",
        "X",
        "Pupilla",
        "Newman",
        "A",
        "Xu",
        "Testa",
        "Namer",
    ],
)
def test_a_name_that_only_begins_like_such_a_text_is_fine(text: str) -> None:
    assert not cell(SURNAME, text).problems


@pytest.mark.parametrize(
    ("text", "letter", "rare", "usual", "suggestion"),
    [
        ("Аnna", "А", "Cyrillic", "Latin", "Anna"),
        ("Аnnа", "А", "Cyrillic", "Latin", "Anna"),
        ("Jοhn Smith", "ο", "Greek", "Latin", "John Smith"),
        ("Annaж", "ж", "Cyrillic", "Latin", None),
        ("Ольгa", "a", "Latin", "Cyrillic", None),
        ("Μарія", "Μ", "Greek", "Cyrillic", None),
        ("Ａmira", "Ａ", "full-width", "Latin", "Amira"),
        ("𝐃an", "𝐃", "mathematical", "Latin", "Dan"),
    ],
)
def test_two_scripts_in_one_word_are_a_warning_that_shows_the_letter(
    text: str, letter: str, rare: str, usual: str, suggestion: str | None
) -> None:
    result = cell(FIRST_NAME, text)
    assert result.warnings == ["not-a-name"]
    assert result.suggestion("not-a-name") == suggestion
    assert not result.is_sure("not-a-name")
    assert (
        result.message("not-a-name")
        == f"In “{text}”, the letter “{letter}” is {rare} and others are {usual}. Check that it is right."
    )


@pytest.mark.parametrize("text", ["Мария-Anna", "Anna Мария", "さくら子", "Kaʻimi", "김民준"])
def test_scripts_that_are_apart_or_always_written_together_are_fine(text: str) -> None:
    assert not cell(FIRST_NAME, text).problems


@settings(deadline=None)
@given(st.sampled_from([part for name in NAMES for part in (name, name.upper(), *name.split())]))
def test_a_real_name_is_a_name(name: str) -> None:
    assert not {"not-a-name", "title-in-name"} & set(cell(SURNAME, name).warnings)
