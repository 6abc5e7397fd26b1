"""`backdrop groups`, as scripts and people see it."""

from pathlib import Path

import pytest

from backdrop_tui.records.rights.user_groups import RIGHTS, STANDARD_GROUPS
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.cli import Run
from tests.support.imports import colleague, import_people
from tests.support.imports import groups as by_surname
from tests.support.made_up import STAFF, table

COMMANDS = (
    (),
    ("--reviewed",),
    ("add", "Mentors"),
    ("rename", "TAs", "Helpers"),
    ("remove", "TAs"),
    ("grant", "TAs", "run-reports"),
    ("revoke", "TAs", "add-concerns"),
    ("reset",),
    ("reset", "TAs"),
)


@pytest.fixture
def staffed(data: DataFolder) -> None:
    """A school that has added a group."""
    data.create()
    with School(data) as school:
        import_people(school, colleague("Lee", "Mentors"), colleague("May", "DSLs"), kind=STAFF)


@pytest.mark.usefixtures("staffed")
def test_groups_are_listed_in_text_that_fits_a_terminal(backdrop: Run) -> None:
    backdrop("groups", "grant", "mentor", "run-reports")
    backdrop("groups", "revoke", "SLT", "run-reports")
    ran = backdrop("groups")
    assert (ran.status, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 80
    *parts, last = ran.out.split("\n\n")
    assert last == "Not confirmed as reviewed yet.\n"
    assert [part.split(":")[0] for part in parts] == [*STANDARD_GROUPS, "Mentors"]
    assert parts[0].startswith("DSLs: 1 member\n  add-concerns, ")
    assert "Changed from its default: removed run-reports." in parts[3]
    assert parts[-1].splitlines() == [
        "Mentors: 1 member",
        "  add-concerns, view-own-concerns, run-reports",
        "  Changed from its default: added run-reports.",
    ]


@pytest.mark.usefixtures("staffed")
def test_groups_in_json(backdrop: Run) -> None:
    listing = backdrop("groups", "--format", "json").json
    assert [group["name"] for group in listing["groups"]] == [*STANDARD_GROUPS, "Mentors"]
    assert listing["groups"][-1] == {
        "name": "Mentors",
        "members": 1,
        "rights": ["add-concerns", "view-own-concerns"],
        "default": True,
    }
    assert [right["key"] for right in listing["rights"]] == [right.key for right in RIGHTS]
    assert listing["reviewed"] is False
    assert backdrop("groups").out.endswith("\n\nNot confirmed as reviewed yet.\n")
    assert backdrop("groups", "--reviewed", "--format", "json").json["reviewed"] is True
    assert backdrop("groups").out.endswith("\n\nConfirmed as reviewed.\n")


@pytest.mark.parametrize("arguments", COMMANDS)
def test_every_command_is_locked_before_signing_up(
    backdrop: Run, data: DataFolder, arguments: tuple[str, ...]
) -> None:
    ran = backdrop("groups", *arguments)
    assert (ran.status, ran.out) == (3, "")
    assert "Complete “Sign up” first" in ran.error_line
    assert not data.setup.exists()


@pytest.mark.usefixtures("staffed")
@pytest.mark.parametrize("arguments", COMMANDS)
def test_a_damaged_file_ends_with_4(backdrop: Run, data: DataFolder, arguments: tuple[str, ...]) -> None:
    data.setup.write_text("{")
    ran = backdrop("groups", *arguments)
    assert (ran.status, ran.out) == (4, "")
    assert "is damaged" in ran.error_line


@pytest.mark.usefixtures("staffed")
def test_every_change_is_reported(backdrop: Run, school: School) -> None:
    assert backdrop("groups", "add", "Kitchen").out == (
        "Kitchen has been added.\nRights of Kitchen: add-concerns, view-own-concerns.\n"
    )
    assert backdrop("groups", "rename", "mentors", "Coaches").out == (
        "The group is now called Coaches. It has 1 member of staff.\n"
    )
    assert backdrop("groups", "remove", "Coaches", "--move-to", "teacher").out == (
        "Coaches has been removed. 1 member of staff moved to another group.\n"
    )
    assert backdrop("groups", "remove", "Kitchen").out == "Kitchen has been removed.\n"
    assert backdrop("groups", "grant", "Governors", "add-concerns", "Manage students").out == (
        "Rights of Governors: add-concerns, run-reports, manage-students.\n"
    )
    assert backdrop("groups", "revoke", "Governors", "RUN_REPORTS").out == (
        "Rights of Governors: add-concerns, manage-students.\n"
    )
    assert backdrop("groups", "reset", "Governors").out == "Rights of Governors: run-reports.\n"
    assert backdrop("groups", "reset").out == "Every group has its default rights back.\n"
    assert by_surname(school, STAFF)["Lee"] == "Teachers"


@pytest.mark.usefixtures("staffed")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("add", "DЅLs"), "“DЅLs” looks like the user group “DSLs”. Choose a name that can't be confused with it."),
        (("add", "teachers"), "There is already a user group “Teachers”."),
        (("add", "MLT"), "“MLT” is similar to the name of the user group “SLTs”. To use the name all the same, add --anyway."),
        (("add", ""), "The name of a group can't be blank."),
        (("rename", "Mentors", "DSL5"), "“DSL5” looks like the user group “DSLs”. Choose a name that can't be confused with it."),
        (("rename", "Mentrs", "Coaches"), "There is no user group “Mentrs”. Did you mean “Mentors”?"),
        (("remove", "Mentors"), "1 member of staff is in “Mentors”. Choose a group to move them to. Use --move-to GROUP."),
        (("remove", "Mentors", "--move-to", "Mentors"), "“Mentors” is the group to be removed. Choose another group for its members."),
        (("grant", "Mentors", "run-report"), "There is no right “run-report”. Did you mean “run-reports”?"),
        (("grant", "DSLS5", "run-reports"), "There is no user group “DSLS5”. Did you mean “DSLs”?"),
        (("grant", "Mentors"), "Missing argument 'RIGHT...'. For help, run “backdrop groups grant --help”."),
        (("shout",), "No such command 'shout'. For help, run “backdrop groups --help”."),
        (("--reviewed", "reset"), "Use --reviewed on its own, without another command."),
    ],
)  # fmt: skip
def test_unusable_arguments_end_with_2_and_change_nothing(
    backdrop: Run, school: School, arguments: tuple[str, ...], message: str
) -> None:
    before = school.user_groups()
    ran = backdrop("groups", *arguments)
    assert (ran.status, ran.out, ran.error_line) == (2, "", message)
    assert school.user_groups() == before


@pytest.mark.usefixtures("staffed")
def test_a_similar_name_is_accepted_with_anyway(backdrop: Run, school: School) -> None:
    assert backdrop("groups", "add", "MLT", "--anyway").status == 0
    assert backdrop("groups", "rename", "MLT", "Deputy DSLs", "--anyway").status == 0
    assert backdrop("groups", "add", "DSL5", "--anyway").status == 2
    assert school.group_names()[-1] == "Deputy DSLs"


@pytest.mark.usefixtures("staffed")
def test_the_last_group_that_can_manage_groups_keeps_that_right(backdrop: Run) -> None:
    assert backdrop("groups", "revoke", "SBM", "manage-groups").status == 0
    ran = backdrop("groups", "revoke", "DSLs", "manage-groups")
    assert ran.status == 2
    assert "At least one user group must have “Manage user groups”" in ran.error_line


@pytest.mark.usefixtures("staffed")
def test_confirming_says_what_to_check(backdrop: Run) -> None:
    backdrop("groups", "remove", "DSLs", "--move-to", "TAs")
    ran = backdrop("groups", "--reviewed")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "The user groups are confirmed as reviewed.",
        "Nobody is in “DSLs” yet.",
        "Nobody would receive child-protection alerts.",
        "Nobody is in a group that can manage user groups.",
        "“Manage allegations against staff” is for the head alone, so nobody has it until someone ticks it.",
    ]
    steps = backdrop("status", "--format", "json").json["steps"]
    assert {step["key"]: step["state"] for step in steps}["groups"] == "done"


def test_help_names_every_right(backdrop: Run) -> None:
    for command in ((), ("grant",), ("revoke",)):
        ran = backdrop("groups", *command, "--help")
        assert ran.status == 0
        assert all(right.key in ran.out for right in RIGHTS)


@pytest.mark.usefixtures("signed_up")
def test_an_import_names_the_groups_it_adds_and_undo_those_it_removes(
    backdrop: Run, tmp_path: Path, school: School
) -> None:
    columns = ("First Name", "Surname", "Job Role", "User Group", "Email")
    rows = [("Una", "Byrne", "Cook", "Kitchen", ""), ("Tim", "Hart", "Mentor", "mentors", ""), ("Kim", "Lott", "Mentor", "Mentors", ""),
            ("Ana", "Ruiz", "Lead", "DSL", "")]  # fmt: skip
    (tmp_path / "staff.csv").write_bytes(table(dict(zip(columns, row, strict=True)) for row in rows))
    ran = backdrop("import", "staff.csv", "--kind", "staff")
    assert ran.status == 0
    assert "New user groups, with the same rights as Teachers: Kitchen and mentors." in ran.out.splitlines()
    assert school.group_names() == (*STANDARD_GROUPS, "Kitchen", "mentors")
    assert "User groups removed with it: Kitchen and mentors." in backdrop("undo").out
    assert school.group_names() == STANDARD_GROUPS


@pytest.mark.usefixtures("signed_up")
@pytest.mark.parametrize(
    "name",
    [
        "DSL5",
        "DS1s",
        "D$Ls",
        "DЅLs",
        "ＤＳＬｓ",
        "DS\u200bLs",
        "D\u00adSLs",
        "DSLs .",
        "DS\u0301Ls",
        "\u202eDSLs",
        "𝐃𝐒𝐋𝐬",
    ],
)
def test_an_import_gives_nobody_rights_through_a_look_alike_name(
    backdrop: Run, tmp_path: Path, school: School, name: str
) -> None:
    row = {"First Name": "Una", "Surname": "Byrne", "Job Role": "Cook", "User Group": name, "Email": ""}
    (tmp_path / "staff.csv").write_bytes(table([row]))
    assert backdrop("import", "staff.csv", "--kind", "staff", "--skip-errors").status == 0
    assert by_surname(school, STAFF) == {}
    assert school.group_names() == STANDARD_GROUPS


@pytest.mark.usefixtures("staffed")
def test_a_groups_old_name_in_a_file_leads_to_it(backdrop: Run, tmp_path: Path, school: School) -> None:
    backdrop("groups", "rename", "DSLs", "Safeguarding Team")
    rows = [
        {"First Name": first, "Surname": first, "Job Role": "Lead", "User Group": group, "Email": ""}
        for first, group in (("Una", "DSLs"), ("Tim", "Designated Safeguarding Lead"), ("Kim", "DSL5"))
    ]
    (tmp_path / "staff.csv").write_bytes(table(rows))
    ran = backdrop("check", "staff.csv", "--kind", "staff", "--format", "json")
    assert [(problem["code"], problem["suggestion"]) for problem in ran.json["problems"]] == [
        ("group-near", "Safeguarding Team")
    ]
    backdrop("import", "staff.csv", "--kind", "staff", "--skip-errors")
    assert by_surname(school, STAFF) == dict.fromkeys(("May", "Una", "Tim"), "Safeguarding Team") | {
        "Lee": "Mentors"
    }
