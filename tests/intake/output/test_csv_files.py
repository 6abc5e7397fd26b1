import os
from pathlib import Path

import polars as pl
import pytest

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.intake.checking.check import Checked, check
from backdrop_tui.intake.matching.match import Matching, match_columns
from backdrop_tui.intake.output.csv_files import (
    errors_file,
    export,
    for_spreadsheet,
    free_name,
    guarded,
    template,
    write_private,
)
from backdrop_tui.intake.reading.sheet import Sheet
from tests.support.made_up import CONTEXT, STAFF, STUDENTS, read, stored, student, table

HEAD = "Forename,Surname,DOB,Gender,Year,Reg,Notes"


def checked(source: bytes | str) -> tuple[Sheet, Matching, pl.DataFrame, Checked]:
    sheet = read(source)
    matching = match_columns(sheet, STUDENTS)
    texts = matching.people(sheet)
    found = check(STUDENTS, texts, CONTEXT, stored(STUDENTS), sheet.faults, sheet.width)
    return sheet, matching, texts, found


def errors_of(source: bytes | str) -> bytes:
    sheet, matching, texts, found = checked(source)
    return errors_file(matching, sheet, texts.filter(found.is_faulty), found.problems)


def faults_of(source: bytes | str) -> list[tuple[str | None, str | None, str]]:
    found = checked(source)[3]
    errors = found.problems.filter(pl.col("level") == "error")
    return [
        (field, value, code) for field, value, code in errors.select("field", "value", "code").iter_rows()
    ]


def lines(data: bytes) -> list[str]:
    return data.decode("utf-8-sig").splitlines()


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"), ("+44", "'+44"), ("-x", "'-x"), ("@cmd", "'@cmd"), ("\t=x", "'=x"), ("\r\n=x", "'=x"),
        (" =x", "'=x"), ("\tx", "x"), ("-", "-"), ("=", "="), ("", ""), ("O'Neill", "O'Neill"), ("'=x", "'=x"),
        ("'tHart", "'tHart"), (" x ", " x "), ("a=b", "a=b"),
    ],
)  # fmt: skip
def test_what_a_spreadsheet_would_run_gets_a_guard(cell: str, written: str) -> None:
    assert guarded(cell) == written


def test_templates_have_our_headings() -> None:
    assert lines(template(STUDENTS)) == [
        "First Name,Surname,Date of Birth,Gender,Year Group,Registration Group,UPN"
    ]
    assert lines(template(STAFF)) == ["First Name,Surname,Job Role,User Group,Email"]


def test_a_mark_stands_in_front_only_where_it_is_needed() -> None:
    assert for_spreadsheet(b"a") == b"a"
    assert for_spreadsheet("é".encode()) == b"\xef\xbb\xbf" + "é".encode()


def test_an_export_has_stored_values_and_blanks() -> None:
    people = stored(STUDENTS, {"first_name": "Zoë", "surname": "=cmd", "date_of_birth": "2012-03-14"})
    assert lines(export(STUDENTS, people))[1] == "Zoë,'=cmd,2012-03-14,,,,"


def test_an_errors_file_has_the_own_columns_and_one_more() -> None:
    data = errors_of(f'{HEAD}\nAnn,Lee,31/02/2012,F,9,9A,"a\nb"\nBo,Ray,14/03/2012,M,9,9A,fine\n')
    assert data.startswith(b"\xef\xbb\xbf")
    rows = data.decode("utf-8-sig").split("\n", 1)
    assert rows[0] == f"{HEAD},Errors"
    assert rows[1].startswith('Ann,Lee,31/02/2012,F,9,9A,"a\nb","31/02/2012 is not a day in the calendar.')
    assert "Bo" not in rows[1]


def test_the_same_errors_are_found_when_it_is_picked_again_and_again() -> None:
    source = (
        f"{HEAD}\n=Ann,Lee,31/02/2012,Boy,9,9A,x\nBo,-Ray,03/14/2012,M,Nursery,9A,+44 20\n,,,,,,only a note\n"
        "C\x1b[31my,May,14/03/2012,M,9,9A,x\nDi,Roe,14/03/2012,F,9,9A,x,y,\nEd,Moe,14/03/2012,F,9,9A,x,,z\n"
        "Flo,Noe,14/03/2012,F,9,9A,fine\n"
    )
    once = errors_of(source)
    twice = errors_of(once)
    assert faults_of(once) == faults_of(source)
    assert faults_of(twice) == faults_of(source)
    assert lines(errors_of(twice)) == lines(twice)
    assert (None, None, "cell-count") in faults_of(once)


def test_cells_beyond_the_last_heading_stand_behind_the_errors_even_where_all_rows_have_them() -> None:
    source = (
        f"{HEAD}\n"
        + "".join(f"Di{c},Roe,14/03/2012,F,9,9A,x,more {c}\n" for c in "ab")
        + ("".join(f"El{c},Roe,14/03/2012,F,9,9A,x\n" for c in "cdefghijklmnop"))
    )
    once = errors_of(source)
    assert [line.split(",")[-1] for line in lines(once)[1:]] == ["more a", "more b"]
    assert [code for _, _, code in faults_of(once)] == ["cell-count", "cell-count"]
    twice = errors_of(once)
    assert lines(errors_of(twice)) == lines(twice)


def test_an_old_errors_column_is_made_anew() -> None:
    data = errors_of(f"{HEAD},Errors\nAnn,Lee,31/02/2012,F,9,9A,n,old words\n")
    assert lines(data)[0] == f"{HEAD},Errors"
    assert "old words" not in data.decode()


def test_edits_stand_in_the_errors_file() -> None:
    sheet, matching, texts, found = checked(f"{HEAD}\nAnn,Lee,31/02/2012,F,9,9A,n\n")
    new = texts.with_columns(surname=pl.lit("Khan"), upn=pl.lit("typed"))
    data = errors_file(matching, sheet, new, found.problems)
    assert lines(data)[0] == f"{HEAD},UPN,Errors"
    assert lines(data)[1].startswith('Ann,Khan,31/02/2012,F,9,9A,n,typed,"31/02/2012 is not')


def test_a_whole_name_is_written_anew_only_where_it_was_changed() -> None:
    sheet, matching, texts, found = checked(
        "Name,DOB,Year,Reg\nAnn Lee,31/02/2012,9,9A\nBo Ray,31/02/2012,9,9A\n"
    )
    new = texts.with_columns(surname=pl.when(pl.col("row") == 3).then(pl.lit("Roy")).otherwise("surname"))
    written = lines(errors_file(matching, sheet, new, found.problems))
    assert written[0] == "Name,DOB,Year,Reg,Errors"
    assert written[1].startswith("Ann Lee,")
    assert written[2].startswith('"Roy, Bo",')


def test_rows_left_out_say_so_and_warnings_are_not_said() -> None:
    sheet, matching, texts, found = checked(f"{HEAD}\nAn1,Lee,14/03/2012,F,9,9A,n\n")
    assert (
        lines(errors_file(matching, sheet, texts, found.problems))[1]
        == "An1,Lee,14/03/2012,F,9,9A,n,Left out."
    )


def test_a_file_without_headings_gets_ours() -> None:
    sheet = read(b"\r\n".join(table(student(n) for n in range(3)).split(b"\r\n")[1:]))
    labels = [field.label for field in STUDENTS.fields]
    matching = match_columns(sheet, STUDENTS).with_map(
        [(f"Column {n}", label) for n, label in enumerate(labels, start=1) if label != "Gender"]
    )
    texts = matching.people(sheet)
    data = errors_file(matching, sheet, texts, check(STUDENTS, texts, CONTEXT, stored(STUDENTS)).problems)
    assert (
        lines(data)[0] == "First Name,Surname,Date of Birth,Column 4,Year Group,Registration Group,UPN,Errors"
    )


def test_names_of_errors_files_never_take_the_place_of_another(tmp_path: Path) -> None:
    for name in ("pupils.csv", "pupils_errors.csv", "pupils_errors-2.csv"):
        assert free_name(tmp_path / name).name == "pupils_errors.csv"
    (tmp_path / "pupils_errors.csv").touch()
    assert free_name(tmp_path / "pupils.csv").name == "pupils_errors-2.csv"
    (tmp_path / "pupils_errors-2.csv").symlink_to("nowhere")
    assert free_name(tmp_path / "pupils_errors-2.csv").name == "pupils_errors-3.csv"
    assert free_name(tmp_path / "no suffix").name == "no suffix_errors.csv"


def test_only_the_owner_may_read_what_is_written(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("before")
    path.chmod(0o644)
    write_private(path, b"after")
    assert (path.read_bytes(), oct(path.stat().st_mode & 0o777)) == (b"after", "0o600")
    write_private(tmp_path / "new.csv", b"x", replace=False)
    assert oct((tmp_path / "new.csv").stat().st_mode & 0o777) == "0o600"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["new.csv", "out.csv"]


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    write_private(tmp_path / "link.csv", b"x")
    assert (tmp_path / "real.csv").read_bytes() == b"x"
    assert (tmp_path / "link.csv").is_symlink()


def test_a_device_stays_what_it_is() -> None:
    before = os.stat(os.devnull).st_mode  # noqa: PTH116 - the device itself
    write_private(Path(os.devnull), b"x")
    assert os.stat(os.devnull).st_mode == before  # noqa: PTH116 - the device itself


@pytest.mark.parametrize("replace", [True, False])
@pytest.mark.parametrize("name", ["", "nowhere/out.csv", "x" * 300, "there.csv/out.csv"])
def test_a_place_that_cannot_be_written_is_said(tmp_path: Path, name: str, replace: bool) -> None:  # noqa: FBT001 - a case
    (tmp_path / "there.csv").touch()
    with pytest.raises(UnusableChoiceError):
        write_private(tmp_path / name, b"x", replace=replace)
    assert [p.name for p in tmp_path.iterdir()] == ["there.csv"]


def test_a_file_that_is_there_does_not_give_way_unless_it_may(tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("before")
    with pytest.raises(UnusableChoiceError, match="File exists"):
        write_private(tmp_path / "out.csv", b"x", replace=False)
    assert (tmp_path / "out.csv").read_text() == "before"
