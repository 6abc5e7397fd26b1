from dataclasses import replace

import polars as pl
import pytest

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.intake.checking.worked_out import fill_for, with_worked_out, worked_out_values
from backdrop_tui.intake.matching.fills import WORKED_OUT, Fill, fills_from_json, fills_to_json
from backdrop_tui.records.fields.year_group import YEAR_GROUP
from backdrop_tui.records.staff import JOB_ROLE, USER_GROUP
from tests.support.cells import SCHOOL
from tests.support.made_up import STAFF, STUDENTS

BY_AGE = replace(SCHOOL, worked_out=frozenset({"year_group"}))


def worked_out(dates: list[str], years: list[str]) -> list[str]:
    texts = pl.DataFrame({"row": range(2, 2 + len(dates)), "date_of_birth": dates, "year_group": years})
    return with_worked_out(STUDENTS, texts, BY_AGE)["year_group"].to_list()


def test_only_blank_cells_are_worked_out() -> None:
    assert worked_out(["14/03/2012"] * 3, ["", " ", "X"]) == ["10", "10", "X"]


def test_nothing_is_worked_out_from_a_date_that_is_wrong_or_of_another_age() -> None:
    assert worked_out(["31/02/2012", "", "01/01/1990"], ["", "", ""]) == ["", "", ""]


def test_nothing_is_worked_out_unless_it_was_asked_for() -> None:
    texts = pl.DataFrame({"row": [2], "date_of_birth": ["14/03/2012"], "year_group": [""]})
    assert with_worked_out(STUDENTS, texts, SCHOOL).equals(texts)


def test_nothing_is_worked_out_from_a_column_that_is_not_there() -> None:
    texts = pl.DataFrame({"row": [2], "year_group": [""]})
    assert with_worked_out(STUDENTS, texts, BY_AGE).equals(texts)


def test_the_groups_of_all_job_roles_are_listed_with_their_numbers() -> None:
    roles = pl.Series(["Teacher", "DSL", "teacher", "Teacher ", "Cook"])
    values = worked_out_values(USER_GROUP, JOB_ROLE, roles, SCHOOL)
    assert [(value.text, value.value, value.count) for value in values] == [
        ("Teacher", "Teachers", 2),
        ("Cook", "", 1),
        ("DSL", "DSLs", 1),
        ("teacher", "Teachers", 1),
    ]


def test_a_value_is_kept_as_it_was_typed_if_the_field_accepts_it() -> None:
    assert fill_for(STUDENTS, YEAR_GROUP, " Year 7 ", SCHOOL) == Fill("Year 7")
    assert fill_for(STUDENTS, YEAR_GROUP, "by-age", SCHOOL) == WORKED_OUT
    with pytest.raises(UnusableChoiceError, match="Give the Year Group"):
        fill_for(STUDENTS, YEAR_GROUP, " ", SCHOOL)
    with pytest.raises(UnusableChoiceError, match="looks like"):
        fill_for(STAFF, USER_GROUP, "Teachrs", SCHOOL)


def test_what_is_stored_about_fills_is_read_back_without_what_no_longer_fits() -> None:
    fills = {"year_group": WORKED_OUT, "gender": Fill("F")}
    assert fills_from_json(STUDENTS, fills_to_json(fills)) == fills
    assert fills_from_json(STUDENTS, {"upn": "X", "nowhere": None, "gender": None}) == {}
    assert fills_from_json(STUDENTS, None) == {}
