"""Several files with the same headings, and standard input."""

import io
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from backdrop_tui.school.school import School
from tests.cli import Run
from tests.support.made_up import STUDENTS, student, table

pytestmark = pytest.mark.usefixtures("signed_up")


def write(name: str, *rows: Mapping[str, str]) -> str:
    Path(name).write_bytes(table(rows))
    return name


def type_in(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    """Put something on standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def places(problems: Sequence[Mapping[str, object]]) -> list[tuple[object, object, object]]:
    return [(problem["file"], problem["row"], problem["code"]) for problem in problems]


def test_several_files_are_checked_as_one(backdrop: Run) -> None:
    files = [write("7A.csv", student(0), student(1)), write("7B.csv", student(2), student(3, gender="x"))]
    result = backdrop("check", *files, "--format", "json").json
    assert (result["file"], result["rows"]) == (["7A.csv", "7B.csv"], 4)
    assert places(result["problems"]) == [("7B.csv", 3, "gender-unknown")]


def test_a_duplicate_is_found_in_two_files_and_each_row_is_named_with_its_file(backdrop: Run) -> None:
    shared = student(0)["UPN"]
    files = [write("7A.csv", student(0)), write("7B.csv", student(1), student(2, upn=shared))]
    ran = backdrop("check", *files)
    assert ran.status == 1
    assert f"in rows 7A.csv:2, 7B.csv:3. UPN {shared} appears in rows 7A.csv:2 and 7B.csv:3." in ran.out


def test_the_columns_of_a_later_file_can_be_in_another_order(backdrop: Run, school: School) -> None:
    other = dict(reversed(student(1).items()))
    assert backdrop("import", write("7A.csv", student(0)), write("7B.csv", other)).status == 0
    assert school.stored(STUDENTS)["surname"].to_list() == [student(0)["Surname"], student(1)["Surname"]]


def test_files_with_different_headings_are_refused_with_what_differs(backdrop: Run) -> None:
    files = [write("7A.csv", student(0)), write("7B.csv", {**student(1), "House": "Red"})]
    ran = backdrop("check", *files)
    assert ran.status == 2
    assert "7B.csv doesn't have the same headings as 7A.csv: it has “House”." in ran.err


def test_what_is_wrong_with_one_of_several_files_is_said_with_its_name(backdrop: Run) -> None:
    Path("empty.csv").touch()
    ran = backdrop("check", write("7A.csv", student(0)), "empty.csv")
    assert (ran.status, ran.err.startswith("backdrop: empty.csv: ")) == (2, True)


def test_the_rows_of_several_files_with_errors_are_saved_in_one_file(backdrop: Run) -> None:
    files = [write("7A.csv", student(0), student(1, gender="x")), write("7B.csv", student(3, gender="y"))]
    assert backdrop("import", *files, "--skip-errors").status == 0
    lines = Path("students_errors.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert backdrop("check", "students_errors.csv", "--format", "json").json["rows"] == 2


def test_files_of_one_name_in_two_folders_are_told_apart(backdrop: Run) -> None:
    for folder in ("a", "b"):
        Path(folder).mkdir()
    files = [write("a/7.csv", student(0)), write("b/7.csv", student(1, gender="x"))]
    result = backdrop("check", *files, "--format", "json").json
    assert (result["file"], places(result["problems"])) == (
        ["7.csv", "7.csv (2)"],
        [("7.csv (2)", 2, "gender-unknown")],
    )


def test_only_a_file_that_is_read_differently_from_the_first_has_a_line_of_its_own(backdrop: Run) -> None:
    Path("a").mkdir()
    Path("7A.csv").write_bytes(table([student(0)]))
    Path("a/7A.csv").write_bytes(table([student(1)], ";"))
    Path("7B.csv").write_bytes(table([student(3)]))
    text = backdrop("check", "7A.csv", "a/7A.csv", "7B.csv").out
    assert (
        "7A.csv, 7A.csv (2) and 7B.csv (students): 3 rows. Read as UTF-8, comma-separated, headings in row 1."
        in text
    )
    assert "7A.csv (2): Read as UTF-8, semicolon-separated, headings in row 1." in text
    assert text.count("Read as") == 2


def test_a_file_can_come_from_standard_input(
    backdrop: Run, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(monkeypatch, table([student(0), student(1, gender="x")]))
    assert backdrop("check", "-", "--format", "json").json["rows"] == 2
    type_in(monkeypatch, table([student(0), student(1, gender="x")]))
    ran = backdrop("import", "-", "--skip-errors")
    assert ran.status == 0
    assert school.stored(STUDENTS).height == 1
    assert (school.folder.path / "students_errors.csv").exists()


def test_cells_copied_from_a_spreadsheet_can_come_from_standard_input(
    backdrop: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(monkeypatch, table([student(0), student(1)], delimiter="\t"))
    result = backdrop("check", "-", "--format", "json").json
    assert (result["file"], result["delimiter"], result["counts"]["ready"]) == ("-", "\t", 2)


def test_standard_input_can_only_be_read_once(backdrop: Run) -> None:
    ran = backdrop("check", "-", "-")
    assert (ran.status, "only be read once" in ran.err) == (2, True)
