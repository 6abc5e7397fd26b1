"""Stages 3 and 4: line ends, row numbers, and the cells and faults of rows."""

import polars as pl
import pytest

from backdrop_tui.errors import UnusableFileError
from backdrop_tui.intake.reading import head
from backdrop_tui.intake.reading import records as records_module
from backdrop_tui.intake.reading.fast import cut_parts
from backdrop_tui.intake.reading.lines import Lines, physical_lines

from .conftest import Read

PLAIN = "Forename,Surname,Year\nLuca,Smith,7\nZoë,Jones,8\n"
QUOTED = 'Forename,Surname,Year\nLuca,"Smith",7\nZoë,Jones,8\n'


def rows(*cells: tuple[object, ...]) -> list[tuple[object, ...]]:
    return list(cells)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_line_ends_of_every_kind_are_read(read: Read, end: str, last: bool) -> None:  # noqa: FBT001
    text = PLAIN.replace("\n", end)
    sheet = read(text if last else text.removesuffix(end))
    assert sheet.cells.rows() == rows((2, "Luca", "Smith", "7"), (3, "Zoë", "Jones", "8"))


def test_line_ends_may_be_mixed(read: Read) -> None:
    sheet = read('Forename,Surname\r\nA,B\nC,D\rE,"F\nG"\r\nH,"I\rJ"\nK,L')
    assert sheet.cells.rows() == rows(
        (2, "A", "B"), (3, "C", "D"), (4, "E", "F\nG"), (5, "H", "I\nJ"), (6, "K", "L")
    )


@pytest.mark.parametrize("text", ['\r\n,a"\r', '\r\na"\r', '"a\nb",c\r', 'a",b\r\nc,d\ne,f\r'])
def test_a_lone_carriage_return_at_the_end_shifts_nothing(read: Read, text: str) -> None:
    sheet = read(f"Forename,Surname\n{text}")
    assert sorted(c for row in sheet.cells.drop("row").rows() for c in "".join(row) if c.isalpha()) == sorted(
        c for c in text if c.isalpha()
    )


@pytest.mark.parametrize("odd", ["\x0b", "\x0c", "\x1c", "\x1e", "\x85", "\u2028", "\u2029", "\x00"])
def test_other_separators_do_not_end_a_line_and_stay_in_their_cell(read: Read, odd: str) -> None:
    assert read(f"Forename,Surname\nLu{odd}ca,Smith\n").cells.rows() == rows((2, f"Lu{odd}ca", "Smith"))


def test_headings_that_a_report_repeats_are_not_people(read: Read) -> None:
    sheet = read("Forename,Surname\nA,B\nForename,Surname\nC,D\n\ufeffForename , Surname\nForename,X\n")
    assert sheet.cells["row"].to_list() == [2, 4, 6]
    assert any("repeated in 2 rows" in note for note in sheet.notes)


@pytest.mark.parametrize(
    ("text", "headings", "faults"),
    [
        ("Forename,Surname,\nA,B,\nC,D,\n", ("Forename", "Surname"), {}),
        ("Forename,Surname,\nA,B\nC,D\n", ("Forename", "Surname"), {}),
        ("Forename,Surname\nA,B,\nC,D,\n", ("Forename", "Surname"), {}),
        ("Forename,Surname\nA,B,,,\nC,D,,,\n", ("Forename", "Surname"), {}),
        ("Forename,Surname\nA,B,x\nC,D,y\n", ("Forename", "Surname", ""), {}),
        ("Forename,Surname,\nA,B,x\nC,D\n", ("Forename", "Surname", ""), {}),
        ("Forename,,Surname\nA,,B\nC,,D\n", ("Forename", "", "Surname"), {}),
        (",Forename,Surname\n,A,B\n,C,D\n", ("", "Forename", "Surname"), {}),
        ("Forename,Forename,Surname\nA,B,C\n", ("Forename", "Forename", "Surname"), {}),
        ("Forename,Surname,Year\nA,B,7\nC,D\n", ("Forename", "Surname", "Year"), {3: 2}),
        ("Forename,Surname\nA,B\nC,D,E\nF,G\n", ("Forename", "Surname"), {3: 3}),
        ("Forename,Surname\nA,B\nC,D,,\nF,G\n", ("Forename", "Surname"), {3: 4}),
        (" Date  of\tBirth ,Surname\n1,2\n", ("Date of Birth", "Surname"), {}),
        ('"Date of\nBirth",Surname\n1,2\n', ("Date of Birth", "Surname"), {}),
    ],
)
def test_the_wrong_number_of_cells_is_a_fault_of_the_row_not_of_the_file(
    read: Read, text: str, headings: tuple[str, ...], faults: dict[int, int]
) -> None:
    sheet = read(text)
    assert sheet.headings == headings
    assert len(sheet.columns) == len(headings)
    assert dict(sheet.faults.select("row", "cell_count").rows()) == faults


def test_cells_beyond_the_last_heading_are_kept(read: Read) -> None:
    sheet = read('Forename,Surname\nA,B\nC,D,E,"F, G"\nH,I\nJ,K,L\nM,N\nO,P\n')
    assert sheet.extra == {3: ("E", "F, G"), 5: ("L",)}
    assert sheet.faults.rows() == rows((3, "cell-count", 4), (5, "cell-count", 3))


def test_a_footer_is_a_row_with_too_few_cells(read: Read) -> None:
    sheet = read("Forename,Surname\nA,B\nTotal: 1200\n")
    assert sheet.faults.rows() == rows((3, "cell-count", 1))


def test_blank_rows_are_counted_and_skipped(read: Read) -> None:
    sheet = read('Forename,Surname\n\nA,B\n,\n  ,\u00a0\n"",""\n\ufeff,\u200b\n,,,\nC,D\n\n')
    assert sheet.cells.rows() == rows((3, "A", "B"), (9, "C", "D"))
    assert sheet.faults.is_empty()


def test_row_numbers_are_those_that_a_spreadsheet_shows(read: Read) -> None:
    sheet = read('sep=,\nTitle\n\nForename,Surname\n"A\n\nB",C\n\n"D\nE","F\nG"\nH,I\n')
    assert sheet.header_row == 3
    assert sheet.cells["row"].to_list() == [4, 6, 7]


def test_a_thousand_columns_are_read_whatever_blank_ones_follow(read: Read) -> None:
    line = ",".join(f"c{n}" for n in range(1000))
    quoted = ",".join('"a, b"' for _ in range(1000))
    blank = "," * 2000
    sheet = read(f"{line}{blank}\n{line}x{blank}\n{quoted}\nz{line}{blank},y\n{line}z{blank}\n", header_row=1)
    assert len(sheet.headings) == 1000
    assert sheet.faults.rows() == rows((4, "cell-count", 3001))


def test_a_row_wider_than_any_spreadsheet_is_refused_before_it_is_looked_at(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(head, "records", lambda *_: pytest.fail("it was cut up"))
    with pytest.raises(UnusableFileError, match=r"16,385 columns, and at most 1,000 .* Export a report"):
        read("a," * 16_384)


@pytest.mark.parametrize("header_row", [0, 1])
def test_more_than_a_thousand_columns_are_refused(read: Read, header_row: int) -> None:
    line = ",".join(f"c{n}" for n in range(1001))
    with pytest.raises(UnusableFileError, match=r"1,001 columns, and at most 1,000 .* Export a report"):
        read(f"{line},,\nx{line}\n", header_row=header_row)


def test_a_text_that_begins_like_an_archive_is_read_as_text(read: Read) -> None:
    assert read("x^,Forename,Surname\nA,B,C\n").headings == ("x^", "Forename", "Surname")
    assert read('x^,Forename,Surname\nA,B,"C, D"\n').cells.rows() == rows((2, "A", "B", "C, D"))


@pytest.mark.parametrize("text", [PLAIN, QUOTED])
def test_if_the_fast_cutter_loses_a_row_it_is_read_carefully(
    read: Read, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records_module, "cut_parts", lambda *args, **kw: cut_parts(*args, **kw).head(-1))
    assert read(text).cells.rows() == rows((2, "Luca", "Smith", "7"), (3, "Zoë", "Jones", "8"))


@pytest.mark.parametrize("text", [PLAIN, QUOTED])
def test_if_two_lines_are_taken_for_one_the_file_is_refused(
    read: Read, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def last_two_as_one(data: bytes, sound: pl.Expr) -> Lines:
        found = physical_lines(data, sound)
        joined = pl.Series([found.lengths.tail(2).sum() + 1], dtype=pl.UInt32)
        lengths = pl.concat([found.lengths.head(-2), joined])
        return Lines(data, lengths, lengths.cum_sum(), found.quoted.head(-1), found.unsure, 1)

    monkeypatch.setattr(records_module, "physical_lines", last_two_as_one)
    with pytest.raises(UnusableFileError, match="can't be counted safely"):
        read(text)
