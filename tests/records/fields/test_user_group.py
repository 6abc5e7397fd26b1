from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backdrop_tui.records.rights.group_names import GroupNames
from backdrop_tui.records.rights.lookalikes import skeleton
from backdrop_tui.records.rights.user_groups import (
    RIGHTS,
    STANDARD_GROUPS,
    UserGroup,
    all_groups,
    default_rights,
)
from backdrop_tui.records.staff import USER_GROUP
from tests.support.cells import SCHOOL, cell, column


@pytest.mark.parametrize(
    ("text", "group"),
    [
        *((group, group) for group in STANDARD_GROUPS),
        *((group.upper(), group) for group in STANDARD_GROUPS),
        *((group.lower().removesuffix("s"), group) for group in STANDARD_GROUPS),
        ("DSL", "DSLs"),
        ("Designated Safeguarding Lead", "DSLs"),
        ("designated  safeguarding leads", "DSLs"),
        ("SBM", "School Business Manager"),
        ("School Business Managers", "School Business Manager"),
        ("Admin", "Admin Team"),
        ("admin team", "Admin Team"),
        ("Administrators", "Admin Team"),
        ("SLT", "SLTs"),
        ("Senior Leadership Team", "SLTs"),
        ("teacher", "Teachers"),
        ("TA", "TAs"),
        ("Teaching Assistant", "TAs"),
        ("TEACHING ASSISTANTS", "TAs"),
        ("Governor", "Governors"),
        ("Governing Body", "Governors"),
        (" DSLs\u00a0\u200b", "DSLs"),
    ],
)
def test_a_group_is_recognised_by_its_names(text: str, group: str) -> None:
    result = cell(USER_GROUP, text)
    assert result.stored == group
    assert not result.problems


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Teachrs", "Teachers"),
        ("Techers", "Teachers"),
        ("Taechers", "Teachers"),
        ("Governers", "Governors"),
        ("Admn Team", "Admin Team"),
        ("Teaching Asistant", "TAs"),
        ("Designated Safegarding Lead", "DSLs"),
        ("Senior Leadrship Team", "SLTs"),
        ("School Buisness Manager", "School Business Manager"),
        ("DSL5", "DSLs"),
        ("D5Ls", "DSLs"),
        ("DSI", "DSLs"),
        ("DS1s", "DSLs"),
        ("5LT", "SLTs"),
        ("DSLＳ", "DSLs"),
        ("ＤＳＬ", "DSLs"),
        ("𝐃𝐒𝐋𝐬", "DSLs"),
        ("DЅLs", "DSLs"),
        ("DSLѕ", "DSLs"),
        ("ꓓꓢꓡꓢ", "DSLs"),
        ("ᎠᏚᏞᏚ", "DSLs"),
        ("ᴅꜱʟꜱ", "DSLs"),
        ("DSĹs", "DSLs"),
        ("ĐSLs", "DSLs"),
        ("DS\u200bLs", "DSLs"),
        ("D\u00adSLs", "DSLs"),
        ("DS\u2060L", "DSLs"),
        ("DS\u3164Ls", "DSLs"),
        ("D.S.L.", "DSLs"),
        ("D S L", "DSLs"),
        ("DSL-s", "DSLs"),
        ("DSLs.", "DSLs"),
        ("*DSLs*", "DSLs"),
        ("DSL|", "DSLs"),
        ("D$Ls", "DSLs"),
        ("🅳🆂🅻🆂", "DSLs"),
        ("ЅᒪТs", "SLTs"),
        ("ЅLТs", "SLTs"),
        ("Тeachers", "Teachers"),
        ("Τeachers", "Teachers"),
        ("ΤΑs", "TAs"),
        ("ТА", "TAs"),
        ("T4s", "TAs"),
        ("Gоvernors", "Governors"),
        ("Sch00l Business Manager", "School Business Manager"),
        ("SchooI Business Manager", "School Business Manager"),
        ("Deputy DSL", "DSLs"),
        ("Safeguarding Lead", "DSLs"),
        ("Business Manager", "School Business Manager"),
        ("Headteacher", "SLTs"),
        ("Head Teacher", "SLTs"),
        ("SMT", "SLTs"),
        ("DSL's", "DSLs"),
        ("DSLs’", "DSLs"),
    ],
)
def test_a_name_that_only_resembles_a_group_is_an_error(text: str, group: str) -> None:
    result = cell(USER_GROUP, text)
    assert result.errors == ["group-near"]
    assert result.stored is None
    assert result.suggestion("group-near") == group
    assert not result.warnings
    assert group in result.message("group-near")


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [("Mentors", None), ("Kitchen", None), ("Site Team", None), ("IT Support", None), ("Pastoral", None), ("Class Teacher", "Teachers"),
     ("Office", "Admin Team"), ("HLTA", "TAs"), ("Lunchtime Supervisors", None), ("معلم", None), ("Year 7 Team", None)],
)  # fmt: skip
def test_any_other_name_is_a_new_group_with_a_warning(text: str, suggestion: str | None) -> None:
    result = cell(USER_GROUP, text)
    assert not result.errors
    assert result.warnings == ["group-new"]
    assert result.stored == text
    assert result.suggestion("group-new") == suggestion


@pytest.mark.parametrize(
    ("text", "near", "suggestion"),
    [("Adm", "Admin Team", "Admin Team"), ("govern", "Governors", "Governors"), ("School Bus", "School Business Manager", "School Business Manager"),
     ("Manag", "School Business Manager", None), ("Te", "Admin Team and Teachers", None), ("DS", "DSLs", None)],
)  # fmt: skip
def test_the_beginning_of_a_groups_name_is_near_it_until_it_is_accepted(
    text: str, near: str, suggestion: str | None
) -> None:
    result = cell(USER_GROUP, text)
    assert result.errors == ["group-near"]
    assert near in result.message("group-near")
    assert result.suggestion("group-near") == suggestion
    accepted = cell(USER_GROUP, text, replace(SCHOOL, new_groups=frozenset({text})))
    assert (accepted.errors, accepted.stored) == ([], text)


@pytest.mark.parametrize(
    "text", ["Teacher Trainees", "TA Leads", "Teachers of Music", "Governor Clerks", "T", "Year 1"]
)
def test_a_name_that_goes_on_where_a_groups_ends_is_a_new_one(text: str) -> None:
    school = replace(SCHOOL, groups=(*STANDARD_GROUPS, "Year 10 Team"))
    assert cell(USER_GROUP, text, school).warnings == ["group-new"]


def test_the_messages_say_what_will_happen() -> None:
    assert cell(USER_GROUP, "Mentors").message("group-new") == (
        "There is no user group “Mentors” yet. It will be created with the same rights as Teachers."
    )
    assert cell(USER_GROUP, "Teachrs").message("group-near") == (
        "There is no user group “Teachrs”, but it looks like Teachers. Choose that one, or accept it as a new group."
    )


def test_different_spellings_of_a_new_group_are_stored_as_one_group() -> None:
    result = column(USER_GROUP, ["Mentors", "mentors", "MENTOR", "Mentors ", "Coaches"])
    assert [cell.stored for cell in result] == ["Mentors", "Mentors", "Mentors", "Mentors", "Coaches"]


def test_a_group_that_the_school_has_added_is_recognised_and_has_near_misses() -> None:
    school = replace(SCHOOL, groups=(*STANDARD_GROUPS, "Mentors", "Year 7 Team", "MLT"))
    texts = ["mentor", "Mentros", "Year 7 team", "Year 8 Team", "Year 7 Taem", "MLT", "МLТ"]
    result = column(USER_GROUP, texts, school)
    assert [cell.stored for cell in result] == [
        "Mentors",
        None,
        "Year 7 Team",
        "Year 8 Team",
        None,
        "MLT",
        None,
    ]
    assert [cell.errors + cell.warnings for cell in result] == [[], ["group-near"], [], ["group-new"], ["group-near"], [], ["group-near"]]  # fmt: skip
    assert result[-1].suggestion("group-near") == "MLT"


def test_the_name_of_a_removed_group_is_a_new_group() -> None:
    school = replace(SCHOOL, groups=("DSLs", "Teachers"))
    result = cell(USER_GROUP, "Governors", school)
    assert result.warnings == ["group-new"]
    assert cell(USER_GROUP, "Receptionist", school).suggestion("group-new") is None


def test_the_name_of_a_group_takes_precedence_over_a_long_form_of_another() -> None:
    assert GroupNames((*STANDARD_GROUPS, "DSL", "Admin")).named("dsl") == "DSL"
    assert GroupNames((*STANDARD_GROUPS, "DSL", "Admin")).named("ADMIN") == "Admin"


@settings(deadline=None, max_examples=100)
@given(st.text(min_size=1, max_size=12))
def test_only_plain_letters_name_a_standard_group(text: str) -> None:
    named = GroupNames(STANDARD_GROUPS).named(text)
    assert named is None or text.replace("’", "'").strip().isascii()


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(["DSLs", "SLTs", "School Business Manager", "Admin Team"]), st.data())
def test_no_changed_letter_gives_a_group_silently(group: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(group) - 1))
    letter = data.draw(st.characters(categories=["L", "N", "P", "S", "Cf", "Mn"]))
    text = group[:place] + letter + group[place + 1 :]
    names = GroupNames(STANDARD_GROUPS)
    same = text.lower() in {group.lower(), group.lower().removesuffix("s") + "s"}
    assert (
        same or names.named(text) is None or text.lower().removesuffix("'") == group.lower().removesuffix("s")
    )
    # Together with its neighbour, a letter can look like another one: rn is m.
    looks_like_less = len(skeleton(text)) < len(skeleton(group))
    assert same or names.named(text) or names.resembling(text) or not letter.isascii() or looks_like_less


@pytest.mark.parametrize("group", STANDARD_GROUPS)
def test_texts_that_look_the_same_have_the_same_skeleton(group: str) -> None:
    full_width = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in group)
    assert skeleton(full_width) == skeleton(group.upper()) == skeleton(group)


ALL_RIGHTS = {right.key for right in RIGHTS}
TEACHERS = {"add-concerns", "view-own-concerns"}


@pytest.mark.parametrize(
    ("group", "rights"),
    [
        ("DSLs", ALL_RIGHTS - {"manage-allegations"}),
        ("School Business Manager", ALL_RIGHTS - {"manage-allegations"}),
        ("Admin Team", TEACHERS | {"manage-students", "manage-staff"}),
        ("SLTs", TEACHERS | {"view-all-concerns", "receive-digests", "run-reports"}),
        ("Teachers", TEACHERS),
        ("TAs", TEACHERS),
        ("Governors", {"run-reports"}),
        ("Mentors", TEACHERS),
        ("DSLＳ", TEACHERS),
        ("dsls", TEACHERS),
    ],
)
def test_each_standard_group_has_its_default_rights(group: str, rights: set[str]) -> None:
    assert default_rights(group) == rights


RENAMED = GroupNames(
    ("Safeguarding Team", "Teachers", "Coaches"), (("DSLs", "Safeguarding Team"), ("Mentors", "Coaches"))
)


@pytest.mark.parametrize(
    ("text", "named", "near"),
    [
        ("DSLs", "Safeguarding Team", None),
        ("dsl", "Safeguarding Team", None),
        ("Designated Safeguarding Lead", "Safeguarding Team", None),
        ("mentor", "Coaches", None),
        ("DSL5", None, "Safeguarding Team"),
        ("DЅLs", None, "Safeguarding Team"),
        ("Deputy DSL", None, "Safeguarding Team"),
        ("Mentros", None, "Coaches"),
        ("SLTs", None, None),
    ],
)
def test_former_names_lead_to_a_renamed_group(text: str, named: str | None, near: str | None) -> None:
    assert RENAMED.named(text) == named
    assert named or RENAMED.resembling(text) == near


def test_a_groups_present_name_takes_precedence_over_a_former_one() -> None:
    assert GroupNames(("Coaches", "Mentors"), (("mentors", "Coaches"),)).named("Mentors") == "Mentors"


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from([*STANDARD_GROUPS, "Mentors", "DSL5", "dsls"]), max_size=6), st.booleans())
def test_every_group_in_use_is_listed_and_only_stored_groups_have_more_rights_than_teachers(
    in_use: list[str],
    some_kept: bool,  # noqa: FBT001 - a drawn argument
) -> None:
    kept = [UserGroup("Teachers", frozenset({"add-concerns"}), "Teachers")] if some_kept else []
    result = all_groups(kept, in_use)
    assert {group.name for group in result} >= set(in_use)
    assert len({group.name for group in result}) == len(result)
    others = [
        group for group in result if group.name not in (("Teachers",) if some_kept else STANDARD_GROUPS)
    ]
    teachers = next(group.rights for group in result if group.name == "Teachers")
    assert all(group.rights == teachers for group in others)


def test_a_name_that_is_too_long_is_refused() -> None:
    assert cell(USER_GROUP, "x" * 101).errors == ["too-long"]


def test_a_group_named_s_is_not_blank() -> None:
    assert [cell.stored for cell in column(USER_GROUP, ["", "S", "s"])] == [None, "S", "S"]
