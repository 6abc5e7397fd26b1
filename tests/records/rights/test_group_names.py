import pytest

from backdrop_tui.records.rights.group_names import GroupNames
from backdrop_tui.records.rights.user_groups import (
    ADMIN,
    BUSINESS,
    DSLS,
    LONG_FORMS,
    SLTS,
    STANDARD_GROUPS,
    TAS,
    TEACHERS,
    default_rights,
)
from tests.records.rights.test_job_titles import HELPERS, NOT_IN_POST, OTHER_POSTS

NAMES = GroupNames(STANDARD_GROUPS)
ALL_NAMES = {form: group for group in STANDARD_GROUPS for form in (group, group.removesuffix("s"), *LONG_FORMS.get(group, ()))}  # fmt: skip


@pytest.mark.parametrize("form", [*HELPERS, *NOT_IN_POST, *OTHER_POSTS])
def test_no_name_of_a_helper_or_former_holder_means_a_group_with_more_rights_than_teachers(form: str) -> None:
    for name, group in ALL_NAMES.items():
        text = form.format(name)
        assert NAMES.named(text) is None, text
        like = NAMES.resemblance(text)
        suggested = like.suggestion if like else None
        assert suggested != group or group == ADMIN or default_rights(group) <= default_rights(TEACHERS), text


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("Teachers; DSLs", (TEACHERS, DSLS)),
        ("Teachers;DSLs", (TEACHERS, DSLS)),
        ("SLT, DSL", (SLTS, DSLS)),
        ("Teacher/DSL", (TEACHERS, DSLS)),
        ("DSL & SLT", (DSLS, SLTS)),
        ("DSL + SLT", (DSLS, SLTS)),
        ("Teachers and TAs", (TEACHERS, TAS)),
        ("Teachers or TAs", (TEACHERS, TAS)),
        ("TA|Teacher", (TAS, TEACHERS)),
        ("Teachers DSLs", (TEACHERS, DSLS)),
        ("Senior Leadership Team Teachers", (SLTS, TEACHERS)),
        ("Teacher - DSL", (TEACHERS, DSLS)),
        ("Teacher (DSL)", (TEACHERS, DSLS)),
        ("DSL and Class Teacher", (DSLS, TEACHERS)),
        ("DSL & PA", (DSLS, ADMIN)),
        ("Teachers, TAs and SLT", (TEACHERS, TAS, SLTS)),
    ],
)
def test_a_text_that_names_several_groups_suggests_none_of_them(text: str, groups: tuple[str, ...]) -> None:
    like = NAMES.resemblance(text)
    assert like
    assert like.groups == groups
    assert like.suggestion is None


@pytest.mark.parametrize(
    ("text", "group"),
    [("DSL (Lead)", DSLS), ("SLT (Head)", SLTS), ("Teachers; Class Teachers", TEACHERS), ("Admin & Finance", ADMIN),
     ("Teachers / Teaching staff", TEACHERS), ("Teachers (KS2)", TEACHERS), ("SLT, SLT", SLTS)],
)  # fmt: skip
def test_a_text_whose_parts_all_mean_one_group_suggests_it(text: str, group: str) -> None:
    like = NAMES.resemblance(text)
    assert like
    assert (like.groups, like.suggestion) == ((group,), group)


@pytest.mark.parametrize("text", ["DSL and Chaplain", "Cook, SLT", "Admin & Kitchen"])
def test_a_group_beside_something_unknown_is_a_question_without_a_suggestion(text: str) -> None:
    like = NAMES.resemblance(text)
    assert like
    assert len(like.groups) == 1
    assert like.suggestion is None


@pytest.mark.parametrize("text", ["Art and Design", "Kitchen, Site", "Heads of Year", "DSL (former)", "Teachers (not DSLs)", "Teacher trainers"])  # fmt: skip
def test_other_lists_resemble_no_group(text: str) -> None:
    assert NAMES.resemblance(text) is None


@pytest.mark.parametrize("text", ["Child Protection Team", "Child Protection", "Safeguarding", "Safeguarding Team", "Deputy DSL", "D.S.L."])  # fmt: skip
def test_a_loose_name_of_the_dsls_suggests_them(text: str) -> None:
    like = NAMES.resemblance(text)
    assert like
    assert (like.groups, like.suggestion) == ((DSLS,), DSLS)


@pytest.mark.parametrize("text", ["DSL", "Lead DSL", "DSL Team", "dsl lead", "Designated Safeguarding Leads"])
def test_the_long_forms_of_the_dsls_name_them(text: str) -> None:
    assert NAMES.named(text) == DSLS


@pytest.mark.parametrize("text", ["BSL", "ESL", "DSA", "SLA", "ADSL", "SBT", "DS", "DSM Lead"])
def test_an_acronym_with_other_letters_is_a_question_without_a_suggestion(text: str) -> None:
    like = NAMES.resemblance(text)
    assert like
    assert like.suggestion is None


@pytest.mark.parametrize(
    ("text", "group"), [("DLS", DSLS), ("DSLL", DSLS), ("STL", SLTS), ("SMB", BUSINESS), ("DSL 2", DSLS)]
)
def test_an_acronym_with_its_letters_swapped_or_doubled_has_a_suggestion(text: str, group: str) -> None:
    like = NAMES.resemblance(text)
    assert like
    assert like.suggestion == group


@pytest.mark.parametrize(
    "text", ["School Business Manager PA", "PA School Business Manager", "Ex Governors", "Ex-Teacher", "Junior Leadership Team",
             "exGovernor", "ExAdminTeam", "KS2 Lead", "RE Lead", "DT Team", "SEN Team", "Middle Leadership Team"]
)  # fmt: skip
def test_a_word_more_or_another_word_is_no_misspelling(text: str) -> None:
    assert NAMES.resembling(text) is None


def test_groups_whose_names_differ_in_a_number_do_not_look_alike() -> None:
    names = GroupNames((*STANDARD_GROUPS, "Year 6 Team"))
    assert names.resembling("Year 8 Team") is None
    assert names.mistaken_for("Year 8 Team") is None
    assert names.resembling("Year 6 Taem") == names.resembling("Year 6 Тeam") == "Year 6 Team"


def test_renamed_groups_are_found_in_lists_by_their_present_name() -> None:
    names = GroupNames(("Safeguarding Leads", "Teachers"), (("DSLs", "Safeguarding Leads"),))
    like = names.resemblance("Teachers & DSLs")
    assert like
    assert like.groups == ("Teachers", "Safeguarding Leads")


@pytest.mark.parametrize("text", ["TA " * 2000, "Teachers; " * 2000, "DSL " * 30 + "x"])
def test_a_text_that_is_too_long_for_a_name_resembles_no_group(text: str) -> None:
    assert NAMES.resemblance(text.strip()) is None


@pytest.mark.parametrize("text", ["Учителя", "ДСЛ", "Директор", "معلم", "老师", "Καθηγητές"])
def test_a_word_of_another_script_resembles_no_group(text: str) -> None:
    assert NAMES.resemblance(text) is None
