import json
from pathlib import Path

import click
import pytest

from backdrop_tui.cli.files.check import check_command
from backdrop_tui.intake.reading.delimiters import DELIMITERS, Delimiter
from backdrop_tui.intake.reading.encoding.encodings import ENCODINGS, Encoding
from backdrop_tui.printable import printable
from backdrop_tui.school.remembered_matching import remember_matching
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.cli import Run
from tests.support.made_up import STUDENTS, by_key, student, table, upn
from tests.support.one_person import add_one


def pupils(*rows: dict[str, str], name: str = "pupils.csv") -> Path:
    path = Path(name)
    path.write_bytes(table(rows))
    return path


def test_a_good_file_ends_with_0_and_nothing_on_standard_error(backdrop: Run, students_csv: Path) -> None:
    ran = backdrop("check", students_csv)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("pupils.csv (students): 10 rows. Read as UTF-8")
    assert "10 ready, 0 with errors." in ran.out


def test_errors_end_with_1_and_are_listed_on_standard_output(backdrop: Run) -> None:
    ran = backdrop("check", pupils(student(0, gender="Boy")))
    assert (ran.status, ran.err) == (1, "")
    assert "Error: Gender is not Male or Female. 1, in row 2. “Boy” can't be stored as a gender" in ran.out
    assert "Suggested: M" in ran.out


def test_warnings_end_with_0(backdrop: Run) -> None:
    ran = backdrop("check", pupils(student(0, first_name="J0")))
    assert ran.status == 0
    assert "(1 with warnings)" in ran.out


def test_checking_creates_no_files(backdrop: Run, students_csv: Path, tmp_path: Path) -> None:
    assert backdrop("check", students_csv).status == 0
    assert backdrop("check", pupils(student(0, gender="Boy"), name="bad.csv")).status == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bad.csv", "pupils.csv"]


def test_the_json_is_as_it_is_documented(backdrop: Run) -> None:
    Path("pupils.csv").write_text(
        "Report of today,,,,,,,\r\nForename,Surname,DOB,Gender,Year,Reg,UPN,Notes\r\n"
        f'Ann,Lee,14/03/2013,F,8,8A,{upn(1)},"a\nb"\r\n,,,,,,,\r\n'
        "Bo,Ray,14/03/2013,M,8,8A,A801200005001,\r\nC1,May,14/03/2013,M,8,8A,,\r\n",
        newline="",
    )
    ran = backdrop("check", "pupils.csv", "--format", "json")
    result = ran.json
    problems = result.pop("problems")
    assert result == {
        "file": "pupils.csv",
        "kind": "students",
        "encoding": "utf-8",
        "delimiter": ",",
        "header_row": 2,
        "rows": 3,
        "columns": [
            {"heading": "Forename", "field": "First Name"},
            {"heading": "Surname", "field": "Surname"},
            {"heading": "DOB", "field": "Date of Birth"},
            {"heading": "Gender", "field": "Gender"},
            {"heading": "Year", "field": "Year Group"},
            {"heading": "Reg", "field": "Registration Group"},
            {"heading": "UPN", "field": "UPN"},
            {"heading": "Notes", "field": None},
        ],
        "counts": {"ready": 2, "errors": 1, "warnings": 1, "repeated": 0, "left_out": 0},
        "findings": [],
    }
    message = problems[0].pop("message")
    assert problems[0] == {
        "row": 5,
        "field": "UPN",
        "value": "A801200005001",
        "level": "error",
        "code": "upn-check-letter",
        "suggestion": None,
        "sure": None,
    }
    assert "first letter" in message
    assert [(p["row"], p["level"], p["suggestion"]) for p in problems[1:]] == [(6, "warning", None)]
    assert (ran.status, ran.err) == (1, "")


def test_a_problem_of_the_whole_row_has_no_field(backdrop: Run) -> None:
    Path("p.csv").write_text(
        "Forename,Surname,DOB,Year,Reg\nAnn,Lee,14/03/2013,8,8A,x\nBo,Ray,14/03/2013,8,8A\n"
    )
    problem = backdrop("check", "p.csv", "--format", "json").json["problems"][0]
    assert (problem["field"], problem["value"], problem["code"]) == (None, None, "cell-count")


def test_problems_are_sorted_by_row(backdrop: Run) -> None:
    rows = [student(0, gender="Boy", first_name="A1"), student(1, year_group="77"), student(2, gender="x")]
    result = backdrop("check", pupils(*rows), "--format", "json").json
    assert [p["row"] for p in result["problems"]] == [2, 2, 3, 4]


def test_a_file_without_problems_has_an_empty_list(backdrop: Run, students_csv: Path) -> None:
    assert backdrop("check", students_csv, "--format", "json").json["problems"] == []


def test_a_file_without_headings_has_null_for_the_header_row(backdrop: Run) -> None:
    Path("p.csv").write_bytes(b"\n".join(table(student(n) for n in range(3)).split(b"\r\n")[1:]))
    labels = ["First Name", "Surname", "Date of Birth", "Gender", "Year Group", "Registration Group", "upn"]
    maps = [word for n, label in enumerate(labels, start=1) for word in ("--map", f"Column {n}={label}")]
    result = backdrop("check", "p.csv", "--format", "json", *maps).json
    assert (result["header_row"], result["rows"]) == (None, 3)
    assert result["columns"][6] == {"heading": "Column 7", "field": "UPN"}


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("cp1252", "cp1252")],
)
def test_encodings_have_four_names(backdrop: Run, encoding: str, name: str) -> None:
    Path("p.csv").write_bytes(table([student(2)]).decode().encode(encoding))
    assert backdrop("check", "p.csv", "--format", "json").json["encoding"] == name


@pytest.mark.parametrize("encoding", ENCODINGS, ids=lambda encoding: encoding.name)
def test_every_declared_encoding_is_an_option_and_is_named_in_the_result(
    backdrop: Run, encoding: Encoding
) -> None:
    Path("p.csv").write_bytes(
        table([student(2)]).decode().encode(encoding.name)
    )  # Python knows them by that name too
    ran = backdrop("check", "p.csv", "--encoding", encoding.name, "--format", "json")
    assert (ran.status, ran.json["encoding"]) == (0, encoding.name)


@pytest.mark.parametrize("delimiter", DELIMITERS, ids=lambda delimiter: delimiter.name)
def test_every_declared_delimiter_is_an_option_and_is_named_in_the_result(
    backdrop: Run, delimiter: Delimiter
) -> None:
    Path("p.csv").write_bytes(table([student(2)], delimiter.character))
    for spelling in (delimiter.character, delimiter.name.upper(), *delimiter.spellings):
        ran = backdrop("check", "p.csv", "--delimiter", spelling, "--format", "json")
        assert (ran.status, ran.json["delimiter"]) == (0, delimiter.character)


def test_the_choices_of_encoding_are_those_declared() -> None:
    option = next(option for option in check_command.params if option.name == "encoding")
    assert isinstance(option.type, click.Choice)
    assert list(option.type.choices) == [encoding.name for encoding in ENCODINGS]


def test_encoding_and_delimiter_can_be_chosen(backdrop: Run) -> None:
    Path("p.csv").write_bytes(table([student(2)], delimiter="\t"))
    result = backdrop("check", "p.csv", "--encoding", "cp1252", "--delimiter", "tab", "--format", "json").json
    assert (result["encoding"], result["delimiter"]) == ("cp1252", "\t")
    assert backdrop("check", "p.csv", "--delimiter", "\\t").status == 0
    assert backdrop("check", "p.csv", "--delimiter", ";").status == 2


def test_map_can_be_repeated_and_takes_labels_and_keys_in_upper_or_lower_case(backdrop: Run) -> None:
    Path("p.csv").write_text("A=B,Fam,When,Y,R,Ref\nAnn,Lee,14/03/2013,8,8A,7\n")
    maps = ["--map", "A=B=FIRST NAME", "--map", "Fam=surname", "--map", "when=date_of_birth"]
    more = ["--map", "Y=Year Group", "--map", "R=Registration Group", "--map", "Ref=not used"]
    ran = backdrop("check", "p.csv", *maps, *more, "--format", "json")
    assert ran.status == 0
    assert [c["field"] for c in ran.json["columns"]] == [
        "First Name", "Surname", "Date of Birth", "Year Group", "Registration Group", None,
    ]  # fmt: skip


def test_a_column_can_be_mapped_to_full_name(backdrop: Run) -> None:
    Path("p.csv").write_text('Who,DOB,Year,Reg\n"Lee, Ann",14/03/2013,8,8A\n')
    ran = backdrop("check", "p.csv", "--map", "Who=full name", "--format", "json")
    assert ran.json["columns"][0] == {"heading": "Who", "field": "Full Name"}
    assert ran.status == 0


def test_values_can_be_replaced(backdrop: Run) -> None:
    path = pupils(student(0, gender="Boy"), student(1, gender=" Girl"), student(2, registration_group="a=b"))
    ran = backdrop(
        "check", path, "--replace", "gender:Boy=M", "--replace", "GENDER:Girl=F", "--format", "json"
    )
    assert (ran.status, ran.json["counts"]["errors"]) == (0, 0)


def test_a_replacement_date_is_read_day_first(backdrop: Run) -> None:
    path = pupils(student(0, date_of_birth="?"), student(1, date_of_birth="03/25/2013"))
    assert (
        backdrop("check", path, "--date-order", "mdy", "--replace", "Date of Birth:?=25/03/2014").status == 0
    )


def test_the_order_of_dates_can_be_chosen(backdrop: Run) -> None:
    path = pupils(student(0, date_of_birth="03/25/2014"))
    assert backdrop("check", path).status == 1
    assert backdrop("check", path, "--date-order", "mdy").status == 0
    assert backdrop("check", pupils(student(0, date_of_birth="14-03-25")), "--date-order", "ymd").status == 0


def test_the_academic_year_can_be_chosen(backdrop: Run, students_csv: Path) -> None:
    result = backdrop("check", students_csv, "--academic-year", "2026", "--format", "json").json
    assert {p["code"] for p in result["problems"]} == {"year-age"}
    assert len(result["problems"]) == 10


def test_staff_are_checked_too(backdrop: Run) -> None:
    Path("staff.csv").write_text(
        "Forename,Surname,Job Title,User Group,Email\nJo,Lee,Teacher,teacher,jo@school.org\n"
    )
    result = backdrop("check", "--kind", "staff", "staff.csv", "--format", "json").json
    assert result["kind"] == "staff"
    assert result["counts"] == {"ready": 1, "errors": 0, "warnings": 0, "repeated": 0, "left_out": 0}


def test_stored_people_and_remembered_matchings_are_taken_into_account(
    backdrop: Run, data: DataFolder
) -> None:
    data.create()
    Path("p.csv").write_text(f"Vn,Surname,DOB,Year,Reg,UPN\nAnn,Lee,14/03/2013,8,8a,{upn(1)}\n")
    with School(data) as school:
        remember_matching(
            school,
            STUDENTS,
            ["Vn", "Surname", "DOB", "Year", "Reg", "UPN"],
            ["first_name", "surname", "date_of_birth", "year_group", "registration_group", "upn"],
        )
        for n in range(3):
            person = {
                "first_name": "X",
                "surname": f"Y{n}",
                "date_of_birth": "2011-01-01",
                "registration_group": "8A",
            }
            add_one(school.store.people("students"), person | ({"upn": upn(1)} if n == 0 else {}))
    before = {path.name: path.read_bytes() for path in data.path.iterdir()}
    result = backdrop("check", "p.csv", "--format", "json").json
    assert [p["code"] for p in result["problems"]] == ["group-variant", "upn-taken"]
    assert {path.name: path.read_bytes() for path in data.path.iterdir()} == before


def test_a_damaged_data_folder_ends_with_4(backdrop: Run, students_csv: Path, data: DataFolder) -> None:
    data.create()
    data.students.write_text("{")
    ran = backdrop("check", students_csv)
    assert (ran.status, ran.out) == (4, "")
    assert "is damaged" in ran.error_line


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.csv"], "There is no file nowhere.csv."),
        (["."], "is a folder"),
        (["empty.csv"], "This file is empty."),
        (["book.csv"], "Save As"),
        (["headings.csv"], "no rows"),
        (["odd.csv"], "No column goes to Surname, which every student needs."),
        (["double.csv"], "Two columns go to Year Group: “Year” and “NC Year”."),
        (["pupils.csv", "--map", "Nowhere=UPN"], "The file has no column “Nowhere”."),
        (["pupils.csv", "--map", "UPN=Shoe"], "“Shoe” is not a field of students."),
        (["pupils.csv", "--map", "UPN"], "Write --map as"),
        (["pupils.csv", "--map", "=UPN"], "Write --map as"),
        (["pupils.csv", "--replace", "Gender=M"], "Write --replace as"),
        (["pupils.csv", "--replace", "Shoe:1=2"], "“Shoe” is not a field of students."),
        (["pupils.csv", "--delimiter", "x"], "“x” can't be the delimiter."),
        (["pupils.csv", "--encoding", "ebcdic"], "ebcdic"),
        (["pupils.csv", "--date-order", "ydm"], "ydm"),
        (["pupils.csv", "--academic-year", "26"], "26"),
        (["pupils.csv", "--academic-year", "2026/27"], "'2026/27' is not a valid year."),
        (["pupils.csv", "--kind", "ghosts"], "ghosts"),
        (["pupils.csv", "--format", "xml"], "xml"),
        (["pupils.csv", "--existing", "burn"], "burn"),
        (["pupils.csv", "--shiny"], "--shiny"),
        ([], "FILE"),
    ],
)
def test_what_cannot_be_used_ends_with_2_and_one_sentence(
    backdrop: Run, students_csv: Path, arguments: list[str], message: str
) -> None:
    assert students_csv.exists()
    Path("empty.csv").touch()
    Path("book.csv").write_bytes(b"PK\x03\x04" + bytes(100))
    Path("headings.csv").write_text("Forename,Surname,DOB\n")
    Path("odd.csv").write_text("Forename,DOB,Year,Reg\nAnn,14/03/2013,8,8A\n")
    Path("double.csv").write_text("Forename,Surname,DOB,Year,NC Year,Reg\nAnn,Lee,14/03/2013,8,7,8A\n")
    ran = backdrop("check", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert message in ran.error_line


def test_a_file_name_cannot_control_the_terminal(backdrop: Run) -> None:
    ran = backdrop("check", "no\x1b[31m\nfile.csv")
    assert "\x1b" not in ran.err
    assert "no\ufffd[31m" in ran.error_line
    pupils(student(0), name="a\x1b]0;x\x07.csv")
    ran = backdrop("check", "a\x1b]0;x\x07.csv")
    assert ran.status == 0
    assert "\x1b" not in ran.out


def test_the_contents_of_a_file_cannot_control_the_terminal(backdrop: Run) -> None:
    hostile = "\x1b[2JB\u202eob\x00\x9b"
    ran = backdrop("check", pupils(student(0, surname=hostile, gender=hostile, registration_group=hostile)))
    assert ran.status == 1
    assert all(c.isprintable() or c == "\n" for c in ran.out)


def test_json_shows_nothing_that_cannot_be_seen_and_means_the_same(backdrop: Run) -> None:
    hostile = "B\u202eob\x7f\x9b\u2028\ufe0f" + "\u0300" * 40
    path = pupils(student(0, gender=hostile, registration_group=hostile), name="p\u202e\x9b.csv")
    ran = backdrop("check", path, "--format", "json")
    assert printable(ran.out, keep="\n") == ran.out
    shown = json.loads(ran.out)
    assert shown["file"] == "p\u202e\x9b.csv"
    assert "\u0300" * 40 in {problem["field"]: problem["value"] for problem in shown["problems"]}["Gender"]


def test_a_file_name_can_be_other_than_utf_8(backdrop: Run, tmp_path: Path) -> None:
    path = tmp_path / "p\udcff.csv"
    path.write_bytes(table([student(0)]))
    assert backdrop("check", path).status == 0
    assert json.loads(backdrop("check", path, "--format", "json").out)["file"] == "p\ufffd.csv"


@pytest.mark.parametrize(
    ("existing", "says"),
    [
        ("update", "add 1 student, update 1 and leave 0"),
        ("fill", "add 1 student, update 0 and leave 1"),
        ("skip", "add 1 student, update 0 and leave 1"),
    ],
)
def test_it_shows_what_an_import_would_do_with_people_already_stored(
    backdrop: Run, data: DataFolder, existing: str, says: str
) -> None:
    data.create()
    with School(data) as school:
        add_one(school.store.people("students"), by_key(student(0)) | {"registration_group": "7Z"})
    Path("p.csv").write_bytes(table(student(n) for n in range(2)))
    assert f"An import would {says} unchanged." in backdrop("check", "p.csv", "--existing", existing).out


@pytest.mark.parametrize("way", ["text", "json"])
def test_a_file_in_which_nearly_every_row_has_the_wrong_width_is_refused_in_one_sentence(
    backdrop: Run, way: str
) -> None:
    good = ["Ann,Lee,14/03/2012,F,10,10B,"] * 11
    Path("narrow.csv").write_text(
        "\n".join(["Forename,Surname,DOB,Gender,Year,Reg,UPN", *good, *["a"] * 100])
    )
    ran = backdrop("check", "narrow.csv", "--format", way)
    assert (ran.status, ran.out) == (2, "")
    assert "100 of 111 rows have more or fewer cells than there are headings" in ran.error_line
