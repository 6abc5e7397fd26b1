import pytest

from backdrop_tui.intake.reading.encoding import to_utf8

PIECE = 1 << 20


@pytest.mark.parametrize("before", range(PIECE - 4, PIECE + 2))
@pytest.mark.parametrize("character", ["é", "…", "𝒳"])
def test_a_character_may_stand_anywhere(before: int, character: str) -> None:
    data = b"a" * before + character.encode() + b"b" * 10
    assert to_utf8(data, None) == (data, "utf-8")


@pytest.mark.parametrize("before", range(PIECE - 4, PIECE + 2))
@pytest.mark.parametrize("broken", [b"\xe9", b"\xe2\x80", b"\x80", b"\xff", b"\xed\xa0\x80", b"\xc0\xaf"])
def test_what_is_no_utf8_is_found_anywhere(before: int, broken: bytes) -> None:
    assert to_utf8(b"a" * before + broken + b"b", None)[1] == "cp1252"
    assert to_utf8(b"a" * before + broken, None)[1] == "cp1252"


def test_nothing_but_continuation_bytes_is_no_utf8() -> None:
    assert to_utf8(b"a" + b"\x80" * 3 * PIECE, None)[1] == "cp1252"
