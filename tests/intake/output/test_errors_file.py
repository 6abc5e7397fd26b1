from pathlib import Path

import polars as pl
import pytest

from backdrop_tui.intake.checking.check import Checked, check
from backdrop_tui.intake.matching.match import match_columns
from backdrop_tui.intake.matching.matching import Matching
from backdrop_tui.intake.output.errors_file import errors_file, errors_file_path
from backdrop_tui.intake.reading.sheet import Sheet
from tests.support.made_up import CONTEXT, LABELS, STUDENTS, read, stored, student, table

HEADINGS = "Forename,Surname,DOB,Gender,Year,Reg,Notes"


def checked(source: bytes | str) -> tuple[Sheet, Matching, pl.DataFrame, Checked]:
    sheet = read(source)
    matching = match_columns(sheet, STUDENTS)
    texts = matching.texts(sheet)
    results = check(STUDENTS, texts, CONTEXT, stored(STUDENTS), sheet.faults, sheet.width)
    return sheet, matching, texts, results


def errors_of(source: bytes | str) -> bytes:
    """The errors file of a file."""
    sheet, matching, texts, results = checked(source)
    return errors_file(matching, sheet, texts.filter(results.is_faulty), results.problems)


def errors_in(source: bytes | str) -> list[tuple[str | None, str | None, str]]:
    """The field, value and code of every error in a file."""
    errors = checked(source)[3].problems.filter(pl.col("level") == "error")
    return [
        (field, value, code) for field, value, code in errors.select("field", "value", "code").iter_rows()
    ]


def lines(data: bytes) -> list[str]:
    return data.decode("utf-8-sig").splitlines()


def test_an_errors_file_has_the_columns_of_the_file_and_one_more() -> None:
    data = errors_of(f'{HEADINGS}\nAnn,Lee,31/02/2012,F,9,9A,"a\nb"\nBo,Ray,14/03/2012,M,9,9A,fine\n')
    assert data.startswith(b"\xef\xbb\xbf")
    headings, rows = data.decode("utf-8-sig").split("\n", 1)
    assert headings == f"{HEADINGS},Errors"
    assert rows.startswith('Ann,Lee,31/02/2012,F,9,9A,"a\nb","31/02/2012 is not a real date.')
    assert "Bo" not in rows


def test_an_errors_file_has_the_same_errors_however_often_it_is_picked_again() -> None:
    source = (
        f"{HEADINGS}\n=Ann,Lee,31/02/2012,Boy,9,9A,x\nBo,-Ray,03/14/2012,M,Nursery,9A,+44 20\n,,,,,,only a note\n"
        "C\ufffdy,May,14/03/2012,M,9,9A,x\nDi,Roe,14/03/2012,F,9,9A,x,y,\nEd,Moe,14/03/2012,F,9,9A,x,,z\n"
        "Flo,Noe,14/03/2012,F,9,9A,fine\n"
    )
    once = errors_of(source)
    twice = errors_of(once)
    assert errors_in(once) == errors_in(source)
    assert errors_in(twice) == errors_in(source)
    assert lines(errors_of(twice)) == lines(twice)
    assert (None, None, "cell-count") in errors_in(once)


def test_cells_beyond_the_last_heading_come_after_the_errors_even_if_every_row_has_some() -> None:
    source = (
        f"{HEADINGS}\n"
        + "".join(f"Di{c},Roe,14/03/2012,F,9,9A,x,more {c}\n" for c in "ab")
        + ("".join(f"El{c},Roe,14/03/2012,F,9,9A,x\n" for c in "cdefghijklmnop"))
    )
    once = errors_of(source)
    assert [line.split(",")[-1] for line in lines(once)[1:]] == ["more a", "more b"]
    assert [code for _, _, code in errors_in(once)] == ["cell-count", "cell-count"]
    twice = errors_of(once)
    assert lines(errors_of(twice)) == lines(twice)


def test_a_row_of_an_errors_file_needs_no_cells_after_the_errors() -> None:
    rows = [f"Di{n},Roe,14/03/2012,F,9,9A,x,No.,more" for n in range(9)]
    sheet = read("\n".join([f"{HEADINGS},Errors", *rows, "El,Roe,14/03/2012,F,9,9A,x,No."]))
    assert sheet.faults["row"].to_list() == list(range(2, 11))
    assert sheet.extra == dict.fromkeys(range(2, 11), ("more",))


def test_control_characters_are_replaced_everywhere() -> None:
    data = errors_of(f"{HEADINGS}\nA\x1bn,Lee,14/03/2012,F,9,9A,\x07,\x1b[2J\n")
    assert data.count(b"\x1b") == data.count(b"\x07") == 0
    assert lines(data)[1].count("\ufffd") == 3


def test_an_old_errors_column_is_replaced() -> None:
    data = errors_of(f"{HEADINGS},Errors\nAnn,Lee,31/02/2012,F,9,9A,n,old words\n")
    assert lines(data)[0] == f"{HEADINGS},Errors"
    assert "old words" not in data.decode()


def test_an_errors_file_has_the_edits_of_the_user() -> None:
    sheet, matching, texts, results = checked(f"{HEADINGS}\nAnn,Lee,31/02/2012,F,9,9A,n\n")
    edited = texts.with_columns(surname=pl.lit("Khan"), upn=pl.lit("typed"))
    data = errors_file(matching, sheet, edited, results.problems)
    assert lines(data)[0] == f"{HEADINGS},UPN,Errors"
    assert lines(data)[1].startswith('Ann,Khan,31/02/2012,F,9,9A,n,typed,"31/02/2012 is not')


def test_a_full_name_is_written_anew_only_if_it_was_edited() -> None:
    sheet, matching, texts, results = checked(
        "Name,DOB,Year,Reg\nAnn Lee,31/02/2012,9,9A\nBo Ray,31/02/2012,9,9A\n"
    )
    edited = texts.with_columns(surname=pl.when(pl.col("row") == 3).then(pl.lit("Roy")).otherwise("surname"))
    written = lines(errors_file(matching, sheet, edited, results.problems))
    assert written[0] == "Name,DOB,Year,Reg,Errors"
    assert written[1].startswith("Ann Lee,")
    assert written[2].startswith('"Roy, Bo",')


def test_a_row_without_errors_says_that_it_was_left_out() -> None:
    sheet, matching, texts, results = checked(f"{HEADINGS}\nAn1,Lee,14/03/2012,F,9,9A,n\n")
    data = errors_file(matching, sheet, texts, results.problems)
    assert lines(data)[1] == "An1,Lee,14/03/2012,F,9,9A,n,Left out."


def test_matched_columns_without_a_heading_get_the_label_of_their_field() -> None:
    sheet = read(b"\r\n".join(table(student(n) for n in range(3)).split(b"\r\n")[1:]))
    matching = match_columns(sheet, STUDENTS).with_map(
        [(f"Column {n}", label) for n, label in enumerate(LABELS, start=1) if label != "Gender"]
    )
    texts = matching.texts(sheet)
    data = errors_file(matching, sheet, texts, check(STUDENTS, texts, CONTEXT, stored(STUDENTS)).problems)
    assert lines(data)[0] == (
        "First Name,Surname,Date of Birth,Column 4,Year Group,Registration Group,UPN,Errors"
    )


def test_an_errors_file_never_replaces_another_file(tmp_path: Path) -> None:
    for name in ("pupils.csv", "pupils_errors.csv", "pupils_errors-2.csv"):
        assert errors_file_path(tmp_path / name).name == "pupils_errors.csv"
    (tmp_path / "pupils_errors.csv").touch()
    assert errors_file_path(tmp_path / "pupils.csv").name == "pupils_errors-2.csv"
    (tmp_path / "pupils_errors-2.csv").symlink_to("nowhere")
    assert errors_file_path(tmp_path / "pupils_errors-2.csv").name == "pupils_errors-3.csv"
    assert errors_file_path(tmp_path / "no suffix").name == "no suffix_errors.csv"


def test_a_control_character_is_a_lost_letter_once_it_has_been_through_an_errors_file() -> None:
    source = f"{HEADINGS}\nC\x1b[31my,May,14/03/2012,M,9,9A,x\n"
    assert [code for *_, code in errors_in(source)] == ["control-character"]
    assert [code for *_, code in errors_in(errors_of(source))] == ["letter-lost"]
    assert lines(errors_of(errors_of(source)))[1].startswith("C\ufffd[31my,May")


def test_a_broken_byte_is_replaced_but_the_errors_file_says_what_it_may_have_been() -> None:
    right = "".join(f"Zoë,Müller{n},14/03/2012,M,9,9A,x\n" for n in "abcdefghij").encode()
    data = errors_of(HEADINGS.encode() + b"\n" + right + b"Ren\xe9,May,14/03/2012,M,9,9A,Caf\xe9\n")
    (row,) = lines(data)[1:]
    assert row.startswith("Ren\ufffd,May,")
    assert "Caf\ufffd" in row
    assert "“René”" in row
    assert [code for *_, code in errors_in(data)] == ["letter-lost"]


@pytest.mark.parametrize("encoding", ["cp1252", "mac-roman", "cp850"])
def test_an_errors_file_is_utf8_whatever_the_encoding_of_the_file(encoding: str) -> None:
    people = "".join(f"{name},Ibáñez,14/03/2012,M,9,9A,x\n" for name in ("Aimée", "Zoé", "Jörg"))
    data = errors_of(f"{HEADINGS}\n{people}Siôn,Núñez,31/02/2012,M,9,9A,façade\n".encode(encoding))
    (row,) = lines(data)[1:]
    assert row.startswith("Siôn,Núñez,31/02/2012,M,9,9A,façade,")
    assert read(data).encoding.name == "utf-8-sig"


def test_a_cell_that_was_not_edited_keeps_the_quotes_that_were_round_it() -> None:
    rows = "".join(f"'Ada','Okoro','14/03/2012','x','10','{form}'\n" for form in ("10B", "10C"))
    sheet, matching, texts, results = checked(f"Forename,Surname,DOB,Gender,Year,Reg\n{rows}")
    edited = texts.with_columns(surname=pl.Series(["Oak", "Okoro"]))
    first, second = lines(errors_file(matching, sheet, edited, results.problems))[1:]
    assert first.startswith("'Ada',Oak,'14/03/2012','x','10','10B',")
    assert second.startswith("'Ada','Okoro','14/03/2012','x','10','10C',")
