"""Files that aren't UTF-8: the single-byte encoding in which their names read best."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backdrop_tui.intake.reading.encoding.encodings import SINGLE_BYTE, encoding_named
from backdrop_tui.intake.reading.encoding.guess import EncodingGuess, guess_encoding
from tests.intake.reading.conftest import Read
from tests.support.european_names import NAMES, in_encoding

HEADINGS = "Forename,Surname,DOB\r\n"
PEOPLE = (
    ("Zoé", "Möller"),
    ("Aimée", "Fernández"),
    ("Siôn", "O'Dwyer"),
    ("Ciarán", "Ibáñez"),
    ("Käthe", "Großmann"),
    ("João", "Gonçalves"),
    ("Irène", "Nyström"),
)


def file_of(*people: tuple[str, str], ends: str = "\r\n") -> str:
    rows = [f"{first},{surname},1{n}/03/2012\r\n" for n, (first, surname) in enumerate(people)]
    return (HEADINGS + "".join(rows)).replace("\r\n", ends)


def names_in(read: Read, data: bytes, **options: str) -> list[tuple[str, str]]:
    return [tuple(row) for row in read(data, **options).cells.select("c0", "c1").rows()]


@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("name", ["cp1252", "mac-roman", "cp850"])
def test_a_school_with_names_of_many_countries_is_read_right(read: Read, name: str, ends: str) -> None:
    sheet = read(file_of(*PEOPLE, ends=ends).encode(name))
    assert sheet.encoding.name == name
    assert sheet.cells.select("c0", "c1").rows() == list(PEOPLE)


@pytest.mark.parametrize("name", ["cp1252", "mac-roman", "cp850"])
def test_names_in_capitals_are_read_right(read: Read, name: str) -> None:
    capitals = [(first.upper(), surname.upper()) for first, surname in PEOPLE]
    sheet = read(file_of(*capitals).encode(name, "ignore"))
    assert sheet.encoding.name == name
    assert ("CIARÁN", "IBÁÑEZ") in sheet.cells.select("c0", "c1").rows()


def test_polish_is_told_apart_from_western_europe(read: Read) -> None:
    people = [
        ("Łukasz", "Wójcik"),
        ("Małgorzata", "Dąbrowski"),
        ("Rafał", "Zieliński"),
        ("Grażyna", "Stępień"),
    ]
    sheet = read(file_of(*people).encode("cp1250"))
    assert sheet.encoding.name == "cp1250"
    assert sheet.cells.select("c0", "c1").rows() == people


@pytest.mark.parametrize("country", NAMES)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_names_in_windows_1252_are_always_kept(country: str, data: st.DataObject) -> None:
    capitals = data.draw(st.booleans())
    names = st.sampled_from(in_encoding(NAMES[country], "cp1252", capitals=capitals))
    words = data.draw(st.lists(names, min_size=1, unique=True))
    assert guess_encoding(b"\r\n".join(words))[0].name == "cp1252"


@pytest.mark.parametrize(
    "text",
    [
        "Ava,Smith,doesn’t eat nuts; isn’t well; they’ll call",
        "Ava,Smith\u00a0\nBen,Khan\u00a0\nCai,Lee\u00a0",
        "Ava,van\u00a0der\u00a0Berg\nMary\u00a0Ann,Lee",
        "Ava,Smith,“fine” – £5 for the trip, ½ day at 20°",
        "Ava,O’Neill\nD’Arcy,Dell’Orto\nDe’Shawn,Lee",
        "Ava,SØRENSEN\nÞÓR,RAGNHEIÐ",
        "Lœtitia,Mœrs",
        "Ava,1ª B\nBen,2º A",
    ],
)
def test_what_office_programs_write_in_windows_1252_is_kept(text: str) -> None:
    assert guess_encoding(text.encode("cp1252"))[0].name == "cp1252"


def test_line_ends_of_old_macs_speak_for_mac_roman() -> None:
    assert guess_encoding("Forename\rSimões\r".encode("mac-roman"))[0].name == "mac-roman"
    assert guess_encoding("Forename\nSimões\n".encode("mac-roman"))[0].name != "mac-roman"


def test_without_any_word_the_encoding_is_windows_1252_and_nothing_was_guessed() -> None:
    best, guess = guess_encoding(b"Fee\n\xa3 5\n")
    assert (best.name, guess) == ("cp1252", None)


def test_the_evidence_is_the_names_on_which_the_encodings_differ_most(read: Read) -> None:
    guess = read(file_of(*PEOPLE).encode("mac-roman")).guess
    assert guess is not None
    assert guess.runner_up.name in {"cp1252", "cp850"}
    assert len(guess.names) == 3
    for name, as_runner_up in guess.names:
        assert name.encode("mac-roman") == as_runner_up.encode(guess.runner_up.name)
        assert name in str(PEOPLE)
        assert name != as_runner_up


def test_there_is_no_evidence_to_show_for_an_encoding_that_is_certain_or_chosen(read: Read) -> None:
    text = file_of(*PEOPLE)
    assert read(text).guess is None
    assert read(text.encode("utf-16")).guess is None
    assert read(text.encode("utf-8-sig")).guess is None
    assert read(text.encode("cp1252"), encoding="cp1252").guess is None
    assert read(text.encode("cp1252"), encoding="mac-roman").guess is None


def test_a_choice_overrules_the_guess(read: Read) -> None:
    data = file_of(("Renée", "Lee")).encode("cp1252")
    assert names_in(read, data, encoding="mac-roman") == [("RenÈe", "Lee")]
    assert names_in(read, data, encoding="cp850") == [("RenÚe", "Lee")]


@pytest.mark.parametrize("name", [encoding.name for encoding in SINGLE_BYTE])
def test_every_byte_is_a_character_of_a_single_byte_encoding(name: str) -> None:
    encoding = encoding_named(name)
    text = encoding.to_utf8(bytes(range(256))).decode()
    assert len(text) == 256
    assert text == encoding.characters


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes_give_an_encoding(data: bytes) -> None:
    best, guess = guess_encoding(data)
    assert best in SINGLE_BYTE
    assert guess is None or isinstance(guess, EncodingGuess)
    assert guess_encoding(data) == (best, guess)


def test_names_far_into_a_large_file_count() -> None:
    ascii_rows = b"Ava,Smith,10/03/2012\r\n" * 50_000
    names = b"\r\n".join(in_encoding(NAMES["Spain"], "mac-roman"))
    assert guess_encoding(ascii_rows + names + b"\r\n" + ascii_rows)[0].name == "mac-roman"


def test_a_word_is_whole_wherever_the_file_is_cut_into_blocks() -> None:
    for before in range(4_080, 4_100):
        best, guess = guess_encoding(b"x" * before + b"\r\nRen" + "é".encode("mac-roman") + b"e\r\n")
        assert best.name == "mac-roman"
        assert guess is not None
        assert guess.names[0][0] == "Renée"


def test_the_three_names_are_few_words_of_many() -> None:
    names = [
        f"{letter}é{end}" for letter in "BCDFGHJKLMNP" for end in map(str.lower, map(chr, range(65, 91)))
    ]
    words = [f"{first}{second.lower()}" for first in names for second in names[:40]]
    best, guess = guess_encoding("\n".join(words).encode("cp850"))
    assert best.name == "cp850"
    assert guess is not None
    assert len(set(guess.names)) == 3
