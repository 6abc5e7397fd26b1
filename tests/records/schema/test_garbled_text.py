"""Garbled names are repaired, and real names are never taken for garbled ones."""

import unicodedata

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backdrop_tui.records.fields.names import FIRST_NAME
from backdrop_tui.records.fields.registration_group import REGISTRATION_GROUP
from backdrop_tui.records.fields.upn import UPN
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.garbled_text import repaired
from backdrop_tui.records.staff import JOB_ROLE, USER_GROUP
from tests.support.cells import cell
from tests.support.real_names import NAMES

ENCODINGS = ("cp1252", "latin-1", "cp1250", "mac_roman", "cp850")
WORDS = sorted({word for name in NAMES for word in name.split()})


def repair(text: str) -> str | None:
    repair: str | None = pl.DataFrame({"raw": [text]}).select(repaired(pl.col("raw"))).item()
    return repair


def misread(text: str, encoding: str) -> str:
    """A text whose UTF-8 has been read in another encoding; bytes that this doesn't have become control characters."""
    return "".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize(
    ("garbled", "name"),
    [
        ("JesÃºs", "Jesús"), ("ZoÃ«", "Zoë"), ("RenÃ©e", "Renée"), ("Zo├½", "Zoë"), ("Ren√©e", "Renée"), ("RenĂ©e", "Renée"),
        ("Å\u00a0imon", "Šimon"), ("GarcÃ\u00ada", "García"), ("Ã\x81lvaro", "Álvaro"), ("Oâ€™Brien", "O'Brien"), ("OÔÇÖBrien", "O'Brien"),
        ("AdaÂ\u00a0Okoro", "Ada Okoro"), ("ï»¿Ada", "Ada"), ("MUÃ‘OZ", "MUÑOZ"), ("Ãœnal", "Ünal"), ("Ã–zil", "Özil"), ("StrauÃŸ", "Strauß"),
        ("STRAUÃŸ", "STRAUß"), ("GyÅ‘rfi", "Győrfi"), ("Åžahin", "Şahin"), ("OÄžLU", "OĞLU"), ("RenÃƒÂ©e", "Renée"), ("RenÃƒÆ’Ã‚Â©e", "Renée"),
        ("Zo&euml;", "Zoë"), ("O&#39;Neill", "O'Neill"), ("O&apos;Brien", "O'Brien"), ("O&rsquo;Brien", "O'Brien"), ("Zo&#xeb;", "Zoë"),
        ("MacÃŒomhair", "MacÌomhair"), ("McÃ‰anna", "McÉanna"), ("LeÃ–zil", "LeÖzil"), ("MacÃžor", "MacÞor"), ("MacĂŚomhair", "MacÌomhair"),
        ("Zo&amp;euml;", "Zoë"), ("Anne&nbsp;Marie", "Anne Marie"), ("Zo&Atilde;&laquo;", "Zoë"), ("Teaching &amp; Learning", "Teaching & Learning"),
    ],
)  # fmt: skip
def test_a_garbled_text_is_repaired(garbled: str, name: str) -> None:
    assert repair(garbled) == name


@settings(deadline=None, max_examples=60)
@given(
    words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=3),
    encoding=st.sampled_from(ENCODINGS),
    times=st.integers(1, 2),
    in_capitals=st.booleans(),
)
def test_utf_8_read_in_another_encoding_is_never_repaired_wrongly(
    words: list[str], encoding: str, times: int, *, in_capitals: bool
) -> None:
    name = " ".join(words).upper() if in_capitals else " ".join(words)
    garbled = misread(name, encoding) if times == 1 else misread(misread(name, encoding), encoding)
    assert repair(garbled) in {None, unicodedata.normalize("NFC", name)}


@pytest.mark.parametrize(
    ("encoding", "most_unsure"), [("cp1252", 0.03), ("latin-1", 0.03), ("cp1250", 0.1), ("mac_roman", 0.01), ("cp850", 0.02)]
)  # fmt: skip
@pytest.mark.parametrize("times", [1, 2])
def test_nearly_every_garbled_name_can_be_repaired(encoding: str, times: int, most_unsure: float) -> None:
    names = [name for word in WORDS for name in (word, word.upper()) if not name.isascii()]
    garbled = [misread(name, encoding) for name in names]
    if times == 2:
        garbled = [misread(name, encoding) for name in garbled]
    wrong = [(name, text) for name, text in zip(names, garbled, strict=True) if repair(text) != name]
    assert len(wrong) <= len(names) * most_unsure, wrong


@settings(deadline=None, max_examples=60)
@given(
    words=st.lists(
        st.sampled_from([*WORDS, *map(str.upper, WORDS), *map(str.lower, WORDS)]), min_size=1, max_size=4
    ),
    prefix=st.sampled_from(["", "", "O’", "D’", "Mc", "St. "]),
    join=st.sampled_from([" ", "-", "\u00a0", " – ", ". "]),
)
def test_a_real_name_is_never_garbled(words: list[str], prefix: str, join: str) -> None:
    name = prefix + join.join(words)
    for form in (name, unicodedata.normalize("NFD", name), f"{name}\u00a0"):
        assert repair(form) is None


@pytest.mark.parametrize(
    "name",
    [
        "Smith & Jones",
        "R&D;",
        "AT&T",
        "&nosuch;",
        "&#0;",
        "&#27;",
        "GarcÃ a MuÃ±oz",
        "jesãºs",
        "ËÉÜ",
        "Ã\ufffdlvaro JosÃ©",
        "",
    ],
)
def test_what_cannot_be_repaired_for_certain_is_left_alone(name: str) -> None:
    assert repair(name) is None


@pytest.mark.parametrize(
    "field", [FIRST_NAME, REGISTRATION_GROUP, JOB_ROLE, USER_GROUP], ids=lambda field: field.key
)
def test_a_garbled_text_is_a_warning_with_a_sure_suggestion(field: Field) -> None:
    result = cell(field, "MusÃ©e")
    assert "text-garbled" in result.warnings
    assert result.suggestion("text-garbled") == "Musée"
    assert result.is_sure("text-garbled")
    assert result.message("text-garbled") == "“MusÃ©e” looks damaged. It should be “Musée”."


@pytest.mark.parametrize(
    ("garbled", "shown", "name"),
    [("Å\x81ukasz", "Å\ufffdukasz", "Łukasz"), ("Ã\x81lvaro", "Ã\ufffdlvaro", "Álvaro")],
)
def test_the_message_shows_what_the_file_has_although_the_name_is_stored_as_it_was(
    garbled: str, shown: str, name: str
) -> None:
    result = cell(FIRST_NAME, garbled)
    assert result.stored == name
    problem = result.problem("text-garbled")
    assert (problem["value"], problem["suggestion"]) == (shown, name)
    assert problem["message"] == f"“{shown}” looks damaged. It should be “{name}”."


def test_a_garbled_name_has_no_other_problem() -> None:
    for garbled in ("Ã\x81lvaro", "Zo&euml;", "×©×¨×\x94", "GarcÃ\u00ada"):
        result = cell(FIRST_NAME, garbled)
        assert [problem["code"] for problem in result.problems] == ["text-garbled"]


def test_a_garbled_name_that_cannot_be_stored_as_it_is_is_stored_as_it_was() -> None:
    assert cell(FIRST_NAME, "Ã\x81lvaro").stored == "Álvaro"
    assert cell(FIRST_NAME, "JesÃºs").stored == "JesÃºs"


def test_a_field_without_words_is_never_garbled() -> None:
    assert "text-garbled" not in cell(UPN, "H80120000100Ã©").warnings
