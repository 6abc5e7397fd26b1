import pytest

from backdrop_tui.intake.reading import records

from .conftest import Read

HEAD = "Forename,Surname,DOB,Gender"


def people(count: int) -> list[str]:
    return [f"Luca{n},Smith,14/03/2012,M" for n in range(count)]


@pytest.mark.parametrize("first", ['"Luca399', 'Lu"ca399', 'Luca399"', '""Luca399'])
@pytest.mark.parametrize("second", ['Luca599"', '"Luca599', 'Lu"ca599'])
@pytest.mark.parametrize("quote_all", [False, True])
def test_two_stray_quotes_swallow_nobody(read: Read, first: str, second: str, *, quote_all: bool) -> None:
    lines = people(1000)
    if quote_all:
        # In front of a quoted cell's own quote, two more are by the book.
        first = first.replace('""', '"x"')
        lines = ['"' + line.replace(",", '","') + '"' for line in lines]
    for stray, n in ((first, 399), (second, 599)):
        lines[n] = lines[n].replace(f"Luca{n}", stray)
    sheet = read("\n".join([HEAD, *lines, ""]))
    assert sheet.cells["row"].to_list() == list(range(2, 1002))
    assert sheet.faults.filter(code="stray-quote")["row"].to_list() == [401, 601]
    assert sheet.cells.drop_nulls().filter(c1="Smith").height >= 998


def test_one_stray_quote_swallows_nobody(read: Read) -> None:
    lines = people(1000)
    lines[499] = f'"{lines[499]}'
    sheet = read("\n".join([HEAD, *lines]))
    assert sheet.cells.height == 1000
    assert sheet.faults.rows() == [(501, "stray-quote", None)]
    assert sheet.cells["c0"][499] == '"Luca499'


@pytest.mark.parametrize(
    ("line", "cells", "stray"),
    [
        ('Anna "Annie" Smith,b,c,d', ('Anna "Annie" Smith', "b", "c", "d"), False),
        ("6' 2\",b,c,d", ("6' 2\"", "b", "c", "d"), False),
        ('"Luca" Smith,b,c,d', ('"Luca" Smith', "b", "c", "d"), True),
        ('"Luca" Smith,"b",c,d', ('"Luca" Smith', "b", "c", "d"), True),
        ('"She said "hi" to me",b,c,d', ('She said "hi" to me', "b", "c", "d"), True),
        ('"She said ""hi"", twice",b,c,d', ('She said "hi", twice', "b", "c", "d"), False),
        ('""Luca"",b,c,d', ('""Luca""', "b", "c", "d"), True),
        ('Luca",b,c,d', ('Luca"', "b", "c", "d"), True),
        ('Luca","b","c","d"', ('Luca"', "b", "c", "d"), True),
        ('"Luca,"b","c","d"', ('"Luca', "b", "c", "d"), True),
        ('"a","b","c","d', ("a", "b", "c", '"d'), True),
        ('"a" , "b, c" ,c,d', ("a", "b, c", "c", "d"), False),
        ('"""Luca""",b,c,d', ('"Luca"', "b", "c", "d"), False),
        ('"","","","x"', ("", "", "", "x"), False),
        ('Luca"1 High St, Leeds",c,d', ("Luca", "1 High St, Leeds", "c", "d"), True),
        ('"Smith, Luca""1 High St, Leeds",c,d', ("Smith, Luca", "1 High St, Leeds", "c", "d"), True),
        ('a,"Smith, Luca"c,d', ("a", "Smith, Luca", "c", "d"), True),
        ('a,"calls herself "Fi"","c, d",e', ("a", 'calls herself "Fi"', "c, d", "e"), True),
    ],
)
def test_a_line_with_quotes_is_cut_into_its_cells(
    read: Read, line: str, cells: tuple[str, ...], *, stray: bool
) -> None:
    sheet = read("\n".join([HEAD, *people(20), line, *people(20)]))
    assert sheet.cells.height == 41
    assert sheet.cells.drop("row").row(20) == cells
    assert sheet.faults["code"].to_list() == ["stray-quote"] * stray


@pytest.mark.parametrize(
    "cell",
    [
        "1 High Street,\nLeeds,\nLS1 1AA",
        "Flat 2, 1 High Street\nLeeds, Yorkshire\nLS1",
        "one\n\n\nfour",
        "says: no, maybe, yes, well\nthen: a, b, c, d\nbye",
        'she said "hi",\nhe said "bye"',
        "\n",
        ",,,\n,,,\n",
        ",\n;,,",
    ],
)
@pytest.mark.parametrize("place", [0, 1, 3])
def test_a_line_break_inside_quotes_is_part_of_the_cell(read: Read, cell: str, place: int) -> None:
    cells = ["Luca", "Smith", "14/03/2012", "M"]
    cells[place] = cell
    quoted = ",".join('"' + c.replace('"', '""') + '"' if c == cell else c for c in cells)
    sheet = read("\n".join([HEAD, *people(5), quoted, *people(5), quoted, quoted, *people(3)]))
    assert sheet.faults.is_empty()
    assert [sheet.cells.drop("row").row(n) for n in (5, 11, 12)] == [tuple(cells)] * 3
    assert sheet.cells["row"].to_list() == list(range(2, 18))


@pytest.mark.parametrize(
    ("end", "cells", "stray"),
    [
        ('a,b,c,"open', ("a", "b", "c", "open"), False),
        ('a,b,c,"open\nand more', ("a", "b", "c", "open\nand more"), False),
        ('a,b,c,"open\n\n', ("a", "b", "c", "open\n"), False),
        ('"a,b,c,d', ('"a', "b", "c", "d"), True),
        ('a,"b,c,d\n', ("a", '"b', "c", "d"), True),
    ],
)
def test_a_last_quote_that_is_not_closed_ends_with_the_file(
    read: Read, end: str, cells: tuple[str, ...], *, stray: bool
) -> None:
    sheet = read("\n".join([HEAD, *people(9), end]))
    assert sheet.cells.drop("row").row(-1) == cells
    assert sheet.cells.height == 10
    assert sheet.faults.height == stray


def test_an_open_last_cell_swallows_no_rows(read: Read) -> None:
    sheet = read("\n".join([HEAD, *people(9), 'a,b,c,"d', *people(3)]))
    assert sheet.cells.height == 13
    assert sheet.faults.rows() == [(11, "stray-quote", None)]


def test_a_ragged_row_keeps_its_line_breaks(read: Read) -> None:
    sheet = read("\n".join([HEAD, *people(9), 'a,"1 High Street\nLeeds",c', *people(9)]))
    assert sheet.cells.row(9) == (11, "a", "1 High Street\nLeeds", "c", "")
    assert sheet.faults.rows() == [(11, "cell-count", 3)]
    assert sheet.cells["row"].to_list() == list(range(2, 21))


def test_a_stray_quote_in_a_title_swallows_no_headings(read: Read) -> None:
    sheet = read("\n".join(['Pupils of "7A', HEAD, *people(30)]))
    assert (sheet.header_row, sheet.cells.height) == (2, 30)


def test_a_file_that_polars_cannot_cut_is_cut_carefully(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join([HEAD, *people(9), 'a,"1 High Street\nLeeds",c', '"b,c,d,e', *people(9)])
    expected = read(text)
    monkeypatch.setattr(records, "_cut_fast", lambda *_: None)
    sheet = read(text)
    assert sheet.cells.equals(expected.cells)
    assert sheet.faults.equals(expected.faults)


WIDE = "Forename,Surname,DOB,Year,Reg,Notes"


def row(name: str, note: str = "", birth: str = "14/03/2012") -> str:
    return f"{name},Lee,{birth},10,10A,{note}"


@pytest.mark.parametrize(
    ("lines", "stray"),
    [
        ([row("Ann", '"'), row("Bob", '"'), row("Cat", "ok")], [2, 3]),
        ([row("Ann", '"'), row("Bob"), row("Cat", '"'), row("Dan")], [2, 4]),
        ([row("Ann", '"late'), row("Bob", '"'), row("Cat")], [2, 3]),
        ([row("Ann", '"see file, p. 2'), row("Bob", 'left early"'), row("Cat")], [2, 3]),
        ([row("Ann").replace("Lee", '"Lee'), row("Bob", '"'), row("Cat"), row("Dan")], [2, 3]),
    ],
)
def test_ditto_marks_and_open_quotes_swallow_nobody(read: Read, lines: list[str], stray: list[int]) -> None:
    sheet = read("\n".join([WIDE, *lines, ""]))
    assert sheet.cells["row"].to_list() == list(range(2, 2 + len(lines)))
    assert sheet.faults.filter(code="stray-quote")["row"].to_list() == stray


@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
@pytest.mark.parametrize("count", range(2, 10))
def test_ditto_marks_down_a_column_swallow_nobody(read: Read, mark: str, count: int) -> None:
    lines = [f'M{n},Poe,",15/03/2012,10,10A' for n in range(count)]
    text = "\n".join(["Forename,Surname,House,DOB,Year,Reg", "Ann,Lee,Red,14/03/2012,10,10A", *lines, ""])
    sheet = read(text.replace(",", mark))
    assert sheet.cells["c0"].to_list() == ["Ann", *(f"M{n}" for n in range(count))]


def test_a_single_record_that_could_be_two_is_reported(read: Read) -> None:
    sheet = read("\n".join([WIDE, row("Ann", '"x'), row("Bob", '",two'), ""]))
    assert sheet.faults.height
    assert len(sheet.headings) == 6


def test_a_stray_quote_beside_a_cell_of_several_lines_is_found(read: Read) -> None:
    sheet = read(f'{WIDE}\nAnn,Lee,14/03/2012,10,10A","two\nlines"\nBob,Poe,15/03/2012,10,10A,"two\nlines"\n')
    assert sheet.cells["c0"].to_list() == ["Ann", "Bob"]
    assert sheet.faults.rows() == [(2, "stray-quote", None)]


@pytest.mark.parametrize(
    "note",
    [
        "Flat 2\n9 Mill Lane",
        "\nbegins and ends with a break\n",
        "likes maths, art\nand music, too",
        "a\n\n\nb",
    ],
)
@pytest.mark.parametrize("column", range(6))
def test_cells_of_several_lines_stay_whole(read: Read, note: str, column: int) -> None:
    cells = row("Ann", "fine").split(",")
    cells[column] = f'"{note}"'
    sheet = read("\n".join([WIDE, ",".join(cells), row("Bob"), row("Cat"), ""]))
    assert sheet.cells[f"c{column}"][0] == note
    assert (sheet.cells.height, sheet.faults.height) == (3, 0)


def test_a_short_row_with_doubled_quotes_is_not_cut_at_them(read: Read) -> None:
    short = ['a,"say ""hi""",c', 'a,"say ""hi"" now",c', 'a,"5"" pipe",c']
    sheet = read("\n".join([HEAD, *people(9), *short, *people(9)]))
    assert sheet.cells["c1"][9:12].to_list() == ['say "hi"', 'say "hi" now', '5" pipe']
    assert set(sheet.faults["code"]) == {"cell-count"}
