"""An import checks its rows again as it stores them, so what others store meanwhile is not stored twice."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from backdrop_tui.imports import jobs, recovery
from backdrop_tui.people.group_management import remove_group, rename_group
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.cli import Run
from tests.support.imports import states
from tests.support.made_up import STAFF, STUDENTS, student, table, upn
from tests.support.one_person import add_one

pytestmark = pytest.mark.usefixtures("signed_up")

Meanwhile = Callable[[Callable[[], object]], None]


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Do something once, after the next import has checked its file and just before it takes the import lock."""

    def hold(work: Callable[[], object]) -> None:
        take_lock = recovery.exclusive_import

        @contextmanager
        def late(school: School) -> Iterator[None]:
            monkeypatch.setattr(jobs, "exclusive_import", take_lock)
            work()
            with take_lock(school):
                yield

        monkeypatch.setattr(jobs, "exclusive_import", late)

    return hold


def someone_else(number: str) -> dict[str, str]:
    """A student with this UPN whose surname and date of birth are no one else's."""
    return student(5, surname="Quist", date_of_birth="09/09/2013", upn=number)


def students_file(name: str, *rows: dict[str, str]) -> Path:
    path = Path(name)
    path.write_bytes(table(rows))
    return path


def staff_file(name: str, *lines: str) -> Path:
    path = Path(name)
    path.write_text("\n".join(["Forename,Surname,Job Title,User Group,Email", *lines, ""]))
    return path


def test_a_upn_of_two_files_imported_at_once_is_stored_once(
    backdrop: Run, meanwhile: Meanwhile, school: School
) -> None:
    first = students_file("first.csv", student(0, upn=upn(1)))
    second = students_file("second.csv", someone_else(upn(1)), student(6))
    meanwhile(lambda: backdrop("import", first))
    ran = backdrop("import", second)
    assert ran.status == 1
    assert ran.error_line == (
        "Nothing was stored. Other changes were stored while this file was being checked, and now 1 row has errors."
    )
    assert "in row 2. This UPN is stored for a student with another first name" in ran.out
    assert "Fix them, or use --skip-errors to store the other student." in ran.out
    assert school.stored(STUDENTS)["upn"].to_list() == [upn(1)]
    assert Path("second_errors.csv").exists()
    assert states(school) == ["failed", "succeeded"]


def test_errors_found_by_the_second_check_can_be_skipped(
    backdrop: Run, meanwhile: Meanwhile, school: School
) -> None:
    first = students_file("first.csv", student(0, upn=upn(1)))
    second = students_file("second.csv", someone_else(upn(1)), student(6))
    meanwhile(lambda: backdrop("import", first))
    ran = backdrop("import", second, "--skip-errors", "--format", "json")
    assert (ran.status, ran.json["added"], ran.json["left_out"]) == (0, 1, 1)
    assert school.stored(STUDENTS)["upn"].to_list() == [upn(1), student(6)["UPN"]]
    assert upn(1) in Path("second_errors.csv").read_text()


def test_a_upn_typed_in_during_an_import_is_stored_once(
    backdrop: Run, meanwhile: Meanwhile, data: DataFolder, school: School
) -> None:
    def type_in() -> None:
        with School(data) as other:
            add_one(
                other.store.people("students"),
                {"first_name": "Zoë", "surname": "Lee", "date_of_birth": "2011-01-01", "upn": upn(1)},
            )

    meanwhile(type_in)
    ran = backdrop("import", students_file("second.csv", someone_else(upn(1))), "--format", "json")
    assert (ran.status, ran.json["added"], ran.json["left_out"]) == (1, 0, 1)
    assert school.stored(STUDENTS)["upn"].to_list() == [upn(1)]


def test_an_email_of_two_files_imported_at_once_is_stored_once(
    backdrop: Run, meanwhile: Meanwhile, school: School
) -> None:
    first = staff_file("first.csv", "Jo,Lee,Head,Teachers,office@hill.org")
    second = staff_file("second.csv", "Al,Ray,Coach,Teachers,office@hill.org")
    meanwhile(lambda: backdrop("import", first, "--kind", "staff"))
    ran = backdrop("import", second, "--kind", "staff")
    assert ran.status == 1
    assert "in row 2. This e-mail address is stored for a member of staff with another first name" in ran.out
    assert school.stored(STAFF)["surname"].to_list() == ["Lee"]


def test_the_same_file_imported_twice_at_once_adds_everyone_once(
    backdrop: Run, meanwhile: Meanwhile, students_csv: Path, school: School
) -> None:
    meanwhile(lambda: backdrop("import", students_csv))
    ran = backdrop("import", students_csv, "--format", "json")
    assert (ran.status, ran.json["added"], ran.json["unchanged"]) == (0, 0, 10)
    assert school.stored(STUDENTS).height == 10


def test_staff_get_the_new_name_of_a_group_renamed_during_an_import(
    backdrop: Run, meanwhile: Meanwhile, data: DataFolder, school: School
) -> None:
    def rename() -> None:
        with School(data) as other:
            rename_group(other, "TAs", "Helpers")

    meanwhile(rename)
    ran = backdrop("import", staff_file("staff.csv", "Al,Ray,Coach,TAs,"), "--kind", "staff")
    assert (ran.status, ran.err) == (0, "")
    assert "New user groups" not in ran.out
    assert school.stored(STAFF)["user_group"].to_list() == ["Helpers"]
    assert "TAs" not in school.group_names()


def test_a_group_removed_during_an_import_is_reported_as_new(
    backdrop: Run, meanwhile: Meanwhile, data: DataFolder, school: School
) -> None:
    def remove() -> None:
        with School(data) as other:
            remove_group(other, "TAs")

    meanwhile(remove)
    ran = backdrop("import", staff_file("staff.csv", "Al,Ray,Coach,TAs,"), "--kind", "staff")
    assert ran.status == 0
    assert "New user groups, with the same rights as Teachers: TAs." in ran.out
    assert school.stored(STAFF)["user_group"].to_list() == ["TAs"]
