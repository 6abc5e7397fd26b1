"""`backdrop invite`, as scripts and people see it."""

import pytest

from backdrop_tui.people.invitation_results import invitations
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.cli import Run
from tests.support.colleagues import colleagues, of, opened, outbox
from tests.support.imports import sign_up
from tests.support.mail_server import mail_server, use

WARNING = "backdrop: Warning: Nobody is in DSLs, the user group of the safeguarding leads. Put at least one person there first.\n"


@pytest.fixture
def staffed(data: DataFolder) -> None:
    """Three with an address, one of them in DSLs, and one without."""
    data.create()
    with School(data) as school:
        opened(school)
        colleagues(school, ("Adams", "a@example.org"), group="DSLs")
        colleagues(school, ("Byrne", "b@example.org"), ("Cole", "c@example.org"), ("Dean", None))


@pytest.mark.usefixtures("staffed")
def test_all_are_invited_and_listed(backdrop: Run, school: School) -> None:
    ran = backdrop("invite", "--all")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "written        Jo Adams  a@example.org",
        "written        Jo Byrne  b@example.org",
        "written        Jo Cole  c@example.org",
        f"no address     Jo Dean  {of(school, 'Dean').id}: No e-mail address is stored.",
        "Add their addresses on the screen “Invite staff”, or import a file that has them.",
        f"No mail server is set, so the messages were saved in {school.folder.outbox}.",
        "3 written, 0 refused, 1 without an address of their own.",
    ]
    assert len(outbox(school)) == 3


@pytest.mark.usefixtures("staffed")
def test_a_second_time_nobody_gets_another_one_unless_again_is_said(backdrop: Run, school: School) -> None:
    backdrop("invite", "--all")
    ran = backdrop("invite", "--all")
    assert ran.status == 0
    assert (
        "0 written, 0 refused, 1 without an address of their own, 3 invited before. To include people invited before, use --again"
        in ran.out
    )
    assert len(outbox(school)) == 3
    assert "3 written" in backdrop("invite", "--all", "--again").out
    assert len(outbox(school)) == 6


@pytest.mark.usefixtures("staffed")
def test_people_are_chosen_by_groups_and_ids(backdrop: Run, school: School) -> None:
    found = backdrop("invite", "--group", "dsl", "--person", of(school, "Cole").id, "--format", "json").json
    assert [person["name"] for person in found["people"]] == ["Jo Adams", "Jo Cole"]
    assert found | {"people": []} == {
        "sent": 2, "refused": 0, "not_sent": 0, "no_address": 0, "invited_before": 0,
        "outbox": str(school.folder.outbox), "people": [],
    }  # fmt: skip


@pytest.mark.usefixtures("staffed")
def test_a_group_that_nobody_is_in_is_said_to_be_empty(backdrop: Run) -> None:
    ran = backdrop("invite", "--group", "Governors")
    assert (ran.status, ran.out) == (0, "There is nobody in that user group.\n0 written, 0 refused.\n")


@pytest.mark.usefixtures("staffed")
def test_a_dry_run_shows_who_and_what_and_changes_nothing(
    backdrop: Run, school: School, data: DataFolder
) -> None:
    before = {path: path.stat().st_mtime_ns for path in data.path.iterdir()}
    ran = backdrop("invite", "--all", "--dry-run")
    assert (ran.status, ran.err) == (0, "")
    assert f"would be invited  Jo Adams  a@example.org  DSLs  {of(school, 'Adams').id}" in ran.out
    assert "3 messages would be sent to files in" in ran.out
    assert "Subject: Welcome to Back:drop at Hill Top" in ran.out
    assert "Hello Jo Adams," in ran.out
    found = backdrop("invite", "--all", "--dry-run", "--format", "json").json
    assert (found["would_send"], found["no_address"]) == (3, 1)
    assert "Hello Jo Adams," in found["message"]
    assert {path: path.stat().st_mtime_ns for path in data.path.iterdir()} == before
    assert invitations(school) == {}


@pytest.mark.usefixtures("staffed")
def test_one_that_is_refused_ends_with_1_and_the_others_go(backdrop: Run, school: School) -> None:
    with mail_server(refuse={"b@example.org": "550 No such\x1b[31m user"}) as box:
        with School(school.folder) as own:
            use(own, box.port)
        ran = backdrop("invite", "--all", "--pause", "0")
    assert ran.status == 1
    assert "sent           Jo Adams  a@example.org\n" in ran.out
    assert (
        "refused        Jo Byrne  b@example.org: The mail server does not accept mail for b@example.org (550 No such"
        in ran.out
    )
    assert "2 sent, 1 refused, 1 without an address of their own.\n" in ran.out
    assert "\x1b" not in ran.out
    assert box.recipients == ["a@example.org", "c@example.org"]


@pytest.mark.usefixtures("staffed")
def test_a_server_that_goes_away_ends_with_1_and_says_how_to_go_on(backdrop: Run, school: School) -> None:
    with mail_server(refuse={"b@example.org": "421 shutting down"}) as box:
        with School(school.folder) as own:
            use(own, box.port)
        ran = backdrop("invite", "--all", "--pause", "0")
        assert ran.status == 1
        assert ran.said.endswith("2 messages were not sent. Run the command again to send the rest.")
        assert "1 sent, 0 refused, 2 not sent, 1 without" in ran.out
        box.refuse = {}
        assert backdrop("invite", "--all", "--pause", "0").status == 0
    assert box.recipients == ["a@example.org", "b@example.org", "c@example.org"]


@pytest.mark.usefixtures("staffed")
def test_a_server_that_can_not_be_used_ends_with_2(backdrop: Run, school: School) -> None:
    with School(school.folder) as own:
        use(own, 1)
    ran = backdrop("invite", "--all", "--format", "json")
    assert (ran.status, ran.out) == (2, "")
    assert "No mail server answers" in ran.said


@pytest.mark.usefixtures("staffed")
def test_somebody_named_who_has_no_address_ends_with_1(backdrop: Run, school: School) -> None:
    ran = backdrop("invite", "--person", of(school, "Dean").id)
    assert ran.status == 1
    assert "No e-mail address is stored." in ran.out


@pytest.mark.usefixtures("staffed")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Choose who to invite: --all, --group NAME or --person ID."),
        (("--all", "--group", "DSLs"), "Use either --all, or --group and --person."),
        (("--group", "Teachrs"), "There is no user group “Teachrs”."),
        (("--person", "bd-1"), "There is no member of staff with the id “bd-1”."),
        (("--all", "--pause", "-1"), "-1.0 is not in the range"),
        (("--all", "--pause", "x"), "'x' is not a valid number of seconds."),
    ],
)
def test_a_choice_that_can_not_be_used_ends_with_2(
    backdrop: Run, arguments: tuple[str, ...], said: str, school: School
) -> None:
    ran = backdrop("invite", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.said
    assert invitations(school) == {}


def test_where_nobody_is_in_dsls_it_is_said_first_and_nothing_is_asked(
    backdrop: Run, data: DataFolder
) -> None:
    data.create()
    with School(data) as school:
        opened(school)
        colleagues(school, ("Adams", "a@example.org"))
    ran = backdrop("invite", "--all", "--format", "json")
    assert (ran.status, ran.err) == (0, WARNING)
    assert ran.json["sent"] == 1


def test_where_there_are_no_staff_it_says_so(backdrop: Run, data: DataFolder) -> None:
    data.create()
    with School(data) as school:
        opened(school)
    ran = backdrop("invite", "--all")
    assert ran.status == 2
    assert ran.said == "No staff are stored yet, so nobody can be invited. Import them first."


def test_a_lock_is_looked_at_first_and_says_what_opens_it(backdrop: Run, data: DataFolder) -> None:
    ran = backdrop("invite", "--group", "Nonsense")
    assert ran.status == 3
    assert "“Sign up”" in ran.said
    assert not data.path.exists()
    data.create()
    with School(data) as school:
        sign_up(school)
    for arguments in ((), ("--all",), ("--all", "--dry-run")):
        ran = backdrop("invite", *arguments)
        assert (ran.status, ran.out) == (3, "")
        assert ran.said == (
            "“Invite staff” is locked. Complete “Review system settings” and “Review user groups” first. "
            "Run “backdrop settings --reviewed” and then “backdrop groups --reviewed”."
        )


def test_a_damaged_folder_ends_with_4(backdrop: Run, data: DataFolder) -> None:
    data.create()
    data.setup.write_bytes(b"{")
    assert backdrop("invite", "--all").status == 4
