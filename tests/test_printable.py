"""Texts without what can't be seen, and JSON that escapes it."""

import json
import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backdrop_tui.printable import _USUAL, INVISIBLE, MOST_MARKS, escaped, escaped_bytes, printable

UNSEEN = re.compile(f"[{INVISIBLE}]")
ZALGO = "Z" + "\u0300\u0489\u0316" * 40
hostile_texts = st.lists(
    st.sampled_from(["\x1b[31m", "\x9b", "\x7f", "\x00", "\u202e", "\u2066", "\u200b", "\ufeff", "\u3164", "\u2800", "\U000e0041",
                     "\ue000", "\ud800", "\u2028", "\x85", "\u0301", "\u20dd", "\n", '"', "\\", "é", "名", "a"])
).map("".join)  # fmt: skip


def can_all_be_seen(text: str) -> bool:
    """Whether every character can be seen, and none has more marks than a language needs."""
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character)[0] == "M" else 0
        if marks > MOST_MARKS or not character.isprintable() or UNSEEN.match(character):
            return False
    return True


@given(st.text() | hostile_texts)
@example(ZALGO)
def test_everything_that_is_shown_can_be_seen(text: str) -> None:
    assert can_all_be_seen(printable(text))
    assert can_all_be_seen(printable(text, keep="\n").replace("\n", ""))


@given(st.text() | hostile_texts)
@example(ZALGO)
@example("\udcff")
def test_json_shows_nothing_that_cant_be_seen_and_means_the_same(text: str) -> None:
    shown = escaped(json.dumps([text, {text: 1}], ensure_ascii=False))
    assert can_all_be_seen(shown)
    assert json.loads(shown) == [text, {text: 1}]


@pytest.mark.parametrize(
    "text", ["Zoë Nguyễn", "Ste\u0301phane", "名前", "“Ann’s” – £5 …", "ภูมิ", "שָׁלוֹם", "مُحَمَّد", "ཧཱུྃ", ""]
)
def test_what_languages_write_stays_as_it_is(text: str) -> None:
    assert printable(text) == text
    assert escaped(json.dumps(text, ensure_ascii=False)) == json.dumps(text, ensure_ascii=False)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])) | hostile_texts))
@example([ZALGO])
@example(["“Zoë” \ufffd"])
def test_json_in_bytes_is_escaped_like_json_in_text(texts: list[str]) -> None:
    text = json.dumps([text.encode(errors="ignore").decode() for text in texts], ensure_ascii=False)
    assert escaped_bytes(text.encode()) == escaped(text).encode()


def test_a_long_run_of_marks_is_cut() -> None:
    assert printable(ZALGO + "a") == ZALGO[: 1 + MOST_MARKS] + "\ufffd" + "a"


def test_the_usual_characters_can_all_be_seen() -> None:
    usual = re.compile(f"[{_USUAL}]")
    assert all(can_all_be_seen(chr(code)) for code in range(0x110000) if usual.match(chr(code)))


def test_line_ends_and_odd_spaces_are_spaces_unless_they_are_kept() -> None:
    assert printable("a\nb\tc\u00a0d\u2028e\x85f") == "a b c d e f"
    assert printable("a\nb\tc", keep="\n") == "a\nb c"
