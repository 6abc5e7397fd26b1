"""The whole way through by ear."""

from pathlib import Path

import pytest

from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.draft_listing import open_drafts
from backdrop_tui.records.staff import STAFF as STAFF_KIND
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school.school import School
from backdrop_tui.steps.progress import set_up_progress
from backdrop_tui.store.folder import DataFolder
from tests.cli import Run
from tests.cli.plain.listener import code, listen
from tests.support.made_up import student, table

STAFF = (
    "First Name,Surname,Job Role,User Group,Email\n"
    "Sam,Lee,Designated Safeguarding Lead,DSLs,s.lee@example.org\n"
    "Alex,Moss,Class Teacher,Teachrs,\n"
)
OPEN_FILE = ("> Students", "> pupils.csv", "> Import Data")


@pytest.fixture
def pupils() -> None:
    """A file with two genders that can't be stored, and one year group that doesn't exist."""
    rows = [student(0), student(1, gender="Boy"), student(2, gender="Girl"), student(3, year_group="99")]
    Path("pupils.csv").write_bytes(table(rows))
    Path("pupils.csv").chmod(0o600)


@pytest.mark.usefixtures("pupils")
def test_someone_who_cant_see_the_screen_goes_the_whole_way(data: DataFolder) -> None:
    Path("staff.csv").write_text(STAFF)
    Path("staff.csv").chmod(0o600)
    status, heard = listen(
        *("> Sign up", "Hill Top", "Jo Field", "jo@example.org"),
        *("> Hear the message", "> Type in the code", "000000", code),
        *OPEN_FILE,
        *("> Error: Gender", "> Take both"),
        *(
            "> Error: Year Group",
            "> Type in the Year Group",
            "seventy",
            "> Type in",
            "10",
        ),
        *("> Go on to Check", "> Complete", "y"),
        *("> Staff", "> staff.csv", "> Import Data"),
        *("> Error: It isn't clear", "> Hear which groups", "y", "> Go on to Check", "> Complete", "n"),
        *("> Review system settings", "> Phase", "> secondary", "> Confirm"),
        *("> Review user groups", "> TAs", "> Run reports", "y", "0", "> Confirm", "y"),
        *("> Invite staff", "> 1 person not invited yet", "y", "0"),
        *("> Hear the imports", "> Hear the page", "0"),
    )
    assert status == 0
    assert "Complete. 4 added, 0 updated, 0 unchanged, 0 left out." in heard
    assert "Alex Moss can't be invited" in heard
    assert "Set-up is complete." in heard
    assert not Path("pupils.csv").exists()
    assert Path("staff.csv").exists()
    with School(data, read_only=True) as school:
        assert {status.state for status in set_up_progress(school).steps} == {"done"}
        years = dict(school.stored(STUDENTS).select("upn", "year_group").iter_rows())
        assert years[student(3)["UPN"]] == "10"
        assert school.settings.get("phase") == "secondary"
        (tas,) = [group for group in school.user_groups() if group.name == "TAs"]
        assert "run-reports" in tas.rights


@pytest.mark.usefixtures("pupils", "signed_up")
def test_what_was_done_is_kept_when_the_input_ends_and_can_be_carried_on_with(data: DataFolder) -> None:
    status, _ = listen(*OPEN_FILE, "> Error: Gender", "> Take both")
    assert status == 0
    (listed,) = open_drafts(data)
    draft = Draft.open(data, listed.id)  # as the app does
    assert draft.facts.stage == "fix"
    assert [change.title for change in draft.edits.done] == ["Took the suggestions for Gender in 2 rows"]
    draft.close()
    Path("pupils.csv").write_bytes(Path("pupils.csv").read_bytes() + b"\n")
    status, heard = listen(
        *("> Carry on with pupils.csv", "> Undo", "> Redo", "> Error: Year Group", "> Leave this row out"),
        *("> Put back", "y", "> Error: Year Group", "> Leave this row out", "> Go on", "> Complete"),
    )
    assert status == 0
    assert "pupils.csv has changed since you picked it. To use the new one, pick it again." in heard
    assert "Complete. 3 added, 0 updated, 0 unchanged, 1 left out." in heard
    assert open_drafts(data) == []


@pytest.mark.usefixtures("pupils", "signed_up")
def test_going_back_leaves_a_file_with_which_nothing_was_done_and_keeps_any_other(data: DataFolder) -> None:
    listen(*OPEN_FILE, "0", "0", "0", "0")
    assert open_drafts(data) == []
    _, heard = listen(*OPEN_FILE, "> Error: Gender", "> Take both", "0", "0", "0", "0")
    assert "pupils.csv is kept, with 1 change." in heard
    assert len(open_drafts(data)) == 1


@pytest.mark.usefixtures("pupils", "signed_up")
def test_an_import_can_be_undone_and_staff_be_skipped(school: School) -> None:
    _, heard = listen(
        *OPEN_FILE, "> Go on", "> Complete", "n", "> Undo the last import", "y", "> Staff", "> Skip", "0"
    )
    assert "1 student will be removed" in heard
    assert "Undone: 1 student removed, 0 set back." in heard
    assert "Goodbye." in heard
    assert school.stored(STUDENTS).is_empty()
    states = {status.step.key: status.state for status in set_up_progress(school).steps}
    assert states["staff"] == "skipped"


def test_a_locked_step_says_what_unlocks_it_and_nothing_is_created(data: DataFolder) -> None:
    status, heard = listen("> Students", "> Invite staff", "0")
    assert status == 0
    assert "“Students” is locked. Complete “Sign up” and “Verify your e-mail” first." in heard
    assert not data.path.exists()


def test_it_takes_the_place_of_a_command(backdrop: Run) -> None:
    ran = backdrop("--plain", "status")
    assert ran.status == 2
    assert ran.error_line == "Use either --plain or “status”: --plain takes the place of a command."


@pytest.mark.usefixtures("signed_up")
def test_data_that_cant_be_read_ends_it_with_4(data: DataFolder, capfd: pytest.CaptureFixture[str]) -> None:
    data.setup.write_text('{"meta": {"1": {"format": 999}}}')
    status, _ = listen("0")
    assert status == 4
    assert "newer version" in capfd.readouterr().err


@pytest.mark.usefixtures("signed_up")
def test_names_are_heard_without_their_titles_before_all_are_taken(school: School) -> None:
    Path("staff.csv").write_text(
        STAFF.replace("Sam", "Mr Sam").replace("Alex", "Dr Alex").replace("Teachrs", "Teachers")
    )
    Path("staff.csv").chmod(0o600)
    _, heard = listen(
        *("> Staff", "> staff.csv", "> Import Data", "> Warning: First Name has a title"),
        *("> Hear the names without their titles for 2 people", "y", "> Go on to Check", "> Complete", "n"),
    )
    assert "“Mr Sam” becomes Sam, 1 person." in heard
    assert "rights" not in heard.partition("Hear the names")[2].partition("Go on to Check")[0]
    assert set(school.stored(STAFF_KIND).get_column("first_name")) == {"Sam", "Alex"}


@pytest.mark.usefixtures("pupils", "signed_up")
def test_what_was_begun_can_be_discarded_and_part_of_a_damaged_draft_be_carried_on_with(
    data: DataFolder,
) -> None:
    listen(*OPEN_FILE, "> Error: Gender", "> Take both")
    (listed,) = open_drafts(data)
    for name in ("draft.json", "draft-copy.json"):
        (data.drafts / listed.id / name).unlink()
    _, heard = listen(
        "> Carry on with part of a draft",
        "0",
        "> Discard",
        "0",
        "> Discard",
        "1",
        "n",
        "> Discard",
        "1",
        "y",
        "0",
    )
    assert "Discard recovered.csv, students, started 2 March 2026 at 09:30?" in heard
    assert "Anything that you have fixed or typed in there will be lost." in heard
    assert "It has been discarded." in heard
    assert open_drafts(data) == []
