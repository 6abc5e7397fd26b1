"""The move to a new school year by ear: with a file, and without one."""

from pathlib import Path

import pytest

from backdrop_tui.records.staff import STAFF
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.cli.plain.listener import listen
from tests.support.imports import colleague, import_people, pupil
from tests.support.made_up import student, table

pytestmark = pytest.mark.usefixtures("signed_up")

NEW_YEAR = "> New school year"


def write_file(*surnames: str, joining: str = "") -> None:
    """Write a file with these children, all of them a year further up, and perhaps one who is new."""
    first = {"first_name": "Zoë", "date_of_birth": "06/05/2014", "year_group": "8", "upn": "", "gender": ""}
    rows = [student(n, **first, surname=name) for n, name in enumerate(surnames)]
    rows += [student(1, surname=joining)] if joining else []
    Path("school.csv").write_bytes(table(rows))
    Path("school.csv").chmod(0o600)


@pytest.fixture
def three_stored(data: DataFolder, signed_up: None) -> None:  # noqa: ARG001 - it comes first
    """Three children in Year 7."""
    with School(data) as school:
        import_people(school, *(pupil(name) for name in ("Smith", "Khan", "Nowak")))


def years(school: School) -> dict[str, tuple[str, str]]:
    """The year group and the status of everyone stored, by surname."""
    people = school.stored(STUDENTS).select("surname", "year_group", "status")
    return {surname: (year, status) for surname, year, status in people.iter_rows()}


@pytest.mark.usefixtures("three_stored")
def test_a_file_of_the_whole_school_says_who_moves_up_joins_and_leaves(school: School) -> None:
    write_file("Smith", "Khan", joining="Patel")
    _, heard = listen(
        *("> Start a new school year", "> With this year's file", "> school.csv", "> Import Data", "> Go on"),
        *(NEW_YEAR, "0", NEW_YEAR, "> Hear each group", "> Hear who is leaving", "> Hear who is moving up"),
        *("> Date of leaving", "tomorrow", "01/01/2010", "27/02/2026", "> Complete", "n", "> Complete", "y"),
        "n",
    )
    assert "When you come to Check, choose “New school year”." in heard
    assert "Leaving: 1, marked as having left; nothing is deleted." in heard
    assert "Year 7, 3 before, 0 after: 1 leaving." in heard
    assert "Leaving:\n1. Zoë Nowak, Year 7." in heard
    assert "1. Zoë Khan, Year 7 to Year 8." in heard
    assert "“tomorrow” is not a date." in heard
    assert "before the date of birth" in heard
    assert "1 student will be marked as having left on 27 February 2026." in heard
    assert "The new school year has started. 1 joined, 2 moved up, 0 came back." in heard
    assert years(school) == {
        "Smith": ("8", "current"),
        "Khan": ("8", "current"),
        "Nowak": ("7", "left"),
        "Patel": ("8", "current"),
    }
    _, heard = listen("> Undo the last import", "y")
    assert "Undone: 1 student removed, 3 set back." in heard
    with School(school.folder, read_only=True) as after:
        assert years(after) == dict.fromkeys(("Smith", "Khan", "Nowak"), ("7", "current"))


def test_part_of_the_school_leaves_only_if_that_is_chosen(data: DataFolder, school: School) -> None:
    children = [pupil(f"Moss{letter}", date_of_birth="2013-05-06") for letter in "ABCDEFGHIJKL"]
    with School(data) as stored:
        import_people(stored, *children, pupil("Smith"))
    write_file("Smith")
    _, heard = listen(
        *("> Students", "> school.csv", "> Import Data", "> Go on", NEW_YEAR, "> Let everyone leave"),
        *("> Keep those", "> Let everyone leave", "> Complete: 12 leave", "y", "n"),
    )
    assert "They stay, unless you choose to let them leave." in heard
    assert "Complete: nobody leaves" in heard
    assert "Everyone who isn't in the file will leave, because you chose that." in heard
    assert sorted(status for _, status in years(school).values()) == ["current", *["left"] * 12]


@pytest.mark.usefixtures("three_stored")
def test_everyone_moves_up_without_a_file_and_that_can_be_undone(data: DataFolder, school: School) -> None:
    up = ("> Start a new school year", "> Without a file")
    _, heard = listen(*up, "0", *up, "> Hear who is moving up", "> Complete", "y", *up, "0")
    assert "Nobody has been moved up." in heard
    assert heard.count("New school year. Nothing has been stored yet.") == 2
    assert "Nobody is staying, joining, returning, leaving or unclear." in heard
    assert "Moving up: 3, in a higher year group." in heard
    assert "Complete: nobody leaves" in heard
    assert "The school's academic year is now 2026" in heard
    assert set(years(school).values()) == {("8", "current")}
    listen("> Undo the last import", "y")
    with School(data, read_only=True) as after:
        assert set(years(after).values()) == {("7", "current")}


def test_staff_who_are_not_in_the_file_leave_and_lose_their_rights(data: DataFolder, school: School) -> None:
    with School(data) as stored:
        import_people(stored, colleague("Adams", "Teachers"), colleague("Byrne", "DSLs"), kind=STAFF)
    Path("staff.csv").write_text("First Name,Surname,Job Role,User Group,Email\nJo,Adams,Teacher,Teachers,\n")
    Path("staff.csv").chmod(0o600)
    _, heard = listen(
        *("> Staff", "> staff.csv", "> Import Data", "> Go on", NEW_YEAR, "> Hear each group"),
        *("> Complete: 1 leaves", "y", "n"),
    )
    assert "DSLs, 1 before, 0 after: 1 leaving." in heard
    assert "They lose their rights at once. Nothing is deleted." in heard
    assert "Staying: 1." in heard
    assert school.leavers(STAFF)["surname"].to_list() == ["Byrne"]
