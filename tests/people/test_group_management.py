import json
from collections.abc import Iterator

import pytest

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.people.group_input import SimilarNameError, group_named, right_named
from backdrop_tui.people.group_management import (
    GroupInUseError,
    add_group,
    change_rights,
    remove_group,
    rename_group,
    reset_rights,
)
from backdrop_tui.people.group_summary import group_summaries, review_notes
from backdrop_tui.records.rights.user_groups import RIGHTS, STANDARD_GROUPS
from backdrop_tui.school.school import School
from backdrop_tui.steps.locks import LockedError
from backdrop_tui.store.folder import DataFolder
from tests.support.imports import colleague, import_people, sign_up
from tests.support.imports import groups as groups_by_surname
from tests.support.made_up import STAFF, TODAY
from tests.support.one_person import add_one

TEACHERS = {"add-concerns", "view-own-concerns"}
LOOK_LIKE_DSLS = (
    "DSL5", "DS1s", "DSIs", "D5Ls", "D$Ls", "5LTs", "D.S.L.s", "D S L s", "DSL-s", "DSLs .", "DSLs.", "*DSLs*", "DSL|s", "(DSLs)", "“DSLs”", "DSLs!",
    "DЅLs", "DSLѕ", "DЅLѕ", "ꓓꓢꓡꓢ", "ᎠᏚᏞᏚ", "ＤＳＬｓ", "DSLＳ", "𝐃𝐒𝐋𝐬", "𝔻𝕊𝕃𝕤", "𝒟𝒮ℒ𝓈", "ᴅꜱʟꜱ",
    "DSĹs", "ĐSLs", "DS\u0301Ls", "D\u0336S\u0336L\u0336s", "DŚLs", "DSᒪs", "DՏLs",
)  # fmt: skip
INVISIBLE = (
    "DS\u200bLs", "D\u00adSLs", "DS\u2060Ls", "\ufeffDSLs", " DSLs ", "DSLs\u00a0", "DSLs\u200f", "\u200eDSLs", "DS\u200dLs", "DS\u200cLs",
    "D\u206aSLs", "DS\u3164Ls", "DSLs\ufe0f", "DSL\U000e0041s", "DSL\u2800s",
)  # fmt: skip
CANT_BE_SHOWN = (
    "\u202eDSLs", "DSLs\x00", "DS\x1b[0mLs", "DSLs\x7f", "\u2066DSLs\u2069",
)  # fmt: skip


@pytest.fixture(autouse=True)
def signed_up(school: School) -> None:
    """Someone has signed up."""
    sign_up(school)


def rights(school: School) -> dict[str, set[str]]:
    return {summary.name: set(summary.group.rights) for summary in group_summaries(school)}


def members(school: School) -> dict[str, int]:
    return {summary.name: summary.members for summary in group_summaries(school) if summary.members}


def logged(school: School) -> list[tuple[str, str | None]]:
    if not school.folder.log.exists():
        return []
    lines = [json.loads(line) for line in school.folder.log.read_text().splitlines()]
    return [(line["event"], line.get("about")) for line in lines if line["event"] != "imported"]


def test_a_school_starts_with_the_seven_groups_and_their_rights(school: School) -> None:
    summaries = group_summaries(school)
    assert tuple(summary.name for summary in summaries) == STANDARD_GROUPS == school.group_names()
    assert all(summary.is_default and summary.members == 0 for summary in summaries)
    assert all("manage-allegations" not in summary.group.rights for summary in summaries)


def test_nothing_can_be_done_before_signing_up(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = DataFolder(tmp_path_factory.mktemp("other") / "data")
    folder.create()
    with School(folder) as school:
        for work in (
            lambda: group_summaries(school),
            lambda: add_group(school, "Mentors"),
            lambda: rename_group(school, "TAs", "LSAs"),
            lambda: remove_group(school, "TAs"),
            lambda: change_rights(school, {"TAs": {"run-reports": True}}),
            lambda: reset_rights(school),
        ):
            with pytest.raises(LockedError):
                work()
        assert not school.store.table("groups").all()


def test_an_added_group_has_the_rights_that_teachers_have_at_present(school: School) -> None:
    change_rights(school, {"Teachers": {"run-reports": True}})
    assert add_group(school, "  Site   Team ") == "Site Team"
    assert rights(school)["Site Team"] == {*TEACHERS, "run-reports"}
    assert school.group_names() == (*STANDARD_GROUPS, "Site Team")
    change_rights(school, {"Teachers": {"view-all-concerns": True}})
    assert rights(school)["Site Team"] == {*TEACHERS, "run-reports"}


@pytest.mark.parametrize("name", ["DSLs", "dsls", "DSL", "DsL", *INVISIBLE, "Designated Safeguarding Lead", "SLT", "Senior Leadership Teams", "TA",
                                  "teacher", "sbm", "Admin", "School Governors"])  # fmt: skip
def test_no_second_group_with_the_same_name_is_added(school: School, name: str) -> None:
    with pytest.raises(UnusableChoiceError, match=r"already|is another name for"):
        add_group(school, name, anyway=True)
    with pytest.raises(UnusableChoiceError, match=r"already|is another name for"):
        rename_group(school, add_group(school, "Kitchen"), name, anyway=True)
    assert school.group_names() == (*STANDARD_GROUPS, "Kitchen")


@pytest.mark.parametrize("name", LOOK_LIKE_DSLS)
def test_no_group_can_get_a_name_that_looks_like_a_powerful_groups(school: School, name: str) -> None:
    add_group(school, "Kitchen")
    for work in (
        lambda: add_group(school, name, anyway=True),
        lambda: rename_group(school, "Kitchen", name, anyway=True),
    ):
        with pytest.raises(UnusableChoiceError, match=r"looks like the user group “(DSLs|SLTs)”"):
            work()
    assert school.group_names() == (*STANDARD_GROUPS, "Kitchen")


@pytest.mark.parametrize("name", CANT_BE_SHOWN)
def test_a_name_with_characters_that_cant_be_displayed_is_refused(school: School, name: str) -> None:
    with pytest.raises(UnusableChoiceError, match=r"can't be displayed"):
        add_group(school, name, anyway=True)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "can't be blank"),
        (" \t ", "can't be blank"),
        ("***", "must have a letter"),
        ("🅳🆂🅻🆂", "must have a letter"),
        ("ⒹⓈⓁⓢ", "must have a letter"),
        ("x" * 101, "too long"),
        ("N/A", "blank"),
        ("none", "blank"),
        ("NULL", "blank"),
        ("n/a ", "blank"),
    ],
)
def test_an_unusable_name_is_refused(school: School, name: str, message: str) -> None:
    with pytest.raises(UnusableChoiceError, match=message):
        add_group(school, name)


def test_a_name_of_several_lines_becomes_one_line(school: School) -> None:
    assert add_group(school, "Site\nTeam\r\n") == "Site Team"


@pytest.mark.parametrize(
    ("name", "other"), [("MLT", "SLTs"), ("Deputy DSLs", "DSLs"), ("Bursar", "School Business Manager"), ("Teachrs", "Teachers")]
)  # fmt: skip
def test_a_similar_name_has_to_be_confirmed(school: School, name: str, other: str) -> None:
    with pytest.raises(SimilarNameError, match=other):
        add_group(school, name)
    assert add_group(school, name, anyway=True) == name
    assert rights(school)[name] == TEACHERS


def test_a_renamed_group_keeps_its_members_rights_and_place(school: School) -> None:
    import_people(school, colleague("Lee", "DSLs"), colleague("May", "Teachers"), kind=STAFF)
    before = rights(school)["DSLs"]
    assert rename_group(school, "dsl", "Safeguarding Team") == ("Safeguarding Team", 1)
    assert groups_by_surname(school, STAFF) == {"Lee": "Safeguarding Team", "May": "Teachers"}
    assert school.group_names()[0] == "Safeguarding Team"
    assert rights(school)["Safeguarding Team"] == before
    assert group_summaries(school)[0].is_default
    assert not school.store.table("group_moves").all()


def test_old_names_long_forms_and_job_roles_mean_a_renamed_group(school: School) -> None:
    rename_group(school, "DSLs", "Safeguarding Team")
    rename_group(school, add_group(school, "Mentors"), "Coaches")
    context = school.context(TODAY)
    field = STAFF.by_key["user_group"]
    assert field.choices is not None
    assert field.choices(context)[0] == "Safeguarding Team"
    assert field.suggestion({"job_role": "Designated Safeguarding Lead"}, context) == "Safeguarding Team"
    assert field.suggestion({"job_role": "Cook"}, context) == ""
    for text, group in (("DSLs", "Safeguarding Team"), ("dsl", "Safeguarding Team"), ("mentor", "Coaches"),
                        ("Designated Safeguarding Lead", "Safeguarding Team"), ("Coaches", "Coaches")):  # fmt: skip
        assert group_named(school, text) == group
    for text in ("DSL5", "DЅLs", "DSLs"):
        with pytest.raises(UnusableChoiceError, match="Safeguarding Team"):
            add_group(school, text, anyway=True)


def test_a_former_name_of_an_added_group_can_be_used_again(school: School) -> None:
    rename_group(school, add_group(school, "Mentors"), "Coaches")
    assert add_group(school, "Mentors") == "Mentors"
    assert group_named(school, "mentor") == "Mentors"
    remove_group(school, "Mentors")
    with pytest.raises(UnusableChoiceError, match="There is no user group"):
        group_named(school, "Mentors")


def test_a_group_can_be_renamed_back_or_in_case_only(school: School) -> None:
    rename_group(school, "DSLs", "Safeguarding Team")
    assert rename_group(school, "Safeguarding Team", "DSLs") == ("DSLs", 0)
    assert rename_group(school, "DSLs", "dsls") == ("dsls", 0)
    assert rename_group(school, "dsls", "dsls") == ("dsls", 0)
    assert group_named(school, "DSL") == "dsls"
    assert len(school.group_names()) == 7


def test_a_group_that_keeps_its_name_needs_no_confirmation(school: School) -> None:
    add_group(school, "Tutors")
    add_group(school, "Tutorz", anyway=True)
    for same in ("Tutors", "TUTORS", "Tutor", "tutors"):
        assert rename_group(school, "tutor", same) == (same, 0)
    with pytest.raises(SimilarNameError, match="Tutorz"):
        rename_group(school, "tutors", "Tutorx")


def test_two_groups_can_swap_names(school: School) -> None:
    import_people(school, colleague("Lee", "TAs"), colleague("May", "Mentors"), kind=STAFF)
    rename_group(school, "Mentors", "Spare")
    with pytest.raises(UnusableChoiceError, match="another name for"):
        add_group(school, "TA")
    rename_group(school, "TAs", "Mentors")
    assert groups_by_surname(school, STAFF) == {"Lee": "Mentors", "May": "Spare"}
    assert group_named(school, "TA") == "Mentors"


def test_a_group_without_members_can_be_removed(school: School) -> None:
    assert remove_group(school, "Governor") == ("Governors", 0)
    assert "Governors" not in school.group_names()
    with pytest.raises(UnusableChoiceError, match="no user group “Governors”"):
        remove_group(school, "Governors")


def test_a_group_with_members_is_removed_only_if_they_are_moved(school: School) -> None:
    import_people(school, *(colleague(surname, "Mentors") for surname in ("Lee", "May", "Ray")), kind=STAFF)
    with pytest.raises(GroupInUseError, match=r"3 staff are in “Mentors”. Choose a group") as refused:
        remove_group(school, "Mentors")
    assert refused.value.members == 3
    with pytest.raises(UnusableChoiceError, match="Choose another group"):
        remove_group(school, "Mentors", "mentor")
    with pytest.raises(UnusableChoiceError, match="There is no user group “Coaches”"):
        remove_group(school, "Mentors", "Coaches")
    assert members(school) == {"Mentors": 3}
    assert remove_group(school, "Mentors", "TA") == ("Mentors", 3)
    assert members(school) == {"TAs": 3}
    assert "Mentors" not in school.group_names()


def test_at_least_one_group_can_always_manage_user_groups(school: School) -> None:
    change_rights(school, {"School Business Manager": {"manage-groups": False}})
    for work in (
        lambda: change_rights(school, {"DSLs": {"manage-groups": False}}),
        lambda: remove_group(school, "DSLs"),
        lambda: remove_group(school, "DSLs", "SLTs"),
    ):
        with pytest.raises(
            UnusableChoiceError, match="At least one user group must have “Manage user groups”"
        ):
            work()
    change_rights(school, {"DSLs": {"manage-groups": False}, "SLTs": {"manage-groups": True}})
    with pytest.raises(UnusableChoiceError, match="At least one"):
        reset_rights(school, ["SLTs"])
    reset_rights(school)
    assert all(summary.is_default for summary in group_summaries(school))


def test_rights_are_changed_together_and_reset(school: School) -> None:
    change_rights(
        school, {"SLTs": {"view-child-protection": True, "run-reports": False}, "TAs": {"run-reports": True}}
    )
    slts = next(summary for summary in group_summaries(school) if summary.name == "SLTs")
    assert [right.key for right in slts.added] == ["view-child-protection"]
    assert [right.key for right in slts.removed] == ["run-reports"]
    reset_rights(school, ["SLTs"])
    assert [summary.name for summary in group_summaries(school) if not summary.is_default] == ["TAs"]


def test_saving_rights_of_a_missing_group_changes_nothing(school: School) -> None:
    add_group(school, "Mentors")
    remove_group(school, "Mentors")
    with pytest.raises(UnusableChoiceError, match="“Mentors” no longer exists"):
        change_rights(school, {"Mentors": {"run-reports": True}, "TAs": {"run-reports": True}})
    assert rights(school)["TAs"] == TEACHERS


@pytest.mark.parametrize("text", ["run-reports", "Run Reports", "RUN_REPORTS", "run reports"])
def test_a_right_can_be_named_by_its_key_or_its_title(text: str) -> None:
    assert right_named(text).key == "run-reports"


@pytest.mark.parametrize(
    ("text", "message"),
    [("run-report", "“run-reports”"), ("managegroup", "“manage-groups”"), ("alerts", "“receive-child-protection-alerts”"),
     ("zzz", "Choose one of: add-concerns, ")],
)  # fmt: skip
def test_an_unknown_right_suggests_the_most_similar(text: str, message: str) -> None:
    with pytest.raises(UnusableChoiceError, match=f"There is no right “{text}”.*{message}"):
        right_named(text)


@pytest.mark.parametrize(
    ("text", "message"), [("Teachrs", "Did you mean “Teachers”"), ("DSL5", "Did you mean “DSLs”"), ("Fire wardens", "Choose one of: DSLs, School")]
)  # fmt: skip
def test_an_unknown_group_suggests_the_most_similar(school: School, text: str, message: str) -> None:
    with pytest.raises(UnusableChoiceError, match=message):
        group_named(school, text)


def test_a_group_that_is_not_stored_but_has_members_is_listed_with_teachers_rights(
    school: School,
) -> None:
    add_group(school, "Kitchen")
    person = {**colleague("Lee", "Ghosts"), "email": None}
    add_one(school.store.people("staff"), person)
    assert members(school) == {"Ghosts": 1}
    assert rights(school)["Ghosts"] == TEACHERS


def test_of_two_groups_whose_names_differ_in_case_the_exact_name_decides(school: School) -> None:
    add_group(school, "Mentors")
    add_one(school.store.people("staff"), {**colleague("Lee", "mentors"), "email": None})
    assert (group_named(school, "mentors"), group_named(school, "Mentors")) == ("mentors", "Mentors")
    assert remove_group(school, "mentors", "Mentors") == ("mentors", 1)
    assert members(school) == {"Mentors": 1}


def test_a_missing_group_cant_be_reset(school: School) -> None:
    with pytest.raises(UnusableChoiceError, match="“Mentors” no longer exists"):
        reset_rights(school, ["Mentors"])


def test_a_removed_standard_group_that_comes_back_has_only_teachers_rights(school: School) -> None:
    remove_group(school, "DSLs")
    import_people(school, colleague("Lee", "DSLs"), kind=STAFF)
    assert rights(school)["DSLs"] == TEACHERS
    assert not next(summary for summary in group_summaries(school) if summary.name == "DSLs").is_default


def test_changes_are_in_the_log_without_any_groups_name(school: School) -> None:
    add_group(school, "Mrs Smith’s Mentors")
    change_rights(
        school, {"Teachers": {"run-reports": True}, "TAs": {"run-reports": True, "add-concerns": False}}
    )
    rename_group(school, "Mrs Smith’s Mentors", "Smith Team")
    remove_group(school, "Smith Team")
    assert logged(school) == [
        ("group-added", None),
        ("right-revoked", "add-concerns"),
        ("right-granted", "run-reports"),
        ("group-renamed", None),
        ("group-removed", None),
    ]
    assert "Smith" not in school.folder.log.read_text()


def test_the_review_notes_say_what_to_check(school: School) -> None:
    assert review_notes(group_summaries(school)) == (
        "Nobody is in “DSLs” yet.",
        "Nobody would receive child-protection alerts.",
        "Nobody is in a group that can manage user groups.",
    )
    import_people(
        school, colleague("Lee", "DSLs"), colleague("May", "SLTs"), colleague("Ray", "SLTs"), kind=STAFF
    )
    assert review_notes(group_summaries(school)) == ()
    change_rights(school, {"SLTs": {"manage-allegations": True}})
    assert review_notes(group_summaries(school)) == (
        "“Manage allegations against staff” is for the head alone, but 2 people have it.",
    )


def test_a_file_edited_by_hand_does_no_harm(school: School) -> None:
    add_group(school, "Mentors")
    table = school.store.table("groups")
    table.put("DSLs", {"rights": ["run-reports", "be-king"], "order": "x", "standard": 7, "formerly": 3})
    table.put("Mentors", {"rights": None})
    by_group = rights(school)
    assert by_group["DSLs"] == {"run-reports"}
    assert by_group["Mentors"] == set()
    assert {right.key for right in RIGHTS} >= set().union(*by_group.values())


@pytest.fixture
def reopened(school: School) -> Iterator[School]:
    """A second handle on the school's folder, as another process has it."""
    with School(school.folder) as other:
        yield other


def test_a_change_takes_effect_at_once_in_other_processes(school: School, reopened: School) -> None:
    assert "Mentors" not in reopened.group_names()
    add_group(school, "Mentors")
    change_rights(school, {"Mentors": {"run-reports": True}})
    assert rights(reopened)["Mentors"] == {*TEACHERS, "run-reports"}
