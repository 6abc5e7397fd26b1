"""Letters that were lost, in any cell: `letter-lost`."""

import pytest

from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.schema.broken_bytes import BROKEN_BYTE
from backdrop_tui.records.schema.field import Field
from tests.support.cells import cell

FIELDS = [field for kind in KINDS.values() for field in kind.fields]
NAMES = [field for field in FIELDS if field.key in {"first_name", "surname"}]
OTHERS = [field for field in FIELDS if field not in NAMES]
every_field = pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.key)
every_name = pytest.mark.parametrize("field", NAMES, ids=lambda field: field.key)
every_other_field = pytest.mark.parametrize("field", OTHERS, ids=lambda field: field.key)


def broken(text: bytes) -> str:
    """A text whose bytes from 0x80 on are broken."""
    return "".join(chr(byte if byte < 0x80 else BROKEN_BYTE + byte) for byte in text)


@every_field
@pytest.mark.parametrize("lost", ["\ufffd", broken(b"\xe9"), broken(b"\x81")], ids=ascii)
def test_a_lost_letter_is_the_only_problem_of_its_cell(field: Field, lost: str) -> None:
    result = cell(field, f"A{lost}b?1")
    assert result.errors == ["letter-lost"]
    assert result.warnings == []
    assert result.stored is None
    assert result.problem("letter-lost")["value"] == "A\ufffdb?1"
    assert "A\ufffdb?1" in result.message("letter-lost")


@every_name
@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        (b"Ren\xe9", "René"),
        (b"Ren\xe9e Garc\xeda", "Renée García"),
        (b" \x8eanna ", "Žanna"),
        (b"Mu\xf1oz", "Muñoz"),
        (b"Zo\x81", None),
        (b"O\x92Neill", None),
        (b"M\xb5ller", None),
        (b"Ann\xaa", None),
        (b"Ren\xe9 Mu?oz", None),
        (b"Ren\xe9\x1b", None),
    ],
)
def test_a_broken_byte_suggests_the_letter_that_it_is_in_windows_1252(
    field: Field, text: bytes, suggestion: str | None
) -> None:
    result = cell(field, broken(text))
    assert result.errors == ["letter-lost"]
    assert result.suggestion("letter-lost") == suggestion
    assert (str(suggestion) in result.message("letter-lost")) == (suggestion is not None)


@every_name
def test_what_a_broken_byte_was_is_never_sure(field: Field) -> None:
    assert not cell(field, broken(b"Ren\xe9")).problem("letter-lost")["sure"]


@every_name
@pytest.mark.parametrize("text", ["Zo\ufffd", "M\ufffdller", "\ufffd", "Ren\ufffd" + broken(b"\xe9")])
def test_a_letter_that_was_lost_earlier_has_no_suggestion(field: Field, text: str) -> None:
    assert cell(field, text).suggestion("letter-lost") is None


@every_name
@pytest.mark.parametrize(
    "text", ["Mu?oz", "O?Neill", "Anne Mar?a", "Łu?asz", "Zo\x80", "Ren\x8ee"], ids=ascii
)
def test_a_question_mark_inside_a_name_or_a_late_control_character_is_a_lost_letter(
    field: Field, text: str
) -> None:
    result = cell(field, text)
    assert result.errors == ["letter-lost"]
    assert result.warnings == []
    assert result.suggestion("letter-lost") is None


@every_name
@pytest.mark.parametrize("text", ["Smith?", "?Smith", "Smith ?", "Ann ? Marie"])
def test_a_question_mark_outside_a_word_is_no_lost_letter(field: Field, text: str) -> None:
    assert cell(field, text).errors == []
    assert cell(field, text).warnings == ["odd-character"]


@every_other_field
def test_a_question_mark_is_a_lost_letter_only_in_names(field: Field) -> None:
    assert "letter-lost" not in cell(field, "Year?Group").errors


@every_other_field
def test_a_late_control_character_is_a_lost_letter_only_in_names(field: Field) -> None:
    assert cell(field, "A\x80").errors == ["control-character"]


def test_an_admission_number_or_a_group_with_a_broken_byte_suggests_its_reading_too() -> None:
    group = KINDS["students"].by_key["registration_group"]
    assert cell(group, broken(b"\xc9cole")).suggestion("letter-lost") == "École"
