"""An errors file picked again is the file that it comes from, with fewer rows."""

import csv
import io

import polars as pl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from backdrop_tui.intake.checking.check import check
from backdrop_tui.intake.matching.match import match_columns
from backdrop_tui.intake.matching.matching import Matching
from backdrop_tui.intake.output.errors_file import errors_file
from backdrop_tui.intake.reading.headings import errors_columns
from backdrop_tui.intake.reading.sheet import Sheet
from backdrop_tui.records.schema.text import cell_text
from tests.support.made_up import CONTEXT, STUDENTS, read, stored

KNOWN = ["Forename", "Surname", "DOB", "Year", "Reg"]


def written(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def errors_of(sheet: Sheet, matching: Matching) -> bytes:
    """The errors file of all rows of a sheet."""
    texts = matching.texts(sheet)
    checked = check(STUDENTS, texts, CONTEXT, stored(STUDENTS), sheet.faults, sheet.width)
    return errors_file(matching, sheet, texts, checked.problems)


def table_of(sheet: Sheet) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The names of a sheet's columns and its rows, without the column that an errors file adds."""
    kept = [n for n in range(sheet.width) if n not in errors_columns(sheet.headings)]
    cells = sheet.cells.select(sheet.columns[n] for n in kept).fill_null("")
    return tuple(sheet.column_names[n] for n in kept), cells.rows()


def problems_of(sheet: Sheet, matching: Matching) -> list[tuple[object, ...]]:
    texts = matching.texts(sheet)
    checked = check(STUDENTS, texts, CONTEXT, stored(STUDENTS), sheet.faults, sheet.width)
    return checked.problems.select("field", "code", "value", "suggestion").rows()


@pytest.mark.parametrize(
    "headings",
    [
        [*KNOWN, ""],
        ["", *KNOWN],
        ["Forename", "", "Surname", "DOB", "", "Year", "Reg", "", ""],
        ["", "", "", "", "Surname", "", ""],
        ["", "", "", ""],
        ["Nachname", "", "Vorname 2", "14/03/2012", "a@b.uk"],
        ["Surname", ""],
        ["", ""],
        ["Surname"],
        ["Feld"],
        ["Forename", "=Total", "-", "@home", "+44", "Surname"],
        ["x" * 100, "y 1", "", "z 2"],
    ],
    ids=repr,
)
def test_an_errors_file_has_the_same_columns_rows_and_problems(headings: list[str]) -> None:
    rows = [[f"{letter}{n}" for n in range(len(headings))] for letter in "abcd"]
    sheet = read(written([headings, *rows]), header_row=1)
    matching = match_columns(sheet, STUDENTS)
    again = read(errors_of(sheet, matching))
    rematched = match_columns(again, STUDENTS)
    assert again.header_row == 1
    assert table_of(again) == table_of(sheet)
    assert again.headings == (*sheet.headings, "Errors")
    assert rematched.targets == (*matching.targets, None)
    assert problems_of(again, rematched) == problems_of(sheet, matching)


@pytest.mark.parametrize("heading", ["<table>Forename", "[[Forename]]", '{"Forename": ', "<?xml ?>Forename"])
def test_a_first_heading_like_markup_makes_no_web_page_of_the_errors_file(heading: str) -> None:
    quoted = heading.replace('"', '""')
    sheet = read(f'"{quoted}",Surname\nAnn,Lee\nBo,Ray\n')
    again = read(errors_of(sheet, match_columns(sheet, STUDENTS)))
    assert again.headings == (heading.strip(), "Surname", "Errors")
    assert again.cells.height == 2


@pytest.mark.parametrize("width", [1, 2, 3, 7])
def test_the_errors_file_of_a_file_without_headings_has_columns_by_number(width: int) -> None:
    rows = [[f"{letter}{n}" for n in range(width)] for letter in "abcd"]
    sheet = read(written(rows), header_row=0)
    again = read(errors_of(sheet, match_columns(sheet, STUDENTS)))
    assert again.header_row == 1
    assert again.headings == (*[""] * width, "Errors")
    assert table_of(again) == table_of(sheet)
    assert again.column_names[:width] == tuple(f"Column {n}" for n in range(1, width + 1))


def test_a_column_without_a_heading_is_mapped_by_its_number_in_both_files() -> None:
    sheet = read(
        written([["Forename", "Surname", "", "Year", "Reg"], ["Ann", "Lee", "31/02/2012", "9", "9A"]])
    )
    mapped = [("Column 3", "Date of Birth")]
    matching = match_columns(sheet, STUDENTS).with_map(mapped)
    again = read(errors_of(sheet, match_columns(sheet, STUDENTS)))
    assert match_columns(again, STUDENTS).with_map(mapped).targets == (*matching.targets, None)


def test_a_title_errors_above_the_headings_is_no_row_of_headings() -> None:
    sheet = read("Errors\nForename,Surname,DOB\nAnn,Lee,14/03/2012\nBo,Ray,15/03/2012\n")
    assert sheet.header_row == 2


def test_a_person_called_errors_is_no_row_of_headings() -> None:
    sheet = read("Ann,Lee,14/03/2012\nBo,Errors,15/03/2012\nCy,May,16/03/2012\n")
    assert sheet.header_row is None


CELLS = st.text(st.sampled_from("ab7 ,\"'=-@é/"), max_size=6)
HEADINGS = st.one_of(
    CELLS, st.sampled_from(["", *KNOWN, "Notes", "Yr 2026", "14/03/2012", "=x", "Column", "Column 2"])
)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """Headings of any kind, and rows whose first cell isn't blank."""
    width = draw(st.integers(1, 6))
    rows = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=6))
    headings = draw(st.lists(HEADINGS, min_size=width, max_size=width))
    return [headings, *([f"n{n}", *row[1:]] for n, row in enumerate(rows))]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables())
def test_any_file_comes_back_from_its_errors_file(rows: list[list[str]]) -> None:
    sheet = read(written(rows), header_row=1)
    matching = match_columns(sheet, STUDENTS)
    assume(not matching.duplicates)
    again = read(errors_of(sheet, matching))
    assert again.header_row == 1
    assert again.headings[: sheet.width] == sheet.headings
    for column in sheet.columns:
        before, after = (each.cells.select(cell_text(pl.col(column))).to_series() for each in (sheet, again))
        assert after.equals(before)
