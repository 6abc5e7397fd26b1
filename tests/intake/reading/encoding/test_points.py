"""The points against a word: how badly it reads as a name."""

import pytest

from backdrop_tui.intake.reading.encoding.points import points


@pytest.mark.parametrize(
    "word",
    ["Ren‚e", "Garc¡a", "M\x81ller", "‡ngela", "Heikkil„", "Jos‚", "Se\u00a0n", "Ciar–n", "Anne—marie"],
)  # fmt: skip
def test_a_symbol_in_a_name_or_touching_it_is_three_points(word: str) -> None:
    assert points(word) == 3


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("RenÈe", 2),  # a capital after a lower-case letter
        ("REnÉe", 2),
        ("REÉn", 2),  # a second capital in a word with lower-case letters
        ("OÕNeill", 2.3),
        ("GARCíA", 2),  # a lower-case letter between capitals
        ("NICCOLé", 2),  # … and after them
        ("éva", 2),  # … and at the start of a word
    ],
)
def test_a_letter_of_the_wrong_case_is_two_points(word: str, expected: float) -> None:
    assert points(word) == pytest.approx(expected)


@pytest.mark.parametrize(
    "word",
    ["Zoë", "Müller", "GARCÍA", "Éva", "Anaïs", "João", "Núñez", "Åse", "Ørsted", "Jó", "Łukasz", "MacÉwan", "Conceição", "Ibáñez", "Ana\u00a0María", "van\u00a0der\u00a0Berg", "O’Neill", "De’Shawn", "Dell’Orto", "Ali’s", "isn’t", "they’ll", "Gal·la", "Anne–Marie", "pupils’", "20°"],
)  # fmt: skip
def test_what_is_usual_in_names_and_notes_costs_nothing(word: str) -> None:
    assert points(word) == 0


@pytest.mark.parametrize("word", ["Soﬁa", "Kırat", "Başak", "Ÿsaye"])
def test_a_letter_that_european_names_hardly_ever_have_is_a_point(word: str) -> None:
    assert points(word) == 1


@pytest.mark.parametrize("word", ["Crête", "Simões", "Kjær", "Guðrún", "Weiß", "ÞÓRA", "Dvořák"])
def test_a_less_common_letter_is_a_third_of_a_point(word: str) -> None:
    assert points(word) == 0.3


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Jörg", "Jšrg"),
        ("ZOË", "ZOÓ"),
        ("DANIËL", "DANIÓL"),
        ("GARCÍA", "GARŸA"),
        ("Eòghann", "Eïghann"),
        ("Niccolò", "Niccolï"),
        ("Anaïs", "Anaãs"),
        ("Seán", "Seçn"),
        ("Gruffûdd", "Gruffñdd"),
        ("KRÕLOV", "KR’LOV"),
        ("GUÐRUN", "GU–RUN"),
        ("Òscar", "“scar"),
        ("ZOË", "ZO”"),
        ("Weiß", "Weiº"),
        ("Martín", "Mart’n"),
        ("Daniël", "Daniâl"),
        ("SIMÃO", "SIMÇO"),
        ("Catrìona", "Catr“ona"),
        ("Mòrag", "Mÿrag"),
    ],
)
def test_a_name_never_reads_worse_than_what_another_encoding_makes_of_it(right: str, wrong: str) -> None:
    assert points(right) <= points(wrong)
    assert points(wrong) > 0


def test_the_rest_of_a_word_does_not_count() -> None:
    assert points("McDonald") == 0
    assert points("xXxé") == points("é") - 2  # it doesn't begin the word
