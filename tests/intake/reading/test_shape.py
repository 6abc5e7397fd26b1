"""Stage 2: the delimiter and the row of headings."""

import pytest

from backdrop_tui.errors import UnusableFileError

from .conftest import Read

PLAIN = "Forename,Surname,Year\nLuca,Smith,7\nZoë,Jones,8\n"


def rows(*cells: tuple[object, ...]) -> list[tuple[object, ...]]:
    return list(cells)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_detected(read: Read, delimiter: str) -> None:
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
def test_a_character_inside_cells_is_not_taken_for_the_delimiter(
    read: Read, text: str, delimiter: str
) -> None:
    assert read(text).delimiter.character == delimiter


def test_the_user_can_choose_the_delimiter(read: Read) -> None:
    assert read("a;b,c\n1;2,3\n", delimiter=",").headings == ("a;b", "c")


@pytest.mark.parametrize("line", ["sep=;\r\n", "SEP=;\n", '"sep=;"\r\n', "\ufeffsep=;\n"])
def test_a_sep_line_is_not_a_row(read: Read, line: str) -> None:
    sheet = read(f"{line}Forename;Surname\n1,2,3;B\n")
    assert (sheet.delimiter.character, sheet.header_row) == (";", 1)
    assert sheet.cells.rows() == rows((2, "1,2,3", "B"))


def test_a_sep_line_that_does_not_fit_its_file_is_ignored(read: Read) -> None:
    sheet = read("sep=;\nForename,Surname\nAnn,Lee\n")
    assert (sheet.delimiter.character, sheet.headings) == (",", ("Forename", "Surname"))


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Forename,Surname\nA,B\n", 1),
        ("Pupil list\n\nReport run on 12/09/2026\nForename,Surname,Year\nA,B,7\n", 4),
        ("Pupil list,,\n,,\nForename,Surname,Year\nA,B,7\n", 3),
        ('"Pupil ""list""\nfor 7A"\nForename,Surname,Year\nA,B,7\n', 2),
        ("Colour,Animal,Fruit\nred 1,cat 3,fig\nblue 2,cat 4,fig\n", 1),
        ("List of things\nColour,Animal,Fruit\nred 1,cat 3,fig\nblue 2,cow 4,fig\n", 2),
        ("Luca,Smith,14/03/2012\nAnna,Jones,15/03/2012\n", None),
        ("a@school.uk,Smith\nb@school.uk,Jones\n", None),
        ("Luca,Smith,M\nAnna,Jones,F\nOmar,Khan,M\n", None),
        ("UPN\nH801200001001\n", 1),
    ],
)
def test_the_row_of_headings_is_detected(read: Read, text: str, row: int | None) -> None:
    sheet = read(text)
    assert sheet.header_row == row
    assert any("headings" in note for note in sheet.notes) == (row != 1)
    assert sheet.cells["row"][0] == (row or 0) + 1


def test_headings_may_be_repeated_as_values(read: Read) -> None:
    text = (
        "Forename,Surname,DOB,Year,A,B,C,D,E\nAnn,Lee,14/03/2012,7,A,B,C,D,E\nBo,May,14/03/2012,7,A,B,C,D,E\n"
    )
    assert read(text).header_row == 1


def test_a_file_without_headings_gets_empty_ones(read: Read) -> None:
    sheet = read("Luca,Smith,14/03/2012\nAnna,Jones,15/03/2012\n")
    assert sheet.headings == ("", "", "")
    assert sheet.cells.height == 2


def test_the_user_can_choose_the_row_of_headings(read: Read) -> None:
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


PEOPLE = [f"{name},Lee,14/03/2012,10,10A" for name in ("Ann", "Bob", "Cat", "Dan")]


@pytest.mark.parametrize(("above", "rows"), [(1, "Row 1 is"), (3, "Rows 1 to 3 are")])
def test_people_above_the_headings_are_not_skipped(read: Read, above: int, rows: str) -> None:
    lines = [*PEOPLE[:above], "Forename,Surname,DOB,Year,Reg", *PEOPLE[above:], ""]
    with pytest.raises(UnusableFileError, match=f"{rows} above the headings, which are in row {above + 1}"):
        read("\n".join(lines))
    assert read("\n".join(lines), header_row=above + 1).cells.height == 4 - above


def test_people_above_the_headings_are_seen_although_one_value_below_is_of_another_kind(read: Read) -> None:
    lines = [*PEOPLE[:3], "Forename,Surname,DOB,Year,Reg", "Dan,Lee,14/03/2012,Teacher,10A", ""]
    with pytest.raises(UnusableFileError, match="Rows 1 to 3 are above the headings"):
        read("\n".join(lines))


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
def test_titles_above_the_headings_are_skipped(read: Read, title: str) -> None:
    sheet = read("\n".join([title, "Forename,Surname,DOB,Year,Reg", *PEOPLE]))
    assert (sheet.header_row, sheet.cells.height) == (2, 4)


def test_a_person_whose_name_is_a_heading_is_not_the_row_of_headings(read: Read) -> None:
    text = "Vorname,Nachname,Geburtstag,Jahr,Gruppe\nAnn,Lee,14/03/2022,R,Oak\nReg,Post,14/03/2022,R,Class\n"
    sheet = read(text)
    assert (sheet.header_row, sheet.cells.height) == (1, 2)
