"""The names that show what each encoding makes of a file."""

import pytest

from backdrop_tui.intake.reading.encoding.encodings import ENCODINGS, encoding_named
from backdrop_tui.intake.reading.encoding.samples import sample_names

TEXT = "Forename,Surname\nZoé,Möller\nAva,Smith\nAimée,Fernández\nSiôn,Ibáñez\nKäthe,Großmann\n"


@pytest.mark.parametrize("name", [encoding.name for encoding in ENCODINGS if encoding.name != "cp1250"])
def test_every_encoding_shows_the_same_three_names_of_a_file(name: str) -> None:
    encoding = encoding_named(name)
    names = sample_names(TEXT.encode(name), encoding)
    assert tuple(names) == ENCODINGS
    assert {len(readings) for readings in names.values()} == {3}
    assert all(reading in TEXT for reading in names[encoding])
    assert len(set(names.values())) > 4


def test_names_without_accents_are_not_shown() -> None:
    names = sample_names(TEXT.encode("cp1252"), encoding_named("cp1252"))
    assert not any(name.isascii() for name in names[encoding_named("cp1252")])


def test_a_file_of_ascii_or_of_nothing_has_no_names() -> None:
    for data in (b"", b"Forename\nAva\n", "Fee\n£5\n".encode("cp1252")):
        assert set(sample_names(data, encoding_named("cp1252")).values()) == {()}


def test_names_are_fit_to_be_shown() -> None:
    for name in ("cp1252", "utf-8", "utf-16", "mac-roman"):
        for readings in sample_names(TEXT.encode(name), encoding_named(name)).values():
            assert "".join(readings).isprintable()
