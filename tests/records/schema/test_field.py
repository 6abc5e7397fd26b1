from dataclasses import replace

import polars as pl
import pytest

from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import AcrossRule, no_breaches
from backdrop_tui.records.schema.problems import OF_ANY_ROW_OR_CELL, ProblemType
from backdrop_tui.records.staff import EMAIL
from backdrop_tui.records.students import STUDENTS
from tests.support.cells import SCHOOL, cell

LOCKER = Field(
    key="locker", label="Locker", headings=frozenset({"locker"}), hint="a number", example="17", longest=5
)
OPTIONAL_LOCKER = replace(LOCKER, needed=False)


def test_a_field_without_rules_of_its_own_stores_any_text() -> None:
    locker = cell(LOCKER, " 017 ")
    assert locker.stored == "017"
    assert not locker.problems


@pytest.mark.parametrize("text", ["", " ", "none", None])
def test_a_blank_cell_of_a_needed_field_is_missing(text: str | None) -> None:
    assert cell(LOCKER, text).errors == ["required"]
    assert cell(LOCKER, text).message("required") == f"Locker is missing. {LOCKER.instruction}"


@pytest.mark.parametrize("text", ["", " ", "none", None])
def test_a_blank_cell_of_an_optional_field_is_fine(text: str | None) -> None:
    locker = cell(OPTIONAL_LOCKER, text)
    assert locker.stored is None
    assert not locker.problems


def test_a_text_over_the_declared_maximum_is_too_long() -> None:
    assert cell(OPTIONAL_LOCKER, "x" * 5).problems == ()
    assert cell(OPTIONAL_LOCKER, "x" * 6).errors == ["too-long"]


def test_a_kind_shows_what_is_in_its_template_and_what_someone_has() -> None:
    locker = replace(OPTIONAL_LOCKER, in_template=False)
    kind = replace(STUDENTS, fields=(*STUDENTS.template_fields, locker), across=())
    nobody = pl.DataFrame(schema={"locker": pl.String})
    blank = pl.DataFrame({"locker": [None, ""]}, schema={"locker": pl.String})
    someone = pl.DataFrame({"locker": [None, "17"]})
    assert locker not in kind.template_fields
    assert locker not in kind.fields_in(nobody, blank, pl.DataFrame())
    assert kind.fields_in(blank, someone) == kind.fields


def test_a_field_that_suggests_nothing_gives_an_empty_suggestion() -> None:
    assert LOCKER.suggestion({"first_name": "Amira"}, SCHOOL) == ""


def test_a_kind_refuses_a_rule_about_another_kinds_field() -> None:
    problem = ProblemType("email-unwanted", "{field} is not wanted")
    rule = AcrossRule(problem, EMAIL, lambda _people, _stored, _context: no_breaches())
    with pytest.raises(ValueError, match="students have no field Email"):
        replace(STUDENTS, across=(rule,))


def test_every_problem_code_is_declared_once() -> None:
    declared: dict[str, ProblemType] = {}
    for kind in KINDS.values():
        of_cells = [rule.problem for field in kind.fields for rule in field.checks(SCHOOL).rules]
        of_rows = [rule.problem for rule in kind.across]
        for problem in (*of_cells, *of_rows, *OF_ANY_ROW_OR_CELL):
            assert declared.setdefault(problem.code, problem) is problem
