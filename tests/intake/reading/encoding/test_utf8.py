"""UTF-8 with broken bytes: it stays UTF-8, and the bytes are kept."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backdrop_tui.intake.reading.encoding.utf8 import utf8
from backdrop_tui.records.schema.broken_bytes import BROKEN_BYTE
from tests.intake.reading.conftest import Read

NAMES = ("Zoë", "Müller", "José", "García", "Siân", "Núñez", "Jörg", "Inês", "Şahin")
MARK = {byte: chr(BROKEN_BYTE + byte) for byte in range(0x80, 0x100)}


def rows(*names: bytes) -> bytes:
    return b"Forename,Surname\n" + b"".join(name + b",Lee\n" for name in names)


NINE_RIGHT = [name.encode() for name in NAMES]


def test_one_broken_byte_in_ten_characters_leaves_a_file_utf8(read: Read) -> None:
    sheet = read(rows(*(b"Zo\xc3\xab" for _ in range(9)), b"Ren\xe9"))
    assert sheet.encoding.name == "utf-8"
    assert sheet.cells["c0"].to_list() == ["Zoë"] * 9 + ["Ren" + MARK[0xE9]]


def test_more_than_one_broken_character_in_ten_makes_it_another_encoding(read: Read) -> None:
    sheet = read(rows(*(b"Zo\xc3\xab" for _ in range(8)), b"Ren\xe9"))
    assert sheet.encoding.name not in {"utf-8", "utf-8-sig"}


def test_a_byte_order_mark_is_believed_however_much_is_broken(read: Read) -> None:
    sheet = read(codecs.BOM_UTF8 + rows(b"Ren\xe9", b"Zo\xeb", b"Zo\xc3\xab"))
    assert sheet.encoding.name == "utf-8-sig"
    assert sheet.cells["c0"].to_list() == ["Ren" + MARK[0xE9], "Zo" + MARK[0xEB], "Zoë"]


@pytest.mark.parametrize("chosen", ["utf-8", "utf-8-sig"])
def test_a_file_with_broken_bytes_can_be_read_as_the_utf8_that_it_is(read: Read, chosen: str) -> None:
    sheet = read(rows(*NINE_RIGHT, b"Ren\xe9"), encoding=chosen)
    assert sheet.encoding.name == chosen
    assert sheet.cells["c0"][9] == "Ren" + MARK[0xE9]


@pytest.mark.parametrize(
    ("broken", "bytes_kept"),
    [
        (b"\xe9", [0xE9]),
        (b"\xc3", [0xC3]),
        (b"\xe2\x80", [0xE2, 0x80]),
        (b"\x80", [0x80]),
        (b"\xff\xfe", [0xFF, 0xFE]),
        (b"\xed\xa0\x80", [0xED, 0xA0, 0x80]),
        (b"\xc0\xaf", [0xC0, 0xAF]),
        (b"\xf5\x80\x80\x80", [0xF5, 0x80, 0x80, 0x80]),
    ],
)
def test_every_kind_of_broken_byte_is_kept_as_a_character(broken: bytes, bytes_kept: list[int]) -> None:
    text = utf8("ëéü".encode() * 100 + b"Zo" + broken + b",Lee").decode()
    assert text == "ëéü" * 100 + "Zo" + "".join(MARK[byte] for byte in bytes_kept) + ",Lee"


def test_characters_of_the_file_that_look_like_kept_bytes_are_not_taken_for_them(read: Read) -> None:
    private = "Zo" + MARK[0xEB]
    for data in (
        rows(private.encode()),
        f"Forename,Surname\n{private},Lee\n".encode("utf-16"),
        rows(*NINE_RIGHT, private.encode(), b"Ren\xe9"),
    ):
        assert "Zo\ufffd" in read(data).cells["c0"].to_list()


def test_other_characters_for_private_use_stay_as_they_are(read: Read) -> None:
    assert read(rows("Zo\ue000\uf8ff\uef7f\uf000".encode())).cells["c0"][0] == "Zo\ue000\uf8ff\uef7f\uf000"


@settings(max_examples=100, deadline=None)
@given(
    pieces=st.lists(st.text(max_size=5).filter(lambda text: "\ufeff" not in text)),
    broken=st.binary(max_size=4),
)
def test_what_is_right_around_broken_bytes_stays_as_it_is(pieces: list[str], broken: bytes) -> None:
    text = "".join(pieces).translate(dict.fromkeys(range(0xEF80, 0xF000)))
    before, after = f"é{text}é" * 20, f"{text}é" * 20
    got = utf8(before.encode() + broken + b"," + after.encode()).decode()
    assert got.startswith(before)
    assert got.endswith("," + after)


@pytest.mark.parametrize("length", range(249_996, 250_003))
def test_bytes_are_kept_wherever_the_file_is_cut_into_pieces(length: int) -> None:
    filling = "é".encode() * 20 + b"x" * (length - 40)
    for broken in (b"\xe2\x80\xe9", b"\xc3\xa9\xe9", b"\xf0\x9f\x98\x80\x80"):
        marked = "".join(MARK.get(ord(c) - 0xDC00, c) for c in broken.decode(errors="surrogateescape"))
        assert (
            utf8(filling + broken + b"," + filling).decode()
            == filling.decode() + marked + "," + filling.decode()
        )
