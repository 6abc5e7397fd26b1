"""Columns for first names or surnames that have whole names in them."""

from pathlib import Path
from typing import Any

import pytest

from backdrop_tui.school.school import School
from tests.cli import Run
from tests.support.exports import written
from tests.support.made_up import STAFF, STUDENTS

pytestmark = pytest.mark.usefixtures("signed_up")

ALL_SURE = ("--apply", "required", "--apply", "whole-name")


def check(backdrop: Run, names: list[tuple[str, str]], *options: str) -> dict[str, Any]:
    """The result of checking students of whom the file has these texts as first name and surname."""
    dates = [f"{day:02}/03/2014" for day in range(1, len(names) + 1)]
    rows = [[*name, date, "7", "7A"] for name, date in zip(names, dates, strict=True)]
    Path("p.csv").write_text(written([["First Name", "Surname", "DOB", "Year", "Form"], *rows]))
    result: dict[str, Any] = backdrop("check", "p.csv", "--format", "json", *options).json
    return result


def suggestions(result: dict[str, Any]) -> list[tuple[int, str, str, bool]]:
    return [
        (problem["row"], problem["field"], problem["suggestion"], problem["sure"])
        for problem in result["problems"]
        if problem["suggestion"] and problem["code"] in {"required", "whole-name"}
    ]


@pytest.mark.parametrize("name", ["Smith, John", "SMITH, John", "O'Neill-Day, Mary Ann", "Smith,John"])
def test_a_blank_name_is_surely_the_part_at_the_comma(backdrop: Run, name: str) -> None:
    surname, first_name = (part.strip() for part in name.split(","))
    assert suggestions(check(backdrop, [(name, "")])) == [(2, "Surname", surname, True)]
    assert suggestions(check(backdrop, [("", name)])) == [(2, "First Name", first_name, True)]


def test_nothing_is_dropped_from_the_whole_name_before_the_other_cell_has_its_part(backdrop: Run) -> None:
    names = [
        ("Smith, John", ""),
        ("", "Khan, Bilal"),
        ("Day, Ada", "Day, Ada"),
        ("Lee, Jo", "Lee"),
        ("Max", "Fox, Max"),
    ]
    result = check(backdrop, names, *ALL_SURE, "--apply", "whole-name")
    assert (result["problems"], result["counts"]["ready"]) == ([], 5)


def test_the_parts_are_stored(backdrop: Run, school: School) -> None:
    check(backdrop, [("Smith, John", ""), ("", "Khan, Bilal"), ("Lee, Jo", "Lee")])
    assert backdrop("import", "p.csv", *ALL_SURE).status == 0
    people = school.stored(STUDENTS).sort("surname").select("first_name", "surname")
    assert people.rows() == [("Bilal", "Khan"), ("Jo", "Lee"), ("John", "Smith")]


def test_without_a_comma_a_part_is_possible_if_most_such_cells_have_two_words(backdrop: Run) -> None:
    names = [
        ("John Smith", ""),
        ("Ada Okoro", ""),
        ("Ann de la Cruz", ""),
        ("Prince", ""),
        ("Carys", "Price"),
    ]
    assert suggestions(check(backdrop, names)) == [
        (2, "Surname", "Smith", False), (3, "Surname", "Okoro", False), (4, "Surname", "de la Cruz", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "names",
    [
        [("Mary Ann", ""), ("Bilal", ""), ("Carys", ""), ("Dee", "")],
        [("", "de la Cruz"), ("", "van der Berg"), ("", "de Souza")],
        [("Smith, John, 7A", "")],
        [("Ann,", "")],
    ],
)
def test_no_part_is_suggested_for_a_cell_that_may_be_no_whole_name(
    backdrop: Run, names: list[tuple[str, str]]
) -> None:
    assert suggestions(check(backdrop, names)) == []


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        (("Ada Okoro", "Okoro"), (2, "First Name", "Ada", False)),
        (("ADA OKORO", "Okoro"), (2, "First Name", "ADA", False)),
        (("Okoro Ada", "Okoro"), (2, "First Name", "Ada", False)),
        (("Okoro, Ada", "Okoro"), (2, "First Name", "Ada", True)),
        (("Ada", "Ada Okoro"), (2, "Surname", "Okoro", False)),
        (("Ada", "Okoro, Ada"), (2, "Surname", "Okoro", True)),
        (("Ada Okoro", "Ada Okoro"), (2, "Surname", "Okoro", False)),
    ],
)
def test_a_whole_name_beside_a_part_of_it_is_a_warning(
    backdrop: Run, name: tuple[str, str], suggestion: tuple[int, str, str, bool]
) -> None:
    assert suggestions(check(backdrop, [name, ("Carys", "Price")])) == [suggestion]


def test_it_is_sure_if_nearly_every_row_has_it(backdrop: Run) -> None:
    names = [("John Smith", "Smith"), ("Ada Okoro", "Okoro"), ("Ann de la Cruz", "de la Cruz")]
    result = check(backdrop, names, "--apply", "whole-name")
    assert (result["problems"], result["counts"]["ready"]) == ([], 3)


@pytest.mark.parametrize(
    "name",
    [
        ("James", "James"),
        ("Souza", "de Souza"),
        ("Mary Ann", "Price"),
        ("Mr Smith", "Smith"),
        ("Annabel", "Bel"),
        ("Smithson Lee", "Smith"),
    ],
)
def test_other_names_are_no_whole_names(backdrop: Run, name: tuple[str, str]) -> None:
    codes = [problem["code"] for problem in check(backdrop, [name])["problems"]]
    assert "whole-name" not in codes


def test_the_only_column_of_names_is_split_at_its_commas(backdrop: Run, school: School) -> None:
    rows = [["Smith, John", "Teacher", "Teachers"], ["Khan, Bilal", "Cook", "Admin Team"]]
    Path("p.csv").write_text(written([["Surname", "Job", "Group"], *rows]))
    assert backdrop("import", "p.csv", "--kind", "staff").status == 0
    assert school.stored(STAFF).sort("surname")["first_name"].to_list() == ["Bilal", "John"]


@pytest.mark.parametrize("heading", ["Forename", "Surname"])
def test_without_commas_it_may_be_split(backdrop: Run, heading: str) -> None:
    rows = [["John Smith", "Teacher", "Teachers"], ["Bilal Khan", "Cook", "Admin Team"]]
    Path("p.csv").write_text(written([[heading, "Job", "Group"], *rows]))
    ran = backdrop("check", "p.csv", "--kind", "staff")
    assert ran.status == 2
    assert f"“{heading}” seems to have whole names. If so, match it with Full Name." in ran.err
    assert backdrop("check", "p.csv", "--kind", "staff", "--map", f"{heading}=Full Name").status == 0
