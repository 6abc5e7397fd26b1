import gzip
import io
import os
import sqlite3
import zipfile
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from backdrop_tui.errors import UnusableFileError
from backdrop_tui.intake.matching.match import match_columns
from backdrop_tui.intake.matching.row_lengths import misaligned
from backdrop_tui.intake.reading import records, short_lines
from backdrop_tui.intake.reading.read import read_bytes
from backdrop_tui.intake.reading.sheet import ReadOptions
from backdrop_tui.intake.reading.source import load
from backdrop_tui.records.students import STUDENTS

from .conftest import KNOWN, Read


def zipped(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(
                name, "application/vnd.oasis.opendocument.spreadsheet" if name == "mimetype" else "x"
            )
    return file.getvalue()


def parquet() -> bytes:
    file = io.BytesIO()
    pl.DataFrame({"a": [1]}).write_parquet(file)
    return file.getvalue()


OTHER_KINDS: list[tuple[bytes, list[str]]] = [
    (zipped("[Content_Types].xml", "xl/workbook.xml"), ["Excel workbook", "CSV UTF-8"]),
    (zipped("mimetype"), ["OpenDocument", "CSV UTF-8"]),
    (zipped("Index/Document.iwa"), ["Numbers", "Export To"]),
    (zipped("pupils.csv"), ["ZIP archive", "Unpack"]),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), ["old Excel workbook", "CSV UTF-8"]),
    (gzip.compress(b"Forename,Surname\nA,B\n", mtime=0), ["gzip", "Unpack"]),
    (b"%PDF-1.7\n", ["PDF", "as CSV"]),
    (b"\x89PNG\r\n\x1a\n", ["picture"]),
    (b"\xff\xd8\xff\xe0", ["picture"]),
    (parquet(), ["Parquet"]),
    (b"SQLite format 3\x00" + bytes(84), ["database"]),
    (b"<html><body><table><tr><td>Forename</td></tr></table>", ["web page", "CSV UTF-8"]),
    (b"\xef\xbb\xbf\r\n<!DOCTYPE html>\n<html>", ["web page"]),
    (b"<table border=1><tr>", ["web page"]),
    (b"\xef\xbb\xbf\xef\xbb\xbf<html><table>Forename,Surname\nA,B\n", ["web page"]),
    (b'<?xml version="1.0"?><Workbook/>', ["XML", "CSV UTF-8"]),
    (b'[{"Forename": "Luca"}]', ["JSON"]),
    (b'{"pupils": []}', ["JSON"]),
    ("Forename,Surname\nA,B\n".encode("utf-16-le"), ["UTF-16", "CSV UTF-8"]),
    ("Forename,Surname\nA,B\n".encode("utf-16-be"), ["UTF-16", "CSV UTF-8"]),
    (bytes(range(256)) * 20, ["isn't a text file", "CSV"]),
    (b"\xef\xbb\xbf" + bytes(range(256)) * 20, ["isn't a text file", "CSV"]),
    (b"\xef\xbb\xbf" + "Forename,Surname\nA,B\n".encode("utf-16-le"), ["UTF-16", "CSV UTF-8"]),
    (b"", ["empty"]),
    (b"\xef\xbb\xbf", ["nothing in it"]),
    (b"\n\n", ["nothing in it"]),
    (b",,,\n , ,,\n", ["nothing in it"]),
    (b'"', ["nothing in it"]),
    (b"sep=;\r\n", ["nothing in it"]),
    (b"Forename,Surname", ["headings", "no rows"]),
    (b"Forename,Surname\n,\n\n", ["headings", "no rows"]),
    (b"Pupils\n\nForename,Surname\nForename,Surname\n", ["headings", "no rows"]),
]


@pytest.mark.parametrize(("data", "words"), OTHER_KINDS, ids=[words[0] for _, words in OTHER_KINDS])
def test_a_file_without_rows_of_text_is_refused_and_the_message_says_what_to_do(
    read: Read, data: bytes, words: list[str]
) -> None:
    with pytest.raises(UnusableFileError) as refused:
        read(data)
    assert all(word in refused.value.message for word in words)


def test_a_real_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pupils.csv"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE pupils (forename)")
    database.close()
    with pytest.raises(UnusableFileError, match="database"):
        read_bytes(load(path), path.name, ReadOptions(), KNOWN)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnusableFileError, match=r"no file .*gone\.csv"):
        load(tmp_path / "gone.csv")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableFileError, match="is a folder"):
        load(tmp_path)


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pupils.csv")
    with pytest.raises(UnusableFileError, match="ordinary file"):
        load(tmp_path / "pupils.csv")


def test_a_device_is_refused() -> None:
    with pytest.raises(UnusableFileError, match="ordinary file"):
        load(Path("/dev/zero"))


def test_an_impossible_file_name_is_refused() -> None:
    with pytest.raises(UnusableFileError):
        load(Path("a\x00b"))


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission_to_read_it_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pupils.csv"
    path.write_text("Forename,Surname\nA,B\n")
    path.chmod(0)
    with pytest.raises(UnusableFileError, match="permission to read"):
        load(path)


def test_a_file_name_with_brackets_is_not_a_pattern(tmp_path: Path) -> None:
    path = tmp_path / "pupils[1]*.csv"
    path.write_text("Forename,Surname\nA,B\n")
    assert read_bytes(load(path), path.name, ReadOptions(), KNOWN).file == "pupils[1]*.csv"


@pytest.mark.parametrize(
    "cell", ["x" * 1_000_000, f'"{"x" * 1_000_000}"', '"' + "ab\n" * 40_000 + '"', "é" * 100_001]
)
def test_the_row_of_a_cell_that_is_too_long_is_named(read: Read, cell: str) -> None:
    with pytest.raises(UnusableFileError, match="Row 3 has a cell with more than 100,000"):
        read(f"Forename,Surname,Notes\nA,B,\nC,D,{cell}\nE,F,\n")


def test_a_cell_of_the_greatest_length_is_read(read: Read) -> None:
    assert len(read(f"Forename,Surname\nA,{'é' * 100_000}\n").cells) == 1


def test_no_message_quotes_the_file(read: Read) -> None:
    with pytest.raises(UnusableFileError) as refused:
        read(f"Forename,Surname\nLuca,{'Smith' * 30_000}\n")
    assert "Smith" not in refused.value.message


@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("utf-8", b"Forename,Surname\nZo\xeb,B\n"),
        ("utf-16", b"\xff\xfeF\x00\x00\xd8"),
        ("utf-8-sig", b"a,b\n\xff"),
    ],
)
def test_a_chosen_encoding_that_the_file_does_not_have_is_refused(
    read: Read, encoding: str, data: bytes
) -> None:
    with pytest.raises(UnusableFileError, match="Choose another encoding"):
        read(data, encoding=encoding)


def test_a_row_of_headings_below_the_last_row_is_refused(read: Read) -> None:
    with pytest.raises(UnusableFileError, match=r"Row 9 .* only 2 rows"):
        read("Forename,Surname\nA,B\n", header_row=9)


@pytest.mark.parametrize(
    "row",
    [
        "a",
        '"a"',
        " a",
        '"a',
        'a,"b',
        'a,b"',
        '"a"b',
        "a,b",
        '"a",b',
        "a longer row of one cell",
        '"a long one',
    ],
)
def test_many_rows_that_are_too_short_for_a_person_are_refused_before_they_are_cut(
    read: Read, monkeypatch: pytest.MonkeyPatch, row: str
) -> None:
    rows = ["Ann,Lee,14/03/2012,M,9,,"] * 5 + ["", ""] + [row] * 195
    file = "\n".join(["Forename,Surname,DOB,Gender,Year,Reg,UPN,,,,,,", *rows, ""])
    sentences = set()
    for cells, cut in ((10**9, records._cut_fast), (0, lambda *_: pytest.fail("they were cut"))):
        monkeypatch.setattr(short_lines, "_CELLS", cells)
        monkeypatch.setattr(records, "_cut_fast", cut)
        with pytest.raises(UnusableFileError) as refused:
            raise UnusableFileError(misaligned(sheet := read(file), match_columns(sheet, STUDENTS)))
        sentences.add(refused.value.message)
    assert len(sentences) == 1
    assert "195 of 200 rows have more or fewer cells" in sentences.pop()


@pytest.mark.parametrize(
    "rows",
    [
        ["a"] * 99,
        ["a"] * 150 + ["a,b,c,d"] * 50,
        ['"' + "a\n" * 200 + '",b,c,d'],
        ['"a'] * 150 + ['b",c,d,e'] + ['"a'] * 30,
        ["a,b,c,d"] * 200,
    ],
)
def test_other_short_lines_are_cut(read: Read, monkeypatch: pytest.MonkeyPatch, rows: list[str]) -> None:
    file = "\n".join(["Forename,Surname,DOB,Gender", *rows, ""])
    sheet = read(file)
    monkeypatch.setattr(short_lines, "_CELLS", 0)
    assert_frame_equal(read(file).cells, sheet.cells)
