"""How a file was fixed is remembered for the next one with the same headings."""

from pathlib import Path

import pytest

from tests.cli import Run
from tests.support.made_up import student, table
from tests.support.made_up_findings import CODE, put_on_students, rule

FIRST = [student(n, gender="Boy") for n in range(4)]
NEXT = [student(n, gender="Boy") for n in range(10, 16)]


def write(name: str, rows: list[dict[str, str]]) -> None:
    Path(name).write_bytes(table(rows))


@pytest.fixture(autouse=True)
def imported(backdrop: Run, signed_up: None) -> None:  # noqa: ARG001 - somebody has signed up
    """A file has been imported, and its genders were fixed on the way."""
    write("first.csv", FIRST)
    assert backdrop("import", "first.csv", "--apply", "gender-unknown").status == 0


def test_the_next_file_with_the_same_faults_can_be_fixed_in_one_step(backdrop: Run) -> None:
    write("next.csv", NEXT)
    checked = backdrop("check", "next.csv", "--format", "json").json
    assert [(finding["code"], finding["level"], finding["rows"]) for finding in checked["findings"]] == [
        ("same-as-last-time", "note", 6)
    ]
    assert "“Boy” → M (6)" in checked["findings"][0]["message"]
    ran = backdrop("import", "next.csv", "--apply", "same-as-last-time")
    assert (ran.status, ran.err) == (0, "")


def test_it_can_be_looked_at_and_forgotten(backdrop: Run) -> None:
    assert "Gender: “Boy” → M" in backdrop("recipe").out
    assert backdrop("recipe", "--format", "json").json["values"] == {"Gender": {"Boy": "M"}}
    assert backdrop("recipe", "--forget").out.startswith("Forgotten:")
    assert "Nothing is remembered yet." in backdrop("recipe").out
    write("next.csv", NEXT)
    assert "as in your last file" not in backdrop("check", "next.csv").out


def test_a_file_with_other_headings_is_not_fixed_in_the_same_way(backdrop: Run) -> None:
    write("other.csv", [{**row, "Notes": ""} for row in NEXT])
    assert backdrop("check", "other.csv", "--format", "json").json["findings"] == []


def test_a_few_rows_are_not_worth_it(backdrop: Run) -> None:
    write("next.csv", [*NEXT[:2], student(20)])
    assert backdrop("check", "next.csv", "--format", "json").json["findings"] == []


def test_what_was_done_about_the_whole_file_is_done_again(
    backdrop: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_on_students(monkeypatch, rule())
    write("sevenths.csv", [student(n) for n in (0, 5, 10, 15)])
    assert backdrop("import", "sevenths.csv", "--apply", CODE).status == 0
    write("next.csv", [student(n) for n in (20, 25, 30)])
    assert backdrop("check", "next.csv").status == 1
    checked = backdrop("check", "next.csv", "--apply", "same-as-last-time", "--format", "json")
    assert (checked.status, checked.json["findings"]) == (0, [])


def test_values_replaced_by_an_option_are_remembered_too(backdrop: Run) -> None:
    write("more.csv", [student(n, gender="Gal") for n in range(20, 24)])
    assert backdrop("import", "more.csv", "--replace", "Gender:Gal=F").status == 0
    assert backdrop("recipe", "--format", "json").json["values"] == {"Gender": {"Boy": "M", "Gal": "F"}}
