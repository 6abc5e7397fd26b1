import pytest

from .conftest import Read

START = b"Forename,Surname\n"
AFTER = (1, 70_000, 1 << 21)
"""Characters in front of what is looked at: among the first lines, and far behind them."""


@pytest.mark.parametrize("before", AFTER)
@pytest.mark.parametrize("character", ["é", "…", "𝒳"])
def test_a_character_may_stand_anywhere(read: Read, before: int, character: str) -> None:
    lines = b"Luca,Smith\n" * (before // 11)
    sheet = read(START + lines + f"Zo{character},Berg\n".encode() + lines)
    assert sheet.encoding.name == "utf-8"
    assert f"Zo{character}" in sheet.cells["c0"]


@pytest.mark.parametrize("before", AFTER)
@pytest.mark.parametrize("broken", [b"\xe9", b"\xe2\x80", b"\x80", b"\xff", b"\xed\xa0\x80", b"\xc0\xaf"])
def test_what_is_no_utf8_is_found_anywhere(read: Read, before: int, broken: bytes) -> None:
    lines = b"Luca,Smith\n" * (before // 11)
    for end in (b",Berg\n" + lines, b""):
        sheet = read(START + lines + b"Zo" + broken + end)
        assert sheet.encoding.name == "cp1252"
        assert any(cell.startswith("Zo") and len(cell) == 2 + len(broken) for cell in sheet.cells["c0"])
