"""The made-up school's files have exactly the expected problems."""

import stat
from datetime import date, timedelta
from pathlib import Path

import pytest

from backdrop_tui.demo.made_up_file import MadeUpFile
from backdrop_tui.demo.made_up_staff import made_up_staff
from backdrop_tui.demo.made_up_students import made_up_students
from backdrop_tui.demo.prepare import prepare_demo
from backdrop_tui.imports.pipeline import from_file
from backdrop_tui.intake.draft import fixes
from backdrop_tui.intake.draft.inputs import Basis
from backdrop_tui.intake.draft.review import Review, review
from backdrop_tui.intake.matching.known_headings import vocabulary
from backdrop_tui.intake.matching.match import match_columns
from backdrop_tui.intake.reading.read import read_bytes
from backdrop_tui.intake.reading.sheet import ReadOptions, Sheet
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.schema.context import Context
from backdrop_tui.store.folder import DataFolder
from tests.support.cells import stored_people

TODAY = date(2026, 11, 2)


def read(kind: str, made_up: MadeUpFile) -> Sheet:
    return read_bytes(made_up.data, "made-up.csv", ReadOptions(), vocabulary(KINDS[kind]))


def reviewed(kind: str, made_up: MadeUpFile, today: date = TODAY) -> Review:
    sheet = read(kind, made_up)
    matching = match_columns(sheet, KINDS[kind])
    assert matching.obstacles() == ()
    intake = from_file(Path("made-up.csv"), sheet, matching)
    return review(intake, Basis(Context.of(today), stored_people(KINDS[kind])))


def problems(seen: Review) -> set[tuple[int, str | None, str]]:
    rows = seen.problems.select("row", "field", "code").iter_rows()
    return {(row, seen.kind.label(key) or None, code) for row, key, code in rows}


def assert_as_expected(kind: str, made_up: MadeUpFile, today: date = TODAY) -> None:
    seen = reviewed(kind, made_up, today)
    assert problems(seen) == made_up.problems
    assert tuple(finding.code for finding in seen.findings) == made_up.findings


def test_the_students_have_the_expected_problems_and_findings_and_no_others() -> None:
    assert_as_expected("students", made_up_students(TODAY))


def test_the_staff_have_the_expected_problems_and_findings_and_no_others() -> None:
    assert_as_expected("staff", made_up_staff())


@pytest.mark.parametrize("day", [date(2027, 1, 1) + timedelta(n) for n in range(0, 366, 32)])
def test_the_problems_are_the_expected_ones_on_any_day(day: date) -> None:
    assert_as_expected("students", made_up_students(day), day)


@pytest.mark.parametrize("day", [date(2028, 2, 29), date(2027, 8, 31), date(2027, 9, 1), date(2099, 12, 31)])
def test_the_problems_are_the_expected_ones_at_the_ends_of_years_and_months(day: date) -> None:
    assert_as_expected("students", made_up_students(day), day)


@pytest.mark.parametrize("seed", range(6))
def test_other_seeds_give_other_students_with_the_same_mistakes(seed: int) -> None:
    made_up = made_up_students(TODAY, seed=seed)
    assert_as_expected("students", made_up)
    assert made_up.data != made_up_students(TODAY).data


@pytest.mark.parametrize("rows", [120, 240, 1000])
def test_the_file_has_the_requested_number_of_students(rows: int) -> None:
    seen = reviewed("students", made_up_students(TODAY, rows=rows))
    assert seen.counts.ready + seen.counts.errors == rows + 1, "the line with the total is an error"
    assert seen.counts.repeated == 3


def test_a_very_small_school_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 120"):
        made_up_students(TODAY, rows=10)


def test_one_key_for_each_finding_leaves_a_few_rows_to_fix() -> None:
    seen = reviewed("students", made_up_students(TODAY))
    for finding in seen.findings:
        for remedy in finding.remedies:
            seen.intake.edits.do(fixes.apply_remedy(finding, remedy))
    seen = review(seen.intake, seen.basis)
    assert seen.unanswered == ()
    assert not seen.problems["code"].str.starts_with("date-o").any(), "no date is left in doubt"
    for problem_kind in seen.problem_kinds:
        change = fixes.take_suggestions(seen, problem_kind)
        if change is not None:
            seen.intake.edits.do(change)
    assert 5 <= review(seen.intake, seen.basis).counts.errors <= 10


def test_about_25_rows_have_problems_and_twelve_have_the_same_one() -> None:
    expected = made_up_students(TODAY).problems
    assert 20 <= len({row for row, _, _ in expected}) <= 30
    assert sum(code == "gender-unknown" for _, _, code in expected) == 12


def test_the_files_look_like_those_that_excel_saves() -> None:
    students, staff = read("students", made_up_students(TODAY)), read("staff", made_up_staff())
    assert (students.encoding.name, students.header_row) == ("utf-8-sig", 4)
    assert (staff.encoding.name, staff.header_row) == ("cp1252", 1)
    assert b"\r\n" in made_up_students(TODAY).data


def test_the_same_day_gives_the_same_files() -> None:
    assert made_up_students(TODAY) == made_up_students(TODAY)
    assert made_up_staff() == made_up_staff()


def test_the_demo_has_both_files_ready_to_pick_and_readable_only_by_the_user(tmp_path: Path) -> None:
    folder, files = DataFolder(tmp_path / "data"), tmp_path / "files"
    prepare_demo(folder, files, TODAY)
    assert folder.path.is_dir()
    assert sorted(path.name for path in files.iterdir()) == ["Willowmere pupils.csv", "Willowmere staff.csv"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files.iterdir()} == {0o600}
    assert stat.S_IMODE(files.stat().st_mode) == 0o700


def test_all_addresses_are_in_a_domain_reserved_for_examples() -> None:
    assert all(
        b"@willowmere.example" in line for line in made_up_staff().data.splitlines()[1:] if b"@" in line
    )
