import pytest

from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.staff import STAFF
from backdrop_tui.records.students import STUDENTS
from tests.support.cells import checked, rows_with

GARBLED = [
    {"first_name": "JesÃºs"},
    {"surname": "Zo&euml;"},
    {"first_name": "RenÃ©e", "surname": "MÃ¼ller"},
    {},
]


@pytest.mark.parametrize("kind", [STUDENTS, STAFF], ids=["students", "staff"])
def test_garbled_texts_in_three_rows_are_a_finding_that_repairs_them_all(kind: RecordKind) -> None:
    result = checked(kind, GARBLED)
    (finding,) = [finding for finding in result.findings if finding.code == "text-garbled"]
    assert finding.type.level == "warning"
    assert finding.message == "4 names look damaged: JesÃºs should be Jesús."
    assert finding.rows.to_list() == [2, 3, 4]
    (remedy,) = finding.remedies
    assert remedy.title == "Repair 4 names"
    assert remedy.cells is not None
    assert remedy.cells.rows() == [
        (2, "first_name", "Jesús"),
        (3, "surname", "Zoë"),
        (4, "first_name", "Renée"),
        (4, "surname", "Müller"),
    ]


def test_the_rows_keep_their_warnings_beside_the_finding() -> None:
    assert rows_with(checked(STUDENTS, GARBLED), "text-garbled") == [2, 3, 4, 4]


def test_fewer_rows_are_no_finding() -> None:
    assert not checked(STUDENTS, GARBLED[:2]).findings


def test_texts_other_than_names_are_called_texts() -> None:
    (finding,) = checked(STAFF, [{"job_role": "Teaching &amp; Learning"}] * 3).findings
    assert finding.message == "3 texts look damaged: Teaching &amp; Learning should be Teaching & Learning."
