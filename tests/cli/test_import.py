from pathlib import Path

import polars as pl
import pytest

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.imports import errors_saving
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.private_file import write_private
from tests.cli import Run
from tests.support.made_up import STAFF, STUDENTS, student, table, upn

MIXED = [student(0), student(1, gender="Boy"), student(2), student(3, year_group="")]


pytestmark = pytest.mark.usefixtures("signed_up")


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Two students without errors and two with one."""
    path = tmp_path / "mixed.csv"
    path.write_bytes(table(MIXED))
    return path


def names(school: School) -> list[str]:
    return school.stored(STUDENTS)["first_name"].to_list()


def test_a_good_file_is_stored(backdrop: Run, students_csv: Path, school: School, data: DataFolder) -> None:
    ran = backdrop("import", students_csv)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == "pupils.csv: 10 added, 0 updated, 0 unchanged, 0 left out.\n"
    assert len(names(school)) == 10
    assert school.stored(STUDENTS)["date_of_birth"][0] == "2014-01-01"
    assert oct(data.path.stat().st_mode & 0o777) == "0o700"
    modes = {(path.is_dir(), oct(path.stat().st_mode & 0o777)) for path in data.path.rglob("*")}
    assert modes <= {(True, "0o700"), (False, "0o600")}


def test_the_json_is_as_it_is_documented(backdrop: Run, students_csv: Path, mixed: Path) -> None:
    ran = backdrop("import", students_csv, "--format", "json")
    assert ran.json == {
        "added": 10,
        "updated": 0,
        "unchanged": 0,
        "left_out": 0,
        "repeated": 0,
        "rights_raised": [],
        "errors_file": None,
    }
    ran = backdrop("import", mixed, "--skip-errors", "--format", "json")
    errors_file = str(mixed.with_name("mixed_errors.csv"))
    assert ran.json == {
        "added": 0,
        "updated": 0,
        "unchanged": 2,
        "left_out": 2,
        "repeated": 0,
        "rights_raised": [],
        "errors_file": errors_file,
    }
    assert (ran.status, ran.err) == (0, "")


def test_a_second_import_changes_nothing(backdrop: Run, students_csv: Path, data: DataFolder) -> None:
    assert backdrop("import", students_csv).status == 0
    before = data.students.read_bytes()
    assert backdrop("import", students_csv, "--format", "json").json["unchanged"] == 10
    assert data.students.read_bytes() == before


def test_errors_stop_an_import_and_are_saved_in_a_file(backdrop: Run, mixed: Path, data: DataFolder) -> None:
    ran = backdrop("import", mixed)
    assert ran.status == 1
    assert ran.error_line == "Nothing was stored, because 2 rows have errors."
    assert "Error: Gender is not Male or Female. 1, in row 3." in ran.out
    assert f"The rows with errors are in {mixed.with_name('mixed_errors.csv')}." in ran.out
    assert not data.students.exists()
    errors = mixed.with_name("mixed_errors.csv")
    assert errors.read_bytes().startswith(b"\xef\xbb\xbf")
    assert oct(errors.stat().st_mode & 0o777) == "0o600"
    assert len(errors.read_text("utf-8-sig").splitlines()) == 3


def test_the_json_of_a_stopped_import_has_the_counts_of_what_would_have_been_done(
    backdrop: Run, mixed: Path, data: DataFolder
) -> None:
    ran = backdrop("import", mixed, "--format", "json")
    errors_file = str(mixed.with_name("mixed_errors.csv"))
    assert ran.json == {
        "added": 2,
        "updated": 0,
        "unchanged": 0,
        "left_out": 2,
        "repeated": 0,
        "rights_raised": [],
        "errors_file": errors_file,
    }
    assert (ran.status, ran.err) == (1, "")
    assert not data.students.exists()


def test_rows_without_errors_are_stored_when_errors_are_skipped(
    backdrop: Run, mixed: Path, school: School
) -> None:
    assert backdrop("import", mixed, "--skip-errors").status == 0
    assert names(school) == [MIXED[0]["First Name"], MIXED[2]["First Name"]]


def test_a_second_errors_file_gets_a_number(backdrop: Run, mixed: Path) -> None:
    for _ in range(2):
        backdrop("import", mixed)
    assert mixed.with_name("mixed_errors-2.csv").exists()
    ran = backdrop("import", mixed.with_name("mixed_errors.csv"), "--format", "json")
    assert ran.json["errors_file"] == str(mixed.with_name("mixed_errors-3.csv"))


def test_the_errors_file_can_be_fixed_and_imported(backdrop: Run, mixed: Path, school: School) -> None:
    backdrop("import", mixed, "--skip-errors")
    errors = mixed.with_name("mixed_errors.csv")
    result = backdrop("check", errors, "--format", "json").json
    assert [(p["row"], p["code"]) for p in result["problems"]] == [(2, "gender-unknown"), (3, "required")]
    assert result["columns"][-1] == {"heading": "Errors", "field": None}
    ran = backdrop("import", errors, "--replace", "Gender:Boy=M", "--replace", "Year Group:=10")
    assert ran.status == 0
    assert len(names(school)) == 4


def test_the_errors_file_can_be_written_elsewhere(backdrop: Run, mixed: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "rest.csv"
    elsewhere.write_text("something older")
    ran = backdrop("import", mixed, "--errors-to", elsewhere, "--format", "json")
    assert ran.json["errors_file"] == str(elsewhere)
    assert "something older" not in elsewhere.read_text()
    assert not mixed.with_name("mixed_errors.csv").exists()


@pytest.mark.parametrize("place", ["mixed.csv", "link.csv", "nowhere/rest.csv", "folder", "/proc/rest.csv"])
def test_an_unusable_path_for_the_errors_file_ends_with_2_before_anything_is_stored(
    backdrop: Run, mixed: Path, data: DataFolder, place: str
) -> None:
    Path("link.csv").symlink_to(mixed)
    Path("folder").mkdir()
    before = mixed.read_bytes()
    ran = backdrop("import", mixed, "--skip-errors", "--errors-to", place)
    assert (ran.status, ran.out) == (2, "")
    assert ran.error_line
    assert mixed.read_bytes() == before
    assert not data.students.exists()


def test_the_errors_file_is_saved_in_the_data_folder_if_it_cannot_be_beside_the_file(
    backdrop: Run, mixed: Path, data: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def only_to_the_data_folder(path: Path, content: bytes, *, replace: bool = True) -> None:
        if path.parent != data.path:
            raise UnusableChoiceError(f"{path} can't be written.")
        write_private(path, content, replace=replace)

    monkeypatch.setattr(errors_saving, "write_private", only_to_the_data_folder)
    ran = backdrop("import", mixed, "--skip-errors", "--format", "json")
    assert (ran.status, ran.json["errors_file"]) == (0, str(data.path / "mixed_errors.csv"))
    assert (data.path / "mixed_errors.csv").exists()


@pytest.mark.parametrize(
    ("existing", "expected", "updated"),
    [("update", ("8Z", "F"), 1), ("fill", ("8A", "F"), 1), ("skip", ("8A", None), 0)],
)
def test_someone_already_stored_is_updated_filled_in_or_skipped(
    backdrop: Run, school: School, existing: str, expected: tuple[str, str | None], updated: int
) -> None:
    Path("a.csv").write_bytes(table([student(6, gender="", registration_group="8A")]))
    Path("b.csv").write_bytes(table([student(6, gender="F", registration_group="8Z")]))
    backdrop("import", "a.csv")
    ran = backdrop("import", "b.csv", "--existing", existing, "--format", "json")
    assert (ran.json["updated"], ran.json["unchanged"]) == (updated, 1 - updated)
    person = school.stored(STUDENTS).row(0, named=True)
    assert (person["registration_group"], person["gender"]) == expected


def test_a_blank_or_missing_column_erases_nothing(backdrop: Run, students_csv: Path, school: School) -> None:
    backdrop("import", students_csv)
    before = school.stored(STUDENTS)
    Path("less.csv").write_bytes(
        table({k: v for k, v in student(n).items() if k not in ("UPN", "Gender")} for n in range(10))
    )
    Path("blank.csv").write_bytes(table(student(n, upn="", gender="-") for n in range(10)))
    for name in ("less.csv", "blank.csv"):
        assert backdrop("import", name, "--format", "json").json["unchanged"] == 10
    assert school.stored(STUDENTS).equals(before)


def test_matched_columns_are_remembered_for_the_next_file_with_the_same_headings(
    backdrop: Run, school: School
) -> None:
    for number, person in enumerate(("Ann,Lee,14/03/2013", "Ben,Ray,15/03/2013")):
        Path(f"{number}.csv").write_text(f"Vn,Surname,DOB,Year,Reg\n{person},8,8A\n")
    assert backdrop("import", "0.csv").status == 2
    assert backdrop("import", "0.csv", "--map", "Vn=First Name").status == 0
    ran = backdrop("import", "1.csv")
    assert ran.status == 0
    assert len(names(school)) == 2
    assert "Vn → First Name (as last time)" in backdrop("check", "1.csv").out


def test_staff_are_stored_with_their_groups(backdrop: Run, school: School) -> None:
    Path("staff.csv").write_text(
        "Forename,Surname,Job Title,User Group,Email\nJo,Lee,Head,Designated Safeguarding Lead,jo@school.org\n"
        "Al,Ray,Coach,Sports,\n"
    )
    ran = backdrop("import", "staff.csv", "--kind", "staff", "--format", "json")
    assert (ran.status, ran.json["added"]) == (0, 2)
    assert school.stored(STAFF)["user_group"].to_list() == ["DSLs", "Sports"]


def test_a_damaged_data_folder_ends_with_4_and_leaves_no_errors_file(
    backdrop: Run, mixed: Path, data: DataFolder
) -> None:
    data.create()
    data.students.write_text("{")
    ran = backdrop("import", mixed, "--skip-errors")
    assert ran.status == 4
    assert "is damaged" in ran.error_line
    assert not mixed.with_name("mixed_errors.csv").exists()


def test_a_data_folder_that_is_a_file_ends_with_4(backdrop: Run, students_csv: Path) -> None:
    ran = backdrop("import", students_csv, "--data", students_csv)
    assert ran.status == 4
    assert ran.error_line


def test_no_one_is_stored_if_every_row_has_errors(backdrop: Run, school: School) -> None:
    Path("p.csv").write_bytes(table([student(0, gender="x")]))
    ran = backdrop("import", "p.csv", "--skip-errors", "--format", "json")
    assert (ran.status, ran.json["added"], ran.json["left_out"]) == (0, 0, 1)
    assert "store the other" not in backdrop("import", "p.csv").out
    assert names(school) == []


def test_every_row_is_accounted_for(backdrop: Run, students_csv: Path) -> None:
    backdrop("import", students_csv)
    rows = [
        student(0),
        student(0, upn=""),
        student(1, registration_group="Z"),
        student(20),
        student(21, gender="x"),
    ]
    Path("p.csv").write_bytes(table(rows))
    result = backdrop("import", "p.csv", "--skip-errors", "--format", "json").json
    assert result["added"] + result["updated"] + result["unchanged"] + result["left_out"] == len(rows)


def test_an_errors_file_has_the_same_errors_as_the_rows_it_came_from(backdrop: Run, tmp_path: Path) -> None:
    lines = table(
        [student(0), student(1, gender="Boy"), student(2, upn=upn(3)[1:]), student(4, first_name="\x1bJo")]
    )
    more = b"Ann,Lee,14/03/2013,F,8,8A,,extra,more\r\nBo,Ray,14/03/2013\r\n"
    (tmp_path / "p.csv").write_bytes(lines + more)
    first = backdrop("check", "p.csv", "--format", "json").json
    backdrop("import", "p.csv")
    again = backdrop("check", "p_errors.csv", "--format", "json").json
    assert (again["rows"], again["counts"]["errors"]) == (
        first["counts"]["errors"],
        first["counts"]["errors"],
    )
    before, after = (
        {(p["value"], p["code"]) for p in result["problems"] if p["level"] == "error"}
        for result in (first, again)
    )
    # A control character can't be written into the file; its place is kept by a sign that stands for a lost letter.
    assert before - {("�Jo", "control-character")} == after - {("�Jo", "letter-lost")}
    assert len(before) == len(after)


STUDENT_KEYS = [
    "id", "first_name", "surname", "date_of_birth", "gender", "year_group", "registration_group", "upn", "admission_number",
    "status", "left_on", "destination", "file_state", "file_sent_on", "receipt_on",
]  # fmt: skip


def test_stock_tinydb_finds_one_document_a_student(
    backdrop: Run, students_csv: Path, data: DataFolder
) -> None:
    from tinydb import TinyDB  # noqa: PLC0415 - the reader that others use

    backdrop("import", students_csv)
    with TinyDB(data.students) as database:
        documents = database.table("students").all()
    assert len(documents) == 10
    assert list(documents[0]) == STUDENT_KEYS
    assert {(person["status"], person["left_on"], person["file_state"]) for person in documents} == {
        ("current", None, None)
    }
    assert pl.DataFrame(documents)["upn"].n_unique() == 10


def test_rows_above_the_headings_that_were_skipped_are_reported(backdrop: Run, tmp_path: Path) -> None:
    path = tmp_path / "hill.csv"
    path.write_bytes(b"Pupil list\r\n" + table([student(0)]))
    assert "The row above the headings was skipped." in backdrop("import", path).out
