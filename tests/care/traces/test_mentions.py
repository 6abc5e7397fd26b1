"""People are found in running text however they are written, and others aren't."""

import unicodedata

import pytest

from backdrop_tui.care.traces.mentions import ERASED, Mentions, any_reading, compact, lines_without, word_in

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


@pytest.mark.parametrize(
    "text", ["김 민수", "민수 김", "김민수", "김, 민수", unicodedata.normalize("NFD", "김 민수")]
)
def test_korean_names_are_found_however_they_are_written(text: str) -> None:
    person = Mentions((("민수", "김"),), ())
    assert person.named_in(text)
    assert person.may_be_in(compact(text))
    assert person.redacted(text) == ERASED


@pytest.mark.parametrize("text", ["강 미선", "곽 목사", "김 미선", "김 민"])
def test_korean_names_that_begin_with_the_same_sounds_are_others(text: str) -> None:
    person = Mentions((("민수", "김"),), ())
    assert person.redacted(text) == text


@pytest.mark.parametrize("text", ["सुनीता शर्मा", "शर्मा, सुनीता", '"सुनीता","शर्मा"'])
def test_names_with_vowel_signs_are_found(text: str) -> None:
    person = Mentions((("सुनीता", "शर्मा"),), ())
    assert person.named_in(text)
    assert not person.named_in(person.redacted(text))


@pytest.mark.parametrize("text", ["सनत शर्मा", "सुनीता शर्मो", "सुनीत शर्मा"])
def test_names_with_other_vowel_signs_are_others(text: str) -> None:
    assert Mentions((("सुनीता", "शर्मा"),), ()).redacted(text) == text
    assert not word_in("सुनीत", "सुनीता")


def test_no_accent_is_left_of_a_name_that_ends_with_one() -> None:
    person = Mentions((("Zoë", "André"),), ())
    assert person.redacted(unicodedata.normalize("NFD", "Zoë André.")) == f"{ERASED}."


def test_escapes_of_json_in_pairs_and_those_of_html_are_read() -> None:
    rare = Mentions((("𠮷野", "𠮷田"),), ())
    assert any_reading(rb'"\ud842\udfb7\u91ce", "\ud842\udfb7\u7530"', rare.named_in)
    assert any_reading(b"<td>Zoe&#39;Mae O&#39;Strau&szlig;</td>", ZOE.named_in)


def test_a_date_of_birth_goes_with_the_name_it_belongs_to() -> None:
    message = "Zoë-Mae O'Strauß, born 04/03/2012, is stored. Ann Lee, born 04/03/2012, is stored."
    assert ZOE.redacted(message, instead="") == ", is stored. Ann Lee, born 04/03/2012, is stored."
    assert ZOE.redacted("O'Strauss Zoe Mae 2012-03-04.csv", instead="") == ".csv"


@pytest.mark.parametrize(
    "text", ["Mohammed Ali Khan", "Khan, Mohammed Ali", "Little Mohammed Khan", "Mohammed Khan Yusuf"]
)
def test_a_name_inside_that_of_another_person_is_theirs(text: str) -> None:
    others = (("Mohammed Ali", "Khan"), ("Little Mohammed", "Khan"), ("Mohammed", "Khan Yusuf"))
    person = Mentions((("Mohammed", "Khan"),), (), (), others)
    assert not person.named_in(text)
    assert not person.described_in(text)
    assert person.redacted(f"{text}, Mohammed Khan") == f"{text}, {ERASED}"


@pytest.mark.parametrize("last", ["Evans-Smith", "O'Hara-Evans", "Smit-Hall", "Strauß-Sen"])
def test_letters_that_could_be_one_can_have_a_hyphen_between_them(last: str) -> None:
    person = Mentions((("Jo", last),), ())
    for text in (f"Jo {last}", f"{last.replace('-', ' ')}, Jo", f"JO {last.replace('-', '').upper()}"):
        assert person.redacted(text) == ERASED
