"""Files in which each row is inside one quoted cell."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backdrop_tui.records.students import STUDENTS
from tests.support.exports import STUDENTS_EXPORTS, columns, rows, written
from tests.support.made_up import read


def wrapped(text: str) -> str:
    """Each record of a file as one quoted cell of another."""
    quoted = ('"' + line.replace('"', '""') + '"' for line in text.split("\r\n")[:-1])
    return "\r\n".join(quoted)


@pytest.mark.parametrize("layout", STUDENTS_EXPORTS[:6], ids=[layout[:30] for layout in STUDENTS_EXPORTS[:6]])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_rows_inside_cells_are_read_as_if_they_were_not(layout: str, delimiter: str) -> None:
    for count in (1, 2, 30):
        text = written([columns(layout)[0], *rows(layout, count)], delimiter)
        inside, plain = read(wrapped(text)), read(text)
        assert inside.headings == plain.headings
        assert inside.cells.rows() == plain.cells.rows()


def test_quotes_and_line_breaks_inside_are_kept() -> None:
    text = written(
        [["Forename", "Surname", "Notes"], ["Ada", "Okoro", 'says "hello", often'], ["B", "C", "1\n2"]]
    )
    assert read(wrapped(text)).cells.rows() == [
        (2, "Ada", "Okoro", 'says "hello", often'),
        (3, "B", "C", "1\n2"),
    ]


def test_titles_and_totals_may_be_inside_cells_too() -> None:
    lines = [
        ["Class list"],
        ["Forename", "Surname", "DOB", "Year"],
        ["Ada", "Okoro", "14/03/2012", "10"],
        ["Total: 1"],
    ]
    sheet = read(wrapped(written(lines)))
    assert (sheet.header_row, sheet.width, sheet.cells.height) == (2, 4, 2)


def test_rows_without_headings_are_read_from_inside_too() -> None:
    assert read(wrapped(written(list(rows(STUDENTS_EXPORTS[5], 3))))).width == 8


@pytest.mark.parametrize(
    "text",
    [
        '"Name"\n"Okoro, Ada"\n"Khan, Bilal"\n',
        '"Okoro, Ada"\n"Khan, Bilal"\n',
        '"Name"\n' + '"Okoro, Ada"\n' * 40,
    ],
)
def test_a_single_column_of_full_names_stays_one(text: str) -> None:
    assert read(text, STUDENTS).width == 1


@settings(deadline=None)
@given(st.lists(st.lists(st.text("aZé \",;'", max_size=6), min_size=3, max_size=3), min_size=1, max_size=5))
def test_no_cell_is_lost_or_changed(cells: list[list[str]]) -> None:
    text = written([["Forename", "Surname", "Notes"], *([f"x{cell}" for cell in row] for row in cells)])
    whole = list(csv.reader(io.StringIO(text, newline="")))
    assert [list(row[1:]) for row in read(wrapped(text)).cells.iter_rows()] == whole[1:]
