import pytest

from backdrop_tui.records.fields.names import FIRST_NAME, SURNAME
from backdrop_tui.records.schema.field import Field
from tests.support.cells import cell

both = pytest.mark.parametrize("field", [FIRST_NAME, SURNAME], ids=["first name", "surname"])


@both
@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("Amira", "Amira"),
        ("O'Brien", "O'Brien"),
        ("O’Brien", "O'Brien"),
        ("Anne-Marie", "Anne-Marie"),
        ("St. John", "St. John"),
        ("Łukasz", "Łukasz"),
        ("Wałęsa Żółć", "Wałęsa Żółć"),
        ("محمد", "محمد"),
        ("李小龙", "李小龙"),
        ("Ξένια", "Ξένια"),
        ("Юлия", "Юлия"),
        ("सीता", "सीता"),
        ("Zoe\u0301", "Zoé"),
        ("N\u0323\u0308a", "Ṇ\u0308a"),
        ("  Amira\u00a0 \u200b", "Amira"),
        ("Mary \u00a0 Jane", "Mary Jane"),
        ("Mary\tJane", "Mary Jane"),
        ("Mary\r\nJane", "Mary Jane"),
        ("None", "None"),
        ("Null", "Null"),
        ("Nil", "Nil"),
        ("X", "X"),
        ("van der Berg", "van der Berg"),
        ("A" + "a" * 99, "A" + "a" * 99),
    ],
)
def test_a_name_in_any_script_is_stored_clean(field: Field, text: str, stored: str) -> None:
    result = cell(field, text)
    assert result.stored == stored
    assert not result.problems


@both
@pytest.mark.parametrize("text", ["", "   ", "\u200b", "\ufeff \u00a0", None])
def test_a_blank_name_is_missing(field: Field, text: str | None) -> None:
    result = cell(field, text)
    assert result.errors == ["required"]
    assert not result.warnings
    assert result.message("required") == f"{field.label} is missing. Type it in."


@both
@pytest.mark.parametrize("length", [101, 150, 5000])
def test_a_name_that_is_too_long_is_an_error_with_a_short_message(field: Field, length: int) -> None:
    result = cell(field, "A" * length)
    assert result.errors == ["too-long"]
    assert f"{length}" in result.message("too-long").replace(",", "")
    assert len(result.message("too-long")) < 120


@both
@pytest.mark.parametrize("text", ["123", "-", "?", "'", "...", "=1+1", "- -", "🙂", "٣"])
def test_a_name_without_letters_is_an_error(field: Field, text: str) -> None:
    result = cell(field, text)
    assert result.errors == ["no-letter"]
    assert result.stored is None


@both
@pytest.mark.parametrize(
    ("text", "odd"),
    [("Amira1", "1"), ("=Amira", "="), ("Amira@home", "@"), ("Am/ira", "/"), ("N/A", "/"), ("Amira (Mia)", "("), ("Smith, Amira", ","),
     ("Amira 🙂", "🙂"), ("=SUM(A1)", "="), ("Amira_Jane", "_")],
)  # fmt: skip
def test_an_unusual_character_is_a_warning_that_shows_it(field: Field, text: str, odd: str) -> None:
    result = cell(field, text)
    assert not result.errors
    assert result.warnings == ["odd-character"]
    assert f"“{odd}”" in result.message("odd-character")
    assert result.stored == text


@both
def test_an_unusual_character_is_reported_alongside_an_error(field: Field) -> None:
    result = cell(field, "=1+1")
    assert result.errors == ["no-letter"]
    assert result.warnings == ["odd-character"]


@both
@pytest.mark.parametrize(
    ("text", "suggestion"), [("O`Brien", "O'Brien"), ("O‘Brien", "O'Brien"), ("Anne–Marie", "Anne-Marie"), ("Anne‑Marie", "Anne-Marie"), ("Am1ra", None)]
)  # fmt: skip
def test_characters_that_look_like_an_apostrophe_or_a_hyphen_have_a_suggestion(
    field: Field, text: str, suggestion: str | None
) -> None:
    assert cell(field, text).suggestion("odd-character") == suggestion


@both
@pytest.mark.parametrize(
    ("text", "suggestion", "sure"),
    [("'Smith", "Smith", True), ("‘Smith", "Smith", True), ("`Khan", "Khan", True), ("'smith", "smith", True), ("'Smith'", "Smith", True),
     ("''O'Neill", "O'Neill", False), ("'Ofa", "Ofa", False), ("'Иванов", "Иванов", False), ("' Lee", "Lee", True), ('"Lee"', "Lee", True),
     ("“De Groot”", "De Groot", True)],
)  # fmt: skip
def test_what_a_spreadsheet_leaves_round_a_name_is_a_warning_with_the_name_alone(
    field: Field, text: str, suggestion: str, *, sure: bool
) -> None:
    result = cell(field, text)
    assert (result.errors, result.warnings) == ([], ["odd-character"])
    assert (result.suggestion("odd-character"), result.is_sure("odd-character")) == (suggestion, sure)


@pytest.mark.parametrize(
    "surname", ["'t Hart", "'s Gravesande", "'T HOOFT", "'n Smit", "’t Hart", "O'Neill", "Jones-'t Hart"]
)
def test_an_apostrophe_with_which_surnames_begin_is_fine(surname: str) -> None:
    assert cell(SURNAME, surname).problems == ()


@both
@pytest.mark.parametrize(
    "hidden",
    ["\u200b", "\u200d", "\u200e", "\u2060", "\ufeff", "\u00ad", "\u3164", "\ufe0f", "\U000e0041", "\u2800"],
)
def test_an_invisible_character_is_removed_wherever_it_is(field: Field, hidden: str) -> None:
    for text in (f"Am{hidden}ira", f"{hidden}Amira", f"Amira{hidden} "):
        assert cell(field, text).stored == "Amira"
        assert not cell(field, text).problems


@both
@pytest.mark.parametrize(("text", "stored"), [("'=Amira", "=Amira"), ("'-Amira", "-Amira"), ("'+Amira", "+Amira"), ("'@Amira", "@Amira"), ("'Amira", "'Amira"), ("''t Hooft", "''t Hooft")])  # fmt: skip
def test_the_guard_against_formulas_is_removed(field: Field, text: str, stored: str) -> None:
    assert cell(field, text).stored == stored
