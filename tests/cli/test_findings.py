"""Findings about the whole file, on the command line."""

from pathlib import Path

import pytest

from backdrop_tui.records.schema.findings import Remedy
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.cli import Run
from tests.support.made_up import STUDENTS, student, table
from tests.support.made_up_findings import CODE, put_on_students, rule

pytestmark = pytest.mark.usefixtures("signed_up")


@pytest.fixture(autouse=True)
def with_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    put_on_students(monkeypatch, rule())
    Path("pupils.csv").write_bytes(table([student(0), student(5), student(1, gender="x")]))


def test_check_prints_findings_before_problems_with_the_options_that_answer_them(backdrop: Run) -> None:
    ran = backdrop("check", "pupils.csv")
    assert ran.status == 1
    finding, problem = ran.out.index("Decide first: 2 are in Year 7."), ran.out.index("in row 4. “")
    assert finding < problem
    assert f"--apply {CODE}: Move them up" in ran.out
    assert f"--dismiss {CODE}" in ran.out


def test_an_unanswered_finding_alone_ends_check_with_1(backdrop: Run) -> None:
    Path("pupils.csv").write_bytes(table([student(0)]))
    assert backdrop("check", "pupils.csv").status == 1
    for option in ("--apply", "--dismiss"):
        assert backdrop("check", "pupils.csv", option, CODE).status == 0


def test_the_json_has_each_finding_with_its_evidence(backdrop: Run) -> None:
    assert backdrop("check", "pupils.csv", "--format", "json").json["findings"] == [
        {
            "code": CODE,
            "level": "error",
            "message": "2 are in Year 7.",
            "rows": 2,
            "row_numbers": [2, 3],
            "for": 2,
            "against": 1,
            "remedy": True,
        }
    ]


def test_import_stores_nothing_before_an_error_finding_is_answered_even_with_skip_errors(
    backdrop: Run, school: School
) -> None:
    ran = backdrop("import", "pupils.csv", "--skip-errors")
    assert ran.status == 1
    assert f"answer what the whole file says, for example with --apply {CODE}" in ran.out
    assert (
        "Nothing was stored, because the file has something in it to decide first: Year Group is too low."
        in ran.err
    )
    assert school.stored(STUDENTS).height == 0


def test_import_stores_what_a_remedy_has_put_right(backdrop: Run, school: School) -> None:
    ran = backdrop("import", "pupils.csv", "--skip-errors", "--apply", CODE)
    assert (ran.status, ran.err) == (0, "")
    assert school.stored(STUDENTS)["year_group"].to_list() == ["8", "8"]


def test_a_remedy_can_set_the_academic_year_with_the_import(
    backdrop: Run, school: School, data: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_on_students(monkeypatch, rule(remedies=(Remedy("Set the year", academic_year=2024),)))
    assert backdrop("check", "pupils.csv", "--apply", CODE).status == 1
    assert school.settings.number("academic-year") == 2025
    ran = backdrop("import", "pupils.csv", "--skip-errors", "--apply", CODE)
    assert "The school's academic year is now 2024/25." in ran.out
    assert school.settings.number("academic-year") == 2024
    assert "setting-changed" in data.log.read_text()


def test_a_dismissed_finding_is_stored_as_it_is(backdrop: Run, school: School) -> None:
    assert backdrop("import", "pupils.csv", "--skip-errors", "--dismiss", CODE).status == 0
    assert school.stored(STUDENTS)["year_group"].to_list() == ["7", "7"]


def test_check_ends_with_the_options_that_fix_many_cells_at_once(backdrop: Run) -> None:
    Path("pupils.csv").write_bytes(
        table([student(1, gender="Boy"), student(6, gender="Girl"), student(2, gender="1")])
    )
    ran = backdrop("check", "pupils.csv")
    assert ran.out.splitlines()[-5:] == [
        "Options that would fix these:",
        "    --apply gender-unknown: 2 cells",
        '    --replace "Gender:Boy=M": 1 cell',
        '    --replace "Gender:Girl=F": 1 cell',
        '    --replace "Gender:1=M": 1 cell',
    ]
    assert backdrop("check", "pupils.csv", "--apply", "gender-unknown").out.count("--apply") == 0


def test_a_code_that_the_file_does_not_have_is_skipped_with_a_sentence(backdrop: Run) -> None:
    ran = backdrop("check", "pupils.csv", "--apply", "encoding-guessed", "--apply", CODE)
    assert (
        ran.err
        == "backdrop: --apply encoding-guessed was skipped: there is nothing of that kind in this file.\n"
    )


def test_a_code_that_does_not_exist_is_skipped_with_a_sentence(backdrop: Run) -> None:
    ran = backdrop("check", "pupils.csv", "--apply", "t", "--dismiss", CODE)
    assert "--apply t was skipped: there is no such code." in ran.err


def test_check_says_what_it_has_changed(backdrop: Run) -> None:
    ran = backdrop("check", "pupils.csv", "--apply", CODE, "--replace", "Gender:x=F")
    assert "Done as you asked: Replaced in Gender, 1 row." in ran.out
    assert "Done as you asked: Move them up." in ran.out


def test_a_finding_without_a_remedy_can_only_be_dismissed(
    backdrop: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_on_students(monkeypatch, rule(remedies=()))
    ran = backdrop("import", "pupils.csv", "--skip-errors")
    assert f"for example with --dismiss {CODE}" in ran.out
    assert backdrop("check", "pupils.csv", "--apply", CODE).status == 2


def test_an_unanswered_warning_stops_nothing(backdrop: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    put_on_students(monkeypatch, rule("warning"))
    ran = backdrop("import", "pupils.csv", "--skip-errors")
    assert ran.status == 0
    assert "2 are in Year 7." in backdrop("check", "pupils.csv").out
