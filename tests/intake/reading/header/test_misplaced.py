"""Headings that were sorted together with the people below them."""

from random import Random

import pytest

from backdrop_tui.errors import UnusableFileError
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.staff import STAFF
from backdrop_tui.records.students import STUDENTS
from tests.support.exports import columns, rows, written
from tests.support.made_up import read

LAYOUTS = [
    (STUDENTS, "Forename ~ first | Surname ~ last | DOB ~ dob | Year ~ year | Reg ~ form"),
    (STAFF, "Forename ~ first | Surname ~ last | Job Role ~ role | User Group ~ group"),
    (STAFF, "Forename ~ first | Surname ~ last | Job Role ~ role | Email ~ email"),
]


@pytest.mark.parametrize(("kind", "layout"), LAYOUTS, ids=["students", "groups", "email"])
@pytest.mark.parametrize("count", [1, 2, 3, 30, 299, 300, 301, 2000])
@pytest.mark.parametrize("end", ["", "\r\n", ",,,\r\n\r\n"])
def test_headings_in_the_last_row_are_said_to_be_there(
    kind: RecordKind, layout: str, count: int, end: str
) -> None:
    text = written([*rows(layout, count), columns(layout)[0]]) + end
    with pytest.raises(UnusableFileError, match=r"headings are in the last row.*sorted together with them"):
        read(text, kind)


@pytest.mark.parametrize(("kind", "layout"), LAYOUTS[:2], ids=["students", "staff"])
def test_headings_between_people_are_said_to_be_there(kind: RecordKind, layout: str) -> None:
    lines = list(rows(layout, 40))
    for place in Random(0).sample(range(1, 40), 5):  # noqa: S311 - made-up data
        with pytest.raises(UnusableFileError, match=rf"above the headings, which are in row {place + 1}"):
            read(written([*lines[:place], columns(layout)[0], *lines[place:]]), kind)


def test_a_last_row_of_headings_that_a_report_repeats_is_no_obstacle() -> None:
    kind, layout = LAYOUTS[0]
    headings = columns(layout)[0]
    assert read(written([headings, *rows(layout, 400), headings]), kind).cells.height == 400
