from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backdrop_tui.records.rights.lookalikes import skeleton
from backdrop_tui.records.rights.new_names import NewName, new_names
from backdrop_tui.records.staff import USER_GROUP
from tests.support.cells import SCHOOL, cell, column

LATIN = "Heads of Year"
CYRILLIC = "Heads оf Year"


@pytest.mark.parametrize("text", [LATIN, "HEADS OF YEAR", "heads of years"])
def test_spellings_that_differ_in_case_or_plural_are_one_name(text: str) -> None:
    assert new_names([LATIN, text])[text] == NewName(LATIN)


@pytest.mark.parametrize(
    "text", ["Heads\u200b of Year", "Heads of Year\U000e0041", "He\u00adads of Year", "\u3164Heads of Year"]
)
def test_an_invisible_character_makes_no_other_group(text: str) -> None:
    assert [result.stored for result in column(USER_GROUP, [text, LATIN])] == [LATIN, LATIN]


@pytest.mark.parametrize(
    "text", [CYRILLIC, "ᕼeads of Year", "Heads 𐐬f Ye𐊠r", "ꓧеꓮds oꜰ ꓬeꓮr", "Heads ၀f Year", "Ηeads of Year", "Heads 0f Year", "Heads-of-Year", "Hеаds of Yeаr", "Héads of Year", "Ｈeads of Year"]
)  # fmt: skip
@pytest.mark.parametrize("is_first", [True, False])
def test_a_name_that_only_looks_the_same_is_told_from_the_plainest(text: str, is_first: bool) -> None:  # noqa: FBT001 - a case
    names = new_names([text, LATIN] if is_first else [LATIN, text])
    plainest = text if text.isascii() and is_first else LATIN
    assert {name.looks_like for name in names.values()} == {None, plainest}


@pytest.mark.parametrize(
    ("one", "other"), [("Year 6 Team", "Year 8 Team"), ("7A", "7B"), ("8A", "6A"), ("Oak", "Ash"), ("1", "7")]
)
def test_different_names_do_not_look_the_same(one: str, other: str) -> None:
    assert new_names([one, other]) == {one: NewName(one), other: NewName(other)}


@settings(deadline=None)
@given(st.lists(st.text(alphabet="HhеEe оо0ss\u200b\u3164-", min_size=1, max_size=4)))
def test_no_two_new_groups_look_the_same(texts: list[str]) -> None:
    created = {name.name for name in new_names(texts).values() if name.looks_like is None}
    skeletons = [skeleton(name) for name in created if skeleton(name)]
    assert len(set(skeletons)) == len(skeletons) or any(any(c.isdigit() for c in name) for name in created)


def test_two_spellings_in_one_file_are_a_question() -> None:
    latin, cyrillic = column(USER_GROUP, [LATIN, CYRILLIC])
    assert (latin.stored, latin.warnings) == (LATIN, ["group-new"])
    assert (cyrillic.stored, cyrillic.errors) == (None, ["group-near"])
    assert cyrillic.suggestion("group-near") == LATIN
    assert not cyrillic.is_sure("group-near")
    assert cyrillic.message("group-near") == (
        f"“{CYRILLIC}” looks the same as {LATIN} in another row, but is spelt with other characters. "
        "Accept it if it is that group, or choose another."
    )


def test_a_groups_name_with_an_invisible_character_is_a_question_until_it_is_accepted() -> None:
    hiding = "DS\u200bLs"
    unsure, plain = column(USER_GROUP, [hiding, "DSLs"])
    assert (unsure.stored, unsure.errors, unsure.suggestion("group-near")) == (None, ["group-near"], "DSLs")
    assert plain.stored == "DSLs"
    accepted = cell(USER_GROUP, hiding, replace(SCHOOL, new_groups=frozenset({"DSLs"})))
    assert (accepted.stored, accepted.problems) == ("DSLs", ())


def test_a_name_accepted_although_it_looks_the_same_becomes_the_same_group() -> None:
    accepted = replace(SCHOOL, new_groups=frozenset({CYRILLIC}))
    results = column(USER_GROUP, [CYRILLIC, LATIN], accepted)
    assert [result.stored for result in results] == [LATIN, LATIN]


@pytest.mark.parametrize("text", ["Teаchers", "Тeachers", "TEАCHERS", "T\u0301eachers", "Teachers\U00016fe4"])
def test_a_name_that_looks_like_an_existing_group_is_never_another_group(text: str) -> None:
    unsure = cell(USER_GROUP, text)
    if unsure.errors:
        assert unsure.errors == ["group-near"]
        assert "looks the same as the user group Teachers" in unsure.message("group-near")
        assert "Accept it only if this person belongs there" in unsure.message("group-near")
    accepted = cell(USER_GROUP, text, replace(SCHOOL, new_groups=frozenset({text})))
    assert (accepted.stored, accepted.problems) == ("Teachers", ())


@pytest.mark.parametrize("text", ["★", "--", "…", "☆ ☆", "()"])
def test_a_name_without_a_letter_is_no_group(text: str) -> None:
    result = cell(USER_GROUP, text)
    assert (result.stored, result.errors, result.warnings) == (None, ["no-letter"], [])


@pytest.mark.parametrize("text", ["\u3164", "\U0001d159", "\U00016fe4", "\u2800", "\u200b"])
def test_a_name_that_cant_be_seen_is_blank(text: str) -> None:
    assert cell(USER_GROUP, text).errors == ["required"]
