"""Leavers by ear: what is outstanding, and noting that it is done."""

from datetime import date

import pytest

from backdrop_tui.people.leaver_changes import mark_as_left
from backdrop_tui.people.leaver_list import leavers_of, number_to_confirm
from backdrop_tui.records.staff import STAFF
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.cli.plain.listener import listen
from tests.support.imports import colleague, import_people, pupil
from tests.support.made_up import TODAY

LEAVERS = "> People who have left"


@pytest.fixture
def leavers(data: DataFolder, signed_up: None) -> None:  # noqa: ARG001 - it comes first
    """Three children and a member of staff who have left, and one child who hasn't."""
    with School(data) as school:
        import_people(school, *(pupil(name) for name in ("Smith", "Khan", "Nowak", "Patel")))
        import_people(school, colleague("Byrne", "DSLs"), kind=STAFF)
        ids = school.stored(STUDENTS).filter(school.stored(STUDENTS)["surname"] != "Patel")["id"]
        mark_as_left(school, STUDENTS, ids.to_list(), date(2026, 2, 2))
        mark_as_left(school, STAFF, school.stored(STAFF)["id"].to_list(), date(2026, 2, 2))


@pytest.mark.usefixtures("leavers")
def test_what_is_outstanding_for_leavers_is_noted_for_one_or_several(school: School) -> None:
    students = (LEAVERS, "> Students, the most urgent first")
    _, heard = listen(
        *(*students, "x", "1, 9", "", "0", "> Students", "2", "0", "> Students", "ALL"),
        *("> The school that they", "Hill School", "> Students", "1, 2", "> There is no safeguarding file"),
        *("> Students", "1", "> The file was sent", "soon", "03/02/2026", "> Students", "1"),
        *("> The new school has confirmed", "", "> Students", "1", "> The new school has", "04/02/2026"),
        *("> Undo: what is noted", "> Undo: what is noted", "> Students", "1", "> There is a file"),
        *("> Undo", "> Undo", "> Undo", "> Redo", "> Undo", "0"),
    )
    assert "3 students with something to do, 1 staff to confirm." in heard
    assert (
        "1. Zoë Khan, Year 7, left on 02/02/2026. To do: file: not asked yet, due 09/02/2026 (late)" in heard
    )
    assert (
        "“1, 9” is not in the list. Type a number, several numbers with commas between them, or all" in heard
    )
    assert "What do you want to note for Zoë Khan, Zoë Nowak and Zoë Smith?" in heard
    assert "Noted for 3 students: their new school." in heard
    assert "Noted for 2 students: no safeguarding file." in heard
    assert "“soon” is not a date." in heard
    assert "Noted for 1 student: the file was sent." in heard
    assert "0 students with something to do, 1 staff to confirm." in heard
    assert heard.count("Undone: what is noted about the leaving of Zoë") == 6
    outstanding = leavers_of(school, STUDENTS, TODAY).outstanding
    assert outstanding["file_state"].to_list() == [None, None, None]
    assert outstanding["destination"].to_list() == [None, None, None]


@pytest.mark.usefixtures("leavers")
def test_staff_who_held_child_protection_rights_are_confirmed(school: School) -> None:
    staff = (LEAVERS, "> Staff who held")
    confirmed = (*staff, "0", "> Staff who held", "1", "n", "> Staff who held", "1", "y")
    _, heard = listen(*confirmed, "> Undo: Jo Byrne confirmed", "> Staff who held", "1", "y", "0", "0")
    assert "1. Jo Byrne, Teacher, DSLs, left on 02/02/2026" in heard
    assert "Has all access of Jo Byrne been removed, so that they can no longer sign in anywhere?" in heard
    assert "Confirmed: Jo Byrne." in heard
    assert "No longer confirmed: Jo Byrne." in heard
    assert number_to_confirm(school) == 0
    listen(LEAVERS, "> Find staff", "byrne", "> They may still have access", "0", "0")
    assert number_to_confirm(school) == 1


@pytest.mark.usefixtures("leavers")
def test_someone_who_has_left_is_found_and_brought_back_or_their_day_corrected(school: School) -> None:
    find = ("> Find students", "smith")
    _, heard = listen(
        *(LEAVERS, "> Find students", "", "> Find students", "zebra", "> Find students", "zoe", "0"),
        *(*find, "> Correct the day", "01/02/2000", "03/02/2026", *find, "> Bring them back", "n"),
        *(
            *find,
            "> Bring them back",
            "y",
            "> Undo: Zoë Smith brought back",
            "> Redo: Zoë Smith brought back",
        ),
        *("0", "0"),
    )
    assert "Nobody who has left has “zebra”." in heard
    assert "3 students who left, with “zoe”." in heard
    assert "1 February 2000 is before the date of birth." in heard
    assert "Marked as having left: Zoë Smith." in heard
    assert "Brought back: Zoë Smith. You can undo this until you quit." in heard
    assert sorted(school.leavers(STUDENTS)["surname"]) == ["Khan", "Nowak"]


def test_nothing_is_outstanding_once_all_is_noted(data: DataFolder, signed_up: None) -> None:  # noqa: ARG001 - it comes first
    with School(data) as school:
        import_people(school, colleague("Adams", "Teachers"), kind=STAFF)
        mark_as_left(school, STAFF, school.stored(STAFF)["id"].to_list(), date(2026, 2, 2))
    _, heard = listen(LEAVERS, "0", "0")
    assert "Nothing is outstanding." in heard
    assert (
        "1. Find staff who have left\n0. Go back\nType 0 or 1, then Enter. Enter alone reads the list again."
        in heard
    )
