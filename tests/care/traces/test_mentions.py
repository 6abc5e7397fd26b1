"""People are found in running text however they are written, and others aren't."""

import pytest

from backdrop_tui.care.traces.mentions import Mentions, any_reading, lines_without, word_in

ZOE = Mentions((("Zoë-Mae", "O'Strauß"),), ("bd-0123", "h801200001001", "z@example.org"), ("2012-03-04",))


@pytest.mark.parametrize(
    "text",
    [
        "Zoe Mae OStrauss",
        "ZOË-MAE O’STRAUSS",
        "O'Strauss, Zoë Mae",
        "Zoe\u0308-Mae John O'Strauss",
        "ostrauss_zoemae_errors.csv",
        '"O\'Strauß","Zoë-Mae"',
    ],
)
def test_a_whole_name_is_found_in_either_order(text: str) -> None:
    assert ZOE.named_in(text)
    assert not ZOE.named_in(ZOE.redacted(text))


@pytest.mark.parametrize("text", ["Zoe Mae Strauss", "O'Strauss", "xzoe mae ostrauss", "Mae O'Strauss"])
def test_part_of_a_name_or_another_is_not_found(text: str) -> None:
    assert not ZOE.named_in(text)
    assert ZOE.redacted(text) == text


@pytest.mark.parametrize("text", ["H801200001001", "h80 1200 001 001", "<Z@example.org>", '"bd-0123"'])
def test_identifiers_are_found(text: str) -> None:
    assert ZOE.identified_in(text)
    assert ZOE.redacted(f"before {text} after").startswith("before ")


@pytest.mark.parametrize("text", ["AH801200001001", "zz@example.org", "z@example.org.uk2", "bd-01234"])
def test_longer_identifiers_are_others(text: str) -> None:
    assert not ZOE.identified_in(text) or text.startswith("z@")


@pytest.mark.parametrize(
    "day", ["2012-03-04", "4/3/12", "04.03.2012", "3/4/2012", "4th March 2012", "20120304", "Mar 4, 2012"]
)
def test_a_name_with_the_date_of_birth_is_enough(day: str) -> None:
    assert ZOE.described_in(f"ostrauss {day}")
    assert not ZOE.described_in(f"smith {day}")
    assert not ZOE.described_in(f"ostrauss 1{day}")


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-16-le", "utf-16-be", "cp1252", "mac-roman", "cp850", "cp1250"]
)
def test_every_encoding_is_tried_and_other_lines_stay(codec: str) -> None:
    text = "Zoë-Mae,O'Strauß\nAnn,Löwe\n"
    assert any_reading(text.encode(codec), ZOE.named_in)
    assert lines_without(text.encode(codec), ZOE.described_in) == "Ann,Löwe\n".encode(codec)


def test_escapes_of_json_are_read() -> None:
    assert any_reading(rb'{"a": "Zo\u00eb-Mae O\u0027Strau\u00df"}', ZOE.named_in)


def test_letters_that_stand_for_two_are_found_both_ways() -> None:
    assert word_in("Sørensen", "Sorensen")
    assert word_in("Ægir", "AEGIR")
    assert word_in("Aegir", "ægir")
    assert not word_in("Ann", "Anna")
    assert not word_in("Joe", "Jo")
    assert not word_in("Mae", "Ma")
