import polars as pl
import pytest

from backdrop_tui.records.fields.names import FIRST_NAME, SURNAME
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.text import clean, fold_heading, has_control
from tests.support.cells import cell

every_field = pytest.mark.parametrize(
    "field", [field for kind in KINDS.values() for field in kind.fields], ids=lambda field: field.key
)
NAMES = [kind.by_key[key] for kind in KINDS.values() for key in ("first_name", "surname")]
CONTROLS = ["\x00", "\x01", "\x07", "\x08", "\x0b", "\x0c", "\x1b", "\x1b[31m", "\x7f", "\x80", "\x9b", "\x9d", "\u202a", "\u202e", "\u2066", "\u2069", "\u2028", "\u2029"]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  a  ", "a"),
        ("\u00a0a\u00a0", "a"),
        ("\u200b\ufeff a \u200d", "a"),
        ("a \u00a0\u2003 b", "a b"),
        ("a\nb", "a b"),
        ("a\r\n\r\nb", "a b"),
        ("a\tb", "a b"),
        ("a\u3000b", "a b"),
        ("e\u0301", "é"),
        ("A\u030a", "Å"),
        ("a\u200bb", "ab"),
        ("a\x1bb", "a\ufffdb"),
        ("\u202eab", "\ufffdab"),
        ("", ""),
        (" \u200b ", ""),
    ],
)
def test_text_is_cleaned(raw: str, text: str) -> None:
    assert clean(raw) == text


def test_a_null_cell_is_empty_text() -> None:
    assert (
        pl.DataFrame({"x": [None]}, schema={"x": pl.String})
        .select(has_control(pl.col("x").fill_null("")))
        .item()
        is False
    )


@every_field
@pytest.mark.parametrize("control", CONTROLS, ids=ascii)
def test_a_control_character_is_the_only_problem_of_its_cell(field: Field, control: str) -> None:
    middle = len(field.example) // 2
    result = cell(field, field.example[:middle] + control + field.example[middle:])
    lost = field in NAMES and "\x80" <= control <= "\x9f"
    code = "letter-lost" if lost else "control-character"
    assert [problem["code"] for problem in result.problems] == [code]
    assert result.errors == [code]
    assert result.stored is None
    value = result.problem(code)["value"]
    assert value == field.example[:middle] + "\ufffd" + control[1:] + field.example[middle:]
    assert control[0] not in result.message(code)


@every_field
def test_a_control_character_ends_all_checks_of_its_cell(field: Field) -> None:
    result = cell(field, "\x1b999=$?")
    assert [problem["code"] for problem in result.problems] == ["control-character"]


def test_a_control_characters_suggestion_is_the_text_without_it() -> None:
    name = KINDS["students"].by_key["first_name"]
    assert cell(name, "Am\x00ira\x07").suggestion("control-character") == "Amira"
    assert cell(name, "\x00").suggestion("control-character") is None


@every_field
@pytest.mark.parametrize(
    "word",
    [
        "N/A",
        "n/a",
        "none",
        "NONE",
        "nil",
        "Null",
        "TBC",
        "Pending",
        "Unknown",
        "not known",
        "Not specified",
        "-",
        "–",
        "?",
        " - ",
        "'-",
    ],
)
def test_words_for_nothing_count_as_blank_except_in_names(field: Field, word: str) -> None:
    result = cell(field, word)
    if field in {FIRST_NAME, SURNAME}:
        assert "required" not in result.errors
        return
    assert result.stored is None
    assert result.warnings == []
    if field.key != "user_group":
        assert result.errors == (["required"] if field.needed else [])


def test_a_problems_value_is_the_text_of_the_cell() -> None:
    assert cell(KINDS["students"].by_key["year_group"], " N/A ").problem("required")["value"] == "N/A"


@pytest.mark.parametrize(
    ("heading", "folded"),
    [("Legal Surname", "legalsurname"), (" D.O.B. ", "dob"), ("M/F", "mf"), ("Straße", "strasse"), ("Ｎａｍｅ", "name"), ("\ufeffUPN", "upn"), ("Année", "année"), ("", ""), ("Date of Birth (dd/mm/yyyy)", "dateofbirthddmmyyyy")],
)  # fmt: skip
def test_a_heading_is_folded_to_its_letters_and_digits(heading: str, folded: str) -> None:
    assert fold_heading(heading) == folded
