"""Stage 1: encodings and byte-order marks."""

import codecs

import pytest

from backdrop_tui.intake.reading.encoding.encodings import SINGLE_BYTE

from .conftest import Read

PLAIN = "Forename,Surname,Year\nLuca,Smith,7\nZoë,Jones,8\n"
START = b"Forename,Surname\n"
AFTER = (1, 70_000, 1 << 21)
"""Characters before those that matter: among the first lines, and far beyond them."""


def rows(*cells: tuple[object, ...]) -> list[tuple[object, ...]]:
    return list(cells)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (PLAIN.encode(), "utf-8"),
        (PLAIN.replace("ë", "e").encode(), "utf-8"),
        (PLAIN.encode("utf-8-sig"), "utf-8-sig"),
        (codecs.BOM_UTF16_LE + PLAIN.encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-be"), "utf-16"),
        (PLAIN.encode("cp1252"), "cp1252"),
    ],
)
def test_the_encoding_is_detected(read: Read, data: bytes, encoding: str) -> None:
    sheet = read(data)
    assert sheet.encoding.name == encoding
    assert sheet.headings == ("Forename", "Surname", "Year")
    assert sheet.cells["c0"][1] in {"Zoë", "Zoe"}


def test_the_five_bytes_that_windows_1252_leaves_undefined_are_control_characters(read: Read) -> None:
    sheet = read(b"Forename,Surname\nZo\xeb,\x81\x8d\x8f\x90\x9d\x80\n")
    assert sheet.encoding.name == "cp1252"
    assert sheet.cells["c1"][0] == "\x81\x8d\x8f\x90\x9d€"


def test_the_user_can_choose_the_encoding(read: Read) -> None:
    assert read(PLAIN.encode(), encoding="cp1252").cells["c0"][1] == "ZoÃ«"
    assert read(PLAIN.encode("utf-16-le"), encoding="utf-16").cells["c0"][1] == "Zoë"
    assert read(PLAIN.encode("utf-16-be"), encoding="utf-16").cells["c0"][1] == "Zoë"
    assert read(PLAIN.encode("utf-8-sig"), encoding="utf-8").headings[0] == "Forename"


def test_a_byte_order_mark_before_a_quote_does_not_hide_it(read: Read) -> None:
    sheet = read('\ufeff\ufeff"Forename",Surname\n\ufeff"Smith, Jr",B\n')
    assert sheet.headings == ("Forename", "Surname")
    assert sheet.cells.rows() == rows((2, "Smith, Jr", "B"))


def test_a_byte_order_mark_below_the_headings_is_not_a_fault(read: Read) -> None:
    sheet = read('Forename,Surname\n\ufeffZoë,A\n"called ""Bo""",B\n"Lu,C\n')
    assert sheet.cells["row"].to_list() == [2, 3, 4]
    assert sheet.faults["row"].to_list() == [4]


@pytest.mark.parametrize("before", AFTER)
@pytest.mark.parametrize("character", ["é", "…", "𝒳"])
def test_a_character_of_several_bytes_is_read_anywhere_in_the_file(
    read: Read, before: int, character: str
) -> None:
    lines = b"Luca,Smith\n" * (before // 11)
    sheet = read(START + lines + f"Zo{character},Berg\n".encode() + lines)
    assert sheet.encoding.name == "utf-8"
    assert f"Zo{character}" in sheet.cells["c0"]


@pytest.mark.parametrize("before", AFTER)
@pytest.mark.parametrize("broken", [b"\xe9", b"\xe2\x80", b"\x80", b"\xff", b"\xed\xa0\x80", b"\xc0\xaf"])
def test_an_invalid_byte_is_found_anywhere_in_the_file(read: Read, before: int, broken: bytes) -> None:
    lines = b"Luca,Smith\n" * (before // 11)
    for end in (b",Berg\n" + lines, b""):
        sheet = read(START + lines + b"Zo" + broken + end)
        assert sheet.encoding in SINGLE_BYTE
        assert any(cell.startswith("Zo") and len(cell) == 2 + len(broken) for cell in sheet.cells["c0"])
