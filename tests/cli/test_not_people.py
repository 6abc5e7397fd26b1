"""Rows that aren't people, as commands report them and leave them out."""

from pathlib import Path

import pytest

from tests.cli import Run
from tests.support.made_up import student, table

FOOTERS = b"\r\nTotal: 3,,,,,,\r\nPrinted 26/11/2026 14:02 by J Smith,,,,,,\r\nPage 1 of 1,,,,,,\r\n"


@pytest.fixture
def with_footers() -> str:
    """A file of three students with a total, a date and a page number below them."""
    Path("p.csv").write_bytes(table([student(n) for n in range(3)]) + FOOTERS)
    return "p.csv"


def test_each_of_them_has_one_problem_that_shows_its_text(backdrop: Run, with_footers: str) -> None:
    ran = backdrop("check", with_footers, "--format", "json")
    assert ran.status == 1
    problems = ran.json["problems"]
    assert [(p["row"], p["field"], p["code"]) for p in problems] == [
        (n, None, "not-a-person") for n in (6, 7, 8)
    ]
    assert "“Total: 3”" in problems[0]["message"]
    finding = ran.json["findings"][0]
    assert (finding["code"], finding["level"], finding["rows"], finding["row_numbers"], finding["remedy"]) == (
        "not-people", "warning", 3, [6, 7, 8], True,
    )  # fmt: skip
    assert "3 rows are not people: “Total: 3”" in finding["message"]


def test_they_are_left_out_by_the_remedy(backdrop: Run, with_footers: str) -> None:
    ran = backdrop("check", with_footers, "--apply", "not-people", "--format", "json")
    assert ran.status == 0
    counts = ran.json["counts"]
    assert (counts["ready"], counts["errors"], counts["left_out"]) == (3, 0, 3)
    assert ran.json["findings"] == []


@pytest.mark.parametrize("way", [["--apply", "not-people"], ["--skip-errors"]])
@pytest.mark.usefixtures("signed_up")
def test_an_import_leaves_them_out_without_an_errors_file(
    backdrop: Run,
    with_footers: str,
    way: list[str],
) -> None:
    ran = backdrop("import", with_footers, *way, "--format", "json")
    assert ran.status == 0
    assert (ran.json["added"], ran.json["left_out"], ran.json["errors_file"]) == (3, 3, None)
    assert not Path("p_errors.csv").exists()


@pytest.mark.usefixtures("signed_up")
def test_an_errors_file_has_the_people_with_errors_alone(
    backdrop: Run,
    with_footers: str,
) -> None:
    Path("p.csv").write_bytes(table([student(0), student(1, gender="Dog")]) + FOOTERS)
    ran = backdrop("import", with_footers, "--skip-errors", "--format", "json")
    assert (ran.json["added"], ran.json["left_out"]) == (1, 4)
    lines = Path("p_errors.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "Dog" in lines[1]


def test_if_the_user_says_that_they_are_people_their_own_problems_are_reported(
    backdrop: Run, with_footers: str
) -> None:
    problems = backdrop("check", with_footers, "--dismiss", "not-people", "--format", "json").json["problems"]
    assert {p["code"] for p in problems} >= {"required"}
    assert {p["code"] for p in problems}.isdisjoint({"not-a-person"})


@pytest.mark.usefixtures("signed_up")
def test_an_import_without_an_answer_stores_nobody(backdrop: Run, with_footers: str) -> None:
    ran = backdrop("import", with_footers, "--format", "json")
    assert (ran.status, ran.json["added"], ran.json["errors_file"]) == (1, 3, None)
