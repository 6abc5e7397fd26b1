import codecs

import pytest

from backdrop_tui.errors import UnusableFileError

from .conftest import Read

PLAIN = "Forename,Surname,Year\nLuca,Smith,7\nZoë,Jones,8\n"


def rows(*cells: tuple[object, ...]) -> list[tuple[object, ...]]:
    return list(cells)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (PLAIN.encode(), "utf-8"),
        (PLAIN.replace("ë", "e").encode(), "utf-8"),
        (PLAIN.encode("utf-8-sig"), "utf-8-sig"),
        (codecs.BOM_UTF16_LE + PLAIN.encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-be"), "utf-16"),
        (PLAIN.encode("cp1252"), "cp1252"),
    ],
)
def test_the_encoding_is_found(read: Read, data: bytes, encoding: str) -> None:
    sheet = read(data)
    assert sheet.encoding.name == encoding
    assert sheet.headings == ("Forename", "Surname", "Year")
    assert sheet.cells["c0"][1] in {"Zoë", "Zoe"}


def test_the_five_bytes_that_windows_leaves_out_are_control_characters(read: Read) -> None:
    sheet = read(b"Forename,Surname\nZo\xeb,\x81\x8d\x8f\x90\x9d\x80\n")
    assert sheet.encoding.name == "cp1252"
    assert sheet.cells["c1"][0] == "\x81\x8d\x8f\x90\x9d€"


def test_a_user_may_say_the_encoding(read: Read) -> None:
    assert read(PLAIN.encode(), encoding="cp1252").cells["c0"][1] == "ZoÃ«"
    assert read(PLAIN.encode("utf-16-le"), encoding="utf-16").cells["c0"][1] == "Zoë"
    assert read(PLAIN.encode("utf-16-be"), encoding="utf-16").cells["c0"][1] == "Zoë"
    assert read(PLAIN.encode("utf-8-sig"), encoding="utf-8").headings[0] == "Forename"


def test_a_mark_in_the_middle_hides_no_quote(read: Read) -> None:
    sheet = read('\ufeff\ufeff"Forename",Surname\n\ufeff"Smith, Jr",B\n')
    assert sheet.headings == ("Forename", "Surname")
    assert sheet.cells.rows() == rows((2, "Smith, Jr", "B"))


def test_a_mark_on_a_line_under_the_headings_is_no_fault(read: Read) -> None:
    sheet = read('Forename,Surname\n\ufeffZoë,A\n"called ""Bo""",B\n"Lu,C\n')
    assert sheet.cells["row"].to_list() == [2, 3, 4]
    assert sheet.faults["row"].to_list() == [4]


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
def test_a_lone_line_end_at_the_very_end_shifts_nothing(read: Read, text: str) -> None:
    sheet = read(f"Forename,Surname\n{text}")
    assert sorted(c for row in sheet.cells.drop("row").rows() for c in "".join(row) if c.isalpha()) == sorted(
        c for c in text if c.isalpha()
    )


@pytest.mark.parametrize("odd", ["\x0b", "\x0c", "\x1c", "\x1e", "\x85", "\u2028", "\u2029", "\x00"])
def test_other_characters_end_no_line_and_stay_in_their_cell(read: Read, odd: str) -> None:
    assert read(f"Forename,Surname\nLu{odd}ca,Smith\n").cells.rows() == rows((2, f"Lu{odd}ca", "Smith"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(read: Read, delimiter: str) -> None:
    sheet = read(PLAIN.replace(",", delimiter))
    assert sheet.delimiter.character == delimiter
    assert sheet.cells.height == 2


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("Name;Year\nSmith, Luca;7\nJones, Anna;8\n", ";"),
        ("Forename|Surname|Notes\nA|B|one, two; three\nC|D|four, five; six\n", "|"),
        ("Forename\nLuca\nAnna\n", ","),
        ("1;2,5;3\n4;5,5;6\n", ";"),
        ("Pupils, by class\nForename;Surname\nA;B\n", ";"),
    ],
)
def test_the_delimiter_is_not_a_character_of_the_text(read: Read, text: str, delimiter: str) -> None:
    assert read(text).delimiter.character == delimiter


def test_a_user_may_say_the_delimiter(read: Read) -> None:
    assert read("a;b,c\n1;2,3\n", delimiter=",").headings == ("a;b", "c")


@pytest.mark.parametrize("line", ["sep=;\r\n", "SEP=;\n", '"sep=;"\r\n', "\ufeffsep=;\n"])
def test_a_line_that_names_the_delimiter_is_no_row(read: Read, line: str) -> None:
    sheet = read(f"{line}Forename;Surname\n1,2,3;B\n")
    assert (sheet.delimiter.character, sheet.header_row) == (";", 1)
    assert sheet.cells.rows() == rows((2, "1,2,3", "B"))


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Forename,Surname\nA,B\n", 1),
        ("Pupil list\n\nReport run on 12/09/2026\nForename,Surname,Year\nA,B,7\n", 4),
        ("Pupil list,,\n,,\nForename,Surname,Year\nA,B,7\n", 3),
        ('"Pupil ""list""\nfor 7A"\nForename,Surname,Year\nA,B,7\n', 2),
        ("Colour,Animal,Fruit\nred 1,cat,fig\nblue 2,cat,fig\n", 1),
        ("List of things\nColour,Animal,Fruit\nred 1,cat,fig\nblue 2,cow,fig\n", 2),
        ("Luca,Smith,14/03/2012\nAnna,Jones,15/03/2012\n", None),
        ("a@school.uk,Smith\nb@school.uk,Jones\n", None),
        ("Luca,Smith,M\nAnna,Jones,F\nOmar,Khan,M\n", None),
        ("UPN\nH801200001001\n", 1),
    ],
)
def test_the_row_of_headings_is_found(read: Read, text: str, row: int | None) -> None:
    sheet = read(text)
    assert sheet.header_row == row
    assert any("headings" in note for note in sheet.notes) == (row != 1)
    assert sheet.cells["row"][0] == (row or 0) + 1


def test_a_file_without_headings_has_empty_ones(read: Read) -> None:
    sheet = read("Luca,Smith,14/03/2012\nAnna,Jones,15/03/2012\n")
    assert sheet.headings == ("", "", "")
    assert sheet.cells.height == 2


def test_a_user_may_say_where_the_headings_are(read: Read) -> None:
    text = "Forename,Surname\nA,B\nC,D\n"
    assert read(text, header_row=0).cells["row"].to_list() == [1, 2, 3]
    assert read(text, header_row=2).headings == ("A", "B")
    assert read(text, header_row=2).cells.rows() == rows((3, "C", "D"))


@pytest.mark.parametrize("row", [4, 10**7, 10**20])
def test_headings_beyond_the_end_of_the_file_are_refused(read: Read, row: int) -> None:
    with pytest.raises(
        UnusableFileError, match=f"Row {row:,} can't have the headings: this file has only 3 rows"
    ):
        read("Forename,Surname\nA,B\nC,D\n", header_row=row)


def test_headings_that_a_report_repeats_are_no_people(read: Read) -> None:
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
def test_odd_columns_are_no_fault_of_a_row_and_odd_rows_are(
    read: Read, text: str, headings: tuple[str, ...], faults: dict[int, int]
) -> None:
    sheet = read(text)
    assert sheet.headings == headings
    assert len(sheet.columns) == len(headings)
    assert dict(sheet.faults.select("row", "found").rows()) == faults


def test_cells_beyond_the_last_heading_are_kept(read: Read) -> None:
    sheet = read('Forename,Surname\nA,B\nC,D,E,"F, G"\nH,I\nJ,K,L\nM,N\nO,P\n')
    assert sheet.extra == {3: ("E", "F, G"), 5: ("L",)}
    assert sheet.faults.rows() == rows((3, "cell-count", 4), (5, "cell-count", 3))


def test_a_footer_is_a_row_with_too_few_cells(read: Read) -> None:
    sheet = read("Forename,Surname\nA,B\nTotal: 1200\n")
    assert sheet.faults.rows() == rows((3, "cell-count", 1))


def test_blank_rows_are_counted_and_passed_over(read: Read) -> None:
    sheet = read('Forename,Surname\n\nA,B\n,\n  ,\u00a0\n"",""\n\ufeff,\u200b\n,,,\nC,D\n\n')
    assert sheet.cells.rows() == rows((3, "A", "B"), (9, "C", "D"))
    assert sheet.faults.is_empty()


def test_row_numbers_are_those_that_a_spreadsheet_shows(read: Read) -> None:
    sheet = read('sep=,\nTitle\n\nForename,Surname\n"A\n\nB",C\n\n"D\nE","F\nG"\nH,I\n')
    assert sheet.header_row == 3
    assert sheet.cells["row"].to_list() == [4, 6, 7]


def test_two_thousand_columns_are_read(read: Read) -> None:
    line = ",".join(f"c{n}" for n in range(2000))
    quoted = ",".join('"a, b"' for _ in range(2000))
    sheet = read(f"{line}\n{line}x\n{quoted}\nz{line},y\n{line}z\n", header_row=1)
    assert len(sheet.headings) == 2000
    assert sheet.faults.rows() == rows((4, "cell-count", 2001))


def test_a_file_that_begins_like_an_archive_is_read_as_text(read: Read) -> None:
    assert read("x^,Surname\nA,B\n").headings == ("x^", "Surname")
    assert read('x^,Surname\nA,"B, C"\n').cells.rows() == rows((2, "A", "B, C"))


PEOPLE = [f"{name},Lee,14/03/2012,10,10A" for name in ("Ann", "Bob", "Cat", "Dan")]


@pytest.mark.parametrize(("above", "said"), [(1, "Row 1 is"), (3, "Rows 1 to 3 are")])
def test_people_above_the_headings_are_not_passed_over(read: Read, above: int, said: str) -> None:
    lines = [*PEOPLE[:above], "Forename,Surname,DOB,Year,Reg", *PEOPLE[above:], ""]
    with pytest.raises(UnusableFileError, match=f"{said} above the headings, which are in row {above + 1}"):
        read("\n".join(lines))
    assert read("\n".join(lines), header_row=above + 1).cells.height == 4 - above


@pytest.mark.parametrize(
    "title",
    [
        "Hill School,,,,",
        "School,Hill School,Date,12/09/2026,",
        "1,2,3,4,5",
        "Report run on 12/09/2026",
        "Pupil,Pupil,Pupil,School,School",
        "Legal,Legal,dd/mm/yyyy,7 to 13,7A",
    ],
)
def test_titles_above_the_headings_are_passed_over(read: Read, title: str) -> None:
    sheet = read("\n".join([title, "Forename,Surname,DOB,Year,Reg", *PEOPLE]))
    assert (sheet.header_row, sheet.cells.height) == (2, 4)


def test_a_person_whose_name_is_a_heading_is_no_row_of_headings(read: Read) -> None:
    text = "Vorname,Nachname,Geburtstag,Jahr,Gruppe\nAnn,Lee,14/03/2022,R,Oak\nReg,Post,14/03/2022,R,Class\n"
    sheet = read(text)
    assert (sheet.header_row, sheet.cells.height) == (1, 2)


def test_a_sep_line_that_does_not_fit_its_file_is_passed_over(read: Read) -> None:
    sheet = read("sep=;\nForename,Surname\nAnn,Lee\n")
    assert (sheet.delimiter.character, sheet.headings) == (",", ("Forename", "Surname"))
