"""Everything that is held about one person."""

import json

from backdrop_tui.care.subject_access import held_about
from backdrop_tui.care.subject_access_text import subject_access_text
from backdrop_tui.people.changes import change_people
from backdrop_tui.people.invitation_results import Invitation, save_invitation
from backdrop_tui.people.leaver_changes import mark_as_left
from backdrop_tui.school import account
from backdrop_tui.school.kept_answers import keep_answers
from backdrop_tui.school.leaver_notes import confirm_departure
from backdrop_tui.school.school import School
from tests.support.erasable import FIRST, FORMER, LAST, stored_zebedee
from tests.support.imports import import_people, person_id
from tests.support.made_up import STAFF, STUDENTS, TODAY, upn


def test_everything_that_is_held_about_a_student_is_in_it(lived_in: School) -> None:
    person = person_id(lived_in, LAST)
    record = lived_in.store.people("students").get(person)
    keep_answers(lived_in, STUDENTS, "no-import", {("a", "b"): person})
    lived_in.store.table("absent").put("old", {"people": [stored_zebedee() | {"id": person}]})
    mark_as_left(lived_in, STUDENTS, [person], TODAY)
    held = held_about(lived_in, person)
    assert held["record"] == {**(record or {}), "status": "left", "left_on": TODAY.isoformat()}
    assert held["notes"]["kept_because"] == f"An inquiry about {FIRST}"
    assert [event["what"] for event in held["history"]] == ["added", "changed"]
    changed = {change["field"]: (change["from"], change["to"]) for change in held["history"][1]["changes"]}
    assert changed["surname"] == (FORMER, LAST)
    assert changed["upn"] == (upn(77), upn(78))
    assert [each["values"] and each["values"]["surname"] for each in held["undo_data"]] == [FORMER, None]
    rows = {draft["file"]: [row["row"] for row in draft["rows"]] for draft in held["drafts"]}
    assert rows == {"0.csv": [3, 4], "1.csv": [3, 4], "2.csv": [3, 4], None: [2]}
    assert [len(file["found"]) for file in held["errors_files"]] == [2, 2, 2, 0]
    assert [file["file"] for file in held["unsaved"]] == ["PeopleScreen-students"]
    assert {file["file"] for file in held["copies"]} >= {"students.json.format-1", "students.json.altered"}
    assert held["answers"] == [{"import": "no-import", "from": None}]
    assert held["absence_lists"][0]["records"][0]["first_name"] == FIRST
    json.dumps(held)
    assert lived_in.store.logged()[-1].items() >= {"event": "subject-access", "about": "students"}.items()


def test_it_can_be_handed_over_as_text(lived_in: School) -> None:
    person = person_id(lived_in, LAST)
    text = subject_access_text(held_about(lived_in, person), "Hill Top", TODAY)
    for line in (
        "Data held about one student by Hill Top, 2 March 2026",
        f"  Surname: {LAST}",
        "  Date of Birth: 23/09/2014",
        f"    Surname: {FORMER} → {LAST}",
        "  Typed in by hand",
        "Messages in the outbox\n  Nothing.",
        "  O'Quillfeather_Zébédée_errors.csv\n    Named in its name, or in a row about someone else.",
        "nothing about anyone else",
    ):
        assert line in text
    assert "{" not in text


def test_a_member_of_staff_has_invitations_and_a_confirmed_departure(school: School) -> None:
    row = {"first_name": "Sam", "surname": "Lee", "user_group": "DSLs", "email": "s.lee@example.org"}
    import_people(school, row, kind=STAFF)
    person = school.stored(STAFF)["id"].item()
    change_people(school, STAFF, [person], {"surname": "Lea"})
    account.sign_up(school, "Hill Top", "Sam Lea", "s.lee@example.org")
    school.settings.put("lead-email", "s.lee@example.org")
    save_invitation(school, person, Invitation("outbox", "s.lee@example.org", 1.0))
    confirm_departure(school, person, None)
    mark_as_left(school, STAFF, [person], TODAY)
    held = held_about(school, person)
    assert held["invitation"]["address"] == "s.lee@example.org"
    assert held["notes"]["departure_confirmed"] is True
    assert (held["notes"]["is_lead"], held["notes"]["is_account"]) == (True, True)
    text = subject_access_text(held, "", TODAY)
    assert "Named in the system settings as the safeguarding lead: yes" in text
    assert "Has the account of this program: yes. “backdrop log” shows what was done with it." in text
    assert "outbox, to s.lee@example.org." in text
    assert "Access confirmed as removed: yes" in text
