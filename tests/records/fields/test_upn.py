import random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backdrop_tui.records.fields.local_authorities import LOCAL_AUTHORITIES
from backdrop_tui.records.fields.upn import FAST_PATH, UPN
from tests.support.cells import cell, column

TABLE = "ABCDEFGHJKLMNPQRTUVWXYZ"


def letter_for(rest: str) -> str:
    """The check letter of characters 2 to 13, worked out as the guide describes it."""
    total = 0
    for weight, character in enumerate(rest, start=2):
        total += weight * (int(character) if character.isdigit() else TABLE.index(character))
    return TABLE[total % 23]


def is_fine(text: str) -> bool:
    """Whether a text is a UPN of a known authority, by a plain implementation of the rules."""
    if len(text) != 13 or text[0] not in TABLE:
        return False
    if any(c not in "0123456789" for c in text[1:12]) or text[12] not in "0123456789" + TABLE:
        return False
    return text[0] == letter_for(text[1:]) and text[1:4] in LOCAL_AUTHORITIES


rests = st.builds(
    lambda authority, digits, last: authority + digits + last,
    st.sampled_from(sorted(LOCAL_AUTHORITIES)),
    st.text(alphabet="0123456789", min_size=8, max_size=8),
    st.sampled_from("0123456789" + TABLE),
)


@pytest.mark.parametrize(
    "upn",
    # Sums by hand: weight times digit, added up, less the greatest multiple of 23.
    [
        "R201100018042",  # 176 = 7 × 23 + 15
        "T20110001804V",  # 384 = 16 × 23 + 16, V counts 18
        "H801200001001",  # 53 = 2 × 23 + 7
        "B801200005001",  # 16+0+4+10+55+13 = 93 … 93 - 4×23 = 1
    ],
)
def test_the_published_examples_are_right(upn: str) -> None:
    result = cell(UPN, upn)
    assert result.stored == upn
    assert not result.errors


@pytest.mark.parametrize(
    ("rest", "total"),
    [
        ("201000000000", 4 + 4),
        ("301000000000", 6 + 4),
        ("866000000000", 16 + 18 + 24),
        ("926000000000", 18 + 6 + 24),
        ("335000000000", 6 + 9 + 20),
        ("420000000000", 8 + 6),
        ("660000000000", 12 + 18),
        ("681000000000", 12 + 24 + 4),
        ("838000000000", 16 + 9 + 32),
        ("839000000000", 16 + 9 + 36),
        ("940000000000", 18 + 12),
        ("943000000000", 18 + 12 + 12),
        ("201999999999", 4 + 4 + 9 * (5 + 6 + 7 + 8 + 9 + 10 + 11 + 12 + 13)),
        ("201000000009", 4 + 4 + 117),
        ("20100000000A", 4 + 4 + 0),
        ("20100000000B", 4 + 4 + 13),
        ("20100000000H", 4 + 4 + 91),
        ("20100000000J", 4 + 4 + 104),
        ("20100000000N", 4 + 4 + 156),
        ("20100000000P", 4 + 4 + 169),
        ("20100000000R", 4 + 4 + 195),
        ("20100000000T", 4 + 4 + 208),
        ("20100000000Z", 4 + 4 + 286),
        ("201100000000", 4 + 4 + 5),
        ("201010000000", 4 + 4 + 6),
        ("201001000000", 4 + 4 + 7),
        ("201000100000", 4 + 4 + 8),
        ("201000010000", 4 + 4 + 9),
        ("201000001000", 4 + 4 + 10),
        ("201000000100", 4 + 4 + 11),
        ("201000000010", 4 + 4 + 12),
    ],
)
def test_only_the_letter_worked_out_by_hand_is_right(rest: str, total: int) -> None:
    right = TABLE[total % 23]
    for letter, result in zip(TABLE, column(UPN, [letter + rest for letter in TABLE]), strict=True):
        assert result.errors == ([] if letter == right else ["upn-check-letter"])
        assert not result.warnings


def test_a_wrong_check_letter_is_an_error_that_names_the_right_one_but_suggests_nothing() -> None:
    result = cell(UPN, "A801200005001")
    assert result.errors == ["upn-check-letter"]
    assert result.stored is None
    assert result.suggestion("upn-check-letter") is None
    assert "should be B" in result.message("upn-check-letter")


@pytest.mark.parametrize("text", ["", " ", "N/A", "none", "Null", "-", "?", None])
def test_a_upn_may_be_blank(text: str | None) -> None:
    result = cell(UPN, text)
    assert result.stored is None
    assert not result.problems


@pytest.mark.parametrize(
    "text", ["h801200001001", " H801200001001 ", "\u200bH801200001001\u00a0", "h801200001001\ufeff"]
)
def test_a_upn_is_trimmed_and_put_in_capitals(text: str) -> None:
    result = cell(UPN, text)
    assert result.stored == "H801200001001"
    assert not result.problems


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("H80120000100", None),
        ("H8012000010012", None),
        ("801200001001", None),
        ("H 801200 001001", "H801200001001"),
        ("H801-2000-01001", "H801200001001"),
        ("H801\u2010200001001", "H801200001001"),
        ("jane.smith@school.sch.uk", None),
    ],
)
def test_a_upn_of_the_wrong_length_is_an_error(text: str, suggestion: str | None) -> None:
    result = cell(UPN, text)
    assert result.errors == ["upn-length"]
    assert result.suggestion("upn-length") == suggestion
    assert "13" in result.message("upn-length")


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("I801200001001", None),
        ("O801200001001", None),
        ("S801200001001", None),
        ("8801200001001", None),
        ("H8O12OOOO1OO1", "H801200001001"),
        ("H80l200001001", "H801200001001"),
        ("HA01200001001", None),
        ("H80120000100I", "H801200001001"),
        ("H80120000100S", None),
        ("H80120000100-", None),
        ("H８01200001001", None),
        ("H٨01200001001", None),
        ("Н801200001001", None),
    ],
)
def test_a_character_in_the_wrong_place_is_an_error(text: str, suggestion: str | None) -> None:
    result = cell(UPN, text)
    assert result.errors == ["upn-format"]
    assert result.suggestion("upn-format") == suggestion


@pytest.mark.parametrize("number", ["000", "100", "214", "659", "682", "944", "999"])
def test_an_unknown_authority_is_a_warning(number: str) -> None:
    rest = f"{number}200001001"
    result = cell(UPN, letter_for(rest) + rest)
    assert not result.errors
    assert result.warnings == ["upn-la-code"]
    assert result.stored
    assert number in result.message("upn-la-code")


@pytest.mark.parametrize(
    "number", ["660", "670", "681", "838", "839", "940", "941", "942", "943", "201", "866", "938"]
)
def test_local_authorities_missing_from_old_lists_are_known(number: str) -> None:
    rest = f"{number}200001001"
    assert not cell(UPN, letter_for(rest) + rest).problems


def test_an_unknown_authority_is_reported_alongside_a_wrong_letter() -> None:
    rest = "999200001001"
    wrong = next(letter for letter in TABLE if letter != letter_for(rest))
    result = cell(UPN, wrong + rest)
    assert result.errors == ["upn-check-letter"]
    assert result.warnings == ["upn-la-code"]


def test_the_local_authority_is_only_checked_in_a_well_formed_upn() -> None:
    assert cell(UPN, "I999200001001").warnings == []
    assert cell(UPN, "H99920000100").warnings == []


@pytest.mark.parametrize(
    ("text", "code", "is_sure"),
    [
        ("H 801200 001001", "upn-length", True),
        ("H801/2000/01001", "upn-length", True),
        ("H801–2000–01001", "upn-length", True),
        ("H8O1200001001", "upn-format", False),
        ("H 8O1200 001001", "upn-length", False),
    ],
)
def test_a_suggestion_is_sure_if_it_only_drops_spaces_and_dashes(text: str, code: str, is_sure: bool) -> None:  # noqa: FBT001 - a case
    result = cell(UPN, text)
    assert result.suggestion(code) == "H801200001001"
    assert result.is_sure(code) == is_sure


@pytest.mark.parametrize("text", ["A 801200 001001", "A8O1200001001", "H 801200 00100", "H8O120000100"])
def test_nothing_is_suggested_that_the_check_letter_does_not_confirm(text: str) -> None:
    (problem,) = cell(UPN, text).problems
    assert problem["suggestion"] is None


@settings(deadline=None, max_examples=60)
@given(rests, st.integers(0, 12), st.sampled_from("0123456789" + TABLE))
def test_no_suggestion_turns_a_mistyped_character_into_another_upn(
    rest: str, place: int, character: str
) -> None:
    upn = letter_for(rest) + rest
    mistyped = upn[:place] + character + upn[place + 1 :]
    suggestions = {problem["suggestion"] for problem in cell(UPN, mistyped).problems}
    assert suggestions <= {None, upn}


@settings(deadline=None, max_examples=60)
@given(st.lists(rests, min_size=1, max_size=40))
def test_every_upn_that_follows_the_rules_is_accepted(upn_rests: list[str]) -> None:
    upns = [letter_for(rest) + rest for rest in upn_rests]
    assert [(cell.stored, cell.problems) for cell in column(UPN, upns)] == [(upn, ()) for upn in upns]


@settings(deadline=None, max_examples=60)
@given(st.lists(rests, min_size=1, max_size=30), st.integers())
def test_the_rules_agree_with_a_plain_implementation(upn_rests: list[str], seed: int) -> None:
    shuffle = random.Random(seed)  # noqa: S311 - a test's mutations
    texts = []
    for rest in upn_rests:
        upn = list(letter_for(rest) + rest)
        upn[shuffle.randrange(13)] = shuffle.choice("0123456789:;/@GgIOSAZ[ éЅ")
        texts += ["".join(upn), "".join(upn)[:12], "".join(upn) + "1", letter_for(rest) + rest]
    for text, checked in zip(texts, column(UPN, texts), strict=True):
        assert (not checked.problems) == (not text.strip() or is_fine(text.strip().upper())), text


@settings(deadline=None, max_examples=60)
@given(st.lists(rests, min_size=1, max_size=30), st.integers())
def test_the_fast_path_is_sure_of_permanent_upns_without_a_fault(upn_rests: list[str], seed: int) -> None:
    shuffle = random.Random(seed)  # noqa: S311 - a test's mutations
    texts = []
    for rest in upn_rests:
        upn = list(letter_for(rest) + rest)
        texts.append("".join(upn))
        upn[shuffle.randrange(13)] = shuffle.choice("0123456789:;/@GgIOSAZ[ éЅ\x00\x7f")
        texts += ["".join(upn), "".join(upn).lower()]
    plain = pl.DataFrame({"text": texts}).select(FAST_PATH.sure).to_series().to_list()
    for text, quick, checked in zip(texts, plain, column(UPN, texts), strict=True):
        assert quick == (is_fine(text) and text[12].isdigit()), text
        if quick:
            assert checked.stored == text
            assert not checked.problems
