"""The parts of the dialogue: columns, reading, questions about people, undoing, settings, messages."""

from dataclasses import replace
from pathlib import Path

import pytest

from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.draft_listing import open_drafts
from backdrop_tui.people.changes import change_people
from backdrop_tui.records.staff import STAFF
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school.import_history import put_record
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.cli.plain.listener import listen
from tests.cli.plain.support import names, stored, write
from tests.support.colleagues import colleagues, opened
from tests.support.imports import import_people, person_id, pupil
from tests.support.made_up import student, table

pytestmark = pytest.mark.usefixtures("signed_up")


def test_columns_are_matched_and_fields_without_a_column_are_filled(school: School) -> None:
    write("class.csv", "Vorname,Surname,DOB,Extra\nAmira,O'Neill,14/03/2012,x\nBen,Okafor,02/09/2012,\n")
    _, heard = listen(
        *("> Students", "> class.csv"),
        *("> Change where", "> Vorname", "> First Name", "> Change where", "0"),
        *(
            "> Choose what every row",
            "> Year Group: needed",
            "> Work it out",
            "> Choose what",
            "> UPN",
            "0",
            "> Choose what",
            "0",
        ),
        *(
            "> Choose what",
            "> Registration Group: needed",
            "> The same",
            "",
            "> Choose what",
            "> Registration Group",
            "> The same",
        ),
        *(
            "x" * 40,
            "Oak",
            "> Choose what",
            "> Gender",
            "> Leave it blank",
            "> Hear all columns",
            "> Import Data",
        ),
        *("> Go on", "> Complete", "n", "0"),
    )
    assert "No column goes to First Name, which every student needs." in heard
    assert "Column 1, Vorname: goes to First Name. For example Amira, Ben." in heard
    assert "Registration Group: Oak in every row." in heard
    assert names(school) == ["Amira O'Neill", "Ben Okafor"]


def test_suggestions_for_columns_can_be_used_at_once(school: School) -> None:
    write("pupils.csv", table([student(0)]).replace(b"Surname", b"Surnmae"))
    _, heard = listen(
        "> Students", "> pupils.csv", "> Use 1 suggestion", "> Import", "> Go on", "> Complete", "n"
    )
    assert "Surnmae: not used, could be Surname." in heard
    assert names(school) == ["Amira O'Neill"]


def test_how_columns_were_matched_last_time_can_be_forgotten() -> None:
    odd = table([student(0)]).replace(b"Surname", b"Zuname")
    write("pupils.csv", odd)
    listen(
        *("> Students", "> pupils.csv", "> Change where", "> Zuname", "> Surname", "> Import", "> Go on"),
        *("> Complete", "n"),
    )
    _, heard = listen("> Students", "> pupils.csv", "> Forget how these columns", "0", "0", "0")
    remembered, _, forgotten = heard.partition("Forget how these columns")
    assert "Zuname: goes to Surname." in remembered
    assert "Zuname: not used" in forgotten
    assert "Forget how these columns" not in forgotten


def test_a_list_of_something_else_is_recognised() -> None:
    write("staff.csv", "First Name,Surname,Job Role,User Group,Email\nSam,Lee,Head,SLTs,s@example.org\n")
    _, heard = listen("> Students", "> staff.csv", "0", "0", "0")
    assert "staff" in heard.rpartition("Nothing is missing")[0] or "a list of staff" in heard


def test_user_groups_are_worked_out_from_job_roles_after_a_question(school: School) -> None:
    write("staff.csv", "First Name,Surname,Job Role,Email\nSam,Lee,Class Teacher,s@example.org\n")
    fill = ("> Choose what every row", "> User Group", "> Work it out")
    _, heard = listen(
        "> Staff", "> staff.csv", *fill, "n", *fill, "y", "> Import", "> Go on", "> Complete", "n"
    )
    assert "Teachers: 1 person (Class Teacher) can" in heard
    assert school.stored(STAFF)["user_group"].to_list() == ["Teachers"]


def test_the_file_can_be_read_differently() -> None:
    write("pupils.csv", "x;y\r\n" + table([student(0, first_name="Zoë")]).decode().replace(",", ";"))
    _, heard = listen(
        *("> Students", "> pupils.csv", "> Change how", "> Encoding", "> Windows-1252"),
        *("> Change how", "> Between cells", "> Comma", "> Change how", "> Between cells", "> Semicolon"),
        *(
            "> Change how",
            "> Row of headings",
            "x",
            "1",
            "> Change how",
            "> Row",
            "9999999",
            "> Change how",
            "0",
        ),
        *("> Change how", "> Between", "0", "> Change how", "> Encoding", "0"),
    )
    assert "ZoÃ«" in heard
    assert "Type the number of the row." in heard
    assert "Read as Windows-1252, semicolon-separated" in heard


def test_the_guess_of_an_encoding_is_answered_by_choosing_another() -> None:
    rows = [student(n, first_name=name) for n, name in enumerate(["Renée", "Zoë", "José"])]
    write("pupils.csv", table(rows).decode().encode("cp1252"))
    finding = "> Note: Check that accented"
    _, heard = listen(
        *("> Students", "> pupils.csv", "> Import Data", finding, "0", finding, "> Choose another", "0"),
        *(finding, "> Choose another", "> Mac Roman"),
    )
    assert "Which encoding shows the names correctly?" in heard
    assert "Read as Mac Roman" in heard.rpartition("Which encoding")[2]


def test_each_question_who_a_row_is_can_be_answered(data: DataFolder, school: School) -> None:
    stored(data, pupil("Smith"), pupil("Khan", first_name="Amelia"), pupil("Nowak", first_name="Ben"))
    people = [("Zoë", "Jones"), ("Amelia", "Patel"), ("Ben", "Okafor")]
    rows = [
        student(n, first_name=first, surname=last, date_of_birth="06/05/2014", year_group="7", gender="")
        for n, (first, last) in enumerate(people)
    ]
    write("pupils.csv", table(rows))
    kind = "> Error: Might be"
    _, heard = listen(
        *("> Students", "> pupils.csv", "> Import Data", kind, "> Answer all 3", "n"),
        *(kind, "> Go through", "> Leave it open", "> The same child as the one stored", "> Two different"),
        *(
            kind,
            "0",
            kind,
            "> Change a cell",
            "> Change a cell",
            "> Surname",
            "Smith",
        ),
        *(
            "> Go on",
            "> Hear who",
            "> People already stored",
            "0",
            "> People",
            "> fill in",
            "> Complete",
            "n",
        ),
    )
    assert "Is this the same child?" in heard
    assert "Different: Surname" in heard
    assert "If it is the same: Would be stored." in heard
    assert sorted(names(school)) == ["Amelia Khan", "Ben Nowak", "Ben Okafor", "Zoë Smith"]


def test_many_questions_can_be_answered_at_once(data: DataFolder, school: School) -> None:
    stored(data, pupil("Smith"), pupil("Khan", first_name="Amelia"))
    rows = [
        student(n, first_name=first, surname=last, date_of_birth="06/05/2014", year_group="7", gender="")
        for n, (first, last) in enumerate([("Zoë", "Jones"), ("Amelia", "Patel")])
    ]
    write("pupils.csv", table(rows))
    listen(
        *("> Students", "> pupils.csv", "> Import Data", "> Error: Might be", "> Answer both", "y"),
        *("> Go on", "> Hear who changes", "> Complete", "n"),
    )
    assert sorted(names(school)) == ["Amelia Patel", "Zoë Jones"]


def test_rows_that_share_a_upn_are_compared() -> None:
    write("pupils.csv", table([student(0), student(1, upn=student(0)["UPN"])]))
    _, heard = listen(
        *("> Students", "> pupils.csv", "> Import Data", "> Error: UPN appears", "> Go through"),
        *("> Two different people: correct the UPN", "> Type in the UPN", "-", "> Go on", "> Complete", "n"),
    )
    assert "Are these the same child?" in heard
    assert "Complete. 2 added" in heard


def test_another_row_of_headings_leads_back_to_the_columns(data: DataFolder) -> None:
    write("pupils.csv", table([student(0)]))
    listen("> Students", "> pupils.csv", "> Import Data")
    (listed,) = open_drafts(data)
    draft = Draft.open(data, listed.id)
    draft.save_matching(draft.matching.with_target(0, None))
    draft.close()
    _, heard = listen("> Carry on")
    assert "The columns have changed. Check where they go." in heard


def test_an_import_that_has_been_edited_since_is_undone_only_after_naming_who(data: DataFolder) -> None:
    with School(data) as school:
        import_people(school, pupil("Smith"), pupil("Khan"))
        change_people(school, STUDENTS, [person_id(school, "Khan")], {"registration_group": "7Z"})
    _, heard = listen("> Undo the last import", "n", "> Undo the last import", "y")
    assert "These people have been edited since, and those changes would be lost: Zoë Khan." in heard
    assert "Undone: 2 students removed" in heard


def test_signing_up_can_be_left_before_anything_is_saved(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh"
    _, heard = listen("> Sign up", "Hill Top", "", "0", data=fresh)
    assert "Nothing has been saved." in heard
    assert not fresh.exists()


def test_an_interrupted_import_is_settled_and_said(data: DataFolder) -> None:
    with School(data) as school:
        record = import_people(school, pupil("Smith"))
        put_record(school, replace(record, state="running", finished=""))
    _, heard = listen("0")
    assert "It was interrupted" in heard


def test_missing_data_is_said(data: DataFolder) -> None:
    stored(data, pupil("Smith"))
    data.students.unlink()
    _, heard = listen("0")
    assert "students.json" in heard


def test_an_exposed_file_can_be_made_private_and_a_lost_one_be_put_back(
    data: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("pupils.csv", table([student(0)]))
    monkeypatch.setattr("backdrop_tui.cli.plain.files.others_can_read", lambda _: True)
    Path("pupils.csv").chmod(0o644)
    listen("> Students", "> pupils.csv", "y")
    assert Path("pupils.csv").stat().st_mode & 0o777 == 0o600
    (listed,) = open_drafts(data)
    (data.drafts / listed.id / "source").unlink()
    Path("pupils.csv").rename("moved.csv")
    _, heard = listen(
        "> Carry on", "", "> Carry on", "moved.csv", "> Import Data", "> Go on", "> Complete", "n"
    )
    assert "pupils.csv is missing from this draft, or damaged in it." in heard
    assert "Complete. 1 added" in heard


def test_settings_are_changed_reset_and_tried(school: School) -> None:
    _, heard = listen(
        *("> Review system", "> Minutes", "10000", "45", "> Minutes", "-", "> Minutes", "", "> Phase", "0"),
        *("> Send a test", "0", "0"),
    )
    assert "Minutes of inactivity must be a number from 1 to 1440" in heard
    assert "Minutes of inactivity is now 45." in heard
    assert "No mail server is set up, so the test message to jo@example.org was not sent." in heard
    assert school.settings.get("idle-minutes") == 30


def test_invitations_are_sent_after_a_question(data: DataFolder) -> None:
    with School(data) as school:
        opened(school)
        colleagues(school, ("Adams", "a@example.org"), ("Byrne", None))
    _, heard = listen("> Invite", "> 1 person not invited yet", "n", "> 1 person", "y", "0", "0")
    assert "Nobody is in DSLs" in heard
    assert "Nothing has been sent." in heard
    assert "Jo Adams: saved in the outbox." in heard
    assert "1 of 1 message done." in heard
    with School(data) as school:
        school.settings.put("mail-host", "127.0.0.1")
        school.settings.put("mail-port", "9")
    _, heard = listen("> Invite", "> 1 person already", "y", "0", "0")
    assert "0 of 1 message done." in heard
