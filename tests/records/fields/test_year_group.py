from dataclasses import replace
from typing import get_args

import pytest

from backdrop_tui.records.fields.year_group import (
    PHASE_YEARS,
    YEAR_GROUP,
    YEAR_GROUPS,
    in_words,
    last_year_of,
)
from backdrop_tui.records.schema.context import PHASES, Phase
from tests.support.cells import SCHOOL, cell, column


@pytest.mark.parametrize("code", YEAR_GROUPS)
def test_a_year_groups_code_is_stored_unchanged(code: str) -> None:
    assert cell(YEAR_GROUP, code).stored == code
    assert cell(YEAR_GROUP, code.lower()).stored == code
    assert not cell(YEAR_GROUP, code).problems


@pytest.mark.parametrize("form", ["Year {}", "Yr {}", "Yr {:02}", "Y{}", "{}.0", "y{:02}", "YEAR {}", "{:02}", "Year  {}", "Yr. {}", "Year-{}", "Y {}"])  # fmt: skip
def test_a_year_group_is_recognised_however_it_is_written(form: str) -> None:
    texts = [form.format(number) for number in range(1, 15)]
    assert [result.stored for result in column(YEAR_GROUP, texts)] == [str(number) for number in range(1, 15)]


@pytest.mark.parametrize(
    ("text", "code"),
    [("0", "R"), ("00", "R"), ("0.0", "R"), ("Year R", "R"), ("Yr R", "R"), ("YR", "R"), ("Reception", "R"), ("Rec", "R"),
     ("reception", "R"), ("Year 0", "R"), ("Nursery 1", "N1"), ("Nursery 2", "N2"), ("nursery2", "N2"), ("N 1", "N1"),
     ("N-2", "N2"), ("Year X", "X"), ("x", "X"), ("Reception ", "R"), ("\u00a07\u200b", "7"), ("7.", "7")],
)  # fmt: skip
def test_year_groups_with_names_are_recognised(text: str, code: str) -> None:
    assert cell(YEAR_GROUP, text).stored == code
    assert not cell(YEAR_GROUP, text).problems


@pytest.mark.parametrize("text", ["", " ", "N/A", "-", None])
def test_a_blank_year_is_missing(text: str | None) -> None:
    assert cell(YEAR_GROUP, text).errors == ["required"]


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [("15", None), ("99", None), ("-1", "N2"), ("-2", "N1"), ("Year Seven", "7"), ("seven", "7"), ("7th", "7"), ("7A", "7"), ("Year 7 (2026)", "7"),
     ("Lower Sixth", "12"), ("L6", "12"), ("U6", "13"), ("7.5", None), ("Z", None), ("٧", None), ("Year", None), ("1e1", None), ("15A", None), ("N3", None)],
)  # fmt: skip
def test_an_unknown_year_group_is_an_error_with_a_likely_suggestion(
    text: str, suggestion: str | None
) -> None:
    result = cell(YEAR_GROUP, text)
    assert result.errors == ["year-unknown"]
    assert result.stored is None
    assert result.suggestion("year-unknown") == suggestion
    assert "1 to 14" in result.message("year-unknown")


@pytest.mark.parametrize("text", ["Nursery", "nursery", "NURSERY", "Nur", "N"])
def test_nursery_alone_is_ambiguous(text: str) -> None:
    result = cell(YEAR_GROUP, text)
    assert result.errors == ["year-ambiguous"]
    assert result.suggestion("year-ambiguous") is None


@pytest.mark.parametrize(
    ("phase", "usual", "odd"),
    [
        ("nursery", ["N1", "N2", "X"], ["R", "1", "7"]),
        ("primary", ["N1", "R", "6", "X"], ["7", "13"]),
        ("middle", ["5", "8"], ["3", "9", "R"]),
        ("secondary", ["7", "11", "13", "14", "X"], ["6", "R", "N1"]),
        ("sixth form", ["12", "13", "14"], ["11", "R"]),
        ("special", list(YEAR_GROUPS), []),
        ("all-through", list(YEAR_GROUPS), []),
    ],
)
def test_a_year_group_outside_the_schools_phase_is_a_warning(
    phase: Phase, usual: list[str], odd: list[str]
) -> None:
    context = replace(SCHOOL, phase=phase)
    assert not any(cell(YEAR_GROUP, code, context).problems for code in usual)
    for code in odd:
        result = cell(YEAR_GROUP, f"Year {code}" if code.isdigit() else code, context)
        assert result.stored == code
        assert not result.errors
        assert result.warnings == ["year-phase"]
        assert phase in result.message("year-phase")


def test_every_phase_has_its_year_groups() -> None:
    assert set(PHASES) == set(get_args(Phase)) == set(PHASE_YEARS)


def test_year_groups_can_be_put_in_words() -> None:
    assert [in_words(code) for code in ("N1", "R", "7", "X")] == [
        "Nursery 1",
        "Reception",
        "Year 7",
        "No year group (X)",
    ]


@pytest.mark.parametrize(
    ("phase", "last"),
    [("primary", "6"), ("middle", "8"), ("secondary", "13"), ("all-through", "13"), ("special", "14")],
)
def test_students_leave_after_the_last_ordinary_year_of_the_phase(phase: Phase, last: str) -> None:
    assert last_year_of(phase) == last
