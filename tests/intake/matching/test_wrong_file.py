"""A file that isn't a list of the people it was picked for is recognised by its headings."""

import pytest

from backdrop_tui.intake.matching.match import match_columns
from backdrop_tui.intake.matching.wrong_file import WrongFile, wrong_file
from backdrop_tui.records.schema.kind import RecordKind
from tests.support.made_up import STAFF, STUDENTS, read, student, table


def guessed(headings: str, kind: RecordKind = STUDENTS) -> WrongFile | None:
    cells = ",".join("x" for _ in headings.split(","))
    sheet = read(f"{headings}\n{cells}\n{cells}y\n", kind, header_row=1)
    return wrong_file(sheet, match_columns(sheet, kind))


@pytest.mark.parametrize(
    ("headings", "content"),
    [
        ("Name,Reg,% Attendance,Authorised Absences,Unauthorised Absences", "an attendance report"),
        ("Surname,Forename,Class,Present,Absent,Late", "an attendance report"),
        ("Pupil Name,Year,Sessions,Possible,AM,PM", "an attendance report"),
        ("Date,Forename,Surname,Session,Mark", "an attendance report"),
        ("Name,Maths Mark,Overall Mark", "a list of marks"),
        ("Student Name,Incident Date,Behaviour Type,Points,Action Taken", "a report of incidents"),
        ("Date,Pupil,Year Group,Incident,Location,Reported by", "a report of incidents"),
        ("Name,Form,English,Maths,Science", "a list of marks"),
        ("Forename,Surname,Year,Reading Scaled Score,Maths Scaled Score", "a list of marks"),
        ("Surname,Forename,Target Grade,Predicted Grade,Effort", "a list of marks"),
        ("Parent Name,Parent Email,Parent Phone,Child Name", "a list of parents and other contacts"),
        ("Mother's Name,Father's Name,Mother's Email,Address", "a list of parents and other contacts"),
        ("Pupil,Contact Name,Relationship,Priority,Mobile", "a list of parents and other contacts"),
        ("Teacher,Room,Monday,Tuesday,Wednesday", "a timetable"),
        ("Pupil Name,Amount Paid,Balance,Dinners", "a list of payments"),
        ("UPN,Surname,Forename,SEN Status,Need Type,Review Date", "a report about special educational needs"),
        ("Surname,Forename,PP indicator,FSM Ever6,Term", "a report about pupil premium and free meals"),
        ("Pupil Name,Condition,Medication,Dosage", "a medical report"),
        ("Club,Pupil,Day,Time,Cost", "a list of clubs or trips"),
        ("Trip,Pupil name,Consent given,Dietary needs", "a list of clubs or trips"),
        ("Candidate Number,UCI,Name,Board,Element,Tier", "a list of exam entries"),
        ("Borrower,Class,Title,Author,Due date", "a list of library loans"),
        ("Surname,Forename,Form,Option A,Option B,Option C", "a list of subject choices"),
        ("Route,Stop,Pupil Name,Pass Number,Driver", "a list for school transport"),
        ("Surname,Forename,UPN,Destination,Leaving date,Employment", "a list of leavers' destinations"),
        ("Asset Tag,Device,Serial Number,Assigned To", "a list of equipment"),
    ],
)
def test_reports_of_other_kinds_are_recognised(headings: str, content: str) -> None:
    guess = guessed(headings)
    assert guess is not None
    assert (guess.content, guess.kind) == (content, None)
    assert guess.sentence == f"This looks like {content}, not a list of students."


@pytest.mark.parametrize(
    "headings",
    [
        "First Name,Last Name,Job Role",
        "Title,First Name,Surname,Work Email,Post Title,Department",
        "Staff Name,Job Title,Email Address,DOB",
    ],
)
def test_staff_picked_as_students_are_recognised(headings: str) -> None:
    guess = guessed(headings)
    assert guess is not None
    assert guess.kind is STAFF
    assert guess.sentence == "This looks like a list of staff, not a list of students."


@pytest.mark.parametrize(
    "headings",
    [
        ",".join(student()),
        "Forename,Surname,DOB,Gender,UPN",
        "Pupil Name,Year,Reg,UPN",
        "PARENT_NAME,PARENT_EMAIL,CHILD_FIRST_NAME,CHILD_LAST_NAME,CHILD_DATE_OF_BIRTH,CHILD_YEAR_GROUP,CHILD_REGISTRATION",
    ],
)
def test_students_picked_as_staff_are_recognised(headings: str) -> None:
    guess = guessed(headings, STAFF)
    assert guess is not None
    assert guess.kind is STUDENTS


@pytest.mark.parametrize(
    "headings",
    [
        "Forename,Surname,DOB,Gender,UPN",
        "Forename,Surname,Year,Reg",
        "PARENT_NAME,PARENT_EMAIL,CHILD_FIRST_NAME,CHILD_LAST_NAME,CHILD_DATE_OF_BIRTH",
        "Forename,Surname,DOB,% Attendance,Absences",
        "Surname,Forename,Year,Reg,SEN,PP,FSM,EAL",
        "Vorname,Nachname,Ankunft",
    ],
)
def test_a_list_of_students_that_lacks_something_is_not_taken_for_another_report(headings: str) -> None:
    assert guessed(headings) is None


def test_a_report_picked_as_staff_is_recognised() -> None:
    guess = guessed("Name,% Attendance,Authorised Absences,Lates", STAFF)
    assert guess is not None
    assert guess.sentence == "This looks like an attendance report, not a list of staff."


def test_a_list_that_lacks_nothing_may_have_any_other_columns() -> None:
    row = student() | {"Attendance": "97", "Absences": "3", "Incidents": "0", "Behaviour points": "4"}
    sheet = read(table([row]))
    assert wrong_file(sheet, match_columns(sheet, STUDENTS)) is None
