"""Values at a glance, by ear: each different value of a column, changed once for all of its rows."""

import pytest

from backdrop_tui.records.staff import STAFF
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school.school import School
from tests.cli.plain.listener import listen
from tests.cli.plain.support import write
from tests.support.made_up import student, table

pytestmark = pytest.mark.usefixtures("signed_up")

VALUES = ("> Students", "> pupils.csv", "> Import Data", "> Every different value of Gender")


def test_one_answer_settles_a_value_for_all_of_its_rows(school: School) -> None:
    genders = ["Boy", "Male", "Zebra", "Boy", "F", "", "Zebra"]
    write("pupils.csv", table([student(n, gender=gender) for n, gender in enumerate(genders)]))
    _, heard = listen(
        *(*VALUES, "0", "> Every different", "> Gender", "> Error: “Boy”", "0", "> Error: “Boy”", "> M"),
        *("> Error: “Zebra”", "", "> Error: “Zebra”", "-", "> blank", "-", "> “F”", "M", "> Undo: Replaced"),
        *("0", "0", "> Go on", "> Complete", "n"),
    )
    assert "1. Gender: 5 different values, 2 can't be stored\n" in heard
    assert "Values of Gender, each stored as it is unless something else is said." in heard
    assert (
        "1. Error: “Boy”, 2 rows: not known; suggested: M\n"
        "2. Error: “Zebra”, 2 rows: not known\n"
        "3. blank, 1 row\n"
        "4. “F”, 1 row\n"
        "5. “Male”, 1 row: stored as M\n"
        "0. Go back to the columns"
    ) in heard
    assert (
        "What should “Boy” become in 2 rows?\n1. M\n2. Type in something else\n0. Leave it as it is" in heard
    )
    assert (
        "What should “Zebra” become in 2 rows? Gender: M or F. Type a hyphen (-) to make it blank." in heard
    )
    assert "That changes nothing." in heard
    assert school.stored(STUDENTS)["gender"].to_list() == ["M", "M", None, "M", "F", None, None]


def test_something_else_than_the_suggestion_can_be_typed_in_and_is_checked(school: School) -> None:
    rows = [
        student(0, registration_group="7a"),
        *(student(n, registration_group="7A", year_group="7") for n in (1, 2, 3)),
    ]
    write("pupils.csv", table(rows))
    _, heard = listen(
        *(*VALUES, "> Registration Group", "> Warning: “7a”", "> Type in something else", "Oak" * 20),
        *("> Error: ", "Oak", "0", "0", "> Go on", "> Complete", "n"),
    )
    assert "Registration Group: 2 different values, 1 to check" in heard
    assert "1. Warning: “7a”, 1 row: stored as 7a; suggested: 7A\n2. “7A”, 3 rows\n" in heard
    assert "1 row: not known" in heard
    assert sorted(school.stored(STUDENTS)["registration_group"].to_list()) == ["7A", "7A", "7A", "Oak"]


def test_only_the_first_of_very_many_values_are_read_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backdrop_tui.cli.plain.fixing.values._MOST_VALUES", 2)
    write("pupils.csv", table([student(n, gender=gender) for n, gender in enumerate(["F", "M", "Boy", ""])]))
    _, heard = listen(*VALUES, "> Gender", "0", "0")
    assert "These are the first 2 of 4, those to be put right before the others." in heard
    assert "1. Error: “Boy”, 1 row: not known; suggested: M\n2. blank, 1 row\n0. Go back" in heard


def test_every_cell_of_a_kind_can_be_left_blank(school: School) -> None:
    write("pupils.csv", table([student(n, gender="Zebra") for n in range(2)]))
    _, heard = listen(
        *("> Students", "> pupils.csv", "> Import Data", "> Error: Gender", "> Leave both blank"),
        *("> Go on", "> Complete", "n"),
    )
    assert "Done: Gender left blank in 2 rows." in heard
    assert school.stored(STUDENTS)["gender"].to_list() == [None, None]


def test_staff_have_one_such_column_which_is_gone_to_at_once(school: School) -> None:
    write(
        "staff.csv",
        "First Name,Surname,Job Role,User Group\nSam,Lee,Teacher,Teachrs\nJo,Ray,Teacher,Teachrs\n",
    )
    _, heard = listen(
        *(
            "> Staff",
            "> staff.csv",
            "> Import Data",
            "> Every different value of User Group",
            "> Error",
            "> Teachers",
        ),
        *("0", "> Go on", "> Complete", "n"),
    )
    assert "1. Error: “Teachrs”, 2 rows: not known; suggested: Teachers\n0. Go back to what is wrong" in heard
    assert school.stored(STAFF)["user_group"].to_list() == ["Teachers", "Teachers"]
