"""The row of headings in files as schools' systems and office staff write them, and in the same files without it."""

import pytest

from backdrop_tui.intake.matching.known_headings import vocabulary
from backdrop_tui.intake.reading.read import read_bytes
from backdrop_tui.intake.reading.sheet import ReadOptions, Sheet
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.staff import STAFF
from backdrop_tui.records.students import STUDENTS
from tests.support.exports import STAFF_EXPORTS, STUDENTS_EXPORTS, columns, rows, written

EXPORTS = [(STUDENTS, layout) for layout in STUDENTS_EXPORTS] + [(STAFF, layout) for layout in STAFF_EXPORTS]
SIZES = (1, 2, 3, 30)
LARGE = 1000
DELIMITERS = ",;\t|"
TITLES = [["Hill School"], [], ["Report run on 12/09/2026 by J Smith"]]

every_export = pytest.mark.parametrize(
    ("kind", "layout", "files"),
    [
        (
            *export,
            [(size, DELIMITERS[(n + k) % 4]) for k, size in enumerate((*SIZES, *[LARGE] * (n % 5 == 0)))],
        )
        for n, export in enumerate(EXPORTS)
    ],
    ids=[layout[:40] for _, layout in EXPORTS],
)
"""Files of each layout as (rows, delimiter): every number of rows, for each fifth layout a large one, the delimiters in turn."""


def read(kind: RecordKind, lines: list[list[str]], delimiter: str) -> Sheet:
    return read_bytes(written(lines, delimiter).encode(), "export.csv", ReadOptions(), vocabulary(kind))


@every_export
def test_the_row_of_headings_is_recognised_however_many_rows_follow(
    kind: RecordKind, layout: str, files: list[tuple[int, str]]
) -> None:
    headings = columns(layout)[0]
    for count, delimiter in files:
        sheet = read(kind, [headings, *rows(layout, count, seed=count)], delimiter)
        assert (sheet.header_row, sheet.cells.height, sheet.delimiter.character) == (1, count, delimiter)


@every_export
def test_titles_above_the_headings_are_skipped(
    kind: RecordKind, layout: str, files: list[tuple[int, str]]
) -> None:
    for count, delimiter in files:
        sheet = read(kind, [*TITLES, columns(layout)[0], *rows(layout, count)], delimiter)
        assert (sheet.header_row, sheet.cells.height) == (4, count)
        assert "The 3 rows above the headings were skipped." in sheet.notes


@every_export
def test_a_person_is_never_taken_for_the_row_of_headings(
    kind: RecordKind, layout: str, files: list[tuple[int, str]]
) -> None:
    for count, delimiter in files:
        sheet = read(kind, list(rows(layout, count, seed=count)), delimiter)
        assert (sheet.header_row, sheet.cells.height) == (None, count)


@pytest.mark.parametrize(
    ("kind", "person"),
    [
        (STUDENTS, ["Reg", "Post", "14/03/2012", "R", "Class"]),
        (STUDENTS, ["Reg", "Post", "", "", ""]),
        (STUDENTS, ["Ada", "Year", "not known", "10", "New"]),
        (STUDENTS, ["Ada", "Okoro", "TBC", "?", "10B"]),
        (STUDENTS, ["Ada", "Okoro", "unclear", "", ""]),
        (STAFF, ["Anne", "Boss", "Headteacher", "SLT"]),
        (STAFF, ["Grace", "Post", "Form Tutor", "Teachers"]),
        (STAFF, ["Ann", "House", "Group Leader", "TAs"]),
    ],
    ids=[str(n) for n in range(8)],
)
@pytest.mark.parametrize("count", [1, 2, 30])
@pytest.mark.parametrize("place", ["first", "last"])
def test_a_person_is_not_taken_for_headings_whatever_their_name_or_what_they_lack(
    kind: RecordKind, person: list[str], count: int, place: str
) -> None:
    layout = {
        STUDENTS: "f ~ first | s ~ last | b ~ dob | y ~ year | r ~ form",
        STAFF: "f ~ first | s ~ last | r ~ role | g ~ group",
    }[kind]
    others = list(rows(layout, count))
    sheet = read(kind, [person, *others] if place == "first" else [*others, person], ",")
    assert (sheet.header_row, sheet.cells.height) == (None, count + 1)
