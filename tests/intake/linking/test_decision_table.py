"""One case for each line of the decision tables, and for the rules that come before them."""

from collections.abc import Mapping

import pytest

from tests.support.linking import decisions, linked
from tests.support.made_up import STAFF, STUDENTS, people, stored

Person = Mapping[str, str | None]

ANN: Person = {
    "first_name": "Thomas",
    "surname": "Smith",
    "date_of_birth": "2014-03-10",
    "gender": "M",
    "year_group": "7",
    "registration_group": "7A",
    "upn": "H801200001001",
}
OTHER_UPN = "X801200002001"
TEMPORARY = "H80120000100A"
NEW = None
TAKEN, CHANGED, NEAR = "upn-taken", "upn-changed", "person-near"

_AGREES: Person = {}
_BLANK: Person = {"upn": None}
_TEMPORARY: Person = {"upn": TEMPORARY}
_DIFFERS: Person = {"upn": OTHER_UPN}
_LIKE: Person = {"first_name": "Tomas"}
_SHORT: Person = {"first_name": "Tom"}
_UNLIKE: Person = {"first_name": "Grace"}
_MARRIED: Person = {"surname": "Jones"}
_SWAPPED: Person = {"date_of_birth": "2014-10-03"}
_DIGIT: Person = {"date_of_birth": "2013-03-10"}
_DAYS: Person = {"date_of_birth": "2014-04-09"}
_FAR: Person = {"date_of_birth": "2012-11-25"}


@pytest.mark.parametrize(
    ("line", "row", "decision"),
    [
        (1, {}, "bd-1"),
        (1, _LIKE, "bd-1"),
        (1, _SHORT, "bd-1"),
        (2, _SWAPPED, "bd-1"),
        (2, {**_LIKE, **_DIGIT}, "bd-1"),
        (2, _DAYS, "bd-1"),
        (3, _FAR, "bd-1"),
        (4, {**_LIKE, **_FAR}, TAKEN),
        (4, {**_SHORT, **_FAR}, TAKEN),
        (5, _MARRIED, "bd-1"),
        (5, {**_LIKE, **_MARRIED}, "bd-1"),
        (6, {**_MARRIED, **_SWAPPED}, TAKEN),
        (6, {**_MARRIED, **_FAR}, TAKEN),
        (7, _UNLIKE, TAKEN),
        (8, {**_UNLIKE, **_DIGIT}, TAKEN),
        (9, {**_UNLIKE, **_FAR}, TAKEN),
        (10, {**_UNLIKE, **_MARRIED}, TAKEN),
        (11, {**_UNLIKE, **_MARRIED, **_DAYS}, TAKEN),
        (11, {**_UNLIKE, **_MARRIED, **_FAR}, TAKEN),
        (12, _BLANK, "bd-1"),
        (12, _TEMPORARY, "bd-1"),
        (12, {**_BLANK, "first_name": "THOMAS", "surname": "smith"}, "bd-1"),
        (13, {**_BLANK, **_SHORT}, "bd-1"),
        (13, {**_BLANK, **_SHORT, "gender": "F"}, NEAR),
        (14, {**_BLANK, **_LIKE}, NEAR),
        (15, {**_BLANK, **_UNLIKE}, NEAR),
        (15, {**_BLANK, **_UNLIKE, "gender": "F"}, NEW),
        (15, {**_BLANK, **_UNLIKE, "gender": None}, NEAR),
        (16, {**_BLANK, **_MARRIED}, NEAR),
        (16, {**_BLANK, **_LIKE, **_MARRIED}, NEAR),
        (17, {**_BLANK, "first_name": "Smith", "surname": "Thomas"}, NEAR),
        (17, {**_BLANK, **_UNLIKE, **_MARRIED}, NEW),
        (18, {**_BLANK, **_SWAPPED}, NEAR),
        (18, {**_BLANK, **_LIKE, **_DIGIT}, NEAR),
        (18, {**_BLANK, **_DAYS}, NEAR),
        (19, {**_BLANK, **_UNLIKE, **_SWAPPED}, NEW),
        (20, {**_BLANK, **_FAR}, NEW),
        (20, {**_BLANK, **_LIKE, **_FAR}, NEW),
        (21, {**_BLANK, **_MARRIED, **_DAYS}, NEW),
        (21, {**_BLANK, **_MARRIED, **_FAR}, NEW),
        (22, _DIFFERS, CHANGED),
        (22, {**_DIFFERS, **_LIKE}, CHANGED),
        (23, {**_DIFFERS, **_UNLIKE}, NEW),
        (23, {**_DIFFERS, **_MARRIED}, NEW),
        (23, {**_DIFFERS, **_SWAPPED}, NEW),
    ],
)
def test_a_line_of_the_table_for_students_decides(line: int, row: Person, decision: str | None) -> None:
    linkage = linked(STUDENTS, people(STUDENTS, {**ANN, **row}), stored(STUDENTS, ANN))
    expected = {} if decision is NEW else {2: decision if decision == "bd-1" else (decision, "bd-1")}
    assert decisions(linkage) == expected, f"line {line}"


LEE: Person = {
    "first_name": "Jonathan",
    "surname": "Lee",
    "job_role": "Teacher",
    "user_group": "Teachers",
    "email": "jo.lee@school.org",
}


@pytest.mark.parametrize(
    ("line", "row", "decision"),
    [
        (1, {}, "bd-1"),
        (1, {"first_name": "Jon", "email": "Jo.Lee@School.org"}, "bd-1"),
        (1, {"surname": "Cole"}, "bd-1"),
        (2, {"first_name": "Mary"}, "email-taken"),
        (2, {"first_name": "Mary", "surname": "Cole"}, "email-taken"),
        (3, {"email": None}, "bd-1"),
        (4, {"email": None, "first_name": "Jon"}, NEAR),
        (5, {"email": "j.lee@school.org"}, NEAR),
        (0, {"email": None, "first_name": "Mary"}, NEW),
        (0, {"email": "j.lee@school.org", "first_name": "Jon"}, NEW),
        (0, {"email": None, "surname": "Cole"}, NEW),
    ],
)
def test_a_line_of_the_table_for_staff_decides(line: int, row: Person, decision: str | None) -> None:
    linkage = linked(STAFF, people(STAFF, {**LEE, **row}), stored(STAFF, LEE))
    expected = {} if decision is NEW else {2: decision if decision == "bd-1" else (decision, "bd-1")}
    assert decisions(linkage) == expected, f"line {line}"
