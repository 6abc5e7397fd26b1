"""Properties of headings: whose column it is makes no difference, and other people's columns are never taken."""

from hypothesis import given, settings
from hypothesis import strategies as st

from backdrop_tui.intake.matching.heading_words import ABOUT_OTHERS, Heading
from backdrop_tui.intake.matching.known_headings import (
    full_name_tier,
    other_owner_words,
    tier,
)
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import RecordKind
from tests.support.made_up import STUDENTS

KIND_AND_FIELD = st.sampled_from([(kind, field) for kind in KINDS.values() for field in kind.fields])
SEPARATOR = st.sampled_from([" ", "_", "-", ".", "  ", "/"])
CASE = st.sampled_from([str.upper, str.lower, str.title])


@settings(deadline=None)
@given(KIND_AND_FIELD, st.data(), SEPARATOR, CASE)
def test_a_word_for_whose_column_it_is_changes_nothing(
    declared: tuple[RecordKind, Field], data: st.DataObject, separator: str, case: object
) -> None:
    kind, field = declared
    owner = data.draw(st.sampled_from(sorted(kind.owner_words)))
    words = field.label.split()
    heading = separator.join(data.draw(st.sampled_from([[owner, *words], [*words, owner]])))
    assert callable(case)
    assert tier(field, kind, Heading(case(heading))) is not None


@settings(deadline=None)
@given(KIND_AND_FIELD, st.data(), SEPARATOR, CASE)
def test_a_column_about_someone_else_is_never_a_fields(
    declared: tuple[RecordKind, Field], data: st.DataObject, separator: str, case: object
) -> None:
    kind, field = declared
    others = sorted((ABOUT_OTHERS | other_owner_words(kind)) - {"tutor"})
    other = data.draw(st.sampled_from(others))
    words = [other, *field.label.split()]
    assert callable(case)
    heading = Heading(case(separator.join(words)))
    assert heading.is_about_others(other_owner_words(kind))
    assert all(tier(each, kind, heading) is None for each in kind.fields)
    assert full_name_tier(kind, heading) is None


def test_a_tutor_group_is_not_about_the_tutor() -> None:
    others = other_owner_words(STUDENTS)
    assert not Heading("Current Tutor Grp.").is_about_others(others)
    assert Heading("Group Tutor").is_about_others(others)
    assert Heading("Tutor Group Tutor").is_about_others(others)


def test_a_heading_written_as_one_word_can_be_about_someone_else_too() -> None:
    others = other_owner_words(STUDENTS)
    for text in ("parentemail", "MOTHERSNAME", "emailhome", "staffname", "teachersurname"):
        assert Heading(text).is_about_others(others), text
    for text in ("tutorgroup", "forename", "yeargroup", "registrationgroup"):
        assert not Heading(text).is_about_others(others), text


def test_an_endless_heading_takes_no_time() -> None:
    heading = Heading("(a " * 100_000)
    assert len(heading.words) < 100
    assert not heading.contains({"upn"}, frozenset())


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_can_be_taken_apart(text: str) -> None:
    heading = Heading(text)
    assert heading.folded in heading.forms(frozenset())
    assert not heading.contains((), frozenset())
