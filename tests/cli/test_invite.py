"""`backdrop invite`, as scripts and people see it."""

from datetime import datetime, timedelta

import pytest
import time_machine

from backdrop_tui.people.invitation_results import invitations
from backdrop_tui.printable import printable
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.cli import Run
from tests.support.colleagues import colleagues, of, opened, outbox
from tests.support.imports import sign_up
from tests.support.mail_server import mail_server, use

WARNING = "backdrop: Warning: Nobody is in DSLs, the user group for safeguarding leads. Put at least one person in it first.\n"


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
        f"No mail server is set up, so the messages were saved in {school.folder.outbox}.",
        "3 written, 0 refused, 1 without an address of their own.",
    ]
    assert len(outbox(school)) == 3


@pytest.mark.usefixtures("staffed")
def test_nobody_is_invited_a_second_time_without_again(backdrop: Run, school: School) -> None:
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
def test_people_are_chosen_by_group_and_id(backdrop: Run, school: School) -> None:
    results = backdrop("invite", "--group", "dsl", "--person", of(school, "Cole").id, "--format", "json").json
    assert [person["name"] for person in results["people"]] == ["Jo Adams", "Jo Cole"]
    assert results | {"people": []} == {
        "sent": 2, "refused": 0, "not_sent": 0, "no_address": 0, "invited_before": 0,
        "outbox": str(school.folder.outbox), "people": [],
    }  # fmt: skip


@pytest.mark.usefixtures("staffed")
def test_an_empty_group_is_reported(backdrop: Run) -> None:
    ran = backdrop("invite", "--group", "Governors")
    assert (ran.status, ran.out) == (0, "There is nobody in that user group.\n0 written, 0 refused.\n")


@pytest.mark.usefixtures("staffed")
def test_a_dry_run_shows_the_people_and_a_message_and_changes_nothing(
    backdrop: Run, school: School, data: DataFolder
) -> None:
    before = {path: path.stat().st_mtime_ns for path in data.path.iterdir()}
    ran = backdrop("invite", "--all", "--dry-run")
    assert (ran.status, ran.err) == (0, "")
    assert f"would be invited  Jo Adams  a@example.org  DSLs  {of(school, 'Adams').id}" in ran.out
    assert "3 messages would be sent to the outbox (" in ran.out
    assert "Subject: Welcome to Back:drop at Hill Top" in ran.out
    assert "Hello Jo Adams," in ran.out
    preview = backdrop("invite", "--all", "--dry-run", "--format", "json").json
    assert (preview["would_send"], preview["no_address"]) == (3, 1)
    assert "Hello Jo Adams," in preview["message"]
    assert {path: path.stat().st_mtime_ns for path in data.path.iterdir()} == before
    assert invitations(school) == {}


@pytest.mark.usefixtures("staffed")
def test_a_refused_message_ends_with_1_and_the_others_are_sent(backdrop: Run, school: School) -> None:
    with mail_server(refuse={"b@example.org": "550 No such\x1b[31m user"}) as box:
        with School(school.folder) as opened_school:
            use(opened_school, box.port)
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
def test_a_server_that_shuts_down_ends_with_1_and_the_next_step_is_named(
    backdrop: Run, school: School
) -> None:
    with mail_server(refuse={"b@example.org": "421 shutting down"}) as box:
        with School(school.folder) as opened_school:
            use(opened_school, box.port)
        ran = backdrop("invite", "--all", "--pause", "0")
        assert ran.status == 1
        assert ran.error_line.endswith("2 messages were not sent. Run the command again to send the rest.")
        assert "1 sent, 0 refused, 2 not sent, 1 without" in ran.out
        box.refuse = {}
        assert backdrop("invite", "--all", "--pause", "0").status == 0
    assert box.recipients == ["a@example.org", "b@example.org", "c@example.org"]


@pytest.mark.usefixtures("staffed")
def test_an_unusable_server_ends_with_2(backdrop: Run, school: School) -> None:
    with School(school.folder) as opened_school:
        use(opened_school, 1)
    ran = backdrop("invite", "--all", "--format", "json")
    assert (ran.status, ran.out) == (2, "")
    assert "No mail server answers" in ran.error_line


@pytest.mark.usefixtures("staffed")
def test_naming_somebody_without_an_address_ends_with_1(backdrop: Run, school: School) -> None:
    ran = backdrop("invite", "--person", of(school, "Dean").id)
    assert ran.status == 1
    assert "No e-mail address is stored." in ran.out


@pytest.mark.usefixtures("staffed")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Choose who to invite: --all, --group NAME or --person ID."),
        (("--all", "--group", "DSLs"), "Use either --all, or --group and --person."),
        (("--group", "Teachrs"), "There is no user group “Teachrs”."),
        (("--person", "bd-1"), "There is no member of staff with the id “bd-1”."),
        (("--all", "--pause", "-1"), "-1.0 is not in the range"),
        (("--all", "--pause", "x"), "'x' is not a valid number of seconds."),
    ],
)
def test_unusable_arguments_end_with_2(
    backdrop: Run, arguments: tuple[str, ...], message: str, school: School
) -> None:
    ran = backdrop("invite", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert message in ran.error_line
    assert invitations(school) == {}


def test_a_warning_comes_first_if_nobody_is_in_dsls(backdrop: Run, data: DataFolder) -> None:
    data.create()
    with School(data) as school:
        opened(school)
        colleagues(school, ("Adams", "a@example.org"))
    ran = backdrop("invite", "--all", "--format", "json")
    assert (ran.status, ran.err) == (0, WARNING)
    assert ran.json["sent"] == 1


def test_without_staff_nobody_can_be_invited(backdrop: Run, data: DataFolder) -> None:
    data.create()
    with School(data) as school:
        opened(school)
    ran = backdrop("invite", "--all")
    assert ran.status == 2
    assert ran.error_line == "No staff are stored yet, so nobody can be invited. Import them first."


def test_the_lock_comes_before_any_other_error_and_names_what_to_complete(
    backdrop: Run, data: DataFolder
) -> None:
    ran = backdrop("invite", "--group", "Nonsense")
    assert ran.status == 3
    assert "“Sign up”" in ran.error_line
    assert not data.path.exists()
    data.create()
    with School(data) as school:
        sign_up(school)
    for arguments in ((), ("--all",), ("--all", "--dry-run")):
        ran = backdrop("invite", *arguments)
        assert (ran.status, ran.out) == (3, "")
        assert ran.error_line == (
            "“Invite staff” is locked. Complete “Review system settings” and “Review user groups” first. "
            "Run “backdrop settings --reviewed” and then “backdrop groups --reviewed”."
        )


def test_a_damaged_folder_ends_with_4(backdrop: Run, data: DataFolder) -> None:
    data.create()
    data.setup.write_bytes(b"{")
    assert backdrop("invite", "--all").status == 4


@pytest.mark.usefixtures("staffed")
def test_nothing_that_cannot_be_seen_is_printed_whatever_is_stored(backdrop: Run, data: DataFolder) -> None:
    name = "Fitz\x1b[2J\x9b\u202e\x7f\u200b" + "\u0300" * 40
    with School(data) as school:
        colleagues(school, (name, "f@example.org"))
    for arguments in (("--dry-run",), ("--dry-run", "--format", "json"), ("--format", "json"), ("--again",)):
        ran = backdrop("invite", "--all", *arguments)
        assert ran.status == 0
        assert ran.out == printable(ran.out, keep="\n")
        if "json" in arguments:
            assert f"Jo {name}" in {person["name"] for person in ran.json["people"]}


@pytest.mark.usefixtures("staffed")
def test_cleaning_the_outbox_says_how_many_welcome_emails_went_and_they_can_be_written_again(
    backdrop: Run, school: School
) -> None:
    backdrop("invite", "--all")
    assert "done     Invite staff (3 only in the outbox, 1 with no address)\n" in backdrop("status").out
    later = datetime.now().astimezone() + timedelta(days=31)
    with time_machine.travel(later):
        assert "3 welcome e-mails that were never sent" in backdrop("retention").out
        ran = backdrop("invite", "--all")
    assert (
        "3 welcome e-mails that were never sent. Invite staff lists these people as not invited." in ran.err
    )
    assert "3 written, 0 refused" in ran.out
    for file in outbox(school):
        file.unlink()
    assert "done     Invite staff (3 not invited, 1 with no address)\n" in backdrop("status").out
