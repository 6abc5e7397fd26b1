import csv
from pathlib import Path

import pytest

from backdrop_tui.printable import printable
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.cli import Run
from tests.support.imports import sign_up
from tests.support.made_up import STAFF, STUDENTS, student, table, upn
from tests.support.one_person import add_one

ODD = [
    "Zoë",
    "=cmd|x",
    "+Ann",
    "-Anne",
    "@home",
    "O'Neill",
    "'t Hart",
    'Jo "JJ"',
    "a, b; c",
    "Null",
    "名前",
    "N/A",
    "x" * 100,
]
GROUPS = ["8A" if odd in {"N/A", "Null"} else odd.lstrip("'")[:30] for odd in ODD]
"""Registration groups like these names, but without what counts as blank and what a spreadsheet puts in front of a text."""
ROLES = ["Cook" if odd in {"N/A", "Null"} else odd.lstrip("'") for odd in ODD]
"""Job roles of the same sort."""


@pytest.mark.parametrize(
    ("kind", "headings"),
    [
        ("students", "First Name,Surname,Date of Birth,Gender,Year Group,Registration Group,UPN\n"),
        ("staff", "First Name,Surname,Job Role,User Group,Email\n"),
    ],
)
def test_the_template_goes_to_standard_output_or_a_file(backdrop: Run, kind: str, headings: str) -> None:
    for arguments in ([kind], ["--kind", kind], [kind, "-o", "-"], [kind, "--kind", kind]):
        ran = backdrop("template", *arguments)
        assert (ran.status, ran.out, ran.err) == (0, headings, "")
    assert backdrop("template", kind, "-o", "t.csv").out == ""
    assert Path("t.csv").read_text() == headings


@pytest.mark.parametrize("command", ["template", "export"])
@pytest.mark.parametrize(
    "arguments", [[], ["ghosts"], ["students", "--kind", "staff"], ["students", "-o", "no/where"]]
)
def test_what_cannot_be_written_ends_with_2(backdrop: Run, command: str, arguments: list[str]) -> None:
    ran = backdrop(command, *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.error_line


@pytest.mark.usefixtures("signed_up")
def test_a_template_has_no_rows_to_import(backdrop: Run) -> None:
    backdrop("template", "students", "-o", "t.csv")
    assert backdrop("import", "t.csv").status == 2


def test_an_empty_export_creates_no_folder(backdrop: Run, data: DataFolder) -> None:
    assert len(backdrop("export", "students").out.splitlines()) == 1
    assert not data.path.exists()


@pytest.mark.usefixtures("signed_up")
def test_students_exported_and_imported_again_are_unchanged(backdrop: Run, data: DataFolder) -> None:
    data.create()
    with School(data) as school:
        for n, odd in enumerate(ODD):
            person = {
                "first_name": odd, "surname": ODD[-1 - n], "date_of_birth": "2013-04-03", "year_group": "8",
                "registration_group": GROUPS[n], "upn": upn(n) if n % 2 else None,
                "gender": "MF"[n % 2] if n % 3 else None,
            }  # fmt: skip
            add_one(school.store.people("students"), person)
        before = school.stored(STUDENTS)
    assert backdrop("export", "students", "-o", "out.csv").status == 0
    assert Path("out.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert oct(Path("out.csv").stat().st_mode & 0o777) == "0o600"
    for order in ("dmy", "mdy"):
        ran = backdrop("import", "out.csv", "--format", "json", "--date-order", order)
        assert (ran.status, ran.json["unchanged"]) == (0, len(ODD))
    with School(data, read_only=True) as school:
        assert school.stored(STUDENTS).equals(before)


@pytest.mark.usefixtures("signed_up")
def test_admission_numbers_are_exported_if_anybody_has_one_and_are_imported_again(
    backdrop: Run, data: DataFolder
) -> None:
    Path("p.csv").write_bytes(table([student(0, admission_number="004217"), student(1, admission_number="")]))
    assert backdrop("import", "p.csv").status == 0
    exported = backdrop("export", "students").out
    numbers = [row["Admission Number"] for row in csv.DictReader(exported.splitlines())]
    assert numbers == ["004217", ""]
    Path("out.csv").write_text(exported)
    assert backdrop("import", "out.csv", "--format", "json").json["unchanged"] == 2
    with School(data, read_only=True) as school:
        assert school.stored(STUDENTS)["admission_number"].to_list() == ["004217", None]


@pytest.mark.usefixtures("signed_up")
def test_staff_exported_and_imported_again_are_unchanged(backdrop: Run, data: DataFolder) -> None:
    data.create()
    groups = ["DSLs", "Teachers", "Sports & Games", "=Odd", "School Business Manager"]
    with School(data) as school:
        for n, odd in enumerate(ODD):
            person = {
                "first_name": odd, "surname": "Lee", "job_role": ROLES[n],
                "user_group": groups[n % len(groups)], "email": f"a{n}@school.org" if n % 2 else None,
            }  # fmt: skip
            add_one(school.store.people("staff"), person)
        before = school.stored(STAFF)
    ran = backdrop("export", "staff")
    Path("out.csv").write_bytes(ran.out.encode())
    ran = backdrop("import", "out.csv", "--kind", "staff", "--format", "json")
    assert (ran.status, ran.json["unchanged"], ran.json["left_out"]) == (0, len(ODD), 0)
    with School(data, read_only=True) as school:
        assert school.stored(STAFF).equals(before)


@pytest.mark.usefixtures("signed_up")
def test_an_export_into_an_empty_folder_gives_the_same_people(backdrop: Run, students_csv: Path) -> None:
    backdrop("import", students_csv)
    exported = backdrop("export", "students").out
    Path("out.csv").write_bytes(exported.encode())
    other = DataFolder(Path("other"))
    other.create()
    with School(other) as school:
        sign_up(school)
    assert backdrop("import", "out.csv", "--data", "other").status == 0
    exported_again = backdrop("export", "students", "--data", "other").out
    assert _without_ids(exported_again) == _without_ids(exported)


def _without_ids(exported: str) -> list[list[str]]:
    """The rows of an export without the last column, in which each folder has ids of its own."""
    return [row[:-1] for row in csv.reader(exported.splitlines())]


def test_a_damaged_folder_ends_with_4(backdrop: Run, data: DataFolder) -> None:
    data.create()
    data.staff.write_text("[]")
    assert backdrop("export", "staff").status == 4


@pytest.fixture
def hostile_student(data: DataFolder) -> str:
    """A stored student's surname, as somebody may have written it into the data folder."""
    surname = "Le\x1b[2J\x9be\u202e" + "\u0300" * 50
    data.create()
    with School(data) as school:
        person = {
            "first_name": "Ann",
            "surname": surname,
            "date_of_birth": "2013-04-03",
            "year_group": "8",
            "registration_group": "8A",
        }
        add_one(school.store.people("students"), person)
    return surname


def test_an_export_to_a_file_has_what_is_stored(backdrop: Run, hostile_student: str) -> None:
    assert hostile_student in backdrop("export", "students").out
    assert backdrop("export", "students", "-o", "out.csv").status == 0
    assert hostile_student in Path("out.csv").read_text()


def test_an_export_cannot_control_the_terminal(
    backdrop: Run, hostile_student: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert hostile_student
    monkeypatch.setattr("backdrop_tui.cli.output.is_terminal", lambda: True)
    ran = backdrop("export", "students")
    assert ran.status == 0
    assert ran.out.splitlines()[1].startswith("Ann,Le�[2J�e�\u0300")
    assert ran.out == printable(ran.out, keep="\n")
